"""Lines → rows of cells. A row is what a spreadsheet shows as one: newlines inside quotes do not end it, a blank line is one.

Regular files go through Python's csv module (`regular.py`). Where that refuses, or cannot (separators and escapes of its
own kinds), the rows are split here, in one pass. A quotation mark closes its cell only before a separator or the line's
end. One that is never closed is an ordinary character, and so is one that would swallow whole rows. Of two ways to read
a row the one is taken that gives as many cells as there are columns.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peelcheck.reading.dialect import Dialect
from peelcheck.reading.regular import SWALLOWED, whole_rows

LONGEST_CELL = 131_072
"""Characters in a cell, four times what a spreadsheet's cell holds."""
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
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self._dialect = dialect
        self._width = width
        self._row = 0
        self._simple = len(dialect.delimiter) == 1 and bool(dialect.quote) and not dialect.escape
        self.unclosed: list[int] = []
        self.odd: list[int] = []
        self.long: list[int] = []

    def __iter__(self) -> Iterator[list[str]]:
        while (line := self._next()) is not None:
            self._row += 1
            cells = self._cells(line)
            if len(line) > LONGEST_CELL and max(map(len, cells), default=0) > LONGEST_CELL:
                self.long.append(self._row)
            yield cells

    def _next(self) -> str | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def _cells(self, line: str) -> list[str]:
        delimiter, quote, escape = self._dialect.delimiter, self._dialect.quote, self._dialect.escape
        body = line.rstrip(_ENDS)
        if not body:
            return []
        if (not quote or quote not in body) and (not escape or escape not in body):
            return body.split(delimiter) if delimiter else [body]
        if self._simple and not body.count(quote) % 2 and (cells := self._by_rule(line)):
            return cells
        first = _Reading(self, line, _FIRST)
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

    def _best(self, line: str, first: _Reading) -> _Reading:
        """Of the ways to read a row with a quotation mark that does not fit, the first that gives all columns."""
        reading = first
        for way in _ways(first, self._dialect, line):
            if len(reading.cells) == self._width:
                return reading
            self._put_back(reading)
            reading = _Reading(self, line, way)
        return reading

    def _put_back(self, reading: _Reading) -> None:
        self._again.extendleft(reversed(reading.used))


@dataclass(frozen=True)
class _Way:
    """How quotation marks that do not fit are taken.

    Attributes:
        literal: cells whose first quotation mark is an ordinary character.
        greedy: whether the second of two before a separator closes the cell.
        skipped: how many that could close a cell in which one did not fit are passed over.
    """

    literal: frozenset[int] = frozenset()
    greedy: bool = False
    skipped: int = 0


_FIRST = _Way()


def _ways(first: _Reading, dialect: Dialect, line: str) -> Iterator[_Way]:
    """Other ways to read a row, the last being the first again; none for a row that is no more than quotation marks."""
    if line.count(dialect.quote) > _MANY:
        return
    tried = False
    if first.odd >= 0:
        tried = True
        yield _Way(literal=frozenset({first.odd}))
        yield from (_Way(skipped=n) for n in range(1, _TRIES))
    if dialect.quote * 2 + dialect.delimiter in line or line.rstrip(_ENDS).endswith(dialect.quote * 2):
        tried = True
        yield _Way(greedy=True)
    if tried:
        yield _FIRST


