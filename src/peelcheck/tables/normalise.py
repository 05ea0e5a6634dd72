"""Text tables → one typed table a return, with a finding for every cell that would not parse. Types are made once, here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from msgspec.structs import replace
from numpy.typing import NDArray

from peelcheck.arrays import ByDistinct, Texts, mapped, merged, objects
from peelcheck.cells.characters import shortened
from peelcheck.cells.dates import parse_dates
from peelcheck.cells.names import parse_names
from peelcheck.cells.numbers import parse_counts, parse_money, parse_numbers, parse_percent
from peelcheck.cells.parsed import CellState, Parsed
from peelcheck.cells.text import parse_booleans, parse_codes, parse_text
from peelcheck.matching.sheets import Sheet
from peelcheck.model import Collection, Field, Findings, Nouns, Period, ReturnSchema
from peelcheck.model.collection import OF_THE_ROW
from peelcheck.reading.columns import joined
from peelcheck.rules.cell_rules import CELL_RULES
from peelcheck.rules.registry import built_in
from peelcheck.tables.non_records import find_aside
from peelcheck.tables.table import Return, code_of, periods_of

_NUMBERS = {
    "integer": parse_counts,
    "number": parse_numbers,
    "percent": parse_percent,
    "money": parse_money,
}
_TEMPLATES = {rule.code: rule.message for rule in CELL_RULES}


def normalise(
    schema: ReturnSchema,
    sheets: Sequence[Sheet],
    collection: Collection,
    years: Sequence[int],
    past: bool = False,
) -> tuple[Return, list[Findings]]:
    """Type all files of one return as one table.

    Args:
        schema: the return.
        sheets: its files, in the order in which their rows are to stand.
        collection: for the forces' spellings.
        years: the years that a row's period may belong to, for dates that could be read two ways.
        past: the files are accepted history.

    Returns:
        The table, one row a row of every file that is no remark and no body's outside the collection, not yet placed
        (forces as written in the file, no periods); and the findings about rows that are no records, and about cells of the
        others: what would not parse (error) and what was put right (note), addressed to the force whose folder the file
        came in, or else to the one that the row names. Nothing that was sent is changed: `text` holds the cells as written.
    """
    text = _stacked(schema, sheets)
    lengths = [len(sheet.table.cells) for sheet in sheets]
    size = sum(lengths)
    blank = pa.repeat(pa.scalar("", pa.large_string()), size)
    of_field: dict[str, Parsed] = {}
    for alike in _alike(schema):
        cells = [text.get(field.name, blank) for field in alike]
        column = _parse(alike[0], joined(cells) if len(cells) > 1 else cells[0], schema, collection, years)
        for i, field in enumerate(alike):
            of_field[field.name] = column.part(i * size, (i + 1) * size) if len(alike) > 1 else column
    parsed = {field.name: of_field[field.name] for field in schema.fields}
    values: dict[str, NDArray[Any]] = {name: column.values for name, column in parsed.items()}
    states = {name: column.state for name, column in parsed.items()}
    senders = [sheet.received.force or "" for sheet in sheets]
    owned, named = (
        np.repeat(np.array(of_sheet, dtype=bool), lengths)
        for of_sheet in (senders, ["force" in sheet.match.columns for sheet in sheets])
    )
    unnamed = owned & ~named  # in a force's folder a file need not say whose it is
    by_force = _by_force(parsed["force"], size)
    by_sender = np.repeat(np.arange(len(sheets)), lengths), senders
    if unnamed.any():
        values["force"][unnamed] = objects(senders)[by_sender[0][unnamed]]
        states["force"][unnamed] = CellState.OK
    table = Return(
        schema=schema,
        text=text,
        values=values,
        states=states,
        files=np.repeat(objects(sheet.received.name for sheet in sheets), lengths),
        rows=np.concatenate([sheet.table.cells.row_numbers for sheet in sheets]),
        by_force=by_force,
        years=np.zeros(size, np.int64),
        periods=np.full(size, -1, np.int64),
        headings=_own_headings(sheets),
        distinct={
            name: merged(*column.distinct)
            for name, column in parsed.items()
            if column.distinct and schema[name].type == "string"
        },
    )
    for first, sheet in zip(np.cumsum([0, *lengths]), sheets, strict=False):
        for name in sheet.lacking:  # nothing more is to be said of it
            states[name][first : first + len(sheet.table.cells)] = CellState.BAD
    sent = replace(table, by_force=_where(owned, by_sender, by_force)) if owned.any() else table
    lost = np.concatenate([_among(sheet.lost, sheet) for sheet in sheets])
    moved = np.concatenate([_among(sheet.moved, sheet) for sheet in sheets]) | lost
    from_whom, _ = merged(by_sender[0], [sheet.received.force or sheet.received.name for sheet in sheets])
    aside = find_aside(table, parsed, collection, ~moved, named, owned, from_whom, past)
    unsaid = aside.rows | moved
    found = [
        one
        for name, cells in parsed.items()
        for one in _cell_findings(sent, name, cells.but(unsaid), collection.nouns)
    ]
    found += aside.findings(sent, collection)
    if moved.any():
        table = table.without({name: moved for name in values if name not in OF_THE_ROW})
        table = table.without(
            {name: moved & _unsure(table, name, collection) for name in OF_THE_ROW if name in values}
        )
    if lost.any():
        table = table.without(dict.fromkeys(values, lost))
    return aside.taken_from(table), found


def _among(rows: Sequence[int], sheet: Sheet) -> NDArray[np.bool_]:
    """Which of a file's rows are among some; mostly there are none."""
    if not len(rows):
        return np.zeros(len(sheet.table.cells), dtype=bool)
    return np.isin(sheet.table.cells.row_numbers, rows)


