"""The context of one force: what a round knows about it besides its returns, so that it can check its own files.

A context is a file that somebody sent, so nothing in it is trusted: every key and value is checked when it is read.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from peelcheck.errors import SchemaError, UsageError
from peelcheck.model import Collection, Declaration, Field, Period, ReturnKind, ReturnSchema
from peelcheck.model.returns import NUMBERS
from peelcheck.rounds.declarations_file import DECLARATION_COLUMNS, declarations_of
from peelcheck.rounds.received import Received
from peelcheck.schema.entries import Entry, Table, shown
from peelcheck.schema.textfile import Digests, read_text

CONTEXT_KEYS = (
    "version",
    "force",
    "tool",
    "collection",
    "schemas",
    "title",
    "history",
    "declarations",
    "reference",
)
"""The keys of a context file, in order."""
VERSION = 1
EARLIEST = 10
"""The most years before the collection's year that a row may be about."""

_LARGEST_NUMBER = 1e15
_KINDS = {"history": (ReturnKind.RETURN, ReturnKind.REFERENCE), "reference": (ReturnKind.REFERENCE,)}


class Row(Struct, frozen=True):
    """The figures of one period of a table, by item; None for a figure that there is not."""

    start: date
    end: date
    figures: Mapping[str, float | None]


Tables = Mapping[str, tuple[Row, ...]]
"""The rows of each table, by the name of its return."""


class Context(Struct, frozen=True):
    """What a round knows about one force.

    `history` has its accepted figures, `reference` its rows of the public tables, `declarations` those that are about it.
    `schemas` is the checksum of the collection, `title` is the round's; `slug` names the file of a context that is written.
    """

    force: str
    collection: str
    schemas: str
    title: str
    history: Tables
    declarations: tuple[Declaration, ...]
    reference: Tables
    slug: str = ""

    def received(self, path: Path, part: str) -> tuple[Received, ...]:
        """The tables of `history` or `reference` as files, which are read like any other."""
        kind = ReturnKind.REFERENCE if part == "reference" else None
        tables: Tables = getattr(self, part)
        return tuple(
            Received(
                Path(f"{name}.csv"), f"{path}: {part}.{name}", kind, None, content=_csv(self.force, rows)
            )
            for name, rows in tables.items()
        )


def _csv(force: str, rows: tuple[Row, ...]) -> bytes:
    """A table as CSV, a column for each item of any row."""
    items = list(dict.fromkeys(item for row in rows for item in row.figures))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["force", "period_start", "period_end", *items])
    for row in rows:
        writer.writerow([force, row.start, row.end, *(_written(row.figures.get(item)) for item in items)])
    return text.getvalue().encode()


def _written(figure: float | None) -> str:
    if figure is None:
        return ""
    return str(int(figure)) if figure == int(figure) else f"{figure:.10f}".rstrip("0")


def read_context(path: Path, collection: Collection, digests: Digests | None = None) -> Context:
    """A context file, checked against the collection.

    Raises:
        SchemaError: it cannot be read, is no context, or is one of another collection; or something in it is not known, is
            out of bounds or appears twice. The message names file and key.
    """
    entry = Entry(str(path), "", _json(path, digests))
    table = entry.table(CONTEXT_KEYS)
    if (version := table["version"].whole()) != VERSION:
        table["version"].refuse(
            f"expected {VERSION}, not {version}; the file is of another version of peelcheck"
        )
    table["tool"].text()
    named = table["collection"].text()
    if named != collection.name:
        table["collection"].refuse(f"this is a context of {shown(named)}, not of {collection.name!r}")
    if (schemas := table["schemas"].text()) != f"sha256:{collection.sha256}":
        table["schemas"].refuse(
            f"this is a context of another edition of {collection.name!r}; please ask for a new one"
        )
    force = table["force"].known(collection.force_names, collection.nouns.one)
    return Context(
        force=force,
        collection=named,
        schemas=schemas,
        title=table["title"].text(),
        history=_tables(table["history"], "history", collection),
        declarations=_declarations(table["declarations"], force, collection),
        reference=_tables(table["reference"], "reference", collection),
    )


