"""The careful way: any text, split in Python, twice over a large file and once over a small one."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace
from numpy.typing import NDArray

from peelcheck.reading.columns import SMALL_TABLE, TextColumns, cells_of, picked, pieces_of
from peelcheck.reading.csv.dialect import Dialect, rows_of
from peelcheck.reading.csv.encoding import REPLACEMENT, Encoding, LineTooLongError, lines
from peelcheck.reading.csv.lenient_rows import Splitter
from peelcheck.reading.csv.sample import beginning_of
from peelcheck.reading.csv.strict_rows import NotRegularError, regular_rows
from peelcheck.reading.found import Found
from peelcheck.reading.layout.header import LOOKED_AT, Header, find_header, is_transposed, usual_width
from peelcheck.reading.layout.rows import Walk, Walked
from peelcheck.reading.observations import UnreadableError
from peelcheck.reading.observations.no_table import (
    EmptyFile,
    LongLine,
    LongLineOfCells,
    TransposedTable,
    WideRow,
)
from peelcheck.reading.source import Source
from peelcheck.reading.text import LONGEST_CELL, WIDEST, Row, blank, shown_nulls

_KEPT_IN_MEMORY = 1 << 24
"""Bytes of a file up to which its cells are held in memory; a larger one is split twice."""
_AT_ONCE = 4_096
"""Lines that are split together."""
_FEW = 2
"""Records of a first table below which a larger one is read instead, where no headings are known: it may be a title's."""
_BEGINNING = 100
"""Characters of a line without an end that are kept."""
_NULL = "\x00"
_DAMAGE = (_NULL, REPLACEMENT)


class Rows(Struct):
    """The rows of a text, from the first each time it is iterated.

    Attributes:
        nulls: rows with null characters, which are left out.
        lost: rows with letters that could not be read.
        unclosed, odd, long: as `split.Splitter` has them.
        kept: all cells one after the other and how many of them each row has, where they are kept in memory. (A list for
            each row would keep Python's collector of garbage busy.)
    """

    source: Source
    encoding: Encoding
    dialect: Dialect
    skip: int
    width: int
    nulls: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    kept: tuple[list[str], array[int]] | None = None

    def __iter__(self) -> Iterator[list[str]]:
        if self.kept is not None:
            return self._again(*self.kept)
        return self._whole(self._split()) if self.encoding.damaged else self._split()

    def keep(self) -> None:
        """Split once and keep the cells."""
        cells, lengths = list[str](), array("l")
        begun = self._split_at_once(cells, lengths)
        for row in self._split(begun):
            cells += row
            lengths.append(len(row))
        self.kept = cells, lengths
        if self.encoding.damaged and any(map("".join(cells).__contains__, _DAMAGE)):
            whole = list(chain.from_iterable(self._whole(self)))
            self.kept = whole, lengths

    @staticmethod
    def _again(cells: list[str], lengths: array[int]) -> Iterator[list[str]]:
        end = 0
        for length in lengths:
            start, end = end, end + length
            yield cells[start:end]

    def _split_at_once(self, cells: list[str], lengths: array[int]) -> int:
        """Split the first lines, each a row, many at once as long as there are no quotation marks; how many they are."""
        delimiter, quote, escape = self.dialect.delimiter, self.dialect.quote, self.dialect.escape
        rest = self._lines(0) if len(delimiter) == 1 and not escape else iter(())
        while block := list(islice(rest, _AT_ONCE)):
            if (quote and any(quote in line for line in block)) or max(map(len, block)) > LONGEST_CELL:
                break
            rows = [line.rstrip("\r\n") for line in block]
            if filled := delimiter.join(filter(None, rows)):
                cells += filled.split(delimiter)
            lengths.extend([row.count(delimiter) + 1 if row else 0 for row in rows])
        return len(lengths)

    def _split(self, begun: int = 0) -> Iterator[list[str]]:
        """All rows but the first lines that are split already; mark by mark from the first on that is not regular."""
        try:
            yield from regular_rows(self._lines(begun), self.dialect, self.width)
        except NotRegularError as error:
            above = begun + error.rows
            splitter = Splitter(self._lines(begun + error.lines), self.dialect, self.width, above)
            self.unclosed, self.odd, self.long = splitter.unclosed, splitter.odd, splitter.long
            yield from splitter

    def _lines(self, start: int) -> Iterator[str]:
        return islice(lines(self.source, self.encoding), self.skip + start, None)

    def _whole(self, rows: Iterable[list[str]]) -> Iterator[list[str]]:
        """The rows, with null characters shown; which have any, and which letters that could not be read, is noted."""
        self.nulls, self.lost = [], []
        for number, row in enumerate(rows, start=1):
            text = "".join(row)
            if REPLACEMENT in text:
                self.lost.append(number)
            if _NULL in text:
                row = [shown_nulls(cell) for cell in row]
                self.nulls.append(number)
            yield row


