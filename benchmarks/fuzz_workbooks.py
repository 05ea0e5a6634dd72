"""Damaged workbooks, read again and again: `python -m benchmarks.fuzz_workbooks --executions 200000 --seed 1`.

A few sound workbooks are changed at random: bytes of the file, bytes and tags of the XML inside, numbers and names in it,
whole parts left out or swapped. Whatever comes of it must be a table or a finding: an exception, or five seconds for one
file, is a failure, and the file is kept. Exit code 1 if there was any.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from peelcheck.reading.table import table_of_rows
from peelcheck.reading.workbook.opening import is_workbook, read_workbook
from tests.support.rounds import RETURN
from tests.support.workbooks import SHEET, packed, rows_of, xlsx

SLOW = 5.0
"""Seconds that no file may take."""
_TAG = re.compile(rb"<[^<>]{1,200}>")
_NUMBER = re.compile(rb"\d+")
_NUMBERS = (b"0", b"-1", b"1", b"16384", b"1048576", b"99999999999", b"1e400", b"NaN", b"0.1", b"")

Change = Callable[[random.Random, bytes], bytes]


def seeds() -> list[bytes]:
    """Sound workbooks of several kinds."""
    rows = rows_of(RETURN)
    inline = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>force</t></is></c><c r="B1" t="str"><v>cases</v></c></row>'
    )
    inline += '<row r="2" hidden="1"><c r="A2" t="e"><v>#REF!</v></c><c r="B2"><f>1+1</f></c></row>'
    return [
        xlsx({"Read me": [["a"]], "domestic_abuse": rows, "x": [[(0.5, "0%"), (1234.5, "0")]]}, hidden=["x"]),
        packed(SHEET.format(inline)),
        _ods(),
    ]


def _ods() -> bytes:
    from benchmarks.hostile_workbooks import BLANK, NUMBER, ROW, spreadsheet

    return spreadsheet(ROW.format(2, NUMBER.format("", 1) + BLANK.format(3) + NUMBER.format("", "x")))


def _bytes(chance: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(out))
        out[at] = chance.choice((0, 255, 60, 62, 34, chance.randrange(256)))
    return bytes(out)


def _cut(chance: random.Random, data: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:] if chance.random() < 0.5 else data[:end]


def _again(chance: random.Random, data: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[start:end] * chance.randint(1, 3) + data[end:]


def _tags(chance: random.Random, data: bytes) -> bytes:
    tags = list(_TAG.finditer(data))
    if not tags:
        return _bytes(chance, data)
    one, other = chance.choice(tags), chance.choice(tags)
    return data[: one.start()] + chance.choice((other[0], b"", one[0] * 2)) + data[one.end() :]


def _numbers(chance: random.Random, data: bytes) -> bytes:
    numbers = list(_NUMBER.finditer(data))
    if not numbers:
        return _bytes(chance, data)
    one = chance.choice(numbers)
    return data[: one.start()] + chance.choice(_NUMBERS) + data[one.end() :]


CHANGES: Sequence[Change] = (_bytes, _cut, _again, _tags, _numbers)


def changed(chance: random.Random, data: bytes) -> bytes:
    """A workbook that is damaged: as a file, or in one of its parts."""
    if chance.random() < 0.25:
        return chance.choice((_bytes, _cut, _again))(chance, data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {one.filename: package.read(one) for one in package.infolist()}
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(list(parts))
        if chance.random() < 0.05 and len(parts) > 1:
            parts.pop(name)
        elif chance.random() < 0.05:
            parts[name] = parts[chance.choice(list(parts))]
        elif parts[name]:
            parts[name] = chance.choice(CHANGES)(chance, parts[name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def read(data: bytes) -> str:
    """Read a file as the program would; what came of it in a word."""
    if not is_workbook(data):
        return "no workbook"
    book = read_workbook(data)
    tables = [
        table_of_rows(sheet.rows, book.sha256, columns=("force", "arrests", "cases")) for sheet in book.sheets
    ]
    if book.why is not None:
        book.why.words()
        return "refused"
    return "read" if tables else "blank"


def main() -> int:
    """Change and read; print how often what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz_workbooks")
    parser.add_argument("--executions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the files that failed")
    asked = parser.parse_args()
    chance, known, seen, failed = random.Random(asked.seed), seeds(), Counter[str](), 0  # noqa: S311
    for n in range(asked.executions):
        data = changed(chance, chance.choice(known))
        if asked.keep is not None:  # should the process end, this is the file
            asked.keep.mkdir(exist_ok=True)
            (asked.keep / f"last-{asked.seed}.xlsx").write_bytes(data)
        start = time.perf_counter()
        try:
            what = read(data)
        except Exception as error:
            what = f"failed ({type(error).__name__})"
            print(f"{n}: {error!r}", flush=True)
        if time.perf_counter() - start > SLOW:
            what = "slow"
        seen[what] += 1
        if what == "slow" or what.startswith("failed"):
            failed += 1
            if asked.keep is not None:
                (asked.keep / f"{asked.seed}-{n}.xlsx").write_bytes(data)
    print(f"{asked.executions:,} executions, {failed} failed: {dict(seen)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
