"""A file or its bytes, read as often as needed; a small file is read once and kept."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

KEPT = 1 << 25
"""Bytes up to which a file is kept in memory."""
HEAD = 1 << 16
BLOCK = 96 << 10
"""Bytes that are looked at together: few enough for the processor's cache, and that the room for them and for what is made of
them is used again and again, and not given back to the system each time."""

HASHED = 1 << 18
"""Bytes that are hashed at once."""


class Source:
    """Bytes that can be read from the start again and again.

    Attributes:
        size: in bytes.
        head: the first `HEAD` bytes.

    Raises:
        OSError: the file cannot be opened.
        TypeError: it is neither a path nor bytes.
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
                known = os.fstat(file.fileno()).st_size  # 0 for what is no file
                start = file.read(HEAD if known > KEPT else known + 1)
                if known < len(start):  # it is no file, or grows
                    start += file.read(KEPT + 1 - len(start))
                if known <= KEPT and len(start) <= KEPT:
                    self._data = start
                self.size = known if self._data is None else len(start)
                self.head = start[:HEAD]
        else:
            self.size, self.head = len(self._data or b""), (self._data or b"")[:HEAD]

    @property
    def data(self) -> bytes | None:
        """All bytes, where they are in memory."""
        return self._data

    @property
    def path(self) -> Path | None:
        """The file, where it is one."""
        return self._path

    def open(self) -> io.BytesIO | io.BufferedReader:
        """The bytes from the start."""
        return (
            io.BytesIO(self._data or b"")
            if self._data is not None or self._path is None
            else self._path.open("rb")
        )

    def blocks(self) -> Iterator[bytes]:
        """The bytes in pieces."""
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
