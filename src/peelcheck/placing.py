"""Whose row is it, and of which period: names and codes of forces, folders, and the dates of a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from peelcheck.cells.parsed import CellState
from peelcheck.columns import distinct_rows, mapped
from peelcheck.model import Collection, Findings, Period, ReturnKind
from peelcheck.recognise import Sheet
from peelcheck.rules import built_in
from peelcheck.table import BoolArray, Return, as_date, objects
from peelcheck.wording import count


def place(
    table: Return, sheets: Sequence[Sheet], collection: Collection, years: Sequence[int]
) -> tuple[Return, list[Findings]]:
    """Find out the force and the period of every row.

    Returns:
        The table with `forces`, `years` and `periods` filled in, without the rows of bodies outside the collection; and
        findings about rows that are another force's, whose name and code disagree, or whose period was not asked for.
        Rows that are not the force's own have no force, so that nothing else is judged by them.
    """
    table, out_of_scope = _in_scope(table, collection)
    table, strangers = _own_rows(table, sheets, collection)
    table, periods = _periods(table, years)
    return _but_known_twice(table), [*out_of_scope, *strangers, *periods]


def _in_scope(table: Return, collection: Collection) -> tuple[Return, list[Findings]]:
    """Set aside the rows of bodies that published tables carry and the collection does not."""
    reasons = {body.name: body.reason for body in collection.out_of_scope}
    by_code = {body.code: body.name for body in collection.out_of_scope if body.code}
    names = mapped(table.forces, lambda name: name if name in reasons else None)
    if table.schema.kind is not ReturnKind.RETURN:
        coded = mapped(_codes(table), lambda code: by_code.get(_code(code) or ""))
        names = np.where(names == None, coded, names)  # noqa: E711 (elementwise)
    aside = names != None  # noqa: E711 (elementwise)
    if not aside.any():
        return table, []
    facts = {"body": names, "reason": mapped(names, lambda name: reasons.get(name, ""))}

    def say(fact: Mapping[str, Any]) -> str:
        return f"The row of {fact['body']} was set aside: {fact['reason']}."

    unplaced = replace(table, forces=np.full(len(table), "", dtype=object))
    found = unplaced.findings(built_in()["RO107"], "force", aside, say, facts, suspects=())
    return table.only(~aside), [found]


def _own_rows(
    table: Return, sheets: Sequence[Sheet], collection: Collection
) -> tuple[Return, list[Findings]]:
    """Rows whose name and code disagree, or that name another force than the folder's, have no force."""
    folder = {sheet.received.name: sheet.received.force for sheet in sheets}
    by_code = {force.code: force.name for force in collection.forces}
    by_code |= {body.code: body.name for body in collection.out_of_scope if body.code}
    real = {force.name: force.code for force in collection.forces}
    which, distinct = distinct_rows(table.files, table.forces, _codes(table))
    whose = [_Whose.of(folder.get(file), named, _code(code), real, by_code) for file, named, code in distinct]

    def rows(what: Callable[[_Whose], bool]) -> BoolArray:
        return np.array([what(one) for one in whose], dtype=bool)[which]

    disagree, strange = rows(lambda one: one.disagrees), rows(lambda one: one.strange)
    unread = table.states["force"] != CellState.BAD  # where it could not be read, that was said
    nameless = rows(lambda one: one.unknown) & unread & (not table.schema["force"].required)
    placed = replace(table, forces=objects(one.owner or one.named for one in whose)[which])
    found = []
    for code, column, failed, say in (
        ("RO108", "force_code", disagree, _say_code),
        ("RO106", "force", strange, _say_owner),
        ("RO116", "force", nameless, _say_nameless),
    ):
        if failed.any():
            facts = {"whose": objects(whose)[which]}
            found.append(placed.findings(built_in()[code], column, failed, say, facts, suspects=()))
    return replace(table, forces=objects(one.force for one in whose)[which]), found