def contexts_at(path: Path, collection: Collection, force: str | None = None) -> dict[str, Context]:
    """The contexts in a file, or in all files of a folder, by force; of one force only its own.

    Raises:
        UsageError: there is none, or none of the force.
        SchemaError: as `read_context`.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if path.is_dir() and force is not None:
        slug = next(each.slug for each in collection.forces if each.name == force)
        files = [file for file in files if file.stem == slug]
    found = {one.force: one for one in (read_context(file, collection) for file in files)}
    if not found or (force is not None and force not in found):
        raise UsageError(
            f"{path}: contains no context of {force}" if force else f"{path}: contains no context"
        )
    return found


def _json(path: Path, digests: Digests | None) -> Any:
    """What a JSON file holds; a key that appears twice and numbers that are none are refused."""
    text = read_text(path, digests=digests)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in pairs:
            if key in seen:
                raise SchemaError(str(path), "", f"the key {shown(key)} appears twice")
            seen[key] = value
        return seen

    def no_number(text: str) -> None:
        raise SchemaError(str(path), "", f"{text} is not a number that can be used")

    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=no_number)
    except json.JSONDecodeError as error:
        raise SchemaError(str(path), f"line {error.lineno}", f"is not JSON ({error.msg})") from None
    except (RecursionError, ValueError):
        raise SchemaError(
            str(path), "", "is not JSON that can be used (nested too deep, or a number too long)"
        ) from None


def _declarations(entry: Entry, force: str, collection: Collection) -> tuple[Declaration, ...]:
    """Declarations, each of which must be about the force."""
    rows = []
    for number, each in enumerate(entry.entries(), start=1):
        row = each.table(DECLARATION_COLUMNS)
        cells = {column: row[column] for column in DECLARATION_COLUMNS}
        for cell in cells.values():
            if cell.value is not None:
                cell.text()
        rows.append((number, cells))
    declared, retired = declarations_of(rows, collection)
    for number, what in retired:
        rows[number - 1][1]["return"].refuse(f"{what} is not in the collection")
    for one, (_, cells) in zip(declared, rows, strict=True):
        if force not in (one.force, one.partner):
            cells["force"].refuse(f"this is a context of {force}, and the declaration is about {one.force}")
    return declared


def _tables(entry: Entry, part: str, collection: Collection) -> Tables:
    tables = {}
    for name, rows in entry.pairs():
        schema = collection.returns.get(name)
        if schema is None or schema.records or schema.kind not in _KINDS[part]:
            known = (s.name for s in collection.returns.values() if s.kind in _KINDS[part] and not s.records)
            Entry(rows.file, entry.key, name).known(known, "table")
            raise AssertionError
        tables[name] = _rows(rows, schema, collection.year)
    return tables


def _rows(entry: Entry, schema: ReturnSchema, year: int) -> tuple[Row, ...]:
    items = {field.name: field for field in schema.items if field.type in NUMBERS}
    rows: dict[tuple[date, date], Row] = {}
    for each in entry.entries():
        table = each.table(("period_start", "period_end"), items)
        start, end = _day(table["period_start"]), _day(table["period_end"])
        if (start, end) in rows:
            each.refuse(f"there is an earlier row for {start} to {end}")
        if not year - EARLIEST <= end.year <= year:
            table["period_end"].refuse(f"expected a year from {year - EARLIEST} to {year}, not {end.year}")
        given = [items[name] for name in table.given if name in items]
        if not given:
            each.refuse("the row has no figures")
        for field in given:
            if field.period is None or not _is_of(field.period, start, end):
                each.at(field.name).refuse(f"{start} to {end} is not a period of this figure")
        rows[start, end] = Row(start, end, {field.name: _figure(table, field) for field in given})
    return tuple(rows.values())


def _is_of(period: Period, start: date, end: date) -> bool:
    if period.kind == "as_at":
        return start == end and period.ends_on(end)
    return (start, end) == period.dates(end.year)


def _day(entry: Entry) -> date:
    text = entry.text()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        entry.refuse(f"expected a date such as 2017-06-30, not {shown(text)}")
    return day


def _figure(table: Table, field: Field) -> float | None:
    """A figure within the bounds of its item; None for none."""
    entry = table[field.name]
    if entry.value is None:
        return None
    try:
        figure = float(entry.whole() if field.type == "integer" else entry.number())
    except OverflowError:
        figure = math.inf
    if not abs(figure) < _LARGEST_NUMBER:
        entry.refuse("the number is too large")
    if isinstance(field.minimum, int | float) and figure < field.minimum:
        entry.refuse(f"expected at least {field.minimum}, not {entry.value}")
    if isinstance(field.maximum, int | float) and figure > field.maximum:
        entry.refuse(f"expected at most {field.maximum}, not {entry.value}")
    return figure
