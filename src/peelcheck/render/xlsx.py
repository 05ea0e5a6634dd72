"""Queries as a workbook made for reading: headings that stay in view, filters, and no text that becomes anything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from peelcheck.model import Result, Severity
from peelcheck.queries.summary import counts
from peelcheck.render.csv.queries import COLUMNS, query_row
from peelcheck.render.fields import Cell
from peelcheck.render.forms import Workbook
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered
from peelcheck.render.safe import visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook as XlsxWorkbook
    from xlsxwriter.worksheet import Worksheet

MADE = datetime(2000, 1, 1)
"""The date in every workbook, so that the same result is the same file. A program that saves it puts its own date in."""
_LONGEST = 32_767
"""Characters that Excel keeps in a cell."""
_CUT = "… (shortened)"
_WIDTHS = {
    "message": 80,
    "ask": 50,
    "also": 50,
    "file": 36,
    "force": 18,
    "item": 20,
    "return": 20,
    "written": 16,
}
_USUAL = 12
_FIRST = (
    "severity",
    "code",
    "force",
    "return",
    "item",
    "period_end",
    "message",
    "ask",
    "file",
    "row",
    "column",
    "written",
)
"""The columns that are read first; the others stand to the right of them in the order of the CSV."""
_ORDER = (*_FIRST, *(column for column in COLUMNS if column not in _FIRST))


@contextmanager
def written_to(out: BytesIO) -> Iterator[XlsxWorkbook]:
    """A workbook: no text in it becomes a formula, a link or a number, and the same content is the same file."""
    import xlsxwriter

    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"author": "peelcheck", "created": MADE})
        yield book


def as_xlsx(result: Result, look: Look) -> bytes:
    """A sheet of queries with the columns of the CSV, in an order for reading; and a sheet that sums up the run."""
    out = BytesIO()
    with written_to(out) as book:
        formats = {
            "head": book.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8E8E8"}
            ),
            "text": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
            "number": book.add_format({"valign": "top"}),
            "date": book.add_format({"valign": "top", "num_format": "d mmm yyyy", "align": "left"}),
        }
        _queries(book.add_worksheet("Queries"), result, formats)
        _summary(book.add_worksheet("Summary"), result, formats)
    return out.getvalue()


def _queries(sheet: Worksheet, result: Result, formats: Mapping[str, Any]) -> None:
    for n, column in enumerate(_ORDER):
        sheet.write_string(0, n, column, formats["head"])
        sheet.set_column(n, n, _WIDTHS.get(column, _USUAL))
    for row, query in enumerate(result.queries, start=1):
        cells = query_row(query)
        for n, column in enumerate(_ORDER):
            _write(sheet, row, n, cells[column], formats)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(result.queries), 1), len(_ORDER) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Worksheet, row: int, column: int, value: Cell, formats: Mapping[str, Any]) -> None:
    """A cell in its own type: a text is a text whatever it looks like, a number of the program is a number."""
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, _text(value), formats["text"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["date"])
    else:
        sheet.write_number(row, column, value, formats["number"])


def _text(value: str) -> str:
    shown = visible(value)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - len(_CUT)] + _CUT


def _summary(sheet: Worksheet, result: Result, formats: Mapping[str, Any]) -> None:
    total = counts(result)
    rows: Mapping[str, Cell] = {
        "Round": result.title,
        "Collection": result.collection.name,
        "Checked on": result.day,
        "Files": len(result.files),
        "Returns received": len(result.returns_received),
        "Returns missing": total.missing,
        **{f"Queries: {severity}": result.count(severity) for severity in Severity},
        "Queries accepted": len(result.accepted),
        "Checks passed": total.passed,
        "Checks failed": total.failed,
        "Checks not run": total.not_run,
    }
    for row, (name, value) in enumerate(rows.items()):
        sheet.write_string(row, 0, name, formats["head"])
        _write(sheet, row, 1, value, formats)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 60)


QUERIES = Rendered("xlsx", (".xlsx",), Workbook("peelcheck", "Queries"), as_xlsx)
