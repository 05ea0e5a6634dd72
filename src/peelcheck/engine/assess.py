"""Run the consistency checks and the comparisons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from peelcheck.checks import View, is_of_counts, run_check
from peelcheck.comparison.compare import Comparison, compare
from peelcheck.comparison.impossible import find_impossible
from peelcheck.comparison.outliers import find_outliers
from peelcheck.comparison.thresholds import speaks_for
from peelcheck.engine.state import Check, RunState
from peelcheck.matching.files import Progress
from peelcheck.model import CheckRun, Collection, Measure, Reason, ReasonKind
from peelcheck.rounds.declarations import Declarations
from peelcheck.rounds.folder import Round
from peelcheck.tables.figures import Figures

_OWN_PAST = "own_past"


def run_checks(checks: Sequence[Check], figures: Figures, state: RunState, progress: Progress) -> None:
    """Run every check on its return, or on what is counted from it. One whose return was not received is counted as not run.

    Checks that see a row at a time were run on records as these were read.
    """
    views = {name: View(table, figures) for name, table in figures.tables.items()}
    of_counts = {name: View(counted.table, figures) for name, counted in figures.counted.items()}
    for done, (spec, kind) in enumerate(checks):
        progress("checking", done, len(checks))
        name = spec.return_name or ""
        counted = name in of_counts and is_of_counts(spec, figures.counted[name].records, kind)
        view = (of_counts if counted else views).get(name)
        if spec.code in state.checks:
            continue
        if view is None:
            state.of(spec.code).skip(None, Reason(ReasonKind.RETURN_NOT_RECEIVED, str(spec.return_name)))
            continue
        state.add(run_check(spec, kind, view, state.of(spec.code)))
    progress("checking", len(checks), len(checks))


def compare_all(round_: Round, figures: Figures) -> list[Comparison]:
    """Compare every measure over the forces with usable figures. Skip those of an optional return not received."""
    declarations = Declarations.of(round_.declarations)
    collection = round_.collection
    required = [m for m in collection.measures if _is_required(m, collection, figures)]
    return [compare(m, figures, declarations, m.years[0], collection.groups) for m in required]


def _is_required(measure: Measure, collection: Collection, figures: Figures) -> bool:
    name = measure.numerator.return_name
    received = any(ref.startswith(f"{name}.") for ref, _ in figures.current)
    return received or not collection.returns[name].optional


def find_all_outliers(
    comparisons: Sequence[Comparison], collection: Collection, figures: Figures, state: RunState
) -> None:
    """Find the figures that are notably different or impossible; record which comparisons suggest that a cell is right."""
    state.add(find_impossible(comparisons, figures, collection.thresholds))
    for comparison in comparisons:
        measure = comparison.measure
        siblings = [
            other
            for other in comparisons
            if other is not comparison
            and other.measure.numerator.return_name == measure.numerator.return_name
        ]
        found = find_outliers(comparison, siblings, figures, collection.thresholds, state.of(measure.code))
        state.add(found)
        queried = {force for one in found for force in one.forces}
        sides = [
            [(ref, measure.years[0] + side.year_offset) for ref in side.refs]
            for side in (measure.numerator, measure.denominator)
        ]
        for i, force in enumerate(figures.forces):
            if force not in queried and comparison.compared[i]:
                change, peer, _ = comparison.scores(i)
                for cells, fits in zip(sides, speaks_for(change, peer, collection.thresholds), strict=True):
                    state.support[force].update(cells if fits else ())


class Expected(Struct, frozen=True):
    """How many correct figures a round of this size would query: probably, and between which numbers by kind of series."""

    middle: float
    low: float
    high: float


def expected_false_queries(
    comparisons: Sequence[Comparison], collection: Collection, checks: Mapping[str, CheckRun]
) -> Expected:
    """The number of correct figures that a round of this size would query, from the rates that the collection gives.

    Comparisons count, and so do the figures that a check of the kind `own_past` holds against their past. How often a correct
    figure is queried differs by kind of series: crimes and stocks seldom, arrests and searches more often.
    """
    thresholds = collection.thresholds
    with_history = sum(int(np.isfinite(c.changes.score).sum()) for c in comparisons)
    scored = sum(int(np.isfinite(c.peers.score).sum()) for c in comparisons)
    alone = max(scored - with_history, 0)
    specs = [
        spec for schema in collection.returns.values() for spec in schema.checks if spec.kind == _OWN_PAST
    ]
    runs = [checks[spec.code] for spec in specs if spec.code in checks]
    items = sum(run.passed + run.failed for run in runs)
    low = with_history * thresholds.false_with_history + alone * thresholds.false_alone
    high = (with_history + alone) * thresholds.false_high
    return Expected(
        middle=(low + items * thresholds.false_item) / 100,
        low=low / 100,
        high=(high + items * thresholds.false_item_high) / 100,
    )
