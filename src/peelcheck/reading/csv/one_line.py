"""One line of a file: where its cells may end, and where its quotation marks and escapes are."""

from __future__ import annotations

from peelcheck.reading.csv.dialect import Dialect

_ENDS = "\r\n"


class Line:
    """A line that is searched for marks. Searches over the whole line are done once.

    Attributes:
        text: the line with its line end.
        end: the position of the line end.
    """

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text, self.end = text, len(text.rstrip(_ENDS))
        self._dialect = dialect
        self._delimiter, self._quote = dialect.delimiter, dialect.quote
        self._next_escape = -1, -1
        self._last: tuple[int, int] | None = None

    def unquoted(self, start: int) -> tuple[str, int]:
        """An unquoted cell that begins at `start`, and where it ends."""
        escape = self._dialect.escape
        line, end, at, parts = self.text, self.end, start, list[str]()
        stop = self._next_delimiter(at)
        if not escape:
            return line[at:stop], stop
        while (escaped := line.find(escape, at, stop)) >= 0:
            kept = escaped + (not self.escapes(escaped + 1))
            parts.append(line[at:kept] + line[escaped + 1 : min(escaped + 2, end)])
            at = min(escaped + 2, end)
            if at > stop:
                stop = self._next_delimiter(at)
        parts.append(line[at:stop])
        return "".join(parts), stop

    def closed_at_once(self, start: int) -> int:
        """The position of the next quotation mark if it certainly closes the cell that begins at `start`; else -1."""
        line, escape = self.text, self._dialect.escape
        stop = line.find(self._quote, start + 1)
        ends = stop + 1 == self.end or (
            stop >= 0 and self._delimiter != "" and line.startswith(self._delimiter, stop + 1)
        )
        return stop if ends and not (escape and escape in line[start:stop]) else -1

    def never_closed(self, after: int) -> bool:
        """Whether no mark of the line can close a cell that was opened before `after`, and the last mark is misplaced."""
        if self._dialect.escape:
            return False
        if self._last is None:
            self._last = self._last_marks()
        first, end = self._last
        return end > after and (end - max(first, after)) % 2 > 0

    def closes(self, after: int) -> bool:
        """Whether a quotation mark just before `after` closes its cell."""
        delimiter = self._delimiter
        if self.text.startswith(" ", after):
            after = self.after(after)
        return after >= self.end or (bool(delimiter) and self.text.startswith(delimiter, after))

    def after(self, after: int) -> int:
        """The position after the spaces that some programs write after a closing quotation mark."""
        delimiter = self._dialect.delimiter
        while self.text.startswith(" ", after) and not (delimiter and self.text.startswith(delimiter, after)):
            after += 1
        return after

    def escapes(self, at: int) -> bool:
        """Whether a mark that can be escaped begins at `at`: a quotation mark, a separator or the escape itself."""
        written = self._dialect
        return any(
            mark and self.text.startswith(mark, at)
            for mark in (written.quote, written.delimiter, written.escape)
        )

    def escape_before(self, stop: int, at: int) -> int:
        """The position of the next escape from `at` on, if it is before `stop`; else -1. A negative `stop` is no limit."""
        searched, found = self._next_escape
        if searched < 0 or at < searched or 0 <= found < at:
            searched, found = at, self.text.find(self._dialect.escape, at)
            self._next_escape = searched, found
        return found if stop < 0 or found < stop else -1

    def _next_delimiter(self, at: int) -> int:
        """The position of the next separator, else of the line end."""
        stop = self.text.find(self._delimiter, at, self.end) if self._delimiter else -1
        return self.end if stop < 0 else stop

    def _last_marks(self) -> tuple[int, int]:
        """Where the last run of quotation marks begins and ends; (0, 0) if any mark of the line may close a cell."""
        quote, delimiter, line, end = self._quote, self._delimiter, self.text, self.end
        if line.endswith(quote, 0, end) or f"{quote} " in line or f"{quote}{delimiter}" in line:
            return 0, 0
        first = last = line.rfind(quote, 0, end) + 1
        while line.endswith(quote, 0, first):
            first -= 1
        return first, last
