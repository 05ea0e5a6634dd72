"""A file as it was received, and what the names of such files say."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from msgspec import Struct

from peelcheck.model import ReturnKind, Source

TABLE_ENDINGS = (".csv", ".txt", ".tsv", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")
ARCHIVES = (".zip",)
_OF_THE_SYSTEM = ("thumbs.db", "ehthumbs.db", "desktop.ini")
"""Files that Windows puts into folders; those of other programs begin with a full stop or `~$`."""


class Received(Struct, frozen=True, dict=True):
    """A file as it lies there. `name` is its path as shown; `force` is the one whose folder it is in, if any.

    `refused` says why it is not opened; it may then be a folder that could not be looked into. `content` has the bytes of a
    table that is no file of its own, such as one of a context; nothing is then opened. `sheet` is the sheet of a workbook.
    """

    path: Path
    name: str
    kind: ReturnKind | None
    force: str | None
    refused: str | None = None
    content: bytes | None = None
    sheet: str | None = None

    @cached_property
    def source(self) -> Source:
        """What identifies the table that the file, or the sheet of it, holds."""
        return Source(self.name, self.sheet)

    @property
    def shown(self) -> str:
        """The file, and the sheet if it is one of a workbook's, as messages name it."""
        return str(self.source)

    @property
    def stem(self) -> str:
        """The name of the file, a hint at the return that it holds."""
        return self.path.stem

    @cached_property
    def size(self) -> int:
        """The size in bytes when it was first read; raises OSError."""
        return self.path.stat().st_size if self.content is None else len(self.content)


def is_hidden(name: str) -> bool:
    """Whether a file is hidden or a system file, not one that a person sent."""
    return name.startswith((".", "~$")) or name.lower() in _OF_THE_SYSTEM
