"""The fast way, for large files that are plain: UTF-8, one separator, no row ragged, every quotation mark where it belongs.

Arrow splits them. It is told where the body begins, and what it gives is looked at in the same way as on the careful way;
at the first thing that is not plain `read_fast` gives up, and the file is read carefully.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from numpy.typing import NDArray

from peelcheck.reading.body import Walk
from peelcheck.reading.dialect import Dialect, find_dialect
from peelcheck.reading.encoding import Encoding
from peelcheck.reading.found import Found, UnreadableError
from peelcheck.reading.frames import Cells
from peelcheck.reading.plain import NotPlainError, look_at_bytes
from peelcheck.reading.regular import NotRegularError, regular_rows, swallows
from peelcheck.reading.sample import sample_of
from peelcheck.reading.shape import LOOKED_AT, Header, blank, find_header, is_transposed
from peelcheck.reading.source import HEAD, Source

FROM = 1 << 18
"""Bytes from which it is worth while."""
_OFFSET = 8
"""Bytes that Arrow needs for a cell, besides its text."""
_BLOCK = 1 << 22
_LEAST_BLOCK = 1 << 18
_ROWS = 50_000
"""Rows in a block of an ordinary file. Rows of a byte each, of which a block holds millions, take much more room as cells."""
_LONG = 32_767
_SEVERAL = 4
_NEVER = "\0"
_BEYOND_ASCII = 0x80
_LETTERS = np.array([chr(n).isalnum() for n in range(_BEYOND_ASCII)])


class FastRead:
    """A table that Arrow reads.

    Attributes:
        found: what was found in the file.
        takes: bytes of memory that its cells need at most.
    """

    def __init__(self, source: Source, found: Found, head: str) -> None:
        self.found = found
        self._source = source
        self._head = head
        self._start = found.encoding.mark + len(head.encode())
        self._quoted = b'"' in source.head
        ends = sum(block.count(b"\n") for block in source.blocks())
        usual = _ROWS * source.size // (ends + 1)
        self._block = min(max(usual, _LEAST_BLOCK), _BLOCK)
        self.takes = source.size + _OFFSET * ends * found.header.width
        self._longest = self._lines = 0  # until all bytes were looked at
        self._table: pa.Table | None = None
        self._blank: list[range] = []  # counted from the first row of the body

    def look(self, held: int) -> None:
        """Look at all bytes, and meanwhile split the file if its cells take no more than `held` bytes.

        Raises:
            NotPlainError: it is not plain.
        """
        with ThreadPoolExecutor(1) as other:
            looking = other.submit(look_at_bytes, self._source, self.found.dialect, self.found.encoding.mark)
            if self.takes <= held:
                self._split()
            counted = looking.result()
        self._longest = counted.longest
        self._lines = counted.ends - self._head.count("\n") + (not counted.ended)
        self._block = min(max(self._block, 2 * counted.longest), _BLOCK)
        guessed, self._quoted = self._quoted, counted.quotes > 0
        if self.takes <= held and (self._table is None or (self._quoted and not guessed)):
            self._split()
            if self._table is None:
                raise NotPlainError

    def _split(self) -> None:
        """Read all of it, on all processors, if Arrow does so in the way that it is thought to be written."""
        with suppress(pa.ArrowInvalid):
            self._table = pyarrow.csv.read_csv(self._stream(), *self._options())

    def walk(self) -> None:
        """Look at all rows, of which the first cells tell most.

        Raises:
            NotPlainError: something in them is not plain.
        """
        header = self.found.header
        walk, at, used = Walk(header), 0, set[int]()
        for batch in self._batches():
            used |= _used(batch, header)
            self._look(walk, batch, at)
            at += len(batch)
        if self._longest > _LONG or at != self._lines:
            for batch in self._batches():
                _refuse_long(batch)
                if self._quoted:
                    _refuse_swallowed(batch, self.found.dialect)
        walked = walk.end()
        if walked.other or walked.repeated:
            raise NotPlainError
        walked.used |= used
        self.found = replace(self.found, walked=walked)

    def _look(self, walk: Walk, batch: pa.RecordBatch, at: int) -> None:
        """Look at the rows of a batch, closely at those that are unusual and at those below them."""
        first = self.found.header.first + at
        closely = _unusual(batch, self.found.header)
        closely[0] |= walk.busy
        empty = _empty(batch) if closely.any() else closely
        below = np.roll(empty, 1)  # below an empty row another tells nothing
        below[0] = False
        near = np.flatnonzero((closely | np.roll(closely, 1)) & ~(empty & below))
        columns = [column.to_pylist() for column in batch.take(near).columns]
        rows = dict(zip(near.tolist(), zip(*columns, strict=True), strict=True))
        full, waiting = np.flatnonzero(~empty), iter(np.flatnonzero(closely).tolist())
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
                if empty[n]:
                    after = np.searchsorted(full, n)
                    done = int(full[after]) if after < len(full) else len(batch)
                self._blank.append(range(at + n, at + done))

    def cells(self, names: Sequence[str], kept: Sequence[int]) -> Cells:
        """All records."""
        return self._cells(list(self._records()), 0, names, kept)

    def pieces(self, names: Sequence[str], kept: Sequence[int], rows: int) -> Iterator[Cells]:
        """The records in pieces of at most `rows` rows, at least one."""
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
        """The cells of the body, in batches that are not empty."""
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
    ) -> Cells:
        columns = [pa.chunked_array([batch.column(n) for batch in batches], pa.large_string()) for n in kept]
        first, size = self.found.header.first + at, sum(map(len, batches))
        left = np.ones(size, dtype=bool)
        for rows in self._blank:
            left[max(rows.start - at, 0) : max(rows.stop - at, 0)] = False
        if left.all():
            return Cells(names, columns, range(first, first + size))
        kept_rows = (first + np.flatnonzero(left)).tolist()
        return Cells(names, [column.filter(pa.array(left)) for column in columns], kept_rows)

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
                newlines_in_values=self._quoted,
                ignore_empty_lines=False,
            ),
            pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.large_string()),
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
            ),
        )


def read_fast(source: Source, known: frozenset[str], *, held: int, at_least: int = FROM) -> FastRead | None:
    """Find the table in a large plain file; None where it is not large or not plain.

    Args:
        source: the file.
        known: keys of headings that may be there.
        held: bytes of memory up to which the cells are kept there, so that the file is split only once.
        at_least: bytes from which a file is large.
    """
    if source.size < at_least:
        return None
    try:
        read = _begin(source, known)
        read.look(held)
        read.walk()
    except (NotPlainError, NotRegularError, UnreadableError):
        return None
    return read


def _begin(source: Source, known: frozenset[str]) -> FastRead:
    """What the first rows tell."""
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
    """The headings, and the lines down to them."""
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


def _unusual(batch: pa.RecordBatch, header: Header) -> NDArray[np.bool_]:
    """The rows that `Walk` has to look at closely."""
    first, second = batch.column(0), batch.column(1)
    heading = header.names[0].strip() or _NEVER
    again = pc.starts_with(first, heading, ignore_case=True).to_numpy(zero_copy_only=False)
    unusual: NDArray[np.bool_] = ~(_begins_with_letter(first) & _begins_with_letter(second)) | again
    return unusual


def _empty(batch: pa.RecordBatch) -> NDArray[np.bool_]:
    """The rows in which nothing stands at all."""
    empty = np.ones(len(batch), dtype=bool)
    for column in batch.columns:
        if not empty.any():
            break
        empty &= pc.equal(column, "").to_numpy(zero_copy_only=False)
    return empty


def _begins_with_letter(column: pa.Array) -> NDArray[np.bool_]:
    """Which cells begin with a letter or digit; the bytes are looked at where they lie, and text beyond ASCII by Arrow."""
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


def _used(batch: pa.RecordBatch, header: Header) -> set[int]:
    """The columns without a heading in which something stands."""
    unnamed = [n for n, name in enumerate(header.names) if not name.strip()]
    return {
        n for n in unnamed if not all(not cell.strip() for cell in pc.unique(batch.column(n)).to_pylist())
    }


def _refuse_long(batch: pa.RecordBatch) -> None:
    """Cells that are too long need a careful look."""
    for column in batch.columns:
        if (pc.max(pc.binary_length(column)).as_py() or 0) > _LONG:
            raise NotPlainError


def _refuse_swallowed(batch: pa.RecordBatch, dialect: Dialect) -> None:
    """Cells that hold rows of the table need a careful look.

    Only cells that may are looked at one by one.
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
    """Which cells of the n-th column may hold a row: its last line has a separator for each column before, or it is long."""
    separators = pc.subtract(pc.count_substring(cells, separator), pc.count_substring(cells, f"{separator} "))
    return pc.or_(
        pc.greater_equal(separators, max(n, 1)), pc.greater_equal(pc.count_substring(cells, "\n"), _SEVERAL)
    )
