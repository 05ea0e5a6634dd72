"""Files that are made to fill the memory or to take for ever, through the whole program: time, peak memory, exit code.

    python -m benchmarks.hostile                      # every input, of the sizes named here
    python -m benchmarks.hostile --megabytes 64       # the large ones of 64 megabytes
    python -m benchmarks.hostile --only "one cell"    # those whose name holds these words

Each input is a round of its own in a folder for temporary files (with the default sizes up to a gigabyte at a time), and
the program is run on it in a process of its own. Exit code 1 if any run ended with something other than 0, 1 or 2.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MEGABYTE = 1 << 20
HEADINGS = b"force,force_code,period_start,period_end,arrests,risk_assessments,charged_summonsed,"
HEADINGS += b"out_of_court_disposals,victim_does_not_support,other_outcomes,outcomes_total,dvpns_issued,dvpos_applied,"
HEADINGS += b"dvpos_granted,dvpos_breached,note\n"
ROW = b"Kent,E23000032,2016-07-01,2017-06-30,1201,1507,311,102,203,50,666,5,4,3,1,"
RECORDS = (
    b"force,force_code,crime_reference,offence_code,offence_group,date_recorded,date_committed,outcome_type,"
)
RECORDS += b"outcome_date,domestic_abuse,victim_vulnerable\n"
RECORD = b"Kent,E23000032,%d,5,Robbery,2017-01-01,2017-01-01,No suspect identified,,no,no"

Write = Callable[[BinaryIO, int], None]
"""Writes an input into a file; the number is its size in megabytes, or how many rows or columns it has."""


@dataclass(frozen=True)
class Ran:
    """One run of the program: `peak` is the most memory it had, in megabytes."""

    code: int
    seconds: float
    peak: float
    stdout: str
    stderr: str


def new_round(folder: Path) -> Path:
    """An empty round's folder; gives that of Kent's returns."""
    kent = folder / "returns" / "kent"
    kent.mkdir(parents=True)
    (folder / "round.yaml").write_text("collection: peel-2017\ntitle: A hostile round\n", encoding="utf-8")
    return kent


def run(*arguments: str | Path) -> Ran:
    """Run the program in a process of its own."""
    command = [sys.executable, "-m", "peelcheck", *map(str, arguments)]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said.seek(0)
        texts = out.read().decode(), said.read().decode()
    peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Ran(child.returncode, seconds, peak, *texts)


# --- the inputs -------------------------------------------------------------------------------------------------------


def filled(begin: bytes, unit: bytes, end: bytes = b"\n") -> Write:
    """So many megabytes of the same again and again between a beginning and an end."""

    def write(file: BinaryIO, size: int) -> None:
        block = unit * (MEGABYTE // len(unit))
        file.write(begin)
        for _ in range(size):
            file.write(block)
        file.write(end)

    return write


def lines(begin: bytes, line: Callable[[int], bytes]) -> Write:
    """So many lines, each made from its number."""

    def write(file: BinaryIO, size: int) -> None:
        file.write(begin)
        for start in range(0, size, 100_000):
            file.write(b"".join(line(n) + b"\n" for n in range(start, min(start + 100_000, size))))

    return write


def _holes(file: BinaryIO, size: int) -> None:
    """Null bytes that take no room on the disk."""
    file.write(HEADINGS + ROW + b"\n")
    file.truncate(size * MEGABYTE)


def _columns(file: BinaryIO, size: int) -> None:
    file.write(b",".join(b"c%d" % n for n in range(size)) + b"\n" + b",".join([b"1"] * size) + b"\n")


def _same_columns(file: BinaryIO, size: int) -> None:
    file.write(HEADINGS.rstrip() + b",arrests" * size + b"\n" + ROW + b",1" * size + b"\n")


MISSPELT = lines(HEADINGS, lambda n: b"Kentish %d" % n + ROW[4:])
MISSPELT_RECORDS = lines(RECORDS, lambda n: b"Kentish %d" % n + (RECORD % n)[4:])

LARGE: dict[str, tuple[str, Write]] = {
    "one cell, in quotation marks": ("domestic_abuse", filled(HEADINGS + ROW + b'"', b"a" * 1024, b'"\n')),
    "one cell, bare": ("domestic_abuse", filled(HEADINGS + ROW, b"a" * 1024)),
    "one line, and nothing else": ("domestic_abuse", filled(b"", b"a" * 1024, b"")),
    "one row of commas": ("domestic_abuse", filled(HEADINGS + ROW, b"," * 1024)),
    "a quotation mark that is not closed": (
        "domestic_abuse",
        filled(HEADINGS + ROW + b'"', b"a" * 63 + b"\n"),
    ),
    "nothing but null bytes after the first row": ("domestic_abuse", _holes),
    "nothing but line ends after the first row": ("domestic_abuse", filled(HEADINGS + ROW, b"\n")),
    "a return of figures": ("domestic_abuse", filled(HEADINGS, ROW + b"\n")),
    "records, one cell": ("crime_records", filled(RECORDS + b'Kent,E23000032,"', b"a" * 1024, b'"\n')),
}
"""What grows in megabytes: the file's name, and who writes it."""

MANY: dict[str, tuple[str, Write, int]] = {
    "a million columns": ("domestic_abuse", _columns, 1_000_000),
    "as many columns as a spreadsheet has": ("domestic_abuse", _columns, 16_384),
    "one heading ten thousand times": ("domestic_abuse", _same_columns, 10_000),
    "names of forces, all misspelt": ("domestic_abuse", MISSPELT, 10_000),
    "records of forces, all misspelt": ("crime_records", MISSPELT_RECORDS, 1_000_000),
    "rows in a return of figures": ("domestic_abuse", lines(HEADINGS, lambda n: ROW), 100_000),
    "records, all ragged": ("crime_records", lines(RECORDS, lambda n: (RECORD % n)[:-3]), 1_000_000),
    "records, all too long": ("crime_records", lines(RECORDS, lambda n: RECORD % n + b",x"), 1_000_000),
    "records, all cells wrong": ("crime_records", lines(RECORDS, lambda n: b"Kent,[x],,?,\x1b,0,1e9,,9,,2"), 1_000_000),
}  # fmt: skip
"""What grows in rows or columns: the file's name, who writes it, and how many."""


def inputs(megabytes: int) -> Iterable[tuple[str, str, Write, int]]:
    """Every input with its size."""
    yield from ((name, file, write, megabytes) for name, (file, write) in LARGE.items())
    yield from ((name, *rest) for name, rest in MANY.items())


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.hostile", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--megabytes", type=int, default=1024, help="size of the large inputs (default 1024)")
    parser.add_argument("--only", default="", help="only inputs whose name holds this")
    asked = parser.parse_args()
    good = True
    print(f"{'input':<46} {'size':>9} {'seconds':>8} {'peak MB':>8} exit")
    for name, file, write, size in inputs(asked.megabytes):
        if asked.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            kent = new_round(Path(folder))
            with (kent / f"{file}.csv").open("wb") as handle:
                write(handle, size)
            ran = run("validate", folder, "--format", "json")
        good &= ran.code in (0, 1, 2)
        print(f"{name:<46} {size:>9,} {ran.seconds:>8.1f} {ran.peak:>8.0f} {ran.code}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
