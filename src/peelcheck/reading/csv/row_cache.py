"""Remember how rows were read, for later rows that begin with the same line or with a line of the same pattern."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from peelcheck.reading.csv.dialect import Dialect
from peelcheck.reading.csv.line_buffer import Lines
from peelcheck.reading.csv.line_pattern import LinePattern, LinePatterns, fill
from peelcheck.reading.csv.strict_rows import may_be_rows
from peelcheck.reading.text import digitless

State = tuple[bool, bool]
"""Whether it is hopeless to look for closing quotation marks in further lines, and whether a row had no end."""

MOST_AHEAD = 4
"""A row is remembered only if at most this many lines after its first were looked at."""
_MOST_KEPT = 4_096
"""Rows that each cache remembers."""
_LONGEST_KEPT = 1_000
"""Characters of the longest line that is remembered."""
_WITH_TEXT = "rows"
"""Stands in a pattern before the text of its lines. It cannot be mistaken for marks, because marks are not letters."""


class ReadRow(Struct, frozen=True):
    """How a row was read.

    Attributes:
        cells: its cells.
        rows: the list that the row is added to because of its quotation marks; None where all of them fit.
        used: the number of lines that belong to it after the first.
        ahead: the number of lines after the first that were looked at.
        tried, vain: what it adds to the counts of the same names in `Splitter`.
    """

    cells: list[str]
    rows: list[int] | None
    used: int
    ahead: int
    tried: int = 0
    vain: int = 0


class _ReadPattern(Struct, frozen=True):
    """How lines of one pattern are read: the row, and its cells with gaps for the texts."""

    row: ReadRow
    cells: str


class RowCache:
    """Two caches: rows by their lines, and rows by the pattern of their lines.

    Without the first, a file that repeats a few broken lines takes up to 1.8 times as long. Without the second, a file with
    the same fault in every line takes 3.5 times as long.
    """

    def __init__(self, lines: Lines, dialect: Dialect, width: int) -> None:
        """`lines` are the lines of the file; the next of them is the one after the line that a row begins with."""
        self._lines, self._dialect, self._width = lines, dialect, width
        self._ahead: dict[str, int] = {}
        """By first line, the number of lines after it that decide how it is read."""
        self._rows: dict[str | tuple[str, ...], ReadRow] = {}
        """The rows by their first line, together with the lines that were looked at after it."""
        self._patterns = LinePatterns(dialect)
        self._ahead_of_pattern: dict[tuple[State, LinePattern], int] = {}
        """By the pattern of the first line, the number of lines after it that decide how it is read."""
        self._rows_of_pattern: dict[tuple[State, LinePattern], _ReadPattern] = {}
        """The rows by the pattern of their first line and of the lines that were looked at after it."""

    def same(self, line: str) -> ReadRow | None:
        """The row that began with this line earlier, if the same lines follow; None if there is none."""
        ahead = self._ahead.get(line)
        if ahead is None:
            return None
        return self._rows.get((line, *self._lines.ahead(ahead)) if ahead else line)

    def like(self, state: State, line: str) -> tuple[ReadRow, list[str]] | None:
        """A row that began with a line of this pattern, if lines of the same patterns follow; and the cells of this row."""
        pattern = self._patterns.of(line)
        if pattern and (ahead := self._ahead_of_pattern.get((state, pattern), 0)):
            pattern = self._pattern_with(line, self._lines.ahead(ahead))
        known = self._rows_of_pattern.get((state, pattern)) if pattern else None
        if known is None:
            return None
        taken = "".join([line, *self._lines.ahead(known.row.used)]) if known.row.used else line
        return known.row, fill(known.cells, self._patterns.texts(taken))

    def keep(self, line: str, row: ReadRow) -> None:
        """Remember the row that begins with this line; it holds wherever the same lines follow."""
        if row.ahead > MOST_AHEAD or len(line) > _LONGEST_KEPT or len(self._rows) == _MOST_KEPT:
            return
        following = self._lines.ahead(row.ahead)
        if sum(map(len, following)) <= _LONGEST_KEPT:
            self._ahead[line] = row.ahead
            self._rows[(line, *following) if row.ahead else line] = row

    def keep_pattern(self, state: State, line: str, row: ReadRow) -> None:
        """Remember the row for all lines of this line's pattern."""
        if row.ahead > MOST_AHEAD or len(self._rows_of_pattern) >= _MOST_KEPT:
            return
        pattern = self._patterns.of(line)
        if pattern and row.ahead:
            first = state, pattern
            self._ahead_of_pattern[first] = max(row.ahead, self._ahead_of_pattern.get(first, 0))
            pattern = self._pattern_with(line, self._lines.ahead(self._ahead_of_pattern[first]))
        if pattern and _WITH_TEXT in pattern and 2 * len(self._rows_of_pattern) > _MOST_KEPT:
            return  # patterns without text are fewer and are met again, so half of the cache is left for them
        if pattern:
            self._rows_of_pattern[state, pattern] = _ReadPattern(row, self._patterns.with_gaps(row.cells))

    def _pattern_with(self, first_line: str, following: Sequence[str]) -> LinePattern | None:
        """The pattern of several lines.

        If some of them may be rows of the table, their text decides too, and so does the first cell of the first line. The
        number of digits counts there, but not which digits they are.
        """
        pattern = self._patterns.of("".join([first_line, *following]))
        if pattern is None or not may_be_rows(following, self._dialect, self._width):
            return pattern
        first_cell = first_line.split(self._dialect.delimiter, 1)[0]
        return *pattern, _WITH_TEXT, digitless(first_cell), digitless("".join(following))
