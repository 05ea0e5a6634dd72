"""Find values that are repeated among any number of records. An 8-byte hash of each value is kept, not the value."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from peelcheck.arrays import Texts

KeyArray = NDArray[np.uint64]
ByForce = tuple[NDArray[np.int64], Sequence[str]]
_NO_KEY = np.uint64(0)
_WORD = 8
"""Bytes that are hashed in one step."""


class Keys:
    """Hashes of a column whose values must be unique for each force, over all pieces of all files."""

    def __init__(self) -> None:
        self._hashes: list[KeyArray] = []

    def add(self, texts: Texts, forces: ByForce) -> None:
        """Add the values of one piece, with the forces of its rows; blanks and nulls are left out."""
        self._hashes.append(hashed(texts, forces))

    def repeated(self) -> KeyArray:
        """The hashes that occur more than once, sorted. The collected hashes are forgotten."""
        if not self._hashes:
            return np.empty(0, dtype=np.uint64)
        ordered = np.concatenate(self._hashes)
        self._hashes.clear()
        ordered.sort()
        again = ordered[1:][ordered[1:] == ordered[:-1]]
        return np.unique(again[again != _NO_KEY])


def hashed(texts: Texts, forces: ByForce) -> KeyArray:
    """A 64-bit hash of each value together with its force; 0 for a blank or a null. Spaces around a value are ignored.

    The force is included because two forces may use the same numbers for their records. Among ten million values, two
    different ones have the same hash by chance in one of 370,000 files.

    Args:
        texts: the values, one a row.
        forces: which force each row is of, and the forces' names.
    """
    plain = pc.utf8_trim_whitespace(pc.fill_null(texts, "") if texts.null_count else texts)
    plain = plain.combine_chunks() if isinstance(plain, pa.ChunkedArray) else plain
    which, names = forces
    values = _mixed(_hashes(plain) + _hashes(pa.array(names, pa.large_string()))[which])
    values[values == _NO_KEY] = 1
    values[pc.equal(plain, "").to_numpy(zero_copy_only=False)] = _NO_KEY
    return values


def _hashes(texts: pa.LargeStringArray) -> KeyArray:
    """A hash of each text. All texts are hashed at once, eight bytes in each step."""
    _, offsets, data = texts.buffers()
    ends = np.frombuffer(offsets, np.int64, len(texts) + 1, texts.offset * _WORD)
    size = data.size if data else 0
    written = np.zeros(size + _WORD, np.uint8)  # so that eight bytes can be read at the last text too
    written[:-_WORD] = np.frombuffer(data or b"", np.uint8)
    from_each = np.ndarray(len(written) - _WORD + 1, "<u8", written, strides=(1,))
    sizes = np.diff(ends)
    hashes = _mixed(sizes.astype(np.uint64))
    at = np.flatnonzero(sizes)  # the texts that have bytes left
    starts, left, mixed = ends[at], sizes[at], hashes[at]
    while len(at):
        word = from_each[starts]
        if int(left.min()) < _WORD:
            unused = (8 * (_WORD - np.minimum(left, _WORD))).astype(np.uint64)
            word = (word << unused) >> unused
        mixed = _mixed(mixed ^ word)
        starts, left = starts + _WORD, left - _WORD
        done = left <= 0
        if done.any():
            hashes[at[done]] = mixed[done]
            at, starts, left, mixed = at[~done], starts[~done], left[~done], mixed[~done]
    return hashes


def _mixed(words: KeyArray) -> KeyArray:
    """Words with their bits mixed, so that similar words become very different (splitmix64, Steele et al. 2014)."""
    words = words + np.uint64(0x9E3779B97F4A7C15)
    words ^= words >> np.uint64(30)
    words *= np.uint64(0xBF58476D1CE4E5B9)
    words ^= words >> np.uint64(27)
    words *= np.uint64(0x94D049BB133111EB)
    words ^= words >> np.uint64(31)
    return words
