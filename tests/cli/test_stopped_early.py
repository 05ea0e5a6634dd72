"""Ctrl+C as the program starts and ends: a word and exit code 130, never a traceback."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

from tests.support.rounds import ROOT
from tests.support.running import python

pytestmark = pytest.mark.slow

SCRIPT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"][
    "peelcheck"
]
STARTS = {
    "module": "import runpy; runpy.run_module('peelcheck', run_name='__main__', alter_sys=True)",
    "script": "from {} import {} as run; run()".format(*SCRIPT.split(":")),
}
"""What `python -m peelcheck` does, and what the installed command does."""

TOLD_AT_IMPORT = """
import signal, sys
class Told:
    def find_spec(self, name, path=None, target=None):
        if name == told:
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Told())
told = sys.argv.pop(1)
"""
TOLD_WHERE_NOBODY_HEARS = TOLD_AT_IMPORT.replace(
    "            signal.raise_signal(signal.SIGINT)\n", "            Deaf()\n"
)
TOLD_WHERE_NOBODY_HEARS += """
class Deaf:
    def __del__(self):  # Python prints an exception in here, and goes on
        signal.raise_signal(signal.SIGINT)
"""
TOLD_AT_CALL = """
import signal, sys
def trace(frame, event, arg):
    place = frame.f_globals.get("__name__")
    if frame.f_code.co_name == told and (told == "leave" or place in ("click.core", "peelcheck.cli.program")):
        sys.settrace(None)
        signal.raise_signal(signal.SIGINT)
sys.settrace(trace)
told = sys.argv.pop(1)
"""


def ended(before: str, start: str, told: str = "", *arguments: str) -> tuple[int, str]:
    """Exit code and stderr of `peelcheck rules` that is told to stop."""
    ran = python(before + STARTS[start], told, *(arguments or ("rules",)), stdout=subprocess.DEVNULL)
    return ran.returncode, ran.stderr


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(
    "told",
    ["peelcheck.cli", "click", "click.core", "msgspec", "peelcheck.model", "peelcheck.cli.validate", "yaml"],
)
def test_while_the_program_is_loaded(told: str, start: str) -> None:
    assert ended(TOLD_AT_IMPORT, start, told) == (130, "Stopped.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_by_the_system_while_the_program_is_loaded(name: str) -> None:
    assert ended(TOLD_AT_IMPORT.replace("SIGINT", name), "module", "click") == (130, "Stopped.\n")


@pytest.mark.parametrize("arguments", [["rules"], ["explain", "DA101"], ["schema", "check"]])
def test_while_what_a_command_needs_is_loaded(arguments: list[str]) -> None:
    assert ended(TOLD_WHERE_NOBODY_HEARS, "module", "yaml", *arguments) == (130, "Stopped.\n")


@pytest.mark.parametrize("told", ["main", "make_context", "parse_args", "invoke"])
def test_while_the_command_line_is_taken_apart(told: str) -> None:
    assert ended(TOLD_AT_CALL, "module", told) == (130, "Stopped.\n")


@pytest.mark.parametrize("start", STARTS)
def test_when_all_is_done(start: str) -> None:
    assert ended(TOLD_AT_CALL, start, "leave") == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are ignored otherwise on Windows")
def test_a_stop_that_is_to_be_ignored_is_ignored_from_the_start() -> None:
    ignored = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    assert ended(ignored + TOLD_AT_IMPORT, "module", "click") == (0, "")


AT_THE_END = """
import atexit, sys
atexit.register(print, "told", file=sys.stderr)
del sys.argv[1]
"""


@pytest.mark.parametrize(("watched", "said"), [("", ""), ("sys.setprofile(lambda *_: None)\n", "told\n")])
def test_the_end_is_at_once_unless_somebody_watches(watched: str, said: str) -> None:
    assert ended(AT_THE_END + watched, "script") == (0, said)
