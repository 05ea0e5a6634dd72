"""Stop when the keyboard or the system asks for it: at once, but never in the middle of a step that must be completed.

Python turns a signal into a KeyboardInterrupt wherever it happens to be, between the making of a file and the line that
sees to it that it is removed, or inside a library that takes no notice of it. So the word is remembered as well.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from peelcheck.signals import take_over

_SAME = 1.0
"""Seconds in which a second signal counts as the same stop: a closing terminal and a system shutting down send two."""


class _Word:
    def __init__(self) -> None:
        self.given: float | None = None
        self.holding = 0

    def hear(self, number: int, frame: FrameType | None) -> None:
        before, self.given = self.given, time.monotonic()
        if not self.holding and (before is None or self.given - before > _SAME):
            raise KeyboardInterrupt


_word = _Word()


def listen() -> None:
    """Handle every stop signal like an interrupt at the keyboard; a signal that is to be ignored stays ignored."""
    _word.given = None
    take_over(_word.hear)


def heed() -> None:
    """Stop here if a stop signal came and was not acted on.

    Raises:
        KeyboardInterrupt: it was.
    """
    if _word.given is not None and not _word.holding:
        raise KeyboardInterrupt


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Do what is inside to its end, and stop then.

    Raises:
        KeyboardInterrupt: a word was given, now or before.
    """
    _word.holding += 1
    try:
        yield
    finally:
        _word.holding -= 1
    heed()
