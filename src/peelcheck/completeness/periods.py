"""A row for every period: missing rows, and figures in rows where they are not required."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import PurePath
from typing import Any

import numpy as np
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, ObjectArray, among, distinct_rows, objects
from peelcheck.cells.parsed import CellState
from peelcheck.model import CheckSpec, Collection, Findings, Period, ReturnKind, ReturnSchema, Source, Status
from peelcheck.model.file_findings import Place, at_places
from peelcheck.rounds.declarations import Declarations
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import FIGURE_IN_WRONG_ROW, MISSING_ROW, YEAR_NOT_REQUIRED
from peelcheck.tables.table import NO_YEAR, Return
from peelcheck.wording import listed

_ASK_OTHERS = "Please complete the table, or declare that there is no such figure for this {force}."
_ASK_MOVE = "Please add the row for this period, and move these figures there if they belong to it."


def rows_owed(
    table: Return, collection: Collection, declarations: Declarations, unread: Mapping[str | None, int]
) -> Iterator[Findings]:
    """Rows that are missing (RO110) or were not asked for (RO123), and figures in the row of another period (RO112).

    Rows that came and were not used (`unread`, by the force whose folder they came in) may be some that are missing, the
    latest first.
    """
    missing = list(_not_among(unread, _missing_rows(table, collection, declarations)))
    for row in missing:
        yield _missing_period(table, *row)
    yield from _not_asked_for(table)
    for item in table.schema.items:
        told = [
            _strays(table, item.name, force, year) for force, period, year in missing if item.period == period
        ]
        yield from _misplaced(
            table, item.name, np.logical_or.reduce([np.zeros(len(table), dtype=bool), *told])
        )


def _missing_rows(
    table: Return, collection: Collection, declarations: Declarations
) -> Iterator[tuple[str, Period, int]]:
    """Forces that sent the return without a required row; the period, and the year in which it ends."""
    schema = table.schema
    here = set(table.forces) - {""}
    unplaced = _with_unplaced_rows(table)
    expected = [f.name for f in collection.forces if schema.kind is not ReturnKind.RETURN or f.name in here]
    for index, period in enumerate(table.asked):
        for year in _years_owed(schema, period):
            rows = (table.periods == index) & (table.years == year)
            for force in sorted(set(expected) - set(table.forces[rows]) - unplaced):
                items = [f.name for f in schema.items if f.period == period and year in f.years]
                if not all(_is_out(declarations, force, schema.name, item, year) for item in items):
                    yield force, period, year


def _not_among(
    unread: Mapping[str | None, int], missing: Iterable[tuple[str, Period, int]]
) -> Iterator[tuple[str, Period, int]]:
    """The missing rows without as many as rows that were not used may be: a force's own, or anybody's (None)."""
    left = dict(unread)
    for force, period, year in missing:
        whose = force if left.get(force) else None
        if left.get(whose):
            left[whose] -= 1
        else:
            yield force, period, year


def _missing_period(table: Return, force: str, period: Period, year: int) -> Findings:
    """RO110; with the row in which the figures stand, it seems, or else one of the force's that is not asked for."""
    schema, rule = table.schema, rule_about(MISSING_ROW, table.schema)
    message = f"“{schema.title}” has no row {_in_words(period, year)} ({force})."
    items = [f.name for f in schema.items if f.period == period and year in f.years]
    strays = {item: _strays(table, item, force, year) for item in items}
    at = np.flatnonzero(np.logical_or.reduce([*strays.values()]))
    row = int(at[0]) if len(at) else _not_owed(table, force)
    if len(at):
        titles = [f"“{schema[item].title}”" for item, there in strays.items() if there[row]]
        stand = f"{listed(titles)} {'is' if len(titles) == 1 else 'are'}"
        message += f" {stand} in the row {_period_of(table, row)} (row {table.rows[row]})."
        rule = replace(rule, ask=_ASK_MOVE)
    elif row >= 0:
        message += f" The row {_period_of(table, row)} (row {table.rows[row]}) was not asked for."
    source = (
        table.sources[row] if row >= 0 else next(iter(table.sources[table.forces == force]), table.sources[0])
    )
    at_row = int(table.rows[row]) if row >= 0 else 0
    place = Place(force, message, source, at_row, period_end=period.dates(year)[1])
    return at_places(rule, schema.name, None, [place])


def _strays(table: Return, item: str, force: str, year: int) -> BoolArray:
    """Rows of a force with an item that belongs in another row of the same year."""
    field = table.schema[item]
    own_period = table.periods == (table.asked.index(field.period) if field.period else -1)
    given = (table.states[item] == CellState.OK) & (table.values[item] != 0)
    return np.asarray(given & ~own_period & (table.forces == force) & (table.years == year))


