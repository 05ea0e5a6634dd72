"""Lines → rows of cells. A row is what a spreadsheet shows as one: newlines inside quotes do not end it, a blank line is one.

Regular files go through Python's csv module (`regular.py`). Where that refuses, or cannot (separators and escapes of its
own kinds), the rows are split here, in one pass. A quotation mark closes its cell only before a separator or the line's
end. One that is never closed is an ordinary character, and so is one that would swallow whole rows. Of two ways to read
a row the one is taken that gives as many cells as there are columns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from peelcheck.reading.dialect import Dialect
from peelcheck.reading.row import FIRST, LONGEST_CELL, Lines, Reading, Way

_TRIES = 4
_MANY = 1_000
_ENDS = "\r\n"


class Splitter:
    """An iterator over rows that makes sense of quotation marks that do not fit.

    Attributes:
        unclosed: rows with a quotation mark that is never closed.
        odd: rows with a quotation mark inside a quoted cell that is not written twice.
        long: rows with a cell of more than `LONGEST_CELL` characters.
    """

    def __init__(self, lines: Iterable[str], dialect: Dialect, width: int = 0) -> None:
        self._lines = Lines(lines)
        self._dialect = dialect
        self._width = width
        self._row = 0
        self._simple = len(dialect.delimiter) == 1 and bool(dialect.quote) and not dialect.escape
        self.unclosed: list[int] = []
        self.odd: list[int] = []
        self.long: list[int] = []

    def __iter__(self) -> Iterator[list[str]]:
        while (line := self._lines.next()) is not None:
            self._row += 1
            cells = self._cells(line)
            if len(line) > LONGEST_CELL and max(map(len, cells), default=0) > LONGEST_CELL:
                self.long.append(self._row)
            yield cells

    def _cells(self, line: str) -> list[str]:
        delimiter, quote, escape = self._dialect.delimiter, self._dialect.quote, self._dialect.escape
        body = line.rstrip(_ENDS)
        if not body:
            return []
        if (not quote or quote not in body) and (not escape or escape not in body):
            return body.split(delimiter) if delimiter else [body]
        if self._simple and not body.count(quote) % 2 and (cells := self._by_rule(line)):
            return cells
        first = self._read(line, FIRST)
        if first.odd < 0 and not first.unclosed:
            return first.cells
        best = self._best(line, first)
        (self.unclosed if best.unclosed or best.way.literal else self.odd).append(self._row)
        return best.cells

    def _by_rule(self, line: str) -> list[str] | None:
        """The cells of a line that is regular by itself."""
        dialect = self._dialect
        try:
            return next(
                csv.reader((line,), delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True)
            )
        except csv.Error:
            return None

    def _best(self, line: str, first: Reading) -> Reading:
        """Of the ways to read a row with a quotation mark that does not fit, the first that gives all columns."""
        reading = first
        for way in _ways(first, self._dialect, line):
            if len(reading.cells) == self._width:
                return reading
            self._lines.put_back(reading.used)
            reading = self._read(line, way)
        return reading

    def _read(self, line: str, way: Way) -> Reading:
        return Reading(line, self._lines, self._dialect, self._width, way)


def _ways(first: Reading, dialect: Dialect, line: str) -> Iterator[Way]:
    """Other ways to read a row, the last being the first again; none for a row that is no more than quotation marks."""
    if line.count(dialect.quote) > _MANY:
        return
    tried = False
    if first.odd >= 0:
        tried = True
        yield Way(literal=frozenset({first.odd}))
        yield from (Way(skipped=n) for n in range(1, _TRIES))
    if dialect.quote * 2 + dialect.delimiter in line or line.rstrip(_ENDS).endswith(dialect.quote * 2):
        tried = True
        yield Way(greedy=True)
    if tried:
        yield FIRST
