"""What a check sees: the rows of one return, and the figures of every other return for the same force and year."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from peelcheck.arrays import BoolArray, FloatArray, IntArray, ObjectArray, distinct_rows
from peelcheck.cells.parsed import CellState
from peelcheck.model import Cells, Field, Reason, ReasonKind, ReturnSchema
from peelcheck.tables.conditions import Where
from peelcheck.tables.figures import NOT_RECEIVED, Column, Figures, why_no_figure
from peelcheck.tables.record_counts import Months
from peelcheck.tables.table import NO_YEAR, Return

Part = Callable[[Column], NDArray[Any]]
Get = Callable[[str, int], Column]


class View(Struct, frozen=True, dict=True):
    """The rows that a check is run on.

    An item is named as in the schema: a column of this return (`arrests`), or `return.item` for another return's
    figure for the same force and year. Every array has one element a row of the table. What was looked up is kept, as many
    checks of a return look up the same.
    """

    table: Return
    figures: Figures
    _found: dict[tuple[str, str, int], FloatArray] = field(default_factory=dict)

    def number(self, item: str) -> FloatArray:
        """The item's figures; NaN where blank, unreadable, or (another return's) not usable."""
        if "." not in item:
            return np.asarray(self.table.values[item], dtype=np.float64)
        return self._look_up(item, self.figures.column, back=0)

    def last_year(self, item: str) -> FloatArray:
        """The figure for the year before: as accepted; where history has none, as given in this round."""
        return self._look_up(self.ref(item), self.figures.past, back=1)

    def next_year(self, item: str) -> FloatArray:
        """The figure for the year after, as given in this round; NaN for none."""
        return self._look_up(self.ref(item), self.figures.column, back=-1)

    def accepted(self, item: str, back: int = 0) -> FloatArray:
        """The figure accepted in earlier rounds for the row's own year, or for `back` years before; NaN for none."""
        return self._look_up(self.ref(item), self.figures.history, back=back)

    def all_forces(self, item: str, year: int, back: int = 0) -> FloatArray:
        """The usable figures of all forces for a year: as accepted, else as given in this round."""
        get = self.figures.past if back else self.figures.column
        return get(self.ref(item), year - back).usable

    @cached_property
    def places(self) -> IntArray:
        """Where each row's force stands among all forces; -1 for none."""
        which, names = self.table.by_force
        return self.figures.position(names)[which]

    def due(self, *items: str) -> BoolArray:
        """Rows with a recognised force in which all of this return's own items are required."""
        required = self.table.known
        for item in items:
            if "." not in item:
                required = required & self.table.due(item)
        return np.asarray(required, dtype=bool)

    def declared(self, item: str) -> ObjectArray:
        """What the force declared about the item in the row's year; None for nothing."""
        return self._by_row(self.ref(item), lambda column: column.declared, None, self.figures.column)

    def blank(self, item: str) -> BoolArray:
        """Rows whose cell is blank or has a marker of something missing."""
        states = self.table.states[item]
        return np.asarray((states == CellState.BLANK) | (states == CellState.MISSING))

    def alike(self, rows: IntArray, items: tuple[str, ...]) -> list[tuple[int, int]]:
        """Rows of which `why_not` says the same of these items: the first of each kind, and how many there are of it."""
        if not len(rows):
            return []
        own = [item for item in items if "." not in item]
        which, names = self.table.by_force
        figures = [self.table.values[item] for item in own]
        kinds, _ = distinct_rows(
            (which[rows], names),
            self.table.years[rows],
            *(self.table.states[item][rows] for item in own),
            *(values[rows] < 0 for values in figures if values.dtype.kind == "f"),
        )
        _, first, counts = np.unique(kinds, return_index=True, return_counts=True)
        return sorted(zip(rows[first].tolist(), counts.tolist(), strict=True))

    def why_not(self, position: int, items: tuple[str, ...]) -> Reason | None:
        """Why a check cannot be run on each row: its first item that is missing or below zero; None if it can be run."""
        below_zero = []
        for item in items:
            column, place = self._column_at(self.ref(item), position)
            if "." in item:
                why: Reason | None = column.why[place] if column else NOT_RECEIVED
                if why is not None:
                    return why.about(item)
                figure = column.value[place] if column else np.nan
            else:
                if self.table.states[item][position] != CellState.OK:
                    why = self._why_no_figure(item, position, column, place)
                    return why.about(item)
                figure = self.table.values[item][position]
            if isinstance(figure, float) and figure < 0:
                below_zero.append(Reason(ReasonKind.BELOW_ZERO, item))
        return below_zero[0] if below_zero else None

    def _why_no_figure(self, item: str, position: int, column: Column | None, place: int) -> Reason:
        in_cell = why_no_figure(CellState(self.table.states[item][position])) or NOT_RECEIVED
        if column is not None and column.declared[place] is not None:
            return column.why[place] or in_cell
        return in_cell

    def cells(self, item: str, at: IntArray) -> Cells | None:
        """The item's cells in some rows or, of another return, for the same forces and years; None if there are none."""
        return_name, _, name = self.ref(item).partition(".")
        if "." not in item:
            return self.table.cells(name, at)
        rows = self._by_row(item, lambda column: column.row, -1, self.figures.column, dtype=np.int64)[at]
        return self.figures.tables[return_name].cells(name, rows) if (rows >= 0).any() else None

    def months(self, column: str, where: Where) -> Months | None:
        """The numbers of records that meet some conditions by the month of a column of dates; None for no dates.

        One row for each row of the table of counts.
        """
        return self.figures.counted[self.table.schema.name].months.get((column, where))

    @property
    def counts_of_all(self) -> tuple[str, ...]:
        """The counts of a record-level return that include every record."""
        return self.figures.counted[self.table.schema.name].of_all

    def date_title(self, column: str) -> str:
        """The title of a column of dates of the records behind a table of counts."""
        return self.figures.counted[self.table.schema.name].records[column].title

    def ref(self, item: str) -> str:
        """The item's full name, `return.item`."""
        return item if "." in item else f"{self.table.schema.name}.{item}"

    def field(self, item: str) -> Field:
        """The item's field in its schema, for its title and unit."""
        return_name, _, name = self.ref(item).partition(".")
        schema = self.schema_of(return_name, name)
        if schema is None:
            raise KeyError(item)  # only of what was received anything is said
        return schema[name]

    def schema_of(self, return_name: str, name: str) -> ReturnSchema | None:
        """The schema that an item is in, be it one of counts; None if its return was not received."""
        tables = [self.table, *(t for t in (self.figures.tables.get(return_name),) if t is not None)]
        if return_name in self.figures.counted:
            tables.append(self.figures.counted[return_name].table)
        schemas = (table.schema for table in tables)
        return next((one for one in schemas if one.name == return_name and name in one), None)

    def _column_at(self, ref: str, position: int) -> tuple[Column | None, int]:
        """The column that one row's figure stands in, and its place there; None for a row of no force or year."""
        place, year = int(self.places[position]), int(self.table.years[position])
        if year == NO_YEAR or place < 0:
            return None, -1
        return self.figures.column(ref, year), place

    def _look_up(self, ref: str, get: Get, back: int) -> FloatArray:
        key = ref, get.__name__, back
        if key not in self._found:
            found = self._by_row(ref, lambda column: column.usable, np.nan, get, back, np.float64)
            found.flags.writeable = False
            self._found[key] = found
        return self._found[key]

    @cached_property
    def _by_year(self) -> list[tuple[int, IntArray, IntArray]]:
        """Each year, the rows of it that are some force's, and the places of these."""
        known = self.places >= 0
        rows_of = [
            (int(year), np.flatnonzero((self.table.years == year) & known))
            for year in np.unique(self.table.years)
            if year != NO_YEAR
        ]
        return [(year, rows, self.places[rows]) for year, rows in rows_of]

    def _by_row(
        self, ref: str, part: Part, default: Any, get: Get, back: int = 0, dtype: Any = object
    ) -> NDArray[Any]:
        """A part of the column of each row's year, at each row's force."""
        out = np.full(len(self.table), default, dtype=dtype)
        for year, rows, places in self._by_year:
            out[rows] = part(get(ref, year - back))[places]
        return out
