"""How far one force's wrong figure moves the scores of all the others: `python -m benchmarks.equal_treatment`.

In the sample's round without faults each measure's numerator is spoiled for each force in turn, ten times too large and
zero. Every comparison that the spoiled figures enter is made again, and the scores of the other forces are held against what
they were. A score that crosses a cut is a query that another force owes to somebody else's mistake.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from peelcheck.comparison.compare import Comparison, compare
from peelcheck.engine.load import load
from peelcheck.engine.state import RunState
from peelcheck.matching.files import quietly
from peelcheck.model import Measure, Thresholds
from peelcheck.rounds.declarations import Declarations
from peelcheck.rounds.folder import Round, open_round
from peelcheck.tables.figures import Figures
from tools.make_sample.__main__ import SEED, clean_round
from tools.make_sample.files import write_round

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

FACTORS = (10.0, 0.0)
NEAR = 0.5
"""A score this near a cut may cross it: the cut itself is no sharper."""


@dataclass(frozen=True)
class Moves:
    """Scores of other forces before and after a figure was spoiled; `cuts` has for each a query and a severe cut."""

    before: FloatArray
    after: FloatArray
    cuts: FloatArray

    @property
    def sizes(self) -> FloatArray:
        """How far each score moved."""
        return np.asarray(np.abs(self.after - self.before))

    @property
    def crossed(self) -> BoolArray:
        """For each score and cut, whether the score is now on the other side."""
        return np.asarray(
            (np.abs(self.before)[:, None] > self.cuts) != (np.abs(self.after)[:, None] > self.cuts)
        )

    @property
    def far_crossed(self) -> BoolArray:
        """Those that crossed although they had been farther than `NEAR` from the cut."""
        return np.asarray(self.crossed & (np.abs(np.abs(self.before)[:, None] - self.cuts) > NEAR))


def clean_figures(folder: Path, seed: int = SEED) -> tuple[Round, Figures]:
    """The sample's round without faults, or one like it, as read."""
    write_round(clean_round(seed), folder)
    round_ = open_round([folder], None, None)
    return round_, load(round_, (), RunState(), quietly).figures


def measure_moves(round_: Round, figures: Figures, measures: Iterable[Measure]) -> Moves:
    """Spoil the numerators of some measures for each force in turn, and see how all measures' scores of the others move."""
    asked = [m for m in round_.collection.measures if (_cells(m)[0], m.years[0]) in figures.current]
    declarations = Declarations.of(round_.declarations)
    plain = {m.id: _scores(m, figures, declarations) for m in asked}
    moves = [
        _others(plain[m.id], _scores(m, spoiled, declarations), i, round_.collection.thresholds)
        for measure in measures
        if measure in asked
        for i, spoiled in _spoiled(measure, figures)
        for m in asked
        if set(_cells(measure)[: len(measure.numerator.items)]) & set(_cells(m))
    ]
    return Moves(*(np.concatenate(parts) for parts in zip(*moves, strict=True)))


def _cells(measure: Measure) -> list[str]:
    """The items of a measure, those of its numerator first."""
    return [f"{s.return_name}.{item}" for s in (measure.numerator, measure.denominator) for item in s.items]


def _scores(measure: Measure, figures: Figures, declarations: Declarations) -> FloatArray:
    """Against the force's own past and against the other forces: one row each, a column a force."""
    comparison: Comparison = compare(measure, figures, declarations, measure.years[0])
    return np.array([comparison.changes.score, comparison.peers.score])


def _spoiled(measure: Measure, figures: Figures) -> Iterator[tuple[int, Figures]]:
    """Each force that has a figure, and all figures with that one spoiled."""
    year = measure.years[0] + measure.numerator.year_offset
    columns = {
        (ref, year): figures.current[ref, year] for ref in _cells(measure)[: len(measure.numerator.items)]
    }
    given = ~np.isnan(sum(column.usable for column in columns.values()))
    for i in np.flatnonzero(given):
        for factor in FACTORS:
            changed = {}
            for key, column in columns.items():
                value = column.value.copy()
                value[i] *= factor
                changed[key] = replace(column, value=value)
            yield int(i), replace(figures, current=figures.current | changed)


def _others(before: FloatArray, after: FloatArray, spoiled: int, cuts: Thresholds) -> tuple[FloatArray, ...]:
    """The scores of all forces but one before and after, with the cuts that each is held against."""
    own_past = ~np.isnan(before[0])[:, None]
    change = np.broadcast_to([cuts.change_query, cuts.change_severe], (before.shape[1], 2))
    peer = np.where(own_past, [cuts.peer_query, cuts.peer_severe], [cuts.alone_query, cuts.alone_severe])
    scored = ~np.isnan(before) | ~np.isnan(after)
    scored[:, spoiled] = False
    # a score that comes or goes has moved as far as can be
    before, after = (np.nan_to_num(scores[scored], nan=np.inf) for scores in (before, after))
    return before, after, np.array([change, peer])[scored]


def main() -> None:
    """Spoil every measure of a round for every force, and print how the others' scores moved; one row a round."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument(
        "seeds", nargs="*", type=int, default=[SEED], help="of rounds; by default the sample's"
    )
    print(
        "   seed   scores  largest move  99th percentile  crossed a cut  of these outwards  from beyond 0.5"
    )
    for seed in parser.parse_args().seeds:
        with tempfile.TemporaryDirectory() as folder:
            round_, figures = clean_figures(Path(folder), seed)
        moves = measure_moves(round_, figures, round_.collection.measures)
        outwards = moves.crossed & (np.abs(moves.after) > np.abs(moves.before))[:, None]
        print(
            f"{seed:>7}{len(moves.before):>9,}{moves.sizes.max():>14.2f}{np.quantile(moves.sizes, 0.99):>17.2f}"
            f"{np.count_nonzero(moves.crossed):>15,}{np.count_nonzero(outwards):>19,}"
            f"{np.count_nonzero(moves.far_crossed):>17,}"
        )


if __name__ == "__main__":
    main()
