"""The program as a process of its own: `python -m peelcheck`, and `peelcheck` where it is installed."""

from __future__ import annotations

import signal

from peelcheck.stopped import leave, stop_at_once


def main() -> None:
    """Run the program, which can be stopped from here on, and at its very end need not be any more."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # one that is to be ignored stays so
        signal.signal(signal.SIGINT, stop_at_once)
    from peelcheck.cli import main as program

    try:
        program(prog_name="peelcheck")
    except SystemExit as ended:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if isinstance(ended.code, int):
            leave(ended.code)
        raise


if __name__ == "__main__":
    main()
