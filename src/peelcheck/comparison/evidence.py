"""What a query about one figure of a measure states: the figure, how it stands, what was expected, and why."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from peelcheck.arrays import FloatArray
from peelcheck.comparison.causes import Ranged, likely_cause, swapped, swapped_with
from peelcheck.comparison.compare import HISTORY_YEARS, Comparison, InGroup, Standing
from peelcheck.comparison.thresholds import Exceedance
from peelcheck.model import Evidence, Location, Measure, Thresholds
from peelcheck.statistics import Scores, change_scores, expected_range, visible_factor
from peelcheck.tables.figures import Figures
from peelcheck.tables.table import Return


class Outlier(Evidence, frozen=True, kw_only=True):
    """A figure that is notably different, with everything that its sentence needs besides what the query carries.

    `place` is where the force stands among all forces. `count`, `count_expected`, `count_range` and `count_before` are
    counts of the numerator, of which the last is of the year before (None: not known). `own_past` and `count_fits` are
    those of the `Exceedance`. `is_far_out` says whether the area leaves the figure out here, `others_far_out` how
    many others.
    """

    force: str
    place: int
    count: float
    count_expected: float
    count_range: tuple[float, float]
    count_before: float | None
    own_past: bool
    count_fits: bool
    standing: Standing | None
    group: InGroup
    is_far_out: bool
    others_far_out: int


def outlier_of(
    comparison: Comparison,
    i: int,
    exceeded: Exceedance,
    left_out: Sequence[int],
    siblings: Sequence[Comparison],
    figures: Figures,
    thresholds: Thresholds,
) -> Outlier:
    """Everything that a query about this figure states. Rates are in the measure's unit, counts in counts.

    Figures that are far out are left out of the area here: a wrong one would bend the benchmark for all.
    """
    measure, now = comparison.measure, comparison.now
    scores = comparison.changes if exceeded.own_past else comparison.peers
    low, high = _range(comparison, i, exceeded)
    to_unit = measure.per / float(now.denominator[i])
    value, expected = float(now.numerator[i]), float(scores.expected[i])
    before = comparison.count_before(i)
    table = figures.tables.get(measure.numerator.return_name)
    other = (
        _swapped_with(comparison, i, (low, high), siblings, figures, thresholds)
        if exceeded.own_past
        else None
    )
    if other is not None:
        cause: str | None = swapped_with(_title(other, figures))
    elif exceeded.count_fits:
        cause = None  # of a count that fits there is nothing to explain
    else:
        over_months = measure.period.kind == "twelve_months"
        cause = likely_cause(value, expected, before, expected * to_unit, over_months)
    standing, group = comparison.standing(i), comparison.in_group(i, left_out)
    peers = comparison.rates[comparison.compared & (np.arange(len(comparison.rates)) != i)]
    return Outlier(
        measure=measure.id,
        force=figures.forces[i],
        place=i,
        count=value,
        count_expected=expected,
        count_range=(low, high),
        count_before=before,
        own_past=exceeded.own_past,
        count_fits=exceeded.count_fits,
        value=float(now.as_sent(measure.per)[i]),
        unit=measure.unit,
        area_rate=comparison.area_without(left_out),
        standing=standing,
        rank=standing.rank if standing else None,
        of=int(np.count_nonzero(comparison.compared)),
        group=group,
        group_rate=group.rate,
        group_rank=group.standing.rank if group.standing else None,
        group_of=group.of,
        previous=_finite(comparison.previous[i]),
        peers=tuple(float(rate) for rate in np.sort(peers)),
        is_far_out=i in left_out,
        others_far_out=len(set(left_out) - {i}),
        expected=expected * to_unit,
        lower=low * to_unit,
        upper=high * to_unit,
        score=exceeded.score,
        factor_visible=float(visible_factor(scores.alone(i), exceeded.threshold)[0]),
        cause=cause,
        swapped_with=other,
        tier=exceeded.tier,
        suspicion=exceeded.weight,
        impact=_impact(comparison, value, expected),
        locations=_locations(measure, table, figures, i),
    )


def _range(comparison: Comparison, i: int, exceeded: Exceedance) -> tuple[float, float]:
    """The range of counts for which the figure would not have been queried."""
    scores = comparison.changes if exceeded.own_past else comparison.peers
    kind = None if exceeded.own_past else comparison.measure.kind
    low, high = expected_range(
        scores.alone(i), exceeded.threshold, comparison.now.denominator[i : i + 1], kind
    )
    return float(low[0]), float(high[0])


def _swapped_with(
    comparison: Comparison,
    i: int,
    own: tuple[float, float],
    siblings: Sequence[Comparison],
    figures: Figures,
    thresholds: Thresholds,
) -> str | None:
    """The one item (`return.item`) that the figure was swapped with, both being compared with their own past."""
    changes = {o.measure.numerator.refs: (o.now.numerator, o.changes) for o in siblings}
    others: dict[str, Ranged] = {}
    for ref in _beside(comparison.measure, figures):
        sent = figures.column(ref, comparison.measure.years[0]).usable[i]
        if not own[0] <= sent <= own[1]:
            continue  # it would be no better here
        now, scores = changes.get((ref,)) or _changes(ref, comparison.measure.years[0], figures)
        low, high = expected_range(scores.alone(i), thresholds.change_query)
        if math.isfinite(low[0]):
            others[ref] = Ranged(float(now[i]), float(low[0]), float(high[0]))
    return swapped(Ranged(float(comparison.now.numerator[i]), *own), others)


def _beside(measure: Measure, figures: Figures) -> Iterator[str]:
    """The other items (`return.item`) that stand in the same row as the one of a measure."""
    side = measure.numerator
    table = figures.tables.get(side.return_name)
    if table is None or len(side.items) != 1 or side.items[0] not in table.schema:
        return
    own = table.schema[side.items[0]]
    for item in table.schema.items:
        if item is not own and item.period == own.period and measure.years[0] in item.years:
            yield f"{side.return_name}.{item.name}"


def _changes(ref: str, year: int, figures: Figures) -> tuple[FloatArray, Scores]:
    """The figures of an item of which there is no comparison, and how each stands against its own past."""
    now = figures.column(ref, year).usable
    return now, change_scores(
        now, np.array([figures.past(ref, year - back).usable for back in range(1, HISTORY_YEARS + 1)])
    )


def _title(ref: str, figures: Figures) -> str:
    """The title of an item."""
    return_name, _, item = ref.partition(".")
    return figures.tables[return_name].schema[item].title


def _impact(comparison: Comparison, value: float, expected: float) -> float:
    """The possible error as a share of the total for the area, in percent (selective editing)."""
    total = float(np.nansum(comparison.before.numerator)) or float(np.nansum(comparison.now.numerator))
    return 100 * abs(value - expected) / total if total > 0 else 0.0


def _locations(measure: Measure, table: Return | None, figures: Figures, i: int) -> tuple[Location, ...]:
    """The cells of the numerator."""
    if table is None:
        return ()
    year = measure.years[0] + measure.numerator.year_offset
    found = []
    for item in measure.numerator.items:
        position = int(figures.column(f"{table.schema.name}.{item}", year).row[i])
        if position >= 0:
            written = table.written(item, np.array([position]))[0]
            source, row = table.sources[position], int(table.rows[position])
            found.append(Location(source.file, row, table.heading(item, position), written, source.sheet))
    return tuple(found)


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
