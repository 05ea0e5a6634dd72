"""Lines of which some are looked at before they are read, or given back."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import islice


class Lines:
    """Lines one after another, of which some may be put back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()

    def next(self) -> str | None:
        """The next line; nothing after the last."""
        return self._again.popleft() if self._again else next(self._lines, None)

    def ahead(self, count: int) -> tuple[str, ...]:
        """The lines that come next, so many of them or all that are left; they come again."""
        again = self._again
        while len(again) < count and (line := next(self._lines, None)) is not None:
            again.append(line)
        return tuple(islice(again, count))

    def put_back(self, lines: list[str]) -> None:
        """They come again, before all others."""
        self._again.extendleft(reversed(lines))

    def take(self, count: int) -> None:
        """So many of those that were looked at do not come again."""
        for _ in range(count):
            self._again.popleft()
