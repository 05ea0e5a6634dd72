"""What is there in one return: a row for every period, figures where they are owed, and blanks as they were declared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from peelcheck.cells.characters import blank_or_quoted
from peelcheck.cells.parsed import CellState
from peelcheck.columns import distinct_rows
from peelcheck.declarations import Declarations
from peelcheck.equal_rows import equal_rows, repeated_rows
from peelcheck.findings import Place, at_places
from peelcheck.model import (
    CheckSpec,
    Collection,
    Declaration,
    Findings,
    Period,
    ReturnKind,
    ReturnSchema,
    Status,
)
from peelcheck.rules import built_in
from peelcheck.table import NO_YEAR, BoolArray, ObjectArray, Return, objects
from peelcheck.wording import listed

_ASK_OTHERS = "Please complete the table, or declare for this force that there is no such figure."
_ASK_MOVE = "Please add the row for this period, and move these figures there if they are its."


def check_rows(
    table: Return, collection: Collection, declarations: Declarations, past: Return | None = None
) -> list[Findings]:
    """Everything about presence in one wide return of this round: rows, periods, blanks and declarations.

    Args:
        table: the return.
        collection: for the forces that owe it.
        declarations: what forces said about its figures.
        past: its accepted figures.
    """
    if table.schema.records or not len(table):
        return []
    missing = list(_missing_rows(table, collection, declarations))
    found = [*(_missing_period(table, *row) for row in missing), *repeated_rows(table)]
    found += [*equal_rows(table, past), *_not_asked_for(table)]
    declared = {item.name: _declared(table, item.name, declarations) for item in table.schema.items}
    for item in table.schema.items:
        told = [
            _strays(table, item.name, force, year) for force, period, year in missing if item.period == period
        ]
        found += _misplaced(table, item.name, np.logical_or.reduce([np.zeros(len(table), dtype=bool), *told]))
    return [*found, *_in_spite_of(table, declared), *_undeclared_blanks(table, declared)]


def _missing_rows(
    table: Return, collection: Collection, declarations: Declarations
) -> Iterator[tuple[str, Period, int]]:
    """Forces that sent the return, but no row for a period that they owe; the period, and the year in which it ends."""
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


def _missing_period(table: Return, force: str, period: Period, year: int) -> Findings:
    """RO110; with the row in which the figures stand, it seems, or else one of the force's that is not asked for."""
    schema, rule = table.schema, _rule("RO110", table.schema)
    message = f"“{schema.title}” has no row {_in_words(period, year)} ({force})."
    items = [f.name for f in schema.items if f.period == period and year in f.years]
    strays = {item: _strays(table, item, force, year) for item in items}
    at = np.flatnonzero(np.logical_or.reduce([*strays.values()]))
    row = int(at[0]) if len(at) else _not_owed(table, force)
    if len(at):
        titles = [f"“{schema[item].title}”" for item, there in strays.items() if there[row]]
        stand = f"{listed(titles)} {'stands' if len(titles) == 1 else 'stand'}"
        message += f" {stand} in the row {_period_of(table, row)} (row {table.rows[row]})."
        rule = replace(rule, ask=_ASK_MOVE)
    elif row >= 0:
        message += f" The row {_period_of(table, row)}, in row {table.rows[row]}, is not asked for."
    file = table.files[row] if row >= 0 else next(iter(table.files[table.forces == force]), table.files[0])
    at_row = int(table.rows[row]) if row >= 0 else 0
    place = Place(force, message, str(file), at_row, period_end=period.dates(year)[1])
    return at_places(rule, schema.name, None, [place])


def _strays(table: Return, item: str, force: str, year: int) -> BoolArray:
    """Rows of a force in which an item stands that belongs in another row of the same year."""
    field = table.schema[item]
    own_period = table.periods == (table.asked.index(field.period) if field.period else -1)
    given = (table.states[item] == CellState.OK) & (table.values[item] != 0)
    return np.asarray(given & ~own_period & (table.forces == force) & (table.years == year))


def _not_owed(table: Return, force: str) -> int:
    """The first row of a force for a period of which nothing is asked for; -1 for none."""
    rows = np.flatnonzero((table.forces == force) & _unasked(table))
    return int(rows[0]) if len(rows) else -1


