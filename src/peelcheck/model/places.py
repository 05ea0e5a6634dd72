"""Where something stands, as the force sees it."""

from __future__ import annotations

from msgspec import Struct


class Source(Struct, frozen=True, order=True):
    """Where a table came from: the path of a file and, if the file has several, the sheet. It identifies the table."""

    file: str
    sheet: str | None = None

    def __str__(self) -> str:
        """The source as messages name it."""
        return self.file if self.sheet is None else f"{self.file}, sheet {self.sheet}"


class Location(Struct, frozen=True):
    """A place as the force sees it: the spreadsheet's row (the header is row 1), the column, the cell as written.

    The column is named by the file's own heading or, where the file has none for it, by the schema's field. `line` and
    `line_column` say where a text editor shows the place: both count from 1, the column in characters; None where that
    cannot be told, and in a workbook, which has no lines. `letter` is the column's in a spreadsheet.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    sheet: str | None = None
    line: int | None = None
    line_column: int | None = None
    letter: str | None = None

    @property
    def cell(self) -> str | None:
        """The cell as a spreadsheet calls it (`G2`); None for a row or a file."""
        return f"{self.letter}{self.row}" if self.letter and self.row else None

    @property
    def source(self) -> Source:
        """The file and sheet that the place is in."""
        return Source(self.file, self.sheet)
