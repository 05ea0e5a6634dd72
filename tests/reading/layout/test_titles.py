"""Below a title, the same headings are another table; below a blank line or the number of a page, the table goes on."""

from __future__ import annotations

import pytest

from peelcheck.reading.table import read_table

HEADINGS = "force,code,cases,repeats,note\n"
FIRST = f"{HEADINGS}Kent,E1,30,12,\nEssex,E2,31,14,\n"
SECOND = f"{HEADINGS}Kent,E1,5,1,\nEssex,E2,6,2,\n"


def read(above: str, between: str) -> tuple[int, list[str]]:
    """How many records were read, and the codes of what was said."""
    table = read_table((above + FIRST + between + SECOND).encode())
    return len(table.cells), [problem.code for problem in table.problems]


@pytest.mark.parametrize("above", ["", "Table 1: cases recorded,,,,\n", "Cases recorded\n\n"])
@pytest.mark.parametrize(
    "between",
    [
        ",,,,\nTable 2: cases cancelled after recording,,,,\n",
        "\nTable 2: cases cancelled after recording\n",
        "\nCancelled,,,,\n",
        "Cancelled,,,,\n",
        "Cancelled\n",
        "\n,,Cancelled cases,,\n",
        "\nTable 2,Cancelled cases,,,\n",
        "\nCancelled cases\n\n",
        "Source: the crime system\n\nCancelled cases\n\n",
    ],
)
def test_the_same_headings_below_another_title_are_another_table(above: str, between: str) -> None:
    records, codes = read(above, between)
    assert records == 2
    assert "FI014" in codes
    assert "FI108" not in codes


@pytest.mark.parametrize(
    ("above", "between"),
    [
        ("", ""),
        ("", "\n"),
        ("", ",,,,\n"),
        ("", "\nPage 2\n"),
        ("", "\nPage 2 of 3,,,,\n"),
        ("", "continued,,,,\n"),
        ("", "\n(continued)\n"),
        ("Cases recorded\n", "\nCases recorded (continued)\n"),
        ("Cases recorded - page 1 of 2\n", "\nCASES RECORDED - page 2 of 2\n"),
        ("Table 1: cases recorded,,,,\n", "\nTable 1: cases recorded (cont.),,,,\n"),
        ("", "\nSource: the crime system\n"),
        ("", "(2 rows affected)\n\n"),
    ],
)
def test_the_same_headings_of_the_next_page_are_left_out(above: str, between: str) -> None:
    codes = read(above, between)[1]
    assert "FI108" in codes
    assert "FI014" not in codes


def test_the_title_of_the_second_table_is_said() -> None:
    table = read_table(f"{FIRST}\nCancelled cases,,,,\n{SECOND}".encode())
    (problem,) = [one for one in table.problems if one.code == "FI014"]
    assert problem.message == (
        "The file contains more than one table. The one with its headings in row 1 was read; the one with its headings in "
        "row 6, and everything below it, was not. Its title is “Cancelled cases”."
    )


@pytest.mark.parametrize(
    "line", [",,,,Source: Kent Police\n", ",Note: to March,,,\n", ",,,* provisional figures,\n"]
)
def test_a_source_below_another_column_is_a_note_below_the_table(line: str) -> None:
    table = read_table(f"{FIRST}{line}".encode())
    assert (len(table.cells), [one.code for one in table.problems]) == (2, ["FI103"])
