"""The fast reader, for large plain files: UTF-8, one separator, no ragged rows, and every quotation mark in its place.

Arrow splits the file from the first row of the body on. The rows are judged in the same way as by the careful reader. As soon
as something is not plain, `read_fast` gives up, and the file is read carefully.
"""

from __future__ import annotations

import codecs
import csv
import io
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.csv
from msgspec.structs import replace

from peelcheck.reading.columns import TextColumns
from peelcheck.reading.csv.dialect import Dialect, find_dialect
from peelcheck.reading.csv.encoding import Encoding
from peelcheck.reading.csv.sample import sample_of
from peelcheck.reading.csv.strict_rows import NotRegularError, regular_rows
from peelcheck.reading.fast.batches import LONG, empty, refuse_long, refuse_swallowed, unusual, used
from peelcheck.reading.fast.plain_bytes import NotPlainError, look_at_bytes
from peelcheck.reading.found import Found
from peelcheck.reading.layout.header import LOOKED_AT, Header, find_header, is_transposed
from peelcheck.reading.layout.rows import Walk
from peelcheck.reading.observations import UnreadableError
from peelcheck.reading.source import HEAD, Source
from peelcheck.reading.text import blank

FROM = 1 << 17
"""Size in bytes of the smallest file that is read in this way."""
_OFFSET = 8
"""Bytes that Arrow needs for each cell besides its text."""
_BLOCK = 1 << 22
_LEAST_BLOCK = 1 << 18
_MOST_LOOKED_AT = 1_000
"""Rows of a batch that may be examined one by one, even if they are more than half of it."""
_ROWS = 50_000
"""Rows in a block of an ordinary file. Very short rows need much more memory as cells than as bytes, so rows are limited."""


class FastRead:
    """A table that Arrow reads.

    Attributes:
        found: what is known about the file.
    """

    def __init__(self, source: Source, found: Found, head: str) -> None:
        self.found = found
        self._source = source
        self._head = head
        self._start = found.encoding.mark + len(head.encode())
        self._table: pa.Table | None = None
        self._blank: list[range] = []  # counted from the first row of the body

    def look(self, keep_up_to: int) -> None:
        """Check all bytes, and split the file now if its cells need no more than `keep_up_to` bytes of memory.

        Raises:
            NotPlainError: the file is not plain.
        """
        counted = look_at_bytes(self._source, self.found.dialect, self.found.encoding.mark)
        self._quoted, self._broken, self._longest = counted.quoted, counted.broken, counted.longest
        self._lines = counted.ends - self._head.count("\n") + (not counted.ended)
        usual = _ROWS * self._source.size // (counted.ends + 1)
        self._block = min(max(usual, _LEAST_BLOCK, 2 * counted.longest), _BLOCK)
        if self._source.size + _OFFSET * counted.ends * self.found.header.width > keep_up_to:
            return
        try:
            self._table = pyarrow.csv.read_csv(self._stream(), *self._options())
        except pa.ArrowInvalid as error:
            raise NotPlainError from error

    def walk(self) -> None:
        """Judge all rows, mostly by their first two cells.

        Raises:
            NotPlainError: a row is not plain.
        """
        header = self.found.header
        walk, at, filled = Walk(header), 0, set[int]()
        for batch in self._batches():
            filled |= used(batch, header)
            self._look(walk, batch, at)
            at += len(batch)
            if walk.walked.other or walk.walked.repeated:
                raise NotPlainError
        if self._longest > LONG or at != self._lines:
            for batch in self._batches():
                refuse_long(batch)
                if self._broken:
                    refuse_swallowed(batch, self.found.dialect)
        walked = walk.end()
        walked.used |= filled
        self.found = replace(self.found, walked=walked)

    def _look(self, walk: Walk, batch: pa.RecordBatch, at: int) -> None:
        """Judge the rows of a batch: closely the unusual rows and the rows after them, and count the others as records."""
        first = self.found.header.first + at
        closely = unusual(batch, self.found.header)
        closely[0] |= walk.busy
        nothing = empty(batch) if closely.any() else closely
        below = np.roll(nothing, 1)  # an empty row after another needs no look
        below[0] = False
        near = np.flatnonzero((closely | np.roll(closely, 1)) & ~(nothing & below))
        if len(near) > max(int(np.count_nonzero(~nothing)) // 2, _MOST_LOOKED_AT):
            raise NotPlainError  # the careful reader is faster if most rows must be examined
        columns = [column.to_pylist() for column in batch.take(near).columns]
        rows = dict(zip(near.tolist(), zip(*columns, strict=True), strict=True))
        full, waiting = np.flatnonzero(~nothing).tolist(), iter(np.flatnonzero(closely).tolist())
        done, following = 0, next(waiting, len(batch))
        while done < len(batch):
            while following < done:
                following = next(waiting, len(batch))
            n = done if walk.busy else following
            walk.pass_over(first + done, n - done)
            done = n
            if n == len(batch):
                break
            row = rows.get(n) or tuple(column[n].as_py() for column in batch.columns)
            walk.look(first + n, row)
            done += 1
            if blank(row):
                if nothing[n]:
                    after = bisect_left(full, n)
                    done = full[after] if after < len(full) else len(batch)
                self._blank.append(range(at + n, at + done))

    def cells(self, names: Sequence[str], kept: Sequence[int]) -> TextColumns:
        """All records as columns of text."""
        return self._cells(list(self._records()), 0, names, kept)

    def pieces(self, names: Sequence[str], kept: Sequence[int], rows: int) -> Iterator[TextColumns]:
        """The records in pieces of at most `rows` rows. There is at least one piece, which may be empty."""
        waiting: list[pa.RecordBatch] = []
        at, size = 0, 0
        for batch in self._records():
            waiting.append(batch)
            size += len(batch)
            while size >= rows:
                whole = pa.Table.from_batches(waiting)
                yield self._cells(whole.slice(0, rows).to_batches(), at, names, kept)
                waiting, at, size = whole.slice(rows).to_batches(), at + rows, size - rows
        if size or not at:
            yield self._cells(waiting, at, names, kept)

    def _batches(self) -> Iterator[pa.RecordBatch]:
        """The cells of the body in batches, without empty batches."""
        try:
            batches = (
                self._table.to_batches()
                if self._table is not None
                else pyarrow.csv.open_csv(self._stream(), *self._options())
            )
            yield from (batch for batch in batches if len(batch))
        except pa.ArrowInvalid as error:
            raise NotPlainError from error

    def _records(self) -> Iterator[pa.RecordBatch]:
        """The cells down to the last record."""
        left = self.found.walked.last - self.found.header.first + 1
        for batch in self._batches():
            if left <= 0:
                return
            yield batch.slice(0, left)
            left -= len(batch)

    def _cells(
        self, batches: list[pa.RecordBatch], at: int, names: Sequence[str], kept: Sequence[int]
    ) -> TextColumns:
        columns = [pa.chunked_array([batch.column(n) for batch in batches], pa.large_string()) for n in kept]
        first, size = self.found.header.first + at, sum(map(len, batches))
        left = np.ones(size, dtype=bool)
        for rows in self._blank:
            left[max(rows.start - at, 0) : max(rows.stop - at, 0)] = False
        if left.all():
            return TextColumns(names, columns, range(first, first + size))
        kept_rows = (first + np.flatnonzero(left)).tolist()
        return TextColumns(names, [column.filter(pa.array(left)) for column in columns], kept_rows)

    def _stream(self) -> pa.NativeFile:
        if self._source.data is not None:
            return pa.BufferReader(pa.py_buffer(self._source.data).slice(self._start))
        stream = pa.OSFile(str(self._source.path))
        stream.seek(self._start)
        return stream

    def _options(
        self,
    ) -> tuple[pyarrow.csv.ReadOptions, pyarrow.csv.ParseOptions, pyarrow.csv.ConvertOptions]:
        columns = [str(n) for n in range(self.found.header.width)]
        return (
            pyarrow.csv.ReadOptions(column_names=columns, block_size=self._block),
            pyarrow.csv.ParseOptions(
                delimiter=self.found.dialect.delimiter,
                quote_char='"' if self._quoted else False,
                newlines_in_values=self._broken,
                ignore_empty_lines=False,
            ),
            pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.large_string()),
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
            ),
        )


