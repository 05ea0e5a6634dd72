"""Parse dates as people and spreadsheets write them.

A text that could be two dates is an error, unless only one of them is expected or allowed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Set
from contextlib import suppress
from datetime import date, datetime, timedelta

import numpy as np
from msgspec import Struct

from peelcheck.arrays import Texts
from peelcheck.cells.characters import LONGEST, trimmed, typed
from peelcheck.cells.judging import Sparingly, Verdict, absent, judged
from peelcheck.cells.missing import markers_of
from peelcheck.cells.number_hints import NO_DATE, TOO_NARROW
from peelcheck.cells.parsed import CellState, Parsed
from peelcheck.rules.cell_rules import (
    CHARACTERS,
    DATE_FORM,
    NO_SUCH_DATE,
    NOT_DATE,
    SERIAL_DATE,
    SPACES,
    TWO_DATES,
)
from peelcheck.wording import MONTHS, WEEKDAYS, listed
from peelcheck.wording import day as in_words

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"(?:T|,? )(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?: ?[AP]M)?Z?$", re.IGNORECASE
)
"""A time of day after a date."""
_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? ", re.IGNORECASE)
"""The name of a weekday before a date."""
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_DAY_MONTH_YEAR = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[-/. ]*([a-z]{3,9})\.?,?[-/. ]*([0-9]{4}|[0-9]{2})", re.IGNORECASE
)
_MONTH_DAY_YEAR = re.compile(r"([a-z]{3,9})\.? ?([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"([a-z]{3,9})[-/. ]*(?:[0-9]{4}|[0-9]{2})", re.IGNORECASE)
_SERIAL = re.compile(r"([1-9][0-9]{4})(?:\.[0-9]+)?")
_EIGHT_DIGITS = 8
_FIRST_SERIAL = date(1899, 12, 30)  # day 0 of a spreadsheet, which treats 1900 as a leap year

_MONTHS = {name[:n].lower(): i for i, name in enumerate(MONTHS, 1) for n in (3, len(name))} | {"sept": 9}


class _Form(Struct, frozen=True):
    """The possible readings of a date: each of `parts` is a (year, month, day); readings with the day first come first."""

    parts: tuple[tuple[int, int, int], ...]

    def readings(self) -> list[date]:
        """The readings that are real dates, each once."""
        found: dict[date, None] = {}
        for year, month, day in self.parts:
            with suppress(ValueError):
                found[date(year, month, day)] = None
        return list(found)


class _Meant(Struct, frozen=True):
    """The dates that a text can mean: the expected dates or, if any date is possible, those within the bounds."""

    owed: Set[date]
    earliest: date | None
    latest: date | None

    def among(self, days: Iterable[date]) -> list[date]:
        """The days that can be meant; all of them if there are neither expected dates nor bounds."""
        if self.owed:
            return [day for day in days if day in self.owed]
        first, last = self.earliest or date.min, self.latest or date.max
        return [day for day in days if first <= day <= last]

    @property
    def words(self) -> str:
        """Why the chosen date was chosen, in words."""
        return "a date asked for" if self.owed else "allowed"


def parse_dates(
    texts: Texts,
    *,
    owed: Set[date],
    formats: tuple[str, ...] = (),
    missing: Iterable[str] = (),
    required: bool = False,
    earliest: date | None = None,
    latest: date | None = None,
) -> Parsed:
    """Dates as datetime64[D], NaT for none.

    `2017-06-30` is read without a note, and so is a date in one of the field's own `formats`. A date in another form makes a
    note if it has one meaning. If day and month could be swapped, the expected one of the two dates is chosen; if any date is
    possible, the one within the bounds. If that does not decide it, the cell is bad. Blank cells are blank. A date with one
    meaning is read even if it is not allowed.

    Args:
        texts: the cells as written.
        owed: the first and last days of the requested periods; empty if any date is possible.
        formats: `strptime` patterns.
        missing: the field's own marks for missing values.
        required: whether there must be a date, so that no hint suggests leaving the cell blank.
        earliest: the first day that is allowed; None for no bound.
        latest: the last day that is allowed; None for no bound.
    """
    meant = _Meant(owed, earliest, latest)
    markers, hint = markers_of(missing), Sparingly(lambda text: _hint(text) or _way_out(text, required))

    def own_form(text: str) -> _Form | None:
        return _standard(text) or (_formatted(text, formats) if formats else None)

    def judge(text: str) -> Verdict:
        plain = _plain(text)
        if plain is not None and text not in markers:
            return plain
        inner = trimmed(text)
        if (gone := absent(inner, markers)) is not None:
            return gone
        if len(inner) > LONGEST:
            return Verdict(CellState.BAD, code=NOT_DATE)
        if (own := own_form(inner)) is not None:
            return _chosen(own, meant, "" if inner == text else SPACES)
        clean = " ".join(typed(inner).split())
        day = _TIME.sub("", clean)
        form = (own_form(day) if day != inner else None) or _form(day)
        if form is None and (verdict := _of_a_weekday(day, meant)):
            return verdict
        if form is not None:
            is_iso = clean != inner and _ISO.fullmatch(day)
            return _chosen(form, meant, CHARACTERS if is_iso else DATE_FORM)
        code = SERIAL_DATE if _SERIAL.fullmatch(clean) else NOT_DATE
        return Verdict(CellState.BAD, None, code, hint(clean))

    return judged(texts, judge, "datetime64[D]", np.datetime64("NaT", "D"))


def _plain(text: str) -> Verdict | None:
    """The verdict on a date in the form `2017-06-30`; None for any other text."""
    with suppress(ValueError):
        if _ISO.fullmatch(text):
            return Verdict(CellState.OK, date.fromisoformat(text))
    return None


def _standard(text: str) -> _Form | None:
    found = _ISO.fullmatch(text)
    return found and _Form(((int(found[1]), int(found[2]), int(found[3])),))


def _formatted(text: str, formats: tuple[str, ...]) -> _Form | None:
    """The text read with the field's own formats; None if none fits. Only ASCII is tried: `strptime` reads any digits."""
    days = []
    for pattern in formats if text.isascii() else ():
        with suppress(ValueError):
            days.append(datetime.strptime(text, pattern))
    return _Form(tuple((day.year, day.month, day.day) for day in days)) if days else None


