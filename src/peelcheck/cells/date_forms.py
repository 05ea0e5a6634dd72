"""The forms in which people and spreadsheets write a date, and the dates that a text can then be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone, tzinfo
from enum import Enum

from msgspec import Struct

from peelcheck.cells.characters import typed
from peelcheck.wording import MONTHS

ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
TIME = re.compile(
    r"(?:T|,? )([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9](?:\.[0-9]+)?)?(?: ?([AP])M)?"
    r"(?: ?(?:(Z|UTC)|([-+])([01][0-9]|2[0-3]):?([0-5][0-9])?))?$",
    re.IGNORECASE,
)
"""The time of a day, behind the day: hour, minute, A or P, and its zone as Z or as sign, hours and minutes."""
WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? ", re.IGNORECASE)
"""The name of a day before its date."""
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_DAY_MONTH_YEAR = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[-/. ]*([a-z]{3,9})\.?,?[-/. ]*([0-9]{4}|[0-9]{2})", re.IGNORECASE
)
_MONTH_DAY_YEAR = re.compile(r"([a-z]{3,9})\.? ?([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})", re.IGNORECASE)
_EIGHT_DIGITS = 8
FIRST_SERIAL = date(1899, 12, 30)  # a spreadsheet's day 0, as 1900 is a leap year there

MONTH_NUMBERS = {name[:n].lower(): i for i, name in enumerate(MONTHS, 1) for n in (3, len(name))} | {
    "sept": 9
}


class Order(Enum):
    """Which part of a date comes first where all three are numbers. YEAR is only a question where years have two digits."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Form(Struct, frozen=True):
    """A date whose parts are known but not, perhaps, their order.

    Attributes:
        parts: every (order, year, month, day) that the text can be. The order is None where there is only one.
    """

    parts: tuple[tuple[Order | None, int, int, int], ...]

    @property
    def certain(self) -> bool:
        """Whether the text says which of its parts is which: no part depends on an order, or one that exists does not."""
        if all(way is None for way, *_ in self.parts):
            return True
        return None in self.readings().values()

    def readings(self, order: Order | None = None) -> dict[date, Order | None]:
        """The dates that exist, with the order in which each is read; with `order`, those of this order and of none."""
        found: dict[date, Order | None] = {}
        for way, year, month, day in self.parts:
            if order is None or way is None or way is order:
                with suppress(ValueError):
                    found.setdefault(date(year, month, day), way)
        return found


def standard(text: str) -> Form | None:
    """`2017-06-30`."""
    found = ISO.fullmatch(text)
    return found and Form(((None, int(found[1]), int(found[2]), int(found[3])),))


def formatted(text: str, formats: tuple[str, ...]) -> Form | None:
    """What the field's own formats make of the text. Only ASCII is tried, because `strptime` takes any digits."""
    days = []
    for pattern in formats if text.isascii() else ():
        with suppress(ValueError):
            days.append(datetime.strptime(text, pattern))
    return Form(tuple((None, day.year, day.month, day.day) for day in days)) if days else None


def form_of(text: str) -> Form | None:
    """The text as a date in any known form; None if it has none."""
    if found := _YEAR_FIRST.fullmatch(text):
        return Form(((None, int(found[1]), int(found[3]), int(found[4])),))
    if found := _YEAR_LAST.fullmatch(text):
        return Form(tuple(_with_year_last(found[1], found[3], found[4])))
    if len(text) == _EIGHT_DIGITS and text.isascii() and text.isdigit():
        return _eight_digits(text)
    if found := _DAY_MONTH_YEAR.fullmatch(text):
        day, name, year = found[1], found[2], found[3]
    elif found := _MONTH_DAY_YEAR.fullmatch(text):
        name, day, year = found[1], found[2], found[3]
    else:
        return None
    month = MONTH_NUMBERS.get(name.lower())
    return Form(tuple((None, y, month, int(day)) for y in _years(year))) if month else None


def day_of(text: str) -> str:
    """The text without the time of day, which says nothing about the order of the parts."""
    return TIME.sub("", " ".join(typed(text).split()))


class Moment(Struct, frozen=True):
    """A time of day with its distance from Greenwich."""

    hour: int
    minute: int
    offset: timedelta
    written: str

    def day_in(self, zone: tzinfo, day: date) -> datetime:
        """The moment on a day, as clocks in a zone show it."""
        there = datetime(day.year, day.month, day.day, self.hour, self.minute, tzinfo=timezone(self.offset))
        return there.astimezone(zone)


def moment_of(text: str) -> Moment | None:
    """The time of day behind a date, if its zone is written; None if there is no time or no zone."""
    found = TIME.search(" ".join(typed(text).split()))
    if found is None or not (found[4] or found[5]):
        return None
    hour = int(found[1])
    if found[3]:
        hour = hour % 12 + 12 * (found[3] in "pP")
    offset = timedelta(hours=int(found[6] or 0), minutes=int(found[7] or 0)) * (-1 if found[5] == "-" else 1)
    return Moment(hour, int(found[2]), offset, found[0].lstrip("T, t"))


def _with_year_last(first: str, second: str, last: str) -> Iterator[tuple[Order, int, int, int]]:
    """The parts of `30/06/2017`, day or month first. In `16-07-05` the first two digits may also be the year."""
    yield from ((Order.DAY, year, int(second), int(first)) for year in _years(last))
    yield from ((Order.MONTH, year, int(first), int(second)) for year in _years(last))
    if len(first) == len(last) == 2:
        yield from ((Order.YEAR, year, int(second), int(last)) for year in _years(first))


def _eight_digits(text: str) -> Form | None:
    """`20170630` or `30062017`, if the year is a likely one. `20122016` has two years, but a day in only one of them."""
    n = [int(text[i : i + 2]) for i in range(0, _EIGHT_DIGITS, 2)]
    first, last = n[0] * 100 + n[1], n[2] * 100 + n[3]
    parts = ((None, first, n[2], n[3]), (Order.DAY, last, n[1], n[0]), (Order.MONTH, last, n[0], n[1]))
    meant = tuple(part for part in parts if FIRST_SERIAL.year < part[1] < 2100)
    return Form(meant) if meant else None


def _years(written: str) -> tuple[int, ...]:
    """The years that two digits can stand for: spreadsheets take 30 as 1930, most other programs as 2030."""
    year = int(written)
    if len(written) > 2:
        return (year,)
    return tuple(century + year for century, lasts in ((2000, year < 70), (1900, year >= 30)) if lasts)
