"""`python -m peelcheck`."""

from __future__ import annotations

from peelcheck.cli import main

if __name__ == "__main__":
    main(prog_name="peelcheck")