class CarefulRead:
    """A table that was found in a text and is split again for its cells, unless its rows are held."""

    def __init__(self, rows: Rows, walk: Walk) -> None:
        self._rows, self._blank = rows, walk.blank
        self.found = Found(
            encoding=rows.encoding,
            dialect=rows.dialect,
            header=walk.header,
            walked=walk.walked,
            said=rows.skip > 0,
            nulls=rows.nulls,
            lost=rows.lost,
            unclosed=rows.unclosed,
            odd=rows.odd,
            long=rows.long,
        )

    def cells(self, names: Sequence[str], kept: Sequence[int]) -> TextColumns:
        """All records."""
        if self._rows.kept is None or self.found.walked.records < SMALL_TABLE:
            return cells_of(self._records(), names, kept)
        cells, lengths = self._rows.kept
        return picked(cells, lengths, self._numbers(lengths), names, kept)

    def pieces(self, names: Sequence[str], kept: Sequence[int], rows: int) -> Iterator[TextColumns]:
        """The records in pieces of at most `rows` rows, at least one."""
        if self._rows.kept is None:
            yield from pieces_of(self._records(), names, kept, rows)
            return
        cells = self.cells(names, kept)
        yield from (cells.part(start, rows) for start in range(0, max(len(cells), 1), rows))

    def _numbers(self, lengths: array[int]) -> NDArray[np.int64]:
        """The rows that are records, of rows with so many cells."""
        header, walked = self.found.header, self.found.walked
        left_out = np.frombuffer(lengths, dtype=lengths.typecode) == 0
        left_out[np.array([*walked.repeated, *self._blank], dtype=np.int64) - 1] = True
        return np.flatnonzero(~left_out[header.first - 1 : walked.last]) + header.first

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        return _records(self._rows, self.found.header, self.found.walked)


def read_carefully(source: Source, known: frozenset[str]) -> CarefulRead:
    """Find the table in a text.

    Raises:
        UnreadableError: there is none.
    """
    begins = beginning_of(source, known)
    dialect = begins.dialect
    width = usual_width(rows_of(begins.lines[:LOOKED_AT], dialect))
    rows = Rows(source, begins.encoding, dialect, begins.hidden, width)
    try:
        return _read(rows, known)
    except LineTooLongError as error:
        kind = LongLineOfCells if error.start.count(dialect.delimiter) > WIDEST else LongLine
        raise UnreadableError(kind(error.start[:_BEGINNING])) from error


def read_rows(cells: Iterable[Sequence[str]], known: frozenset[str]) -> CarefulRead:
    """Find the table in rows that are split already, such as those of a workbook's sheet.

    Raises:
        UnreadableError: there is none.
    """
    each = list(cells)
    kept = list(chain.from_iterable(each)), array("l", map(len, each))
    return _read(Rows(Source(b""), Encoding("utf-8"), Dialect(","), skip=0, width=0, kept=kept), known)


def _read(rows: Rows, known: frozenset[str]) -> CarefulRead:
    if rows.kept is None and rows.source.size <= _KEPT_IN_MEMORY:
        rows.keep()
    start = next((number for number, row in enumerate(rows, start=1) if not blank(row)), 0)
    if not start:
        raise UnreadableError(EmptyFile("blank lines"))
    first = list(islice(rows, start - 1, start - 1 + LOOKED_AT))
    header = find_header(first, known, start)
    if not header.known and is_transposed(first, known):
        raise UnreadableError(TransposedTable())
    if header.width > WIDEST:
        row = header.row or header.first
        width = max(header.width, len(first[row - start]))
        raise UnreadableError(WideRow(width, rows=(row,)))
    walk = Walk(header, note_blank=rows.kept is not None).all(rows)
    few = walk.walked.records < _FEW if not known else not header.known
    if few and walk.walked.other_rows > walk.walked.records:
        walk = _other(rows, known, walk)
    return CarefulRead(rows, walk)


def _other(rows: Rows, known: frozenset[str], walk: Walk) -> Walk:
    """The second table instead of the first, which is smaller."""
    walked = walk.walked
    first = list(islice(rows, walked.other - 1, walked.other - 1 + LOOKED_AT))
    header = find_header(first, known, walked.other)
    other = Walk(header, note_blank=rows.kept is not None).all(rows)
    other.walked = replace(
        other.walked, other=walk.header.row, other_names=walk.header.names, other_rows=walked.records
    )
    return other


def _records(rows: Iterable[Row], header: Header, walked: Walked) -> Iterator[tuple[int, list[str]]]:
    """The records with their rows, each with one cell a column."""
    width = header.width
    blanks = [""] * width
    skipped: Collection[int] = frozenset(walked.repeated)
    below = islice(rows, header.first - 1, max(walked.last, header.first - 1))
    for number, row in enumerate(below, start=header.first):
        if number in skipped or not row or ((not row[0] or row[0].isspace()) and blank(row)):
            continue
        if len(row) == width:
            yield number, list(row)
        elif len(row) < width:
            yield number, [*row, *blanks[len(row) :]]
        else:
            yield number, list(row[:width])
