"""Lines one after another, of which some are looked at before they are read, or given back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

_AT_ONCE = 4_096


class Lines:
    """Lines that are read row by row; within a row the lines that were taken may be given back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._rest = iter(lines)
        self._held: list[str] = []
        self._at = 0

    def begin(self) -> str | None:
        """The first line of the next row; nothing after the last. Those before cannot be given back any more."""
        at = self._at
        if at >= _AT_ONCE:
            del self._held[:at]
            self._at = at = 0
        if at == len(self._held):
            return self.next()
        self._at = at + 1
        return self._held[at]

    def next(self) -> str | None:
        """The next line; nothing after the last."""
        if self._at == len(self._held):
            self._held += islice(self._rest, _AT_ONCE)
            if self._at == len(self._held):
                return None
        line = self._held[self._at]
        self._at += 1
        return line

    def ahead(self, count: int) -> list[str]:
        """The lines that come next, so many of them or all that are left; they come again."""
        if self._at + count > len(self._held):
            self._held += islice(self._rest, _AT_ONCE)
        return self._held[self._at : self._at + count]

    def give_back(self, count: int) -> None:
        """So many of the lines that were taken last come again."""
        self._at -= count

    def take(self, count: int) -> None:
        """So many of those that were looked at do not come again."""
        self._at += count
