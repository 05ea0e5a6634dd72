"""A round as it was read."""

from __future__ import annotations

from msgspec import Struct

from peelcheck.model import ReadFile
from peelcheck.tables.figures import Figures


class Loaded(Struct, frozen=True):
    """A round as read: every file with its checksum, what was received and what is the round's own; and every figure."""

    files: tuple[ReadFile, ...]
    own: tuple[ReadFile, ...]
    figures: Figures
