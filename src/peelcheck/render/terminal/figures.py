"""Figures as the report states them: *Force in numbers*, or a table of all forces for each measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.table import Table
from rich.text import Text

from peelcheck.model import Figure, FigureSet, ItemFigure, Nouns
from peelcheck.model.figures import highest_first
from peelcheck.render.look import Look
from peelcheck.render.terminal.page import (
    BLANK,
    QUIET,
    STRONG,
    Block,
    Heading,
    indented,
    joined,
    laid_out,
    words,
)
from peelcheck.wording import exact, listed, number, sentence

DASH = "–"
_WIDTHS = (10, 10, 9, 9, 12)


def figures_table(figures: FigureSet, look: Look) -> str:
    """One force in numbers where the figures are of one force, else a table for each measure."""
    forces = {figure.force for figure in figures.figures}
    page = _in_numbers(figures) if len(forces) == 1 else _measures(figures)
    return laid_out(page, look)


# --- a force in numbers -------------------------------------------------------------------------------------------


def _in_numbers(figures: FigureSet) -> Iterator[Block | Table]:
    force, nouns = figures.figures[0].force, figures.collection.nouns
    remarks = {area.measure: area.footnote for area in figures.area}
    grouped = any(figure.group_rate is not None for figure in figures.figures)
    titles = [force, sentence(nouns.area_name), "Rank", "Change on the year"]
    titles += [f"Similar {nouns.many}"] if grouped else []
    yield Heading(words(f"{force} in numbers", STRONG), words(figures.title, QUIET))
    parts = {
        "In the report": [figure for figure in figures.figures if figure.in_report],
        "Further comparisons": [figure for figure in figures.figures if not figure.in_report],
    }
    for title, own in parts.items():
        if own:
            yield _across(words(title, STRONG), *(words(name, QUIET) for name in titles))
            for figure in own:
                yield from _one(figure, remarks[figure.measure], grouped, nouns)
                yield BLANK
    yield from _as_sent(figures.items)


def _one(figure: Figure, remark: str, grouped: bool, nouns: Nouns) -> Iterator[Block | Table]:
    """A line with the numbers, and below it the sentence or the reason why there is none."""
    numbers = [
        words(_shown(figure, figure.value), STRONG),
        words(_shown(figure, figure.area_rate)),
        words(DASH if figure.rank is None else f"{figure.rank} of {figure.of}"),
        words(_change(figure)),
    ]
    numbers += [words(_in_group(figure))] if grouped else []
    yield _across(words(figure.title), *numbers)
    said = [
        figure.sentence,
        _made_of(figure, nouns),
        _whose_change(figure),
        sentence(_footnote(figure)),
        f"{remark}." * bool(remark),
        f"{sentence(figure.period)}.",
    ]
    yield indented(words(" ".join(part for part in said if part), QUIET), 2)


def _as_sent(items: Sequence[ItemFigure]) -> Iterator[Block | Table]:
    """What the force sent, a table for each return: the item, the figure that is used, and that of the year before."""
    if not items:
        return
    yield words("As sent", STRONG)
    for _, own in groupby(items, key=lambda item: item.return_name):
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=QUIET, expand=True)
        sent = list(own)
        table.add_column(words(sent[0].return_title, STRONG), ratio=1)
        table.add_column("Period", style=QUIET)
        table.add_column("Figure", justify="right")
        table.add_column("Year before", justify="right")
        for item in sent:
            remark = _footnote(item)
            title = joined(words(item.title), words(f"  {remark}" if remark else "", QUIET))
            table.add_row(title, words(item.period), words(_sent(item.value), STRONG), _sent(item.previous))
        yield table
        yield BLANK


def _in_group(figure: Figure) -> str:
    """The rate of the most similar forces together, and the force's rank among them: `45, 1 of 9`."""
    standing = "" if figure.group_rank is None else f", {figure.group_rank} of {figure.group_of}"
    return f"{_shown(figure, figure.group_rate)}{standing}"


