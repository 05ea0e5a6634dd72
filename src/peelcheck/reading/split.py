"""Text → rows of cells. A row is what a spreadsheet shows as one: newlines inside quotes do not end it, a blank line is one.

Regular files go through Python's csv module. Where that refuses, or cannot (separators and escapes of its own kinds), the
rows are split here, in one pass: a quotation mark closes a cell only before a separator or the line's end, and one that
is never closed is an ordinary character.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from peelcheck.reading.dialect import Dialect

LONGEST_CELL = 131_072
"""Characters in a cell, four times what a spreadsheet's cell holds."""


@dataclass
class Rows:
    """The rows of a text; row n of the spreadsheet is `cells[n - 1]`.

    Attributes:
        cells: of each row; none for a blank line.
        unclosed: rows with a quotation mark that is never closed.
        odd: rows with a quotation mark inside a quoted cell, not written twice.
    """

    cells: list[list[str]]
    unclosed: list[int] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)


def split(text: str, dialect: Dialect) -> Rows:
    """All rows of a text."""
    if len(dialect.delimiter) == 1 and not dialect.escape:
        try:
            return Rows(list(_regular(text, dialect)))
        except csv.Error:
            pass  # it is not regular: look at it closely
    lines = io.StringIO(text, newline="")
    closely = _Closely(lines, dialect)
    return Rows(list(closely), closely.unclosed, closely.odd)


def _regular(text: str, dialect: Dialect) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    return csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote or None, strict=True)


class _Closely:
    """An iterator over rows that makes sense of quotation marks that do not fit."""

    def __init__(self, lines: Iterable[str], dialect: Dialect) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self._dialect = dialect
        self._row = 0
        self.unclosed: list[int] = []
        self.odd: list[int] = []

    def __iter__(self) -> Iterator[list[str]]:
        while (line := self._next()) is not None:
            self._row += 1
            yield self._cells(line)

    def _next(self) -> str | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def _cells(self, line: str) -> list[str]:
        delimiter, quote, escape = self._dialect.delimiter, self._dialect.quote, self._dialect.escape
        body = line.rstrip("\r\n")
        if not body:
            return []
        if (not quote or quote not in body) and (not escape or escape not in body):
            return body.split(delimiter) if delimiter else [body]
        cells, at = [], 0
        while True:
            if quote and line.startswith(quote, at):
                cell, line, at = self._quoted(line, at)
            else:
                cell, at = self._unquoted(line, at)
            cells.append(cell)
            if not delimiter or not line.startswith(delimiter, at):
                return cells
            at += len(delimiter)

    def _unquoted(self, line: str, start: int) -> tuple[str, int]:
        """The cell and where it ends."""
        delimiter, escape = self._dialect.delimiter, self._dialect.escape
        end = len(line.rstrip("\r\n"))
        stop = line.find(delimiter, start, end) if delimiter else -1
        stop = end if stop < 0 else stop
        if not escape or line.find(escape, start, stop) < 0:
            return line[start:stop], stop
        out, at = [], start
        while at < end and not (delimiter and line.startswith(delimiter, at)):
            if line.startswith(escape, at) and at + 1 < end:
                at += 1
            out.append(line[at])
            at += 1
        return "".join(out), at

    def _quoted(self, line: str, start: int) -> tuple[str, str, int]:
        """The cell, the line that it ends in, and where; as an unquoted cell if it is never closed."""
        quote, escape = self._dialect.quote, self._dialect.escape
        first, at, length, odd = line, start + len(quote), 0, False
        parts: list[str] = []
        used: list[str] = []
        while True:
            stop = line.find(quote, at)
            escaped = line.find(escape, at) if escape else -1
            if escaped >= 0 and (stop < 0 or escaped < stop) and escaped + 1 < len(line):
                parts.append(line[at:escaped] + line[escaped + 1])
                at = escaped + 2
            elif stop >= 0 and line.startswith(quote, stop + 1) and not escape:
                parts.append(line[at : stop + 1])
                at = stop + 2
            elif stop >= 0 and self._closes(line, stop + 1):
                parts.append(line[at:stop])
                if odd:
                    self.odd.append(self._row)
                return "".join(parts), line, self._after(line, stop + 1)
            elif stop >= 0 and not used:
                odd = True
                parts.append(line[at : stop + 1])
                at = stop + 1
            else:
                following = None if stop >= 0 or odd else self._next()
                length += len(line) - at
                if following is None or length > LONGEST_CELL:
                    self._again.extendleft(reversed([*used, following] if following is not None else used))
                    self.unclosed.append(self._row)
                    cell, end = self._unquoted(first, start)
                    return cell, first, end
                parts.append(line[at:])
                used.append(following)
                line, at = following, 0

    def _closes(self, line: str, after: int) -> bool:
        """Whether a quotation mark that ends before `after` closes its cell."""
        after = self._after(line, after)
        delimiter = self._dialect.delimiter
        return after >= len(line.rstrip("\r\n")) or (bool(delimiter) and line.startswith(delimiter, after))

    def _after(self, line: str, after: int) -> int:
        """Past the spaces that some programs leave behind a closing quotation mark."""
        delimiter = self._dialect.delimiter
        while line.startswith(" ", after) and not (delimiter and line.startswith(delimiter, after)):
            after += 1
        return after
