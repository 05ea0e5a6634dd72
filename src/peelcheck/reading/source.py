"""A file, or bytes, that can be read several times. A small file is read once and kept in memory."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

KEPT = 1 << 25
"""Size in bytes of the largest file that is kept in memory."""
HEAD = 1 << 16
"""Bytes at the start of a file by which its form is judged."""
BLOCK = 96 << 10
"""Bytes that are processed in one step. They are few enough for the processor's cache, and for the memory to be reused
instead of being returned to the system each time."""

HASHED = 1 << 18
"""Bytes that are hashed at once."""


class Source:
    """A file, or bytes, that can be read from the start several times.

    Attributes:
        size: the size in bytes.
        head: the first `HEAD` bytes.

    Raises:
        OSError: if the file cannot be opened.
        TypeError: if the source is neither a path nor bytes.
    """

    def __init__(self, source: Path | str | bytes) -> None:
        if not isinstance(source, Path | str | bytes):
            raise TypeError(f"a table is read from a path or from bytes, not from {type(source).__name__}")
        self._path = (
            None if isinstance(source, bytes) else source if isinstance(source, Path) else Path(source)
        )
        self._data = source if isinstance(source, bytes) else None
        if self._path is not None:
            with self._path.open("rb") as file:
                known = os.fstat(file.fileno()).st_size  # 0 for something that is not a regular file
                start = file.read(HEAD if known > KEPT else known + 1)
                if known < len(start):  # not a regular file, or a growing one
                    start += file.read(KEPT + 1 - len(start))
                if known <= KEPT and len(start) <= KEPT:
                    self._data = start
                self.size = known if self._data is None else len(start)
                self.head = start[:HEAD]
        else:
            self.size, self.head = len(self._data or b""), (self._data or b"")[:HEAD]

    @property
    def data(self) -> bytes | None:
        """All bytes; None if they are not in memory."""
        return self._data

    @property
    def path(self) -> Path | None:
        """The path of the file; None for bytes."""
        return self._path

    def open(self) -> io.BytesIO | io.BufferedReader:
        """A stream of the bytes, at the start."""
        return (
            io.BytesIO(self._data or b"")
            if self._data is not None or self._path is None
            else self._path.open("rb")
        )

    def blocks(self) -> Iterator[bytes]:
        """All bytes in blocks."""
        if self._data is not None:
            yield self._data
            return
        with self.open() as file:
            while block := file.read(BLOCK):
                yield block

    def sha256(self, stopped: Event | None = None) -> str:
        """The checksum of all bytes, in hexadecimal; of some, once it is `stopped` and nobody wants it any more."""
        if self._data is not None:
            return hashlib.sha256(self._data).hexdigest()
        digest, room = hashlib.sha256(), memoryview(bytearray(HASHED))
        with self.open() as file:
            while (size := file.readinto(room)) and not (stopped and stopped.is_set()):
                digest.update(room[:size])
        return digest.hexdigest()
