"""A stream of lines in which one can look ahead and go back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

_AT_ONCE = 4_096


class Lines:
    """Lines that are taken one by one. Within a row, lines that were taken can be given back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._rest = iter(lines)
        self._kept: list[str] = []
        self._at = 0

    def begin(self) -> str | None:
        """Take the first line of the next row; None after the last line. Earlier lines can no longer be given back."""
        at = self._at
        if at >= _AT_ONCE:
            del self._kept[:at]
            self._at = at = 0
        if at == len(self._kept):
            return self.next()
        self._at = at + 1
        return self._kept[at]

    def next(self) -> str | None:
        """Take the next line; None after the last line."""
        if self._at == len(self._kept):
            self._kept += islice(self._rest, _AT_ONCE)
            if self._at == len(self._kept):
                return None
        line = self._kept[self._at]
        self._at += 1
        return line

    def ahead(self, count: int) -> list[str]:
        """The next `count` lines, or all that are left, without taking them."""
        if self._at + count > len(self._kept):
            self._kept += islice(self._rest, _AT_ONCE)
        return self._kept[self._at : self._at + count]

    def give_back(self, count: int) -> None:
        """Give back the last `count` lines that were taken."""
        self._at -= count

    def take(self, count: int) -> None:
        """Take the next `count` lines, which `ahead` has shown."""
        self._at += count