def _not_owed(table: Return, force: str) -> int:
    """The first row of a force for a period that is not required; -1 for none."""
    rows = np.flatnonzero((table.forces == force) & _unasked(table))
    return int(rows[0]) if len(rows) else -1


def _unasked(table: Return) -> BoolArray:
    """Rows for a period that is not required."""
    due = np.logical_or.reduce([table.due(f.name) for f in table.schema.items])
    return np.asarray(table.known & (table.years != NO_YEAR) & ~due)


def _not_asked_for(table: Return) -> Iterator[Findings]:
    """RO123: a force's rows for years that are not required."""
    rows = _unasked(table)
    if table.schema.kind is ReturnKind.RETURN and rows.any():
        facts = {"due": due(table)}
        yield table.findings(
            built_in()[YEAR_NOT_REQUIRED], None, rows, _say_unasked, facts, suspects=(), by_period=False
        )


def _say_unasked(fact: Mapping[str, Any]) -> str:
    return f"The row {fact['due']} was not asked for, so it was not used."


def rule_about(code: str, schema: ReturnSchema) -> CheckSpec:
    """A rule about what is not there; of a table that others supply it does not ask whether the force can."""
    rule = built_in()[code]
    return rule if schema.kind is ReturnKind.RETURN else replace(rule, ask=_ASK_OTHERS)


def _with_unplaced_rows(table: Return) -> set[str]:
    """Forces with a row whose period or force is in doubt, which was asked about: it may be the one that is missing."""
    in_doubt = (table.years == NO_YEAR) | (table.forces == "")
    unplaced = set(table.forces[in_doubt])
    if table.schema.kind is ReturnKind.RETURN:
        unplaced |= set(table.forces[among(table.sources, table.sources[in_doubt])])
        unplaced |= _alone_in_folders(table, set(table.sources[in_doubt]))
    return unplaced


def _alone_in_folders(table: Return, sources: Set[Source]) -> set[str]:
    """The forces that alone have rows in the folder of one of these sources. The rows there are probably theirs."""
    folders = {str(PurePath(source.file).parent) for source in sources}
    forces: dict[str, set[str]] = {folder: set() for folder in folders}
    for source, force in distinct_rows(table.sources, table.by_force)[1]:
        folder = str(PurePath(source.file).parent)
        if force and folder in folders:
            forces[folder].add(force)
    return {force for here in forces.values() if len(here) == 1 for force in here}


def _years_owed(schema: ReturnSchema, period: Period) -> list[int]:
    return sorted({year for f in schema.items if f.period == period for year in f.years}, reverse=True)


def _is_out(declarations: Declarations, force: str, return_name: str, item: str, year: int) -> bool:
    declared = declarations.of_item(force, return_name, item, year)
    return declared is not None and (declared.status.is_out or declared.status is Status.COMBINED)


def _misplaced(table: Return, item: str, told: BoolArray) -> list[Findings]:
    """RO112: a figure in a row in which its item is not required.

    It stands in the row of another period, or of a year in which only other items of the row are asked for. Of a row of which
    nothing is asked for that is said as a whole, and of some rows that they hold what should stand in one that is missing.
    """
    field = table.schema[item]
    given = (table.states[item] == CellState.OK) & (table.values[item] != 0)
    placed = (table.years != NO_YEAR) & (table.forces != "")
    own_period = table.periods == (table.asked.index(field.period) if field.period else -1)
    some_due = np.logical_or.reduce([table.due(other.name) for other in table.schema.items])
    other = given & placed & ~told & (~own_period | (some_due & ~table.due(item)))
    if not other.any():
        return []

    def say(fact: Mapping[str, Any]) -> str:
        period, asked = table.asked[fact["period"]], field.period or table.asked[fact["period"]]
        if period == asked:
            due = listed([asked.describe(year) for year in field.years])
            here = _in_words(period, int(fact["year"]))
            return f"“{field.title}” is in the row {here}, but it is asked for {due} only."
        row = asked.words if asked.kind == "as_at" else f"for {asked.words}"
        belongs = f"it belongs in the row {row} of the same year"
        return f"“{field.title}” is in a row for another period; {belongs}."

    return [table.findings(built_in()[FIGURE_IN_WRONG_ROW], item, other, say, {"period": table.periods})]


def due(table: Return) -> ObjectArray:
    """The period of each row in words, as it follows “the row”."""
    return objects(
        "" if year == NO_YEAR else _in_words(table.asked[period], int(year))
        for period, year in zip(table.periods, table.years, strict=True)
    )


def _period_of(table: Return, row: int) -> str:
    """The period of one row, as it follows “the row”."""
    return _in_words(table.asked[table.periods[row]], int(table.years[row]))


def _in_words(period: Period, year: int) -> str:
    return ("" if period.kind == "as_at" else "for ") + period.describe(year)
