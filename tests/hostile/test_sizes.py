"""Files that are made to be too much, and runs that cannot end well: an answer in time, and nothing half-written.

The inputs are those of `benchmarks/hostile.py`, which tries them a thousand times larger and takes their time and memory.
That a result is written whole or not at all, and never over a received file, begins in `tests/cli/test_output.py`.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hostile import LARGE, MANY
from tests.support.harmless import SECONDS, harmless, received
from tests.support.rounds import TABLE, csv_of, with_cell
from tests.support.rounds import a_small_round as a_round
from tests.support.running import PROGRAM, peelcheck, python, ran, started, validate

WHOLE = 0
Said = tuple[str, str | None, int, int]
"""A code, a column, the first row and the number of places."""

LAST_YEAR: Said = ("RO110", None, WHOLE, 1)
"""The row of the year before has not come."""
MEGABYTES = 1
OF_LARGE: dict[str, list[Said]] = {
    "one cell, in quotation marks": [("FI017", None, 2, 1), LAST_YEAR],
    "one cell, bare": [("FI017", None, 2, 1), LAST_YEAR],
    "one line, and nothing else": [("FI006", None, 1, 1), ("FI017", None, 1, 1)],
    "one row of commas": [("FI109", None, 1, 1), LAST_YEAR],
    "a quotation mark that is not closed": [
        ("FI009", None, 2, 1), ("FI104", None, 3, 16383), ("RO119", "force", 3, 16383), LAST_YEAR,
    ],
    "nothing but null bytes after the first row": [("FI008", None, 3, 1), ("FI017", None, 3, 1), LAST_YEAR],
    "nothing but line ends after the first row": [LAST_YEAR],
    "a return of figures": [LAST_YEAR, ("RO111", "period_end", 3, 13980)],
    "records, one cell": [
        ("FI017", None, 2, 1), ("FI104", None, 2, 1), ("TY101", "date_recorded", 2, 1), ("TY101", "offence_code", 2, 1),
        ("TY101", "outcome_type", 2, 1),
    ],
}  # fmt: skip
OF_MANY: dict[str, tuple[int, list[Said]]] = {
    "a million columns": (20_000, [("FI016", None, 1, 1)]),
    "as many columns as a spreadsheet has": (16_384, [("RO103", None, 1, 1)]),
    "one heading ten thousand times": (10_000, [("FI012", "arrests", 1, 1), LAST_YEAR]),
    "names of forces, all misspelt": (3000, [("CE007", "force", 2, 3000)]),
    "records of forces, all misspelt": (3000, [("CE007", "force", 2, 3000)]),
    "rows in a return of figures": (3000, [LAST_YEAR, ("RO111", "period_end", 3, 2999)]),
    "records, all ragged": (3000, [("FI104", None, 2, 3000)]),
    "records, all too long": (3000, [("FI010", None, 2, 3000)]),
    "records, all cells wrong": (
        3000,
        [
            ("CE003", "date_committed", 2, 3000), ("CE003", "date_recorded", 2, 3000), ("CE003", "outcome_date", 2, 3000),
            ("RO125", "domestic_abuse", WHOLE, 1),
            ("TY101", "crime_reference", 2, 3000), ("TY101", "outcome_type", 2, 3000),
            ("TY104", "offence_group", 2, 3000), ("TY104", "victim_vulnerable", 2, 3000),
            ("TY105", "offence_code", 2, 3000),
        ],
    ),
}  # fmt: skip
INPUTS = {
    **{name: (*LARGE[name], MEGABYTES, said) for name, said in OF_LARGE.items()},
    **{name: (*MANY[name][:2], size, said) for name, (size, said) in OF_MANY.items()},
}
EACH_BYTE_A_ROW = "nothing but line ends after the first row"
MOST_WRITTEN = 500_000
"""Characters of the JSON of a round of which nearly every return is missing, whatever one file holds."""
OF_BEFORE = '{\n "version": 1,\n "rules": []\n}\n'
"""A result of the day before, such as may be written over."""


def test_every_input_is_here() -> None:
    assert INPUTS.keys() == {*LARGE, *MANY}


@pytest.mark.slow
@pytest.mark.parametrize("name", INPUTS)
def test_an_input_that_is_too_much(name: str, tmp_path: Path) -> None:
    file, write, size, said = INPUTS[name]
    root = a_round(tmp_path, "", f"{file}.csv")
    path = root / "returns" / "kent" / f"{file}.csv"
    with path.open("wb") as handle:
        write(handle, size)
    if name == EACH_BYTE_A_ROW:
        os.truncate(path, 100_000)
    with harmless(root):
        ran = peelcheck("validate", root, "--collection", "peel-2017", "--format", "json")
    assert (ran.exit_code, ran.stderr) == (1, "")
    assert len(ran.stdout) < MOST_WRITTEN
    result = json.loads(ran.stdout)
    queries = [query for query in result["queries"] if query["code"] not in ("RO101", "RO118")]
    places = [(query["locations"][0]["row"] or WHOLE, query["locations_total"]) for query in queries]
    found = [(query["code"], query["item"], *place) for query, place in zip(queries, places, strict=True)]
    assert sorted(found, key=str) == sorted(said, key=str)
    (read,) = result["files"]
    assert read["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_heading_with_very_many_spaces_in_it(tmp_path: Path) -> None:
    heading = f"a{' ' * 60_000}b"
    table = csv_of([[*line, more] for line, more in zip(TABLE, (heading, "1", "2"), strict=True)])
    root = a_round(tmp_path, table)
    with harmless(root):
        ran = validate(root, "--format", "json")
    assert "RO105" in {query["code"] for query in json.loads(ran.stdout)["queries"]}


# --- runs that do not end well -------------------------------------------------------------------------------------------


def child(*arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    """The program in a process of its own, which leaves no compiled files behind."""
    return started(sys.executable, "-B", "-m", "peelcheck", *arguments, stderr=subprocess.PIPE, **options)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code and what it said."""
    _, said = process.communicate(timeout=SECONDS)
    return process.returncode, said


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows stops a program otherwise")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_run_that_is_stopped_leaves_nothing_half_written(name: str, tmp_path: Path) -> None:
    file, write, _ = MANY["records, all cells wrong"]
    root, results = a_round(tmp_path, "", f"{file}.csv"), tmp_path / "results"
    results.mkdir()
    (results / "queries").write_text(OF_BEFORE, encoding="utf-8")
    with (root / "returns" / "kent" / f"{file}.csv").open("wb") as handle:
        write(handle, 1_500_000)
    outputs = ("--output", results / "queries", "--findings", results / "findings")
    before, begun = received(root), time.monotonic()
    process = child("validate", root, "--collection", "peel-2017", *outputs)
    while len(list(results.iterdir())) < 2 and process.poll() is None:  # the findings are being written
        assert time.monotonic() - begun < SECONDS
        time.sleep(0.01)
    process.send_signal(signal.Signals[name])
    assert ended(process) == (130, "Stopped.\n")
    assert [path.name for path in results.iterdir()] == ["queries"]
    assert (results / "queries").read_text(encoding="utf-8") == OF_BEFORE
    assert received(root) == before


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_behind_stdout(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    with Path("/dev/full").open("wb") as full:
        ran = ended(child("validate", root, "--schemas", tmp_path / "schemas", stdout=full))
    assert ran == (2, "Error: the result cannot be written (No space left on device)\n")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("option", ["--help", "--version"])
def test_a_full_disk_behind_what_click_writes(option: str) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = ended(child(option, stdout=full))
    assert ran == (2, "Error: the result cannot be written (No space left on device)\n")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_behind_stderr_changes_nothing_else(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = ran(*PROGRAM, "validate", tmp_path / "nowhere", stderr=full)
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets no folder go that is the current one")
@pytest.mark.parametrize("command", ["validate", "figures"])
def test_a_current_folder_that_is_gone(command: str, tmp_path: Path) -> None:
    root, here = a_round(tmp_path), tmp_path / "here"
    here.mkdir()
    begin = "import os, sys; os.chdir(sys.argv[1]); os.rmdir(sys.argv.pop(1)); from peelcheck.cli import main; main()"
    done = python(begin, here, command, root)
    said = "Error: the current folder cannot be used (No such file or directory)\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="Windows has no such file")
@pytest.mark.parametrize("command", ["validate", "figures"])
def test_a_pipe_that_is_named_as_a_file(command: str, tmp_path: Path) -> None:
    done = ran(*PROGRAM, command, "/dev/stdin", input="a,b\n1,2\n")
    said = "Error: /dev/stdin: is a pipe or a device, not a file; please save its contents as a file (.csv)\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="Windows has no such file")
def test_a_file_that_is_sent_to_stdin_is_read(tmp_path: Path) -> None:
    file = a_round(tmp_path) / "returns" / "kent" / "domestic_abuse.csv"
    with file.open("rb") as handle:
        done = ran(*PROGRAM, "validate", "/dev/stdin", "--format", "json", stdin=handle)
    assert [read["rows"] for read in json.loads(done.stdout)["files"]] == [2]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the words are those of Linux")
@pytest.mark.parametrize("option", ["--output", "--findings"])
def test_a_file_that_grows_larger_than_it_may(option: str, tmp_path: Path) -> None:
    import resource

    def at_most() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    root, results = a_round(tmp_path), tmp_path / "results"
    results.mkdir()
    (results / "old").write_text(OF_BEFORE, encoding="utf-8")
    schemas = ("--schemas", tmp_path / "schemas")
    ran = child(
        "validate", root, *schemas, option, results / "old", stdout=subprocess.DEVNULL, preexec_fn=at_most
    )
    assert ended(ran) == (2, f"Error: {results / 'old'}: cannot be written (File too large)\n")
    assert [path.name for path in results.iterdir()] == ["old"]
    assert (results / "old").read_text(encoding="utf-8") == OF_BEFORE


@pytest.mark.skipif(sys.platform != "linux", reason="the words are those of Linux")
@pytest.mark.parametrize("option", ["--output", "--findings"])
@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("gone/queries.csv", "No such file or directory"),
        ("round/round.yaml/queries.csv", "Not a directory"),
        ("loop/queries.csv", "Too many levels of symbolic links"),
        ("n" * 300, "File name too long"),
        ("n/" * 3000 + "n", "File name too long"),
        ("/dev/full", "it is not a file"),
        ("pipe", "it is not a file"),
        pytest.param(
            "shut/queries.csv",
            "Permission denied",
            marks=pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may write everywhere"),
        ),
    ],
    ids=lambda value: value[:30],
)
def test_a_place_where_nothing_can_be_written(place: str, why: str, option: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "shut").mkdir(mode=0o500)
    before = sorted(tmp_path.iterdir())
    with harmless(root, tmp_path):
        ran = validate(root, option, tmp_path / place)
    assert ran.exit_code == 2
    assert ran.stderr == f"Error: {tmp_path / place}: cannot be written ({why})\n"
    assert sorted(tmp_path.iterdir()) == before


