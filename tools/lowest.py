"""Run the tests with every dependency at its lower bound: a bound in pyproject.toml is a version that the tests pass with.

Run with `python tools/lowest.py`; what stands behind it goes to pytest. It makes an environment of its own in `.lowest`,
anew each time. It needs a Python that all lower bounds have wheels for: the oldest that the project supports.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".lowest"
PYTHON = FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def main(arguments: list[str]) -> int:
    """Make the environment and run the tests in it; the exit code is that of the first step that failed."""
    venv.create(FOLDER, clear=True, with_pip=True)
    for step in (
        ["pip", "install", "-q", "uv"],
        [
            "uv",
            "pip",
            "install",
            "-q",
            "--python",
            str(PYTHON),
            "--resolution",
            "lowest-direct",
            "-e",
            ".[test]",
        ],
        ["uv", "pip", "list", "--python", str(PYTHON)],
        ["pytest", "-q", "-n", "2", *arguments],
    ):
        print(f"— python -m {' '.join(step)}", flush=True)
        code = subprocess.run([str(PYTHON), "-m", *step], cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
