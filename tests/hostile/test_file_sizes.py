"""Files larger than the limit are not read at all; a run that reads long ones can be stopped, or killed, at any time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import peelcheck as package
from peelcheck.cli.output import whole_file
from tests.support.harmless import SECONDS
from tests.support.rounds import a_small_round as a_round
from tests.support.rounds import csv_of, with_cell
from tests.support.running import peelcheck, started, validate

SPARSE = pytest.mark.skipif(sys.platform == "win32", reason="Windows gives a long file its room on the disk")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows stops a program otherwise")
GB = 10**9
AT_ONCE = 10.0
"""Seconds on a slow and busy machine for what takes a tenth of one, and without end if all bytes were waited for."""
HEADINGS = (
    "crime_reference,force,force_code,date_committed,date_recorded,offence_code,outcome_type,outcome_date,"
)
HEADINGS += "domestic_abuse,note"


def lengthen(path: Path, size: int) -> None:
    """Give a file a size without writing to the disk: what was not in it is null characters."""
    with path.open("ab") as file:
        file.truncate(size)


def begun(results: Path, *arguments: str | Path) -> subprocess.Popen[str]:
    """The program in a process of its own that has begun to write to a folder."""
    command = [sys.executable, "-m", "peelcheck", *map(str, arguments)]
    process = started(*command, stderr=subprocess.PIPE)
    while not list(results.iterdir()):
        assert process.poll() is None
        time.sleep(0.01)
    return process


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code and what it said."""
    _, said = process.communicate(timeout=SECONDS)
    return process.returncode, said


@SPARSE
@pytest.mark.parametrize(
    ("size", "shown"), [(6, "6,000,000,000 bytes (6 GB)"), (200, "200,000,000,000 bytes (200 GB)")]
)
def test_a_file_beyond_the_limit_is_refused_by_its_size(size: int, shown: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    lengthen(root / "returns" / "kent" / "records.csv", size * GB)
    started = time.monotonic()
    ran = validate(root, "--format", "json")
    assert time.monotonic() - started < SECONDS
    assert (ran.exit_code, ran.stderr) == (1, "")
    (query,) = [query for query in json.loads(ran.stdout)["queries"] if query["code"] != "RO101"]
    assert (query["code"], query["force"], query["severity"]) == ("RO127", "Kent", "error")
    assert query["message"] == (
        f"returns/kent/records.csv has {shown}. Files of more than 2 GB are not read; --max-file-size sets the limit."
    )
    files = {file["path"]: (file["return"], file["sha256"]) for file in json.loads(ran.stdout)["files"]}
    assert files["returns/kent/records.csv"] == (None, None)
    assert files["returns/kent/domestic_abuse.csv"][0] == "domestic_abuse", "the others are read all the same"
    figures = peelcheck("figures", root, "--schemas", root.parent / "schemas")
    assert (figures.exit_code, figures.stderr) == (0, "")


@pytest.mark.parametrize(
    ("limit", "codes"),
    [
        ("1MB", []),
        ("1 mb", []),
        ("0.4kB", []),
        ("2000000", []),
        ("300", ["RO127"]),
        ("0.3KB", ["RO127"]),
        ("1b", ["RO127"]),
    ],
)
def test_the_limit_is_set(limit: str, codes: list[str], tmp_path: Path) -> None:
    root = a_round(tmp_path)
    assert 300 < (root / "returns" / "kent" / "domestic_abuse.csv").stat().st_size < 400
    ran = validate(root, "--max-file-size", limit, "--format", "json")
    assert [q["code"] for q in json.loads(ran.stdout)["queries"] if q["code"] != "RO101"] == codes
    assert (ran.exit_code, ran.stderr) == (1, "")


def test_the_limit_from_python(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    path, schemas = root / "returns" / "kent" / "domestic_abuse.csv", root.parent / "schemas"
    size = path.stat().st_size
    held = package.validate(path, schemas=schemas, max_file_size=size)
    assert [query.code for query in held.queries] == []
    (query,) = package.validate(path, schemas=schemas, max_file_size=size - 1).queries
    assert query.code == "RO127"
    assert (
        f"has {size:,} bytes ({size:,} bytes). Files of more than {size - 1:,} bytes are not read"
        in query.message
    )
    assert package.figure_set(path, schemas=schemas, max_file_size=size - 1).items == ()


@pytest.mark.parametrize(
    "size", ["", "0", "-1", "2XB", "GB", "1e9", "nan", "99999999999TB", "0.0001kB", "2GB GB"]
)
@pytest.mark.parametrize("command", ["validate", "figures"])
def test_what_is_no_size(command: str, size: str, tmp_path: Path) -> None:
    ran = peelcheck(command, a_round(tmp_path), f"--max-file-size={size}")
    said = f"Error: --max-file-size expects a size such as 500MB or 2GB, not {size!r}\n"
    assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", said)


@SPARSE
@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "history/domestic_abuse.csv",
            "has 200,000,000,000 bytes (200 GB). Files of more than 2 GB are not read; --max-file-size sets the limit.",
        ),
        ("declarations.csv", "is larger than the limit of 1,000,000 bytes"),
        ("round.yaml", "is larger than the limit of 1,000,000 bytes"),
    ],
)
def test_a_file_of_the_round_that_is_too_large_stops_the_run(name: str, said: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "history").mkdir()
    lengthen(root / name, 200 * GB)
    started = time.monotonic()
    ran = validate(root)
    assert time.monotonic() - started < SECONDS
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("Error: ")
    assert name in ran.stderr
    assert ran.stderr.endswith(f"{said}\n")


