"""What is counted from a record-level return: a table with one row a force, and the numbers of records by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace
from numpy.typing import NDArray

from peelcheck.arrays import IntArray, encoded, objects
from peelcheck.cells.parsed import CellState
from peelcheck.model import Field, ReturnSchema, Source
from peelcheck.tables.conditions import Where, matching
from peelcheck.tables.table import Return

_ONE_MONTH, _ONE_DAY = np.timedelta64(1, "M"), np.timedelta64(1, "D")


ByMonth = tuple[str, Where]
"""By which date records are counted, and which of them."""


class Months(Struct, frozen=True):
    """The numbers of records by month of a date: one row a force, one column a month.

    `days` are those of each month that may have records, within the limits of the column.
    """

    months: NDArray[np.datetime64]
    days: IntArray
    records: IntArray


class Counted(Struct, frozen=True):
    """A record-level return in numbers: its table of counts, and its records by month, by column of dates and conditions.

    `records` is the schema of the records themselves.
    """

    table: Return
    months: Mapping[ByMonth, Months]
    records: ReturnSchema

    @property
    def of_all(self) -> tuple[str, ...]:
        """The counts that include every record."""
        return tuple(count.name for count in self.records.counts if not count.where)


class MonthTally(Struct):
    """Counts the records that meet some conditions by force and by the month of one column of dates, piece by piece."""

    column: str
    where: Where = ()
    counts: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, table: Return) -> None:
        """Add a piece. Blank and bad dates, and records whose force is not known, are not counted."""
        which, forces = table.by_force
        days = np.asarray(table.values[self.column], dtype="datetime64[D]")
        there = ~np.isnat(days)
        if self.where:
            there &= matching(table, self.where)[0]
        if not there.any():
            return
        months = days[there].astype("datetime64[M]").astype(np.int64)
        first = int(months.min())
        span = int(months.max()) - first + 1
        counted = np.bincount(which[there] * span + (months - first), minlength=len(forces) * span)
        for force, own in zip(forces, counted.reshape(len(forces), span), strict=True):
            if not force:
                continue
            for month in np.flatnonzero(own).tolist():
                by_month = self.counts[force]
                by_month[first + month] = by_month.get(first + month, 0) + int(own[month])

    def laid_out(self, forces: Sequence[str], limits: Field) -> Months | None:
        """The numbers as one array; None where no record has a date.

        They begin and end with the limits of the column; without a limit with the first and the last month of all records.
        """
        seen = [month for by_month in self.counts.values() for month in by_month]
        if not seen:
            return None
        low, high = (one if isinstance(one, date) else None for one in (limits.minimum, limits.maximum))
        first = np.datetime64(low, "M") if low else np.datetime64(min(seen), "M")
        last = np.datetime64(high, "M") if high else np.datetime64(max(seen), "M")
        months = np.arange(first, last + _ONE_MONTH)
        starts, ends = months.astype("datetime64[D]"), (months + _ONE_MONTH).astype("datetime64[D]")
        starts = np.maximum(starts, np.datetime64(low, "D")) if low else starts
        ends = np.minimum(ends, np.datetime64(high, "D") + _ONE_DAY) if high else ends
        numbers = months.astype(np.int64).tolist()
        records = [[self.counts[force].get(month, 0) for month in numbers] for force in forces]
        return Months(months, (ends - starts).astype(np.int64), np.array(records, dtype=np.int64))


@lru_cache(maxsize=64)
def _counted_fields(
    schema_fields: tuple[Field, ...], names: tuple[tuple[str, str], ...]
) -> tuple[Field, ...]:
    (force,) = (field for field in schema_fields if field.name == "force")
    return (force, *(Field(name, "integer", title, "") for name, title in names))


def schema_of_counts(schema: ReturnSchema) -> ReturnSchema:
    """What the table of counts of a record-level return looks like: the force, and a whole number for each count."""
    names = tuple((count.name, count.title) for count in schema.counts)
    return replace(schema, fields=_counted_fields(schema.fields, names), records=False, primary_key=())


def table_of_counts(
    schema: ReturnSchema,
    counts: Mapping[str, Mapping[str, int | None]],
    sources: Mapping[str, Source],
    year: int,
) -> Return:
    """The table of counts: one row for each force that has records, pointing at its file as a whole.

    Args:
        schema: the record-level return.
        counts: by the name of a count, the number of records by force; None where they cannot be counted.
        sources: the file of each force.
        year: the year of the counts, which is the collection's.
    """
    forces = list(sources)
    n = len(forces)
    numbers = {
        name: np.array([np.nan if own[force] is None else own[force] for force in forces], dtype=np.float64)
        for name, own in counts.items()
    }
    states = {
        name: np.where(np.isnan(values), CellState.BAD, CellState.OK).astype(np.int8)
        for name, values in numbers.items()
    }
    return Return(
        schema=schema_of_counts(schema),
        text={},
        values={"force": objects(forces), **numbers},
        states={"force": np.full(n, CellState.OK, dtype=np.int8), **states},
        sources=objects(sources.values()),
        rows=np.zeros(n, dtype=np.int64),
        by_force=encoded(objects(forces)),
        years=np.full(n, year, dtype=np.int64),
        periods=np.full(n, -1, dtype=np.int64),
    )
