"""The line and column of a cell in a text editor."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelcheck.reading.physical_lines import find_lines
from peelcheck.reading.source import Source

KNOWN = ("force", "arrests", "note")
NOTED = 'force,arrests,note\nKent,5,"one\ntwo\nthree"\nEssex,7,\n'


def place(
    text: str | bytes, row: int, heading: str | None, value: str | None
) -> tuple[int | None, int | None] | None:
    data = text.encode() if isinstance(text, str) else text
    return find_lines(Source(data), KNOWN, [(row, heading, value)]).get((row, heading, value))


def test_a_cell_with_line_ends_puts_the_next_row_further_down() -> None:
    assert place(NOTED, 3, "arrests", "7") == (5, 7)
    assert place(NOTED, 2, "note", "one\ntwo\nthree") == (2, 8)


def test_a_cell_behind_line_ends_stands_where_it_starts() -> None:
    assert place('note,arrests\n"a\nbc",12\n', 2, "arrests", "12") == (3, 5)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_lines_are_counted_in_every_encoding_and_with_every_line_end(end: str, encoding: str) -> None:
    text = "force;arrests;note\nKent;1;£5 – “x”\nEssex;2;\n".replace("\n", end)
    assert place(text.encode(encoding), 3, "arrests", "2") == (3, 7)


def test_the_first_line_that_names_the_separator_is_a_line_and_no_row() -> None:
    assert place("sep=;\nforce;arrests\nKent;5\n", 2, "arrests", "5") == (3, 6)


def test_the_column_is_that_of_the_heading_where_values_are_alike() -> None:
    assert place("force,arrests,note\nKent,5,5\n", 2, "note", "5") == (2, 8)
    assert place("force,a b,arrests\nKent,5,5\n", 2, "another heading", "5") == (2, None), (
        "one of two is not certain"
    )


def test_a_row_as_a_whole_has_a_line_and_no_column() -> None:
    assert place(NOTED, 3, None, None) == (5, None)


def test_a_quotation_mark_that_is_never_closed_ends_what_is_known() -> None:
    text = 'force,arrests\nKent,5\n"Essex,7\n' + "Surrey,9\n" * 2_000
    assert place(text, 2, "arrests", "5") == (2, 6)
    assert place(text, 900, "arrests", "9") is None


CELLS = st.text(st.sampled_from('ab ,"\n;1'), max_size=6)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_what_is_found_is_what_csv_finds(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(("force", "note"))
    starts = []
    for row in rows:
        starts.append(out.getvalue().count("\n") + 1)
        writer.writerow(row)
    text = out.getvalue()
    wanted = [(n, "note", second) for n, (_, second) in enumerate(rows, start=2)]
    found = find_lines(Source(text.encode()), KNOWN, wanted)
    lines = text.split("\n")
    for start, one in zip(starts, wanted, strict=True):
        line, column = found[one]
        assert line is not None
        assert start <= line
        if column is not None and "\n" not in one[2]:
            quoted = one[2].replace('"', '""')
            assert lines[line - 1][column - 1 :].startswith(f'"{quoted}"')
