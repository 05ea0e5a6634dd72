"""Whether the bytes of a file are so plain that a fast reader and a careful one must read the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from peelcheck.reading.dialect import Dialect
from peelcheck.reading.source import Source

_QUOTE, _CR, _LF = b'"'[0], b"\r"[0], b"\n"[0]
_LOST = b"\xef\xbf\xbd"
_AT_ONCE = 96 << 10
"""Bytes that are looked at together: few enough that the room for what is made of them is used again and again, and not given
back to the system each time."""
_WORD = 64
_Words = NDArray[np.uint64]
"""A bit for each byte, 64 in a word, the first byte in the lowest bit."""


class NotPlainError(Exception):
    """The file has to be read carefully."""


class Bytes:
    """What is counted in the bytes of a file, block by block.

    Attributes:
        ends: ends of lines, those inside quotation marks counted too.
        quoted: whether there are quotation marks.
        broken: whether a line ends inside of them.
        longest: bytes in the longest line.
    """

    def __init__(self, delimiter: str) -> None:
        self.ends = 0
        self.quoted = False
        self.broken = False
        self.longest = 0
        self._line = 0  # bytes of the line that is not at its end
        self._returns = 0
        self._pairs = 0
        self._open = False  # whether a quotation mark is open
        self._before = b"\n"  # the byte before the block: at the start of a file as after the end of a line
        self._delimiter = delimiter.encode()[0]

    def add(self, block: bytes, after: bytes) -> None:
        """Look at a block; `after` is the byte behind it, none at the end of the file.

        Raises:
            NotPlainError: it has null characters, U+FFFD, or a quotation mark that does not fit.
        """
        if 0 in block or (not block.isascii() and _LOST in block):
            raise NotPlainError
        around = np.frombuffer(self._before + block + (after or b"\n"), dtype=np.uint8)
        ends = around == _LF
        self._add_lines(np.flatnonzero(ends[1:-1]), len(block))
        returns = around == _CR
        if _CR in block:
            self._returns += int(np.count_nonzero(returns[1:-1]))
            self._pairs += int(np.count_nonzero(returns[1:-1] & ends[2:]))
        if self._open or _QUOTE in block:
            self._add_quotes(around, ends, returns)
        self._before = block[-1:]

    def end(self) -> None:
        """No block is left.

        Raises:
            NotPlainError: lines end in more than one way, or a quotation mark is never closed.
        """
        if self._returns and not self._returns == self._pairs == self.ends:
            raise NotPlainError
        if self._open:
            raise NotPlainError
        self.longest = max(self.longest, self._line)

    @property
    def ended(self) -> bool:
        """Whether the last line has an end."""
        return self._before == b"\n"

    def _add_lines(self, ends: NDArray[np.int64], size: int) -> None:
        if not len(ends):
            self._line += size
            return
        self.ends += len(ends)
        self.longest = max(self.longest, self._line + int(ends[0]), int(np.diff(ends).max(initial=0)))
        self._line = size - 1 - int(ends[-1])

    def _add_quotes(
        self, around: NDArray[np.uint8], ends: NDArray[np.bool_], returns: NDArray[np.bool_]
    ) -> None:
        """Each mark that opens must stand behind a separator or a line's end, each that closes before one.

        Of two in the middle of a cell the first closes and the second opens again, so they must touch.
        """
        marks = around == _QUOTE
        bounds = marks | ends | returns | (around == self._delimiter)
        quotes = _packed(marks[1:-1])
        inside, self._open = _inside(quotes, self._open)
        opening, closing = quotes & inside, quotes & ~inside
        if (opening & ~_packed(bounds[:-2])).any() or (closing & ~_packed(bounds[2:])).any():
            raise NotPlainError
        self.quoted = True
        self.broken = self.broken or bool((_packed(ends[1:-1]) & inside).any())


def _packed(mask: NDArray[np.bool_]) -> _Words:
    """A mask as bits, 0 behind its end."""
    words = np.zeros(-(-len(mask) // _WORD), np.uint64)
    bits = np.packbits(mask, bitorder="little")
    words.view(np.uint8)[: len(bits)] = bits
    return words if sys.byteorder == "little" else words.byteswap()


def _inside(quotes: _Words, before: bool) -> tuple[_Words, bool]:
    """Which bytes stand behind an odd number of quotation marks, themselves counted; and whether those after the last do.

    Args:
        quotes: where the marks are.
        before: whether the number of marks before the first byte is odd.
    """
    odd = quotes
    for step in (1, 2, 4, 8, 16, 32):
        odd = odd ^ (odd << np.uint64(step))
    after = np.bitwise_xor.accumulate(odd >> np.uint64(_WORD - 1)) ^ np.uint64(before)
    turned = np.concatenate([np.array([before], np.uint64), after[:-1]])
    return odd ^ (np.uint64(0) - turned), bool(after[-1])


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
    for n, block in enumerate(_pieces(source)):
        fresh = block if n else block[mark:]
        if waiting:
            counted.add(waiting, fresh[:1])
        waiting = fresh
    counted.add(waiting, b"")
    counted.end()
    return counted


def _pieces(source: Source) -> Iterator[bytes]:
    for block in source.blocks():
        for start in range(0, len(block), _AT_ONCE):
            yield block[start : start + _AT_ONCE]
