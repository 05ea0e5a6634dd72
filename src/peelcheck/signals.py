"""Stop signals that come before the program is loaded: print one word and end.

Python makes an exception of it wherever it is, which in the middle of an import ends in a traceback or in nothing at all.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn, TypeAlias

INTERRUPTED = 130
STOPPED = "Stopped."
SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
]
"""The stop signals of this system."""
Handler: TypeAlias = Callable[[int, FrameType | None], Any]


def stop_at_once(*_: object) -> NoReturn:
    """Handle the signal: nothing has been begun yet that would have to be cleared away."""
    with suppress(OSError):
        os.write(2, f"{STOPPED}\n".encode())
    os._exit(INTERRUPTED)


def take_over(handler: Handler) -> None:
    """Set this handler for every stop signal, except those that are ignored or already handled otherwise."""
    for number in SIGNALS:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler, stop_at_once):
            signal.signal(number, handler)
