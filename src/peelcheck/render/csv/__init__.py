"""Tables for a spreadsheet: UTF-8 with a byte-order mark, and no cell that is a formula."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from io import StringIO

from peelcheck.render.fields import Cell
from peelcheck.render.safe import defused, visible

_BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes the file for Windows-1252


def spreadsheet(columns: Collection[str], rows: Iterable[Mapping[str, Cell]]) -> str:
    """Rows as CSV. Numbers and dates that the program made stay as they are; texts cannot start a formula."""
    import csv  # not loaded for --help

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
