"""Comparisons → findings: which figures are notably different, and the findings about them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from peelcheck.arrays import objects
from peelcheck.comparison.compare import Comparison
from peelcheck.comparison.evidence import Outlier, outlier_of
from peelcheck.comparison.sentences import say_outlier
from peelcheck.comparison.thresholds import Exceedance, exceedance
from peelcheck.model import CheckRun, Findings, Measure, Nouns, Reason, ReasonKind, Thresholds, Tier
from peelcheck.rules.registry import of_measure
from peelcheck.statistics import MINIMUM_OTHERS
from peelcheck.tables.figures import Figures
from peelcheck.wording import count


def far_out(comparison: Comparison, thresholds: Thresholds) -> list[int]:
    """The forces whose figures are so extreme that they are excluded from the benchmark, or mentioned beside it."""
    rated = np.isfinite(comparison.now.as_sent(1))
    found = (exceedance(*comparison.scores(i), thresholds) if rated[i] else None for i in range(len(rated)))
    return [i for i, one in enumerate(found) if one is not None and one.tier is Tier.SEVERE]


def find_outliers(
    comparison: Comparison,
    siblings: Sequence[Comparison],
    figures: Figures,
    thresholds: Thresholds,
    run: CheckRun,
) -> list[Findings]:
    """The figures of one measure that are notably different, as findings; what was compared is counted in `run`.

    Only the numerator is compared with its past, so that only its cells are in doubt there; among the forces a figure may be
    far out for its denominator as well.

    Args:
        comparison: the measure.
        siblings: comparisons whose numerators are other items of the same return, to recognise swapped columns.
        figures: to find the cells.
        thresholds: beyond which a figure is queried.
        run: counts how many passed and failed, and why a force's figure was not compared.
    """
    exceeded: dict[int, Exceedance] = {}
    for i, force in enumerate(figures.forces):
        if comparison.now.why[i] is not None:
            run.skip(force, comparison.now.why[i])
            continue
        change, peer, peer_before = comparison.scores(i)
        if not comparison.now.denominator[i] > 0 or (math.isnan(change) and math.isnan(peer)):
            run.skip(force, _why_not_scored(comparison, i))
            continue
        found = exceedance(change, peer, peer_before, thresholds)
        if found is None and comparison.now.impossible[i]:
            run.skip(force, _why_not_scored(comparison, i))
            continue
        if found is None:
            run.passed += 1
            continue
        run.failed += 1
        exceeded[i] = found
    left_out = far_out(comparison, thresholds) if exceeded else []
    alike: dict[tuple[str, ...], list[Outlier]] = {}
    for i, found in exceeded.items():
        outlier = outlier_of(comparison, i, found, left_out, siblings, figures, thresholds)
        alike.setdefault(_suspects(comparison.measure, outlier), []).append(outlier)
    return [_findings(comparison.measure, figures, outliers, comparison.nouns) for outliers in alike.values()]


def _why_not_scored(comparison: Comparison, i: int) -> Reason:
    """Why a figure that is in could be compared neither with the others nor with its own past."""
    above, below = comparison.now.numerator[i], comparison.now.denominator[i]
    if above < 0:
        return Reason(ReasonKind.BELOW_ZERO, comparison.measure.numerator_noun)
    if below < 0:
        return Reason(ReasonKind.DENOMINATOR_BELOW_ZERO)
    if below == 0 or comparison.now.impossible[i]:
        return comparison.why_no_rate(i)
    there = int(comparison.peers.others[i])
    one, many = f"other {comparison.nouns.one}", f"other {comparison.nouns.many}"
    others = f"only {count(there, one, many)}" if there else f"no {one}"
    return Reason(ReasonKind.TOO_FEW_OTHERS, others, f"at least {MINIMUM_OTHERS}")


def _findings(measure: Measure, figures: Figures, outliers: Sequence[Outlier], nouns: Nouns) -> Findings:
    """Outliers with the same suspects, each with its message."""
    return_name, items = measure.numerator.return_name, measure.numerator.items
    year = measure.years[0]
    end = np.datetime64(measure.period.dates(year)[1], "D")
    table = figures.tables.get(return_name)
    ends = []
    for outlier in outliers:
        position = int(figures.column(f"{return_name}.{items[0]}", year).row[outlier.place])
        ends.append(table.period_ends[position] if table is not None and position >= 0 else end)
    first = [outlier.locations[0] if outlier.locations else None for outlier in outliers]
    values = objects(place.value if place else None for place in first)
    return Findings(
        spec=of_measure(measure),
        return_name=return_name,
        column=items[0],
        forces=objects(outlier.force for outlier in outliers),
        sources=objects(place.source if place else None for place in first),
        rows=np.array([place.row if place else 0 for place in first], dtype=np.int64),
        written=lambda at: values[at],
        years=np.full(len(outliers), year, dtype=np.int64),
        period_ends=np.array(ends, dtype="datetime64[D]"),
        facts={"message": objects(say_outlier(measure, outlier, nouns) for outlier in outliers)},
        say=lambda fact: str(fact["message"]),
        suspects=_suspects(measure, outliers[0]),
        years_off={
            ref: side.year_offset for side in (measure.numerator, measure.denominator) for ref in side.refs
        },
        headings={} if table is None else table.headings.get(items[0], {}),
        more_suspects=objects(() if o.swapped_with is None else (o.swapped_with,) for o in outliers),
        evidence=tuple(_with_message_without_cause(measure, outlier, nouns) for outlier in outliers),
    )


def _with_message_without_cause(measure: Measure, outlier: Outlier, nouns: Nouns) -> Outlier:
    """An outlier that another finding may explain: then the cause that it names itself is left out."""
    if outlier.cause is None:
        return outlier
    return replace(outlier, without_cause=say_outlier(measure, replace(outlier, cause=None), nouns))


def _suspects(measure: Measure, outlier: Outlier) -> tuple[str, ...]:
    """The items of which one is probably wrong, the likeliest first."""
    above, below = measure.numerator.refs, measure.denominator.refs
    if outlier.own_past:
        return above
    return (*below, *above) if outlier.count_fits else (*above, *below)
