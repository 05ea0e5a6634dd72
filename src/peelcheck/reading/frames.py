"""Rows of text → a frame whose index is the spreadsheet's row and whose columns are Arrow text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import numpy as np
import pandas as pd
import pyarrow as pa

_TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
_PIECE = 1024
"""Rows that are turned at once: few enough for the processor's cache."""


def frame_of(
    records: Iterable[tuple[int, list[str]]], names: Sequence[str], kept: Sequence[int]
) -> pd.DataFrame:
    """All records as one frame.

    Args:
        records: spreadsheet rows with their cells, one a column.
        names: of the columns that are kept, all different.
        kept: which of the cells they are.
    """
    numbers: list[int] = []
    pieces: list[list[pa.Array]] = [[] for _ in kept]
    rest = iter(records)
    while piece := list(islice(rest, _PIECE)):
        numbers += [number for number, _ in piece]
        width = len(piece[0][1])
        cells = list(chain.from_iterable(row for _, row in piece))
        for arrays, n in zip(pieces, kept, strict=True):
            arrays.append(pa.array(cells[n::width], pa.large_string()))
    columns = [pa.concat_arrays(arrays) if arrays else pa.array([], pa.large_string()) for arrays in pieces]
    return framed([pa.chunked_array([column]) for column in columns], names, row_index(numbers))


def frames_of(
    records: Iterable[tuple[int, list[str]]], names: Sequence[str], kept: Sequence[int], rows: int
) -> Iterator[pd.DataFrame]:
    """The records in frames of at most `rows` rows, at least one."""
    rest = iter(records)
    yield frame_of(islice(rest, rows), names, kept)
    while not (frame := frame_of(islice(rest, rows), names, kept)).empty:
        yield frame


def framed(columns: Sequence[pa.ChunkedArray], names: Sequence[str], index: pd.Index) -> pd.DataFrame:
    """Arrow columns as a frame, without a copy."""
    arrays = {
        n: pd.arrays.ArrowStringArray(column, dtype=_TEXT)  # type: ignore[call-arg]
        for n, column in enumerate(columns)
    }
    frame = pd.DataFrame(arrays, index=index, copy=False)
    frame.columns = pd.Index(list(names), dtype=_TEXT)
    return frame


def row_index(numbers: Sequence[int]) -> pd.Index:
    """Spreadsheet rows as an index; a range where none is left out."""
    if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
        return pd.RangeIndex(numbers[0], numbers[-1] + 1)
    return pd.Index(np.asarray(numbers, dtype=np.int64))


def no_frame() -> pd.DataFrame:
    """A frame without columns, for a file that holds no table."""
    return pd.DataFrame(index=pd.RangeIndex(0))
