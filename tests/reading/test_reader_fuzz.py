"""Whatever bytes come: no exception, no second, no lie about a row; and where csv reads strictly, the same cells."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from peelcheck.reading.csv.encoding import Encoding, lines
from peelcheck.reading.source import Source
from peelcheck.reading.table import TextTable, read_chunks, read_table
from peelcheck.reading.text import key

ALPHABET = ",;\t|\"'\r\n\\ a1é£\x00\ufeff"
KNOWN = ("a", "a1", "force", "note")
texts = st.text(alphabet=ALPHABET, max_size=200)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
cells = st.text(alphabet=",;|\"'\r\n\\ a1é£", max_size=6)
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=8)
)


def check(table: TextTable) -> None:
    """What holds of every table."""
    frame = table.frame
    assert frame.index.is_monotonic_increasing
    assert frame.index.is_unique
    assert not len(frame) or frame.index[0] > table.header_row
    assert all(dtype == "str" for dtype in frame.dtypes)
    assert not frame.isna().any(axis=None)
    assert frame.columns.is_unique
    assert len(table.sha256) == 64
    assert len(frame.columns) or any(problem.severity == "error" for problem in table.problems)
    for problem in table.problems:
        assert all(row > 0 for row in problem.rows)
        assert list(problem.rows) == sorted(problem.rows)


def read(data: bytes, columns: tuple[str, ...] = ()) -> TextTable:
    """Read within a second."""
    start = time.perf_counter()
    table = read_table(data, columns=columns)
    assert time.perf_counter() - start < 20  # no hang; how fast is a benchmark
    return table


@settings(max_examples=400, deadline=None)
@given(texts, encodings, st.sampled_from([(), KNOWN]))
@example("a,a1\r\n1,1\r\n", "utf-16", KNOWN)
@example('a,"a', "utf-8", ())
def test_any_text_is_read_or_refused_with_a_finding(text: str, encoding: str, known: tuple[str, ...]) -> None:
    check(read(text.encode(encoding, "replace"), known))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_finding(data: bytes) -> None:
    check(read(data))


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(1, 3))
def test_pieces_are_the_whole(text: str, rows: int) -> None:
    whole = read(text.encode())
    pieces = list(read_chunks(text.encode(), rows=rows))
    assert all(len(piece.frame) <= rows for piece in pieces)
    assert pieces[0].problems == whole.problems
    assert not any(piece.problems for piece in pieces[1:])
    together = [row for piece in pieces for row in piece.frame.itertuples()]
    assert [tuple(row) for row in together] == [tuple(row) for row in whole.frame.itertuples()]
    assert all(list(piece.frame.columns) == list(whole.frame.columns) for piece in pieces)


def rows_by_csv(text: str) -> dict[int, list[str]] | None:
    """The rows that are not blank as Python's csv module reads them strictly; None where it refuses."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None
    return {n: row for n, row in enumerate(rows, start=1) if "".join(row).strip()}


def assert_same(table: TextTable, found: dict[int, list[str]]) -> None:
    """The frame has these rows below its headings, in these places, each with as many cells as there are headings."""
    width = len(found[table.header_row])
    aside = {*table.recognised.footer, *table.recognised.preamble}
    rows = {n: (row + [""] * width)[:width] for n, row in found.items() if n not in aside}
    kept = [int(n) for n in range(len(rows[table.header_row])) if not blank_column(rows, table.header_row, n)]
    expected = {n: [row[k] for k in kept] for n, row in rows.items() if n > table.header_row}
    assert {n: list(map(str, row)) for n, *row in table.frame.itertuples()} == expected


def blank_column(rows: dict[int, list[str]], header: int, n: int) -> bool:
    """Whether a column has neither a heading nor a value."""
    return not any(row[n].strip() for number, row in rows.items() if number >= header)


@settings(max_examples=400, deadline=None)
@given(tables, st.sampled_from(["\r\n", "\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
@example([[";'", "''"]], "\r\n", csv.QUOTE_MINIMAL)
@example([["''", "''"]], "\r\n", csv.QUOTE_MINIMAL)
@example([["a", "a1"]], "\r\n", csv.QUOTE_MINIMAL)
@example([["a", "a1"], ["", "1"]], "\r\n", csv.QUOTE_MINIMAL)
@example(
    [["'1'", "'1'"]], "\r\n", csv.QUOTE_MINIMAL
)  # apostrophes around every cell are taken for quotation marks, and a note says so
def test_what_csv_wrote_is_read_back(rows: list[list[str]], end: str, quoting: int) -> None:
    out = io.StringIO()
    width = len(rows[0]) if rows else 2
    headings = [["force", "note", "a", "a1", "force code"][:width]]
    csv.writer(out, lineterminator=end, quoting=quoting).writerows(headings + rows)  # type: ignore[arg-type]
    table = read(out.getvalue().encode(), KNOWN)
    if (
        table.recognised.delimiter not in (",", "")
        or table.recognised.quote == "'"
        or {p.code for p in table.problems}
        & {
            "FI106",
            "FI108",
            "FI014",
        }
    ):
        return
    expected = rows_by_csv(out.getvalue())
    assert expected is not None
    headings_below = [n for n, row in enumerate(rows[:-1], start=2) if {*map(key, row)} <= {*KNOWN}]
    assert table.header_row in (1, *headings_below)
    assert_same(table, expected)


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=',"\r\n a1é', max_size=120))
@example(
    ',1,\r"1,,"'
)  # a cell with all the separators of a row is a row that was not split, which is an error
def test_where_csv_reads_strictly_the_cells_are_the_same(text: str) -> None:
    expected = rows_by_csv(text)
    table = read(text.encode())
    if (
        expected is None
        or not table.header_row
        or {p.code for p in table.problems} & {"FI009", "FI014", "FI019", "FI106", "FI108"}
    ):
        return
    if table.recognised.delimiter == "," or (
        not table.recognised.delimiter and max(map(len, expected.values())) == 1
    ):
        assert_same(table, expected)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1252"])
@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet="\r\nab£", max_size=40))
def test_lines_end_where_csv_ends_them(encoding: str, text: str) -> None:
    assert list(lines(Source(text.encode(encoding)), Encoding(encoding))) == list(
        io.StringIO(text, newline="")
    )
