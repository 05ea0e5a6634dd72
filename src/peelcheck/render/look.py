"""What the reader's screen can show."""

from __future__ import annotations

from msgspec import Struct

from peelcheck.model import Severity

PIPED_WIDTH = 100
_NARROWEST, _WIDEST = 60, 120


class Look(Struct, frozen=True):
    """How wide, with colour or without, whether every note is wanted, and which characters there are.

    `summary_only` leaves the queries themselves out of a page. `fail_on` is the lowest severity that fails a run; None
    if none does. `not_run` asks for every comparison that could not be made.
    """

    width: int = PIPED_WIDTH
    colour: bool = False
    all_notes: bool = False
    encoding: str = "utf-8"
    summary_only: bool = False
    fail_on: Severity | None = Severity.ERROR

    def fails(self, severity: Severity) -> bool:
        """Whether a query of this severity makes the exit code 1."""
        return self.fail_on is not None and severity.rank <= self.fail_on.rank

    not_run: bool = False

    @property
    def columns(self) -> int:
        """The width used: lines longer than that are hard to read, and narrower ones hard to lay out."""
        return min(max(self.width, _NARROWEST), _WIDEST)
