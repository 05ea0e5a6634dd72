"""Rows of a text that is written by the rules: Python's csv module, and what it would read wrongly without a word."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from peelcheck.reading.dialect import Dialect

SWALLOWED = 3
"""Whole rows inside one pair of quotation marks that nobody put there."""


class NotRegularError(Exception):
    """The csv module would refuse the text, or read more into one cell than belongs there."""


def regular_rows(lines: Iterable[str], dialect: Dialect, width: int) -> Iterator[list[str]]:
    """The rows of a text that is written by the rules.

    Raises:
        NotRegularError: it is not; rows may have been given out before.
    """
    if len(dialect.delimiter) != 1 or dialect.escape:
        raise NotRegularError
    reader = csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote or None, strict=True)
    line = 0
    try:
        for row in reader:
            if reader.line_num - line > SWALLOWED and _swallows(row, dialect, width):
                raise NotRegularError
            line = reader.line_num
            yield row
    except csv.Error as error:
        raise NotRegularError from error


def _swallows(row: list[str], dialect: Dialect, width: int) -> bool:
    """Whether a cell holds whole rows of the table."""
    return any(
        whole_rows(cell.splitlines()[1:-1], dialect, width) for cell in row if "\n" in cell or "\r" in cell
    )


def whole_rows(lines: list[str], dialect: Dialect, width: int) -> bool:
    """Whether the lines that one cell holds look like rows of the table, which nobody writes into a cell."""
    return (
        width > 2
        and len(lines) >= SWALLOWED
        and all(line.count(dialect.delimiter) == width - 1 for line in lines[:100])
    )
