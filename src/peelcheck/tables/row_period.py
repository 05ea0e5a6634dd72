"""Of which period is a row: its dates against the periods that were asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, ObjectArray, as_date, objects
from peelcheck.model import Findings, Period
from peelcheck.rules.registry import built_in
from peelcheck.tables.table import Return
from peelcheck.wording import count, day


def date_rows(table: Return, years: Sequence[int]) -> tuple[Return, list[Findings]]:
    """The period of each row; a finding where it is none that was asked for, and then its figures are not judged.

    The rows of a file are one mistake: it is in the ends of their periods, unless all of those are right.
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
    owed = _owed(table, years)
    facts = {"start": starts, "end": ends, "owed": _left(placed, owed)}
    off = wrong & ~_ends_right(starts, ends, owed)
    wrong_end = np.isin(table.files.astype(str), table.files[off].astype(str))
    return unused, [
        placed.findings(built_in()["RO109"], column, rows, _say_period, facts, suspects=(), by_period=False)
        for column, rows in (("period_start", wrong & ~wrong_end), ("period_end", wrong & wrong_end))
        if rows.any()
    ]


def _left(table: Return, owed: tuple[_Owed, ...]) -> ObjectArray:
    """What is owed for each row: the periods of which its force has no row yet, or all where it has them all."""
    given = {
        (force, period, year)
        for force, period, year in zip(
            table.forces, table.periods.tolist(), table.years.tolist(), strict=True
        )
    }
    left = {
        force: tuple(due for due in owed if (force, table.asked.index(due.period), due.year) not in given)
        for force in table.by_force[1]
    }
    return objects(left[force] or owed for force in table.forces)


def _ends_right(starts: Any, ends: Any, owed: Sequence[_Owed]) -> BoolArray:
    """Rows that end on the last day of a period that is owed; of one day, on a day that is owed, if any is."""
    days, lasts = (
        np.array(
            [due.period.dates(due.year)[1] for due in owed if due.one_day in kinds], dtype="datetime64[D]"
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


class _Owed(Struct, frozen=True):
    """A period that was asked for."""

    period: Period
    year: int

    @property
    def one_day(self) -> bool:
        """Whether it is a day and no length of time."""
        return self.period.kind == "as_at"

    def nearness(self, start: date, end: date) -> tuple[bool, int, int]:
        """Whether both are a day, or both longer; how many days they have in common; and how near they end, if none."""
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


def _owed(table: Return, years: Sequence[int]) -> tuple[_Owed, ...]:
    due = {(f.period, year) for f in table.schema.items for year in f.years if f.period is not None}
    due = due or {(period, year) for period in table.asked for year in years}
    return tuple(
        _Owed(period, year) for period, year in sorted(due, key=lambda pair: (pair[0].words, pair[1]))
    )


def _say_period(fact: Mapping[str, Any]) -> str:
    start, end = as_date(fact["start"]), as_date(fact["end"])
    if start is None or end is None:
        return "The row has no period."
    nearest = max(fact["owed"], key=lambda owed: owed.nearness(start, end))
    return f"{covers(fact)} The period asked for is {nearest.words()}."


def covers(fact: Mapping[str, Any]) -> str:
    """Which period a row says that it is about, and how long that is."""
    start, end = as_date(fact["start"]), as_date(fact["end"])
    if start is None or end is None:
        return "The row has no period."
    if start > end:
        return f"The row starts on {day(start)} but ends on {day(end)}, which is earlier."
    return f"The row covers {day(start)} to {day(end)} ({_length(start, end)})."


def _length(start: date, end: date) -> str:
    """How long a period is: in months where it begins and ends on the same day of a month, else in days."""
    days = count((end - start).days + 1, "day")
    if end == date.max:  # which databases write for “never”
        return days
    after = end + timedelta(days=1)
    months = 12 * (after.year - start.year) + after.month - start.month
    whole = months > 0 and after.day == start.day
    return count(months, "month") if whole else days
