"""The result of reading a round."""

from __future__ import annotations

from msgspec import Struct

from peelcheck.model import ReadFile
from peelcheck.model.proposals import Proposal
from peelcheck.tables.figures import Figures


class Loaded(Struct, frozen=True):
    """A round after reading.

    Attributes:
        files: the files that were received, each with its checksum.
        own: the round's own files, such as `round.yaml`, each with its checksum.
        figures: every figure of the round and of its history.
        proposals: what forces propose to declare.
    """

    files: tuple[ReadFile, ...]
    own: tuple[ReadFile, ...]
    figures: Figures
    proposals: tuple[Proposal, ...] = ()
