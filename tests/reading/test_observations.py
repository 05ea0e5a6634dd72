"""What a reader sees, as values: how they are told apart, changed and put into words."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from peelcheck.reading import read_chunks, read_table
from peelcheck.reading.observations import Observation
from peelcheck.reading.observations.headings import RepeatedHeadings, SimilarHeadings, UnnamedColumns
from peelcheck.reading.observations.no_table import EmptyFile, LongLine, Workbook
from peelcheck.reading.observations.rows import LongRows, PaddedRows, ShortRows, UnsplitRows, Width
from peelcheck.reading.observations.text import NotPlainCsv, UnclosedQuotes
from peelcheck.reading.problems import Problem, problem_of
from peelcheck.reading.recognised import Recognised
from peelcheck.rules.file_rules import FILE_RULES, SHORT_ROWS

THREE = Width(3, headed=True)


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (b"force,arrests,charged\nKent,1,2\nEssex,1\n", ShortRows(THREE, rows=(3,))),
        (b"force,arrests,charged\nKent,1,2\nEssex,1,2,3\n", LongRows(THREE, "3", rows=(3,))),
        (b"force,arrests,charged\nKent,1,2,\nEssex,1,2,\n", PaddedRows(2, 2, THREE, rows=(1,))),
        (b"force,arrests,arrests\nKent,1,2\n", RepeatedHeadings({"arrests": 2}, rows=(1,))),
        (b"force,arrests,Arrests\nKent,1,2\n", SimilarHeadings("arrests", "Arrests", rows=(1,))),
        (b"force,arrests,\nKent,1,2\n", UnnamedColumns(("C",), rows=(1,))),
        (b'force,arrests,charged\n"Kent,1,2\nEssex,1,2\n', UnclosedQuotes(rows=(2,))),
        (b"PK\x03\x04xl/workbook.xml", Workbook("an Excel workbook (.xlsx)")),
        (b"\n\n", EmptyFile("blank lines")),
        (b"", EmptyFile()),
    ],
)
def test_what_is_seen_in_a_file(data: bytes, seen: Observation) -> None:
    assert read_table(data).observations == (seen,)


def test_the_first_piece_has_what_was_seen() -> None:
    first, second = read_chunks(b"force,arrests,charged\nKent,1,2\nEssex,1\n", rows=1)
    assert (first.observations, second.observations) == ((ShortRows(THREE, rows=(3,)),), ())


def test_an_observation_in_words_is_a_problem() -> None:
    (problem,) = read_table(b"force,arrests,charged\nKent,1,2\nEssex,1,2,3\n").problems
    assert problem == Problem(
        "FI010",
        "error",
        "Row 3: more cells than the 3 headings. There may be an extra separator, or a text that contains a "
        "separator may need quotation marks. Anything beyond the last heading (“3”) was ignored.",
        3,
        value="3",
        rows=(3,),
    )


def test_fewer_rows_have_words_of_their_own() -> None:
    seen = ShortRows(THREE, rows=(3, 4, 9))
    assert seen.words().startswith("Rows 3, 4 and 9: fewer cells than the 3 headings.")
    assert replace(seen, rows=(9,)).words() == (
        "Row 9: fewer cells than the 3 headings. The missing ones were read as blank."
    )


@pytest.mark.parametrize(("rows", "end"), [((3,), "the row was used."), ((3, 4), "these rows was used.")])
def test_rows_that_are_too_long_may_be_unused(rows: tuple[int, ...], end: str) -> None:
    seen = LongRows(THREE, "3", rows=rows)
    assert replace(seen, unused=True).words() == f"{seen.words()} No figure in {end}"


@pytest.mark.parametrize(
    ("width", "words"),
    [(Width(1, True), "one heading"), (THREE, "3 headings"), (Width(3, False), "3 columns")],
)
def test_a_width_is_counted_in_headings_if_all_columns_have_one(width: Width, words: str) -> None:
    assert str(width) == words


def test_the_value_is_that_of_the_only_row() -> None:
    assert UnsplitRows("Kent;1", rows=(3,)).value == "Kent;1"
    assert UnsplitRows("Kent;1", rows=(3, 4)).value is None


def test_the_column_is_the_only_heading() -> None:
    assert RepeatedHeadings({"arrests": 2}, rows=(1,)).column == "arrests"
    assert RepeatedHeadings({"arrests": 2, "charged": 3}, rows=(1,)).column is None


def test_a_line_without_an_end_is_cut() -> None:
    assert f"It begins “{'a' * 60}…”." in LongLine("a" * 100).words()


def test_all_that_is_not_plain_is_named() -> None:
    written = Recognised(encoding="cp1252", delimiter=";", quote="'", escape="\\", names_delimiter=True)
    assert NotPlainCsv(written).words() == (
        "The file has characters in Windows-1252, semicolons between cells, apostrophes around cells, “\\” before quotation "
        "marks inside cells and “sep=” in the first line. It was converted."
    )


def test_a_reader_may_see_what_no_other_sees() -> None:
    class HiddenRows(Observation, frozen=True):
        code = SHORT_ROWS

        def words(self) -> str:
            return f"{len(self.rows)} rows are hidden."

    assert problem_of(HiddenRows(rows=(5, 6))) == Problem(
        "FI104", "note", "2 rows are hidden.", 5, rows=(5, 6)
    )


def test_every_kind_is_about_a_rule() -> None:
    kinds: list[type[Any]] = []
    more: list[type[Any]] = Observation.__subclasses__()
    while more:
        kinds += more
        more = [below for kind in more for below in kind.__subclasses__()]
    assert len(kinds) > 30
    assert {kind.code for kind in kinds} <= {rule.code for rule in FILE_RULES}
