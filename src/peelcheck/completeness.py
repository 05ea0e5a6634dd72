"""What should be there and is not, is there twice, or is there in spite of a declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

import numpy as np

from peelcheck.cells.parsed import CellState
from peelcheck.declarations import Declarations
from peelcheck.findings import Place, at_places
from peelcheck.model import Collection, Findings, Period, ReadFile, ReturnKind, ReturnSchema, Status
from peelcheck.recognise import Sheet, return_named
from peelcheck.rules import built_in
from peelcheck.table import NO_YEAR, BoolArray, ObjectArray, Return, objects

_DIGITS = 5


def returns_expected(collection: Collection) -> list[tuple[str, str]]:
    """(force, return) for every return that each force owes."""
    owed = [s for s in collection.returns.values() if s.kind is ReturnKind.RETURN and not s.optional]
    return [(force.name, schema.name) for force in collection.forces for schema in owed]


def missing_returns(
    collection: Collection,
    files: Sequence[ReadFile],
    placed: Mapping[str, Return],
    declarations: Declarations,
) -> list[tuple[str, str]]:
    """(force, return) for every return that is owed and of which neither a file came, nor a row, nor word that it will not.

    A file that could not be read or recognised came all the same, if it bears the return's name: it was asked about.
    """
    came = _came(collection, files, placed)
    return [
        (force, name)
        for force, name in returns_expected(collection)
        if (force, name) not in came and not _withheld(declarations, force, collection.returns[name])
    ]


def returns_received(collection: Collection, files: Sequence[ReadFile], placed: Mapping[str, Return]) -> int:
    """How many of the returns that are owed came, be it as a file that could not be read."""
    return len(_came(collection, files, placed).intersection(returns_expected(collection)))


def _came(
    collection: Collection, files: Sequence[ReadFile], placed: Mapping[str, Return]
) -> set[tuple[str | None, str]]:
    came = {(file.force, _return_of(file, collection)) for file in files}
    return {(force, name) for force, name in came if name} | {
        (force, name) for name, table in placed.items() for force in set(table.forces)
    }


def _return_of(file: ReadFile, collection: Collection) -> str | None:
    """The return that a file is, or that it is named after."""
    return file.return_name or return_named(PurePath(file.path).name, collection.returns)


def _withheld(declarations: Declarations, force: str, schema: ReturnSchema) -> bool:
    """Whether a force declared of every item, in every year, that it does not supply it, or that another force does."""
    owed = [(item.name, year) for item in schema.items for year in item.years if not item.optional]
    said = [declarations.of_item(force, schema.name, *due) for due in owed]
    return bool(said) and all(
        d is not None and d.status in (Status.NOT_SUPPLIED, Status.COMBINED) for d in said
    )


def missing_findings(collection: Collection, missing: Sequence[tuple[str, str]]) -> Iterator[Findings]:
    """RO101 for every missing return."""
    for force, name in missing:
        title = collection.returns[name].title
        message = f"The return “{title}” ({name}.csv) has not come from {force}."
        yield at_places(built_in()["RO101"], name, None, [Place(force, message)])


def missing_tables(collection: Collection, files: Sequence[ReadFile]) -> Iterator[Findings]:
    """RO118 for every table of others that is not in the round: what is held against it would go unasked."""
    came = {_return_of(file, collection) for file in files}
    for name, schema in collection.returns.items():
        if schema.kind is not ReturnKind.RETURN and not schema.optional and name not in came:
            table = f"“{schema.title}” ({name}.csv; {schema.owed_by})"
            message = f"The table {table} is not in the round, so nothing was held against it."
            yield at_places(built_in()["RO118"], name, None, [Place(None, message)])


def sent_twice(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Findings]]:
    """Keep one file of a force's return, the one that bears its name or else the first; RO102 for the others.

    Files that belong to no force's folder are told apart by their rows, not here.
    """
    first: dict[tuple[str, str], Sheet] = {}
    kept: list[Sheet] = []
    found: list[Findings] = []
    for sheet in sorted(sheets, key=lambda sheet: sheet.received.stem != sheet.match.name):
        force, schema = sheet.received.force, sheet.match.schema
        if force is None or schema is None or schema.records:
            kept.append(sheet)
            continue
        earlier = first.setdefault((force, schema.name), sheet)
        if earlier is sheet:
            kept.append(sheet)
            continue
        same = earlier.table.sha256 == sheet.table.sha256
        message = (
            f"{sheet.received.name} holds the return “{schema.title}”, which {earlier.received.name} holds too"
            f"{' (the two files are the same)' if same else ' (the two differ; the other one was used)'}."
        )
        place = Place(force, message, sheet.received.name)
        found.append(at_places(built_in()["RO102"], schema.name, None, [place]))
    return kept, found


def check_rows(table: Return, collection: Collection, declarations: Declarations) -> list[Findings]:
    """Everything about presence in one wide return of this round: rows, periods, blanks and declarations."""
    if table.schema.records or not len(table):
        return []
    found = [*_missing_periods(table, collection, declarations), *repeated_rows(table)]
    found += _equal_rows(table)
    for item in table.schema.items:
        found += _misplaced(table, item.name)
        found += _against_declarations(table, item.name, declarations)
    return found


def _missing_periods(table: Return, collection: Collection, declarations: Declarations) -> Iterator[Findings]:
    """RO110: a force that sent the return, but no row for a period that it owes."""
    schema = table.schema
    here = set(table.forces) - {""}
    unplaced = _with_unplaced_rows(table)
    expected = [f.name for f in collection.forces if schema.kind is not ReturnKind.RETURN or f.name in here]
    for index, period in enumerate(table.asked):
        for year in _years_owed(schema, period):
            rows = (table.periods == index) & (table.years == year)
            for force in sorted(set(expected) - set(table.forces[rows]) - unplaced):
                items = [f.name for f in schema.items if f.period == period and year in f.years]
                if all(_is_out(declarations, force, schema.name, item, year) for item in items):
                    continue
                file = next(iter(table.files[table.forces == force]), table.files[0])
                due = ("" if period.kind == "as_at" else "for ") + period.describe(year)
                message = f"“{schema.title}” has no row {due} ({force})."
                place = Place(force, message, str(file), period_end=period.dates(year)[1])
                yield at_places(built_in()["RO110"], schema.name, None, [place])


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


def repeated_rows(table: Return) -> list[Findings]:
    """RO111: rows after the first of a force and period."""
    keys = list(zip(table.forces, table.periods, table.years, strict=True))
    first: dict[Any, int] = {}
    repeated = np.zeros(len(table), dtype=bool)
    where: ObjectArray = np.full(len(table), "", dtype=object)
    for position, key in enumerate(keys):
        if key[0] and key[2] != NO_YEAR:
            earlier = first.setdefault(key, position)
            repeated[position] = earlier != position
            elsewhere = table.files[earlier] != table.files[position]
            where[position] = f"row {table.rows[earlier]}" + f" of {table.files[earlier]}" * elsewhere
    if not repeated.any():
        return []

    def say(fact: Mapping[str, Any]) -> str:
        return f"{fact['force']} has another row for the same period: {fact['where']}."

    return [table.findings(built_in()["RO111"], "period_end", repeated, say, {"where": where}, suspects=())]


def _equal_rows(table: Return) -> list[Findings]:
    """RO113: all figures equal to another force's, with at least five digits between them."""
    if table.schema.kind is not ReturnKind.RETURN:
        return []
    twins: ObjectArray = np.full(len(table), None, dtype=object)
    seen: dict[Any, list[int]] = {}
    figures = np.array(
        [np.where(table.due(f.name), table.values[f.name], np.nan) for f in table.schema.items]
    )
    digits = np.nansum(np.where(figures > 0, np.floor(np.log10(np.maximum(figures, 1))) + 1, 0), axis=0)
    given = np.count_nonzero(figures > 0, axis=0)
    for position in np.flatnonzero((digits >= _DIGITS) & (given >= 2) & (table.forces != "")).tolist():
        key = (table.years[position], table.periods[position], figures[:, position].tobytes())
        seen.setdefault(key, []).append(position)
    for positions in seen.values():
        forces = sorted({table.forces[position] for position in positions})
        for position in positions if len(forces) > 1 else ():
            twins[position] = next(force for force in forces if force != table.forces[position])
    equal = twins != None  # noqa: E711 (elementwise)
    if not equal.any():
        return []

    def say(fact: Mapping[str, Any]) -> str:
        return f"Every figure in this row is the same as in the row of {fact['other']}."

    facts = {"other": twins, "related_force": twins}
    suspects = tuple(f"{table.schema.name}.{f.name}" for f in table.schema.items)
    return [table.findings(built_in()["RO113"], None, equal, say, facts, suspects=suspects)]