def _unasked(table: Return) -> BoolArray:
    """Rows for a period of which nothing is asked for."""
    due = np.logical_or.reduce([table.due(f.name) for f in table.schema.items])
    return np.asarray(table.known & (table.years != NO_YEAR) & ~due)


def _not_asked_for(table: Return) -> Iterator[Findings]:
    """RO123: rows of a force's for years of which nothing is asked for."""
    rows = _unasked(table)
    if table.schema.kind is ReturnKind.RETURN and rows.any():
        facts = {"due": _due(table)}
        yield table.findings(
            built_in()["RO123"], None, rows, _say_unasked, facts, suspects=(), by_period=False
        )


def _say_unasked(fact: Mapping[str, Any]) -> str:
    return f"The row {fact['due']} was not asked for, and was not used."


def _rule(code: str, schema: ReturnSchema) -> CheckSpec:
    """A rule about what is not there; of a table that others supply it does not ask whether the force can."""
    rule = built_in()[code]
    return rule if schema.kind is ReturnKind.RETURN else replace(rule, ask=_ASK_OTHERS)


def _with_unplaced_rows(table: Return) -> set[str]:
    """Forces with a row whose period or force is in doubt, which was asked about: it may be the one that is missing."""
    in_doubt = (table.years == NO_YEAR) | (table.forces == "")
    unplaced = set(table.forces[in_doubt])
    if table.schema.kind is ReturnKind.RETURN:
        unplaced |= set(table.forces[np.isin(table.files.astype(str), table.files[in_doubt].astype(str))])
    return unplaced


def _years_owed(schema: ReturnSchema, period: Period) -> list[int]:
    return sorted({year for f in schema.items if f.period == period for year in f.years}, reverse=True)


def _is_out(declarations: Declarations, force: str, return_name: str, item: str, year: int) -> bool:
    declared = declarations.of_item(force, return_name, item, year)
    return declared is not None and (declared.status.is_out or declared.status is Status.COMBINED)


def _misplaced(table: Return, item: str, told: BoolArray) -> list[Findings]:
    """RO112: a figure in a row of this round that its item is not asked for in.

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
            return f"“{field.title}” stands in the row {here}; it is asked for {due} only."
        row = asked.words if asked.kind == "as_at" else f"for {asked.words}"
        belongs = f"it belongs in the row {row} of the same year"
        return f"“{field.title}” stands in a row for another period; {belongs}."

    return [table.findings(built_in()["RO112"], item, other, say, {"period": table.periods})]


def _declared(table: Return, item: str, declarations: Declarations) -> ObjectArray:
    """What was declared about an item for each row in which it is due; None for nothing."""
    about = declarations.about(table.schema.name, item)
    out = np.full(len(table), None, dtype=object)
    for row in np.flatnonzero(table.due(item)) if about else ():
        if (force := table.forces[row]) in about:
            out[row] = declarations.of_item(force, table.schema.name, item, int(table.years[row]))
    return out


def _in_spite_of(table: Return, declared: Mapping[str, ObjectArray]) -> Iterator[Findings]:
    """RO114: figures that the force was not to give; those of a row of a return that it does not supply are one mistake."""
    rule = built_in()["RO114"]
    there = {
        item: _where(said, table, _withholds) & (table.states[item] == CellState.OK)
        for item, said in declared.items()
    }
    of_return = {item: there[item] & _where(said, table, _of_return) for item, said in declared.items()}
    rows = np.sum([*of_return.values()], axis=0) > 1
    if rows.any():
        said = np.full(len(table), None, dtype=object)
        for item, here in of_return.items():
            said[here] = declared[item][here]
        facts = {"said": said, "due": _due(table)}
        yield table.findings(rule, None, rows, _say_row_there, facts, suspects=())
    for item, here in there.items():
        alone = here & ~(rows & of_return[item])
        if alone.any():
            say = partial(_say_there, table.schema[item].title)
            yield table.findings(rule, item, alone, say, {"said": declared[item]})


def _of_return(declared: Declaration, _: str) -> bool:
    """Whether what was declared is about all items of a return."""
    return declared.item is None


def _say_row_there(fact: Mapping[str, Any]) -> str:
    said: Declaration = fact["said"]
    what = f"to be in the figures of {said.force}" if said.status is Status.COMBINED else "not supplied"
    return f"The row {fact['due']} holds figures, although the return was declared {what} ({said.reason})."


def _where(declared: ObjectArray, table: Return, holds: Callable[[Declaration, str], bool]) -> BoolArray:
    """The rows of which something was declared that holds for the row's force."""
    out = np.zeros(len(table), dtype=bool)
    for row in np.flatnonzero(declared != None):  # noqa: E711 (elementwise)
        out[row] = holds(declared[row], table.forces[row])
    return out


