"""Whether the bytes of a file are so plain that a fast reader and a careful one must read the same."""

from __future__ import annotations

import numpy as np

from peelcheck.reading.dialect import Dialect
from peelcheck.reading.source import Source

_QUOTE, _CR, _LF = b'"'[0], b"\r"[0], b"\n"[0]
_LOST = b"\xef\xbf\xbd"


class NotPlainError(Exception):
    """The file has to be read carefully."""


class Bytes:
    """What is counted in the bytes of a file, block by block.

    Attributes:
        ends: ends of lines, those inside quotation marks counted too.
        quotes: quotation marks.
        longest: bytes in the longest line.
    """

    def __init__(self, delimiter: str) -> None:
        self.ends = 0
        self.quotes = 0
        self.longest = 0
        self._line = 0  # bytes of the line that is not at its end
        self._returns = 0
        self._pairs = 0
        self._before = b"\n"  # the byte before the block: at the start of a file as after the end of a line
        self._bounds = np.zeros(256, dtype=bool)
        self._bounds[[delimiter.encode()[0], _CR, _LF, _QUOTE]] = True

    def add(self, block: bytes, after: bytes) -> None:
        """Look at a block; `after` is the byte behind it, none at the end of the file.

        Raises:
            NotPlainError: it has null characters, U+FFFD, or a quotation mark that does not fit.
        """
        if 0 in block or (not block.isascii() and _LOST in block):
            raise NotPlainError
        self._add_lines(block)
        if _CR in block:
            self._returns += block.count(_CR)
            self._pairs += block.count(b"\r\n") + (block.endswith(b"\r") and after == b"\n")
        if _QUOTE in block:
            self._add_quotes(block, after)
        self._before = block[-1:]

    def end(self) -> None:
        """No block is left.

        Raises:
            NotPlainError: lines end in more than one way, or a quotation mark is never closed.
        """
        if self._returns and not self._returns == self._pairs == self.ends:
            raise NotPlainError
        if self.quotes % 2:
            raise NotPlainError
        self.longest = max(self.longest, self._line)

    @property
    def ended(self) -> bool:
        """Whether the last line has an end."""
        return self._before == b"\n"

    def _add_lines(self, block: bytes) -> None:
        ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == _LF)
        if not len(ends):
            self._line += len(block)
            return
        self.ends += len(ends)
        self.longest = max(self.longest, self._line + int(ends[0]), int(np.diff(ends).max(initial=0)))
        self._line = len(block) - 1 - int(ends[-1])

    def _add_quotes(self, block: bytes, after: bytes) -> None:
        """Each mark that opens must stand behind a separator or a line's end, each that closes before one.

        Of two in the middle of a cell the first closes and the second opens again, so they must touch.
        """
        around = np.frombuffer(self._before + block + (after or b"\n"), dtype=np.uint8)
        at = np.flatnonzero(around[1:-1] == _QUOTE)
        first = self.quotes % 2  # 0 where the first of the block opens
        behind_opening, before_closing = around[at[first::2]], around[at[1 - first :: 2] + 2]
        self.quotes += len(at)
        if not (self._bounds[behind_opening].all() and self._bounds[before_closing].all()):
            raise NotPlainError


def look_at_bytes(source: Source, dialect: Dialect, mark: int) -> Bytes:
    """Look at all bytes of a file.

    Args:
        source: the file.
        dialect: how it is written; its separator is one byte.
        mark: bytes of the byte-order mark.

    Raises:
        NotPlainError: it is not plain.
    """
    counted = Bytes(dialect.delimiter)
    waiting = b""
    for n, block in enumerate(source.blocks()):
        fresh = block if n else block[mark:]
        if waiting:
            counted.add(waiting, fresh[:1])
        waiting = fresh
    counted.add(waiting, b"")
    counted.end()
    return counted
