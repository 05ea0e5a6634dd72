"""Parse the columns of dates in the order of day and month that their whole file shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, tzinfo
from itertools import groupby

import numpy as np
import pyarrow as pa

from peelcheck.arrays import by_distinct
from peelcheck.cells.date_forms import Order
from peelcheck.cells.date_order import ASK, Ballot, Decision, Limits, decide
from peelcheck.cells.dates import parse_dates
from peelcheck.cells.parsed import Parsed, in_turn
from peelcheck.matching.sheets import Sheet
from peelcheck.model import Collection, Field, Period, ReturnSchema
from peelcheck.reading.columns import joined
from peelcheck.tables.table import periods_of


def parse_date_fields(
    schema: ReturnSchema,
    sheets: Sequence[Sheet],
    text: Mapping[str, pa.ChunkedArray],
    size: int,
    collection: Collection,
    years: Sequence[int],
) -> dict[str, Parsed]:
    """The parsed column of each field that is a date.

    Args:
        schema: the return.
        sheets: its files.
        text: the cells of all files, one file after the other, a column a field; fields that no file has are not in it.
        size: how many rows there are.
        collection: says which order is usual for files that do not show theirs.
        years: the years that a row's period may belong to.
    """
    fields = {field.name: field for field in schema.fields if field.type == "date"}
    limits = {name: _limits(field, schema, tuple(years)) for name, field in fields.items()}
    blank = pa.repeat(pa.scalar("", pa.large_string()), size)
    columns = {name: text.get(name, blank) for name in fields}
    orders = _orders(columns, limits, sheets, collection)
    due = {field.period.dates(year) for field in schema.items if field.period for year in field.years}
    periods = sorted(due, reverse=True)
    return {
        name: _parsed(
            field, columns[name], limits[name], orders.get(name, ()), sheets, collection.zone, periods
        )
        for name, field in fields.items()
    }


def _parsed(
    field: Field,
    cells: pa.ChunkedArray,
    limits: Limits,
    orders: Sequence[Decision],
    sheets: Sequence[Sheet],
    zone: tzinfo | None,
    periods: Sequence[tuple[date, date]],
) -> Parsed:
    """One column; files with the same order that follow each other are read together."""

    def parse(some: pa.ChunkedArray, order: Decision) -> Parsed:
        return parse_dates(
            some,
            owed=limits.owed,
            order=order,
            formats=field.formats,
            missing=field.missing,
            required=field.required,
            earliest=limits.earliest,
            latest=limits.latest,
            zone=zone,
            periods=periods,
        )

    if len(set(orders)) < 2:
        return parse(cells, orders[0] if orders else ASK)
    parts, first = [], 0
    for order, together in groupby(zip(orders, sheets, strict=True), key=lambda pair: pair[0]):
        rows = sum(len(sheet.table.cells) for _, sheet in together)
        parts.append(parse(cells.slice(first, rows), order))
        first += rows
    return in_turn(parts)


def _orders(
    columns: Mapping[str, pa.ChunkedArray],
    limits: Mapping[str, Limits],
    sheets: Sequence[Sheet],
    collection: Collection,
) -> dict[str, list[Decision]]:
    """For each column of dates the order in each file; nothing where no date could be in any order but one."""
    if not any(Ballot.of(_counted(cells), limits[name]) for name, cells in columns.items()):
        return {}
    decisions: dict[str, list[Decision]] = {name: [] for name in columns}
    for sheet in sheets:
        of_file = _of_file(sheet, limits, collection)
        for name, each in decisions.items():
            each.append(of_file[name])
    return decisions


def _of_file(sheet: Sheet, limits: Mapping[str, Limits], collection: Collection) -> Mapping[str, Decision]:
    """The order in each column of dates of one file. A piece of a large file has that of the whole file."""
    rest = sheet.whole.rest if sheet.whole else None
    if rest is None:
        return _decided(_ballots([sheet], limits), collection)
    if rest.date_orders is None:
        assert sheet.whole is not None  # noqa: S101
        rest.date_orders = _decided(_ballots(sheet.whole.pieces(), limits), collection)
    return rest.date_orders


def _decided(ballots: Mapping[str, Ballot | None], collection: Collection) -> dict[str, Decision]:
    return dict(zip(ballots, decide(list(ballots.values()), _usual(collection)), strict=True))


def _ballots(pieces: Iterable[Sheet], limits: Mapping[str, Limits]) -> dict[str, Ballot | None]:
    """What the dates of one file say about their order, a ballot a column."""
    texts: dict[str, Counter[str]] = {name: Counter() for name in limits}
    for piece in pieces:
        for name, counter in texts.items():
            heading = piece.match.columns.get(name)
            if heading is not None:
                counter.update(_counted(joined([piece.table.cells.column(heading)])))
    return {name: Ballot.of(counter, limits[name]) for name, counter in texts.items()}


def _counted(cells: pa.ChunkedArray) -> dict[str, int]:
    """The distinct texts of a column, and how many cells have each."""
    which, distinct = by_distinct(cells)
    return dict(zip(distinct, np.bincount(which, minlength=len(distinct)).tolist(), strict=True))


def _limits(field: Field, schema: ReturnSchema, years: tuple[int, ...]) -> Limits:
    """The dates that a column may hold: those of the periods that are asked for, or those that the field allows."""
    first, last = (bound if isinstance(bound, date) else None for bound in (field.minimum, field.maximum))
    return Limits(_days(periods_of(schema), years), first, last)


def _days(periods: tuple[Period, ...], years: tuple[int, ...]) -> frozenset[date]:
    """The dates that a row of these periods and years may carry."""
    return frozenset(day for period in periods for year in years for day in period.days(year))


def _usual(collection: Collection) -> Order | None:
    return None if collection.dates is None else Order(collection.dates)
