"""What is wrong with the headings of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from peelcheck.reading.observations import Observation, named, short, some
from peelcheck.rules import file_rules


class NoHeadings(Observation, frozen=True):
    """The first row of the table holds figures."""

    code: ClassVar[str] = file_rules.NO_HEADINGS

    def words(self) -> str:
        """The sentence."""
        return (
            f"Row {self.rows[0]} is the first row of the table, but it contains figures, not headings. "
            "The columns are named by their letters."
        )


class RepeatedHeadings(Observation, frozen=True):
    """Headings that stand more than once in a row; `times` is how often each does."""

    code: ClassVar[str] = file_rules.REPEATED_HEADING
    times: Mapping[str, int]

    @property
    def column(self) -> str | None:
        """The heading, if it is the only one."""
        return next(iter(self.times)) if len(self.times) == 1 else None

    def words(self) -> str:
        """The sentence."""
        names = [f"“{short(name)}”" for name in self.times]
        most = max(self.times.values())
        where = f"in row {self.rows[0]}. Only the first column is used."
        if len(names) == 1:
            return f"The heading {names[0]} appears {most} times {where}"
        times = "twice" if most == 2 else f"up to {most} times"
        return f"The headings {some(names)} appear {times} {where.replace('column is', 'column of each is')}"


class SimilarHeadings(Observation, frozen=True):
    """Two headings in a row that are the same but for case, spaces and signs."""

    code: ClassVar[str] = file_rules.SIMILAR_HEADINGS
    first: str
    second: str

    @property
    def column(self) -> str | None:
        """The second of the headings."""
        return self.second

    def words(self) -> str:
        """The sentence."""
        both = f"“{short(self.first)}” and “{short(self.second)}”"
        return f"The headings {both} in row {self.rows[0]} differ only in case or spaces."


class UnnamedColumns(Observation, frozen=True):
    """Columns with values and without a heading, by their letters."""

    code: ClassVar[str] = file_rules.UNNAMED_COLUMN
    letters: tuple[str, ...]

    def words(self) -> str:
        """The sentence."""
        row, called = self.rows[0], some([f"“column {letter}”" for letter in self.letters])
        if len(self.letters) == 1:
            return f"Column {self.letters[0]} has values but no heading in row {row}. It was named {called}."
        return (
            f"Columns {some(self.letters)} have values but no heading in row {row}. They were named {called}."
        )


class SeveralHeadingRows(Observation, frozen=True):
    """Headings in more than one row.

    Attributes:
        joined: whether they were read as one.
        by_column: whether in each column the lowest of them was taken, where it is a known one.
    """

    code: ClassVar[str] = file_rules.SEVERAL_HEADING_ROWS
    joined: bool
    by_column: bool

    def words(self) -> str:
        """The sentence."""
        if self.by_column:
            read = (
                "In each column, the lowest heading was used if it is an expected one; otherwise all the headings above the "
                "column were combined."
            )
        else:
            read = "They were combined." if self.joined else "The first of them was used."
        return f"{named(self.rows)} contain headings, but one row was expected. {read}"


class HeadingsAgain(Observation, frozen=True):
    """Rows further down that hold the headings again."""

    code: ClassVar[str] = file_rules.HEADINGS_AGAIN

    def words(self) -> str:
        """The sentence."""
        return f"{named(self.rows)}: the headings are repeated. The rows below were read as part of the same table."


class NoRows(Observation, frozen=True):
    """Headings with nothing below them."""

    code: ClassVar[str] = file_rules.NO_ROWS

    def words(self) -> str:
        """The sentence."""
        return f"There are headings in row {self.rows[0]} and no rows below them."


class OneHeading(Observation, frozen=True):
    """All headings in one cell, with the separators between them."""

    code: ClassVar[str] = file_rules.UNSPLIT_ROWS
    heading: str

    def words(self) -> str:
        """The sentence."""
        return f"All cells are in one column: its heading in row {self.rows[0]} is “{short(self.heading)}”."
