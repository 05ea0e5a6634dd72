"""A bar on stderr, for people who wait: only on a terminal, and only after a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from peelcheck.cli.stopping import heed

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE = 1.0
"""Seconds without a bar."""


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """What a run calls with what it is doing, how much of it is done, and how much there is."""
    shown = _Shown()
    try:
        yield shown if sys.stderr is not None and sys.stderr.isatty() else _quietly
    finally:
        shown.close()


def _quietly(what: str, done: int, total: int) -> None:
    heed()


class _Shown:
    def __init__(self) -> None:
        self._started = time.monotonic()
        self._bar: Bar | None = None

    def __call__(self, what: str, done: int, total: int) -> None:
        heed()
        if time.monotonic() - self._started < PATIENCE:
            return
        if self._bar is None:
            self._bar = _bar()
            self._bar.add_task(what, total=None)
            self._bar.start()
        task = self._bar.tasks[0]
        if task.description != what:
            self._bar.reset(task.id)
        self._bar.update(task.id, description=what, completed=done, total=total or None)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.text import Text

    class HowMuch(ProgressColumn):
        """`120 of 319`; where the whole is not known, how many there were and how many a second."""

        def render(self, task: Task) -> Text:
            if task.total:
                return Text(f"{task.completed:,.0f} of {task.total:,.0f}")
            rate = f", {task.speed:,.0f} a second" if task.speed else ""
            return Text(f"{task.completed:,.0f}{rate}")

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), HowMuch())
    return Progress(*columns, console=Console(stderr=True), transient=True)
