"""What is wrong with the text of a file: its characters, its quotation marks, its separators."""

from __future__ import annotations

from typing import ClassVar

from peelcheck.reading.observations import Observation, named
from peelcheck.reading.recognised import Recognised
from peelcheck.reading.text import LONGEST_CELL
from peelcheck.rules import file_rules


class LostCharacters(Observation, frozen=True):
    """Rows with characters that could not be read."""

    code: ClassVar[str] = file_rules.UNREADABLE_CHARACTERS

    def words(self) -> str:
        """The sentence."""
        return f"{named(self.rows)}: unreadable characters, which were replaced by “\ufffd”."


class NullCharacters(Observation, frozen=True):
    """Rows with null characters."""

    code: ClassVar[str] = file_rules.NULL_CHARACTERS

    def words(self) -> str:
        """The sentence."""
        return f"{named(self.rows)}: null characters, which are not text; they were ignored, and are shown as “␀”."


class UnclosedQuotes(Observation, frozen=True):
    """Rows with a quotation mark that is never closed."""

    code: ClassVar[str] = file_rules.UNCLOSED_QUOTE

    def words(self) -> str:
        """The sentence."""
        return f"{named(self.rows)}: a quotation mark is opened but not closed. It was read as an ordinary character."


class StrayQuotes(Observation, frozen=True):
    """Rows with a quotation mark inside a quoted cell that is not written twice."""

    code: ClassVar[str] = file_rules.STRAY_QUOTE

    def words(self) -> str:
        """The sentence."""
        return f"{named(self.rows)}: a quotation mark is inside a cell that is itself in quotation marks."


class LongCells(Observation, frozen=True):
    """Rows with a cell that is longer than any spreadsheet's."""

    code: ClassVar[str] = file_rules.LONG_CELL

    def words(self) -> str:
        """The sentence."""
        return f"{named(self.rows)}: a cell of more than {LONGEST_CELL:,} characters."


class NotPlainCsv(Observation, frozen=True):
    """The file is written in another way than a plain CSV file, and how."""

    code: ClassVar[str] = file_rules.NOT_PLAIN_CSV
    recognised: Recognised

    def words(self) -> str:
        """The sentence."""
        *others, last = self.recognised.put_right
        before = f"{', '.join(others)} and " if others else ""
        return f"The file has {before}{last}. It was converted."
