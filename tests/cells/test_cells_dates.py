"""Dates, as written and as read."""

from __future__ import annotations

from datetime import date
from unittest.mock import ANY
from zoneinfo import ZoneInfo

import pytest

from peelcheck.cells.date_forms import Order
from peelcheck.cells.date_order import Decision
from peelcheck.cells.dates import parse_dates
from peelcheck.cells.parsed import CellState
from tests.support.one_cell import BLANK, Became, bad, missing, noted, ok, read

OWED = {date(2016, 7, 1), date(2017, 6, 30), date(2017, 7, 1)}
NOWHERE = "If there is no date, please leave the cell blank."
END, START = date(2017, 6, 30), date(2017, 7, 1)
LONG = "30 June 2017"
ASKED_FOR = ", the only possible reading that is a date asked for"
ALLOWED = ", the only possible reading that is allowed"
FIRST, LAST = date(2016, 7, 1), date(2017, 6, 30)
AMBIGUOUS = bad("CE004", "It may be 6 July 2017 or 7 June 2017.")
FEBRUARY = bad("CE005", "February 2017 has 28 days.")
SERIAL = bad(
    "CE006", "A spreadsheet stores 30 June 2017 in this way. If it is meant, please write 2017-06-30."
)

ONE_DATE_ONLY: list[tuple[str, Became]] = [
    ("2017-06-30", ok(END)),
    ("9999-12-31", ok(date(9999, 12, 31))),
    (" 2017-06-30 ", noted(END, "CE101", LONG)),
    ("'2017-06-30", noted(END, "CE103", LONG)),
    ("2017‐06‐30", noted(END, "CE103", LONG)),
    ("２０１７-06-30", noted(END, "CE103", LONG)),
    *(
        (text, noted(END, "CE106", LONG))
        for text in (
            "30/06/2017",
            "30/6/2017",
            "30-06-2017",
            "30.06.2017",
            "30 06 2017",
            "06/30/2017",
            "2017/06/30",
            "2017-6-30",
            "20170630",
            "30062017",
            "30-Jun-17",
            "30 Jun 2017",
            "30 June 2017",
            "Friday 30 June 2017",
            "Fri, 30/06/2017",
            "friday, 30th June 2017",
            "30 JUNE 2017",
            "30th June, 2017",
            "30June2017",
            "June 30, 2017",
            "June 30th 2017",
            "30\u00a0June\u00a02017",
            " 30  June 2017",
            "2017-06-30 00:00:00",
            "2017-06-30 00:00:00.000",
            "2017-06-30T00:00:00Z",
            "30/06/2017 00:00",
            "30/06/2017 0:00",
            "30/06/2017 12:00:00 AM",
            "30/06/2017 2:30 pm",
            "2017-06-30 14:32:05",
            "2017-06-30T23:59:59.999Z",
        )
    ),
    ("20122016", noted(date(2016, 12, 20), "CE106", "20 December 2016")),
    ("12312016", noted(date(2016, 12, 31), "CE106", "31 December 2016")),
    ("06/30/17", noted(END, "CE106", LONG)),
    ("7/30/17", noted(date(2017, 7, 30), "CE106", "30 July 2017")),
    ("06/06/2017", noted(date(2017, 6, 6), "CE106", "6 June 2017")),
    ("30 Sept 1999", noted(date(1999, 9, 30), "CE106", "30 September 1999")),
    ("1 May 75", noted(date(1975, 5, 1), "CE106", "1 May 1975")),
]

