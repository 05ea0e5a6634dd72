"""The first half of the work on one return: its files become one table that is typed, placed and validated."""

from __future__ import annotations

from collections.abc import Sequence

from peelcheck.matching.sheets import Sheet
from peelcheck.model import Collection, Findings, ReturnSchema
from peelcheck.tables.constraints import conform
from peelcheck.tables.empty_rows import without_empty_twins
from peelcheck.tables.normalise import normalise
from peelcheck.tables.row_force import place
from peelcheck.tables.table import Return


def prepare(
    schema: ReturnSchema, sheets: Sequence[Sheet], collection: Collection, past: bool = False
) -> tuple[Return, list[Findings]]:
    """Type all files of one return, find each row's force and period, and validate the table against the schema.

    Args:
        schema: the return.
        sheets: its files.
        collection: for the forces and the year.
        past: whether the files are accepted history. Its years end before the collection's year. It is not validated,
            because the schema may have been different in its years.

    Returns:
        The table, with every cell that failed marked as bad; and the findings.
    """
    table, found = type_and_place(schema, sheets, collection, past)
    table, constraints = (table, []) if past else conform(table)
    return table, [*found, *constraints]


def type_and_place(
    schema: ReturnSchema, sheets: Sequence[Sheet], collection: Collection, past: bool = False
) -> tuple[Return, list[Findings]]:
    """The same without validation. This part does not need pandera, so another thread can do it while pandera is imported."""
    years = range(collection.year - past, collection.year - 6, -1)
    table, cells = normalise(schema, sheets, collection, years, past)
    table, rows = place(table, sheets, collection, years)
    table, twins = without_empty_twins(table)
    return table, [*cells, *rows, *twins]
