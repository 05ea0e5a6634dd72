"""Values of cells, as python-calamine gives them → text. The only module that loads it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from peelcheck.reading.workbook.bounds import NotReadError
from peelcheck.reading.workbook.xml import Details

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MOST_CELLS = 60_000_000
"""Cells of one sheet, blank ones among them. The largest return of records has a sixth of it."""


class Book:
    """A workbook that is open.

    Raises:
        NotReadError: it cannot be read.
    """

    def __init__(self, data: bytes) -> None:
        self._book = self._opened(data)
        self.names = [one.name for one in self._book.sheets_metadata if _is_of_cells(one)]

    @staticmethod
    def _opened(data: bytes) -> CalamineWorkbook:
        from python_calamine import CalamineWorkbook

        with _opening("it"):
            return CalamineWorkbook.from_filelike(io.BytesIO(data))

    @cached_property
    def _hidden(self) -> frozenset[str]:
        return frozenset(
            one.name for one in self._book.sheets_metadata if not str(one.visible).endswith(".Visible")
        )

    def is_hidden(self, name: str) -> bool:
        """Whether a sheet's tab is hidden."""
        return name in self._hidden

    def rows(self, name: str, details: Details) -> list[list[str]]:
        """The cells of a sheet from row 1 and column A on, without the blank rows at its end."""
        with _opening(f"the sheet “{name}”"):
            sheet = self._book.get_sheet_by_name(name)
            rows = list[list[str]]()
            if sheet.start is not None:
                left = sheet.start[1]
                if (sheet.total_height or 0) * (left + sheet.width) > MOST_CELLS:
                    raise NotReadError(f"the sheet “{name}” has more cells than can be read")
                blanks = [""] * left
                rows = [
                    [] if row.count("") == len(row) else [*blanks, *map(_text, row)]
                    for row in sheet.iter_rows()
                ]
            merged = sheet.merged_cell_ranges or ()
        _fill_merged(rows, merged)
        for (row, column), text in details.instead.items():
            _put(rows, row, column, text)
        while rows and not any(rows[-1]):
            rows.pop()
        return rows


def _is_of_cells(one: Any) -> bool:
    return str(one.typ).endswith(".WorkSheet")


def _text(value: Any) -> str:
    """A value as a person would write it in a CSV file: dates as 2017-06-30, numbers in full."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def number_text(value: float) -> str:
    """A number with the 15 digits that a spreadsheet keeps, and no exponent."""
    if value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    short = f"{value:.15g}"
    return f"{Decimal(short):f}" if "e" in short and abs(value) < 10**21 else short


def _fill_merged(rows: list[list[str]], ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A text that is merged over several rows of one column stands in each of them; figures do not."""
    for (top, left), (bottom, right) in ranges:
        if left != right or top >= bottom or top >= len(rows) or left >= len(rows[top]):
            continue
        text = rows[top][left]
        if text and not text.replace(".", "", 1).isdigit():
            for row in range(top + 1, min(bottom + 1, len(rows))):
                _put(rows, row, left, text)


def _put(rows: list[list[str]], row: int, column: int, text: str) -> None:
    while len(rows) <= row:
        rows.append([])
    own = rows[row]
    own += [""] * (column + 1 - len(own))
    own[column] = own[column] or text


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__


@contextmanager
def _opening(what: str) -> Iterator[None]:
    """What the library cannot read is a reason, whatever it raises; a fault inside it is no `Exception`."""
    import python_calamine as calamine  # loaded only where there is a workbook

    try:
        yield
    except calamine.PasswordError as error:
        raise NotReadError("it is protected by a password") from error
    except (calamine.CalamineError, ValueError, OverflowError, OSError) as error:
        raise NotReadError(f"{what} is damaged ({_short(error)})") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise NotReadError(f"{what} is damaged") from error
