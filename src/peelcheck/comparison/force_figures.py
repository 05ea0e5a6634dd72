"""Comparisons → the figures as the report states them: *Force in numbers*, and every measure for all forces."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from peelcheck.comparison.compare import Comparison
from peelcheck.comparison.outliers import far_out
from peelcheck.comparison.sentences import figure_in_words, standing_in_words
from peelcheck.model import Figure, FigureSet, ItemFigure, Nouns, Reason, ReturnKind, Thresholds
from peelcheck.rounds.folder import Round
from peelcheck.tables.figures import Figures
from peelcheck.tables.loaded import Loaded
from peelcheck.wording import listed, number, sentence


def report(
    round_: Round, comparisons: Sequence[Comparison], loaded: Loaded, force: str | None = None
) -> FigureSet:
    """Every measure as a figure for each force with what it sent, or for one by its proper name."""
    figures, thresholds = loaded.figures, round_.collection.thresholds
    chosen = [i for i, name in enumerate(figures.forces) if force in (None, name)]
    return FigureSet(
        title=round_.title,
        collection=round_.collection,
        files=loaded.files,
        own=loaded.own,
        figures=tuple(_figure(c, i, figures.forces[i]) for c in comparisons for i in chosen),
        area=tuple(_area(c, figures.forces, thresholds) for c in comparisons),
        out={c.measure.id: _out(c, figures) for c in comparisons},
        items=tuple(_items(figures, chosen[0])) if force is not None else (),
    )


def _items(figures: Figures, i: int) -> Iterator[ItemFigure]:
    """What a force sent: every item of the returns that were received from it, in the order of the schemas."""
    for name, table in figures.tables.items():
        schema = table.schema
        if schema.records or schema.kind is not ReturnKind.RETURN:
            continue
        for item in schema.items:
            if item.period is None or not item.years:
                continue
            ref, year = f"{name}.{item.name}", max(item.years)
            now, before = figures.column(ref, year), figures.past(ref, year - 1)
            declared = now.declared[i]
            remark = declared.reason if declared is not None else ""
            yield ItemFigure(
                return_name=name,
                return_title=schema.title,
                item=item.name,
                title=item.title,
                period=item.period.describe(year),
                force=figures.forces[i],
                value=_finite(now.usable[i]),
                previous=_finite(before.usable[i]),
                status=declared.status.value if declared is not None else "",
                footnote=now.why[i].words(figures.nouns) if now.why[i] is not None else remark,
                unit=item.unit or "",
            )


def _out(comparison: Comparison, figures: Figures) -> tuple[tuple[str, str], ...]:
    """The forces that are out of both sums, and why; a figure that another force's includes is in."""
    missing = ~(comparison.compared | comparison.now.in_anothers)
    return tuple(
        (force, comparison.why_no_rate(i).words(figures.nouns))
        for i, force in enumerate(figures.forces)
        if missing[i]
    )


def _remark(comparison: Comparison, i: int) -> str:
    """What was declared about a figure that is in, and about that of the year before where it was something else."""
    now, before = comparison.now.declared[i], comparison.before.declared[i]
    parts = [now.reason] if now is not None and now.reason else []
    if before is not None and before is not now:
        why: Reason | None = comparison.before.why[i]
        parts.append(f"the year before: {why.words(comparison.nouns) if why is not None else before.words}")
    return "; ".join(parts)


def _figure(comparison: Comparison, i: int, force: str) -> Figure:
    measure, now, before = comparison.measure, comparison.now, comparison.before
    value, declared = _finite(comparison.rates[i]), now.declared[i]
    enough = comparison.has_benchmark
    area = now.area(measure.per) if enough else None
    standing, group = comparison.standing(i) if enough else None, comparison.in_group(i)
    words = "" if value is None else sentence(figure_in_words(measure, value))
    if value is not None and standing is not None:
        words = f"{words}, {standing_in_words(measure, value, standing, area, comparison.nouns)}"
    return Figure(
        measure=measure.id,
        title=measure.title,
        period=measure.period.describe(measure.years[0]),
        force=force,
        numerator=_finite(now.numerator[i]),
        denominator=_finite(now.denominator[i]),
        value=value,
        area_rate=area,
        area_without=now.area(measure.per, without=i) if enough else None,
        rank=standing.rank if standing else None,
        of=int(np.count_nonzero(comparison.compared)),
        group_rate=group.rate,
        group_rank=group.standing.rank if group.standing else None,
        group_of=group.of,
        previous=_finite(comparison.previous[i]),
        previous_numerator=_finite(before.numerator[i]),
        previous_denominator=_finite(before.denominator[i]),
        change=comparison.change(i),
        change_of=measure.change_of,
        status=declared.status.value if declared is not None else "",
        footnote=comparison.why_no_rate(i).words(comparison.nouns)
        if value is None
        else _remark(comparison, i),
        sentence=f"{words}." if words else "",
        unit=measure.unit,
        decimals=measure.decimals,
        in_report=measure.in_report,
    )


def _area(comparison: Comparison, forces: Sequence[str], thresholds: Thresholds) -> Figure:
    """The figure for the area: the sum of the numerators over the sum of the denominators, for both years."""
    measure, now, before = comparison.measure, comparison.now, comparison.before
    enough = comparison.has_benchmark
    value, previous = (year.area(measure.per) if enough else None for year in (now, before))
    counted, earlier = now.in_sums, before.in_sums
    bent = [i for i in far_out(comparison, thresholds) if counted[i]]
    return Figure(
        measure=measure.id,
        title=measure.title,
        period=measure.period.describe(measure.years[0]),
        force=sentence(comparison.nouns.area_name),
        numerator=float(now.numerator[counted].sum()) if enough else None,
        denominator=float(now.denominator[counted].sum()) if enough else None,
        value=value,
        area_rate=value,
        area_without=None,
        rank=None,
        of=int(np.count_nonzero(counted)),
        group_rate=None,
        group_rank=None,
        group_of=None,
        previous=previous,
        previous_numerator=float(before.numerator[earlier].sum()) if enough else None,
        previous_denominator=float(before.denominator[earlier].sum()) if enough else None,
        change=comparison.area_change() if enough else None,
        change_of=measure.change_of,
        status="",
        footnote=_bent(comparison, forces, bent) if enough else _too_few(comparison.nouns),
        sentence="",
        unit=measure.unit,
        decimals=measure.decimals,
        in_report=measure.in_report,
    )


def _too_few(nouns: Nouns) -> str:
    return f"Fewer than half of the {nouns.many} have a figure, so there is no figure for {nouns.area_name}"


def _bent(comparison: Comparison, forces: Sequence[str], far: Sequence[int]) -> str:
    """The extreme figures included in the area's figure, and what it is without them; "" if there are none."""
    if not far:
        return ""
    one, without = len(far) == 1, comparison.area_without(far)
    percent = "%" if comparison.measure.kind == "proportion" else ""
    rate = f"{number(without, comparison.measure.decimals)}{percent}" if without else ""
    area = f"the {comparison.nouns.area_kind} figure"
    shown = f"; without {'it' if one else 'them'}, {area} is {rate}" if rate else ""
    names = listed([forces[i] for i in far])
    figures = "figure" if one else "figures"
    be = "is" if one else "are"
    return f"{sentence(area)} includes the {figures} of {names}, which {be} far from what was expected{shown}"


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
