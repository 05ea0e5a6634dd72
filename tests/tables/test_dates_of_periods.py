"""A cell that names years or a month in place of a date: quoted at its cell, with the period that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelcheck import engine

LAST, BEFORE = "2016-04-01 to 2017-03-31", "2015-04-01 to 2016-03-31"
YEARS, NO_DAY = "It names years, not a day.", "The day is not given."


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2016/17", f"{YEARS} The period asked for is {LAST}."),
        ("2015-16", f"{YEARS} The period asked for is {BEFORE}."),
        ("2016-2017", f"{YEARS} The period asked for is {LAST}."),
        ("FY 2016/17", f"{YEARS} The period asked for is {LAST}."),
        ("2016 to 2017", f"{YEARS} The period asked for is {LAST}."),
        ("2011/12", f"{YEARS} The period asked for is {LAST} or {BEFORE}."),
        ("Mar-17", f"{NO_DAY} The period asked for is {LAST}."),
        ("April 2016", f"{NO_DAY} The period asked for is {LAST}."),
        ("Mar-16", f"{NO_DAY} The period asked for is {BEFORE}."),
        ("June 2017", f"{NO_DAY} The period asked for is {LAST} or {BEFORE}."),
    ],
)
def test_years_or_a_month_in_place_of_a_date(text: str, hint: str, tmp_path: Path) -> None:
    path = tmp_path / "marac.csv"
    path.write_text(
        "force,force_code,period_start,period_end,cases,repeat_cases,note\n"
        f"Kent,E23000032,2016-04-01,{text},3010,829,\n"
        "Kent,E23000032,2015-04-01,2016-03-31,2787,827,\n",
        encoding="utf-8",
    )
    (query,) = engine.validate([path]).queries
    (place,) = query.locations
    assert (query.code, place.row, place.column, place.value) == ("CE003", 2, "period_end", text)
    assert query.message == f"“Period end” is “{text}”, which is not a date. {hint}"


@pytest.mark.parametrize("text", ["2016/17", "Mar-17"])
def test_years_in_both_cells_of_a_row(text: str, tmp_path: Path) -> None:
    path = tmp_path / "marac.csv"
    path.write_text(
        "force,force_code,period_start,period_end,cases,repeat_cases,note\n"
        f"Kent,E23000032,{text},{text},3010,829,\n"
        "Kent,E23000032,2015-04-01,2016-03-31,2787,827,\n",
        encoding="utf-8",
    )
    found = [
        (query.code, place.row, place.column, place.value)
        for query in engine.validate([path]).queries
        for place in query.locations
    ]
    assert found == [("CE003", 2, "period_end", text), ("CE003", 2, "period_start", text)]
