"""Being told to stop at the keyboard before anything is loaded that can take it well: a word, and the end.

Python makes an exception of it wherever it is, which in the middle of an import ends in a traceback or in nothing at all.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

INTERRUPTED = 130
STOPPED = "Stopped."


def stop_at_once(*_: object) -> NoReturn:
    """Handle the signal: nothing has been begun yet that would have to be cleared away."""
    with suppress(OSError):
        os.write(2, f"{STOPPED}\n".encode())
    os._exit(INTERRUPTED)


def leave(code: int) -> None:
    """End the process at once if all is written: to take pandas apart first would take longer than `--help` does.

    Returns if something could not be written, or somebody watches who is to be told: that is left to Python's own end.
    """
    if sys.gettrace() or sys.getprofile():
        return
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):  # one that is closed is None
            stream.flush()
    except (OSError, ValueError):
        return
    os._exit(code)
