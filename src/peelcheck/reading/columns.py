"""Turn rows of cells into columns of text that keep the spreadsheet row of each cell, and into a data frame on request."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct
from numpy.typing import NDArray

from peelcheck.arrays import TEXT, Texts, as_text

_PIECE = 1024
"""Rows that are turned into columns in one step: few enough for the processor's cache."""
SMALL_TABLE = 256
"""A table with fewer rows than this is small: its columns are lists."""


class TextColumns(Struct, frozen=True, dict=True):
    """The cells of a table as columns of text.

    Attributes:
        names: the column names, all different.
        columns: one column of text per name. In a small table it is a list, because making an Arrow array takes longer than
            filling one.
        rows: the spreadsheet row of each row.
    """

    names: Sequence[str]
    columns: Sequence[list[str] | pa.ChunkedArray]
    rows: Sequence[int]

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rows)

    @property
    def row_numbers(self) -> NDArray[np.int64]:
        """The spreadsheet rows as an array."""
        if isinstance(self.rows, range):
            return np.arange(self.rows.start, self.rows.stop, self.rows.step, dtype=np.int64)
        return np.array(self.rows, dtype=np.int64)

    def column(self, name: str) -> list[str] | pa.ChunkedArray:
        """The cells of one column."""
        return self.columns[self.names.index(name)]

    def part(self, start: int, rows: int) -> TextColumns:
        """At most `rows` rows, beginning at position `start`."""
        columns = [column[start : start + rows] for column in self.columns]
        return TextColumns(self.names, columns, self.rows[start : start + rows])

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The cells as a data frame, without a copy; the index is the spreadsheet row."""
        frame = pd.DataFrame(
            {n: as_text(joined([column])) for n, column in enumerate(self.columns)},
            index=_index(self.rows),
            copy=False,
        )
        frame.columns = pd.Index(list(self.names), dtype=TEXT)
        return frame


def joined(columns: Sequence[list[str] | Texts]) -> pa.ChunkedArray:
    """The same column of several tables, joined into one in their order."""
    if all(isinstance(column, list) for column in columns):
        return pa.chunked_array([pa.array(list(chain.from_iterable(columns)), pa.large_string())])
    each = [pa.array(column, pa.large_string()) if isinstance(column, list) else column for column in columns]
    chunks = [
        chunk
        for column in each
        for chunk in (column.chunks if isinstance(column, pa.ChunkedArray) else [column])
    ]
    return pa.chunked_array(chunks, pa.large_string())


def cells_of(
    records: Iterable[tuple[int, list[str]]], names: Sequence[str], kept: Sequence[int]
) -> TextColumns:
    """All records as columns of text.

    Args:
        records: spreadsheet rows with their cells; each row has one cell per column.
        names: the names of the columns to keep, all different.
        kept: the positions of these columns.
    """
    rest = iter(records)
    few = list(islice(rest, SMALL_TABLE))
    if len(few) < SMALL_TABLE:
        return TextColumns(names, [[row[n] for _, row in few] for n in kept], [number for number, _ in few])
    numbers: list[int] = []
    pieces: list[list[pa.Array]] = [[] for _ in kept]
    rest = chain(few, rest)
    while piece := list(islice(rest, _PIECE)):
        numbers += [number for number, _ in piece]
        width = len(piece[0][1])
        cells = list(chain.from_iterable(row for _, row in piece))
        for arrays, n in zip(pieces, kept, strict=True):
            arrays.append(pa.array(cells[n::width], pa.large_string()))
    return TextColumns(names, [pa.chunked_array(arrays, pa.large_string()) for arrays in pieces], numbers)


def picked(
    cells: Sequence[str],
    lengths: array[int],
    numbers: NDArray[np.int64],
    names: Sequence[str],
    kept: Sequence[int],
) -> TextColumns:
    """Some rows of a file as columns of text. Short rows are filled with blanks; cells after the last column are left out.

    Args:
        cells: the cells of all rows, one after the other.
        lengths: the number of cells of each row.
        numbers: the rows to take, counted from 1.
        names: the names of the columns to keep, all different.
        kept: the positions of these columns.
    """
    texts = pa.array(cells, pa.large_string())
    has = np.frombuffer(lengths, dtype=lengths.typecode)
    first = (np.cumsum(has) - has)[numbers - 1]
    has = has[numbers - 1]
    columns = [
        pc.fill_null(texts.take(pa.array(np.where(has > n, first + n, 0), mask=has <= n)), "") for n in kept
    ]
    return TextColumns(names, [pa.chunked_array([column]) for column in columns], numbers.tolist())


def pieces_of(
    records: Iterable[tuple[int, list[str]]], names: Sequence[str], kept: Sequence[int], rows: int
) -> Iterator[TextColumns]:
    """The records in pieces of at most `rows` rows. There is at least one piece, which may be empty."""
    rest = iter(records)
    yield cells_of(islice(rest, rows), names, kept)
    while len(cells := cells_of(islice(rest, rows), names, kept)):
        yield cells


def no_cells() -> TextColumns:
    """No columns and no rows, for a file that has no table."""
    return TextColumns((), (), range(0))


def _index(numbers: Sequence[int]) -> pd.Index:
    """Spreadsheet rows as an index; a range if no row is left out."""
    if len(numbers) and numbers[-1] - numbers[0] == len(numbers) - 1:
        return pd.RangeIndex(numbers[0], numbers[-1] + 1)
    return pd.Index(np.asarray(numbers, dtype=np.int64))
