"""Dates as people and spreadsheets write them. The order of day and month is decided once for a file, never cell by cell."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence, Set
from contextlib import suppress
from datetime import date, timedelta, tzinfo

import numpy as np

from peelcheck.arrays import Texts
from peelcheck.cells.characters import LONGEST, trimmed, typed
from peelcheck.cells.date_forms import (
    FIRST_SERIAL,
    ISO,
    MONTH_NUMBERS,
    WEEKDAY,
    Form,
    Order,
    day_of,
    form_of,
    formatted,
    moment_of,
    standard,
)
from peelcheck.cells.date_order import ASK, Decision, Limits
from peelcheck.cells.judging import Sparingly, Verdict, absent, judged
from peelcheck.cells.missing import markers_of
from peelcheck.cells.number_hints import NO_DATE, TOO_NARROW
from peelcheck.cells.parsed import CellState, Parsed
from peelcheck.rules.cell_rules import (
    CHARACTERS,
    DATE_FORM,
    DATE_ORDER,
    NO_SUCH_DATE,
    NOT_DATE,
    SERIAL_DATE,
    SPACES,
    TWO_DATES,
)
from peelcheck.wording import MONTHS, WEEKDAYS, listed
from peelcheck.wording import day as in_words

_MONTH_YEAR = re.compile(r"([a-z]{3,9})[-/. ]*([0-9]{4}|[0-9]{2})", re.IGNORECASE)
_YEARS = re.compile(r"(?:fy ?)?((?:19|20)[0-9]{2}) ?(?:[-/]|to) ?(?:19|20)?([0-9]{2})", re.IGNORECASE)
"""A year that begins in one and ends in the next: `2016/17`."""
_MOST_PERIODS = 4
"""The most periods that a hint lists."""
_SERIAL = re.compile(r"([1-9][0-9]{4})(?:\.[0-9]+)?")


def parse_dates(
    texts: Texts,
    *,
    owed: Set[date],
    order: Decision = ASK,
    formats: tuple[str, ...] = (),
    missing: Iterable[str] = (),
    required: bool = False,
    earliest: date | None = None,
    latest: date | None = None,
    zone: tzinfo | None = None,
    periods: Sequence[tuple[date, date]] = (),
) -> Parsed:
    """Dates as datetime64[D], NaT where there is none.

    `2017-06-30` is read without a note, and so is whatever the field's own `formats` fit. Other ways of writing a date make
    a note where they leave only one date. Where day and month could be either way round, `order` decides, and the cell gets
    a note of its own (CE109); a cell that only fits another order is bad, and so is a cell that nothing decides. A year of
    two digits is the one that is asked for or allowed. Blank cells are blank. A date that is certain is read whether it is
    allowed or not.

    Args:
        texts: the cells as written.
        owed: first and last days of the periods that are asked for; empty where any date may stand.
        order: which of day, month and year comes first in this column of this file, and why.
        formats: `strptime` patterns.
        missing: the field's own marks of something missing.
        required: whether there must be a date, so that no hint says that the cell may be left blank.
        earliest: the first day that is allowed; None for no such bound.
        latest: the last day that is allowed; None for no such bound.
        zone: where the days are counted. A time whose own zone is written is moved there, with a note where the day changes;
            None leaves the day as written.
        periods: the first and last days of the periods that are asked for; hints at a month or at years name them.
    """
    limits = Limits(owed, earliest, latest)
    markers, hint = (
        markers_of(missing),
        Sparingly(lambda text: _hint(text, periods) or _way_out(text, required)),
    )

    def own_form(text: str) -> Form | None:
        return standard(text) or (formatted(text, formats) if formats else None)

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
            return _chosen(own, order, limits, "" if inner == text else SPACES)
        clean = " ".join(typed(inner).split())
        day = day_of(inner)
        form = (own_form(day) if day != inner else None) or form_of(day)
        if form is None and (verdict := _of_a_weekday(day, order, limits)):
            return verdict
        if form is not None:
            is_iso = clean != inner and ISO.fullmatch(day)
            return _there(_chosen(form, order, limits, CHARACTERS if is_iso else DATE_FORM), inner, zone)
        code = SERIAL_DATE if _SERIAL.fullmatch(clean) else NOT_DATE
        return Verdict(CellState.BAD, None, code, hint(clean))

    return judged(texts, judge, "datetime64[D]", np.datetime64("NaT", "D"))


def _plain(text: str) -> Verdict | None:
    """The verdict on a date in the form `2017-06-30`; None for any other text."""
    with suppress(ValueError):
        if ISO.fullmatch(text):
            return Verdict(CellState.OK, date.fromisoformat(text))
    return None


def _chosen(form: Form, order: Decision, limits: Limits, code: str) -> Verdict:
    """The one date that is meant, with `code` as its note, or what is wrong with the text."""
    every = form.readings()
    if not every:
        return Verdict(CellState.BAD, code=NO_SUCH_DATE, words=_length_of_month(form))
    if len(every) == 1 and (order.order is None or form.readings(order.order)):
        (day,) = every
        return Verdict(CellState.OK, day, code, in_words(day))
    ordered = form.readings(order.order)
    if not ordered:
        return Verdict(CellState.BAD, code=NO_SUCH_DATE, words=_in_another_order(every, order))
    days = list(ordered)
    in_doubt = order.order is None and len(set(every.values()) - {Order.YEAR}) > 1
    left = days if len(days) == 1 else [day for day in days if limits.decide and limits.allows(day)]
    if in_doubt or len(left) != 1:
        return Verdict(
            CellState.BAD, code=TWO_DATES, words=f"It may be {listed([*map(in_words, days)], 'or')}."
        )
    (day,) = left
    others = [other for other in every if other not in ordered]
    if order.order is not None and others:
        otherwise = listed([*map(in_words, others)], "or")
        words = (
            f"{in_words(day)}: {order.order.value} first, {order.because}. Otherwise it would be {otherwise}"
        )
        return Verdict(CellState.OK, day, DATE_ORDER, words)
    words = f"{in_words(day)}, the only possible reading that is {limits.words}"
    return Verdict(CellState.OK, day, code, words)


def _there(verdict: Verdict, text: str, zone: tzinfo | None) -> Verdict:
    """The day on which the moment falls where days are counted, if the text has a time with a zone."""
    moment = moment_of(text) if zone is not None and verdict.value is not None else None
    if moment is None or zone is None:
        return verdict
    try:
        there = moment.day_in(zone, verdict.value)
    except OverflowError:  # the first or the last day that there is
        return verdict
    if there.date() == verdict.value:
        return verdict
    words = (
        f"{in_words(there.date())}: {moment.written} on {in_words(verdict.value)} is {there:%H:%M} on "
        f"{in_words(there.date())} in the time zone of this collection ({zone})"
    )
    return Verdict(CellState.OK, there.date(), DATE_FORM, words)


def _in_another_order(days: Iterable[date], order: Decision) -> str:
    """What may be meant by a date that only exists in an order that is not the file's."""
    assert order.order is not None  # noqa: S101
    if_meant = [f"If {in_words(day)} is meant, please write {day.isoformat()}." for day in days][:1]
    return " ".join([f"Dates are read {order.order.value} first here, {order.because}.", *if_meant])


