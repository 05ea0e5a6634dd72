"""Comparisons → findings: which figures are notably different, and everything that a query says of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from peelcheck.arrays import FloatArray, objects
from peelcheck.comparison.causes import Ranged, likely_cause, swapped, swapped_with
from peelcheck.comparison.compare import HISTORY_YEARS, Comparison
from peelcheck.comparison.sentences import say_outlier
from peelcheck.comparison.thresholds import Suspicion, suspicion
from peelcheck.model import CheckRun, Cuts, Findings, Location, Measure, Nouns, Side, Tier
from peelcheck.rules.registry import of_measure
from peelcheck.statistics import MINIMUM_OTHERS, Scores, change_scores, expected_range, visible_factor
from peelcheck.tables.figures import Figures
from peelcheck.tables.table import Return
from peelcheck.wording import count, number


def far_out(comparison: Comparison, cuts: Cuts) -> list[int]:
    """The forces whose figures are severely off: too far out to be a yardstick for others without a word."""
    rated = np.isfinite(comparison.now.as_sent(1))
    found = (suspicion(*comparison.scores(i), cuts) if rated[i] else None for i in range(len(rated)))
    return [i for i, suspect in enumerate(found) if suspect is not None and suspect.tier is Tier.SEVERE]


def find_outliers(
    comparison: Comparison, siblings: Sequence[Comparison], figures: Figures, cuts: Cuts, run: CheckRun
) -> list[Findings]:
    """The figures of one measure that are notably different, as findings; what was compared is counted in `run`.

    Only the numerator is held against its past, so that only its cells are in doubt there; among the forces a figure may be
    far out for its denominator as well.

    Args:
        comparison: the measure.
        siblings: comparisons whose numerators are other items of the same return, to tell swapped columns.
        figures: to find the cells.
        cuts: where to ask.
        run: gets held, failed, and not run with its reason for every force.
    """
    asked: dict[int, Suspicion] = {}
    for i, force in enumerate(figures.forces):
        if comparison.now.why[i] is not None:
            run.skip(force, str(comparison.now.why[i]))
            continue
        change, peer, peer_before = comparison.scores(i)
        if not comparison.now.denominator[i] > 0 or (math.isnan(change) and math.isnan(peer)):
            run.skip(force, _why_not_scored(comparison, i))
            continue
        suspect = suspicion(change, peer, peer_before, cuts)
        if suspect is None and comparison.now.impossible[i]:
            run.skip(force, _why_not_scored(comparison, i))
            continue
        if suspect is None:
            run.held += 1
            continue
        run.failed += 1
        asked[i] = suspect
    left_out = far_out(comparison, cuts) if asked else []
    facts = [
        _facts(comparison, i, suspect, left_out, siblings, figures, cuts) for i, suspect in asked.items()
    ]
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for fact in facts:
        alike.setdefault(_suspects(comparison.measure, fact), []).append(fact)
    return [_findings(comparison.measure, figures, told, comparison.nouns) for told in alike.values()]


def _why_not_scored(comparison: Comparison, i: int) -> str:
    """Why a figure that is in could be held neither against the others nor against its own past."""
    measure, above, below = comparison.measure, comparison.now.numerator[i], comparison.now.denominator[i]
    if above < 0:
        return f"{measure.numerator_noun} below zero"
    if below <= 0:
        return f"the denominator is {'0' if below == 0 else 'below zero'}"
    if measure.kind == "proportion" and above > below:
        return f"the part is greater than its whole: {number(above)} of {number(below)}"
    there = int(comparison.peers.others[i])
    one, many = f"other {comparison.nouns.one}", f"other {comparison.nouns.many}"
    others = f"only {count(there, one, many)}" if there else f"no {one}"
    return f"{others} to compare with (at least {MINIMUM_OTHERS} are needed)"


def _facts(
    comparison: Comparison,
    i: int,
    asked: Suspicion,
    left_out: Sequence[int],
    siblings: Sequence[Comparison],
    figures: Figures,
    cuts: Cuts,
) -> dict[str, Any]:
    """Everything that a query about this figure states. Rates are in the measure's unit, counts in counts.

    Figures that are far out are left out of the area here: a wrong one would bend the yardstick for all.
    """
    measure, now = comparison.measure, comparison.now
    scores = comparison.changes if asked.own_past else comparison.peers
    low, high = _range(comparison, i, asked)
    to_unit = measure.per / float(now.denominator[i])
    value, expected = float(now.numerator[i]), float(scores.expected[i])
    before = comparison.count_before(i)
    table = figures.tables.get(measure.numerator.return_name)
    other = _swapped_with(comparison, i, (low, high), siblings, figures, cuts) if asked.own_past else None
    if other is not None:
        cause: str | None = swapped_with(_title(other, figures))
    elif asked.count_fits:
        cause = None  # of a count that fits there is nothing to explain
    else:
        over_months = measure.period.kind == "twelve_months"
        cause = likely_cause(value, expected, before, expected * to_unit, over_months)
    return {
        "place": i,
        "force": figures.forces[i],
        "measure_id": measure.id,
        "count": value,
        "count_expected": expected,
        "count_range": (low, high),
        "count_before": before,
        "own_past": asked.own_past,
        "count_fits": asked.count_fits,
        **_standing(comparison, i, left_out),
        "is_far_out": i in left_out,
        "others_far_out": len(set(left_out) - {i}),
        "expected": expected * to_unit,
        "lower": low * to_unit,
        "upper": high * to_unit,
        "score": asked.score,
        "factor_visible": float(visible_factor(scores.alone(i), asked.cut)[0]),
        "cause": cause,
        "also_in_doubt": (other,) if other is not None else (),
        "tier": asked.tier,
        "suspicion": asked.weight,
        "impact": _impact(comparison, value, expected),
        "locations": _locations(measure, table, figures, i),
    }


def _standing(comparison: Comparison, i: int, left_out: Sequence[int]) -> dict[str, Any]:
    """The figure in the measure's unit, and how it stands among the others' and beside last year's."""
    measure, group, standing = comparison.measure, comparison.in_group(i, left_out), comparison.standing(i)
    peers = comparison.rates[comparison.compared & (np.arange(len(comparison.rates)) != i)]
    return {
        "value": float(comparison.now.as_sent(measure.per)[i]),
        "unit": measure.unit,
        "area_rate": comparison.area_without(left_out),
        "standing": standing,
        "rank": standing.rank if standing else None,
        "of": int(np.count_nonzero(comparison.compared)),
        "group": group,
        "group_rate": group.rate,
        "group_rank": group.standing.rank if group.standing else None,
        "group_of": group.of,
        "previous": _finite(comparison.previous[i]),
        "peers": tuple(float(rate) for rate in np.sort(peers)),
    }


