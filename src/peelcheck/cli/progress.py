"""A bar on stderr, for people who wait: only on a terminal, and only after a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE = 1.0
"""Seconds without a bar."""


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """What a run calls with what it is doing, how much of it is done, and how much there is."""
    shown = _Shown()
    try:
        yield shown if sys.stderr.isatty() else _quietly
    finally:
        shown.close()


def _quietly(what: str, done: int, total: int) -> None:
    pass


class _Shown:
    def __init__(self) -> None:
        self._started = time.monotonic()
        self._bar: Bar | None = None

    def __call__(self, what: str, done: int, total: int) -> None:
        if time.monotonic() - self._started < PATIENCE:
            return
        if self._bar is None:
            self._bar = _bar()
            self._bar.add_task(what)
            self._bar.start()
        task = self._bar.task_ids[0]
        self._bar.update(task, description=what, completed=done, total=total)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
