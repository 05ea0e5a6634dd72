"""Comparisons → the figures as the report states them: *Force in numbers*, and every measure for all forces."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from peelcheck.compare import Comparison
from peelcheck.errors import UsageError
from peelcheck.figures import Figures
from peelcheck.model import ENGLAND_AND_WALES, Cuts, Figure, FigureSet
from peelcheck.outliers import far_out
from peelcheck.sayings import figure_in_words, standing_in_words
from peelcheck.wording import listed, number, sentence


def report(
    title: str, comparisons: Sequence[Comparison], figures: Figures, cuts: Cuts, force: str | None = None
) -> FigureSet:
    """Every measure as a figure for each force, or for one.

    Raises:
        UsageError: the force is not one of the collection's.
    """
    if force is not None and force not in figures.forces:
        raise UsageError(f"{force!r} is not one of the forces: {', '.join(figures.forces)}")
    chosen = [i for i, name in enumerate(figures.forces) if force in (None, name)]
    return FigureSet(
        title=title,
        figures=tuple(_figure(c, i, figures.forces[i]) for c in comparisons for i in chosen),
        national=tuple(_national(c, figures.forces, cuts) for c in comparisons),
        out={c.measure.id: _out(c, figures) for c in comparisons},
    )


def _out(comparison: Comparison, figures: Figures) -> tuple[tuple[str, str], ...]:
    """The forces that are out of both sums, and why."""
    return tuple(
        (force, _reason(comparison, i))
        for i, force in enumerate(figures.forces)
        if not comparison.compared[i]
    )


def _reason(comparison: Comparison, i: int) -> str:
    why = comparison.now.why[i]
    return str(why) if why is not None else "the denominator is 0"


def _remark(comparison: Comparison, i: int) -> str:
    """What was declared about a figure that is in, and about that of the year before where it was something else."""
    now, before = comparison.now.declared[i], comparison.before.declared[i]
    parts = [now.reason] if now is not None and now.reason else []
    if before is not None and before is not now:
        parts.append(f"the year before: {comparison.before.why[i] or before.words}")
    return "; ".join(parts)


def _figure(comparison: Comparison, i: int, force: str) -> Figure:
    measure, now = comparison.measure, comparison.now
    value, national = _finite(comparison.rates[i]), now.national(measure.per)
    declared = now.declared[i]
    of, group = int(np.count_nonzero(comparison.compared)), comparison.in_group(i)
    words = ""
    if value is not None:
        standing = standing_in_words(measure, value, comparison.rank(i), of, national)
        words = f"{sentence(figure_in_words(measure, value))}, {standing}."
    return Figure(
        measure=measure.id,
        title=measure.title,
        period=measure.period.describe(measure.years[0]),
        force=force,
        numerator=_finite(now.numerator[i]),
        denominator=_finite(now.denominator[i]),
        value=value,
        england_and_wales=national,
        england_and_wales_without=now.national(measure.per, without=i),
        rank=None if value is None else comparison.rank(i),
        of=of,
        group_rate=group.rate,
        group_rank=group.rank,
        group_of=group.of,
        previous=_finite(comparison.previous[i]),
        change=comparison.change(i),
        status=declared.status.value if declared is not None else "",
        footnote=_reason(comparison, i) if value is None else _remark(comparison, i),
        sentence=words,
        unit=measure.unit,
        decimals=measure.decimals,
        in_report=measure.in_report,
    )


def _national(comparison: Comparison, forces: Sequence[str], cuts: Cuts) -> Figure:
    """England and Wales: a sum over a sum of those who are in, this year and the year before."""
    measure, now = comparison.measure, comparison.now
    value, previous = now.national(measure.per), comparison.before.national(measure.per)
    counted = comparison.compared
    return Figure(
        measure=measure.id,
        title=measure.title,
        period=measure.period.describe(measure.years[0]),
        force=ENGLAND_AND_WALES,
        numerator=float(now.numerator[counted].sum()),
        denominator=float(now.denominator[counted].sum()),
        value=value,
        england_and_wales=value,
        england_and_wales_without=None,
        rank=None,
        of=int(np.count_nonzero(counted)),
        group_rate=None,
        group_rank=None,
        group_of=None,
        previous=previous,
        change=_national_change(comparison),
        status="",
        footnote=_bent(comparison, forces, far_out(comparison, cuts)),
        sentence="",
        unit=measure.unit,
        decimals=measure.decimals,
        in_report=measure.in_report,
    )


def _national_change(comparison: Comparison) -> float | None:
    """The change on the year of England and Wales, in percent, over the forces with a figure in both years."""
    both = np.flatnonzero(~np.isnan(comparison.rates) & ~np.isnan(comparison.previous))
    now, before = (
        year.together(comparison.measure.per, both) for year in (comparison.now, comparison.before)
    )
    return 100 * (now / before - 1) if now is not None and before else None


def _bent(comparison: Comparison, forces: Sequence[str], far: Sequence[int]) -> str:
    """Which figures in the England and Wales figure are far out, and what it is without them; "" for none."""
    if not far:
        return ""
    one, without = len(far) == 1, comparison.national_without(far)
    percent = "%" if comparison.measure.kind == "proportion" else ""
    rate = f"{number(without, comparison.measure.decimals)}{percent}" if without else ""
    shown = f"; without {'it' if one else 'them'}, {rate}" if rate else ""
    names = listed([forces[i] for i in far])
    return f"England and Wales includes the figure{'' if one else 's'} of {names}, far from what was expected{shown}"


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
