"""Find the period of each row: compare its dates with the periods that were requested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, ObjectArray, among, as_date, objects
from peelcheck.model import Findings, Period
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import WRONG_PERIOD
from peelcheck.tables.table import Return
from peelcheck.wording import count, day


def date_rows(table: Return, years: Sequence[int]) -> tuple[Return, list[Findings]]:
    """Find the period of each row.

    Wrong periods in one file count as one mistake. It is in the end dates, unless all end dates of the file are right.

    Returns:
        The table with `years` and `periods` filled in, and its figures marked as bad where the period was not requested;
        and a finding for each of these rows (RO109). Rows with a blank or unreadable date have no period and no finding here.
    """
    if table.schema.records:
        return table, []
    starts = table.values["period_start"].astype("datetime64[D]")
    ends = table.period_ends
    period_of, year_of = table.periods.copy(), table.years.copy()
    for index, period in enumerate(table.asked):
        for year in years:
            here = _matches(period, year, starts, ends)
            period_of[here], year_of[here] = index, year
    placed = replace(table, periods=period_of, years=year_of)
    wrong = (period_of < 0) & ~np.isnat(starts) & ~np.isnat(ends) & (table.forces != "")
    if not wrong.any():
        return placed, []
    items = [item.name for item in table.schema.items]
    unused = placed.without(dict.fromkeys(items, wrong))
    requested = _requested(table, years)
    facts = {"start": starts, "end": ends, "owed": _left(placed, requested)}
    off = wrong & ~_ends_right(starts, ends, requested)
    wrong_end = among(table.sources, table.sources[off])
    return unused, [
        placed.findings(
            built_in()[WRONG_PERIOD], column, rows, _say_period, facts, suspects=(), by_period=False
        )
        for column, rows in (("period_start", wrong & ~wrong_end), ("period_end", wrong & wrong_end))
        if rows.any()
    ]


def _left(table: Return, requested: tuple[_Requested, ...]) -> ObjectArray:
    """The periods that each row could be meant for: those that its force has no row for, or all if it has a row for each."""
    given = {
        (force, period, year)
        for force, period, year in zip(
            table.forces, table.periods.tolist(), table.years.tolist(), strict=True
        )
    }
    left = {
        force: tuple(
            due for due in requested if (force, table.asked.index(due.period), due.year) not in given
        )
        for force in table.by_force[1]
    }
    return objects(left[force] or requested for force in table.forces)


def _ends_right(starts: Any, ends: Any, requested: Sequence[_Requested]) -> BoolArray:
    """Rows whose end date is the last day of a requested period.

    A row of one day must end on a requested day, if the return has requested days at all.
    """
    days, lasts = (
        np.array(
            [due.period.dates(due.year)[1] for due in requested if due.one_day in kinds],
            dtype="datetime64[D]",
        )
        for kinds in ((True,), (True, False))
    )
    of_a_day = (starts == ends) & (len(days) > 0)
    return np.asarray(np.where(of_a_day, np.isin(ends, days), np.isin(ends, lasts)))


def _matches(period: Period, year: int, starts: Any, ends: Any) -> BoolArray:
    first, last = (np.datetime64(day, "D") for day in period.dates(year))
    if period.kind == "as_at":
        return np.asarray((starts == ends) & (ends >= first) & (ends <= last))
    return np.asarray((starts == first) & (ends == last))


class _Requested(Struct, frozen=True):
    """A period that was requested: one period in one year."""

    period: Period
    year: int

    @property
    def one_day(self) -> bool:
        """Whether the period is a single day."""
        return self.period.kind == "as_at"

    def nearness(self, start: date, end: date) -> tuple[bool, int, int]:
        """How near a row's dates are to this period; larger is nearer.

        First whether both are single days or both are longer, then the number of shared days, then how near the ends are.
        """
        first, last = self.period.dates(self.year)
        shared = (min(last, max(start, end)) - max(first, min(start, end))).days + 1
        return self.one_day == (start == end), max(shared, 0), -abs((last - end).days)

    def words(self) -> str:
        first, last = self.period.dates(self.year)
        if self.period.floating:
            return f"one date between {day(first)} and {day(last)}, as both start and end"
        if first == last:
            return f"{day(last)}, as both start and end"
        return f"{day(first)} to {day(last)}"


def _requested(table: Return, years: Sequence[int]) -> tuple[_Requested, ...]:
    due = {(f.period, year) for f in table.schema.items for year in f.years if f.period is not None}
    due = due or {(period, year) for period in table.asked for year in years}
    return tuple(
        _Requested(period, year) for period, year in sorted(due, key=lambda pair: (pair[0].words, pair[1]))
    )


def _say_period(fact: Mapping[str, Any]) -> str:
    start, end = as_date(fact["start"]), as_date(fact["end"])
    if start is None or end is None:
        return "The row has no period."
    nearest = max(fact["owed"], key=lambda period: period.nearness(start, end))
    return f"{covers(fact)} The period asked for is {nearest.words()}."


def covers(fact: Mapping[str, Any]) -> str:
    """The sentence that says which period a row covers, and how long it is."""
    start, end = as_date(fact["start"]), as_date(fact["end"])
    if start is None or end is None:
        return "The row has no period."
    if start > end:
        return f"The row starts on {day(start)} but ends on {day(end)}, which is earlier."
    return f"The row covers {day(start)} to {day(end)} ({_length(start, end)})."


def _length(start: date, end: date) -> str:
    """The length of a period in words: whole months if it has a whole number of them, else days."""
    days = count((end - start).days + 1, "day")
    if end == date.max:  # databases write this date for “never”
        return days
    after = end + timedelta(days=1)
    months = 12 * (after.year - start.year) + after.month - start.month
    whole = months > 0 and after.day == start.day
    return count(months, "month") if whole else days
