"""References that a spreadsheet has changed, and references that only look like it."""

from __future__ import annotations

import pytest

from peelcheck.cells.references import without_changed
from peelcheck.cells.text import parse_codes
from tests.support.one_cell import became, column

FIRST_DIGITS = "The spreadsheet took the reference for a number and kept only its first digits."
ZEROS = "The spreadsheet took the reference for a number, kept 15 digits and replaced the rest with zeros."


def changed(*texts: str) -> list[str]:
    """What happened to each reference of a column; "" for those that are as they were."""
    cells = column(*texts)
    results = became(without_changed(parse_codes(cells), cells))
    assert {one.code for one in results} <= {"CE010", "CE101", "CE103", ""}
    return [one.words if one.code == "CE010" else "" for one in results]


@pytest.mark.parametrize(
    "text",
    [
        "4.32016E+13",
        "2.19E+26",
        "4E+15",
        "4,32016E+13",
        "4.32016e+13",
        " 4.32016E+13",
        "1.00E-05",
        "'2.19E+26",
        "4.3E+013",
    ],
)
def test_a_number_in_scientific_notation_is_no_reference(text: str) -> None:
    assert changed("K/44", text, "K/45") == ["", FIRST_DIGITS, ""]


@pytest.mark.parametrize(
    "text",
    [
        "12E05",
        "44E-12",
        "E+13",
        "4.32016E+",
        "1E13",
        "A4.3E+13",
        "43+44",
        "4.32016",
        "#12",
        "432016000000000",
    ],
)
def test_other_references_are_as_they_were(text: str) -> None:
    assert changed(text) == [""]


def test_zeros_after_the_fifteenth_digit_are_not_the_references_own() -> None:
    assert changed("43201600000000000000") == [ZEROS]
    assert changed("43201612345678900000", "43201612345678912345") == [ZEROS, ""]
    assert changed(*["4320161234567890"] * 6) == [ZEROS] * 6


def test_a_reference_may_end_in_zeros_by_chance() -> None:
    assert changed("4320161234567890") == [""]
    assert not any(changed(*(f"43201612345{n:05}" for n in range(1000))))
    assert not any(changed(*(f"432016123{n:08}" for n in range(3000))))


def test_what_a_spreadsheet_shows_in_place_of_a_value_is_no_reference() -> None:
    assert changed("########", "#NAME?") == [
        "The column was too narrow when the spreadsheet was saved; please widen it and save it again.",
        "A formula in the spreadsheet did not work.",
    ]