def _misplaced(table: Return, item: str) -> list[Findings]:
    """RO112: a figure in a row of this round that its item is not asked for in."""
    field = table.schema[item]
    given = (table.states[item] == CellState.OK) & (table.values[item] != 0)
    placed = (table.years != NO_YEAR) & (table.forces != "")
    other = (
        given & placed & (table.periods != table.asked.index(field.period))
        if field.period
        else ~placed & placed
    )
    if not other.any():
        return []

    def say(fact: Mapping[str, Any]) -> str:
        return f"“{field.title}” stands in a row for another period; it belongs in the row for {words}."

    words = f"{field.period.words} of the same year" if field.period else "its own period"
    return [table.findings(built_in()["RO112"], item, other, say)]


def _against_declarations(table: Return, item: str, declarations: Declarations) -> Iterator[Findings]:
    """RO114 for a figure that was declared not supplied, RO115 for a blank that was not declared."""
    field = table.schema[item]
    due = table.due(item) & (table.forces != "")
    about = declarations.about(table.schema.name, item)
    declared = objects(
        declarations.of_item(force, table.schema.name, item, int(year)) if asked and about else None
        for force, year, asked in zip(table.forces, table.years, due, strict=True)
    )
    undeclared = declared == None  # noqa: E711 (elementwise)
    not_supplied = objects(d is not None and d.status is Status.NOT_SUPPLIED for d in declared).astype(bool)
    states = table.states[item]
    there = due & not_supplied & (states == CellState.OK)
    if there.any():
        reasons = objects(d.reason if d else "" for d in declared)

        def say_there(fact: Mapping[str, Any]) -> str:
            return f"“{field.title}” is “{fact['written']}”, although it was declared not supplied ({fact['reason']})."

        yield table.findings(built_in()["RO114"], item, there, say_there, {"reason": reasons})
    blank = due & undeclared & _blank(states)
    if blank.any() and not field.optional:

        def say_blank(fact: Mapping[str, Any]) -> str:
            written = f"“{fact['written']}”" if (fact["written"] or "").strip() else "blank"
            return f"“{field.title}” is {written}, and nothing was declared about it."

        yield table.findings(built_in()["RO115"], item, blank, say_blank)


def _blank(states: Any) -> BoolArray:
    return np.asarray((states == CellState.BLANK) | (states == CellState.MISSING))
