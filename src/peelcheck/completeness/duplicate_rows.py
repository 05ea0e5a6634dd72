"""Duplicate rows: a force's second row for a period, blank or not, and a row that is equal to another force's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, FloatArray, IntArray, ObjectArray, distinct_rows
from peelcheck.cells.parsed import CellState
from peelcheck.model import Findings, ReturnKind
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import DUPLICATE_ROWS, ROW_OF_ANOTHER_FORCE
from peelcheck.tables.empty_rows import _where
from peelcheck.tables.table import NO_YEAR, Return

_DIGITS = 5
"""Figures with at least this many digits in total are not equal by chance."""

Common = Mapping[tuple[str, str], Sequence[tuple[int, int]]]
"""For two forces the positions of their rows that are equal: the first force's, and the second's."""


class _Rows(Struct, frozen=True):
    """The required figures of a return: one row for each item, one column for each row of the table; NaN for none."""

    table: Return
    figures: FloatArray

    @classmethod
    def of(cls, table: Return) -> _Rows:
        owed = [np.where(table.due(f.name), table.values[f.name], np.nan) for f in table.schema.items]
        return cls(table, np.array(owed))

    def of_force(self, force: str) -> set[int]:
        """The force's rows that have a figure above 0."""
        above = (self.figures > 0).any(axis=0)
        return set(np.flatnonzero((self.table.forces == force) & above).tolist())

    def too_many(self, rows: Sequence[int]) -> bool:
        """Whether the figures of some rows have too many digits between them to be equal by chance, and are not one alone."""
        above = self.figures[:, list(rows)]
        above = above[above > 0]
        return len(above) > 1 and float(np.sum(np.floor(np.log10(np.maximum(above, 1))) + 1)) >= _DIGITS


def repeated_rows(table: Return) -> list[Findings]:
    """RO111: rows after the first of a force and period."""
    known = np.flatnonzero(table.known & (table.years != NO_YEAR))
    whose, names = table.by_force
    which, _ = distinct_rows((whose[known], names), table.periods[known], table.years[known])
    _, first, place = np.unique(which, return_index=True, return_inverse=True)
    if len(first) == len(known):
        return []
    earlier = np.arange(len(table))
    earlier[known] = known[first][place]
    repeated = earlier < np.arange(len(table))
    same = _same_figures(table, earlier)

    def say(fact: Mapping[str, Any]) -> str:
        where = _where(table, fact["earlier"], fact["file"])
        where += " (the two are identical)" * bool(fact["same"])
        return f"{fact['force']} has another row for the same period: {where}."

    facts = {"earlier": earlier, "same": same, "file": table.sources}
    return [
        table.findings(
            built_in()[DUPLICATE_ROWS], "period_end", repeated, say, facts, suspects=(), by_period=False
        )
    ]


def _same_figures(table: Return, others: IntArray) -> BoolArray:
    """Rows with the same figures as the row at another place, and nothing that could not be read."""
    same = np.ones(len(table), dtype=bool)
    for item in table.schema.items:
        states, values = table.states[item.name], table.values[item.name]
        same &= (states == states[others]) & (states != CellState.BAD)
        same &= (values == values[others]) | (states != CellState.OK)
    return same


def equal_rows(table: Return, past: Return | None) -> list[Findings]:
    """RO113: a row whose figures are all equal to another force's, or all rows of a file; one query for each force.

    Where the accepted figures say that the earlier ones are the other force's own, that one is not asked.
    """
    if table.schema.kind is not ReturnKind.RETURN:
        return []
    rows = _Rows.of(table)
    twins: ObjectArray = np.full(len(table), None, dtype=object)
    for (force, other), common in sorted(_common(rows).items(), reverse=True):
        for own, _ in _not_by_chance(rows, force, other, common):
            if not _proved(rows, past, common, force, other):
                twins[own] = other
    equal = twins != None  # noqa: E711 (elementwise)
    if not equal.any():
        return []

    def say(fact: Mapping[str, Any]) -> str:
        return f"Every figure in this row is the same as in the row for {fact['other']}."

    suspects = tuple(f"{table.schema.name}.{f.name}" for f in table.schema.items)
    facts = {"other": twins}
    found = table.findings(built_in()[ROW_OF_ANOTHER_FORCE], None, equal, say, facts, suspects=suspects)
    return [_one_a_force(replace(found, related_forces=found.facts["other"]))]


def _common(rows: _Rows) -> Common:
    """The equal rows of each pair of forces that have some."""
    table = rows.table
    alike: dict[Any, dict[str, int]] = {}
    some = (rows.figures > 0).any(axis=0) & (table.forces != "")
    for row in np.flatnonzero(some).tolist():
        key = (table.years[row], table.periods[row], rows.figures[:, row].tobytes())
        alike.setdefault(key, {}).setdefault(table.forces[row], row)
    common: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for by_force in alike.values():
        for one, other in permutations(by_force, 2):
            common.setdefault((one, other), []).append((by_force[one], by_force[other]))
    return common


def _not_by_chance(
    rows: _Rows, force: str, other: str, common: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Those of the equal rows that are not so by chance: all together if there are no others, else each for itself."""
    own, others = ({pair[side] for pair in common} for side in (0, 1))
    everything = own == rows.of_force(force) and others == rows.of_force(other)
    together = everything and rows.too_many(sorted(own))
    yield from (pair for pair in common if together or rows.too_many([pair[0]]))


def _proved(
    rows: _Rows, past: Return | None, common: Sequence[tuple[int, int]], force: str, other: str
) -> bool:
    """Whether the figures are the force's own: its accepted ones are the same, and the other force's are not."""
    if past is None:
        return False
    known = [
        (_as_accepted(rows, own, past, force), _as_accepted(rows, others, past, other))
        for own, others in common
    ]
    return any(mine is True and theirs is False for mine, theirs in known)


def _as_accepted(rows: _Rows, row: int, past: Return, force: str) -> bool | None:
    """Whether a row's figures are those accepted for the force; None where none of them are known."""
    table = rows.table
    there = np.flatnonzero(
        (past.forces == force) & (past.years == table.years[row]) & (past.periods == table.periods[row])
    )
    if not len(there):
        return None
    accepted = np.array([past.values[f.name][there[0]] for f in table.schema.items])
    here = rows.figures[:, row]
    both = ~np.isnan(accepted) & ~np.isnan(here)
    return bool((accepted[both] == here[both]).all()) if both.any() else None


def _one_a_force(found: Findings) -> Findings:
    """The findings as one query for each force, about its latest period."""
    ends = found.period_ends.copy()
    for force in set(found.forces):
        own = found.forces == force
        ends[own] = ends[own].max()
    return replace(found, period_ends=ends)
