"""What is wrong with the rows of a table, and with what stands around it."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from peelcheck.reading.observations import Observation, named, short, these
from peelcheck.rules import file_rules

LAST_ROW = 1_048_576
"""The last row of a spreadsheet; an export through one ends there, however many records there are."""


class Width(Struct, frozen=True):
    """How many columns a table has, and whether each has a heading."""

    columns: int
    headed: bool

    def __str__(self) -> str:
        if self.columns == 1:
            return "one heading"
        return f"{self.columns:,} {'headings' if self.headed else 'columns'}"


class UnsplitRows(Observation, frozen=True):
    """Rows that stand in one cell, with their separators; `text` is the first of them."""

    code: ClassVar[str] = file_rules.UNSPLIT_ROWS
    text: str

    @property
    def value(self) -> str | None:
        """The cell, if it is the only one."""
        return self.text if len(self.rows) == 1 else None

    def words(self) -> str:
        """The sentence."""
        written = f"with the separators in its text (“{short(self.text)}”)"
        return f"{named(self.rows)}: the cells were not split; all are in one cell, {written}. None of them was used."


class LongRows(Observation, frozen=True):
    """Rows with more cells than there are columns.

    Attributes:
        width: the columns.
        beyond: what stands beyond the last column in the first of the rows in which something does.
        unused: whether no figure of the rows is used.
    """

    code: ClassVar[str] = file_rules.LONG_ROWS
    width: Width
    beyond: str
    unused: bool = False

    @property
    def value(self) -> str | None:
        """What stands beyond the last column, if it is the only row."""
        return self.beyond if len(self.rows) == 1 else None

    def words(self) -> str:
        """The sentence."""
        beyond = f" (“{short(self.beyond)}”)" if self.beyond else ""
        unused = f" No figure in {these(self.rows)} was used." if self.unused else ""
        return (
            f"{named(self.rows)}: more cells than the {self.width}. There may be an extra separator, or a text that contains "
            f"a separator may need quotation marks. Anything beyond the last heading{beyond} was ignored.{unused}"
        )


class PaddedRows(Observation, frozen=True):
    """Most rows have a blank cell beyond the last column; it is about the row of headings.

    Attributes:
        padded: how many rows have one.
        records: how many rows there are.
        width: the columns.
    """

    code: ClassVar[str] = file_rules.PADDED_ROWS
    padded: int
    records: int
    width: Width

    def words(self) -> str:
        """The sentence."""
        return (
            f"{self.padded:,} of {self.records:,} rows have a blank cell beyond the {self.width}. It was ignored. "
            "If a separator is missing from the headings, the columns are misaligned."
        )


class ShortRows(Observation, frozen=True):
    """Rows with fewer cells than there are columns."""

    code: ClassVar[str] = file_rules.SHORT_ROWS
    width: Width

    def words(self) -> str:
        """The sentence."""
        return f"{named(self.rows)}: fewer cells than the {self.width}. The missing ones were read as blank."


class SecondTable(Observation, frozen=True):
    """Another table in the file, by the row of its headings.

    Attributes:
        read: the row of the headings of the one that was read.
        title: the title of the other one, if both have the same headings.
    """

    code: ClassVar[str] = file_rules.SECOND_TABLE
    read: int
    title: str = ""

    def words(self) -> str:
        """The sentence."""
        title = f" Its title is “{short(self.title)}”." if self.title else ""
        return (
            f"The file contains more than one table. The one with its headings in row {self.read:,} was read; "
            f"the one with its headings in row {self.rows[0]:,}, and everything below it, was not.{title}"
        )


class LastSpreadsheetRow(Observation, frozen=True):
    """The table ends in the last row that a spreadsheet has."""

    code: ClassVar[str] = file_rules.LAST_SPREADSHEET_ROW

    def words(self) -> str:
        """The sentence."""
        return f"The table ends in row {LAST_ROW:,}, the last row of a spreadsheet; the rows after it may be missing."


class FiguresAboveHeadings(Observation, frozen=True):
    """Rows of figures above the headings; `headings` is the row of these, or else the first of the table."""

    code: ClassVar[str] = file_rules.FIGURES_ABOVE_HEADINGS
    headings: int

    def words(self) -> str:
        """The sentence."""
        return f"{named(self.rows)}: figures above the headings in row {self.headings}. They were not read."


class RowsAboveTable(Observation, frozen=True):
    """Titles and the like above a table.

    Attributes:
        first: the first row of headings, or of the table where there are none.
        headed: whether there are headings.
    """

    code: ClassVar[str] = file_rules.ROWS_ABOVE_HEADINGS
    first: int
    headed: bool

    def words(self) -> str:
        """The sentence."""
        above = (
            f"the headings in row {self.first}"
            if self.headed
            else f"the table, which begins in row {self.first}"
        )
        return f"{named(self.rows)}: ignored (above {above})."


class RowsBelowTable(Observation, frozen=True):
    """Notes below a table."""

    code: ClassVar[str] = file_rules.ROWS_BELOW_TABLE

    def words(self) -> str:
        """The sentence."""
        return f"{named(self.rows)}: ignored as notes below the table."
