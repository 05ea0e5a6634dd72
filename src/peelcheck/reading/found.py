"""What is found in a file before its cells are handed over, whichever way it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from peelcheck.reading.columns import TextColumns
from peelcheck.reading.csv.dialect import Dialect
from peelcheck.reading.csv.encoding import Encoding
from peelcheck.reading.layout.header import Header
from peelcheck.reading.layout.rows import Walked


class Found(Struct, frozen=True):
    """How a file is written and where its table is.

    Attributes:
        encoding, dialect, header, walked: how it is written, where the headings are, what stands below them.
        said: whether the first line names the separator (`sep=;`).
        nulls: rows with null characters, which are left out.
        lost: rows with letters that could not be read.
        unclosed: rows with a quotation mark that is never closed.
        odd: rows with a quotation mark inside a quoted cell that is not written twice.
        long: rows with a cell that is longer than any spreadsheet's.
    """

    encoding: Encoding
    dialect: Dialect
    header: Header
    walked: Walked
    said: bool = False
    nulls: Sequence[int] = ()
    lost: Sequence[int] = ()
    unclosed: Sequence[int] = ()
    odd: Sequence[int] = ()
    long: Sequence[int] = ()


class Read(Protocol):
    """A file in which a table was found; its cells are handed over at once or in pieces."""

    @property
    def found(self) -> Found:
        """What was found."""

    def cells(self, names: Sequence[str], kept: Sequence[int]) -> TextColumns:
        """All records: `names` for the columns, all different, `kept` for which of the cells they are."""

    def pieces(self, names: Sequence[str], kept: Sequence[int], rows: int) -> Iterator[TextColumns]:
        """The records in pieces of at most `rows` rows, at least one."""