def _form(text: str) -> _Form | None:
    """The text as a date in any known form; None if it has none."""
    if found := _YEAR_FIRST.fullmatch(text):
        return _Form(((int(found[1]), int(found[3]), int(found[4])),))
    if found := _YEAR_LAST.fullmatch(text):
        return _Form(tuple(_with_year_last(found[1], found[3], found[4])))
    if len(text) == _EIGHT_DIGITS and text.isascii() and text.isdigit():
        return _eight_digits(text)
    if found := _DAY_MONTH_YEAR.fullmatch(text):
        day, name, year = found[1], found[2], found[3]
    elif found := _MONTH_DAY_YEAR.fullmatch(text):
        name, day, year = found[1], found[2], found[3]
    else:
        return None
    month = _MONTHS.get(name.lower())
    return _Form(tuple((y, month, int(day)) for y in _years(year))) if month else None


def _with_year_last(first: str, second: str, last: str) -> Iterator[tuple[int, int, int]]:
    """The readings of `30/06/2017`, with day or month first; and of `16-07-05`, which may also begin with the year."""
    yield from ((year, int(second), int(first)) for year in _years(last))
    yield from ((year, int(first), int(second)) for year in _years(last))
    if len(first) == len(last) == 2:
        yield from ((year, int(second), int(last)) for year in _years(first))


def _eight_digits(text: str) -> _Form | None:
    """The readings of `20170630` or `30062017` with a plausible year. `20122016` has two, of which one is a real date."""
    n = [int(text[i : i + 2]) for i in range(0, _EIGHT_DIGITS, 2)]
    first, last = n[0] * 100 + n[1], n[2] * 100 + n[3]
    parts = [(first, n[2], n[3]), (last, n[1], n[0]), (last, n[0], n[1])]
    meant = tuple(part for part in parts if _FIRST_SERIAL.year < part[0] < 2100)
    return _Form(meant) if meant else None


def _years(written: str) -> tuple[int, ...]:
    """The years that two digits can mean. Spreadsheets read 30 as 1930, most other programs as 2030."""
    year = int(written)
    if len(written) > 2:
        return (year,)
    return tuple(century + year for century, lasts in ((2000, year < 70), (1900, year >= 30)) if lasts)


def _chosen(form: _Form, meant: _Meant, code: str) -> Verdict:
    """The verdict with the one date that is meant and `code` as its note; or with an error."""
    days = form.readings()
    if not days:
        return Verdict(CellState.BAD, code=NO_SUCH_DATE, words=_length_of_month(form))
    read = in_words(days[0])
    if len(days) > 1:
        left = meant.among(days)
        if len(left) != 1:
            either = listed([in_words(day) for day in days], "or")
            return Verdict(CellState.BAD, code=TWO_DATES, words=f"It may be {either}.")
        days, read = left, f"{in_words(left[0])}, the only possible reading that is {meant.words}"
    return Verdict(CellState.OK, days[0], code, read)


def _of_a_weekday(text: str, meant: _Meant) -> Verdict | None:
    """The verdict on a long date such as `Friday 30 June 2017`, whose weekday must be right; None if it is not one."""
    named = _WEEKDAY.match(text)
    form = _form(text[named.end() :]) if named else None
    if named is None or form is None:
        return None
    verdict = _chosen(form, meant, DATE_FORM)
    if verdict.value is None:
        return verdict
    of_week = WEEKDAYS[verdict.value.weekday()]
    if of_week.lower().startswith(named[1].lower()):
        return verdict
    return Verdict(CellState.BAD, code=NOT_DATE, words=f"{in_words(verdict.value)} is a {of_week}.")


def _length_of_month(form: _Form) -> str:
    """A sentence with the number of days in the month, for a day that does not exist in it."""
    for year, month, _ in form.parts:
        if 1 <= month <= 12 and year >= 1:
            return f"{MONTHS[month - 1]} {year} has {monthrange(year, month)[1]} days."
    return ""


def _hint(text: str) -> str:
    """A hint about a text that does not have the form of a date; "" for none."""
    if found := _SERIAL.fullmatch(text):
        day = _FIRST_SERIAL + timedelta(days=int(found[1]))
        return f"A spreadsheet stores {in_words(day)} in this way. If it is meant, please write {day.isoformat()}."
    if set(text) == {"#"}:
        return TOO_NARROW
    month = _MONTH_YEAR.fullmatch(text)
    if month is not None and month[1].lower() in _MONTHS:
        return "The day is not given."
    return ""


def _way_out(text: str, required: bool) -> str:
    """The hint to leave the cell blank if there is no date; "" if a date is required or the text has digits."""
    return "" if required or any(character.isdigit() for character in text) else NO_DATE
