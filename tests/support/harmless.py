"""A guard around a run: nothing else is run, nothing received is changed, and it ends in time."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SECONDS = 30
"""More than any of these inputs may take on a slow and busy machine; a second is usual."""

_RUNS = (
    "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.startfile", "pty.",
    "socket.connect", "socket.sendto", "socket.getaddrinfo", "urllib.", "webbrowser.",
)  # fmt: skip
_CHANGES = (
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.chown", "os.truncate",
    "os.utime", "os.setxattr", "shutil.", "tempfile.",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def received(root: Path) -> dict[str, tuple[int, int, str]]:
    """Every file of a folder with its size, the time of its last change, and its checksum."""
    found = {}
    for folder, _, names in os.walk(root):
        for path in (os.path.join(folder, name) for name in names):  # noqa: PTH118 (it may be too long for a Path)
            if os.path.isfile(path) and not os.path.islink(path):  # noqa: PTH113, PTH114
                stat = Path(path).stat()
                checksum = hashlib.sha256(Path(path).read_bytes()).hexdigest()
                found[path] = (stat.st_size, stat.st_mtime_ns, checksum)
    return found


class _Guard:
    """Hears of everything that Python does to the world, while it listens: an audit hook cannot be taken out again."""

    def __init__(self) -> None:
        self.listening = False
        self.folder: Path | None = None
        self.heard: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.listening:
            return
        changes = event.startswith(_CHANGES) or (event == "open" and _writes(arguments))
        if event.startswith(_RUNS) or (changes and not self._may(arguments)):
            self.heard.append(f"{event} {arguments!r}")

    def _may(self, arguments: tuple[Any, ...]) -> bool:
        """What may change: the folder for results, and what Python compiles of modules."""
        if "__pycache__" in str(arguments[0]):
            return True
        return self.folder is not None and str(arguments[0]).startswith(f"{self.folder}{os.sep}")


def _writes(arguments: tuple[Any, ...]) -> bool:
    path, _, flags = arguments
    already_open = isinstance(path, int)  # by its path, which was heard
    return path != os.devnull and not already_open and bool(flags & _WRITING)


_guard = _Guard()


@contextmanager
def harmless(root: Path, results: Path | None = None) -> Iterator[None]:
    """What is run inside runs nothing else, writes nothing but in `results`, changes nothing in `root`, and ends in time."""
    before = received(root)
    _guard.heard.clear()
    with _in_time():
        _guard.folder, _guard.listening = results, True
        try:
            yield
        finally:
            _guard.listening = False
    assert _guard.heard == [], _guard.heard
    assert received(root) == before


class _Late(BaseException):
    """The program takes too long, or waits for something that never comes."""


@contextmanager
def _in_time() -> Iterator[None]:
    if not hasattr(signal, "SIGALRM"):  # Windows
        yield
        return

    def late(*_: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
