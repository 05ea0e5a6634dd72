"""Text, and yes or no, as written and as read."""

from __future__ import annotations

import pytest

from one_cell import BLANK, Became, bad, missing, noted, ok, read
from peelcheck.cells.text import parse_booleans, parse_text

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


@pytest.mark.parametrize(("text", "expected"), YES_OR_NO, ids=repr)
def test_what_becomes_of_yes_or_no(text: str, expected: Became) -> None:
    assert read(parse_booleans, text) == expected


@pytest.mark.parametrize("text", ["-", "N/A", " n/a", "Ärger"])
def test_text_may_have_marks_of_its_own(text: str) -> None:
    assert read(parse_text, text, missing=("-", "n/a", "ärger")) == missing("marked as missing")


def test_yes_or_no_may_have_marks_of_its_own() -> None:
    assert read(parse_booleans, "0", missing=("0",)) == missing("marked as missing")
