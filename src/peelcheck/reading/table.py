"""A file → a table of text that knows its rows, and what is wrong with the file."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event

import pandas as pd
from msgspec import Struct, field
from msgspec.structs import replace

from peelcheck.reading.columns import TextColumns, no_cells
from peelcheck.reading.csv.encoding import MIXED
from peelcheck.reading.fast.arrow import read_fast
from peelcheck.reading.fast.template import read_template
from peelcheck.reading.found import Found, Read
from peelcheck.reading.general import read_carefully, read_rows
from peelcheck.reading.not_tables import not_a_table
from peelcheck.reading.observations import Observation, UnreadableError
from peelcheck.reading.observations.no_table import EmptyFile, OnlyNulls
from peelcheck.reading.observe import observed
from peelcheck.reading.problems import Problem, problem_of
from peelcheck.reading.recognised import Recognised
from peelcheck.reading.source import Source
from peelcheck.reading.text import keys, letters, unnamed

KEPT_IN_MEMORY = 1 << 28
"""Bytes of memory up to which the cells of a file that is read in pieces are nevertheless kept."""
_NAP = 0.2
"""Seconds."""
_BLANK = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"
"""Bytes of a file of blank lines."""
_NOTHING = _BLANK + b',;|"'
"""Bytes of a file in which no cell has anything."""


class TextTable(Struct, frozen=True):
    """A table as it was sent.

    Attributes:
        cells: every cell as text, blank ones "", by column, with the spreadsheet's rows.
        recognised: how the file is written.
        observations: what is wrong with it, and what was put right; `problems` has them in words.
        sha256: of the file's bytes, in hexadecimal.
        header_row: the row with the headings; 0 where there is none.
        short: rows with fewer cells than there are columns, by how many of the columns they reach.
        padded: rows with a blank cell beyond the last column, where most have one.
        positions: the place of each column among the file's, from 0; none where they are the first ones in order.
        other_names: the headings of a second table below or, it seems, above, which was not read.
    """

    cells: TextColumns
    recognised: Recognised
    observations: tuple[Observation, ...]
    sha256: str
    header_row: int
    short: Mapping[int, Sequence[int]] = field(default_factory=dict)
    padded: Sequence[int] = ()
    other_names: tuple[str, ...] = ()
    positions: Sequence[int] = ()

    @property
    def letters(self) -> Mapping[str, str]:
        """The letter of each column in a spreadsheet, by its heading."""
        names = self.cells.names
        return dict(zip(names, map(letters, self.positions or range(len(names))), strict=True))

    @property
    def frame(self) -> pd.DataFrame:
        """The cells as a frame: columns as in the headings, index the spreadsheet's row."""
        return self.cells.frame

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file, and what was put right, in words."""
        return tuple(map(problem_of, self.observations))


def read_table(source: Path | str | bytes, *, columns: Sequence[str] = ()) -> TextTable:
    """Read a file that may be written in any way.

    Args:
        source: the path of a file, or its bytes.
        columns: headings that it may have; they help to find the row of headings and the separator.

    Returns:
        The table; without columns where the file holds none, and then a problem says why.

    Raises:
        OSError: the file cannot be opened.
        TypeError: the source is neither a path nor bytes.
    """
    opened = Source(source)
    plain = read_template(opened.data, keys(tuple(columns))) if opened.data else None
    if plain:
        return TextTable(*plain, (), opened.sha256(), header_row=1)
    try:
        read = _read(opened, columns, keep_up_to=sys.maxsize)
    except UnreadableError as error:
        return _nothing(error, opened.sha256())
    table, names, kept = _described(read.found, opened.sha256())
    return replace(table, cells=read.cells(names, kept))


def table_of_rows(cells: Sequence[Sequence[str]], sha256: str, *, columns: Sequence[str] = ()) -> TextTable:
    """The table in rows that are split already, such as those of a workbook's sheet.

    Args:
        cells: the cells of every row from the first on; a blank row may be empty.
        sha256: of the file that they come from.
        columns: headings that it may have.

    Returns:
        The table; without columns where there is none, and then a problem says why.
    """
    try:
        read = read_rows(cells, keys(tuple(columns)))
    except UnreadableError as error:
        return _nothing(error, sha256)
    table, names, kept = _described(read.found, sha256)
    return replace(table, cells=read.cells(names, kept))


def read_chunks(source: Path | str | bytes, *, rows: int, columns: Sequence[str] = ()) -> Iterator[TextTable]:
    """Read a large file in pieces; what is wrong with it stands with the first, which may have no rows.

    Args:
        source: the path of a file, or its bytes.
        rows: how many rows a piece has at most.
        columns: headings that it may have.

    Yields:
        The pieces of the table that `read_table` gives.

    Raises:
        OSError: the file cannot be opened.
        TypeError: the source is neither a path nor bytes.
        ValueError: a piece is to have no rows.
    """
    if rows < 1:
        raise ValueError(f"a piece has at least one row, not {rows}")
    opened = Source(source)
    left = Event()
    with ThreadPoolExecutor(1) as other:
        checksum = other.submit(opened.sha256, left)
        try:
            read = _read(opened, columns, keep_up_to=KEPT_IN_MEMORY)
            table, names, kept = _described(read.found, _awaited(checksum))
        except UnreadableError as error:
            yield _nothing(error, _awaited(checksum))
            return
        finally:
            left.set()  # whoever is told to stop does not wait for the checksum
    for cells in read.pieces(names, kept, rows):
        yield replace(table, cells=cells)
        table = replace(table, observations=())


def _awaited(checksum: Future[str]) -> str:
    """The checksum, when it is there; whoever waits can be told to stop, which not every system does to one that sleeps."""
    while not checksum.done():
        wait([checksum], timeout=_NAP)
    return checksum.result()


def _read(source: Source, columns: Sequence[str], *, keep_up_to: int) -> Read:
    if not any(block.strip(_NOTHING) for block in source.blocks()):
        raise UnreadableError(_of_nothing(source))
    wrong = not_a_table(source.head, source.path.suffix if source.path else None)
    if wrong:
        raise UnreadableError(wrong)
    known = keys(tuple(columns))
    return read_fast(source, known, keep_up_to=keep_up_to) or read_carefully(source, known)


def _of_nothing(source: Source) -> Observation:
    """What a file is in which no cell has anything."""
    if source.size == 0:
        return EmptyFile()
    if 2 * sum(block.count(0) for block in source.blocks()) > source.size:  # in UTF-16 it is half of them
        return OnlyNulls()
    if any(block.translate(None, _BLANK) for block in source.blocks()):
        return EmptyFile("separators and quotation marks")
    return EmptyFile("blank lines")


def _nothing(error: UnreadableError, sha256: str) -> TextTable:
    return TextTable(no_cells(), Recognised(), (error.observation,), sha256, 0)


def _described(found: Found, sha256: str) -> tuple[TextTable, list[str], list[int]]:
    """The table without its rows, the names of its columns, and which of the cells they are."""
    header, walked = found.header, found.walked
    kept = [n for n, name in enumerate(header.names) if name.strip() or n in walked.used]
    recognised = Recognised(
        encoding=found.encoding.name,
        delimiter=found.dialect.delimiter if header.width > 1 else "",
        quote=found.dialect.quote,
        escape=found.dialect.escape,
        header_rows=header.rows,
        preamble=header.preamble,
        footer=tuple(walked.footer),
        mixed=found.encoding.errors == MIXED,
        controls=found.encoding.controls,
        names_delimiter=found.said,
    )
    names = _different([header.names[n] if header.names[n].strip() else unnamed(n) for n in kept])
    reach: dict[int, list[int]] = {}
    for cells, rows in walked.short.items():
        reach.setdefault(bisect_left(kept, cells), []).extend(rows)
    table = TextTable(
        no_cells(),
        recognised,
        tuple(observed(found, kept, recognised)),
        sha256,
        header.named,
        reach,
        tuple(walked.padded),
        walked.other_names or header.above_names,
        kept,
    )
    return table, names, kept


def _different(names: Sequence[str]) -> list[str]:
    """The names, a repeated one with its number: `a`, `a (2)`."""
    taken = set(names)
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        different = name
        while seen[name] > 1 and different in taken:
            different = f"{name} ({seen[name]})"
            seen[name] += different in taken
        taken.add(different)
        out.append(different)
    return out
