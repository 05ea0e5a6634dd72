"""What a force says about its figures in a template, beside them: a declaration that somebody may accept."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from peelcheck.model.enums import Status
from peelcheck.model.places import Source

STATUS, FIGURES, REASON = "Status (proposed)", "Figures it is about", "Reason for status"
"""Headings of a template beside the figures. They are no columns of a return, and nobody asks about them."""
SUM = "Check: "
"""How the heading of a column begins that shows a sum beside a total."""
PROPOSED = (Status.NOT_SUPPLIED, Status.PARTIAL, Status.ESTIMATED, Status.NOT_COMPARABLE)
"""What may be proposed there."""
SHEET_READ_ME = "Read me"
NAME = "peelcheck_"
"""How the defined names of a template begin; the name of a return follows, and the value is the return's checksum."""


def is_of_template(heading: str) -> bool:
    """Whether a column is one that a template has beside those of the return."""
    return heading in (STATUS, FIGURES, REASON) or heading.startswith(SUM)


class Proposal(Struct, frozen=True):
    """A declaration as a force proposes it; without an item it is about all figures of the row. It silences nothing."""

    force: str
    return_name: str
    item: str | None
    period_end: date | None
    status: Status
    reason: str
    source: Source
    row: int

    @property
    def words(self) -> str:
        """Status and reason: `not supplied: no system holds them`."""
        status = self.status.value.replace("_", " ")
        return f"{status}: {self.reason}" if self.reason else status
