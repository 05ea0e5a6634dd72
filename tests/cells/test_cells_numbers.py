"""Numbers with decimals, percentages and money, as written and as read."""

from __future__ import annotations

import pytest

from peelcheck.cells.numbers import parse_money, parse_numbers, parse_percent
from tests.support.one_cell import Became, Parse, bad, missing, noted, ok, read

CASES: list[tuple[Parse, str, Became]] = [
    (parse_numbers, "1.5", ok(1.5)),
    (parse_numbers, "1.50", ok(1.5)),
    (parse_numbers, "1.0", ok(1)),
    (parse_numbers, "1.000", ok(1)),
    (parse_numbers, "1.234", ok(1.234)),
    (parse_numbers, "-0.25", ok(-0.25)),
    (parse_numbers, "33.333333333333336", ok(33.333333333333336)),
    (parse_numbers, " 1.5", noted(1.5, "CE101", "1.5")),
    (parse_numbers, "1,234.5", noted(1234.5, "CE102", "1234.5")),
    (parse_numbers, "−1.5", noted(-1.5, "CE103", "-1.5")),
    (parse_numbers, ".5", noted(0.5, "CE104", "0.5")),
    (parse_numbers, "5.", noted(5, "CE104", "5")),
    (parse_numbers, "007.5", noted(7.5, "CE104", "7.5")),
    (parse_numbers, ".0000001", noted(1e-7, "CE104", "0.0000001")),
    (parse_numbers, "1.5 [e]", noted(1.5, "CE105", "1.5, estimated")),
    (
        parse_numbers,
        "1,23",
        bad("CE002", "If 1.23 is meant, please write 1.23. If 123 is meant, please write 123."),
    ),
    (parse_numbers, "1.234.567", bad("CE002", "If 1,234,567 is meant, please write 1234567.")),
    (parse_numbers, "1.5e3", bad("CE002", "If 1,500 is meant, please write 1500.")),
    (parse_numbers, "1.5e-3", bad("CE002", "")),
    (parse_numbers, "12%", bad("CE002", "If 12 is meant, please write 12.")),
    (parse_numbers, "£1,234.50", bad("CE002", "If 1,234.50 is meant, please write 1234.50.")),
    (parse_numbers, "nan", bad("CE002", "If there is no figure, please leave the cell blank.")),
    (parse_numbers, "1234567890123456.5", bad("CE009", "")),
    (parse_numbers, "0." + "3" * 200, bad("CE009", "")),
    (
        parse_numbers,
        "c. 1,23",
        bad("CE002", "If 1.23 is meant, please write 1.23. If 123 is meant, please write 123."),
    ),
    (parse_numbers, "434.5*", bad("CE002", "If 434.5 is meant, please write 434.5.")),
    (parse_numbers, '="1.234"', bad("CE002", "If 1.234 is meant, please write 1.234.")),
    (parse_numbers, "..", missing("not available")),
    (parse_percent, "12", ok(12)),
    (parse_percent, "12.5", ok(12.5)),
    (parse_percent, "0.12", ok(0.12)),
    (parse_percent, "12%", ok(12)),
    (parse_percent, "12.5 %", ok(12.5)),
    (parse_percent, "-5%", ok(-5)),
    (parse_percent, " 12% ", noted(12, "CE101", "12")),
    (parse_percent, "12\u00a0%", noted(12, "CE103", "12")),
    (parse_percent, "012%", noted(12, "CE104", "12")),
    (parse_percent, "12% [P]", noted(12, "CE105", "12, provisional")),
    (parse_percent, "12.5 per cent", bad("CE002", "If 12.5 is meant, please write 12.5.")),
    (
        parse_percent,
        "1,5%",
        bad("CE002", "If 1.5 is meant, please write 1.5. If 15 is meant, please write 15."),
    ),
    (parse_percent, "12%%", bad("CE002", "")),
    (parse_percent, "%", bad("CE002", "If there is no figure, please leave the cell blank.")),
    (parse_percent, "£12", bad("CE002", "If 12 is meant, please write 12.")),
    (parse_percent, "[c]", missing("confidential")),
    (parse_money, "1234.5", ok(1234.5)),
    (parse_money, "£1234.50", ok(1234.5)),
    (parse_money, "£ 5", ok(5)),
    (parse_money, "-£5", ok(-5)),
    (parse_money, "£-5", ok(-5)),
    (parse_money, "£1,234.50", noted(1234.5, "CE102", "1234.5")),
    (parse_money, " £5", noted(5, "CE101", "5")),
    (parse_money, "−£5", noted(-5, "CE103", "-5")),
    (parse_money, "-£-5", bad("CE002", "")),
    (parse_money, "££5", bad("CE002", "If 5 is meant, please write 5.")),
    (parse_money, "$5", bad("CE002", "If 5 is meant, please write 5.")),
    (
        parse_money,
        "(12.50)",
        bad("CE002", "If 12.50 is meant, please write 12.50. If minus 12.50 is meant, please write -12.50."),
    ),
    (parse_money, "£20k", bad("CE002", "If 20,000 is meant, please write 20000.")),
    (parse_money, "£1.2bn", bad("CE002", "If 1,200,000,000 is meant, please write 1200000000.")),
    (parse_money, "£", bad("CE002", "If there is no figure, please leave the cell blank.")),
    (parse_money, "-", missing("no figure given")),
]


def named(value: object) -> str:
    """A name that is the same in every process: a function's repr holds its address."""
    return getattr(value, "__name__", repr(value))


@pytest.mark.parametrize(("parse", "text", "expected"), CASES, ids=named)
def test_what_becomes_of_a_cell(parse: Parse, text: str, expected: Became) -> None:
    assert read(parse, text) == expected
