"""The program on something, in this process or in one of its own, and what it found."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner, Result

from peelcheck.cli import main

PROGRAM = (sys.executable, "-m", "peelcheck")
"""The program as a command, to be run in a process of its own."""
MOST_SECONDS = 300
"""More than any process here may take on a slow and busy machine."""


def peelcheck(*arguments: str | Path) -> Result:
    """Run the program in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="peelcheck")


def validate(root: Path, *arguments: str | Path) -> Result:
    """Check a round made by `rounds.a_small_round`, by the collection beside it."""
    return peelcheck("validate", root, "--schemas", root.parent / "schemas", *arguments)


@contextmanager
def heeded() -> Iterator[None]:
    """Inside, this process and those that it starts heed a word to stop.

    A shell has what it starts in the background ignore Ctrl+C, and every process hands that on.
    """
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    signals = [getattr(signal, name) for name in names if hasattr(signal, name)]
    ignored = [known for known in signals if signal.getsignal(known) is signal.SIG_IGN]
    for known in ignored:
        signal.signal(known, signal.default_int_handler if known == signal.SIGINT else signal.SIG_DFL)
    try:
        yield
    finally:
        for known in ignored:
            signal.signal(known, signal.SIG_IGN)


def started(*command: str | Path, **options: Any) -> subprocess.Popen[str]:
    """Start a process that heeds a word to stop, whoever runs the tests; its streams give text unless `text` says no."""
    with heeded():
        return subprocess.Popen(list(map(str, command)), **{"text": True, **options})


def ran(*command: str | Path, input: str | None = None, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a process to its end, its output and what it says caught unless `stdout` and `stderr` say otherwise."""
    given = {} if input is None else {"stdin": subprocess.PIPE}
    caught = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **given, **options}
    with started(*command, **caught) as process:
        try:
            out, said = process.communicate(input, timeout=MOST_SECONDS)
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(process.args, process.returncode, out, said)


def python(code: str, *arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own."""
    return ran(sys.executable, "-c", code, *arguments, **options)


def refused(root: Path) -> str:
    """What is said of a round that cannot be checked: exit code 2 of both commands, and nothing on stdout."""
    said = []
    for command in ("validate", "figures"):
        ran = peelcheck(command, root)
        assert (ran.exit_code, ran.stdout) == (2, ""), ran.stderr
        assert "Traceback" not in ran.stderr
        said.append(ran.stderr)
    assert said[0] == said[1]
    return said[0].removeprefix("Error: ").removesuffix("\n")


def unopened(*paths: Path) -> list[tuple[str | None, str]]:
    """Force and message of every file that could not be opened, for which the run ends with exit code 1."""
    ran = peelcheck("validate", *paths, "--format", "json")
    assert ran.exit_code == 1, ran.stderr
    assert ran.stderr == ""
    found: list[dict[str, Any]] = [q for q in json.loads(ran.stdout)["queries"] if q["code"] == "FI001"]
    for query in found:
        assert [place["row"] for place in query["locations"]] == [None]
    assert peelcheck("figures", *paths).exit_code == 0
    return [(query["force"], query["message"]) for query in found]


def queries(*paths: str | Path) -> list[dict[str, Any]]:
    """The queries about a round, a folder or files, as the JSON of a run has them."""
    found: list[dict[str, Any]] = json.loads(peelcheck("validate", *paths, "--format", "json").stdout)[
        "queries"
    ]
    return found


class Found(NamedTuple):
    """What the program found in one place: `row` 0 is a whole file, or a column of it."""

    code: str
    row: int
    column: str | None = None
    value: str | None = None


def found(ran: Result) -> set[Found]:
    """Everything that was found in a file, from the JSON of a run that went through; not the returns that have not come."""
    assert ran.exit_code in (0, 1), ran.stderr
    assert ran.stderr == ""
    return {
        Found(query["code"], place["row"] or 0, place["column"], place["value"])
        for query in json.loads(ran.stdout)["queries"]
        for place in query["locations"]
    }