def _range(comparison: Comparison, i: int, asked: Suspicion) -> tuple[float, float]:
    """The counts between which the figure would not have been asked about."""
    scores = comparison.changes if asked.own_past else comparison.peers
    kind = None if asked.own_past else comparison.measure.kind
    low, high = expected_range(scores.alone(i), asked.cut, comparison.now.denominator[i : i + 1], kind)
    return float(low[0]), float(high[0])


def _swapped_with(
    comparison: Comparison,
    i: int,
    own: tuple[float, float],
    siblings: Sequence[Comparison],
    figures: Figures,
    cuts: Cuts,
) -> str | None:
    """The one item (`return.item`) that the figure was swapped with, both being held against their own past."""
    changes = {_cells(o.measure.numerator): (o.now.numerator, o.changes) for o in siblings}
    others: dict[str, Ranged] = {}
    for ref in _beside(comparison.measure, figures):
        sent = figures.column(ref, comparison.measure.years[0]).usable[i]
        if not own[0] <= sent <= own[1]:
            continue  # it would be no better here
        now, scores = changes.get((ref,)) or _changes(ref, comparison.measure.years[0], figures)
        low, high = expected_range(scores.alone(i), cuts.change_query)
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
    """How much of the sum over the area is at stake, in percent (selective editing)."""
    national = float(np.nansum(comparison.before.numerator)) or float(np.nansum(comparison.now.numerator))
    return 100 * abs(value - expected) / national if national > 0 else 0.0


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
            file, row = str(table.files[position]), int(table.rows[position])
            found.append(Location(file, row, table.heading(item, position), written))
    return tuple(found)


def _findings(measure: Measure, figures: Figures, facts: list[dict[str, Any]], nouns: Nouns) -> Findings:
    return_name, items = measure.numerator.return_name, measure.numerator.items
    year = measure.years[0]
    end = np.datetime64(measure.period.dates(year)[1], "D")
    table = figures.tables.get(return_name)
    ends = []
    for fact in facts:
        position = int(figures.column(f"{return_name}.{items[0]}", year).row[fact["place"]])
        ends.append(table.period_ends[position] if table is not None and position >= 0 else end)
    first = [fact["locations"][0] if fact["locations"] else None for fact in facts]
    values = objects(place.value if place else None for place in first)
    return Findings(
        spec=of_measure(measure),
        return_name=return_name,
        column=items[0],
        forces=objects(fact["force"] for fact in facts),
        files=objects(place.file if place else None for place in first),
        rows=np.array([place.row if place else 0 for place in first], dtype=np.int64),
        written=lambda at: values[at],
        years=np.full(len(facts), year, dtype=np.int64),
        period_ends=np.array(ends, dtype="datetime64[D]"),
        facts={name: objects(fact[name] for fact in facts) for name in facts[0] if name != "force"},
        say=lambda fact: say_outlier(measure, fact, nouns),
        suspects=_suspects(measure, facts[0]),
        years_off={
            cell: side.year_offset
            for side in (measure.numerator, measure.denominator)
            for cell in _cells(side)
        },
        headings={} if table is None else table.headings.get(items[0], {}),
    )


def _suspects(measure: Measure, fact: Mapping[str, Any]) -> tuple[str, ...]:
    """The items of which one is probably wrong, the likeliest first."""
    above, below = _cells(measure.numerator), _cells(measure.denominator)
    if fact["own_past"]:
        return above
    return (*below, *above) if fact["count_fits"] else (*above, *below)


def _cells(side: Side) -> tuple[str, ...]:
    return tuple(f"{side.return_name}.{item}" for item in side.items)


def _finite(value: FloatArray | float) -> float | None:
    return float(value) if math.isfinite(value) else None
