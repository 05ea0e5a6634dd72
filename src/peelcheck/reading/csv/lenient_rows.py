"""Split lines into rows of cells, even where quotation marks are wrong.

A row is what a spreadsheet shows as one row: a line end inside quotation marks does not end it, and a blank line is a row.
Regular files are split by Python's csv module (`strict_rows`). Other files are split here, in one pass: those that the csv
module refuses, and those with separators or escapes that it does not know. A quotation mark closes its cell only before a
separator or at the end of the line. A quotation mark that is never closed is an ordinary character; so is one whose cell
would contain whole rows. If a row can be read in several ways, the way that gives as many cells as columns is chosen.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from peelcheck.reading.csv.dialect import Dialect
from peelcheck.reading.csv.line_buffer import Lines
from peelcheck.reading.csv.one_row import FIRST, MOST_MORE, Reading, Way
from peelcheck.reading.csv.row_cache import MOST_AHEAD, ReadRow, RowCache
from peelcheck.reading.csv.strict_rows import may_be_rows
from peelcheck.reading.text import LONGEST_CELL, WIDEST

_TRIES = 4
_MANY = 1_000
_HOPELESS = 5_000
"""If more rows than this have a quotation mark that is never closed, and they are more than a third of the irregular rows,
the marks are not quotation marks. For later rows, no line after the first is looked at."""
_IN_VAIN = 200_000
"""The same applies if more further lines than this were looked at without finding a closing mark, or if a row had no end."""
_UNFIT = 500
"""If so many rows could not be read with all columns in any way, and ten times as many as could, other ways are not tried."""
_USUAL_MARKS = 60
"""A row with up to this many quotation marks counts once in `_fit` and `_unfit`; a row with more counts several times."""
_ENDS = "\r\n"


class Splitter:
    """An iterator over the rows of lines whose quotation marks may be wrong.

    Attributes:
        unclosed: rows with a quotation mark that is never closed.
        odd: rows with a quoted cell in which a quotation mark is not doubled.
        long: rows with a cell of more than `LONGEST_CELL` characters.
    """

    def __init__(self, lines: Iterable[str], dialect: Dialect, width: int = 0, above: int = 0) -> None:
        """`above` is the number of rows above the first of these lines."""
        self._lines = Lines(lines)
        self._dialect, self._unquoted = dialect, replace(dialect, quote="")
        self._width = width
        self._row = above
        self._tried = 0
        """The number of rows that are not regular by their first line alone."""
        self._vain = 0
        self._fit = self._unfit = 0
        """The number of rows that another way than the first read with all columns, and of rows that no way did."""
        self._endless = False
        self._simple = len(dialect.delimiter) == 1 and bool(dialect.quote) and not dialect.escape
        self._cache = RowCache(self._lines, dialect, width)
        self.unclosed: list[int] = []
        self.odd: list[int] = []
        self.long: list[int] = []

    def __iter__(self) -> Iterator[list[str]]:
        delimiter, quote, escape = self._dialect.delimiter, self._dialect.quote, self._dialect.escape
        opening = (delimiter or _ENDS) + quote  # of a cell within a line: none without a separator
        begin = self._lines.begin
        while (line := begin()) is not None:
            self._row += 1
            body = line.rstrip(_ENDS)
            if not body:
                yield []
                continue
            if (quote and quote in body and (opening in body or body.startswith(quote))) or (
                escape and escape in body
            ):
                cells = self._cells(line, body)
            else:
                cells = body.split(delimiter) if delimiter else [body]
            if len(line) > LONGEST_CELL and max(map(len, cells)) > LONGEST_CELL:
                self.long.append(self._row)
            yield cells

    def _cells(self, line: str, body: str) -> list[str]:
        """The cells of a row whose first line has a quotation mark that opens a cell, or an escape."""
        same = self._cache.same(line)
        return self._taken(same, same.cells) if same else self._marked(line, body)

    def _marked(self, line: str, body: str) -> list[str]:
        """The cells of such a row if no row with the same lines was read before."""
        hopeless = self._hopeless(body)
        if hopeless and self._simple and body.count(self._dialect.quote) % 2:
            self.unclosed.append(self._row)
            return body.split(self._dialect.delimiter)
        state = hopeless, self._endless
        if like := self._cache.like(state, line):
            row, cells = like
            self._tried += row.tried
            self._vain += row.vain
            return self._taken(row, cells)
        tried, vain = self._tried, self._vain
        row = self._found(line, body, hopeless)
        row = replace(row, tried=self._tried - tried, vain=self._vain - vain)
        self._cache.keep_pattern(state, line, row)
        if not hopeless and not self._endless:
            self._cache.keep(line, row)
        return self._taken(row, row.cells)

    def _taken(self, row: ReadRow, cells: list[str]) -> list[str]:
        """Take the lines of the row, and note its number if its quotation marks do not fit; give the cells back."""
        self._lines.take(row.used)
        if row.rows is not None:
            row.rows.append(self._row)
        return cells

    def _found(self, line: str, body: str, hopeless: bool) -> ReadRow:
        """Read a row whose first line has quotation marks. Its further lines are not taken yet."""
        if self._simple:
            further = body.count(self._dialect.quote) % 2
            more = self._lines_more() if further else []
            if more is not None and (cells := self._by_rule(line, *more)):
                self._tried += further
                return ReadRow(cells, None, len(more), len(more))
        elif cells := self._by_parts(body):
            return ReadRow(cells, None, 0, 0)
        if hopeless:
            return ReadRow(*self._as_it_stands(line, body), 0, 0)
        self._tried += 1
        first = self._read(line, FIRST)
        if first.endless:
            self._endless = True
            self._lines.give_back(len(first.used))
            return ReadRow(*self._as_it_stands(line, body), 0, first.ahead)
        fits = first.odd < 0 and not first.unclosed
        if fits or self._endless:
            self._lines.give_back(len(first.used))
            rows = None if fits else self.unclosed if first.unclosed else self.odd
            return ReadRow(first.cells, rows, len(first.used), first.ahead)
        best, ahead = first, first.ahead
        if self._may_fit(line, first):
            best, ahead = self._best(line, first)
            weight = 1 + body.count(self._dialect.quote) // _USUAL_MARKS
            if best is first:
                self._unfit += weight
            else:
                self._fit += weight
        self._lines.give_back(len(best.used))
        self._vain += ahead - len(best.used)
        rows = self.unclosed if best.unclosed or best.way.literal else self.odd
        return ReadRow(best.cells, rows, len(best.used), ahead)

    def _hopeless(self, body: str) -> bool:
        """Whether the rows so far show that a mark left open in this row is not closed in a further line."""
        many = len(self.unclosed) > _HOPELESS or self._vain > _IN_VAIN
        if not self._endless and (not many or 3 * len(self.unclosed) <= self._tried):
            return False
        quote, escape = self._dialect.quote, self._dialect.escape
        return self._simple or (body.count(quote) - (body.count(escape + quote) if escape else 0)) % 2 > 0

    def _as_it_stands(self, line: str, body: str) -> tuple[list[str], list[int] | None]:
        """The cells of a line whose quotation marks are ordinary characters, and the list that the row is added to."""
        delimiter, quote, escape = self._dialect.delimiter, self._dialect.quote, self._dialect.escape
        if delimiter and not escape:
            cells = body.split(delimiter)
        else:
            cells = Reading(line, self._lines, self._unquoted, self._width, FIRST).cells
        return cells, self.unclosed if any(cell.startswith(quote) for cell in cells) else None

    def _lines_more(self) -> list[str] | None:
        """The further lines down to the next quotation mark; None if no cell can end there or if they may be rows."""
        quote, lines = self._dialect.quote, self._lines.ahead(1)
        if lines and quote not in lines[0]:
            lines = self._lines.ahead(MOST_AHEAD)
            lines = lines[: next((n for n, line in enumerate(lines, start=1) if quote in line), 0)]
        if not lines or lines[-1].count(quote) != 1:
            return None
        before = [*(line.rstrip(_ENDS) for line in lines[:-1]), lines[-1].partition(quote)[0]]
        return None if may_be_rows(before, self._dialect, self._width) else lines

    def _by_rule(self, *lines: str) -> list[str] | None:
        """The cells of lines that make one regular row; None if they do not."""
        dialect = self._dialect
        reader = csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True)
        try:
            cells = next(reader)
        except csv.Error:
            return None
        return cells if reader.line_num == len(lines) else None

    def _by_parts(self, body: str) -> list[str] | None:
        """The cells of a line, with any separator, if every mark is at the beginning or end of a cell; else None."""
        delimiter, quote, escape = self._dialect.delimiter, self._dialect.quote, self._dialect.escape
        if not delimiter or (escape and escape in body):
            return None
        parts = body.split(delimiter)
        for n, part in enumerate(parts):
            if quote in part:
                if part.count(quote) != 2 or not (part.startswith(quote) and part.endswith(quote)):
                    return None
                parts[n] = part[len(quote) : -len(quote)]
        return parts if len(parts) <= WIDEST else None

    def _best(self, line: str, first: Reading) -> tuple[Reading, int]:
        """The first way to read a row that gives all columns, else the first way; and how many further lines were looked at.

        A way that cannot differ from one that was tried is skipped.
        """
        taken, ahead, skipped = first, first.ahead, 0

        def read(way: Way) -> bool:
            nonlocal taken, ahead
            self._lines.give_back(len(taken.used))
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
            self._lines.give_back(len(taken.used))
            self._lines.take(len(first.used))
        return first, ahead

    def _may_fit(self, line: str, first: Reading) -> bool:
        """Whether a row that does not have all columns should be read in other ways."""
        return (
            len(first.cells) != self._width
            and len(first.cells) <= self._width + MOST_MORE
            and (self._unfit < _UNFIT or self._unfit < 10 * self._fit)
            and line.count(self._dialect.quote) <= _MANY
            and not self._too_short(line, first)
        )

    def _too_short(self, line: str, first: Reading) -> bool:
        """Whether a row has too few separators for all columns, and no way to read it uses a further line."""
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
        lines = Lines(()) if self._endless else self._lines
        return Reading(line, lines, self._dialect, self._width, way)
