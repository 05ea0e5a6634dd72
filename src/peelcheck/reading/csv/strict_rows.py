"""Rows of a text that is written by the rules: Python's csv module, and what it would read wrongly without a word."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from peelcheck.reading.csv.dialect import Dialect
from peelcheck.reading.text import is_figure

_SURE = 3
"""Lines in one cell that look like rows of the table by their separators alone, whatever stands in them."""
_FIGURES = 2
_DIGIT = re.compile(r"\d")
_LONG = re.compile(r"\d\D?\d\D?\d")
"""A number or date that is not there by chance."""
_TELLING = re.compile(r"[^\W\d_]{3}|[^\W\d_]\W?\d\d")
"""How a name or a reference begins."""


class NotRegularError(Exception):
    """The csv module would refuse the text, or read more into one cell than belongs there.

    Attributes:
        rows: how many rows are regular before the first that is not.
        lines: how many lines they have.
    """

    def __init__(self, rows: int, lines: int) -> None:
        super().__init__()
        self.rows, self.lines = rows, lines


def regular_rows(lines: Iterable[str], dialect: Dialect, width: int) -> Iterator[list[str]]:
    """The rows of a text that is written by the rules.

    Raises:
        NotRegularError: from here on it is not; the rows before were given out.
    """
    if len(dialect.delimiter) != 1 or dialect.escape:
        raise NotRegularError(0, 0)
    reader = csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote or None, strict=True)
    line = further = 0
    try:
        for row in reader:
            if reader.line_num - line > 1:
                if swallows(row, dialect, width):
                    raise NotRegularError(line - further, line)
                further += reader.line_num - line - 1
            line = reader.line_num
            yield row
    except csv.Error as error:
        raise NotRegularError(line - further, line) from error


def swallows(row: Sequence[str], dialect: Dialect, width: int) -> bool:
    """Whether a cell of a row holds another row, whole or but for the end, which stands in the cells behind it."""
    for n, cell in enumerate(row):
        if "\n" in cell or "\r" in cell:
            opened, *lines = cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            first = opened if n == 0 else row[0]
            if whole_rows(lines, dialect, width, first, more=len(row) - 1 - n):
                return True
    return False


def whole_rows(lines: Sequence[str], dialect: Dialect, width: int, first: str, more: int) -> bool:
    """Whether the lines that a cell holds look like rows of the table, which nobody writes into a cell.

    Args:
        lines: those below the first of the cell, the last ending where the cell does.
        dialect: how rows are written.
        width: cells of a row; in a table of two columns any text with a separator would look like a row.
        first: the first cell of the row that the cell is in.
        more: cells that follow the last line.
    """
    if not may_be_rows(lines, dialect, width):
        return False
    separator = dialect.delimiter
    first = _beginning(first, dialect)
    if any(_is_row(line.split(separator), 0, width, first, dialect) for line in lines[:-1]):
        return True
    if _is_row(lines[-1].split(separator), more, width, first, dialect):
        return True
    inner = lines[:-1][:100]
    return len(inner) >= _SURE and all(line.count(separator) == width - 1 for line in inner)


def may_be_rows(lines: Sequence[str], dialect: Dialect, width: int) -> bool:
    """Whether there are columns enough, and a separator in any of these lines: without, none of them is a row."""
    separator = dialect.delimiter
    if width >= 3 and separator:
        for line in lines:
            if separator in line:
                return True
    return False


def _is_row(cells: Sequence[str], more: int, width: int, first: str, dialect: Dialect) -> bool:
    """Whether a line of a cell is a row: as many cells, no space behind a separator, and it begins alike or has figures."""
    if len(cells) < 2 or len(cells) + more != width or any(cell.startswith(" ") for cell in cells[1:]):
        return False
    alike = _beginning(cells[0], dialect) == first and _TELLING.match(first) is not None
    return alike or sum(is_figure(cell) and _LONG.search(cell) is not None for cell in cells) >= _FIGURES


def _beginning(cell: str, dialect: Dialect) -> str:
    """The first cell of a line as it is compared: any two references of one form are alike."""
    return _DIGIT.sub(
        "0", cell.split(dialect.delimiter, 1)[0].strip().strip(dialect.quote or None).casefold()
    )
