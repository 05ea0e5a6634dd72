"""The rules about cells as a force and a program see them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from peelcheck.cells.date_forms import Order
from peelcheck.cells.date_order import Decision
from peelcheck.cells.dates import parse_dates
from peelcheck.cells.names import parse_names
from peelcheck.cells.numbers import parse_counts, parse_numbers
from peelcheck.cells.parsed import Parsed
from peelcheck.cells.references import without_changed
from peelcheck.cells.text import parse_booleans, parse_codes
from peelcheck.model import Nouns, Spellings
from peelcheck.rules.cell_rules import CELL_RULES, CellRule
from tests.support.one_cell import column
from tests.support.running import python

ONE_OF_EACH = {
    "CE001": "1.5",
    "CE002": "x",
    "CE003": "soon",
    "CE004": "06/07/2017",
    "CE005": "31/02/2017",
    "CE006": "42916",
    "CE007": "Atlantis",
    "CE008": "maybe",
    "CE009": "1" * 16,
    "CE010": "4.32016E+13",
    "CE101": " 1",
    "CE102": "1,234",
    "CE103": "−1",
    "CE104": "01",
    "CE105": "1 [p]",
    "CE106": "30/06/2017",
    "CE107": "Kent1",
    "CE108": "Y",
    "CE109": "07/06/2017",
}


def parsed(code: str, text: str) -> Parsed:
    cells = column(text)
    if code in ("CE003", "CE004", "CE005", "CE006", "CE106"):
        return parse_dates(cells, owed=set[date]())
    if code == "CE109":
        return parse_dates(
            cells, owed=set[date](), order=Decision(Order.DAY, "like 12 other dates in this file")
        )
    if code in ("CE007", "CE107"):
        return parse_names(cells, spellings=Spellings([("Kent", "Kent")]))
    if code == "CE010":
        return without_changed(parse_codes(cells), cells)
    if code == "CE108":
        return parse_codes(cells, allowed=("yes", "no"))
    parse = {"CE002": parse_numbers, "CE008": parse_booleans}.get(code, parse_counts)
    return parse(cells)


def test_there_is_a_case_for_every_rule_in_their_order() -> None:
    assert [rule.code for rule in CELL_RULES] == list(ONE_OF_EACH)


@pytest.mark.parametrize("rule", CELL_RULES, ids=lambda rule: rule.code)
def test_an_error_is_bad_and_a_note_is_a_note(rule: CellRule) -> None:
    cells = parsed(rule.code, ONE_OF_EACH[rule.code])
    errors, notes = [issue.code for issue in cells.bad], [issue.code for issue in cells.notes]
    expected = ([rule.code], []) if rule.severity == "error" else ([], [rule.code])
    assert (errors, notes) == expected
    assert rule.code.startswith("CE0" if rule.severity == "error" else "CE1")


@pytest.mark.parametrize("rule", CELL_RULES, ids=lambda rule: rule.code)
def test_a_message_names_the_field_and_quotes_the_cell(rule: CellRule) -> None:
    message = Nouns().fill(rule.message)
    assert set(re.findall(r"\{(\w+)\}", message)) == {"title", "value", "hint"}
    assert rule.message.startswith("“{title}” is “{value}”")
    assert all(words.endswith(".") for words in (rule.ask, rule.why))
    assert not rule.title.endswith(".")


@pytest.mark.slow
def test_the_rules_load_neither_numpy_nor_pandas() -> None:
    code = "import sys, peelcheck.rules.cell_rules; sys.exit(bool({'numpy', 'pandas', 'pyarrow'} & set(sys.modules)))"
    assert python(code).returncode == 0
