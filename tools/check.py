"""Everything that must hold before a change lands: format, lint, types, layers, tests and their coverage.

Run with `python tools/check.py` in an environment with the `dev` extra; stops at nothing, and fails if any step failed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent

PYTHON = [sys.executable, "-m"]
STEPS = {
    "format": [*PYTHON, "ruff", "format", "--check", "."],
    "lint": [*PYTHON, "ruff", "check", "."],
    "types": [*PYTHON, "mypy"],
    "layers": [str(Path(sys.executable).with_name("lint-imports"))],
    "tests": [*PYTHON, "pytest", "-q", "-n", "2", "--cov", "--cov-fail-under=95"],
}


def main() -> int:
    """Run every step; 0 if all passed."""
    failed = []
    for name, command in STEPS.items():
        print(f"— {name}: {' '.join(command)}", flush=True)
        started = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, check=False)
        print(
            f"  {'passed' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - started:.0f} s",
            flush=True,
        )
        if done.returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
