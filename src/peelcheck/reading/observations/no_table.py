"""Why a file holds no table that could be read."""

from __future__ import annotations

from typing import ClassVar, Literal

from peelcheck.reading.observations import Observation, short
from peelcheck.reading.text import WIDEST
from peelcheck.rules import file_rules


class EmptyFile(Observation, frozen=True):
    """No cell has anything in it; `holds` is what the file consists of, if it has any bytes."""

    code: ClassVar[str] = file_rules.EMPTY_FILE
    holds: Literal["", "blank lines", "separators and quotation marks"] = ""

    def words(self) -> str:
        """The sentence."""
        if not self.holds:
            return "The file is empty: its size is 0 bytes."
        return f"The file contains only {self.holds}."


class OnlyNulls(Observation, frozen=True):
    """The file consists of null characters."""

    code: ClassVar[str] = file_rules.NULL_CHARACTERS

    def words(self) -> str:
        """The sentence."""
        return "The file contains only null characters, which are not text."


class Workbook(Observation, frozen=True):
    """A workbook, which is not read.

    Attributes:
        what: its kind, with an article.
        disguised: whether its name ends like that of another kind of file.
        locked: whether it may be protected by a password.
    """

    code: ClassVar[str] = file_rules.WORKBOOK
    what: str
    disguised: bool = False
    locked: bool = False

    def words(self) -> str:
        """The sentence."""
        name = " under another name" if self.disguised else ""
        password = ", or one protected by a password" if self.locked else ""
        return f"The file is {self.what}{name}{password}."


class NotText(Observation, frozen=True):
    """Something else than text; `what` it is, with an article, is empty where that is not known."""

    code: ClassVar[str] = file_rules.NOT_TEXT
    what: str = ""

    def words(self) -> str:
        """The sentence."""
        return f"The file is {self.what}, not a table." if self.what else "The file is not text."


class WebPage(Observation, frozen=True):
    """A web page; its title is empty where it has none."""

    code: ClassVar[str] = file_rules.WEB_PAGE
    title: str = ""

    def words(self) -> str:
        """The sentence."""
        titled = f" with the title “{self.title}”" if self.title else ""
        return f"The file is a web page{titled}, not a table."


class TransposedTable(Observation, frozen=True):
    """The headings stand in a column."""

    code: ClassVar[str] = file_rules.TRANSPOSED_TABLE

    def words(self) -> str:
        """The sentence."""
        return "The headings are in one column, one below the other."


class WideRow(Observation, frozen=True):
    """A row of the first ones that is wider than a spreadsheet; `cells` are how many it has."""

    code: ClassVar[str] = file_rules.TOO_MANY_COLUMNS
    cells: int

    def words(self) -> str:
        """The sentence."""
        return (
            f"Row {self.rows[0]} has {self.cells:,} cells, but a spreadsheet has at most {WIDEST:,} columns. "
            "Nothing was read."
        )


class LongLine(Observation, frozen=True):
    """A line without an end, as it seems; `begins` is its beginning."""

    code: ClassVar[str] = file_rules.LONG_CELL
    begins: str

    def words(self) -> str:
        """The sentence."""
        return (
            "A line of the file has more than 4 million characters, so line breaks may be missing. "
            f"It begins “{short(self.begins)}”. Nothing was read."
        )


class LongLineOfCells(LongLine, frozen=True):
    """A line without an end that has more cells than a spreadsheet has columns."""

    code: ClassVar[str] = file_rules.TOO_MANY_COLUMNS
