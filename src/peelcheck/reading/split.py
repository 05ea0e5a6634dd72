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
_KEPT = 4_096
"""Rows of which is remembered how they are read."""
_LONGEST_KEPT = 1_000
_MOST_AHEAD = 4
_ENDS = "\r\n"
_Read = tuple[list[str], list[int] | None, int]
"""The cells of a row, the list in which it is named (none where all quotation marks fit), and lines that it took."""


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
        self._ahead: dict[str, int] = {}
        """How many lines had to be looked at behind a line to read it."""
        self._seen: dict[str | tuple[str, ...], _Read] = {}
        """How lines were read: a line that tells all by itself, or one with those that were looked at."""
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
        ahead = self._ahead.get(line)
        if (
            ahead is None
            or (seen := self._seen.get((line, *self._lines.ahead(ahead)) if ahead else line)) is None
        ):
            return self._marked(line, body)
        cells, rows, used = seen
        self._lines.take(used)
        if rows is not None:
            rows.append(self._row)
        return cells

    def _marked(self, line: str, body: str) -> list[str]:
        """The cells of a row that begins with a line with quotation marks."""
        if self._simple and not body.count(self._dialect.quote) % 2 and (cells := self._by_rule(line)):
            self._keep(line, 0, (cells, None, 0))
            return cells
        first = self._read(line, FIRST)
        best, ahead, rows = first, first.ahead, None
        if first.odd >= 0 or first.unclosed:
            best, ahead = self._best(line, first)
            rows = self.unclosed if best.unclosed or best.way.literal else self.odd
            rows.append(self._row)
        self._lines.put_back(best.used)
        self._keep(line, ahead, (best.cells, rows, len(best.used)))
        self._lines.take(len(best.used))
        return best.cells

    def _keep(self, line: str, ahead: int, read: _Read) -> None:
        """Remember how a row is read that begins with this line, where as many lines as were looked at follow it again."""
        if ahead > _MOST_AHEAD or len(line) > _LONGEST_KEPT or len(self._seen) == _KEPT:
            return
        following = self._lines.ahead(ahead)
        if sum(map(len, following)) <= _LONGEST_KEPT:
            self._ahead[line] = ahead
            self._seen[(line, *following) if ahead else line] = read

    def _by_rule(self, line: str) -> list[str] | None:
        """The cells of a line that is regular by itself."""
        dialect = self._dialect
        try:
            return next(
                csv.reader((line,), delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True)
            )
        except csv.Error:
            return None

    def _best(self, line: str, first: Reading) -> tuple[Reading, int]:
        """Of the ways to read a row with a quotation mark that does not fit, the first that gives all columns.

        A way that cannot differ from one that was tried is left out. Besides: how many lines were looked at behind this.
        """
        if (
            len(first.cells) == self._width
            or line.count(self._dialect.quote) > _MANY
            or self._too_short(line, first)
        ):
            return first, first.ahead
        taken, ahead, skipped = first, first.ahead, 0

        def read(way: Way) -> bool:
            nonlocal taken, ahead
            self._lines.put_back(taken.used)
            taken = self._read(line, way)
            ahead = max(ahead, taken.ahead)
            return len(taken.cells) == self._width

        if first.odd in first.closed and read(Way(literal=frozenset({first.odd}))):
            return taken, ahead
        more = first.more
        while more and (skipped := skipped + 1) < _TRIES:
            if read(Way(skipped=skipped)):
                return taken, ahead
            more = taken.more
        if first.pairs and self._ends_in_two(line) and read(Way(greedy=True)):
            return taken, ahead
        if taken is not first:
            self._lines.put_back(taken.used)
            self._lines.take(len(first.used))
        return first, ahead

    def _too_short(self, line: str, first: Reading) -> bool:
        """Whether a row has too few separators for all columns, and no way to read it takes a further line."""
        delimiter, quote = self._dialect.delimiter, self._dialect.quote
        return (
            bool(delimiter)
            and not first.ahead
            and line.count(delimiter) + 1 < self._width
            and delimiter + quote not in line
        )

    def _ends_in_two(self, line: str) -> bool:
        """Whether a cell of a line may end in two quotation marks."""
        two = self._dialect.quote * 2
        return two + self._dialect.delimiter in line or line.rstrip(_ENDS).endswith(two)

    def _read(self, line: str, way: Way) -> Reading:
        return Reading(line, self._lines, self._dialect, self._width, way)
