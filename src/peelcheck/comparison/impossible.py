"""Rates that are higher than there can be (RO131): the figure is refused, and one of its two sides is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec.structs import replace

from peelcheck.comparison.compare import Comparison
from peelcheck.comparison.sentences import figure_in_words
from peelcheck.model import Findings, Thresholds
from peelcheck.model.file_findings import Place, at_places
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import RATE_IMPOSSIBLE
from peelcheck.tables.figures import Figures
from peelcheck.wording import counted, exact, listed, sentence

Cell = tuple[str, int]
"""An item (`return.item`) and a year."""


def find_impossible(
    comparisons: Sequence[Comparison], figures: Figures, thresholds: Thresholds
) -> Iterator[Findings]:
    """RO131 for each force's rate that is above the measure's maximum, at the side that is probably wrong.

    That is the denominator if the count is what the force's own past leads one to expect; it is named once, however many
    rates it makes too high. A proportion above 100 percent is left to the checks that hold the part against its whole.
    """
    named: set[tuple[int, Cell]] = set()
    for comparison in comparisons:
        if comparison.measure.kind == "proportion":
            continue
        for i in np.flatnonzero(comparison.now.impossible).tolist():
            cells = _suspected(comparison, i, thresholds)
            if (i, cells[0]) not in named:
                named.add((i, cells[0]))
                yield _finding(comparison, i, cells, figures)


def _suspected(comparison: Comparison, i: int, thresholds: Thresholds) -> list[Cell]:
    """The cells of which one is wrong, the likeliest first."""
    measure = comparison.measure
    above, below = (
        [(ref, measure.years[0] + side.year_offset) for ref in side.refs]
        for side in (measure.numerator, measure.denominator)
    )
    count_fits = abs(comparison.changes.score[i]) <= thresholds.change_query  # NaN is not
    return [*below, *above] if count_fits else [*above, *below]


def _finding(comparison: Comparison, i: int, cells: Sequence[Cell], figures: Figures) -> Findings:
    measure, now = comparison.measure, comparison.now
    (ref, year), force = cells[0], figures.forces[i]
    noun = listed([item.replace("_", " ") for item in measure.denominator.items])
    message = (
        f"{sentence(figure_in_words(measure, float(now.as_sent(measure.per)[i])))} is more than there can be, which is "
        f"{exact(measure.maximum or 0)}: {counted(now.numerator[i], measure.numerator_noun)}, and {noun} is "
        f"{exact(now.denominator[i])}."
    )
    return_name, _, item = ref.partition(".")
    found = at_places(
        built_in()[RATE_IMPOSSIBLE], return_name, item, [_place(figures, cells[0], i, force, message)]
    )
    return replace(
        found,
        years=np.array([year], dtype=np.int64),
        suspects=tuple(ref for ref, _ in cells),
        years_off={ref: other - year for ref, other in cells},
    )


def _place(figures: Figures, cell: Cell, i: int, force: str, message: str) -> Place:
    """Where a cell of a force stands; its return as a whole if it is in no row, as a figure counted from records."""
    ref, year = cell
    return_name, _, item = ref.partition(".")
    position, table = int(figures.column(ref, year).row[i]), figures.tables.get(return_name)
    if table is None or position < 0:
        return Place(force, message)
    end = table.period_ends[position].astype("datetime64[D]").item()
    written = table.written(item, np.array([position]))[0]
    return Place(force, message, table.sources[position], int(table.rows[position]), written, end)
