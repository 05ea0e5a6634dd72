"""Names of forces, as written and as read."""

from __future__ import annotations

import pytest

from peelcheck.cells.names import HINTS, parse_names
from peelcheck.errors import UsageError
from peelcheck.model import Spellings
from peelcheck.rounds.forces import named_force
from peelcheck.schema import load_collection
from tests.support.one_cell import BLANK, Became, bad, column, missing, noted, ok, read
from tests.support.rounds import ROOT

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


FORCES = load_collection(ROOT / "schemas" / "peel-2017")

OF_ONE_FORCE = [
    ("Devon & Cornwall Police", "Devon and Cornwall"),
    ("Devon and Cornwall Constabulary", "Devon and Cornwall"),
    ("Devon-&-Cornwall Police Force (D&C)", "Devon and Cornwall"),
    ("Avon & Somerset Constabulary", "Avon and Somerset"),
    ("avon-and-somerset-police-service", "Avon and Somerset"),
    ("Hampshire and Isle of Wight Constabulary", "Hampshire"),
    ("Hampshire & Isle of Wight Constabulary (HIOWC)12", "Hampshire"),
    ("Dyfed Powys Police", "Dyfed-Powys"),
    ("Dyfed-Powys Police / Heddlu Dyfed-Powys", "Dyfed-Powys"),
    ("Metropolitan Police Service (MPS)", "Metropolitan Police"),
    ("Met Police", "Metropolitan Police"),
    ("Metropolitan Police Force [E23000001]", "Metropolitan Police"),
    ("South Wales Police / Heddlu De Cymru", "South Wales"),
    ("Heddlu De Cymru/South Wales Police (SWP) *", "South Wales"),
    ("South Wales Police\nHeddlu De Cymru", "South Wales"),
    ("North Wales Police – Heddlu Gogledd Cymru", "North Wales"),
    ("City of London Police Force", "City of London"),
    ("Greater Manchester Police (GMP) (notes 1, 2)", "Greater Manchester"),
    ("West Midlands (E23000014)", "West Midlands"),
]


@pytest.mark.parametrize(("text", "force"), OF_ONE_FORCE)
def test_a_name_with_what_may_be_added_to_it_is_found_everywhere_alike(text: str, force: str) -> None:
    assert (FORCES.find_force(text), named_force(text, FORCES)) == (force, force)
    became = read(parse_names, text, spellings=FORCES.spellings)
    assert became in (ok(force), *(noted(force, code, f"“{force}”") for code in ("CE103", "CE107")))


@pytest.mark.parametrize("suffix", ["Police", "Constabulary", "Police Service", "Police Force"])
@pytest.mark.parametrize("force", FORCES.force_names)
def test_every_name_may_have_every_suffix(force: str, suffix: str) -> None:
    stem = force.removesuffix(" Police")
    for text in (f"{stem} {suffix}", f"{stem.replace(' and ', ' & ').replace('-', ' ')} {suffix} (1)"):
        assert FORCES.find_force(text) == force


OF_NO_FORCE = [
    ("West Midlands (region)", ""),
    ("West Midlands (E12000005)", ""),
    ("Kent Fire and Rescue", ""),
    ("Kent Police and Crime Commissioner", ""),
    ("Kent Police Constabulary", ""),
    ("Kent (BTP)", ""),
    ("Metropolitan Police (inc. City of London)", ""),
    ("London Police", ""),
    ("Police", ""),
    ("Warwickshire / West Mercia", "It names “Warwickshire” and “West Mercia”."),
    ("Kent and Essex", "It names “Kent” and “Essex”."),
    ("Kent Police & Essex Police", "It names “Kent” and “Essex”."),
    ("Avon and Somerset / Kent", "It names “Avon and Somerset” and “Kent”."),
    ("Kent / Kent Fire", ""),
    ("(1)" * 60, ""),
]


@pytest.mark.parametrize(("text", "hint"), OF_NO_FORCE)
def test_what_names_no_single_force_stays_unknown(text: str, hint: str) -> None:
    assert FORCES.find_force(text) is None
    found = read(parse_names, text, spellings=FORCES.spellings)
    assert found._replace(words=hint) == bad("CE007", hint)
    assert found.words == hint or found.words.startswith("Is “")


def test_a_body_outside_the_collection_has_no_suffix() -> None:
    assert FORCES.find_force("Police Service of Northern Ireland") is None
    assert [FORCES.spellings.find(f"{name} Police") for name in ("Total", "England", "North West")] == [
        None
    ] * 3


def test_a_name_that_may_be_of_two_is_of_none() -> None:
    both = Spellings(
        [("Kent Police", "Kent Police"), ("Kent Constabulary", "Kent Constabulary")],
        ["Police", "Constabulary", "Force"],
        ["Kent Police", "Kent Constabulary"],
    )
    assert [both.find(f"Kent {word}") for word in ("Police", "Constabulary", "Force")] == [
        "Kent Police",
        "Kent Constabulary",
        None,
    ]


def test_a_choice_that_names_two_forces_says_which() -> None:
    with pytest.raises(UsageError, match=r"'Kent / Essex' is not one of the forces; it names Kent and Essex"):
        named_force("Kent / Essex", FORCES)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Kent - East", ""),
        ("Essex (North)", ""),
        ("Norfolk", "Is “Norfolk” meant?"),
        ("Nort Wales", "Is “North Wales” meant?"),
        ("Bedford shire", "Is “Bedfordshire” meant?"),
        ("Devon & Cornwal", "Is “Devon and Cornwall” meant?"),
        ("Humber side Police", "Is “Humberside” meant?"),
    ],
)
def test_a_name_is_offered_only_if_each_of_its_words_is_like_one_of_the_others(text: str, hint: str) -> None:
    assert (
        FORCES.find_force(text) is not None
        or read(parse_names, text, spellings=FORCES.spellings).words == hint
    )
