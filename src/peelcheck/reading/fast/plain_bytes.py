"""Check whether a file is so plain that the fast reader and the careful reader must give the same table."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from peelcheck.reading.csv.dialect import Dialect
from peelcheck.reading.csv.encoding import has_controls
from peelcheck.reading.source import BLOCK, Source

_QUOTE, _CR, _LF = b'"'[0], b"\r"[0], b"\n"[0]
_LOST = b"\xef\xbf\xbd"
_WORD = 64
_Words = NDArray[np.uint64]
"""One bit per byte, 64 in a word; the first byte is the lowest bit."""
_ONE, _REST = np.uint64(1), np.uint64(_WORD - 1)


class NotPlainError(Exception):
    """The file has to be read carefully."""


class Bytes:
    """Counts of the bytes of a file, made block by block.

    Attributes:
        ends: the number of line ends, including those inside quotation marks.
        quoted: whether there are quotation marks.
        broken: whether there is a line end inside quotation marks.
        longest: the number of bytes in the longest line, or up to 200 more.
    """

    def __init__(self, delimiter: str) -> None:
        self.ends = 0
        self.quoted = False
        self.broken = False
        self.longest = 0
        self._line = 0  # bytes so far of the line that has not ended
        self._returns = 0
        self._pairs = 0
        self._open = False  # whether a quoted cell is open
        self._before = b"\n"  # the byte before the block; the start of a file counts as the start of a line
        self._delimiter = delimiter.encode()

    def add(self, block: bytes, after: bytes) -> None:
        """Count a block. `after` is the byte after it, empty at the end of the file, which ends a cell too.

        Raises:
            NotPlainError: the block has a null character, U+FFFD, a control character that stands for another one, or a
                misplaced quotation mark.
        """
        if 0 in block or (not block.isascii() and (_LOST in block or has_controls(block, self._before))):
            raise NotPlainError
        around = np.frombuffer(self._before + block + (after or self._delimiter), dtype=np.uint8)
        is_end = around == _LF
        ends = _packed(is_end)
        self._add_lines(ends, int(np.count_nonzero(is_end[1:-1])), len(block))
        bounds = ends
        if _CR in block or self._before == b"\r" or after == b"\r":
            returns = around == _CR
            self._returns += int(np.count_nonzero(returns[1:-1]))
            self._pairs += int(np.count_nonzero(returns[1:-1] & is_end[2:]))
            bounds = ends | _packed(returns)
        if self._open or _QUOTE in block:
            self._add_quotes(around, ends, bounds)
        self._before = block[-1:]

    def end(self) -> None:
        """End the count: no block is left.

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
        """Whether the last line has a line end."""
        return self._before == b"\n"

    def _add_lines(self, ends: _Words, count: int, size: int) -> None:
        """Count line ends, and the greatest possible length of a line. Positions are known to within one word of 64 bytes."""
        if not count:
            self._line += size
            return
        self.ends += count
        within = np.flatnonzero(ends)
        longest = _WORD * (int(np.diff(within).max(initial=0)) + 1)
        self.longest = max(self.longest, longest, self._line + _WORD * (int(within[0]) + 1))
        self._line = size - _WORD * int(within[-1])

    def _add_quotes(self, around: NDArray[np.uint8], ends: _Words, bounds: _Words) -> None:
        """Check that each opening mark follows a separator or a line end, and that each closing mark precedes one.

        Two marks within a cell count as one that closes and one that opens again, so they must touch.
        """
        marks = _packed(around == _QUOTE)
        bounds = bounds | marks | _packed(around == self._delimiter[0])
        own = _own(len(around))
        quotes = marks & own
        inside, self._open = _inside(quotes, self._open)
        opening, closing = quotes & inside, quotes & ~inside
        if (opening & ~_later(bounds)).any() or (closing & ~_earlier(bounds)).any():
            raise NotPlainError
        self.quoted = True
        self.broken = self.broken or bool((ends & own & inside).any())


def _packed(mask: NDArray[np.bool_]) -> _Words:
    """A mask as bits; the bits after its end are 0."""
    words = np.zeros(-(-len(mask) // _WORD), np.uint64)
    bits = np.packbits(mask, bitorder="little")
    words.view(np.uint8)[: len(bits)] = bits
    return words if sys.byteorder == "little" else words.byteswap()


def _own(size: int) -> _Words:
    """A mask of all bits except the first and the last, which belong to the neighbouring blocks."""
    words = np.full(-(-size // _WORD), ~np.uint64(0))
    words[0] &= ~_ONE
    words[-1] &= (_ONE << np.uint64((size - 1) % _WORD)) - _ONE
    return words


def _later(words: _Words) -> _Words:
    """The words with every bit moved one place later."""
    moved = words << _ONE
    moved[1:] |= words[:-1] >> _REST
    return moved


def _earlier(words: _Words) -> _Words:
    """The words with every bit moved one place earlier."""
    moved = words >> _ONE
    moved[:-1] |= words[1:] << _REST
    return moved


def _inside(quotes: _Words, before: bool) -> tuple[_Words, bool]:
    """Mark the bytes up to which the number of quotation marks is odd; and whether the total number is odd.

    Args:
        quotes: the positions of the quotation marks, as bits.
        before: whether the number of marks before the first byte is odd.
    """
    odd = quotes
    for step in (1, 2, 4, 8, 16, 32):
        odd = odd ^ (odd << np.uint64(step))
    after = np.bitwise_xor.accumulate(odd >> np.uint64(_WORD - 1)) ^ np.uint64(before)
    turned = np.concatenate([np.array([before], np.uint64), after[:-1]])
    return odd ^ (np.uint64(0) - turned), bool(after[-1])


def look_at_bytes(source: Source, dialect: Dialect, mark: int) -> Bytes:
    """Count all bytes of a file.

    Args:
        source: the file.
        dialect: the dialect of the file; its separator is one byte.
        mark: the number of bytes of the byte-order mark.

    Raises:
        NotPlainError: the file is not plain.
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
        for start in range(0, len(block), BLOCK):
            yield block[start : start + BLOCK]
