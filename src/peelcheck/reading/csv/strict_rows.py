"""Split a regular text into rows with Python's csv module, and detect what the module would silently read wrongly."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from peelcheck.reading.csv.dialect import Dialect
from peelcheck.reading.text import LONGEST_CELL, is_figure

_SURE = 3
"""If a cell has so many lines with the separators of a row, they are rows of the table, whatever their text."""
_FIGURES = 2
_DIGIT = re.compile(r"\d")
_LONG = re.compile(r"\d\D?\d\D?\d")
"""A number or date that is too long to be a coincidence."""
_TELLING = re.compile(r"[^\W\d_]{3}|[^\W\d_]\W?\d\d")
"""The beginning of a name or a reference."""


class NotRegularError(Exception):
    """The csv module would refuse the text, or read more into one cell than belongs there.

    Attributes:
        rows: the number of regular rows before the first irregular one.
        lines: the number of their lines.
    """

    def __init__(self, rows: int, lines: int) -> None:
        super().__init__()
        self.rows, self.lines = rows, lines


def regular_rows(lines: Iterable[str], dialect: Dialect, width: int) -> Iterator[list[str]]:
    """The rows of a regular text.

    Raises:
        NotRegularError: the next row is not regular. The rows before it have been yielded.
    """
    if len(dialect.delimiter) != 1 or dialect.escape:
        raise NotRegularError(0, 0)
    reader = csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote or None, strict=True)
    raised = (
        csv.field_size_limit() > LONGEST_CELL
    )  # by another library in this process: the module then reads on
    line = further = 0
    try:
        for row in reader:
            if raised and row and max(map(len, row)) > LONGEST_CELL:
                raise NotRegularError(line - further, line)
            if reader.line_num - line > 1:
                if swallows(row, dialect, width):
                    raise NotRegularError(line - further, line)
                further += reader.line_num - line - 1
            line = reader.line_num
            yield row
    except csv.Error as error:
        raise NotRegularError(line - further, line) from error


def swallows(row: Sequence[str], dialect: Dialect, width: int) -> bool:
    """Whether a cell of a row contains another row. The end of that row may be in the cells after it."""
    for n, cell in enumerate(row):
        if "\n" in cell or "\r" in cell:
            opened, *lines = cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            first = opened if n == 0 else row[0]
            if whole_rows(lines, dialect, width, first, more=len(row) - 1 - n):
                return True
    return False


def whole_rows(lines: Sequence[str], dialect: Dialect, width: int, first: str, more: int) -> bool:
    """Whether the lines within a cell look like rows of the table, which nobody writes into a cell.

    Args:
        lines: the lines of the cell after its first; the last ends where the cell ends.
        dialect: the dialect of the file.
        width: the number of columns. With two columns, any text with a separator would look like a row.
        first: the first cell of the row that has the cell.
        more: the number of cells after this one.
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
    """Whether any of these lines may be a row: the table has at least three columns, and a line has a separator."""
    separator = dialect.delimiter
    if width >= 3 and separator:
        for line in lines:
            if separator in line:
                return True
    return False


def _is_row(cells: Sequence[str], more: int, width: int, first: str, dialect: Dialect) -> bool:
    """Whether a line is a row: as many cells, no space after a separator, and either the same beginning or figures."""
    if len(cells) < 2 or len(cells) + more != width or any(cell.startswith(" ") for cell in cells[1:]):
        return False
    alike = _beginning(cells[0], dialect) == first and _TELLING.match(first) is not None
    return alike or sum(is_figure(cell) and _LONG.search(cell) is not None for cell in cells) >= _FIGURES


def _beginning(cell: str, dialect: Dialect) -> str:
    """The first cell of a line, for comparison. References that differ only in their digits are equal."""
    return _DIGIT.sub(
        "0", cell.split(dialect.delimiter, 1)[0].strip().strip(dialect.quote or None).casefold()
    )
