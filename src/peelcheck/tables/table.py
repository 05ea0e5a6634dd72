"""One return of all forces as one typed table that still knows every file, row and cell it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from msgspec import Struct, field
from msgspec.structs import replace
from numpy.typing import NDArray

from peelcheck.arrays import BoolArray, ByDistinct, IntArray, ObjectArray, blanked, encoded, mapped, objects
from peelcheck.cells.parsed import CellState
from peelcheck.model import Cells, CheckSpec, Field, Findings, Period, ReturnSchema

Say = Callable[[Mapping[str, Any]], str]

NO_YEAR = 0
_FEW = 100
"""Cells that are sooner picked one by one: to take some of a column in pieces, Arrow first puts all of it together."""


class Return(Struct, frozen=True, dict=True):
    """All rows of one return, from every force's file, one array a column.

    Attributes:
        schema: what the return should look like.
        text: the cells as written, a column of Arrow text a field; only the fields that some file had.
        values: a typed array a field: float64 (counts, numbers, percent 0-100, money, yes/no as 1/0), datetime64[D],
            objects (forces), or Arrow text. NaN, NaT, None or null wherever the state is not OK.
        states: `CellState` of every cell, an int8 array a field.
        files: the path of each row's file, relative to the round.
        rows: the spreadsheet row of each row.
        by_force: which of its forces each row is of, and the forces' names; "" where it could not be made out.
        years: the year of the period; 0 where the period is not one that is asked for.
        periods: which of the schema's periods the row is about; -1 for none.
        headings: by field, what its column is called in those files that do not call it by the field's name.
        distinct: the columns of text that are known by their distinct values, as `values` has them.
    """

    schema: ReturnSchema
    text: Mapping[str, pa.ChunkedArray]
    values: Mapping[str, Any]
    states: Mapping[str, NDArray[np.int8]]
    files: ObjectArray
    rows: IntArray
    by_force: ByDistinct
    years: IntArray
    periods: IntArray
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    distinct: Mapping[str, ByDistinct] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @cached_property
    def period_ends(self) -> NDArray[np.datetime64]:
        """The last day of each row's period; NaT where there is none."""
        if "period_end" in self.values:
            return np.asarray(self.values["period_end"], dtype="datetime64[D]")
        return np.full(len(self), np.datetime64("NaT", "D"), dtype="datetime64[D]")

    @property
    def codes(self) -> ByDistinct:
        """The codes of the rows' forces, as written; None where there is none."""
        if "force_code" in self.values:
            return self.by_distinct("force_code")
        return np.zeros(len(self), np.int64), [None]

    def by_distinct(self, column: str) -> ByDistinct:
        """A column's values, by the distinct ones."""
        return self.distinct.get(column) or encoded(self.values[column])

    @cached_property
    def known(self) -> BoolArray:
        """Rows whose force could be made out."""
        return mapped(self.by_force, bool, dtype=bool)

    @cached_property
    def forces(self) -> ObjectArray:
        """The force's name, a row; "" where it could not be made out."""
        which, names = self.by_force
        return objects(names)[which]

    @cached_property
    def asked(self) -> tuple[Period, ...]:
        """The schema's distinct periods; `periods` indexes them."""
        return periods_of(self.schema)

    @cached_property
    def _due(self) -> dict[tuple[int, tuple[int, ...]], BoolArray]:
        """What was asked for before, by period and years: many items have the same."""
        return {}

    def due(self, item: str) -> BoolArray:
        """Rows in which the item is asked for: its period, and a year that it is owed for."""
        field = self.schema[item]
        if field.period is None:
            return np.ones(len(self), dtype=bool)
        key = self.asked.index(field.period), field.years
        if key not in self._due:
            due = (self.periods == key[0]) & np.isin(self.years, field.years)
            due.flags.writeable = False
            self._due[key] = due
        return self._due[key]

    def written(self, column: str | None, at: IntArray) -> ObjectArray:
        """The cells of a column as the force wrote them; None where the file has no such column."""
        if column is None or column not in self.text:
            return np.full(len(at), None, dtype=object)
        cells = self.text[column]
        if len(at) <= _FEW:
            return objects([cells[i].as_py() for i in at.tolist()])
        return objects(cells.take(pa.array(at)).to_pylist())

    def heading(self, column: str, position: int) -> str:
        """What a column is called in the file of one row."""
        return self.headings.get(column, {}).get(self.files[position], column)

    def cells(self, column: str, at: IntArray) -> Cells:
        """A column's cells in some rows; there is none where the position is below 0."""
        there = at >= 0
        files, rows = np.full(len(at), None, dtype=object), np.zeros(len(at), dtype=np.int64)
        files[there], rows[there] = self.files[at[there]], self.rows[at[there]]
        return Cells(
            column=column,
            files=files,
            rows=rows,
            written=lambda some: self.written(column, at[some]),
            headings=self.headings.get(column, {}),
        )

    def only(self, keep: BoolArray) -> Return:
        """Some of the rows."""
        return replace(
            self,
            text={name: cells.filter(pa.array(keep)) for name, cells in self.text.items()},
            values={name: array[keep] for name, array in self.values.items()},
            states={name: array[keep] for name, array in self.states.items()},
            files=self.files[keep],
            rows=self.rows[keep],
            by_force=(self.by_force[0][keep], self.by_force[1]),
            years=self.years[keep],
            periods=self.periods[keep],
            distinct={name: (which[keep], known) for name, (which, known) in self.distinct.items()},
        )

    def without(self, bad: Mapping[str, BoolArray]) -> Return:
        """The same return with the given cells marked as bad, so that they are not judged again."""
        if not bad:
            return self
        values, states, distinct = dict(self.values), dict(self.states), dict(self.distinct)
        for name, mask in bad.items():
            values[name] = blanked(values[name], mask, blank_of(self.schema[name]))
            states[name] = np.where(mask, np.int8(CellState.BAD), states[name])
            if name in distinct:
                which, known = distinct[name]
                distinct[name] = np.where(mask, len(known), which), [*known, None]
        return replace(self, values=values, states=states, distinct=distinct)

    def findings(
        self,
        spec: CheckSpec,
        column: str | None,
        at: BoolArray | IntArray,
        say: Say,
        facts: Mapping[str, Any] | None = None,
        suspects: tuple[str, ...] | None = None,
        by_period: bool = True,
    ) -> Findings:
        """Findings about some rows of one column.

        Args:
            spec: the check that saw them.
            column: the field that is pointed at; None for the row as a whole.
            at: a mask over all rows, or positions.
            say: words one finding from its facts.
            facts: arrays over *all* rows of the table; only those of the findings are kept.
            suspects: items of which one is probably wrong; by default the column itself.
            by_period: whether each period is asked about by itself.
        """
        positions = np.flatnonzero(at) if at.dtype == np.bool_ else at.astype(np.int64)
        if suspects is None:
            suspects = (f"{self.schema.name}.{column}",) if column else ()
        return Findings(
            spec=spec,
            return_name=self.schema.name,
            column=column,
            forces=objects(self.by_force[1])[self.by_force[0][positions]],
            files=self.files[positions],
            rows=self.rows[positions],
            written=lambda at: self.written(column, positions[at]),
            years=self.years[positions],
            period_ends=self.period_ends[positions],
            facts={name: np.asarray(array)[positions] for name, array in (facts or {}).items()},
            say=say,
            suspects=suspects,
            by_period=by_period,
            headings=self.headings.get(column or "", {}),
        )


def periods_of(schema: ReturnSchema) -> tuple[Period, ...]:
    """The distinct periods of a return's items, in the order of its fields."""
    return tuple(dict.fromkeys(f.period for f in schema.items if f.period is not None))


def blank_of(field: Field) -> Any:
    """What stands in a typed array where there is no value."""
    if field.type == "date":
        return np.datetime64("NaT", "D")
    if field.type in ("string", "force"):
        return None
    return np.nan


def code_of(written: str | None) -> str | None:
    """A force's code, in capitals; None where there is none."""
    return (written or "").strip().upper() or None
