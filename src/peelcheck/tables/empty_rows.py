"""Rows without figures. Such a row never replaces a row that has figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow.compute as pc

from peelcheck.arrays import BoolArray, distinct_rows
from peelcheck.cells.parsed import CellState
from peelcheck.model import Findings
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import ROW_WITHOUT_FIGURES
from peelcheck.tables.table import NO_YEAR, Return


def without_figures(table: Return) -> BoolArray:
    """Rows in which every item is blank or marked as missing. A zero in an item that is not required counts as blank."""
    empty = np.ones(len(table), dtype=bool)
    for item in table.schema.items:
        if not empty.any():
            break
        state = table.states[item.name]
        nothing = (state == CellState.BLANK) | (state == CellState.MISSING)
        if (zero := empty & (table.values[item.name] == 0)).any():
            nothing |= zero & table.known & (table.years != NO_YEAR) & ~table.due(item.name)
        if (bad := state == CellState.BAD).any():
            nothing |= bad & (item.name not in table.text or _left_blank(table, item.name))
        empty &= nothing
    return empty


def _left_blank(table: Return, column: str) -> BoolArray:
    """Cells of a column in which the force wrote nothing."""
    return np.asarray(pc.equal(table.text[column], ""), dtype=bool)


def without_empty_twins(table: Return) -> tuple[Return, list[Findings]]:
    """Remove each row without figures whose force has another row, with figures, for the same period.

    Returns:
        The other rows, and one finding (RO119) for each removed row.
    """
    if table.schema.records or not len(table):
        return table, []
    empty = without_figures(table)
    placed = table.known & (table.years != NO_YEAR)
    if not (empty & placed).any():
        return table, []
    which, _ = distinct_rows(table.by_force, table.periods, table.years)
    filled = np.flatnonzero(placed & ~empty)
    first = dict(zip(which[filled][::-1].tolist(), filled[::-1].tolist(), strict=True))
    other = np.array([first.get(row, -1) for row in which.tolist()])
    twins = empty & placed & (other >= 0)
    if not twins.any():
        return table, []

    def say(fact: Mapping[str, Any]) -> str:
        where = _where(table, fact["other"], fact["file"])
        return (
            f"The row contains no figures, but another row for the same dates does: {where}. It was ignored."
        )

    facts = {"other": other, "file": table.sources}
    found = table.findings(
        built_in()[ROW_WITHOUT_FIGURES], "force", twins, say, facts, suspects=(), by_period=False
    )
    return table.only(~twins), [found]


def _where(table: Return, row: int, file: str) -> str:
    """The place of another row in words; its file is named only where it is not this file."""
    return f"row {table.rows[row]}" + f" of {table.sources[row]}" * bool(table.sources[row] != file)