NO_DATE_OR_TWO: list[tuple[str, Became]] = [
    ("06/07/2017", AMBIGUOUS),
    ("6/7/17", AMBIGUOUS),
    ("06/07/17", bad("CE004", "It may be 6 July 2017, 7 June 2017 or 17 July 2006.")),
    ("Saturday 30 June 2017", bad("CE003", "30 June 2017 is a Friday.")),
    ("Someday 30 June 2017", bad("CE003", "")),
    ("16-07-05", bad("CE004", "It may be 16 July 2005 or 5 July 2016.")),
    ("16/07/05", bad("CE004", "It may be 16 July 2005 or 5 July 2016.")),
    ("16 07 05", bad("CE004", "It may be 16 July 2005 or 5 July 2016.")),
    ("30/06/31", bad("CE004", "It may be 30 June 2031 or 30 June 1931.")),
    ("06072017", AMBIGUOUS),
    ("06/07/2017 00:00", AMBIGUOUS),
    ("30 Jun 45", bad("CE004", "It may be 30 June 2045 or 30 June 1945.")),
    ("31/02/2017", FEBRUARY),
    ("2017-02-31", FEBRUARY),
    ("29 Feb 2017", FEBRUARY),
    ("31/12/0000", bad("CE005", "")),
    ("31/13/2017", bad("CE005", "")),
    ("20132013", bad("CE005", "")),
    ("20170231", FEBRUARY),
    ("31022017", FEBRUARY),
    ("99/99/9999", bad("CE005", "")),
    ("31 November 9999", bad("CE005", "November 9999 has 30 days.")),
    ("42916", SERIAL),
    ("42916.5", SERIAL),
    ("06/07/2017 14:30", AMBIGUOUS),
    ("2017-06-30 24:30", bad("CE003", "")),
    ("30/06/2017 14.30", bad("CE003", "")),
    ("Jun-17", bad("CE003", "The day is not given.")),
    ("June 2017", bad("CE003", "The day is not given.")),
    ("2017", bad("CE003", "")),
    ("300617", bad("CE003", "")),
    ("30 Foo 2017", bad("CE003", "")),
    ("30/06-2017", bad("CE003", "")),
    ("99999999", bad("CE003", "")),
    ("٣٠/06/2017", bad("CE003", "")),
    ("tomorrow", bad("CE003", NOWHERE)),
    (
        "########",
        bad(
            "CE003",
            "The column was too narrow when the spreadsheet was saved; please widen it and save it again.",
        ),
    ),
    ("\x00", bad("CE003", NOWHERE)),
    ("1" * 5000, bad("CE003", "")),
]


@pytest.mark.parametrize(("text", "expected"), ONE_DATE_ONLY, ids=repr)
@pytest.mark.parametrize("owed", [OWED, set()], ids=["periods", "any date"])
def test_what_leaves_one_date_only_is_read(text: str, expected: Became, owed: set[date]) -> None:
    assert read(parse_dates, text, owed=owed) == expected


@pytest.mark.parametrize(("text", "expected"), NO_DATE_OR_TWO, ids=lambda case: repr(case)[:30])
@pytest.mark.parametrize("owed", [OWED, set()], ids=["periods", "any date"])
def test_what_leaves_none_or_two_is_asked_about(text: str, expected: Became, owed: set[date]) -> None:
    assert read(parse_dates, text, owed=owed) == expected


DAY_FIRST = Decision(Order.DAY, "like 12 other dates in this file")
MONTH_FIRST = Decision(Order.MONTH, "like 12 other dates in this file")


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        (
            "10/03/2016",
            DAY_FIRST,
            noted(
                date(2016, 3, 10),
                "CE109",
                "10 March 2016: day first, like 12 other dates in this file. Otherwise it would be 3 October 2016",
            ),
        ),
        (
            "10/03/2016",
            MONTH_FIRST,
            noted(
                date(2016, 10, 3),
                "CE109",
                "3 October 2016: month first, like 12 other dates in this file. Otherwise it would be 10 March 2016",
            ),
        ),
        ("10/03/2016 09:30", DAY_FIRST, noted(date(2016, 3, 10), "CE109", ANY)),
        ("10032016", DAY_FIRST, noted(date(2016, 3, 10), "CE109", ANY)),
        ("10/03/16", DAY_FIRST, noted(date(2016, 3, 10), "CE109", ANY)),
        ("Thursday 10/03/2016", DAY_FIRST, noted(date(2016, 3, 10), "CE109", ANY)),
        ("25/11/2016", DAY_FIRST, noted(date(2016, 11, 25), "CE106", "25 November 2016")),
        ("06/06/2017", DAY_FIRST, noted(date(2017, 6, 6), "CE106", "6 June 2017")),
        ("2016-03-10", MONTH_FIRST, ok(date(2016, 3, 10))),
        ("10 March 2016", MONTH_FIRST, noted(date(2016, 3, 10), "CE106", "10 March 2016")),
        (
            "06/28/2017",
            DAY_FIRST,
            bad(
                "CE005",
                "Dates are read day first here, like 12 other dates in this file. If 28 June 2017 is meant, please write "
                "2017-06-28.",
            ),
        ),
        (
            "28/06/2017",
            MONTH_FIRST,
            bad(
                "CE005",
                "Dates are read month first here, like 12 other dates in this file. If 28 June 2017 is meant, please write "
                "2017-06-28.",
            ),
        ),
        ("31/02/2017", MONTH_FIRST, FEBRUARY),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_the_order_of_the_file_holds_for_every_cell(text: str, order: Decision, expected: Became) -> None:
    """Even where only the other reading is asked for or allowed: the limits judge later, and do not choose."""
    every: list[dict[str, object]] = [
        {"owed": set()},
        {"owed": OWED},
        {"owed": set(), "earliest": FIRST, "latest": LAST},
    ]
    for limits in every:
        assert read(parse_dates, text, order=order, **limits) == expected


