"""The program as a process of its own: `python -m peelcheck`, and `peelcheck` where it is installed."""

from __future__ import annotations

import os
import signal
import sys

from peelcheck.signals import SIGNALS, stop_at_once, take_over


def main() -> None:
    """Run the program, which can be stopped from here on, and at its very end need not be any more."""
    take_over(stop_at_once)
    from peelcheck.cli import main as program

    try:
        program(prog_name="peelcheck")
    except SystemExit as ended:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        if isinstance(ended.code, int):
            leave(ended.code)
        raise


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


if __name__ == "__main__":
    main()
