"""Files that are made to take long, or to fill the memory: they end with a finding, in time that grows with their size."""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

import pytest

from peelcheck.reading.csv.encoding import LONGEST_LINE
from peelcheck.reading.source import KEPT, Source
from peelcheck.reading.table import read_chunks, read_table
from peelcheck.reading.text import LONGEST_CELL

SIZE = LONGEST_CELL + 10_000
SLOW = {
    "commas": b",",
    "newlines": b"\n",
    "returns": b"\r",
    "quotes": b'"',
    "quoted commas": b'",',
    "quoted newlines": b'"\n',
    "odd quotes": b'"a b\n',
    "doubled quotes": b'"a""b\n',
    "quotes to the end": b'"a\n""\n',
    "spaces": b"1       ",
    "nulls": b"a\x00",
    "escapes": b'\\"',
    "apostrophes": b"'",
    "headings": b"a,b\n",
    "open tags": b"<!--",
    "spaces behind quotes": b'" ',
    "escaped quotes": b'"a;b\\"";"\n',
    "opened quotes": b',"o',
    "opened and doubled quotes": b',"o""',
    "opened, doubled and closed quotes": b',"o"","o" ',
}


@pytest.mark.slow
@pytest.mark.parametrize("unit", SLOW.values(), ids=SLOW)
def test_time_grows_with_size_and_no_faster(unit: bytes) -> None:
    def seconds(size: int) -> float:
        data = b'force,a\nKent,"1"\n' + unit * (
            size // len(unit) | 1
        )  # odd, so that quotation marks never pair
        return timed(data)

    # Eight times the size: in line is 8 times the time, with its square 64 times.
    most = 24 * max(seconds(SIZE), 0.05)
    assert seconds(8 * SIZE) < most or seconds(8 * SIZE) < most


def timed(data: bytes) -> float:
    start = time.process_time()
    read_table(data)
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begin", "unit", "code"),
    [
        (b"", b"a" * 1024, "FI017"),
        (b'force,a\nKent,"', b"a" * 1024, "FI017"),
        (b"", b"," * 1023 + b"a", "FI016"),
        (b"force,a\n", b"\x00" * 1024, "FI017"),
    ],
    ids=["one cell", "one quoted cell", "one row", "nulls"],
)
def test_a_line_without_an_end(begin: bytes, unit: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(begin + unit * (KEPT // 1024 + 1))
    for table in (read_table(path), *read_chunks(path, rows=10)):
        assert [problem.code for problem in table.problems] == [code]
        assert len(table.frame.columns) == 0


@pytest.mark.slow
def test_a_quotation_mark_that_would_swallow_a_large_file(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    rows = KEPT // 1000
    path.write_bytes(b'force,a,b\nKent,"5,6\n' + (b"Essex," + b"7" * 1000 + b",8\n") * rows)
    assert Source(path).data is None
    pieces = read_chunks(path, rows=10_000)
    first = next(pieces)
    assert [(problem.code, problem.rows) for problem in first.problems] == [("FI009", (2,))]
    assert [column[0] for column in map(list, first.frame.T.to_numpy())] == ["Kent", '"5', "6"]
    assert len(first.frame) + sum(len(piece.frame) for piece in pieces) == rows + 1


def test_a_cell_that_is_too_long_is_named() -> None:
    data = f"force,note\nKent,a\nEssex,{'x' * (LONGEST_CELL + 1)}\n".encode()
    table = read_table(data)
    assert [(problem.code, problem.rows) for problem in table.problems] == [("FI017", (3,))]
    assert [len(note) for note in table.frame["note"]] == [1, LONGEST_CELL + 1]


def test_a_line_just_short_enough() -> None:
    data = b"force,note\nKent," + b"x" * (LONGEST_LINE - 100) + b"\n"
    assert [problem.code for problem in read_table(data).problems] == ["FI017"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_table(tmp_path / "none.csv")


def test_a_long_cell_is_named_whatever_limit_another_library_sets() -> None:
    before = csv.field_size_limit(sys.maxsize)
    try:
        table = read_table(b"a,b\n1,2\n3," + b"x" * 200_000 + b"\n4,5\n")
    finally:
        csv.field_size_limit(before)
    assert [(problem.code, problem.rows) for problem in table.problems] == [("FI017", (3,))]