@POSIX
@pytest.mark.parametrize("delay", [0.5, 1.5])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_run_is_stopped_while_it_reads_and_hashes(name: str, delay: float, tmp_path: Path) -> None:
    root, results = a_round(tmp_path, f"{HEADINGS}\n", "crime_records.csv"), tmp_path / "results"
    results.mkdir()
    lengthen(root / "returns" / "kent" / "crime_records.csv", 200 * GB)
    process = begun(
        results,
        "validate",
        root,
        "--collection",
        "peel-2017",
        "--max-file-size",
        "1TB",
        "--findings",
        results / "f.csv",
    )
    time.sleep(delay)
    told = time.monotonic()
    process.send_signal(signal.Signals[name])
    assert ended(process) == (130, "Stopped.\n")
    assert time.monotonic() - told < AT_ONCE
    assert list(results.iterdir()) == []


@POSIX
def test_what_a_killed_run_left_behind_is_removed_by_the_next_one(tmp_path: Path) -> None:
    root, results = a_round(tmp_path, csv_of(with_cell(2, "arrests", "x"))), tmp_path / "results"
    results.mkdir()
    large, schemas = root / "returns" / "kent" / "records.csv", root.parent / "schemas"
    lengthen(large, 200 * GB)
    arguments = ("validate", root, "--schemas", schemas, "--findings", results / "f.csv")
    process = begun(results, *arguments, "--max-file-size", "1TB")
    process.kill()
    assert ended(process)[0] == -signal.SIGKILL
    (left,) = results.iterdir()
    large.unlink()
    others = [
        ".g.csv.0123abcd.part",
        ".f.csv.0123abcd.part.csv",
        ".f.csv.0123ABCD.part",
        "f.csv.0123abcd.part",
        ".f.csv.012.part",
    ]
    for other in others:
        (results / other).write_text("x", encoding="utf-8")
    (results / ".f.csv.01234567.part").mkdir()
    (results / ".f.csv.89abcdef.part").symlink_to(large)
    kept = {*others, ".f.csv.01234567.part", ".f.csv.89abcdef.part", "f.csv"}

    assert peelcheck(*arguments).exit_code == 1
    assert {path.name for path in results.iterdir()} == kept | {left.name}, "it may still be written to"
    for path in results.iterdir():
        os.utime(path, (time.time() - 3700,) * 2, follow_symlinks=False)
    assert peelcheck(*arguments).exit_code == 1
    assert {path.name for path in results.iterdir()} == kept


def test_of_two_long_names_each_has_its_own(tmp_path: Path) -> None:
    root, same = a_round(tmp_path), "x" * 60
    left: list[Path] = []
    for name in (f"{same}1.csv", f"{same}2.csv"):
        path = tmp_path / name
        with whole_file(path) as handle:
            handle.write(b"")
            left += tmp_path.glob(".*.part")
        path.unlink()
    for path in left:
        path.write_text("x", encoding="utf-8")
        os.utime(path, (time.time() - 3700,) * 2)
    assert validate(root, "--output", tmp_path / f"{same}1.csv").exit_code == 1
    assert [path.exists() for path in left] == [False, True]
