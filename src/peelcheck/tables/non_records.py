"""Rows that are not records: remarks, and rows that do not say which force or which dates they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from peelcheck.arrays import BoolArray, IntArray, mapped
from peelcheck.cells.number_hints import NO_DATE
from peelcheck.cells.parsed import CellState, Parsed
from peelcheck.model import Collection, Field
from peelcheck.rules.cell_rules import NO_SUCH_FORCE, NOT_DATE
from peelcheck.tables.row_origin import RowOrigin
from peelcheck.tables.table import NAME_COLUMNS, Return, code_of

_LIKE_A_DATE = (
    r"(?i)[0-9]{1,4} ?[-/._] ?[0-9]{1,2} ?[-/._] ?[0-9]{1,4}"
    r"|^\s*(?:[a-z]{3,9}\.?,? )?[0-9]{1,4}(?:st|nd|rd|th)?(?: of)?[-/. ]*"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[-/., ]*[0-9]{1,4}\s*$"
)
"""Text that looks like a date, with or without a time. Only the first 1,000 bad dates of a column have a hint, so the text of
the others is searched for this."""


class NonRecords(Struct, frozen=True):
    """Rows that are not records; masks with one value per row. `RowStatus` describes them."""

    remarks: BoolArray
    unidentified: BoolArray
    nameless: BoolArray
    dateless: BoolArray
    units: BoolArray


def find_non_records(
    table: Return,
    parsed: Mapping[str, Parsed],
    collection: Collection,
    origin: RowOrigin,
    certain: BoolArray,
    outside: BoolArray,
) -> NonRecords:
    """Find the rows that are not records.

    Args:
        table: the rows, not yet placed.
        parsed: the parsed columns.
        collection: for its forces.
        origin: where the rows came from.
        certain: rows whose cells are certain to be in the right columns.
        outside: rows about a body outside the collection.
    """
    none = np.zeros(len(table), dtype=bool)
    nameless, records = _nameless(table, parsed, collection), table.schema.records
    unfilled = certain & _unfilled(table, parsed) if records else none
    candidates = certain & nameless if records else certain
    if not (candidates | unfilled).any():
        return NonRecords(none, none, nameless, none, none)
    undated = {f.name: _undated(table, parsed, f.name) for f in table.schema.fields if f.type == "date"}
    dateless = _all_of(table, undated.values())
    units = _units(table, parsed, certain & nameless & dateless) if undated else none
    remarks = (_remarks(table, parsed, nameless, undated) & candidates) | unfilled | units
    nothing_else = (
        _nothing_else_sent(remarks, origin.sender_numbers) & ~(nameless & records) if undated else none
    )
    remarks &= ~nothing_else
    unidentified = dateless & candidates & ~(remarks | outside) & bool(undated)
    if records:
        unidentified &= nameless & origin.has_names
    else:
        unidentified &= nameless | (table.states["force"] != CellState.BAD)
    return NonRecords(remarks, unidentified | nothing_else, nameless, dateless, units)


def _unfilled(table: Return, parsed: Mapping[str, Parsed]) -> BoolArray:
    """Rows in which only the force's name or code is filled in, or nothing at all."""
    return _blank(table, parsed, [f.name for f in table.schema.fields if f.name not in NAME_COLUMNS])


def _remarks(
    table: Return, parsed: Mapping[str, Parsed], nameless: BoolArray, undated: Mapping[str, BoolArray]
) -> BoolArray:
    """Rows without figures and without dates.

    A row that names no force may have one date: a remark may be dated. In a record, a text counts as a figure unless its
    field allows any text.
    """
    of_records = [f.name for f in table.schema.fields if _never_in_remarks(f, table.schema.records)]
    if not of_records:
        return np.zeros(len(table), dtype=bool)
    no_date = [mask | _blank(table, parsed, [name]) for name, mask in undated.items()]
    one_missing = np.logical_or.reduce([np.zeros(len(table), dtype=bool), *no_date])
    remarks: BoolArray = _all_of(table, no_date) | (nameless & one_missing)
    return remarks & _blank(table, parsed, of_records) if remarks.any() else remarks


