"""RO111: a force's second row for a period, blank or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from peelcheck.arrays import BoolArray, IntArray, distinct_rows
from peelcheck.cells.parsed import CellState
from peelcheck.model import Findings
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import DUPLICATE_ROWS
from peelcheck.tables.empty_rows import _where
from peelcheck.tables.table import NO_YEAR, Return


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
