"""Judge all rows of an Arrow batch at once: which must be examined one by one, and which are empty."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from peelcheck.reading.csv.dialect import Dialect
from peelcheck.reading.csv.strict_rows import swallows
from peelcheck.reading.fast.plain_bytes import NotPlainError
from peelcheck.reading.layout.header import Header

LONG = 32_767
_SEVERAL = 4
_NEVER = "\0"
_BEYOND_ASCII = 0x80
_LETTERS = np.array([chr(n).isalnum() for n in range(_BEYOND_ASCII)])


def unusual(batch: pa.RecordBatch, header: Header) -> NDArray[np.bool_]:
    """The rows that `Walk` must judge closely."""
    first, second = batch.column(0), batch.column(1)
    heading = header.names[0].strip() or _NEVER
    again = pc.starts_with(first, heading, ignore_case=True).to_numpy(zero_copy_only=False)
    unusual: NDArray[np.bool_] = ~(_begins_with_letter(first) & _begins_with_letter(second)) | again
    return unusual


def empty(batch: pa.RecordBatch) -> NDArray[np.bool_]:
    """The rows in which every cell is empty, without even a space."""
    empty = np.ones(len(batch), dtype=bool)
    for column in batch.columns:
        if not empty.any():
            break
        empty &= pc.equal(column, "").to_numpy(zero_copy_only=False)
    return empty


def _begins_with_letter(column: pa.Array) -> NDArray[np.bool_]:
    """Which cells begin with a letter or digit. The bytes are checked without a copy; Arrow checks text outside ASCII."""
    _, ends, letters = column.buffers()
    bounds = np.frombuffer(ends, np.int64)[column.offset : column.offset + len(column) + 1]
    text = np.frombuffer(letters or b"", np.uint8)
    full = np.flatnonzero(np.diff(bounds))
    first = text[bounds[full]]
    if (first >= _BEYOND_ASCII).any():
        return np.asarray(pc.utf8_is_alnum(pc.utf8_slice_codeunits(column, 0, 1)), dtype=bool)
    usual = np.zeros(len(column), dtype=bool)
    usual[full] = _LETTERS[first]
    return usual


def used(batch: pa.RecordBatch, header: Header) -> set[int]:
    """The positions of the columns without a heading that have text."""
    unnamed = [n for n, name in enumerate(header.names) if not name.strip()]
    return {
        n for n in unnamed if not all(not cell.strip() for cell in pc.unique(batch.column(n)).to_pylist())
    }


def refuse_long(batch: pa.RecordBatch) -> None:
    """Raise `NotPlainError` if a cell is too long."""
    for column in batch.columns:
        if (pc.max(pc.binary_length(column)).as_py() or 0) > LONG:
            raise NotPlainError


def refuse_swallowed(batch: pa.RecordBatch, dialect: Dialect) -> None:
    """Raise `NotPlainError` if a cell contains whole rows of the table.

    Only suspicious cells are examined one by one.
    """
    for n, column in enumerate(batch.columns):
        several = pc.match_substring(column, "\n")
        if not pc.any(several).as_py():
            continue
        suspects = batch.filter(several)
        suspects = suspects.filter(_may_swallow(suspects.column(n), n, dialect.delimiter))
        for row in zip(*(cells.to_pylist() for cells in suspects.columns), strict=True):
            if swallows(row, dialect, batch.num_columns):
                raise NotPlainError


def _may_swallow(cells: pa.Array, n: int, separator: str) -> pa.Array:
    """Which cells of column `n` may contain rows: they have as many separators as columns before them, or many lines."""
    separators = pc.subtract(pc.count_substring(cells, separator), pc.count_substring(cells, f"{separator} "))
    return pc.or_(
        pc.greater_equal(separators, max(n, 1)), pc.greater_equal(pc.count_substring(cells, "\n"), _SEVERAL)
    )
