"""Being told to stop, at the keyboard or by the system: at once, but never in the middle of what must not be cut in two.

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
"""Seconds in which being told again is the same stop: a terminal that closes and a system that shuts down tell twice."""


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
    """Take every way of being told to stop for an interrupt at the keyboard; one that is to be ignored stays so."""
    _word.given = None
    take_over(_word.hear)


def heed() -> None:
    """Stop here, if a word was given that nobody took notice of.

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
