"""Rows with quotation marks that do not fit: equal lines are read alike only where what follows them is equal too."""

from __future__ import annotations

import io
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from peelcheck.reading.csv.dialect import Dialect
from peelcheck.reading.csv.encoding import Encoding
from peelcheck.reading.csv.lenient_rows import Splitter
from peelcheck.reading.general import Rows
from peelcheck.reading.source import Source
from peelcheck.reading.table import read_table

CASES: dict[str, tuple[list[str], list[list[str]], list[int], list[int]]] = {
    "the same again": (
        ['"a"b,1,2\n'] * 3,
        [['"a"b', "1", "2"]] * 3,
        [1, 2, 3],
        [],
    ),
    "closed in the next line, then not, then closed again": (
        ['"a\n', 'b",1,2\n', '"a\n', "c,1,2\n", '"a\n', 'b",1,2\n'],
        [["a\nb", "1", "2"], ['"a'], ["c", "1", "2"], ["a\nb", "1", "2"]],
        [2],
        [],
    ),
    "closed two lines on, twice, and not at the end": (
        ['"a\n', "\n", 'b",1,2\n'] * 2 + ['"a\n', "\n"],
        [["a\n\nb", "1", "2"]] * 2 + [['"a'], []],
        [3],
        [],
    ),
    "of two ways the one that gives all columns": (
        ['"said "no",x" to us",1\n'] * 2,
        [['said "no",x" to us', "1"], ['said "no",x" to us', "1"]],
        [],
        [1, 2],
    ),
    "no way gives all columns": (
        ['"a"b",c",d,e,f,g\n'] * 2,
        [['a"b', 'c"', "d", "e", "f", "g"]] * 2,
        [],
        [1, 2],
    ),
}


@pytest.mark.parametrize(("lines", "rows", "unclosed", "odd"), CASES.values(), ids=CASES)
def test_rows(lines: list[str], rows: list[list[str]], unclosed: list[int], odd: list[int]) -> None:
    splitter = Splitter(lines, Dialect(), 2 if "said" in lines[0] else 3)
    assert list(splitter) == rows
    assert (splitter.unclosed, splitter.odd) == (unclosed, odd)


def test_more_different_lines_than_are_remembered() -> None:
    lines = [f'"{n}"b,1,2\n' for n in range(5_000)] * 2
    splitter = Splitter(lines, Dialect(), 3)
    assert list(splitter) == [[f'"{n}"b', "1", "2"] for n in range(5_000)] * 2
    assert splitter.unclosed == list(range(1, 10_001))


@pytest.mark.parametrize("escape", ["", "\\"])
def test_after_thousands_of_marks_that_close_nothing_no_further_one_is_looked_for_in_the_next_rows(
    escape: str,
) -> None:
    hopeless = [f'{n},"a,2\n' for n in range(5_001)]
    end = ['1,"b, c",2\n', '1,"a\n', "\n", 'b",2\n']
    splitter = Splitter([*hopeless, *end], Dialect(escape=escape), 3)
    *rows, quoted, opens, between, goes_on = splitter
    assert rows == [[f"{n}", '"a', "2"] for n in range(5_001)]
    assert (quoted, opens, between, goes_on) == (["1", "b, c", "2"], ["1", '"a'], [], ['b"', "2"])
    assert splitter.unclosed == [*range(1, 5_002), 5_003]
    splitter = Splitter([*hopeless[1:], *end], Dialect(escape=escape), 3)
    assert [*splitter][-2:] == [["1", "b, c", "2"], ["1", "a\n\nb", "2"]]
    closed = "".join(f'1,"{n}\n\n{n}",2\n' for n in range(10_003)).splitlines(keepends=True)  # two thirds
    splitter = Splitter([*closed, *hopeless, *end], Dialect(escape=escape), 3)
    assert [*splitter][-1] == ["1", "a\n\nb", "2"]


@given(st.lists(st.text('"",ab 1', max_size=8), max_size=12), st.integers(1, 4))
def test_what_python_reads_as_a_row_and_what_is_gone_through_mark_by_mark_is_the_same(
    texts: list[str], width: int
) -> None:
    lines = [f"{text}\n" for text in texts]
    by_rule, by_mark = (Splitter(lines, Dialect(escape=escape), width) for escape in ("", "\\"))
    assert list(by_rule) == list(by_mark)
    assert (by_rule.unclosed, by_rule.odd) == (by_mark.unclosed, by_mark.odd)


@given(st.lists(st.text('"",ab 1\x00\r', max_size=8), max_size=12), st.integers(1, 4))
def test_rows_that_are_not_regular_from_one_on_are_what_they_are_without_those_above(
    texts: list[str], width: int
) -> None:
    data = "".join(f"{text}\n" for text in texts).encode()
    rows = Rows(Source(data), Encoding("utf-8", damaged=b"\0" in data), Dialect(), 0, width)
    splitter = Splitter(io.StringIO(data.decode(), newline=""), Dialect(), width)
    bare = [[cell.replace("\0", "") for cell in row] for row in splitter]
    assert [[cell.replace("␀", "") for cell in row] for row in rows] == bare
    assert (rows.unclosed, rows.odd) == (splitter.unclosed, splitter.odd)
    rows.keep()
    assert list(rows) == list(replace(rows, kept=None))


