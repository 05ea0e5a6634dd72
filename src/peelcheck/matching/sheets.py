"""A file that is recognised as a return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from peelcheck.cells.date_order import Decision
from peelcheck.errors import UsageError
from peelcheck.matching.returns import Match
from peelcheck.model import Source
from peelcheck.reading.table import TextTable, read_chunks
from peelcheck.rounds.received import Received

PIECE = 125_000
"""Rows of a large file that are in memory at once."""


class Pieces:
    """A large file piece by piece. The first way through goes on from the piece by which the file was recognised.

    `date_orders` keeps, once it is known, the order of day and month in each of its columns of dates.
    """

    def __init__(self, source: Path | bytes, columns: Sequence[str]) -> None:
        self._source, self._columns = source, columns
        self._stamp = _stamp(source)
        self._begun: Iterator[TextTable] | None = self._again()
        self.date_orders: Mapping[str, Decision] | None = None
        self.first = next(self._begun)

    def __iter__(self) -> Iterator[TextTable]:
        """The pieces, from the first.

        Raises:
            UsageError: the file is no longer the one that was begun, and its checksum no longer that of what is read.
        """
        begun, self._begun = self._begun, None
        pieces = self._again() if begun is None else chain([self.first], begun)
        try:
            for piece in pieces:
                self._hold_still()
                yield piece
            self._hold_still()
        except OSError as error:
            raise self._moved() from error

    def _hold_still(self) -> None:
        if _stamp(self._source) != self._stamp:
            raise self._moved()

    def _moved(self) -> UsageError:
        return UsageError(
            f"{self._source!s}: was changed or removed while it was being read; please check it again"
        )

    def _again(self) -> Iterator[TextTable]:
        return read_chunks(self._source, rows=PIECE, columns=self._columns)


def _stamp(source: Path | bytes) -> tuple[int, int, int]:
    """Attributes of a file on disk that change when the file is changed; bytes never do."""
    if isinstance(source, bytes):
        return len(source), 0, 0
    found = source.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


class Sheet(Struct, frozen=True):
    """A file that was read and recognised.

    Attributes:
        received: the file.
        table: its cells; of a large file only the first of its pieces.
        match: the return that it is.
        rest: all pieces of a large file.
        lacking: columns that it should have and has not, which was said.
        moved: rows with more cells than there are columns, or fewer, which was said; in which column a figure belongs is not
            certain.
        lost: rows that were not split into cells, which was said.
        whole: of a piece of a large file, the sheet that it is a piece of.
    """

    received: Received
    table: TextTable
    match: Match
    rest: Pieces | None = None
    lacking: tuple[str, ...] = ()
    moved: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()
    whole: Sheet | None = None

    @property
    def source(self) -> Source:
        """What identifies the table."""
        return self.received.source

    def pieces(self) -> Iterator[Sheet]:
        """The file piece by piece, each a sheet of its own; a file that is not large is one piece."""
        if self.rest is None:
            yield self
            return
        for table in self.rest:
            yield replace(self, table=table, rest=None, whole=self)
