"""The first half of the road for one return: sheets → typed, placed, and held against the schema."""

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
    """Type all files of one return, find out whose rows they are and of which period, and hold them against the schema.

    Args:
        schema: the return.
        sheets: its files.
        collection: for the forces and the year.
        past: the files are accepted history, whose years end before the collection's, and which is not held against the
            schema: what it asked of a cell may have been another in that year.
    """
    table, found = type_and_place(schema, sheets, collection, past)
    table, constraints = (table, []) if past else conform(table)
    return table, [*found, *constraints]


def type_and_place(
    schema: ReturnSchema, sheets: Sequence[Sheet], collection: Collection, past: bool = False
) -> tuple[Return, list[Findings]]:
    """The same without the schema's constraints, for which pandera is needed; so another thread may do it."""
    years = range(collection.year - past, collection.year - 6, -1)
    table, cells = normalise(schema, sheets, collection, years, past)
    table, rows = place(table, sheets, collection, years)
    table, twins = without_empty_twins(table)
    return table, [*cells, *rows, *twins]
