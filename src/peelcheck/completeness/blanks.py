"""Whether one return is complete: its rows, its required figures, and a declaration for each blank."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from peelcheck.arrays import BoolArray, ObjectArray, distinct_rows
from peelcheck.cells.characters import blank_or_quoted, trimmed
from peelcheck.cells.missing import DASHES
from peelcheck.cells.parsed import CellState
from peelcheck.completeness.duplicate_rows import repeated_rows
from peelcheck.completeness.equal_rows import equal_rows
from peelcheck.completeness.periods import due, rows_owed, rule_about
from peelcheck.model import (
    Collection,
    Declaration,
    Findings,
    Status,
)
from peelcheck.rounds.declarations import Declarations
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import FIGURE_DESPITE_DECLARATION, UNEXPLAINED_BLANK
from peelcheck.tables.empty_rows import without_figures
from peelcheck.tables.table import Return


def check_rows(
    table: Return,
    collection: Collection,
    declarations: Declarations,
    unread: Mapping[str | None, int],
    past: Return | None = None,
    parts: Container[str] = (),
    proposed: Mapping[tuple[object, int, str | None], str] | None = None,
) -> list[Findings]:
    """All findings about what is missing or unexpected in one return of figures: rows, periods, blanks and declarations.

    Args:
        table: the return.
        collection: for the forces that owe it.
        declarations: what forces said about its figures.
        unread: how many rows came and were not used, by the force whose folder they came in.
        past: its accepted figures.
        parts: items that may be blank where they are declared incomplete, as a total leaves them out.
        proposed: what forces propose to declare, by source, row and item, None for all items of a row; a query quotes it.
    """
    if table.schema.records or not len(table):
        return []
    found = [
        *rows_owed(table, collection, declarations, unread),
        *repeated_rows(table),
        *equal_rows(table, past, len(collection.forces)),
    ]
    about = {item.name: _declared(table, item.name, declarations) for item in table.schema.items}
    declared = {item: said for item, said in about.items() if said is not None}
    return [
        *found,
        *_in_spite_of(table, declared),
        *_undeclared_blanks(table, declared, parts, proposed or {}),
    ]


def _declared(table: Return, item: str, declarations: Declarations) -> ObjectArray | None:
    """What was declared about an item for each row in which it is due, None for nothing; None if nobody declared anything."""
    about = declarations.about(table.schema.name, item)
    if not about:
        return None
    out: ObjectArray = np.full(len(table), None, dtype=object)
    for row in np.flatnonzero(table.due(item)):
        if (force := table.forces[row]) in about:
            out[row] = declarations.of_item(force, table.schema.name, item, int(table.years[row]))
    return out


def _in_spite_of(table: Return, declared: Mapping[str, ObjectArray]) -> Iterator[Findings]:
    """RO114: figures that the force was not to give; those of a row of a return that it does not supply are one mistake.

    `declared` has only the items of which something was declared, here as below.
    """
    if not declared:
        return
    rule = built_in()[FIGURE_DESPITE_DECLARATION]
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
        facts = {"said": said, "due": due(table)}
        yield table.findings(rule, None, rows, _say_row_there, facts, suspects=())
    for item, here in there.items():
        alone = here & ~(rows & of_return[item])
        if alone.any():
            say = partial(_say_there, table.schema[item].title)
            yield table.findings(rule, item, alone, say, {"said": declared[item]})


def _of_return(declared: Declaration, _: str) -> bool:
    """Whether the declarations cover all items of a return."""
    return declared.item is None


def _say_row_there(fact: Mapping[str, Any]) -> str:
    said: Declaration = fact["said"]
    what = (
        f"to be included in the figures of {said.force}" if said.status is Status.COMBINED else "not supplied"
    )
    return f"The row {fact['due']} contains figures, but the return was declared {what} ({said.reason})."


def _where(declared: ObjectArray, table: Return, holds: Callable[[Declaration, str], bool]) -> BoolArray:
    """The rows to which a declaration of the row's force applies."""
    out = np.zeros(len(table), dtype=bool)
    for row in np.flatnonzero(declared != None):  # noqa: E711 (elementwise)
        out[row] = holds(declared[row], table.forces[row])
    return out


def _withholds(declared: Declaration, force: str) -> bool:
    """Whether this declaration says that the force gives no figure: it has none, or another force gives it."""
    return declared.status is Status.NOT_SUPPLIED or (
        declared.status is Status.COMBINED and not declared.speaks_of_figure(force)
    )


