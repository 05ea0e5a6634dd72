"""Queries as a table for a spreadsheet: a row a query, UTF-8 with a byte-order mark, and no cell that is a formula."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from io import StringIO

from peelcheck.model import Location, Query, Result
from peelcheck.render.json import finite
from peelcheck.render.look import Look
from peelcheck.render.safe import defused, visible

Cell = str | float | int | date | None

_BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes the file for Windows-1252
_NOWHERE = Location("", None, None, None)


def as_csv(result: Result, look: Look) -> str:
    """A row a query in the order of the result; of many places the first, with their number in `locations_total`."""
    return spreadsheet(COLUMNS, [query_row(query) for query in result.queries])


def spreadsheet(columns: Collection[str], rows: Iterable[Mapping[str, Cell]]) -> str:
    """Rows as CSV. Numbers and dates that the program made stay as they are; texts cannot start a formula."""
    out = StringIO()
    out.write(_BYTE_ORDER_MARK)
    # Texts stand in quotation marks: a reader that splits at another character finds no formula behind it either.
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return out.getvalue()


def _cell(value: Cell) -> str | int | float:
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, str):
        return defused(visible(value))
    if isinstance(value, date):
        return str(value)
    return int(value) if float(value).is_integer() else value


def query_row(query: Query) -> dict[str, Cell]:
    """One query as a flat row; what does not apply is None."""
    return {column: of(query) for column, of in COLUMNS.items()}


def _place(query: Query) -> Location:
    return query.locations[0] if query.locations else _NOWHERE


COLUMNS: Mapping[str, Callable[[Query], Cell]] = {
    "id": lambda q: q.id,
    "code": lambda q: q.code,
    "severity": lambda q: q.severity.value,
    "tier": lambda q: q.tier.value,
    "force": lambda q: q.force,
    "asked_of": lambda q: q.asked_of,
    "return": lambda q: q.return_name,
    "item": lambda q: q.item,
    "measure": lambda q: q.measure,
    "period_end": lambda q: q.period_end,
    "value": lambda q: finite(q.value),
    "unit": lambda q: q.unit,
    "expected": lambda q: finite(q.expected),
    "lower": lambda q: finite(q.lower),
    "upper": lambda q: finite(q.upper),
    "england_and_wales": lambda q: finite(q.area_rate),
    "rank": lambda q: q.rank,
    "of": lambda q: q.of,
    "previous": lambda q: finite(q.previous),
    "cause": lambda q: q.cause,
    "message": lambda q: q.message,
    "ask": lambda q: q.ask,
    "file": lambda q: _place(q).file or None,
    "row": lambda q: _place(q).row,
    "column": lambda q: _place(q).column,
    "written": lambda q: _place(q).value,
    "locations_total": lambda q: q.locations_total,
    "also": lambda q: "; ".join(f"{other.code}: {other.message}" for other in q.also) or None,
}
