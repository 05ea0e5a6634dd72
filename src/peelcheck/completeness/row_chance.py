"""The chance that two forces have the same figures in a row, from how much forces differ."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct, field

from peelcheck.arrays import BoolArray, FloatArray
from peelcheck.statistics import median_deviation, tie_chance
from peelcheck.tables.table import Return

_SPREAD = 0.5
"""Standard deviation of a figure between forces on the log scale, where too few have one to tell. A small one: forces that
are alike are more often equal by chance."""
_ENOUGH = 8
"""Forces with a figure above 0 from which a spread is told."""
_OTHER_YEAR = 0.1
"""Standard deviation of a figure of another year, given that of this year: forces that were equal once stay alike."""

Supply = tuple[int, int]
"""The year and the period of a row: rows of the same are compared."""


class RowChances(Struct, frozen=True, dict=True):
    """How likely a row of figures is to be another force's too.

    `figures` are the required figures of a return: one row for each item, one column for each row of the table; NaN for none.
    What all rows of a year and period share is worked out once.
    """

    table: Return
    figures: FloatArray
    _spreads: dict[tuple[Supply, int, int | None], float] = field(default_factory=dict)
    _zeros: dict[tuple[Supply, int], float] = field(default_factory=dict)
    _others: dict[Supply, FloatArray] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Return) -> RowChances:
        """The chances of a return's rows."""
        owed = [np.where(table.due(f.name), table.values[f.name], np.nan) for f in table.schema.items]
        return cls(table, np.array(owed))

    def chance(self, rows: Sequence[int]) -> float:
        """The chance that another force has the figures of these rows.

        The product over the figures: the largest one has the spread of that item between forces, the others that of their
        ratio to the largest one, since forces of one size have figures of one size. Totals say nothing beside their parts,
        nor does a 0 beyond how many forces have one. Rows of other years add what changes from year to year.
        """
        first, *others = rows
        chance = self._of_row(first)
        for row in others:
            above = self.figures[:, row][self._free & (self.figures[:, row] > 0)]
            chance *= float(np.prod(tie_chance(above, _OTHER_YEAR)))
        return chance

    @cached_property
    def _free(self) -> BoolArray:
        """Items that are no total of others."""
        totals = {
            check.parameters.get("total") for check in self.table.schema.checks if check.kind == "sums_to"
        }
        return np.array([f.name not in totals for f in self.table.schema.items])

    def _of_row(self, row: int) -> float:
        own = self.figures[:, row]
        supply = int(self.table.years[row]), int(self.table.periods[row])
        free = np.flatnonzero(self._free & ~np.isnan(own))
        if not len(free):
            return 1.0
        largest = int(free[np.argmax(own[free])])
        chance = 1.0
        for item in free.tolist():
            if own[item] <= 0:
                chance *= self._share_of_zeros(supply, item)
                continue
            spread = self._spread(supply, item, None if item == largest else largest)
            chance *= float(tie_chance(own[item], np.sqrt(2) * spread))
        return chance

    def _of_supply(self, supply: Supply) -> FloatArray:
        """The figures of all forces for a year and period: one row for each item."""
        if supply not in self._others:
            year, period = supply
            alike = (self.table.years == year) & (self.table.periods == period)
            self._others[supply] = self.figures[:, alike & (self.table.forces != "")]
        return self._others[supply]

    def _share_of_zeros(self, supply: Supply, item: int) -> float:
        """How many of the forces with a figure have 0."""
        if (supply, item) not in self._zeros:
            figures = self._of_supply(supply)[item]
            known = figures[~np.isnan(figures)]
            self._zeros[supply, item] = float(np.mean(known == 0)) if len(known) else 1.0
        return self._zeros[supply, item]

    def _spread(self, supply: Supply, item: int, base: int | None) -> float:
        """The standard deviation between forces of the logarithm of an item, or of its ratio to another one."""
        key = supply, item, base
        if key not in self._spreads:
            figures = self._of_supply(supply)
            self._spreads[key] = _spread(
                figures[item], np.ones(figures.shape[1]) if base is None else figures[base]
            )
        return self._spreads[key]


def _spread(figures: FloatArray, base: FloatArray) -> float:
    """The standard deviation between forces of the logarithm of a figure over another, from the median deviation."""
    there = (figures > 0) & (base > 0)
    if there.sum() < _ENOUGH:
        return _SPREAD
    return median_deviation(np.log(figures[there] / base[there]))
