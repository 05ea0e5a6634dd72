"""What a row looks like is the same whether rows like it came before or not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peelcheck.reading import read_table
from peelcheck.reading.layout.header import find_header
from peelcheck.reading.layout.row_kinds import Appearance

_CELLS = st.sampled_from(
    [
        *(
            "",
            " ",
            "Kent",
            "force",
            "Force",
            "2016",
            "3016",
            "arrests 1",
            "arrests 2",
            "Source: x 1",
            "12",
            "9",
        ),
        *(
            "1,2,3",
            "Kent;10;3",
            "Essex;9;4",
            "(1) note",
            "(7) note",
            "a1\nb2",
            "10 words are here and here too",
        ),
    ]
)
_LIKE_HEADINGS = st.sampled_from(
    [
        ["force", "2016", "2017"],
        ["force", "3016", "3017"],
        ["Force", "arrests 1", "arrests 3"],
        ["FORCE", "arrests 1", "x"],
        ["quarter 1", "force", "2016"],
        ["Quarter 2", "force", "2016"],
    ]
)
_ROWS = st.lists(st.lists(_CELLS, min_size=1, max_size=4) | _LIKE_HEADINGS, min_size=1, max_size=30)
_HEADINGS = st.sampled_from(
    [
        ("force", "2016", "2017"),
        ("force", "arrests 1", "arrests 2"),
        ("force", "arrests", "charged"),
        ("force",),
        ("quarter 1", "force", "2016"),
    ]
)


@given(_HEADINGS, _ROWS)
def test_rows_that_came_before_change_nothing(headings: tuple[str, ...], rows: list[list[str]]) -> None:
    header = find_header([headings, ["Kent", "1", "2"][: len(headings)]], frozenset({"force"}))
    remembering = Appearance(header)
    for row in rows:
        assert remembering.of(row) == Appearance(header).of(row)


def test_a_row_that_differs_from_the_headings_in_its_digits_is_none() -> None:
    table = read_table(b"force,2016,2017\nKent,1,2\nforce,2016,2017\nforce,3016,3017\nSurrey,3,4\n")
    assert [(found.code, found.rows) for found in table.problems] == [("FI108", (3,))]
    assert table.frame.index.tolist() == [2, 4, 5]
