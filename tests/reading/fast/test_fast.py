"""The fast way gives what the careful way gives, or gives up."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pandas.testing import assert_frame_equal

from peelcheck.reading.fast.arrow import read_fast
from peelcheck.reading.found import Found
from peelcheck.reading.general import read_carefully
from peelcheck.reading.observations import UnreadableError
from peelcheck.reading.source import Source
from peelcheck.reading.table import TextTable, read_chunks, read_table
from peelcheck.reading.text import keys

KNOWN = keys(("force", "note", "a", "a1"))
cells = st.one_of(
    st.sampled_from(
        ["1", "a", "a1", "", "", " ", "Kent", "Source: x", "é", "2017-06-30", "force", "-", "* note"]
    ),
    st.text(alphabet=',"\r\n a1é-', max_size=5).map(lambda text: '"' + text.replace('"', '""') + '"'),
)
plain_rows = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=12)
)


def compare(data: bytes | Path, *, must: bool = False) -> bool:
    """Hold the two ways against each other; whether the fast one did not give up."""
    for held in (sys.maxsize, 0):
        fast = read_fast(Source(data), KNOWN, keep_up_to=held, at_least=0)
        assert fast is not None or not must
        if fast is None:
            return False
        careful = read_carefully(Source(data), KNOWN)
        assert seen(fast.found) == seen(careful.found)
        names, kept = [str(n) for n in range(fast.found.header.width)], range(fast.found.header.width)
        assert_frame_equal(
            fast.cells(names, kept).frame, careful.cells(names, kept).frame, check_index_type=False
        )
        rows = max(3, len(careful.cells(names, kept)) // 4)
        for way in (fast, careful):
            pieces = [piece.frame for piece in way.pieces(names, kept, rows)]
            assert all(len(piece) <= rows for piece in pieces)
            assert_frame_equal(pd.concat(pieces), careful.cells(names, kept).frame, check_index_type=False)
    return True


def seen(found: Found) -> Found:
    """What must be the same: what was used of columns without a heading is a set either way."""
    return replace(found, nulls=tuple(found.nulls), lost=tuple(found.lost), unclosed=(), odd=(), long=())


@settings(max_examples=500, deadline=None)
@given(plain_rows, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.sampled_from(["", "\ufeff"]))
@example([["Kent", "1"], ["", ""], ["Surrey", "2"], ["", ""]], "\n", True, "")
@example([["Kent", "1"], ["Source: x", ""]], "\n", True, "")
@example([["1", "1", "1"], ["Source: x", "", "1"], ["Source: x", "1", ""], ["1", "1", "1"]], "\n", True, "")
def test_plain_rows(rows: list[list[str]], end: str, ended: bool, mark: str) -> None:
    headings = ["force", "note", "a", "a1"][: len(rows[0])]
    text = end.join(",".join(row) for row in [headings, *rows]) + end * ended
    compare((mark + text).encode())


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet=',"\r\n a1é;', max_size=80))
def test_any_text(text: str) -> None:
    try:
        read_carefully(Source(text.encode()), KNOWN)
    except UnreadableError:
        return
    compare(text.encode())


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet=',"\na', max_size=60))
def test_quotation_marks(text: str) -> None:
    compare(f'force,note,a\nKent,"a",1\n{text}'.encode())


LINES = [f"Kent,{n},2017-06-30," for n in range(12_000)]
TABLE = "\n".join(["force,a,date,note", *LINES]) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        TABLE.replace("\n", "\r\n"),
        TABLE.replace("Kent,7,", '"Kent, of\nall",7,'),
        TABLE.replace("30,\n", '30,"late,\nfor, 3, 4 and, so\non,\nand, on"\n'),
        TABLE + ",,,\n" * 1000,
        TABLE.replace("Kent,9,2017-06-30", ",,"),
        "A title\n\n" + TABLE,
        TABLE + "Source: custody,,,\n",
        TABLE.replace("note", ""),
        TABLE.replace("note", "").replace("Kent,11999,2017-06-30,", "Kent,11999,2017-06-30,late"),
    ],
    ids=[
        "plain",
        "crlf",
        "quoted",
        "notes of several lines",
        "commas",
        "blank row",
        "title",
        "footer",
        "no heading",
        "value without heading",
    ],
)
def test_large_files_go_the_fast_way(text: str, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(text.encode())
    assert compare(path, must=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "code", "row"),
    [
        ("Kent,10000,2017-06-30,", "Kent,10000", "FI104", 10_002),
        ("Kent,10000,2017-06-30,", "Kent,10,000,2017-06-30,", "FI010", 10_002),
        ("Kent,10000,", 'Kent,"10000,', "FI009", 10_002),
        ("Kent,10000,", 'Kent,"30 "or" more",', "FI011", 10_002),
        (
            "Kent,10000,2017-06-30,\nKent,10001,2017-06-30,",
            'Kent,10000,2017-06-30,"\nKent,10001,2017-06-30,"',
            "FI009",
            10_002,
        ),
        ("Kent,10000,", "Kent,3\x000000,", "FI008", 10_002),
        ("Kent,10000,", "Kent,\ufffd,", "FI007", 10_002),
        ("Kent,10000,", "Kent,£,", None, 0),
        ("Kent,10000,2017-06-30,\n", "\n", None, 0),
        ("Kent,10000,2017-06-30,", "force,a,date,note", "FI108", 10_002),
        ("Kent,10000,2017-06-30,\nKent,10001,", "\nforce,b,c\nKent,1,5\nKent,", "FI014", 10_003),
        ("Kent,10000,", f"Kent,{'x' * 140_000},", "FI017", 10_002),
    ],
)
def test_what_is_wrong_far_down_is_found(
    old: str, new: str, code: str | None, row: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(TABLE.replace(old, new).encode())
    table = read_table(path)
    assert [(problem.code, problem.row) for problem in table.problems if problem.row] == [(code, row)] * bool(
        code
    )
    assert table.frame.loc[10_003 if code != "FI014" else 9_000].iloc[0] == "Kent"
    for held in (0, sys.maxsize):
        monkeypatch.setattr("peelcheck.reading.table.KEPT_IN_MEMORY", held)
        pieces = list(read_chunks(path, rows=2_500))
        assert pieces[0].problems == table.problems
        assert_whole(table, pieces)


def assert_whole(table: TextTable, pieces: list[TextTable]) -> None:
    """The pieces are the table."""
    assert [row for piece in pieces for row in piece.frame.index] == list(table.frame.index)
    for column in table.frame.columns:
        assert [cell for piece in pieces for cell in piece.frame[column]] == list(table.frame[column])


def test_another_encoding_below_the_first_lines(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(TABLE.replace("Kent,10000,", "Kent,£,").encode("cp1252"))
    table = read_table(path)
    assert table.recognised.encoding == "cp1252"
    assert table.frame.loc[10_002, "a"] == "£"


def test_a_file_of_which_most_rows_are_unusual_is_read_carefully() -> None:
    rows = "".join(f"  Kent,{n},2017-06-30,\n\n" for n in range(3_000))
    data = f"force,a,date,note\n{rows}".encode()
    assert read_fast(Source(data), KNOWN, keep_up_to=sys.maxsize, at_least=0) is None
    assert len(read_carefully(Source(data), KNOWN).cells("abcd", range(4))) == 3_000