def read_fast(
    source: Source, known: frozenset[str], *, keep_up_to: int, at_least: int = FROM
) -> FastRead | None:
    """Find the table in a large plain file; None if the file is not large or not plain.

    Args:
        source: the file.
        known: keys of the known headings.
        keep_up_to: if the cells need no more bytes of memory than this, they are kept, and the file is split only once.
        at_least: size in bytes of the smallest file that counts as large.
    """
    if source.size < at_least:
        return None
    try:
        read = _begin(source, known)
        read.look(keep_up_to)
        read.walk()
    except (NotPlainError, NotRegularError, UnreadableError):
        return None
    return read


def _begin(source: Source, known: frozenset[str]) -> FastRead:
    """The reader for a file, with its dialect and headings found from the first rows."""
    mark = len(codecs.BOM_UTF8) if source.head.startswith(codecs.BOM_UTF8) else 0
    encoding = Encoding("utf-8-sig" if mark else "utf-8", mark)
    sample, said = sample_of(source, encoding)
    dialect = find_dialect(sample, known)
    if said or dialect.quote != '"' or dialect.escape or len(dialect.delimiter.encode()) > 1:
        raise NotPlainError
    try:
        end = source.head.rfind(b"\n") + 1 if source.size > HEAD else HEAD
        text = source.head[mark:end].decode()
    except UnicodeDecodeError as error:
        raise NotPlainError from error
    header, lines = _header(text, dialect, known)
    found = Found(encoding, dialect, header, Walk(header).walked)
    return FastRead(source, found, "".join(lines))


def _header(text: str, dialect: Dialect, known: frozenset[str]) -> tuple[Header, list[str]]:
    """The headings, and all lines down to them."""
    lines = list(io.StringIO(text, newline=""))
    rows = list(islice(regular_rows(lines, dialect, 0), LOOKED_AT))
    start = next((n for n, row in enumerate(rows, start=1) if not blank(row)), 0)
    if not start:
        raise NotPlainError
    header = find_header(rows[start - 1 :], known, start)
    if not header.row or header.width < 2 or (not header.known and is_transposed(rows[start - 1 :], known)):
        raise NotPlainError
    reader = csv.reader(lines, delimiter=dialect.delimiter)
    for _ in range(header.row):
        next(reader)
    return header, lines[: reader.line_num]
