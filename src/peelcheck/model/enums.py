"""The categories of rules, declarations and queries."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters, worst first."""

    ERROR = "error"  # the figure cannot be used
    QUERY = "query"  # correct it or explain it
    NOTE = "note"  # for information

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Tier(StrEnum):
    """The order of work: a broken rule, then figures far from what was expected, then the rest."""

    HARD = "hard"
    SEVERE = "severe"
    QUERY = "query"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for what is looked at first."""
        return list(Tier).index(self)


class Subject(StrEnum):
    """What the findings of a rule are about; it decides which of them make one query."""

    FIGURE = "figure"  # a figure, or several that are compared
    CELL = "cell"  # a cell as written
    VALUE = "value"  # a cell's value, held against the schema
    ROW = "row"
    NO_RECORD = "no record"  # a row that is not a force's record
    FILE = "file"  # a file or a folder, or rows of a file
    ROW_LENGTH = "row length"  # rows of a file with fewer cells than headings
    QUOTATION_MARKS = "quotation marks"  # rows of a file with quotation marks that do not fit

    @property
    def is_cell(self) -> bool:
        """Whether a finding is about one cell as it was written, or about its value."""
        return self in (Subject.CELL, Subject.VALUE)

    @property
    def is_row(self) -> bool:
        """Whether a finding is about a row as a whole."""
        return self in (Subject.ROW, Subject.NO_RECORD)

    @property
    def is_file(self) -> bool:
        """Whether each file makes a query of its own."""
        return self in (Subject.FILE, Subject.ROW_LENGTH, Subject.QUOTATION_MARKS)


class Status(StrEnum):
    """What a declaration says of a figure (Annex A's own distinctions)."""

    NOT_SUPPLIED = "not_supplied"
    NOT_COMPARABLE = "not_comparable"
    PARTIAL = "partial"
    INCOMPLETE = "incomplete"
    ESTIMATED = "estimated"
    CAVEAT = "caveat"
    COMBINED = "combined"

    @property
    def is_out(self) -> bool:
        """Whether the figure is left out of the area's figure and of every comparison, and shown as a dash."""
        return self in (Status.NOT_SUPPLIED, Status.NOT_COMPARABLE, Status.PARTIAL)


class ReturnKind(StrEnum):
    """Where a table comes from, which is also the folder of a round that it stands in."""

    RETURN = "returns"
    REFERENCE = "reference"
    INSPECTION = "inspection"
