"""What a force said about a figure."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from peelcheck.model.enums import Status
from peelcheck.model.reasons import Reason, ReasonKind


class Declaration(Struct, frozen=True):
    """What a force said about a figure; a blank item means all items of the return, a measure only that measure."""

    force: str
    partner: str | None  # the other force of a combined figure
    return_name: str | None
    item: str | None
    measure: str | None
    period_end: date | None
    status: Status
    reason: str
    source: str
    row: int
    text: str = ""  # the reason at length, as a publication has it

    def speaks_of_figure(self, force: str) -> bool:
        """Whether the force has a figure by this: a marked one, or the one that it gives for both; a blank is then a gap."""
        return force == self.force if self.status is Status.COMBINED else not self.status.is_out

    @property
    def why_no_figure(self) -> Reason | None:
        """Why by this the force has no figure of its own to compare; None where it has."""
        if self.status is Status.COMBINED:
            return Reason(ReasonKind.COMBINED, detail=f"{self.force} and {self.partner}")
        return Reason(ReasonKind(self.status.value), detail=self.reason) if self.status.is_out else None

    @property
    def words(self) -> str:
        """Status and reason, as they follow the name of a figure: `not supplied: no system holds them`."""
        status = self.status.value.replace("_", " ")
        return f"{status}: {self.reason}" if self.reason else status
