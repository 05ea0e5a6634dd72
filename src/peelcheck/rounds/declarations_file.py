"""`declarations.csv`: what forces have said about their figures."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from peelcheck.model import Collection, Declaration, Period, Status
from peelcheck.rounds.files import stay_inside
from peelcheck.rounds.written_days import days_of
from peelcheck.schema.entries import Entry, shown
from peelcheck.schema.textfile import Digests, read_rows

EARLIEST = 10
"""The most years before the collection's year that a declaration may be about."""
_LONGEST = 100
"""Characters of a name that are compared with the names that are known."""
_NEAR = 0.75
"""How alike two names are of which one is probably a misspelling of the other: 1 is the same."""
_NAME = re.compile("[a-z][a-z0-9_]*")


DECLARATION_COLUMNS = (
    "force",
    "with",
    "return",
    "item",
    "measure",
    "period_end",
    "status",
    "reason",
    "source",
)


TEXT_COLUMN = "text"
"""A column that may follow: the reason at length, as a publication has it."""


def read_declarations(
    path: Path, collection: Collection, digests: Digests | None = None
) -> tuple[tuple[Declaration, ...], tuple[tuple[int, str], ...]]:
    """The declarations of a round; none where the file is not there. `digests` takes the file's.

    Returns:
        The declarations; and the rows that are about a return, item or measure that the collection does not have, with its
        name in words.

    Raises:
        SchemaError: a row names a force, status or date that is not known, or nearly the name of a return, item or measure,
            or says what an earlier one says already.
    """
    if not os.path.lexists(path):
        return (), ()
    stay_inside(path)
    rows = read_rows(path, DECLARATION_COLUMNS, digests=digests, by_spreadsheet=True, optional=(TEXT_COLUMN,))
    return declarations_of(
        (
            (
                number,
                {
                    column: Entry(str(path), f"row {number}, {column}", cells[column] or None)
                    for column in cells
                },
            )
            for number, cells in rows
        ),
        collection,
    )


def declarations_of(
    rows: Iterable[tuple[int, Mapping[str, Entry]]], collection: Collection
) -> tuple[tuple[Declaration, ...], tuple[tuple[int, str], ...]]:
    """Declarations from their numbered rows, an entry for each of `DECLARATION_COLUMNS`; the value of a blank one is None.

    Returns as `read_declarations`, and raises as that does.
    """
    declared: dict[tuple[str | date | None, ...], Declaration] = {}
    retired: list[tuple[int, str]] = []
    for number, row in rows:
        if what := _retired(row, collection):
            retired.append((number, what))
            continue
        one = _declaration(row, number, collection)
        about = (one.force, one.return_name, one.item, one.measure, one.period_end)
        if about in declared:
            row["force"].refuse(f"the same figure is declared in row {declared[about].row}")
        declared[about] = one
    return tuple(declared.values()), tuple(retired)


def _retired(row: Mapping[str, Entry], collection: Collection) -> str:
    """A return, item or measure that a row is about and the collection does not have; "" if it has it, or nearly."""
    return_name, item, measure = (row[name].value for name in ("return", "item", "measure"))
    if measure and not return_name and not _known(measure, [each.id for each in collection.measures]):
        return f"a measure {shown(measure)}"
    if return_name and not measure and not _known(return_name, collection.returns):
        return f"a return {shown(return_name)}"
    schema = collection.returns.get(return_name or "")
    if schema and item and not _known(item, [*schema.columns, *(count.name for count in schema.counts)]):
        return f"an item {shown(item)} of {return_name}"
    return ""


def _known(word: str, names: Iterable[str]) -> bool:
    """Whether a word is one of the names, nearly one of them, or no name at all; the last two are refused."""
    near = get_close_matches(word[:_LONGEST], list(names), n=1, cutoff=_NEAR)
    return bool(near) or not _NAME.fullmatch(word)


def _declaration(row: Mapping[str, Entry], number: int, collection: Collection) -> Declaration:
    """One row; the value of a blank cell is None."""
    force = _force(row["force"], collection)
    status = Status(row["status"].known([each.value for each in Status], "status"))
    return_name, item, measure, periods = _about(row, collection)
    end = row["period_end"]
    return Declaration(
        force=force,
        partner=_partner(row["with"], status, force, collection),
        return_name=return_name,
        item=item,
        measure=measure,
        period_end=_period_end(end, periods, collection) if end.value else None,
        status=status,
        reason=row["reason"].text(),
        source=row["source"].value or "",
        row=number,
        text=(row[TEXT_COLUMN].value or "") if TEXT_COLUMN in row else "",
    )


def _about(
    row: Mapping[str, Entry], collection: Collection
) -> tuple[str | None, str | None, str | None, set[Period]]:
    """The return, item and measure that a row is about, and the periods that these can have."""
    if (row["return"].value is None) == (row["measure"].value is None):
        row["return"].refuse("expected either a return or a measure")
    if row["measure"].value:
        if row["item"].value:
            row["item"].refuse("an item is one of a return, not of a measure")
        if row["with"].value:
            row["with"].refuse("a combined figure is one of a return, not of a measure")
        measures = {measure.id: measure for measure in collection.measures}
        measure = measures[row["measure"].known(measures, "measure")]
        return None, None, measure.id, {measure.period}
    schema = collection.returns[row["return"].known(collection.returns, "return")]
    items = {field.name: field for field in schema.items}
    item = row["item"].known(items, "item") if row["item"].value else None
    asked = [items[item]] if item else schema.items
    return schema.name, item, None, {field.period for field in asked if field.period}


def _force(entry: Entry, collection: Collection) -> str:
    """The force's proper name, from any of its spellings, its code or its folder's name."""
    force = collection.find_force(entry.text()) if isinstance(entry.value, str) else None
    return force or entry.known(collection.force_names, collection.nouns.one)


def _partner(entry: Entry, status: Status, force: str, collection: Collection) -> str | None:
    """The other force of a combined figure."""
    if status is not Status.COMBINED:
        if entry.value:
            entry.refuse(f"only a combined figure names another {collection.nouns.one}")
        return None
    partner = _force(entry, collection)
    if partner == force:
        entry.refuse(f"expected the other {collection.nouns.one} of the combined figure")
    return partner


def _period_end(entry: Entry, periods: set[Period], collection: Collection) -> date:
    """The last day of one of the periods that the declaration can be about."""
    text, year = entry.text(), collection.year
    days = days_of(text, collection.dates)
    if len(days) > 1:
        days = [day for day in days if any(period.ends_on(day) for period in periods)] or days
    if not days:
        entry.refuse(f"expected a date such as {year}-06-30, not {shown(text)}")
    if len(days) > 1:
        entry.refuse(f"{shown(text)} may be {days[0]} or {days[1]}; please write it as {days[0]}")
    day = days[0]
    if not year - EARLIEST <= day.year <= year:
        entry.refuse(f"expected a year from {year - EARLIEST} to {year}, not {day.year}")
    if periods and not any(period.ends_on(day) for period in periods):
        known = ", ".join(sorted(period.describe(day.year) for period in periods))
        entry.refuse(f"no period ends on {text}; known: {known}")
    return day
