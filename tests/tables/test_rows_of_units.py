"""A row of units or types below the headings: one note that says so, and the rest is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelcheck import engine

HEADINGS = "force,force_code,period_start,period_end,cases,repeat_cases,note"
ROWS = ("Kent,E23000032,2016-04-01,2017-03-31,3010,829,", "Kent,E23000032,2015-04-01,2016-03-31,2787,827,")


def found(folder: Path, *lines: str) -> list[tuple[str, list[int | None], str]]:
    path = folder / "marac.csv"
    path.write_text("\n".join([HEADINGS, *lines]) + "\n", encoding="utf-8")
    return [
        (q.code, [place.row for place in q.locations], q.message) for q in engine.validate([path]).queries
    ]


@pytest.mark.parametrize(
    ("row", "units"),
    [
        ("text,code,date,date,number,number,text", "“text”, “code”, “date” and “number”"),
        (",,,,number,number,", "“number”"),
        (
            "name,code,dd/mm/yyyy,dd/mm/yyyy,count,count,free text",
            "“name”, “code”, “dd/mm/yyyy”, “count” and “free text”",
        ),
        ("a,b,c,d,e,f,g", "“a”, “b”, “c”, “d”, “e”, “f” and 1 more"),
    ],
)
def test_a_row_of_units(row: str, units: str, tmp_path: Path) -> None:
    said = f"The row below the headings says what the columns hold ({units}). It was ignored."
    assert found(tmp_path, row, *ROWS) == [("RO119", [2], said)]


def test_a_row_of_units_elsewhere_or_with_digits_is_none(tmp_path: Path) -> None:
    lower = found(tmp_path, *ROWS, "text,code,date,date,number,number,text")
    assert all("what the columns hold" not in message for _, _, message in lower)
    (one,) = found(tmp_path, ",,,,5,number,", *ROWS)
    assert one[:2] == ("RO121", [2])