@pytest.mark.parametrize("text", ["01/07/2017", "07/01/2017", "1/7/2017"])
def test_without_an_order_what_is_owed_does_not_choose(text: str) -> None:
    either = ["1 July 2017", "7 January 2017"]
    if text == "07/01/2017":
        either.reverse()
    assert read(parse_dates, text, owed=OWED) == bad("CE004", f"It may be {' or '.join(either)}.")


@pytest.mark.parametrize("text", ["30/06/17", "17-06-30", "17/06/30"])
def test_of_years_of_two_digits_the_one_that_is_owed_is_meant(text: str) -> None:
    assert read(parse_dates, text, owed=OWED) == noted(END, "CE106", f"{LONG}{ASKED_FOR}")
    assert read(parse_dates, text, owed=set()).code == "CE004"


def test_two_dates_that_are_both_owed_leave_two() -> None:
    owed = {date(2017, 4, 1), date(2017, 1, 4)}
    expected = bad("CE004", "It may be 1 April 2017 or 4 January 2017.")
    assert read(parse_dates, "01/04/2017", owed=owed) == expected


def test_the_century_may_be_told_by_what_is_owed() -> None:
    assert read(parse_dates, "30 Jun 45", owed={date(2045, 6, 30)}) == noted(
        date(2045, 6, 30), "CE106", f"30 June 2045{ASKED_FOR}"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("06/07/2017", ok(date(2017, 7, 6))),
        (" 06/07/2017", noted(date(2017, 7, 6), "CE101", "6 July 2017")),
        ("06/07/2017 00:00", noted(date(2017, 7, 6), "CE106", "6 July 2017")),
        ("2017-06-30", ok(END)),
        ("31/02/2017", FEBRUARY),
        ("٠٦/07/2017", bad("CE003", "")),
    ],
    ids=repr,
)
def test_a_field_may_say_how_its_dates_are_written(text: str, expected: Became) -> None:
    assert read(parse_dates, text, owed=set(), formats=("%d/%m/%Y",)) == expected


def test_formats_of_two_kinds_leave_two_dates() -> None:
    assert read(parse_dates, "06/07/2017", owed=set(), formats=("%d/%m/%Y", "%m/%d/%Y")) == AMBIGUOUS


@pytest.mark.parametrize("text", ["tbc", "#VALUE!", "dd/mm/yyyy"])
def test_a_date_that_must_be_there_cannot_be_left_blank(text: str) -> None:
    assert read(parse_dates, text, owed=OWED) == bad("CE003", NOWHERE)
    assert read(parse_dates, text, owed=OWED, required=True) == bad("CE003", "")