def _of_a_weekday(text: str, order: Decision, limits: Limits) -> Verdict | None:
    """The verdict on `Friday 30 June 2017`, as a spreadsheet writes a long date: the day must be that of the date."""
    named = WEEKDAY.match(text)
    form = form_of(text[named.end() :]) if named else None
    if named is None or form is None:
        return None
    verdict = _chosen(form, order, limits, DATE_FORM)
    if verdict.value is None:
        return verdict
    of_week = WEEKDAYS[verdict.value.weekday()]
    if of_week.lower().startswith(named[1].lower()):
        return verdict
    return Verdict(CellState.BAD, code=NOT_DATE, words=f"{in_words(verdict.value)} is a {of_week}.")


def _length_of_month(form: Form) -> str:
    """How many days the month has that is too short for the day."""
    for _, year, month, _ in form.parts:
        if 1 <= month <= 12 and year >= 1:
            return f"{MONTHS[month - 1]} {year} has {monthrange(year, month)[1]} days."
    return ""


def _hint(text: str, periods: Sequence[tuple[date, date]]) -> str:
    """What may have been meant by a text that has the form of no date."""
    if found := _SERIAL.fullmatch(text):
        day = FIRST_SERIAL + timedelta(days=int(found[1]))
        return f"A spreadsheet stores {in_words(day)} in this way. If it is meant, please write {day.isoformat()}."
    if set(text) == {"#"}:
        return TOO_NARROW
    month = _MONTH_YEAR.fullmatch(text)
    if month is not None and month[1].lower() in MONTH_NUMBERS:
        of_month = (MONTH_NUMBERS[month[1].lower()], int(month[2]) % 100)
        meant = [p for p in periods if any((day.month, day.year % 100) == of_month for day in p)]
        return " ".join(["The day is not given.", *_wanted(meant, periods)])
    years = _YEARS.fullmatch(text)
    if years is not None and (int(years[1]) + 1) % 100 == int(years[2]):
        meant = [p for p in periods if (p[0].year, p[1].year) == (int(years[1]), int(years[1]) + 1)]
        return " ".join(["It names years, not a day.", *_wanted(meant, periods)])
    return ""


def _wanted(meant: Sequence[tuple[date, date]], periods: Sequence[tuple[date, date]]) -> list[str]:
    """The dates that are asked for, in the form in which they are to be written: those that are meant, else all."""
    words = [f"{first} to {last}" if first < last else f"{last}" for first, last in meant or periods]
    if not 0 < len(words) <= _MOST_PERIODS:
        return []
    return [f"The period asked for is {listed(words, 'or')}."]


def _way_out(text: str, required: bool) -> str:
    """What can be done where there is no date."""
    return "" if required or any(character.isdigit() for character in text) else NO_DATE
