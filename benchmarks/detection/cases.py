"""One year of one measure for all forces, with what was known before it: what a rule is shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Case:
    """The figures of one measure in one year, all forces, and their past.

    Shapes: `current` (forces,), `history` (years, forces) with the most recent year first; `population` and
    `past_population` the same; `related` (items, forces) and `past_related` (items, years, forces) are the other
    items of the same year, which may be none. NaN: not known.
    """

    measure: str
    year: str  # the last day of the twelve months, ISO
    current: FloatArray
    history: FloatArray
    population: FloatArray
    past_population: FloatArray
    related: FloatArray
    past_related: FloatArray
    related_names: tuple[str, ...] = ()

    @property
    def forces(self) -> int:
        """How many forces there are."""
        return int(self.current.shape[0])

    @property
    def years(self) -> int:
        """How many earlier years there are."""
        return int(self.history.shape[0])

    def __str__(self) -> str:
        """The measure and its year."""
        return f"{self.measure} {self.year}"


@dataclass(frozen=True, eq=False)
class Spoilt:
    """Copies of a case in each of which one force's figure was replaced, one row a copy.

    `force` (rows,) is the force concerned, `figure` (rows,) what stands there now, `related` (rows, items) what stands
    in that force's other items (a swap changes one of them too).
    """

    force: IntArray
    figure: FloatArray
    related: FloatArray

    def currents(self, case: Case) -> FloatArray:
        """The whole year as the rule would receive it, (rows, forces)."""
        rows = np.repeat(case.current[None, :], len(self.force), axis=0)
        rows[np.arange(len(self.force)), self.force] = self.figure
        return rows


def untouched(case: Case) -> Spoilt:
    """The correct figures as they are, one row a force that has a figure."""
    force = np.flatnonzero(np.isfinite(case.current))
    return Spoilt(force, case.current[force], case.related[:, force].T)
