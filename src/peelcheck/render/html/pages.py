"""The report's pages: what stands where. Figures and charts come ready; the templates lay them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peelcheck.model import Figure, Query, Result, Severity, Tier
from peelcheck.model.places import Location
from peelcheck.model.report import MeasureView, Report
from peelcheck.queries.comparisons import comparisons
from peelcheck.queries.context import period_in_words
from peelcheck.queries.summary import by_force
from peelcheck.render.forms import Page
from peelcheck.render.html import charts, environment
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered
from peelcheck.wording import count, sentence

_PLACES = 4
"""Locations of a query that are shown."""
_DASH = "–"
FUNNELS = 6
"""Measures of the report that have a funnel on a page."""
BARS = 2
"""Measures that have bars, if the collection names none: the report has two such figures."""


def force_page(report: Report, force: str, *, own_only: bool = False) -> str:
    """A force's page.

    Args:
        report: the report.
        force: whose page.
        own_only: leave out everything about other forces but the figures for the area: what goes to the force itself.
    """
    shown = [view for view in report.measures if view.in_report]
    named = next(one for one in report.collection.forces if one.name == force)
    formal = {one.name: one.formal or one.name for one in report.collection.forces}
    pasts = [
        {"view": view, "past": line, "words": _past_words(view, force)}
        for view in shown
        if (line := charts.past(view, view.past[force])) is not None
    ]
    return _page(
        "force.html",
        report,
        f"{force} in numbers" + (" (own figures)" if own_only else ""),
        force=force,
        formal=named.formal or force,
        welsh=named.welsh,
        own_only=own_only,
        doubts=report.doubts(force) if own_only else report.in_doubt,
        own_doubts=report.doubts(force),
        numbers=[_number_row(view, force, own_only) for view in _in_numbers(shown)],
        by_force=[] if own_only else [_by_force(view, force, formal) for view in _barred(shown)],
        funnels=[] if own_only else list(_funnels(shown, force)),
        pasts=pasts,
        label=charts.label,
        strips=[] if own_only else [_strip(view, force) for view in report.measures],
        queries=[_query(query, report.collection) for query in report.queries[force]],
    )


def all_page(report: Report) -> str:
    """The matrix of forces and returns, with links to the pages that there are, and the figures for the area."""
    returns = list(report.standings[0].returns) if report.standings else []
    rows = [
        {
            "force": one.force,
            "link": f"{one.slug}.html" if one.force in report.chosen else "",
            "cells": [_cell(*one.returns[name]) for name in returns],
            "errors": one.errors,
            "queries": one.queries,
        }
        for one in report.standings
    ]
    titles = [report.collection.returns[name].title for name in returns]
    areas = [_area_row(view) for view in report.measures if view.in_report]
    return _page(
        "all.html",
        report,
        f"{report.title}: all",
        doubts=report.in_doubt,
        returns=titles,
        rows=rows,
        areas=areas,
        ranges=report.ranges,
    )


def queries_page(result: Result, look: Look) -> str:
    """The queries of a run by themselves: the page for a force that checks its own files."""
    groups = [
        (
            one.force or f"Not about a single {result.collection.nouns.one}",
            [_query(query, result.collection) for query in one.queries],
        )
        for one in by_force(result.queries)
    ]
    counted = ", ".join(
        count(n, str(severity), "queries" if severity is Severity.QUERY else None)
        for severity in Severity
        if (n := result.count(severity))
    )
    template = environment().get_template("queries.html")
    compared = comparisons(result)
    nothing = f"No queries from the {count(compared.checks_run, 'check')} that could run."
    return template.render(
        title=f"{result.title}: queries", round=result.title, day=result.day, illustrative=False, groups=groups,
        counted=counted, nothing=nothing, not_made=compared.words if result.alone or not groups else "",
    )  # fmt: skip


def _page(template: str, report: Report, title: str, **parts: Any) -> str:
    nouns = report.collection.nouns
    return (
        environment()
        .get_template(template)
        .render(
            title=title,
            round=report.title,
            day=report.day,
            illustrative=report.illustrative,
            collection=report.collection.title,
            nouns=nouns,
            area_name=sentence(nouns.area_name),
            **parts,
        )
    )


def _number_row(view: MeasureView, force: str, own_only: bool) -> Mapping[str, Any]:
    """A row of Force in numbers."""
    figure = view.of(force)
    row = _area_row(view)
    if own_only and force not in view.doubted:
        row = {**row, "area_in_doubt": ""}
    return {
        **row,
        "value": _DASH if figure.value is None else charts.text(figure.value, view),
        "change": _change(figure, view),
        "note": sentence(figure.footnote) if figure.footnote else "",
    }


def _area_row(view: MeasureView) -> dict[str, Any]:
    return {
        "view": view,
        "area": _DASH if view.area.value is None else charts.text(view.area.value, view),
        "area_in_doubt": "" if view.area_in_doubt is None else charts.text(view.area_in_doubt, view),
        "change": _change(view.area, view),
    }


def _change(figure: Figure, view: MeasureView) -> str:
    """The change on the year, of the measures of which the report states one."""
    if not view.has_change:
        return ""
    return _DASH if figure.change is None else f"{figure.change:+.0f}%"


def _in_numbers(shown: Sequence[MeasureView]) -> Sequence[MeasureView]:
    """The measures of Force in numbers: those that the collection names, else all of the report."""
    return [view for view in shown if view.in_numbers] or shown


def _barred(shown: Sequence[MeasureView]) -> Sequence[MeasureView]:
    """The measures that are shown as bars: those that the collection names, else the first ones."""
    named = [view for view in shown if view.is_figure]
    return named or shown[:BARS]


def _by_force(view: MeasureView, force: str, formal: Mapping[str, str]) -> Mapping[str, Any]:
    chart = charts.bars(view, force)
    ranked = {figure.force: figure for figure in view.figures}
    rows = [
        {
            "force": bar.force,
            "own": bar.own,
            "value": bar.text,
            "previous": _shown(ranked[bar.force].previous, view),
            "rank": ranked[bar.force].rank or _DASH,
        }
        for bar in chart.bars
    ]
    return {
        "view": view,
        "bars": chart,
        "rows": rows,
        "sentence": _said(view.of(force)),
        "notes": [(n, words, [formal[name] for name in view.marked[words]]) for n, words in chart.notes],
        "out": {reason: [formal[name] for name in names] for reason, names in view.out.items()},
    }


def _funnels(shown: Sequence[MeasureView], force: str) -> Iterator[Mapping[str, Any]]:
    for view in shown[:FUNNELS]:
        chart = charts.funnel(view, force)
        if chart is not None:
            yield {"view": view, "funnel": chart, "sentence": _said(view.of(force))}


def _strip(view: MeasureView, force: str) -> Mapping[str, Any]:
    figure = view.of(force)
    rank = _DASH if figure.rank is None else f"{figure.rank} of {figure.of}"
    return {
        "view": view,
        "points": charts.strip(view, force),
        "value": _shown(figure.value, view),
        "rank": rank,
    }


def _shown(value: float | None, view: MeasureView) -> str:
    return _DASH if value is None else charts.text(value, view)


def _said(figure: Figure) -> str:
    """One sentence about a figure, also where there is none."""
    if figure.sentence:
        return figure.sentence
    return f"There is no figure: {figure.footnote}." if figure.footnote else "There is no figure."


def _past_words(view: MeasureView, force: str) -> str:
    own = view.past[force]
    there = [(year, value) for year, value in own.years if value is not None]
    if not there:
        return "There is no figure."
    year, value = there[-1]
    words = f"{charts.text(value, view)} in {year}"
    if own.lower is not None and own.upper is not None:
        words += f"; expected between {charts.text(own.lower, view)} and {charts.text(own.upper, view)} in {own.years[-1][0]}"
    return f"{words}."


def _cell(state: str, errors: int, queries: int) -> str:
    parts = [state]
    if errors:
        parts.append(count(errors, "error"))
    if queries:
        parts.append(count(queries, "query", "queries"))
    return ", ".join(parts)


def _query(query: Query, collection: Any) -> Mapping[str, Any]:
    when = period_in_words(query, collection)
    return {
        "id": query.id,
        "severity": query.severity.value,
        "severe": query.tier is Tier.SEVERE,
        "reopened": query.status == "reopened",
        "code": query.code,
        "about": " · ".join(part for part in (query.return_name, query.item, when) if part),
        "message": query.message,
        "ask": query.ask,
        "also": [(one.code, one.message) for one in query.also],
        "places": [(_place(place), place.value) for place in query.locations[:_PLACES]],
        "more": max(0, query.locations_total - _PLACES) if len(query.locations) > _PLACES else 0,
    }


def _place(place: Location) -> str:
    if place.cell and place.sheet:
        return f"{place.source}, cell {place.cell} ({place.column})"
    column = f"column {place.letter} ({place.column})" if place.letter else place.column
    return ", ".join(
        part for part in (str(place.source), f"row {place.row:,}" if place.row else "", column) if part
    )


_BEGINS = r"""<!DOCTYPE\ html>\n<html\ lang="en-GB">\n<head>\n<meta\ charset="utf-8">\n<title>[^<\n]*</title>\n
<meta\ http-equiv="Content-Security-Policy"[^\n]*\n[^\n]*\n<meta\ name="generator"\ content="peelcheck">"""

QUERIES = Rendered("html", (".html", ".htm"), Page(_BEGINS), queries_page)
