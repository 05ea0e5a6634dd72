"""Which rows of a table have certain values: the conditions of a check."""

from __future__ import annotations

from typing import Any

import numpy as np

from peelcheck.arrays import BoolArray, mapped
from peelcheck.cells.parsed import CellState
from peelcheck.tables.table import Return

Where = tuple[tuple[str, tuple[Any, ...]], ...]
"""Columns, each with the values that it may have: texts, numbers, dates, or True and False."""


def matching(table: Return, where: Where) -> tuple[BoolArray, BoolArray]:
    """The rows that meet every condition, and those of which it is not known, as a cell is blank or could not be used.

    Text is compared without regard to case and outer spaces, and the force by its proper name. A row that fails one condition
    does not match, whatever its other cells are.
    """
    matches, unknown = np.ones(len(table), dtype=bool), np.zeros(len(table), dtype=bool)
    fails = np.zeros(len(table), dtype=bool)
    for column, values in where:
        there, equal = _one(table, column, values)
        matches &= there & equal
        fails |= there & ~equal
        unknown |= ~there
    return matches, unknown & ~fails


def _one(table: Return, column: str, values: tuple[Any, ...]) -> tuple[BoolArray, BoolArray]:
    """The rows in which a column has a value, and those in which it is one of these."""
    field = table.schema[column]
    if field.type in ("string", "force"):
        wanted = {value.strip().casefold() for value in values}
        cells = table.by_force if column == "force" else table.by_distinct(column)
        equal = mapped(cells, lambda text: (text or "").strip().casefold() in wanted, dtype=bool)
        return table.known if column == "force" else _is_ok(table, column), equal
    if field.type == "date":
        days = np.asarray(table.values[column], dtype="datetime64[D]")
        return _is_ok(table, column), np.isin(days, [np.datetime64(day, "D") for day in values])
    return _is_ok(table, column), np.isin(np.asarray(table.values[column], dtype=np.float64), values)


def _is_ok(table: Return, column: str) -> BoolArray:
    return np.asarray(table.states[column] == CellState.OK)