def _withholds(declared: Declaration, force: str) -> bool:
    """Whether by this declaration the force gives no figure: it has none, or another force gives it."""
    return declared.status is Status.NOT_SUPPLIED or (
        declared.status is Status.COMBINED and not declared.speaks_of_figure(force)
    )


def _say_there(title: str, fact: Mapping[str, Any]) -> str:
    said: Declaration = fact["said"]
    if said.status is Status.COMBINED:
        return (
            f"“{title}” is “{fact['written']}”, although it was declared to be in the figure of {said.force} "
            f"({said.reason})."
        )
    return f"“{title}” is “{fact['written']}”, although it was declared not supplied ({said.reason})."


def _undeclared_blanks(table: Return, declared: Mapping[str, ObjectArray]) -> Iterator[Findings]:
    """RO115: blanks that no declaration accounts for, one by one; rows that hold no figure at all are one mistake."""
    rule, owed = _rule("RO115", table.schema), [f for f in table.schema.items if not f.optional]
    blanks = {f.name: _unaccounted(table, f.name, declared[f.name]) for f in owed}
    for item, blank in blanks.items():
        if blank.any():
            blank &= ~_given_elsewhere(table, item)
    empty = _without_figures(table) & (np.sum([*blanks.values()], axis=0) > 1)
    empty &= np.logical_and.reduce([said == None for said in declared.values()])  # noqa: E711 (elementwise)
    if empty.any():
        yield table.findings(
            rule, None, empty, _say_empty, {"due": _due(table)}, suspects=(), by_period=False
        )
    for item, blank in blanks.items():
        alone = blank & ~empty
        if alone.any():
            say = partial(_say_blank, table.schema[item].title)
            yield table.findings(rule, item, alone, say, {"said": declared[item]})


def _unaccounted(table: Return, item: str, declared: ObjectArray) -> BoolArray:
    """The rows in which an item is due, blank, and not excused: by a declaration that there is no figure.

    A part without which a total is declared incomplete may be blank too.
    """
    part = item in _parts(table.schema)

    def excuses(said: Declaration, force: str) -> bool:
        return not said.speaks_of_figure(force) or (part and said.status is Status.INCOMPLETE)

    excused = _where(declared, table, excuses)
    due = table.due(item) & (table.forces != "")
    return np.asarray(due & ~excused & _blank(table.states[item]))


def _given_elsewhere(table: Return, item: str) -> BoolArray:
    """Rows whose force has another row for the same period with the figure: that it is there twice is asked already."""
    which, keys = distinct_rows(table.periods, table.by_force, table.years)
    given = np.bincount(which[table.states[item] == CellState.OK], minlength=len(keys)) > 0
    return np.asarray(given[which])


def _parts(schema: ReturnSchema) -> set[str]:
    """The items without which a total is called incomplete."""
    return {
        part for check in schema.checks if check.kind == "parts_present" for part in check.parameters["parts"]
    }


def _without_figures(table: Return) -> BoolArray:
    """Rows in which every item is blank, but for those that are not due and stand as 0."""
    filled = [
        ~_blank(table.states[f.name]) & (table.due(f.name) | (table.values[f.name] != 0))
        for f in table.schema.items
    ]
    return np.asarray(~np.logical_or.reduce(filled))


def _due(table: Return) -> ObjectArray:
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


def _say_empty(fact: Mapping[str, Any]) -> str:
    return f"The row {fact['due']} holds no figures, and nothing was declared about them."


def _say_blank(title: str, fact: Mapping[str, Any]) -> str:
    written = blank_or_quoted(fact["written"])
    said: Declaration | None = fact["said"]
    if said is None:
        return f"“{title}” is {written}, and nothing was declared about it."
    return f"“{title}” is {written}, although what was declared about it speaks of a figure ({said.words})."


def _blank(states: Any) -> BoolArray:
    return np.asarray((states == CellState.BLANK) | (states == CellState.MISSING))
