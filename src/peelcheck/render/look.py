"""What the reader's screen can show."""

from __future__ import annotations

from msgspec import Struct

PIPED_WIDTH = 100
_NARROWEST, _WIDEST = 60, 120


class Look(Struct, frozen=True):
    """How wide, with colour or without, which characters there are, and what is wanted in full.

    `all_notes` asks for every note, `not_run` for every comparison that could not be made.
    """

    width: int = PIPED_WIDTH
    colour: bool = False
    all_notes: bool = False
    encoding: str = "utf-8"
    not_run: bool = False

    @property
    def columns(self) -> int:
        """The width used: lines longer than that are hard to read, and narrower ones hard to lay out."""
        return min(max(self.width, _NARROWEST), _WIDEST)
