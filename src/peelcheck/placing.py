"""Whose row is it, and of which period: names and codes of forces, folders, and the dates of a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from peelcheck.cells.parsed import CellState
from peelcheck.columns import mapped
from peelcheck.model import Collection, Findings, Period, ReturnKind
from peelcheck.recognise import Sheet
from peelcheck.rules import built_in
from peelcheck.table import BoolArray, ObjectArray, Return, as_date, objects
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
    return table, [*out_of_scope, *strangers, *periods]


def _in_scope(table: Return, collection: Collection) -> tuple[Return, list[Findings]]:
    """Set aside the rows of bodies that published tables carry and the collection does not."""
    reasons = {body.name: body.reason for body in collection.out_of_scope}
    by_code = {body.code: body.name for body in collection.out_of_scope if body.code}
    names = mapped(table.forces, lambda name: name if name in reasons else None)
    if table.schema.kind is not ReturnKind.RETURN:
        coded = mapped(_codes(table), lambda code: by_code.get(code or ""))
        names = np.where(names == None, coded, names)  # noqa: E711 (elementwise)
    aside = names != None  # noqa: E711 (elementwise)
    if not aside.any():
        return table, []
    facts = {"body": names, "reason": mapped(names, lambda name: reasons.get(name, ""))}

    def say(fact: Mapping[str, Any]) -> str:
        return f"The row of {fact['body']} was set aside: {fact['reason']}."

    unplaced = replace(table, forces=np.full(len(table), "", dtype=object))
    found = unplaced.findings(built_in()["RO107"], "force", aside, say, facts, suspects=())
    return _rows(table, ~aside), [found]


def _own_rows(
    table: Return, sheets: Sequence[Sheet], collection: Collection
) -> tuple[Return, list[Findings]]:
    """Rows whose name and code disagree, or that name another force than the folder's, have no force."""
    folder = {sheet.received.name: sheet.received.force for sheet in sheets}
    owner = mapped(table.files, folder.get)
    named = table.forces.copy()
    table = replace(table, forces=np.where(owner == None, named, owner))  # noqa: E711 (elementwise)
    by_code = {force.code: force.name for force in collection.forces}
    by_code |= {body.code: body.name for body in collection.out_of_scope if body.code}
    real = {force.name: force.code for force in collection.forces}
    codes = _codes(table)
    coded = mapped(codes, lambda code: by_code.get(code or ""))
    known = mapped(named, lambda name: name in real).astype(bool)
    disagree = known & (coded != None) & (coded != named)  # noqa: E711 (elementwise)
    strange = known & (owner != None) & (named != owner) & ~disagree  # noqa: E711 (elementwise)
    unknown = ~known & (owner == None)  # noqa: E711 (elementwise)
    facts = {"named": named, "owner": owner, "code": codes, "coded": coded}
    found = []
    if disagree.any():
        facts["own_code"] = mapped(named, lambda name: real.get(name, ""))
        found.append(
            table.findings(built_in()["RO108"], "force_code", disagree, _say_code, facts, suspects=())
        )
    if strange.any():
        found.append(table.findings(built_in()["RO106"], "force", strange, _say_owner, facts, suspects=()))
    unread = table.states["force"] != CellState.BAD  # where it could not be read, that was said
    nameless = unknown & unread & (not table.schema["force"].required)
    if nameless.any():
        found.append(table.findings(built_in()["RO116"], "force", nameless, _say_nameless, suspects=()))
    forces = table.forces.copy()
    forces[disagree | strange | unknown] = ""
    return replace(table, forces=forces), found


def _say_code(fact: Mapping[str, Any]) -> str:
    return (
        f"The row names {fact['named']}, whose code is {fact['own_code']}, but gives the code {fact['code']}, "
        f"which is {fact['coded']}."
    )


def _say_nameless(fact: Mapping[str, Any]) -> str:
    return "The row names no force, and the file is in no force's folder."


def _say_owner(fact: Mapping[str, Any]) -> str:
    return f"The file came from {fact['owner']}, but the row names {fact['named']}."


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
    return placed, [
        placed.findings(built_in()["RO109"], "period_end", wrong, _say_period, facts, suspects=())
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
    if start > end:
        given = f"from {_day(start)} back to {_day(end)}"
    else:
        given = f"{_day(start)} to {_day(end)} ({_length(start, end)})"
    return f"The row covers {given}. What was asked for is {nearest.words()}."


def _length(start: date, end: date) -> str:
    """How long a period is, in whole months where it is."""
    days = (end - start).days + 1
    months = round(days / 30.4375)
    whole = abs(days - months * 30.4375) < 3 and months > 0
    return count(months, "month") if whole else count(days, "day")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _codes(table: Return) -> ObjectArray:
    if "force_code" not in table.values:
        return np.full(len(table), None, dtype=object)
    return mapped(table.values["force_code"], lambda code: code.strip().upper() if code else None)


def _rows(table: Return, keep: BoolArray) -> Return:
    """Some rows of a table."""
    return replace(
        table,
        text=table.text[keep].reset_index(drop=True),
        values={name: array[keep] for name, array in table.values.items()},
        states={name: array[keep] for name, array in table.states.items()},
        files=table.files[keep],
        rows=table.rows[keep],
        forces=table.forces[keep],
        years=table.years[keep],
        periods=table.periods[keep],
    )
