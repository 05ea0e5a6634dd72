"""Text, and yes or no, as written and as read."""

from __future__ import annotations

import pytest

from peelcheck.cells.parsed import CellState
from peelcheck.cells.text import parse_booleans, parse_codes, parse_text
from tests.support.one_cell import BLANK, Became, bad, missing, noted, ok, read

TEXT: list[tuple[str, Became]] = [
    ("AB/123", ok("AB/123")),
    ("two  words", ok("two  words")),
    ("Señor’s – £5", ok("Señor’s – £5")),
    ("one\ntwo", ok("one\ntwo")),
    ("a\x00b", ok("a\x00b")),
    ("ab\x00", ok("ab\x00")),
    ("=1+1", ok("=1+1")),
    (" AB ", noted("AB", "CE101", "“AB”")),
    ("\u00a0AB", noted("AB", "CE101", "“AB”")),
    ("x" * 5000 + " ", noted("x" * 5000, "CE101", "“" + "x" * 59 + "…”")),
    ("-", ok("-")),
    ("..", ok("..")),
    ("NA", ok("NA")),
    ("none", ok("none")),
    ("[x]", missing("not available")),
    (" [C] ", missing("confidential")),
    ("", BLANK),
    (" \n", BLANK),
]

THEFT = "Theft offences"
OF_A_LIST: list[tuple[str, Became]] = [
    ("Theft offences", ok(THEFT)),
    ("THEFT OFFENCES", ok("THEFT OFFENCES")),
    (" Theft offences", noted(THEFT, "CE101", "“Theft offences”")),
    ("Theft\u00a0offences", noted(THEFT, "CE103", "“Theft offences”")),
    ("theft  offences", noted(THEFT, "CE103", "“Theft offences”")),
    ("'Theft offences", noted(THEFT, "CE103", "“Theft offences”")),
    ("Stop - search", noted("Stop – search", "CE103", "“Stop – search”")),
    ("Stop – search", ok("Stop – search")),
    ("'Theft", ok("'Theft")),
    ("Theft\u00a0offence", ok("Theft\u00a0offence")),
    ("Y", ok("Y")),
    ("None", ok("None")),
    ("..", missing("not available")),
    ("-", missing("no figure given")),
    ("'-", missing("no figure given")),
    (" N/A", missing("not available or not applicable")),
    ("[x]", missing("not available")),
    ("", BLANK),
]
"""Where the list is Theft offences, Stop – search and none."""

CODES: list[tuple[str, Became]] = [
    ("E23000032", ok("E23000032")),
    ("'E23000032", noted("E23000032", "CE103", "“E23000032”")),
    ("'E2300003", ok("'E2300003")),
    ("E\u00a01", ok("E\u00a01")),
    (" 'E1", noted("'E1", "CE101", "“'E1”")),
    ("n/a", missing("not available or not applicable")),
    ("NA", ok("NA")),
    ("\u200b", BLANK),
]
"""Where two capital letters are a code too."""

REFERENCES: list[tuple[str, Became]] = [
    ("\u2011A1", noted("-A1", "CE103", "“-A1”")),
    ("A  1", noted("A 1", "CE103", "“A 1”")),
    ("A\u00a01 ", noted("A 1", "CE103", "“A 1”")),
    ("A\r\n1", ok("A\r\n1")),
    ("'", ok("'")),
    ("NA", missing("not available or not applicable")),
]

IN_OTHER_WORDS: list[tuple[str, Became]] = [
    *((text, ok(text)) for text in ("yes", "Yes", "NO")),
    *((text, noted("yes", "CE108", "“yes”")) for text in ("Y", "y", "TRUE", "true", "1", " Y ", "'1")),
    *((text, noted("no", "CE108", "“no”")) for text in ("N", "FALSE", "0")),
    ("maybe", ok("maybe")),
    ("none", missing("no figure given")),
]

YES_OR_NO: list[tuple[str, Became]] = [
    *((text, ok(1)) for text in ("yes", "Yes", "Y", "y", "TRUE", "true", "1")),
    *((text, ok(0)) for text in ("no", "No", "N", "n", "FALSE", "false", "0")),
    (" Yes", noted(1, "CE101", "yes")),
    ("no ", noted(0, "CE101", "no")),
    ("maybe", bad("CE008", "")),
    ("2", bad("CE008", "")),
    ("", BLANK),
    ("-", missing("no figure given")),
    ("n/a", missing("not available or not applicable")),
]


@pytest.mark.parametrize(("text", "expected"), TEXT, ids=lambda case: repr(case)[:30])
def test_what_becomes_of_text(text: str, expected: Became) -> None:
    assert read(parse_text, text) == expected


@pytest.mark.parametrize(("text", "expected"), OF_A_LIST, ids=repr)
def test_what_becomes_of_a_value_of_a_list(text: str, expected: Became) -> None:
    assert read(parse_codes, text, allowed=(THEFT, "Stop – search", "none")) == expected


@pytest.mark.parametrize(("text", "expected"), CODES, ids=repr)
def test_what_becomes_of_a_code(text: str, expected: Became) -> None:
    assert read(parse_codes, text, pattern="[A-Z]{2}|E[0-9]{8}") == expected


@pytest.mark.parametrize(("text", "expected"), REFERENCES, ids=repr)
def test_what_becomes_of_a_reference(text: str, expected: Became) -> None:
    assert read(parse_codes, text) == expected


@pytest.mark.parametrize(("text", "expected"), IN_OTHER_WORDS, ids=repr)
def test_yes_and_no_in_other_words(text: str, expected: Became) -> None:
    assert read(parse_codes, text, allowed=("yes", "no")) == expected


@pytest.mark.parametrize("text", ["N/A", "-", "..", "none", "[x]"])
def test_where_there_must_be_a_text_a_marker_is_none(text: str) -> None:
    assert read(parse_text, text, required=True).state is CellState.MISSING


@pytest.mark.parametrize(("text", "expected"), YES_OR_NO, ids=repr)
def test_what_becomes_of_yes_or_no(text: str, expected: Became) -> None:
    assert read(parse_booleans, text) == expected


@pytest.mark.parametrize("text", ["-", "N/A", " n/a", "Ärger"])
def test_text_may_have_marks_of_its_own(text: str) -> None:
    assert read(parse_text, text, missing=("-", "n/a", "ärger")) == missing("marked as missing")


def test_yes_or_no_may_have_marks_of_its_own() -> None:
    assert read(parse_booleans, "0", missing=("0",)) == missing("marked as missing")
