"""Names of forces, as written and as read."""

from __future__ import annotations

import pytest

from peelcheck.cells.names import HINTS, parse_names
from peelcheck.model import Spellings
from tests.support.one_cell import BLANK, Became, bad, column, missing, noted, ok, read

NAMES = (
    "Avon and Somerset",
    "Dyfed-Powys",
    "Greater Manchester",
    "Kent",
    "Lancashire",
    "Surrey",
    "West Midlands",
)
SPELLINGS = Spellings([*((name, name) for name in NAMES), ("Avon & Somerset", "Avon and Somerset")])

CASES: list[tuple[str, Became]] = [
    ("Surrey", ok("Surrey")),
    ("SURREY", ok("Surrey")),
    ("Avon & Somerset", ok("Avon and Somerset")),
    ("Lancashire ", noted("Lancashire", "CE101", "“Lancashire”")),
    ("Lancashire\u00a0", noted("Lancashire", "CE101", "“Lancashire”")),
    ("West-Midlands", noted("West Midlands", "CE103", "“West Midlands”")),
    ("west_midlands", noted("West Midlands", "CE103", "“West Midlands”")),
    ("Dyfed Powys", noted("Dyfed-Powys", "CE103", "“Dyfed-Powys”")),
    ("Avon-&-Somerset", noted("Avon and Somerset", "CE103", "“Avon and Somerset”")),
    ("West-Midlands [note 2]", noted("West Midlands", "CE107", "“West Midlands”")),
    ("Dyfed–Powys", noted("Dyfed-Powys", "CE103", "“Dyfed-Powys”")),
    ("Greater\u00a0Manchester", noted("Greater Manchester", "CE103", "“Greater Manchester”")),
    ("Greater  Manchester", noted("Greater Manchester", "CE103", "“Greater Manchester”")),
    ("'Kent", noted("Kent", "CE103", "“Kent”")),
    ("’ Kent", noted("Kent", "CE103", "“Kent”")),
    ("'Kent*", noted("Kent", "CE107", "“Kent”")),
    ("'Surry", bad("CE007", "Is “Surrey” meant?")),
    ("'", bad("CE007", "")),
    ("Surrey5", noted("Surrey", "CE107", "“Surrey”")),
    ("Surrey 5", noted("Surrey", "CE107", "“Surrey”")),
    ("Surrey⁵", noted("Surrey", "CE107", "“Surrey”")),
    ("Greater Manchester10,11", noted("Greater Manchester", "CE107", "“Greater Manchester”")),
    ("Avon & Somerset12", noted("Avon and Somerset", "CE107", "“Avon and Somerset”")),
    ("Kent*", noted("Kent", "CE107", "“Kent”")),
    ("Kent (1)", noted("Kent", "CE107", "“Kent”")),
    ("Kent [note 2] [r]", noted("Kent", "CE107", "“Kent”")),
    ("Surry", bad("CE007", "Is “Surrey” meant?")),
    ("Avon & Somersett", bad("CE007", "Is “Avon and Somerset” meant?")),
    ("Kent (BTP)", bad("CE007", "")),
    ("Atlantis", bad("CE007", "")),
    ("5", bad("CE007", "")),
    ("Kent" * 100, bad("CE007", "")),
    ("", BLANK),
    ("  ", BLANK),
    ("..", missing("not available")),
    ("N/A", missing("not available or not applicable")),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=lambda case: repr(case)[:30])
def test_what_becomes_of_a_name(text: str, expected: Became) -> None:
    assert read(parse_names, text, spellings=SPELLINGS) == expected


def test_a_field_may_have_marks_of_its_own() -> None:
    assert read(parse_names, "TBC", spellings=SPELLINGS, missing=("tbc",)) == missing("marked as missing")


def test_only_so_many_names_are_compared() -> None:
    unknown = [f"Surrey{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(HINTS + 5)]
    parsed = parse_names(column(*unknown), spellings=SPELLINGS)
    assert [bool(hint) for hint in parsed.bad[0].hints] == [True] * HINTS + [False] * 5