def _unsure(table: Return, name: str, collection: Collection) -> NDArray[np.bool_]:
    """The cells of a column that tell nothing of whose their rows are or of when: what stands there may be another cell."""
    if name != "force_code":
        return np.asarray(table.states[name] != CellState.OK)
    return ~mapped(table.codes, lambda code: code_of(code) in collection.force_codes, dtype=bool)


def _by_force(names: Parsed, size: int) -> ByDistinct:
    """The force that each row names; "" for none."""
    which, distinct = names.distinct or (np.zeros(size, np.int64), [None])
    return merged(which, [name or "" for name in distinct])


def _where(rows: NDArray[np.bool_], one: ByDistinct, other: ByDistinct) -> ByDistinct:
    """One column in some rows, and another in all others."""
    return merged(np.where(rows, one[0], len(one[1]) + other[0]), [*one[1], *other[1]])


def _stacked(schema: ReturnSchema, sheets: Sequence[Sheet]) -> dict[str, pa.ChunkedArray]:
    """The cells of all files under the fields' names; a column that a file lacks is blank there."""
    return {
        field.name: joined([_cells_of(sheet, field.name) for sheet in sheets])
        for field in schema.fields
        if any(field.name in sheet.match.columns for sheet in sheets)
    }


def _cells_of(sheet: Sheet, name: str) -> Any:
    """A field's cells in one file."""
    cells, heading = sheet.table.cells, sheet.match.columns.get(name)
    return [""] * len(cells) if heading is None else cells.column(heading)


def _own_headings(sheets: Sequence[Sheet]) -> Mapping[str, Mapping[str, str]]:
    """By field, the headings of those files that do not call the column by the field's name."""
    headings: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        for name, heading in sheet.match.columns.items():
            if heading != name:
                headings.setdefault(name, {})[sheet.received.name] = heading
    return headings


def _alike(schema: ReturnSchema) -> Iterable[Sequence[Field]]:
    """The fields, those together that are numbers and read alike: to read a column takes as long as to read ten short ones.

    Columns of records, which are long, are read by themselves.
    """
    groups: dict[object, list[Field]] = {}
    for field in schema.fields:
        together = field.type in _NUMBERS and not schema.records
        key = (field.type, field.missing, field.required) if together else field.name
        groups.setdefault(key, []).append(field)
    return groups.values()


@lru_cache(maxsize=64)
def _days(periods: tuple[Period, ...], years: tuple[int, ...]) -> frozenset[date]:
    """The dates that a row of these periods and years may carry."""
    return frozenset(day for period in periods for year in years for day in period.days(year))


def _parse(
    field: Field, texts: Texts, schema: ReturnSchema, collection: Collection, years: Sequence[int]
) -> Parsed:
    missing, required = field.missing, field.required
    if field.type == "date":
        owed = _days(periods_of(schema), tuple(years))
        first, last = (bound if isinstance(bound, date) else None for bound in (field.minimum, field.maximum))
        return parse_dates(
            texts,
            owed=owed,
            formats=field.formats,
            missing=missing,
            required=required,
            earliest=first,
            latest=last,
        )
    if field.type == "force":
        return parse_names(texts, spellings=collection.spellings, missing=missing)
    if field.type == "boolean":
        return parse_booleans(texts, missing=missing)
    if field.type == "string" and (field.enum or field.pattern or field.unique):
        return parse_codes(texts, missing=missing, allowed=field.enum, pattern=field.pattern)
    parse = _NUMBERS.get(field.type, parse_text)
    return parse(texts, missing=missing, required=required)


def _cell_findings(table: Return, column: str, cells: Parsed, nouns: Nouns) -> Iterator[Findings]:
    for issue in (*cells.bad, *cells.notes):
        spec = built_in()[issue.code]
        title = table.schema[column].title
        say = _sayer(nouns.fill(_TEMPLATES[issue.code]), title)
        found = table.findings(spec, column, issue.positions, say, by_period=column not in OF_THE_ROW)
        hints = objects([*issue.hints, *[""] * (len(issue.positions) - len(issue.hints))])
        yield replace(found, facts={"hint": hints})


def _sayer(template: str, title: str) -> Any:
    def say(fact: Mapping[str, Any]) -> str:
        words = {"value": shortened(fact["written"] or ""), "hint": fact["hint"], "title": title}
        sentence = re.sub(r"\{(value|hint|title)\}", lambda m: str(words[m.group(1)]), template)
        return sentence.rstrip()

    return say
