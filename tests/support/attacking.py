"""A round that anything may be put into, the program on it, and a guard: nothing is run, nothing received is changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner, Result

from peelcheck.cli import main
from peelcheck.schema import find_collection

HEADINGS = (
    "force", "force_code", "period_start", "period_end", "arrests", "risk_assessments", "charged_summonsed",
    "out_of_court_disposals", "victim_does_not_support", "other_outcomes", "outcomes_total", "dvpns_issued",
    "dvpos_applied", "dvpos_granted", "dvpos_breached", "note",
)  # fmt: skip
KENT = ("Kent", "E23000032")
NOW = (
    *KENT,
    "2016-07-01",
    "2017-06-30",
    "1201",
    "1507",
    "311",
    "102",
    "203",
    "50",
    "666",
    "5",
    "4",
    "3",
    "1",
    "",
)
BEFORE = (
    *KENT,
    "2015-07-01",
    "2016-06-30",
    "1104",
    "1489",
    "283",
    "91",
    "192",
    "41",
    "607",
    "4",
    "3",
    "2",
    "1",
    "",
)
TABLE = (HEADINGS, NOW, BEFORE)
"""Kent's return on domestic abuse, with nothing wrong in it."""

ROUND = {"collection": "one-return", "title": "A small round"}
SCHEMAS = {
    "collection.yaml": """\
title: One return
year: 2017
periods:
  year_to_june: {twelve_months_to: 30 June}
returns: [domestic_abuse]
""",
    "measures.yaml": "[]\n",
    "across.yaml": "[]\n",
}
"""A collection that is read and held in no time, with a return and the forces of the one that comes with the program."""
SECONDS = 30
"""More than any of these inputs may take on a slow and busy machine; a second is usual."""

_RUNS = (
    "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.startfile", "pty.",
    "socket.connect", "socket.sendto", "socket.getaddrinfo", "urllib.", "webbrowser.",
)  # fmt: skip
_CHANGES = (
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.chown", "os.truncate",
    "os.utime", "os.setxattr", "shutil.", "tempfile.",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def csv_of(table: Sequence[Sequence[str]], separator: str = ",") -> str:
    """Cells as CSV, every cell in quotation marks that needs them."""
    special = {separator, '"', "\n", "\r"}
    cells = [
        [f'"{c.replace(chr(34), chr(34) * 2)}"' if special & set(c) else c for c in row] for row in table
    ]
    return "".join(separator.join(row) + "\n" for row in cells)


def with_cell(row: int, heading: str, text: str) -> list[list[str]]:
    """Kent's return with another text in one cell; row 1 is the headings."""
    table = [list(line) for line in TABLE]
    table[row - 1][HEADINGS.index(heading)] = text
    return table


def a_round(folder: Path, data: bytes | str | None = None, name: str = "domestic_abuse.csv") -> Path:
    """A round's folder with one file, by default Kent's return on domestic abuse; and a small collection beside it."""
    schemas = folder / "schemas" / ROUND["collection"]
    schemas.mkdir(parents=True)
    for file, text in SCHEMAS.items():
        (schemas / file).write_text(text, encoding="utf-8")
    for file in ("forces.csv", "domestic_abuse.yaml"):
        shutil.copyfile(find_collection("peel-2017") / file, schemas / file)
    root = folder / "round"
    (root / "returns" / "kent").mkdir(parents=True)
    (root / "round.yaml").write_text("".join(f"{k}: {v}\n" for k, v in ROUND.items()), encoding="utf-8")
    data = csv_of(TABLE) if data is None else data
    (root / "returns" / "kent" / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return root


def validate(root: Path, *arguments: str | Path) -> Result:
    """Check a round made by `a_round`, by the small collection."""
    return peelcheck("validate", root, "--schemas", root.parent / "schemas", *arguments)


def peelcheck(*arguments: str | Path) -> Result:
    """Run the program in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="peelcheck")


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


def received(root: Path) -> dict[str, tuple[int, int, str]]:
    """Every file of a folder with its size, the time of its last change, and its checksum."""
    found = {}
    for folder, _, names in os.walk(root):
        for path in (os.path.join(folder, name) for name in names):  # noqa: PTH118 (it may be too long for a Path)
            if os.path.isfile(path) and not os.path.islink(path):  # noqa: PTH113, PTH114
                stat = Path(path).stat()
                checksum = hashlib.sha256(Path(path).read_bytes()).hexdigest()
                found[path] = (stat.st_size, stat.st_mtime_ns, checksum)
    return found


class _Guard:
    """Hears of everything that Python does to the world, while it listens: an audit hook cannot be taken out again."""

    def __init__(self) -> None:
        self.listening = False
        self.folder: Path | None = None
        self.heard: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.listening:
            return
        changes = event.startswith(_CHANGES) or (event == "open" and _writes(arguments))
        if event.startswith(_RUNS) or (changes and not self._may(arguments)):
            self.heard.append(f"{event} {arguments!r}")

    def _may(self, arguments: tuple[Any, ...]) -> bool:
        """What may change: the folder for results, and what Python compiles of modules."""
        if "__pycache__" in str(arguments[0]):
            return True
        return self.folder is not None and str(arguments[0]).startswith(f"{self.folder}{os.sep}")


def _writes(arguments: tuple[Any, ...]) -> bool:
    path, _, flags = arguments
    already_open = isinstance(path, int)  # by its path, which was heard
    return path != os.devnull and not already_open and bool(flags & _WRITING)


_guard = _Guard()


@contextmanager
def harmless(root: Path, results: Path | None = None) -> Iterator[None]:
    """What is run inside runs nothing else, writes nothing but in `results`, changes nothing in `root`, and ends in time."""
    before = received(root)
    _guard.heard.clear()
    with _in_time():
        _guard.folder, _guard.listening = results, True
        try:
            yield
        finally:
            _guard.listening = False
    assert _guard.heard == [], _guard.heard
    assert received(root) == before


class _Late(BaseException):
    """The program takes too long, or waits for something that never comes."""


@contextmanager
def _in_time() -> Iterator[None]:
    if not hasattr(signal, "SIGALRM"):  # Windows
        yield
        return

    def late(*_: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