def test_blank_and_missing() -> None:
    assert read(parse_dates, "", owed=OWED) == BLANK
    assert read(parse_dates, "\u00a0", owed=OWED) == BLANK
    assert read(parse_dates, "..", owed=OWED) == missing("not available")
    assert read(parse_dates, "1900-01-01", owed=OWED, missing=("1900-01-01",)) == missing("marked as missing")


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("15/07/16", date(2016, 7, 15), "15 July 2016"),  # the other is 16 July 2015
        ("16-07-05", date(2016, 7, 5), "5 July 2016"),
        ("30/06/17", date(2017, 6, 30), "30 June 2017"),  # the last day that is allowed
    ],
)
def test_of_years_of_two_digits_the_one_that_is_allowed_is_meant(
    text: str, expected: date, words: str
) -> None:
    within = read(parse_dates, text, owed=set(), earliest=FIRST, latest=LAST)
    assert within == noted(expected, "CE106", f"{words}{ALLOWED}")
    assert read(parse_dates, text, owed=set()).code == "CE004"


@pytest.mark.parametrize(
    ("text", "either"),
    [
        ("02/03/2017", "2 March 2017 or 3 February 2017"),  # both are allowed
        ("06/07/2017", "6 July 2017 or 7 June 2017"),
        ("06/07/2018", "6 July 2018 or 7 June 2018"),  # none is
        ("11/12/16", "11 December 2016, 12 November 2016 or 16 December 2011"),  # two of three
    ],
)
def test_two_dates_that_are_both_allowed_or_not_leave_two(text: str, either: str) -> None:
    expected = bad("CE004", f"It may be {either}.")
    latest = LAST if text != "06/07/2017" else date(2017, 7, 31)
    assert read(parse_dates, text, owed=set(), earliest=FIRST, latest=latest) == expected


def test_one_bound_may_tell_which_date_is_meant() -> None:
    born = noted(date(1931, 6, 30), "CE106", f"30 June 1931{ALLOWED}")
    assert read(parse_dates, "30 June 31", owed=set(), latest=LAST) == born


def test_what_can_be_read_in_one_way_only_is_so_read_whether_it_is_allowed_or_not() -> None:
    assert read(parse_dates, "30/06/2019", owed=set(), earliest=FIRST, latest=LAST) == noted(
        date(2019, 6, 30), "CE106", "30 June 2019"
    )
    assert read(parse_dates, "2019-06-30", owed=set(), earliest=FIRST, latest=LAST) == ok(date(2019, 6, 30))


LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016-06-30T22:30:00Z", noted(date(2016, 6, 30), "CE106", "30 June 2016")),
        (
            "2016-06-30T23:30:00Z",
            noted(
                date(2016, 7, 1),
                "CE106",
                "1 July 2016: 23:30:00Z on 30 June 2016 is 00:30 on 1 July 2016 in the time zone of this collection "
                "(Europe/London)",
            ),
        ),
        ("2016-12-30T23:30:00Z", noted(date(2016, 12, 30), "CE106", "30 December 2016")),
        ("2016-12-21 09:00:00+00:00", noted(date(2016, 12, 21), "CE106", "21 December 2016")),
        ("2016-07-01T00:30:00+02:00", noted(date(2016, 6, 30), "CE106", ANY)),
        ("2016-07-01 00:30+0200", noted(date(2016, 6, 30), "CE106", ANY)),
        ("30/06/2016 11:30 PM UTC", noted(date(2016, 7, 1), "CE106", ANY)),
        ("2016-06-30T23:30:00", noted(date(2016, 6, 30), "CE106", "30 June 2016")),
        ("9999-12-31T23:30:00-05:00", noted(date(9999, 12, 31), "CE106", "31 December 9999")),
        ("2016-06-30T23:30:00+99:00", bad("CE003", "")),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_a_time_with_a_zone_belongs_to_the_day_of_the_collections_own(text: str, expected: Became) -> None:
    assert read(parse_dates, text, owed=set(), zone=LONDON) == expected
    if expected.state is CellState.OK:
        day = date.fromisoformat(text[:10]) if text[:4].isdigit() else date(2016, 6, 30)
        assert read(parse_dates, text, owed=set()).value == day  # as written, where there is no such zone