def _units(table: Return, parsed: Mapping[str, Parsed], candidates: BoolArray) -> BoolArray:
    """Rows directly below the headings that say what each column holds: `text`, `date`, `number`.

    Under the figures is text, and no cell has a digit.
    """
    units: BoolArray = np.zeros(len(table), dtype=bool)
    kinds = [f.name for f in table.schema.fields if _never_in_remarks(f, table.schema.records)]
    for row in np.flatnonzero(candidates & _first_rows(table, candidates)).tolist():
        written = [table.written(name, np.array([row]))[0] or "" for name in table.text]
        states = {int(parsed[name].state[row]) for name in kinds} - {int(CellState.BLANK)}
        units[row] = states == {int(CellState.BAD)} and not any(map(str.isdigit, "".join(written)))
    return units


def _first_rows(table: Return, candidates: BoolArray) -> BoolArray:
    """Which of some rows are the first of their file."""
    first: BoolArray = np.zeros(len(table), dtype=bool)
    for n in np.flatnonzero(candidates).tolist():
        first[n] = n == 0 or table.sources[n] != table.sources[n - 1]
    return first


def _all_of(table: Return, masks: Iterable[BoolArray]) -> BoolArray:
    """Rows that every mask marks."""
    marked: BoolArray = np.logical_and.reduce([np.ones(len(table), dtype=bool), *masks])
    return marked


def _nothing_else_sent(remarks: BoolArray, senders: IntArray) -> BoolArray:
    """Remarks of senders who sent only remarks, such as an empty template. The records of these senders are missing."""
    if not remarks.any():
        return remarks
    return np.asarray(remarks & ~np.isin(senders, senders[~remarks]))


def _never_in_remarks(field: Field, records: bool) -> bool:
    """Whether a remark cannot have a text in this field."""
    if field.type == "string":
        return (
            records and field.name not in NAME_COLUMNS and bool(field.enum or field.pattern or field.unique)
        )
    return field.type not in ("force", "date")


def _blank(table: Return, parsed: Mapping[str, Parsed], names: Iterable[str]) -> BoolArray:
    """Rows that are blank in all of these columns. A column that no file has counts as blank."""
    blank = np.ones(len(table), dtype=bool)
    for name in names:
        if not blank.any():
            break
        state = parsed[name].state
        nothing = state == CellState.BLANK
        if name not in table.text:
            continue
        if len(at := np.flatnonzero(blank & (state == CellState.BAD))):
            nothing[at] = np.asarray(pc.equal(table.text[name].take(pa.array(at)), ""), dtype=bool)
        blank &= nothing
    return blank


def _nameless(table: Return, parsed: Mapping[str, Parsed], collection: Collection) -> BoolArray:
    """Rows with no text like a force's name and no code of a force in the collection."""
    nameless = _nothing_like_it(parsed["force"])
    if not nameless.any():
        return nameless
    unknown_code: BoolArray = mapped(
        table.codes, lambda code: code_of(code) not in collection.force_codes, dtype=bool
    )
    return nameless & unknown_code


def _undated(table: Return, parsed: Mapping[str, Parsed], name: str) -> BoolArray:
    """Rows with no text like a date in a column. Where a file lacks the column, its rows count as dated."""
    undated = _nothing_like_it(parsed[name])
    if name in table.text and undated.any():
        at = np.flatnonzero(undated)
        like_a_date = pc.match_substring_regex(table.text[name].take(pa.array(at)), _LIKE_A_DATE)
        undated[at] = ~np.asarray(like_a_date, dtype=bool)
    return undated


def _nothing_like_it(cells: Parsed) -> BoolArray:
    """Cells that hold no name or date, and no text that could be meant as one (a text with a helpful hint could be)."""
    unlike: BoolArray = (cells.state == CellState.BLANK) | (cells.state == CellState.MISSING)
    for issue in cells.bad:
        if issue.code in (NO_SUCH_FORCE, NOT_DATE):
            hints = issue.hints or [""] * len(issue.positions)
            unlike[issue.positions] = [hint in ("", NO_DATE) for hint in hints]
    return unlike
