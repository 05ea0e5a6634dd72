"""The sheets of a workbook as text tables, each with what was seen in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from peelcheck.reading.observations import Observation
from peelcheck.reading.observations.workbook import HiddenCells, ShownOtherwise
from peelcheck.reading.table import TextTable, table_of_rows
from peelcheck.reading.text import letters
from peelcheck.reading.workbook.opening import WorkbookSheet, is_workbook, read_workbook
from peelcheck.rounds.received import Received


class Sheets(Struct, frozen=True):
    """The tables of a workbook by the names of their sheets, and the texts that it defines; or why it was not read."""

    tables: Mapping[str, TextTable]
    why: Observation | None = None
    names: Mapping[str, str] = {}


def read_sheets(file: Received, columns: Sequence[str]) -> Sheets | None:
    """Read a workbook; None for a file that is none of the kinds that are read.

    Args:
        file: the workbook.
        columns: headings that its tables may have.

    Raises:
        OSError: it cannot be opened.
    """
    data = file.path.read_bytes() if file.content is None else file.content
    if not is_workbook(data):
        return None
    book = read_workbook(data)
    tables = {}
    for sheet in book.sheets:
        table = table_of_rows(sheet.rows, book.sha256, columns=columns)
        tables[sheet.name] = replace(table, observations=(*table.observations, *_seen(sheet, table)))
    if not tables and book.why is None:
        nothing = table_of_rows([], book.sha256)
        return Sheets({}, nothing.observations[0])
    return Sheets(tables, book.why, book.names)


def _seen(sheet: WorkbookSheet, table: TextTable) -> Iterator[Observation]:
    """What is to be said of the sheet's cells; of those above the headings, nothing."""
    details = sheet.details
    first = table.header_row or 1
    rows = tuple(row + 1 for row in details.hidden_rows if row + 1 >= first and any(sheet.rows[row]))
    width = max(map(len, sheet.rows), default=0)
    columns = tuple(
        letters(n)
        for n in details.hidden_columns
        if n < width and any(len(row) > n and row[n] for row in sheet.rows)
    )
    if details.hidden or rows or columns:
        yield HiddenCells(details.hidden, columns, rows=rows)
    shown = [one for one in details.shown if one[1] > first]
    if shown:
        cells = tuple((cell, seen, held) for cell, _, seen, held in shown)
        yield ShownOtherwise(cells, rows=tuple(dict.fromkeys(row for _, row, _, _ in shown)))
