"""Read one row with quotation marks in one of several ways.

A row may have several lines. No line is read more often than there are ways to read it, however many quotation marks it has.
"""

from __future__ import annotations

from msgspec import Struct

from peelcheck.reading.csv.dialect import Dialect, rows_of
from peelcheck.reading.csv.line_buffer import Lines
from peelcheck.reading.csv.one_line import Line
from peelcheck.reading.csv.strict_rows import may_be_rows, whole_rows
from peelcheck.reading.text import LONGEST_CELL, WIDEST

MOST_MORE = 1_000
"""A row with so many cells more than columns is not continued over several lines, and is not read in other ways."""
_ENDS = "\r\n"


class Way(Struct, frozen=True):
    """How misplaced quotation marks are treated.

    Attributes:
        literal: the positions of cells whose first quotation mark is an ordinary character.
        greedy: whether the second of two marks before a separator closes the cell.
        skipped: the number of marks to skip that could close a cell with a misplaced mark.
    """

    literal: frozenset[int] = frozenset()
    greedy: bool = False
    skipped: int = 0


FIRST = Way()


class Reading:
    """One way to read a row.

    Attributes:
        cells: the cells of the row.
        used: the lines of the row after the first.
        odd: the position of the first cell with a misplaced quotation mark; -1 for none.
        unclosed: whether a quotation mark is never closed.
        way: the way in which it was read.
        ahead: the number of lines after the first that were looked at.
        closed: the positions of cells that end at a quotation mark although they have a misplaced one.
        more: whether skipping one more such mark would change the result.
        pairs: whether two quotation marks before a separator were read as one.
        endless: whether the row has no end, or more cells than a spreadsheet can have. Its rest was not looked at.
    """

    def __init__(self, line: str, lines: Lines, dialect: Dialect, width: int, way: Way) -> None:
        self._lines = lines
        self._dialect = dialect
        self._delimiter, self._quote = dialect.delimiter, dialect.quote
        self._width = width
        self._skipped = 0
        self._open: dict[int, bool] = {}
        """Positions of marks after which no mark closes a cell, and whether a misplaced mark follows. Without it, a line with
        thousands of marks would be searched again for each."""
        self._line = Line(line, dialect)
        self.way = way
        self.cells: list[str] = []
        self.used: list[str] = []
        self.odd = -1
        self.unclosed = False
        self.ahead = 0
        self.closed: set[int] = set()
        self.more = False
        self.pairs = False
        self.endless = False
        self._read()

    def _read(self) -> None:
        delimiter, quote, literal, cells = self._delimiter, self._quote, self.way.literal, self.cells
        at = 0
        while True:
            if not quote or not self._line.text.startswith(quote, at) or len(cells) in literal:
                cell, at = self._line.unquoted(at)
            elif (closed := self._line.closed_at_once(at)) >= 0:
                cell, at = self._line.text[at + 1 : closed], closed + 1
            elif self._line.never_closed(at + 1):
                cell, at = self._not_closed(self._line, len(self.used), at, True)
            else:
                cell, at = self._quoted(at)
            cells.append(cell)
            if at == self._line.end or not delimiter or not self._line.text.startswith(delimiter, at):
                return
            if quote and len(cells) > (self._width + MOST_MORE if self.used else WIDEST):
                self.endless = True
                return
            at += len(delimiter)

    def _quoted(self, start: int) -> tuple[str, int]:
        """A quoted cell and where it ends. If it is never closed, it is read as an unquoted cell."""
        quote, escape = self._quote, self._dialect.escape
        opened, used, parts, length, odd = self._line, len(self.used), list[str](), 0, -1
        line, at, passed, known = opened.text, start + 1, list[int](), self._open
        while True:
            stop = line.find(quote, at)
            if escape and (escaped := self._line.escape_before(stop, at)) >= 0:
                kept = escaped + (not self._line.escapes(escaped + 1))
                parts.append(line[at:kept] + line[escaped + 1 : escaped + 2])
                at = escaped + 2
            elif known and self._line is opened and self._known_open(stop, odd):
                self._keep_open(passed, len(line))
                return self._not_closed(opened, used, start, True)
            elif stop >= 0 and line.startswith(quote, stop + 1) and self._doubled(stop):
                passed.append(stop)
                parts.append(line[at : stop + 1])
                at = stop + 2
            elif stop >= 0 and (closes := self._line.closes(stop + 1)) and not self._passed_over(odd >= 0):
                if self._swallowed(opened, used, stop):
                    return self._not_closed(opened, used, start, odd >= 0)
                self._note_closed(odd >= 0)
                if self._line is not opened:
                    known.clear()
                parts.append(line[at:stop])
                return "".join(parts), self._line.after(stop + 1)
            elif stop >= 0 and self._line is opened:
                odd = stop
                if closes:  # skipped: in another way it may close a cell
                    passed.clear()
                else:
                    passed.append(stop)
                parts.append(line[at : stop + 1])
                at = stop + 1
            else:
                parts.append(line[at:])
                length += len(line) - at
                following, length = self._further(parts, length) if stop < 0 and odd < 0 else (None, length)
                if following is None:
                    if self._line is opened:
                        self._keep_open(passed, odd)
                    return self._not_closed(opened, used, start, odd >= 0)
                self._line = Line(following, self._dialect)
                line, at = following, 0

    def _further(self, parts: list[str], length: int) -> tuple[str | None, int]:
        """Take the lines down to the next with a quotation mark; the lines above it become parts of the cell.

        Returns that line and the length of the cell. The line is None if there is none, or none before the cell is too long.
        """
        quote, escape, line = self._quote, self._dialect.escape, None
        while length <= LONGEST_CELL:
            line = self._lines.next()
            if line is None:
                self.ahead = max(self.ahead, len(self.used) + 1)
                return None, length
            self.used.append(line)
            if escape or quote in line:
                break
            parts.append(line)
            length, line = length + len(line), None
        self.ahead = max(self.ahead, len(self.used))
        return line, length

    def _note_odd(self, odd: bool) -> None:
        if odd and self.odd < 0:
            self.odd = len(self.cells)

    def _note_closed(self, odd: bool) -> None:
        if odd:
            self._note_odd(odd)
            self.closed.add(len(self.cells))

    def _known_open(self, stop: int, odd: int) -> bool:
        """Whether it is known that a cell that continues at this mark is never closed."""
        follows = self._open.get(stop)
        return follows is not None and (follows or odd >= 0)

    def _keep_open(self, passed: list[int], odd: int) -> None:
        """Remember marks after which no mark closes a cell; `odd` is the position of the last misplaced mark."""
        for stop in passed:
            self._open[stop] = stop <= odd

    def _passed_over(self, odd: bool) -> bool:
        """Whether to skip a quotation mark that could close the cell."""
        if not odd:
            return False
        if self._skipped == self.way.skipped:
            self.more = True
            return False
        self._skipped += 1
        return True

    def _not_closed(self, opened: Line, used: int, start: int, odd: bool) -> tuple[str, int]:
        """Give back the lines after an unclosed quotation mark, and read the mark as an ordinary character."""
        self.unclosed = True
        self._note_odd(odd)
        if len(self.used) > used:
            self._lines.give_back(len(self.used) - used)
            del self.used[used:]
            self._line = opened
        return self._line.unquoted(start)

    def _swallowed(self, opened: Line, used: int, stop: int) -> bool:
        """Whether the lines of a cell, down to the mark that closes it, are rows of the table."""
        if len(self.used) == used:
            return False
        lines = [*(line.rstrip(_ENDS) for line in self.used[used:-1]), self._line.text[:stop]]
        if not may_be_rows(lines, self._dialect, self._width):
            return False
        behind = rows_of(
            [self._line.text[stop:].removeprefix(self._dialect.quote).rstrip(_ENDS)], self._dialect
        )
        first = self.cells[0] if self.cells else opened.text.removeprefix(self._dialect.quote)
        more = max([1, *map(len, behind)]) - 1
        return whole_rows(lines, self._dialect, self._width, first, more)

    def _doubled(self, at: int) -> bool:
        """Whether two quotation marks, of which this is the first, mean one."""
        if not self._line.text.startswith(self._dialect.quote, at + 2) and self._line.closes(at + 2):
            self.pairs = True
            return not self.way.greedy
        return True
