"""Rows of text → columns of Arrow text with the spreadsheet's row of each cell; a frame of them when one is asked for."""

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
"""Rows that are turned at once: few enough for the processor's cache."""
SMALL_TABLE = 256
"""Rows from which a table is not small."""


class TextColumns(Struct, frozen=True, dict=True):
    """The cells of a table: its column names, all different, a column of text each, and the spreadsheet's rows.

    A column is a list where the table is small, as it costs more to make an Arrow array than to fill one.
    """

    names: Sequence[str]
    columns: Sequence[list[str] | pa.ChunkedArray]
    rows: Sequence[int]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def row_numbers(self) -> NDArray[np.int64]:
        """The spreadsheet's rows as an array."""
        if isinstance(self.rows, range):
            return np.arange(self.rows.start, self.rows.stop, self.rows.step, dtype=np.int64)
        return np.array(self.rows, dtype=np.int64)

    def column(self, name: str) -> list[str] | pa.ChunkedArray:
        """The cells of one column."""
        return self.columns[self.names.index(name)]

    def part(self, start: int, rows: int) -> TextColumns:
        """At most so many rows, from one on."""
        columns = [column[start : start + rows] for column in self.columns]
        return TextColumns(self.names, columns, self.rows[start : start + rows])

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The cells as a frame, without a copy; the index is the spreadsheet's row."""
        frame = pd.DataFrame(
            {n: as_text(joined([column])) for n, column in enumerate(self.columns)},
            index=_index(self.rows),
            copy=False,
        )
        frame.columns = pd.Index(list(self.names), dtype=TEXT)
        return frame


def joined(columns: Sequence[list[str] | Texts]) -> pa.ChunkedArray:
    """Columns of several tables, one after the other."""
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
    """All records as cells.

    Args:
        records: spreadsheet rows with their cells, one a column.
        names: of the columns that are kept, all different.
        kept: which of the cells they are.
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
    """Some rows of a text as cells, blank where a row is short; what goes beyond the last column is left out.

    Args:
        cells: of all rows, one after the other.
        lengths: how many of them each row has.
        numbers: which rows, counted from 1.
        names: of the columns that are kept, all different.
        kept: which of the cells they are.
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
    """The records in pieces of at most `rows` rows, at least one."""
    rest = iter(records)
    yield cells_of(islice(rest, rows), names, kept)
    while len(cells := cells_of(islice(rest, rows), names, kept)):
        yield cells


def no_cells() -> TextColumns:
    """For a file that holds no table."""
    return TextColumns((), (), range(0))


def _index(numbers: Sequence[int]) -> pd.Index:
    """Spreadsheet rows as an index; a range where none is left out."""
    if len(numbers) and numbers[-1] - numbers[0] == len(numbers) - 1:
        return pd.RangeIndex(numbers[0], numbers[-1] + 1)
    return pd.Index(np.asarray(numbers, dtype=np.int64))
