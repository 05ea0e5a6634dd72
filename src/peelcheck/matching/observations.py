"""What is seen of a file once it is known which return it is, or what lies beside it."""

from __future__ import annotations

from typing import ClassVar

from peelcheck.model import Field, ReturnSchema
from peelcheck.reading.observations import Observation, named, some, these
from peelcheck.rules import file_rules


class ShiftedLeft(Observation, frozen=True):
    """Short rows that end before the last figure that they should have; `last` is the title of its column."""

    code: ClassVar[str] = file_rules.SHIFTED_CELLS
    last: str

    def words(self) -> str:
        """The sentence."""
        return (
            f"{named(self.rows)}: fewer cells than headings, and nothing under “{self.last}”. If a cell was deleted, the "
            f"cells after it are one column too far to the left. No figure in {these(self.rows)} was used."
        )


class ShiftedRight(Observation, frozen=True):
    """Rows with a number where text belongs, and one blank among the figures.

    Attributes:
        text: the title of the column in which the number stands.
        blank: the title of the column of the blank.
    """

    code: ClassVar[str] = file_rules.SHIFTED_CELLS
    text: str
    blank: str

    def words(self) -> str:
        """The sentence."""
        return (
            f"{named(self.rows)}: a number under “{self.text}”, and nothing under “{self.blank}”. If a cell was inserted, "
            f"the cells after it are one column too far to the right. No figure in {these(self.rows)} was used."
        )


class SplitNumbers(Observation, frozen=True):
    """Rows in which a number was split at its own comma, or a cell was inserted, so that a number stands where text belongs.

    Attributes:
        text: the title of the column of text.
        example: the first split number, as `33,903`; "" if none is seen.
    """

    code: ClassVar[str] = file_rules.SHIFTED_CELLS
    text: str
    example: str

    def words(self) -> str:
        """The sentence."""
        one, _, two = self.example.partition(",")
        seen = f"a number under “{self.text}”, and one cell more than the headings. If a cell was inserted"
        if two:
            seen = f"“{one}” and “{two}” may be one number, {self.example}. If it was split at its comma"
        return (
            f"{named(self.rows)}: {seen}, the cells after it are one column too far to the right. "
            f"No figure in {these(self.rows)} was used."
        )


class HeadingLeftOut(Observation, frozen=True):
    """Rows are a cell longer than the headings, because a heading is missing; it is about the row of headings.

    Attributes:
        padded: how many rows are longer.
        lacking: fields without a heading, of which one may be meant; where there are none, `strayed` tells of it.
        strayed: the heading of a column of dates under which no date stands.
    """

    code: ClassVar[str] = file_rules.LOST_HEADING
    padded: int
    lacking: tuple[Field, ...]
    strayed: str

    def words(self) -> str:
        """The sentence."""
        lacks = " or ".join(f"“{field.title}” ({field.name})" for field in self.lacking)
        why = f"there is no heading {lacks}" if lacks else f"the values under “{self.strayed}” are not dates"
        return (
            f"{self.padded:,} rows have one cell more than the headings in row {self.rows[0]}, and {why}. If a heading "
            "was deleted, every figure after it is under the wrong heading. No figure in these rows was used."
        )


class HeadingsLeftBlank(Observation, frozen=True):
    """Columns without a heading that stand where fields are missing.

    Attributes:
        letters: the columns.
        meant: the fields.
    """

    code: ClassVar[str] = file_rules.LOST_HEADING
    letters: tuple[str, ...]
    meant: tuple[Field, ...]

    def words(self) -> str:
        """The sentence."""
        titles = [f"“{field.title}” ({field.name})" for field in self.meant]
        one = len(self.letters) == 1
        have = f"Column {self.letters[0]} has" if one else f"Columns {some(self.letters)} have"
        if len(titles) > 1:
            which = f"Which of these {'is it' if one else 'are they'}?"
        else:
            which = "Is that what it holds?" if one else "Which of them holds that?"
        return (
            f"{have} values but no heading in row {self.rows[0]}, and no column is headed {' or '.join(titles)}. {which} "
            f"{'Its' if one else 'Their'} cells were not used."
        )


class ReturnBeside(Observation, frozen=True):
    """The columns of another return stand beside those of the one that was read."""

    code: ClassVar[str] = file_rules.SECOND_TABLE
    read: ReturnSchema
    other: ReturnSchema

    def words(self) -> str:
        """The sentence."""
        return (
            f"The file contains more than one table: the columns of “{self.other.title}” ({self.other.name}) are beside "
            f"those of “{self.read.title}” ({self.read.name}). Only the latter were read."
        )