DIALECTS = [Dialect(), Dialect(escape="\\"), Dialect("||"), Dialect("%", "'"), Dialect("")]


@settings(max_examples=300, deadline=None)
@given(
    st.text("""",'|%\\ ab\x1d£""", max_size=16),
    st.lists(st.text("xyé ", min_size=1, max_size=3), min_size=17, max_size=17),
    st.sampled_from(DIALECTS),
    st.integers(1, 4),
)
def test_a_line_is_read_as_it_is_without_another_of_the_same_form_above(
    line: str, texts: list[str], dialect: Dialect, width: int
) -> None:
    marks = f"{dialect.delimiter}{dialect.quote}{dialect.escape} "
    other = re.sub(f"[^{re.escape(marks)}]+", lambda _: texts.pop().replace(" ", "z"), line)
    alone, below = Splitter([other], dialect, width), Splitter([f"{line}\n", other], dialect, width)
    (row,), (*_, last) = list(alone), list(below)
    assert last == row or len(list(Splitter([f"{line}\n", other], dialect, width))) == 1
    if last == row:
        assert (2 in below.unclosed, 2 in below.odd) == (alone.unclosed == [1], alone.odd == [1])


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.text("""",,'|%\\ ab12\x1d""", max_size=7), max_size=30),
    st.sampled_from(DIALECTS),
    st.integers(1, 4),
)
@example(
    ['"Kens,"a', 'Kens,12345,"', '"abcd,"a', 'Kent,12345,"'], Dialect(), 3
)  # a row is swallowed, or none
def test_what_is_remembered_of_rows_changes_none(texts: list[str], dialect: Dialect, width: int) -> None:
    lines = [f"{text}\n" for text in texts] * 2
    with_memory = Splitter(lines, dialect, width)
    rows = list(with_memory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("peelcheck.reading.csv.row_cache._MOST_KEPT", 0)
        without = Splitter(lines, dialect, width)
        assert rows == list(without)
    assert (with_memory.unclosed, with_memory.odd) == (without.unclosed, without.odd)


def test_rows_of_one_form_are_read_alike_whatever_stands_in_them() -> None:
    lines = [f'"{n} said "no",x" to %s",{n}\n' for n in range(5_000)]
    splitter = Splitter(lines, Dialect(), 2)
    assert list(splitter) == [[f'{n} said "no",x" to %s', f"{n}"] for n in range(5_000)]
    assert splitter.odd == list(range(1, 5_001))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "quoted", "cells"),
    [(499, 0, 2), (510, 0, 3), (166, 60, 2), (167, 60, 3), (45, 300, 2), (46, 300, 3)],
)
def test_after_many_rows_that_no_way_gives_all_columns_no_further_one_is_tried(
    before: int, quoted: int, cells: int
) -> None:
    more = ',"q"' * quoted
    unfit = [f'"a"b",c",d{more}{",e" * n}\n' for n in range(before)]
    *_, last = Splitter([*unfit, '"said "no",x" to us",1\n'], Dialect(), 2)
    assert len(last) == cells


@pytest.mark.slow
@pytest.mark.parametrize("row", ['""a', '"a"b', '"a" "b', '"a,"b"c'])
def test_rows_of_marks_that_close_nothing_take_little_longer_than_rows_without(row: str) -> None:
    def seconds(one: str) -> float:
        data = ("force,arrests,charged\nKent,1,2\n" + f"{one}\n" * 40_000).encode()
        start = time.process_time()
        table = read_table(data)
        taken = time.process_time() - start
        assert len(table.cells) > 39_900
        return taken

    assert min(seconds(row) for _ in range(3)) < 4 * min(seconds(row.replace('"', "x")) for _ in range(3))


@pytest.mark.parametrize("escape", ["", "\\"])
def test_a_row_that_goes_on_and_on_is_none(escape: str) -> None:
    lines = ['force,"\n', *['a","\n'] * 20_000, "Kent,1\n"]
    splitter = Splitter(lines, Dialect(escape=escape), 2)
    rows = list(splitter)
    assert len(rows) == len(lines)
    assert (rows[0], rows[1], rows[-1]) == (["force", '"'], ['a"', '"'], ["Kent", "1"])
    assert splitter.unclosed == list(range(1, 20_002))


def test_a_row_of_more_cells_than_a_spreadsheet_holds_loses_none() -> None:
    line = "\\,".join(f'a{n},b"' for n in range(20_000)) + ',"x"y\n'
    for escape in ("", "\\"):
        (cells,) = Splitter([line], Dialect(escape=escape), 2)
        assert cells[-1] == '"x"y'
        assert len(cells) == (40_001 if not escape else 20_002)
