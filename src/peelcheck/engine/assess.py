"""Checks held and figures compared: what is worth asking about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from peelcheck.checks import View, run_check
from peelcheck.comparison.compare import Comparison, compare
from peelcheck.comparison.outliers import find_outliers
from peelcheck.comparison.thresholds import speaks_for
from peelcheck.engine.state import Check, Run
from peelcheck.matching.files import Progress
from peelcheck.model import Collection, Measure, Reason, ReasonKind
from peelcheck.rounds.declarations import Declarations
from peelcheck.rounds.folder import Round
from peelcheck.tables.figures import Figures


def hold(checks: Sequence[Check], figures: Figures, run: Run, progress: Progress) -> None:
    """Hold every check against its return; one whose return did not come is not run, and says so.

    Checks that see a row at a time were held against records as they came.
    """
    views = {name: View(table, figures) for name, table in figures.tables.items()}
    for done, (spec, kind) in enumerate(checks):
        progress("checking", done, len(checks))
        view = views.get(spec.return_name or "")
        if spec.code in run.checks:
            continue
        if view is None:
            run.of(spec.code).skip(None, Reason(ReasonKind.RETURN_NOT_RECEIVED, str(spec.return_name)))
            continue
        run.add(run_check(spec, kind, view, run.of(spec.code)))
    progress("checking", len(checks), len(checks))


def compare_all(round_: Round, figures: Figures) -> list[Comparison]:
    """Every measure, compared over the forces that are usable; not one of an optional return that did not come."""
    declarations = Declarations.of(round_.declarations)
    collection = round_.collection
    asked = [m for m in collection.measures if _asked(m, collection, figures)]
    return [compare(m, figures, declarations, m.years[0], collection.groups) for m in asked]


def _asked(measure: Measure, collection: Collection, figures: Figures) -> bool:
    name = measure.numerator.return_name
    came = any(ref.startswith(f"{name}.") for ref, _ in figures.current)
    return came or not collection.returns[name].optional


def ask(comparisons: Sequence[Comparison], collection: Collection, figures: Figures, run: Run) -> None:
    """Find the figures that are notably different; remember which comparisons speak for a cell."""
    for comparison in comparisons:
        measure = comparison.measure
        siblings = [
            other
            for other in comparisons
            if other is not comparison
            and other.measure.numerator.return_name == measure.numerator.return_name
        ]
        found = find_outliers(comparison, siblings, figures, collection.cuts, run.of(measure.code))
        run.add(found)
        asked = {force for one in found for force in one.forces}
        sides = [
            [(ref, measure.years[0] + side.year_offset) for ref in side.refs]
            for side in (measure.numerator, measure.denominator)
        ]
        for i, force in enumerate(figures.forces):
            if force not in asked and comparison.compared[i]:
                change, peer, _ = comparison.scores(i)
                for cells, fits in zip(sides, speaks_for(change, peer, collection.cuts), strict=True):
                    run.held[force].update(cells if fits else ())


def expected_false_queries(comparisons: Sequence[Comparison], collection: Collection) -> float:
    """How many correct figures a round of this size would ask about, from the rates that the collection states."""
    cuts = collection.cuts
    with_history = sum(int(np.isfinite(c.changes.score).sum()) for c in comparisons)
    scored = sum(int(np.isfinite(c.peers.score).sum()) for c in comparisons)
    alone = max(scored - with_history, 0)
    return (with_history * cuts.false_with_history + alone * cuts.false_alone) / 100
