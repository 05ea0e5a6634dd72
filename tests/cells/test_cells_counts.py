"""Counts, as written and as read."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from peelcheck.cells.numbers import parse_counts
from tests.support.one_cell import BLANK, Became, bad, became, column, missing, noted, ok, read

NOT_WORKED_OUT = (
    "A formula is there without its result. Please open the file in a spreadsheet program and save it."
)

NO_FIGURE = "If there is no figure, please leave the cell blank."
SHORT_OF_DIGITS = (
    "A digit may be missing after the comma, or the comma may be a decimal point; a count has no decimals."
)
PERCENTAGE = "A count is asked for, not a percentage."
RANGE = "One number is asked for, not a range."
WITHHELD = "If the figure is withheld, please write [c]."
TOO_NARROW = "The column was too narrow when the spreadsheet was saved; please widen it and save it again."
NO_DECIMALS = "A count has no decimal places."


def meant(digits: str) -> str:
    number = int(digits)
    return f"If {'minus ' if number < 0 else ''}{abs(number):,} is meant, please write {number}."


CERTAIN = [
    ("0", ok(0)),
    ("66776", ok(66776)),
    ("-12", ok(-12)),
    ("999999999999999", ok(999999999999999)),
    (" 66776 ", noted(66776, "CE101", "66776")),
    ("\t66776\r\n", noted(66776, "CE101", "66776")),
    ("\u200b66776\ufeff", noted(66776, "CE101", "66776")),
    ("1,234", noted(1234, "CE102", "1234")),
    ("1,234,567", noted(1234567, "CE102", "1234567")),
    (" 1,234 ", noted(1234, "CE102", "1234")),
    ("1 234", noted(1234, "CE102", "1234")),
    ("1\u00a0234", noted(1234, "CE102", "1234")),
    ("1\u2009234", noted(1234, "CE102", "1234")),
    ("1\u202f234\u202f567", noted(1234567, "CE102", "1234567")),
    ("-1,234", noted(-1234, "CE102", "-1234")),
    ("1,234.0", noted(1234, "CE102", "1234")),
    ("１２３", noted(123, "CE103", "123")),
    ("–12", noted(-12, "CE103", "-12")),
    ("−12", noted(-12, "CE103", "-12")),
    ("'123", noted(123, "CE103", "123")),
    ("’123", noted(123, "CE103", "123")),
    ("1.0", noted(1, "CE104", "1")),
    ("1.", noted(1, "CE104", "1")),
    ("0.000", noted(0, "CE104", "0")),
    (" -00 ", noted(0, "CE104", "0")),
    ("-0", noted(0, "CE104", "0")),
    ("+5", noted(5, "CE104", "5")),
    ("007", noted(7, "CE104", "7")),
    ("0000000000000000007", noted(7, "CE104", "7")),
    ("1,234 [p]", noted(1234, "CE105", "1234, provisional")),
    ("1234[r]", noted(1234, "CE105", "1234, revised")),
    ("12 [E]", noted(12, "CE105", "12, estimated")),
    ("12 [u]", noted(12, "CE105", "12, of low reliability")),
    ("12 [b]", noted(12, "CE105", "12, a break in the series")),
    ("12 [p] [r] [p]", noted(12, "CE105", "12, provisional and revised")),
]

UNCERTAIN = [
    ("1.5", bad("CE001", NO_DECIMALS)),
    ("1,234.5", bad("CE001", NO_DECIMALS)),
    (".5", bad("CE001", NO_DECIMALS)),
    ("1.000", bad("CE001", f"{meant('1000')} {meant('1')}")),
    ("-1.000", bad("CE001", f"{meant('-1000')} {meant('-1')}")),
    ("1.234", bad("CE001", meant("1234"))),
    ("1.234.567", bad("CE001", meant("1234567"))),
    ("1,23", bad("CE001", SHORT_OF_DIGITS)),
    ("1,234,5", bad("CE001", SHORT_OF_DIGITS)),
    ("12,34,567", bad("CE001", meant("1234567"))),
    ("0,123", bad("CE001", meant("123"))),
    ("1 23", bad("CE001", meant("123"))),
    ("1,234 567", bad("CE001", "")),
    ("1e3", bad("CE001", meant("1000"))),
    ("1.2E+05", bad("CE001", meant("120000"))),
    ("1e99", bad("CE001", "")),
    ("1O", bad("CE001", meant("10"))),
    ("l2", bad("CE001", meant("12"))),
    ("(12)", bad("CE001", f"{meant('12')} {meant('-12')}")),
    ("(-12)", bad("CE001", "")),
    ("1234567890123456*", bad("CE001", "")),
    ("12-", bad("CE001", f"{meant('12')} {meant('-12')}")),
    ("- 12", bad("CE001", f"{meant('12')} {meant('-12')}")),
    ("—12", bad("CE001", "")),
    ("£20", bad("CE001", meant("20"))),
    ("£1,234", bad("CE001", meant("1234"))),
    ("£1.234", bad("CE001", meant("1234"))),
    ("£1,234.56", bad("CE001", NO_DECIMALS)),
    ("£1,234.00", bad("CE001", meant("1234"))),
    ("£1,23*", bad("CE001", "")),
    ("£1234p", bad("CE001", meant("1234"))),
    ("£829k", bad("CE001", meant("829000"))),
    ("(1.5)", bad("CE001", NO_DECIMALS)),
    ("(0)", bad("CE001", meant("0"))),
    ("434.5*", bad("CE001", NO_DECIMALS)),
    ("0.234", bad("CE001", NO_DECIMALS)),
    ("c. 1,23", bad("CE001", SHORT_OF_DIGITS)),
    ('="434"', bad("CE001", meant("434"))),
    ('="1.5"', bad("CE001", NO_DECIMALS)),
    ("=434", bad("CE001", meant("434"))),
    ("=SUM(A1:A2)", bad("CE001", NOT_WORKED_OUT)),
    ("=1+1", bad("CE001", NOT_WORKED_OUT)),
    ("12.5 per cent", bad("CE001", PERCENTAGE)),
    ("12%", bad("CE001", PERCENTAGE)),
    ("123*", bad("CE001", meant("123"))),
    ("123 (1)", bad("CE001", meant("123"))),
    ("123 [note 4]", bad("CE001", meant("123"))),
    ("123²", bad("CE001", meant("123"))),
    ("1231)", bad("CE001", f"{meant('1231')} If the last digits are a footnote, please leave them out.")),
    ("12k", bad("CE001", meant("12000"))),
    ("1,23k", bad("CE001", "")),
    ("2 thousand", bad("CE001", meant("2000"))),
    ("2 dozen", bad("CE001", meant("24"))),
    ("1.2m", bad("CE001", meant("1200000"))),
    ("12 [x]", bad("CE001", "The mark says that there is no figure, but there is one.")),
    ("<5", bad("CE001", WITHHELD)),
    ("≤5", bad("CE001", WITHHELD)),
    ("<1,000", bad("CE001", WITHHELD)),
    ("fewer than 5", bad("CE001", WITHHELD)),
    (">434", bad("CE001", RANGE)),
    ("over 400", bad("CE001", RANGE)),
    ("at least 5", bad("CE001", RANGE)),
    ("5+", bad("CE001", RANGE)),
    ("5 or more", bad("CE001", RANGE)),
    ("~50", bad("CE001", meant("50"))),
    ("circa 50", bad("CE001", meant("50"))),
    ("50 (est.)", bad("CE001", meant("50"))),
    ("“50”", bad("CE001", meant("50"))),
    ("5,O00", bad("CE001", "If 5,000 is meant, please write 5000.")),
    ("5.000,00", bad("CE001", "If 5,000 is meant, please write 5000.")),
    ("5.000,50", bad("CE001", "")),
    ("fifty", bad("CE001", "Please use the digits 0 to 9.")),
    ("½", bad("CE001", "Please use the digits 0 to 9.")),
    ("#DIV/0!", bad("CE001", "A formula in the spreadsheet did not work.")),
    ("Err:502", bad("CE001", "A formula in the spreadsheet did not work.")),
    ("12-15", bad("CE001", RANGE)),
    ("12 cases", bad("CE001", meant("12"))),
    ("01-Feb", bad("CE001", "It may have become a date.")),
    ("30/06/2017", bad("CE001", "This looks like a date.")),
    ("1_000", bad("CE001", "")),
    ("٣", bad("CE001", "Please use the digits 0 to 9.")),
    ("########", bad("CE001", TOO_NARROW)),
    ("#REF!", bad("CE001", "A formula in the spreadsheet did not work.")),
    ("nil", bad("CE001", "If 0 is meant, please write 0.")),
    ("nil return", bad("CE001", "If 0 is meant, please write 0.")),
    ("- Nil. -", bad("CE001", "If 0 is meant, please write 0.")),
    ("zero return", bad("CE001", "If 0 is meant, please write 0.")),
    ("no cases", bad("CE001", f"If 0 is meant, please write 0. {NO_FIGURE}")),
    ("None recorded", bad("CE001", f"If 0 is meant, please write 0. {NO_FIGURE}")),
    ("not known yet", bad("CE001", NO_FIGURE)),
    ("unknown", bad("CE001", NO_FIGURE)),
    ("\x00", bad("CE001", NO_FIGURE)),
    ("inf", bad("CE001", NO_FIGURE)),
    ("1234567890123456", bad("CE009", "")),
    ("9" * 101, bad("CE009", "")),
    ("9" * 308, bad("CE009", "")),
    ("-" + "9" * 5000, bad("CE009", "")),
    (" 1" + ",234" * 5000, bad("CE009", "")),
    ("9" * 5000 + "x", bad("CE001", "")),
]


@pytest.mark.parametrize(("text", "expected"), CERTAIN, ids=repr)
def test_what_is_certain_is_put_right(text: str, expected: Became) -> None:
    assert read(parse_counts, text) == expected


@pytest.mark.parametrize(("text", "expected"), UNCERTAIN, ids=lambda case: repr(case)[:30])
def test_what_could_mean_two_things_is_asked_about(text: str, expected: Became) -> None:
    assert read(parse_counts, text) == expected


def test_a_zero_has_no_sign() -> None:
    assert not np.signbit(parse_counts(column("-0", " -00 ", "0")).values).any()


@pytest.mark.parametrize("text", ["", " ", "\t", "\u00a0", "\u200b", "\n "])
def test_only_spaces_are_blank(text: str) -> None:
    assert read(parse_counts, text) == BLANK


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("..", "not available"),
        (" .. ", "not available"),
        ("-", "no figure given"),
        ("–", "no figure given"),
        (":", "no figure given"),
        ("*", "no figure given"),
        ("+", "no figure given"),
        ("N/A", "not available or not applicable"),
        ("n/a", "not available or not applicable"),
        ("NA", "not available or not applicable"),
        ("NULL", "no figure given"),
        ("None", "no figure given"),
        ("[x]", "not available"),
        ("[X]", "not available"),
        ("[z]", "not applicable"),
        ("[c]", "confidential"),
        ("[low]", "low, but not zero"),
        ("[e]", "marked as estimated, without a figure"),
        ("[p]", "marked as provisional, without a figure"),
        ("[r]", "marked as revised, without a figure"),
        ("[u]", "marked as of low reliability, without a figure"),
        ("[b]", "marked as a break in the series, without a figure"),
    ],
)
def test_missing_is_never_zero(text: str, reason: str) -> None:
    assert read(parse_counts, text) == missing(reason)


@pytest.mark.parametrize("text", ["999", " 999 ", "Not Recorded"])
def test_a_field_may_have_marks_of_its_own(text: str) -> None:
    assert read(parse_counts, text, missing=("999", "not recorded", "")) == missing("marked as missing")


def test_a_column_keeps_its_order() -> None:
    cells = became(parse_counts(column("5", "x", "", "1,234", "..", "x", "7")))
    assert cells == [
        ok(5),
        bad("CE001", NO_FIGURE),
        BLANK,
        noted(1234, "CE102", "1234"),
        missing("not available"),
        bad("CE001", NO_FIGURE),
        ok(7),
    ]


def test_a_column_may_be_put_together_from_several() -> None:
    cells = pa.chunked_array([column("5", "x"), column("", " 7"), column("x")])
    assert became(parse_counts(cells)) == [
        ok(5),
        bad("CE001", NO_FIGURE),
        BLANK,
        noted(7, "CE101", "7"),
        bad("CE001", NO_FIGURE),
    ]


def test_an_empty_column_is_empty() -> None:
    parsed = parse_counts(column())
    assert (len(parsed.values), len(parsed.state), parsed.bad, parsed.notes) == (0, 0, (), ())


def test_hints_are_given_sparingly() -> None:
    hints = parse_counts(column(*(f"{i}%" for i in range(1500)))).bad[0].hints
    assert [bool(hint) for hint in hints] == [True] * 1000 + [False] * 500


def test_a_figure_that_must_be_there_cannot_be_left_blank() -> None:
    assert read(parse_counts, "tbc", required=True) == bad("CE001", "")
    assert read(parse_counts, "<5", required=True) == bad("CE001", "")
    assert read(parse_counts, "no cases", required=True) == bad("CE001", "If 0 is meant, please write 0.")
    assert read(parse_counts, "nil", required=True) == bad("CE001", "If 0 is meant, please write 0.")