def test_a_name_as_long_as_names_may_be(tmp_path: Path) -> None:
    root, output = a_round(tmp_path), tmp_path / ("n" * 255)
    with harmless(root, tmp_path):
        ran = validate(root, "--format", "json", "--output", output)
    assert (ran.exit_code, ran.stderr) == (1, "")
    assert json.loads(output.read_bytes())["files"]


def test_two_results_are_not_written_over_each_other(tmp_path: Path) -> None:
    root, output = a_round(tmp_path), tmp_path / "queries.csv"
    with harmless(root):
        ran = validate(root, "--output", output, "--findings", output)
    assert ran.exit_code == 2
    assert ran.stderr == (
        f"Error: {output}: is given for both --output and --findings; please choose two names\n"
    )
    assert not output.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links are made otherwise on Windows")
def test_a_result_under_another_name_of_a_received_file(tmp_path: Path) -> None:
    root = a_round(tmp_path, csv_of(with_cell(2, "arrests", "x")))
    file, soft, hard = root / "returns" / "kent" / "domestic_abuse.csv", tmp_path / "soft", tmp_path / "hard"
    soft.symlink_to(file)
    hard.hardlink_to(file)
    for option in ("--output", "--findings"):
        with harmless(root, tmp_path):
            ran = validate(root, option, soft)
        assert ran.exit_code == 2
        assert ran.stderr == f"Error: {soft}: is one of the files to be checked; please choose another name\n"
        with harmless(root, tmp_path):
            ran = validate(root, option, hard)
        assert (ran.exit_code, ran.stdout) == (2, "")
        assert ran.stderr.startswith(f"Error: {hard}: already exists and is not peelcheck output;")
