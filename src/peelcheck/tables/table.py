"""One return of all forces as one typed table. It keeps the file, the row and the written text of every cell."""

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
from peelcheck.model import Cells, CheckSpec, Field, Findings, Period, ReturnSchema, Source

Say = Callable[[Mapping[str, Any]], str]

NO_YEAR = 0
"""The year of a row whose period was not requested."""
NAME_COLUMNS = ("force", "force_code")
"""The columns that say which force a row is about."""
_MOST_TAKEN_SINGLY = 100
"""Up to this many cells are taken one by one: for more, Arrow joins all pieces of the column first."""


class Return(Struct, frozen=True, dict=True):
    """All rows of one return, from the files of all forces. Each column is one array.

    Attributes:
        schema: what the return should look like.
        text: the cells as written, one column of Arrow text per field; only the fields that some file has.
        values: one typed array per field: float64 (counts, numbers, percent 0-100, money, yes/no as 1/0), datetime64[D],
            objects (forces), or Arrow text. NaN, NaT, None or null wherever the state is not OK.
        states: the `CellState` of every cell, one int8 array per field.
        sources: where each row came from, a `Source` per row.
        rows: the spreadsheet row of each row.
        by_force: the force of each row, by distinct values; the name is "" where the force is not known.
        years: the year of each row's period; `NO_YEAR` where the period was not requested.
        periods: the position of each row's period among `asked`; -1 for none.
        headings: by field and file, the column's heading where it differs from the field's name.
        distinct: the text columns that are also known by their distinct values, which are the same as in `values`.
        shifted: rows in which a figure may be in the wrong column, which was said of the file; None for no such row.
    """

    schema: ReturnSchema
    text: Mapping[str, pa.ChunkedArray]
    values: Mapping[str, Any]
    states: Mapping[str, NDArray[np.int8]]
    sources: ObjectArray
    rows: IntArray
    by_force: ByDistinct
    years: IntArray
    periods: IntArray
    headings: Mapping[str, Mapping[Source, str]] = field(default_factory=dict)
    distinct: Mapping[str, ByDistinct] = field(default_factory=dict)
    shifted: BoolArray | None = None

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rows)

    @cached_property
    def period_ends(self) -> NDArray[np.datetime64]:
        """The last day of each row's period; NaT for none."""
        if "period_end" in self.values:
            return np.asarray(self.values["period_end"], dtype="datetime64[D]")
        return np.full(len(self), np.datetime64("NaT", "D"), dtype="datetime64[D]")

    @property
    def codes(self) -> ByDistinct:
        """The force code of each row, as written; None for none."""
        if "force_code" in self.values:
            return self.by_distinct("force_code")
        return np.zeros(len(self), np.int64), [None]

    def by_distinct(self, column: str) -> ByDistinct:
        """A column given by its distinct values."""
        return self.distinct.get(column) or encoded(self.values[column])

    @cached_property
    def known(self) -> BoolArray:
        """Rows whose force is known."""
        return mapped(self.by_force, bool, dtype=bool)

    @cached_property
    def forces(self) -> ObjectArray:
        """The force's name, one per row; "" where it is not known."""
        which, names = self.by_force
        return objects(names)[which]

    @cached_property
    def asked(self) -> tuple[Period, ...]:
        """The schema's distinct periods. `periods` holds positions in this tuple."""
        return periods_of(self.schema)

    @cached_property
    def _due(self) -> dict[tuple[int, tuple[int, ...]], BoolArray]:
        """The masks that `due` has made so far, by period and years. Many items share them."""
        return {}

    def due(self, item: str) -> BoolArray:
        """Rows in which the item is required: rows of its period, in a year for which it was requested. Read-only."""
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
        """The cells of a column at some positions, as the force wrote them; None if no file has the column."""
        if column is None or column not in self.text:
            return np.full(len(at), None, dtype=object)
        cells = self.text[column]
        if len(at) <= _MOST_TAKEN_SINGLY:
            return objects([cells[i].as_py() for i in at.tolist()])
        return objects(cells.take(pa.array(at)).to_pylist())

    def heading(self, column: str, position: int) -> str:
        """The heading of a column in the file of one row."""
        return self.headings.get(column, {}).get(self.sources[position], column)

    def cells(self, column: str, at: IntArray) -> Cells:
        """A column's cells at some positions; a negative position stands for no cell."""
        there = at >= 0
        files, rows = np.full(len(at), None, dtype=object), np.zeros(len(at), dtype=np.int64)
        files[there], rows[there] = self.sources[at[there]], self.rows[at[there]]
        return Cells(
            column=column,
            sources=files,
            rows=rows,
            written=lambda some: self.written(column, at[some]),
            headings=self.headings.get(column, {}),
        )

    def only(self, keep: BoolArray) -> Return:
        """The table with only the rows that are marked in `keep`."""
        return replace(
            self,
            text={name: cells.filter(pa.array(keep)) for name, cells in self.text.items()},
            values={name: array[keep] for name, array in self.values.items()},
            states={name: array[keep] for name, array in self.states.items()},
            sources=self.sources[keep],
            rows=self.rows[keep],
            by_force=(self.by_force[0][keep], self.by_force[1]),
            years=self.years[keep],
            periods=self.periods[keep],
            distinct={name: (which[keep], known) for name, (which, known) in self.distinct.items()},
            shifted=None if self.shifted is None else self.shifted[keep],
        )

    def without(self, bad: Mapping[str, BoolArray]) -> Return:
        """The table with some cells marked as bad, so that they are not judged again.

        `bad` has a mask over all rows for each column.
        """
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
            spec: the check that made the findings.
            column: the field that the findings point at; None for the row as a whole.
            at: the rows, as a mask over all rows or as positions.
            say: writes the sentence of one finding from its facts.
            facts: arrays over *all* rows of the table; only the values of the findings' rows are kept.
            suspects: items of which one is probably wrong; by default the column itself.
            by_period: whether each period makes a query of its own.
        """
        positions = np.flatnonzero(at) if at.dtype == np.bool_ else at.astype(np.int64)
        if suspects is None:
            suspects = (f"{self.schema.name}.{column}",) if column else ()
        return Findings(
            spec=spec,
            return_name=self.schema.name,
            column=column,
            forces=objects(self.by_force[1])[self.by_force[0][positions]],
            sources=self.sources[positions],
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
    """The blank of a typed array: NaT, None or NaN."""
    if field.type == "date":
        return np.datetime64("NaT", "D")
    if field.type in ("string", "force"):
        return None
    return np.nan


def code_of(written: str | None) -> str | None:
    """A force's code without spaces around it, in capitals; None for a blank."""
    return (written or "").strip().upper() or None
