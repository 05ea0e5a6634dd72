"""Thousands without quotation marks: `33,903` is two cells, and none of the row's figures is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.model import Result

ONE_FIGURE = "force,force_code,period_start,period_end,asb_incidents,note"
TWO_FIGURES = "force,force_code,period_start,period_end,cases,repeat_cases,note"
NOW = "Kent,E23000032,2016-04-01,2017-03-31,"
BEFORE = "Kent,E23000032,2015-04-01,2016-03-31,"


def checked(folder: Path, name: str, *lines: str) -> Result:
    """What comes of one file, in a folder of its force."""
    path = folder / "kent" / f"{name}.csv"
    path.parent.mkdir()
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return engine.validate([path])


def moved(result: Result) -> list[int]:
    """The rows that are said to have moved."""
    errors = [query for query in result.queries if query.severity.value == "error"]
    assert {query.code for query in errors} <= {"FI010", "FI021"}
    return sorted(place.row or 0 for query in errors for place in query.locations)


@pytest.mark.parametrize(
    ("now", "before", "rows"),
    [
        ("3,010,829,", "2,787,827,", [2, 3]),  # both rows have a blank cell more
        ("3,010,829", "2,787,827", [2, 3]),  # and here none
        ("3,010,829,", "787,127,", [2]),  # one below 1,000
        ("3,010,1,829,", "2,787,1,827,", [2, 3]),  # figures beyond the headings
        ("3,010,1,829,", "2,787,827,", [2, 3]),
        ("3,010,829,see below", "2,787,827,", [2, 3]),
        ("3,010,,", "2,787,,", [2, 3]),  # 010 is no figure of its own
        ("3010,829,", "2,787,827,", [3]),
        ("1,001,234,5,", "2,787,827,", [2, 3]),
    ],
)
def test_a_number_that_was_split_at_its_comma(now: str, before: str, rows: list[int], tmp_path: Path) -> None:
    result = checked(tmp_path, "marac", TWO_FIGURES, NOW + now, BEFORE + before)
    assert moved(result) == rows


def test_which_number_was_split_is_said(tmp_path: Path) -> None:
    (query,) = checked(tmp_path, "marac", TWO_FIGURES, f"{NOW}3,010,829,", f"{BEFORE}2,787,827,").queries
    assert query.message == (
        "Rows 2 and 3: “3” and “010” may be one number, 3,010. If it was split at its comma, the cells after it are one "
        "column too far to the right. No figure in these rows was used."
    )


@pytest.mark.parametrize("end", ["", ","])
@pytest.mark.parametrize("split", [3, 10, 11, 17, 20])
def test_no_figure_of_a_split_row_is_used_however_many_there_are(
    split: int, end: str, tmp_path: Path
) -> None:
    forces = [
        ("Bedfordshire", "E23000026"),
        ("Cheshire", "E23000006"),
        ("City of London", "E23000034"),
        ("Cleveland", "E23000013"),
        ("Cumbria", "E23000002"),
        ("Derbyshire", "E23000018"),
        ("Dorset", "E23000039"),
        ("Durham", "E23000008"),
        ("Essex", "E23000028"),
        ("Kent", "E23000032"),
    ]
    rows = [f"{name},{code},{year}" for name, code in forces for year in (NOW[15:], BEFORE[15:])]
    figures = [f"{n + 11},{n + 203}{end}" if n < split else f"{n + 301}," for n in range(len(rows))]
    lines = [row + figure for row, figure in zip(rows, figures, strict=True)]
    path = tmp_path / "antisocial_behaviour.csv"
    path.write_text("\n".join([ONE_FIGURE, *lines]) + "\n", encoding="utf-8")
    result = engine.validate([path])
    found = [query for query in result.queries if query.code in ("FI010", "FI021")]
    assert [query.severity.value for query in found] == ["error"]
    assert found[0].locations_total == split
    assert not [query for query in result.queries if query.code.startswith("OU")]


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("301,129,2", "287,127,"),  # a footnote as the note
        ("3010,129,2016", "2787,827,"),
        ("301,129,,", "287,127,,"),  # every row has a blank cell more
        ("301,129,see below,", "287,127,,"),
        ("3010,29,2,", "2787,27,1,"),  # and a footnote
        ("0,0,", "12,0,"),
    ],
)
def test_figures_that_only_look_like_split_ones_are_used(now: str, before: str, tmp_path: Path) -> None:
    result = checked(tmp_path, "marac", TWO_FIGURES, NOW + now, BEFORE + before)
    assert [query.code for query in result.queries if query.severity.value == "error"] == []


def test_a_cell_too_many_that_pushes_a_figure_into_the_note(tmp_path: Path) -> None:
    rows = [f"{NOW}3010,12,82,", f"{BEFORE}2787,827,"]
    result = checked(tmp_path, "marac", TWO_FIGURES, *rows)
    assert moved(result) == [2]


def test_a_figure_in_the_note_of_longer_rows_where_most_are_longer(tmp_path: Path) -> None:
    rows = [f"{NOW}3010,12,82,", f"{NOW.replace('2017-03', '2017-04')}3010,12,82,", f"{BEFORE}2787,827,"]
    result = checked(tmp_path, "marac", TWO_FIGURES, *rows)
    (query,) = [query for query in result.queries if query.code == "FI021"]
    assert query.message == (
        "Rows 2 and 3: a number under “Note”, and one cell more than the headings. If a cell was inserted, the cells after "
        "it are one column too far to the right. No figure in these rows was used."
    )
