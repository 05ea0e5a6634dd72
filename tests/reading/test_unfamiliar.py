"""Tables of which no heading is known: where they begin, what their headings are, and what is said of it."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from peelcheck.reading.table import read_table

BODY = "Kent,1204,311\nEssex,998,207\nSurrey,871,190\n"
RECORDS = [["Kent", "1204", "311"], ["Essex", "998", "207"], ["Surrey", "871", "190"]]
HEADINGS = ["area", "arrests", "charged"]
TABLE = "area,arrests,charged\n" + BODY


class Case(NamedTuple):
    """A file, and what is read in it; `problems` are codes with the rows that they are about."""

    name: str
    text: str
    columns: list[str] = HEADINGS
    records: list[list[str]] = RECORDS
    problems: tuple[tuple[str, tuple[int, ...]], ...] = ()


CASES = (
    Case(
        "names of rows, as R writes them",
        '"area","arrests","charged"\n"1","Kent",1204,311\n"2","Essex",998,207\n"3","Surrey",871,190\n',
        ["column A", *HEADINGS],
        [[str(n), *row] for n, row in enumerate(RECORDS, start=1)],
        (("FI105", (1,)),),
    ),
    Case(
        "one cell too many in every row, and no names in the first",
        "area,arrests\nKent,1204,311\nKent,998,207\nKent,871,190\n",
        ["area", "arrests"],
        [["Kent", "1204"], ["Kent", "998"], ["Kent", "871"]],
        (("FI010", (2, 3, 4)),),
    ),
    Case(
        "blank cells at the ends of the rows",
        "area,arrests,charged\nKent,1204,311,\nEssex,998,207,\nSurrey,871,190,\n",
        problems=(("FI109", (1,)),),
    ),
    Case(
        "groups over years",
        ",Arrests,,Charged,\narea,2016,2017,2016,2017\nKent,5,6,7,8\nEssex,1,2,3,4\n",
        ["area", "Arrests 2016", "Arrests 2017", "Charged 2016", "Charged 2017"],
        [["Kent", "5", "6", "7", "8"], ["Essex", "1", "2", "3", "4"]],
        (("FI106", (1, 2)),),
    ),
    Case(
        "groups in three rows",
        ",Recorded,,,\n,arrested,,charged,\narea,men,women,men,women\nKent,5,6,7,8\nEssex,1,2,3,4\n",
        ["area", *(f"Recorded {what} {who}" for what in ("arrested", "charged") for who in ("men", "women"))],
        [["Kent", "5", "6", "7", "8"], ["Essex", "1", "2", "3", "4"]],
        (("FI106", (1, 2, 3)),),
    ),
    Case(
        "the first of several tables, though a larger one follows",
        TABLE + "\nregion,officers,staff\n" + "North,5,6\n" * 9,
        problems=(("FI014", (6,)),),
    ),
    Case(
        "the first of several tables, though a wider one follows",
        TABLE + "\nregion,officers,staff,cars\n" + "North,5,6,7\n" * 9,
        problems=(("FI014", (6,)),),
    ),
    Case(
        "a title in every cell",
        "Crimes by area,Crimes by area,Crimes by area\n" + TABLE,
        problems=(("FI102", (1,)),),
    ),
    Case(
        "a title and what is said beside it",
        "Table 1: crimes,provisional,all ages\n" + TABLE,
        problems=(("FI102", (1,)),),
    ),
    Case("lines of keys", "#TITLE: ,Crimes\n#UNIT: ,number\n" + TABLE, problems=(("FI102", (1, 2)),)),
    Case(
        "padded lines of keys", "#TITLE: ,Crimes,\n#UNIT: ,number,\n" + TABLE, problems=(("FI102", (1, 2)),)
    ),
    Case("lines above a blank row", "Year,2017\nUnit,number\n\n" + TABLE, problems=(("FI102", (1, 2)),)),
    Case("years", "area,2016,2017\n" + BODY, ["area", "2016", "2017"]),
    Case("dates", "area,2017-01-01,2017-02-01\n" + BODY, ["area", "2017-01-01", "2017-02-01"]),
    Case(
        "dates in records, and no headings",
        "Kent,2016-07-01,2017-06-30\nEssex,2016-07-01,2017-03-31\n",
        ["column A", "column B", "column C"],
        [["Kent", "2016-07-01", "2017-06-30"], ["Essex", "2016-07-01", "2017-03-31"]],
        (("FI015", (1,)),),
    ),
    Case("numbered columns", "0,1,2\n" + BODY, ["0", "1", "2"]),
    Case(
        "numbers alone",
        "0.5,1.25,8\n0.0e+00,-.5,7\n1.5E-3,2,6\n",
        ["column A", "column B", "column C"],
        [["0.5", "1.25", "8"], ["0.0e+00", "-.5", "7"], ["1.5E-3", "2", "6"]],
        (("FI015", (1,)),),
    ),
    Case(
        "quotation marks and dashes saved as control characters",
        "area,arrests,note\nKent,1,\x91No 32\x92\nEssex,2,2016\x9617\n",
        ["area", "arrests", "note"],
        [["Kent", "1", "‘No 32’"], ["Essex", "2", "2016–17"]],
        (("FI101", ()),),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_read_where_nothing_is_known(case: Case) -> None:
    table = read_table(case.text.encode())
    assert list(table.frame.columns) == case.columns
    assert table.frame.to_numpy().tolist() == case.records
    assert sorted((problem.code, problem.rows) for problem in table.problems) == sorted(case.problems)


def test_control_characters_are_read_alike_in_a_large_file() -> None:
    """A large file of plain text goes another way."""
    table = read_table(("area,arrests,note\n" + "Kent,1,\x93x\x94 \x85\n" * 20_000).encode())
    assert set(table.frame["note"]) == {"“x” …"}
    assert [problem.message for problem in table.problems] == [
        "The file has quotation marks, dashes or other characters of Windows-1252 saved as control characters. It was "
        "converted."
    ]


def test_known_headings_are_found_as_before_below_such_lines() -> None:
    table = read_table(("#TITLE: ,Crimes\nTable 1: a,b,c\n" + TABLE).encode(), columns=HEADINGS)
    assert (list(table.frame.columns), table.header_row) == (HEADINGS, 3)