class _Reading:
    """One way to read a row.

    Attributes:
        cells: what it gives.
        used: lines that it took beyond the first.
        odd: the first cell with a quotation mark that does not fit; -1 where all fit.
        unclosed: whether a quotation mark is never closed.
        way: how it was read.
    """

    def __init__(self, splitter: Splitter, line: str, way: _Way) -> None:
        self._splitter = splitter
        self._dialect = splitter._dialect
        self._skipped = 0
        self._turn_to(line)
        self.way = way
        self.cells: list[str] = []
        self.used: list[str] = []
        self.odd = -1
        self.unclosed = False
        self._read()

    def _turn_to(self, line: str) -> None:
        self._line, self._end = line, len(line.rstrip(_ENDS))

    def _read(self) -> None:
        delimiter, quote = self._dialect.delimiter, self._dialect.quote
        at = 0
        while True:
            if quote and self._line.startswith(quote, at) and len(self.cells) not in self.way.literal:
                cell, at = self._quoted(at)
            else:
                cell, at = self._unquoted(at)
            self.cells.append(cell)
            if not delimiter or not self._line.startswith(delimiter, at):
                return
            at += len(delimiter)

    def _unquoted(self, start: int) -> tuple[str, int]:
        """The cell and where it ends."""
        delimiter, escape = self._dialect.delimiter, self._dialect.escape
        line, end = self._line, self._end
        stop = line.find(delimiter, start, end) if delimiter else -1
        stop = end if stop < 0 else stop
        if not escape or line.find(escape, start, stop) < 0:
            return line[start:stop], stop
        out, at = [], start
        while at < end and not (delimiter and line.startswith(delimiter, at)):
            if line.startswith(escape, at) and self._escapes(at + 1):
                at += 1
            out.append(line[at])
            at += 1
        return "".join(out), at

    def _escapes(self, at: int) -> bool:
        """Whether what stands here can be escaped: a quotation mark, a separator, the escape itself."""
        written = self._dialect
        return any(
            mark and self._line.startswith(mark, at)
            for mark in (written.quote, written.delimiter, written.escape)
        )

    def _quoted(self, start: int) -> tuple[str, int]:
        """The cell and where it ends; read as an unquoted one if it is never closed."""
        quote = self._dialect.quote
        opened, used, parts, length, odd = self._line, len(self.used), list[str](), 0, False
        line, at, escaped = opened, start + 1, self._escape(start)
        while True:
            stop = line.find(quote, at)
            if 0 <= escaped < at:
                escaped = self._escape(at)
            if escaped >= 0 and (stop < 0 or escaped < stop):
                kept = escaped + (not self._escapes(escaped + 1))
                parts.append(line[at:kept] + line[escaped + 1 : escaped + 2])
                at = escaped + 2
            elif stop >= 0 and self._doubled(stop):
                parts.append(line[at : stop + 1])
                at = stop + 2
            elif stop >= 0 and self._closes(stop + 1) and not self._passed_over(odd):
                if self._swallowed(used):
                    return self._not_closed(opened, used, start, odd)
                if odd and self.odd < 0:
                    self.odd = len(self.cells)
                parts.append(line[at:stop])
                return "".join(parts), self._after(stop + 1)
            elif stop >= 0 and line is opened:
                odd = True
                parts.append(line[at : stop + 1])
                at = stop + 1
            else:
                length += len(line) - at
                following = None if stop >= 0 or odd or length > LONGEST_CELL else self._splitter._next()
                if following is None:
                    return self._not_closed(opened, used, start, odd)
                parts.append(line[at:])
                self.used.append(following)
                self._turn_to(following)
                line, at, escaped = following, 0, self._escape(0)

    def _escape(self, at: int) -> int:
        """Where the next escape is; -1 where there is none."""
        escape = self._dialect.escape
        return self._line.find(escape, at) if escape else -1

    def _passed_over(self, odd: bool) -> bool:
        """Whether a quotation mark that could close the cell is not to."""
        if not odd or self._skipped == self.way.skipped:
            return False
        self._skipped += 1
        return True

    def _not_closed(self, opened: str, used: int, start: int, odd: bool) -> tuple[str, int]:
        """Give back the lines that a quotation mark took, and read it as an ordinary character."""
        self.unclosed = True
        if odd and self.odd < 0:
            self.odd = len(self.cells)
        if len(self.used) > used:
            self._splitter._again.extendleft(reversed(self.used[used:]))
            del self.used[used:]
            self._turn_to(opened)
        return self._unquoted(start)

    def _swallowed(self, used: int) -> bool:
        """Whether the lines that a cell took are whole rows of the table."""
        return len(self.used) - used > SWALLOWED and whole_rows(
            self.used[used:-1], self._dialect, self._splitter._width
        )

    def _doubled(self, at: int) -> bool:
        """Whether two quotation marks stand for one."""
        if not self._line.startswith(self._dialect.quote, at + 1):
            return False
        return not (
            self.way.greedy
            and self._closes(at + 2)
            and not self._line.startswith(self._dialect.quote, at + 2)
        )

    def _closes(self, after: int) -> bool:
        """Whether a quotation mark that ends before `after` closes its cell."""
        after = self._after(after)
        delimiter = self._dialect.delimiter
        return after >= self._end or (bool(delimiter) and self._line.startswith(delimiter, after))

    def _after(self, after: int) -> int:
        """Past the spaces that some programs leave behind a closing quotation mark."""
        delimiter = self._dialect.delimiter
        while self._line.startswith(" ", after) and not (
            delimiter and self._line.startswith(delimiter, after)
        ):
            after += 1
        return after
