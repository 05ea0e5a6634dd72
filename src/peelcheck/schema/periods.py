"""The periods that a collection asks for, written as in a letter to a force: `{twelve_months_to: 30 June}`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from peelcheck.model import Period
from peelcheck.schema.entries import Entry, shown
from peelcheck.wording import MONTHS

_MONTHS = {month: number for number, month in enumerate(MONTHS, start=1)}
KINDS = ("twelve_months_to", "as_at", "as_at_between", "from", "to")
"""The keys of a period."""
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def load_periods(entry: Entry) -> Mapping[str, Period]:
    """The periods by name."""
    return {name: _period(each) for name, each in entry.pairs()}


def _period(entry: Entry) -> Period:
    keys = set(entry.table(optional=KINDS).given)
    if "from" in keys:
        both = entry.table(("from", "to"))
        first, last = _day(both["from"]), _day(both["to"])
        _in_order(entry, first, last)
        return Period("between", first, last, f"{both['from'].text()} to {both['to'].text()}")
    if len(keys) != 1 or "to" in keys:
        entry.refuse("expected one of: twelve_months_to, as_at, as_at_between, from with to")
    table = entry.table(optional=keys)
    if "as_at" in table:
        day = _day(table["as_at"])
        return Period("as_at", day, day, f"as at {table['as_at'].text()}")
    if "as_at_between" in table:
        days = list(table["as_at_between"].entries())
        if len(days) != 2:
            table["as_at_between"].refuse("expected the first and the last accepted date")
        first, last = (_day(day) for day in days)
        _in_order(entry, first, last)
        return Period("as_at", first, last, f"as at a date from {days[0].text()} to {days[1].text()}")
    month, day_of_month = end = _day(table["twelve_months_to"])
    if day_of_month != _LONGEST[month - 1] or month == 2:
        table["twelve_months_to"].refuse("expected the last day of a month other than February")
    start = (month % 12 + 1, 1)
    return Period("twelve_months", start, end, f"12 months to {table['twelve_months_to'].text()}")


def _in_order(entry: Entry, first: tuple[int, int], last: tuple[int, int]) -> None:
    if first > last:
        entry.refuse("the first date is after the last; a period must be within one year")


def _day(entry: Entry) -> tuple[int, int]:
    """`30 June` as month and day."""
    day, _, month = entry.text().partition(" ")
    number = _MONTHS.get(month)
    if (
        number is None
        or not re.fullmatch("[0-9]{1,2}", day)
        or not 1 <= int(day) <= _LONGEST[number - 1]
        or (number == 2 and int(day) > 28)
    ):
        entry.refuse(f"{shown(entry.value)} is not a day and month such as 30 June")
    return number, int(day)