def _say_there(title: str, fact: Mapping[str, Any]) -> str:
    said: Declaration = fact["said"]
    if said.status is Status.COMBINED:
        return (
            f"“{title}” is “{fact['written']}”, but it was declared to be included in the figure of {said.force} "
            f"({said.reason})."
        )
    return f"“{title}” is “{fact['written']}”, but it was declared not supplied ({said.reason})."


def _undeclared_blanks(
    table: Return,
    declared: Mapping[str, ObjectArray],
    parts: Container[str],
    proposed: Mapping[tuple[object, int, str | None], str],
) -> Iterator[Findings]:
    """RO115: blanks with no explanation, one by one; rows without any figure are one finding."""
    rule = rule_about(UNEXPLAINED_BLANK, table.schema)
    owed = [f for f in table.schema.items if not f.optional]
    blanks = {f.name: _unaccounted(table, f.name, declared.get(f.name), f.name in parts) for f in owed}
    for item, blank in blanks.items():
        if blank.any():
            blank &= ~_given_elsewhere(table, item)
    empty = without_figures(table) & (np.sum([*blanks.values()], axis=0) > 1)
    empty &= np.logical_and.reduce([said == None for said in declared.values()])  # noqa: E711 (elementwise)
    if empty.any():
        yield table.findings(
            rule,
            None,
            empty,
            _say_empty,
            {"due": due(table), "proposed": _proposed(table, proposed, None)},
            suspects=(),
            by_period=False,
        )
    for item, blank in blanks.items():
        alone = blank & ~empty
        if alone.any():
            say = partial(_say_blank, table.schema[item].title)
            said = declared.get(item, np.full(len(table), None, dtype=object))
            facts = {"said": said, "proposed": _proposed(table, proposed, item)}
            yield table.findings(rule, item, alone, say, facts)


def _proposed(
    table: Return, proposed: Mapping[tuple[object, int, str | None], str], item: str | None
) -> ObjectArray:
    """What is proposed for an item in each row, else for the whole row; "" for nothing."""
    out: ObjectArray = np.full(len(table), "", dtype=object)
    for (source, row, of), words in proposed.items() if proposed else ():
        if of in (None, item):
            out[(table.rows == row) & (table.sources == source)] = words
    return out


def _and_proposed(fact: Mapping[str, Any]) -> str:
    return f" Beside it is written “{fact['proposed']}”." if fact["proposed"] else ""


def _unaccounted(table: Return, item: str, declared: ObjectArray | None, part: bool) -> BoolArray:
    """The rows in which an item is due, blank, and not excused: by a declaration that there is no figure.

    A `part` without which a total is declared incomplete may be blank too.
    """
    blank = table.due(item) & table.known & _blank(table.states[item])
    if declared is None or not blank.any():
        return np.asarray(blank)

    def excuses(said: Declaration, force: str) -> bool:
        return not said.speaks_of_figure(force) or (part and said.status is Status.INCOMPLETE)

    return np.asarray(blank & ~_where(declared, table, excuses))


def _given_elsewhere(table: Return, item: str) -> BoolArray:
    """Rows whose force has another row for the same period with the figure; the duplicate row is queried already."""
    which, keys = distinct_rows(table.periods, table.by_force, table.years)
    given = np.bincount(which[table.states[item] == CellState.OK], minlength=len(keys)) > 0
    return np.asarray(given[which])


def _say_empty(fact: Mapping[str, Any]) -> str:
    return f"The row {fact['due']} contains no figures, and no declaration explains why.{_and_proposed(fact)}"


def _say_blank(title: str, fact: Mapping[str, Any]) -> str:
    written = blank_or_quoted(fact["written"])
    said: Declaration | None = fact["said"]
    about = (
        f"but its declaration says that there is a figure ({said.words})"
        if said
        else "and no declaration explains why"
    )
    may_be_zero = trimmed(fact["written"] or "").casefold() in (*DASHES, "none")
    meant = " If zero is meant, please write 0." if may_be_zero else ""
    return f"“{title}” is {written}, {about}.{meant}{_and_proposed(fact)}"


def _blank(states: Any) -> BoolArray:
    return np.asarray((states == CellState.BLANK) | (states == CellState.MISSING))
