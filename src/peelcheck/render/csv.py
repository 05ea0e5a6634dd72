"""Queries as a table for a spreadsheet: a row a query, UTF-8 with a byte-order mark, and no cell that is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
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


def spreadsheet(columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> str:
    """Rows as CSV. Numbers and dates that the program made stay as they are; texts cannot start a formula."""
    out = StringIO()
    out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return out.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return defused(visible(value))
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)


def query_row(query: Query) -> dict[str, Cell]:
    """One query as a flat row; what does not apply is None."""
    place = query.locations[0] if query.locations else _NOWHERE
    return {
        "id": query.id,
        "code": query.code,
        "severity": query.severity.value,
        "tier": query.tier.value,
        "force": query.force,
        "return": query.return_name,
        "item": query.item,
        "measure": query.measure,
        "period_end": query.period_end,
        "value": finite(query.value),
        "unit": query.unit,
        "expected": finite(query.expected),
        "lower": finite(query.lower),
        "upper": finite(query.upper),
        "england_and_wales": finite(query.england_and_wales),
        "rank": query.rank,
        "of": query.of,
        "previous": finite(query.previous),
        "cause": query.cause,
        "message": query.message,
        "ask": query.ask,
        "file": place.file or None,
        "row": place.row,
        "column": place.column,
        "written": place.value,
        "locations_total": query.locations_total,
        "also": "; ".join(f"{other.code}: {other.message}" for other in query.also) or None,
    }


COLUMNS = (
    "id",
    "code",
    "severity",
    "tier",
    "force",
    "return",
    "item",
    "measure",
    "period_end",
    "value",
    "unit",
    "expected",
    "lower",
    "upper",
    "england_and_wales",
    "rank",
    "of",
    "previous",
    "cause",
    "message",
    "ask",
    "file",
    "row",
    "column",
    "written",
    "locations_total",
    "also",
)