@dataclass(frozen=True)
class _Whose:
    """What a row says of its force: the folder that it came from, the name, the code, and whose name or code these are."""

    owner: str | None
    named: str
    code: str | None
    own_code: str | None
    coded: str | None

    @classmethod
    def of(
        cls,
        owner: str | None,
        named: str,
        code: str | None,
        real: Mapping[str, str],
        by_code: Mapping[str, str],
    ) -> _Whose:
        return cls(owner, named, code, real.get(named), by_code.get(code or ""))

    @property
    def known(self) -> bool:
        """Whether the row names a force."""
        return self.own_code is not None

    @property
    def disagrees(self) -> bool:
        """Whether name and code are two forces'."""
        return self.known and self.coded is not None and self.coded != self.named

    @property
    def strange(self) -> bool:
        """Whether the row is another force's than the folder."""
        return self.known and self.owner is not None and self.owner != self.named and not self.disagrees

    @property
    def unknown(self) -> bool:
        """Whether neither the row nor the folder tells the force."""
        return not self.known and self.owner is None

    @property
    def force(self) -> str:
        """Whose row it is; "" where that is not certain."""
        return "" if self.disagrees or self.strange or self.unknown else self.owner or self.named


def _say_code(fact: Mapping[str, Any]) -> str:
    row: _Whose = fact["whose"]
    return (
        f"The row names {row.named}, whose code is {row.own_code}, but gives the code {row.code}, "
        f"which is {row.coded}."
    )


def _say_nameless(fact: Mapping[str, Any]) -> str:
    return "The row names no force, and the file is in no force's folder."


def _say_owner(fact: Mapping[str, Any]) -> str:
    row: _Whose = fact["whose"]
    return f"The file came from {row.owner}, but the row names {row.named}."


def _periods(table: Return, years: Sequence[int]) -> tuple[Return, list[Findings]]:
    """The period of each row; a finding where it is none that was asked for."""
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
    owed = _owed(table, years)
    facts = {"start": starts, "end": ends, "owed": objects([owed] * len(table))}
    right_end = np.isin(
        ends, np.array([due.period.dates(due.year)[1] for due in owed], dtype="datetime64[D]")
    )
    return placed, [
        placed.findings(built_in()["RO109"], column, rows, _say_period, facts, suspects=())
        for column, rows in (("period_start", wrong & right_end), ("period_end", wrong & ~right_end))
        if rows.any()
    ]


def _matches(period: Period, year: int, starts: Any, ends: Any) -> BoolArray:
    first, last = (np.datetime64(day, "D") for day in period.dates(year))
    if period.kind == "as_at":
        return np.asarray((starts == ends) & (ends >= first) & (ends <= last))
    return np.asarray((starts == first) & (ends == last))


@dataclass(frozen=True)
class _Owed:
    """A period that was asked for."""

    period: Period
    year: int

    def distance(self, end: date) -> int:
        return abs((self.period.dates(self.year)[1] - end).days)

    def words(self) -> str:
        first, last = self.period.dates(self.year)
        if self.period.floating:
            return f"one date between {_day(first)} and {_day(last)}, as its start and its end"
        if first == last:
            return f"{_day(last)}, as its start and its end"
        return f"{_day(first)} to {_day(last)}"


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
    nearest = min(fact["owed"], key=lambda owed: owed.distance(end))
    return f"{covers(fact)} What was asked for is {nearest.words()}."


def covers(fact: Mapping[str, Any]) -> str:
    """Which period a row says that it is about, and how long that is."""
    start, end = as_date(fact["start"]), as_date(fact["end"])
    if start is None or end is None:
        return "The row has no period."
    if start > end:
        given = f"from {_day(start)} back to {_day(end)}"
    else:
        given = f"{_day(start)} to {_day(end)} ({_length(start, end)})"
    return f"The row covers {given}."


def _length(start: date, end: date) -> str:
    """How long a period is: in months where it begins and ends on the same day of a month, else in days."""
    after = end + timedelta(days=1)
    months = 12 * (after.year - start.year) + after.month - start.month
    whole = months > 0 and after.day == start.day
    return count(months, "month") if whole else count((after - start).days, "day")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _but_known_twice(table: Return) -> Return:
    """A row whose name nobody knows is nobody's where its file has another for the force and period that names the force."""
    unread = table.states["force"] == CellState.BAD
    if not unread.any() or table.schema.records:
        return table
    keys = list(zip(table.files, table.forces, table.years, table.periods, strict=True))
    named = {key for key, bad in zip(keys, unread, strict=True) if not bad}
    twice = np.array([bad and key in named for key, bad in zip(keys, unread, strict=True)], dtype=bool)
    return replace(table, forces=np.where(twice, "", table.forces))


def _codes(table: Return) -> Any:
    """The codes as written."""
    return table.values.get("force_code", np.full(len(table), None, dtype=object))


def _code(written: str | None) -> str | None:
    return written.strip().upper() if written else None
