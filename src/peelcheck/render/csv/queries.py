"""Queries as a table for a spreadsheet: a row a query."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from peelcheck.model import Location, Query, Result
from peelcheck.render.csv import spreadsheet
from peelcheck.render.fields import AREA, Cell, finite
from peelcheck.render.forms import Csv
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered

_NOWHERE = Location("", None, None, None)


def as_csv(result: Result, look: Look) -> str:
    """A row a query in the order of the result; of many places the first, with their number in `locations_total`."""
    return spreadsheet(COLUMNS, [query_row(query) for query in result.queries])


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
    AREA: lambda q: finite(q.area_rate),
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
    "sheet": lambda q: _place(q).sheet,
    "cell": lambda q: _place(q).cell,
}

QUERIES = Rendered("csv", (".csv",), Csv(tuple(COLUMNS)), as_csv)