def _made_of(figure: Figure, nouns: Nouns) -> str:
    """Both sides of the fraction, this year and the year before, and the area without the force."""
    if figure.value is None:
        return ""
    made_of = f"Count {_sent(figure.numerator)}, divided by {_sent(figure.denominator)}."
    if figure.previous is not None:
        before = f"{_sent(figure.previous_numerator)} divided by {_sent(figure.previous_denominator)}"
        made_of += f" The year before: {_shown(figure, figure.previous)} ({before})."
    if figure.area_without is not None:
        without = f"{sentence(nouns.area_name)} without the {nouns.one}"
        made_of += f" {without}: {_shown(figure, figure.area_without)}."
    return made_of


def _footnote(figure: Figure | ItemFigure) -> str:
    """What the force declared, or why there is no figure, as a sentence."""
    status = "" if figure.value is None else figure.status.replace("_", " ")
    parts = [part for part in (status, figure.footnote) if part]
    return f"{': '.join(parts).rstrip('.')}." if parts else ""


def _across(title: Text, *numbers: Text) -> Table:
    grid = Table.grid(expand=True, padding=(0, 2, 0, 0))
    grid.add_column(ratio=1, overflow="fold", vertical="bottom")
    for width in _WIDTHS[: len(numbers)]:
        grid.add_column(width=width, justify="right", vertical="bottom")
    grid.add_row(title, *numbers)
    return grid


# --- all forces, measure by measure -------------------------------------------------------------------------------


def _measures(figures: FigureSet) -> Iterator[Block | Table]:
    nouns = figures.collection.nouns
    for area in figures.area:
        own = figures.of_measure(area.measure)
        yield Heading(words(area.title, STRONG), words(f"{area.unit}, {area.period}", QUIET))
        yield _ranking(highest_first([*own, area]), area, nouns)
        if area.footnote:
            yield words(f"{area.footnote}.", QUIET)
        yield from _remarks(own, figures.out_by_reason(area.measure), nouns)
        yield BLANK


def _ranking(figures: Sequence[Figure], area: Figure, nouns: Nouns) -> Table:
    """One row for each figure, including the area's; forces that are left out are listed below the table."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=QUIET)
    table.add_column("Rank", justify="right")
    table.add_column(words(sentence(nouns.one)))
    changed = "Change in count" if any(f.change_of == "count" for f in figures) else "Change"
    for name in ("Count", "Out of", "Figure", "Year before", changed):
        table.add_column(name, justify="right")
    table.add_column("")
    for figure in figures:
        table.add_row(
            "" if figure.rank is None else str(figure.rank),
            words(figure.force),
            _sent(figure.numerator),
            _sent(figure.denominator),
            words(_shown(figure, figure.value), STRONG),
            _shown(figure, figure.previous),
            _change(figure),
            words(figure.status.replace("_", " "), QUIET),
            style=STRONG if figure is area else "",
        )
    return table


def _remarks(figures: Iterable[Figure], out: Mapping[str, Sequence[str]], nouns: Nouns) -> Iterator[Text]:
    """Forces whose figure carries a remark or is in another's, and those that are out of both sums, by reason."""
    left_out = {force for forces in out.values() for force in forces}
    for figure in figures:
        if figure.force not in left_out and (figure.status or figure.footnote):
            yield words(f"{figure.force}, {_footnote(figure)}", QUIET)
    for reason, forces in out.items():
        yield words(
            f"{DASH} {listed(forces)}, {reason.rstrip('.')}. Not in the {nouns.area_kind} figure.", QUIET
        )


def _sent(value: float | None) -> str:
    return DASH if value is None else exact(value)


def _shown(figure: Figure, value: float | None) -> str:
    percent = "%" if figure.unit in ("%", "percent") else ""
    return DASH if value is None else f"{number(value, figure.decimals)}{percent}"


def _change(figure: Figure) -> str:
    if figure.change is None:
        return DASH
    return f"{'+' if figure.change > 0 else ''}{number(figure.change, 1)}%"


def _whose_change(figure: Figure) -> str:
    """A sentence if the change on the year is that of the count, not of the figure."""
    return "The change on the year is the change in the count." if figure.change_of == "count" else ""
