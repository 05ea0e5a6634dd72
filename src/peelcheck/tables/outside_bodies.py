"""Rows about a body outside the collection, such as a total or a force that is not inspected."""

from __future__ import annotations

import numpy as np

from peelcheck.arrays import BoolArray, ByDistinct, distinct_rows, mapped
from peelcheck.cells.parsed import CellState
from peelcheck.model import Collection, OutOfScope, ReturnKind
from peelcheck.tables.row_origin import RowOrigin
from peelcheck.tables.table import Return, code_of


def find_outside_bodies(table: Return, collection: Collection, origin: RowOrigin, past: bool) -> ByDistinct:
    """The body outside the collection that each row is about; None for every other row.

    A force's only row for some dates is sometimes named after a total or another body by mistake. Such a row counts as the
    force's own, so None: `place` asks about its name later.

    Args:
        table: the rows, not yet placed.
        collection: for the bodies outside it.
        origin: where the rows came from.
        past: whether the rows are accepted history.
    """
    which, names = _named_bodies(table, collection)
    may_be_own = (
        origin.in_folder if past else origin.in_folder | _called_total(table, (which, names), collection)
    )
    misnamed = may_be_own & _only_rows(table, is_outside((which, names)))
    if misnamed.any():
        which, names = np.where(misnamed, len(names), which), [*names, None]
    return which, names


def is_outside(bodies: ByDistinct) -> BoolArray:
    """Which rows are about a body outside the collection."""
    return mapped(bodies, lambda name: name is not None, dtype=bool)


def _named_bodies(table: Return, collection: Collection) -> ByDistinct:
    """The body outside the collection that each row names; None for every other row.

    Published tables give some bodies by their code alone, so in a table that is not a force's return the code counts too.
    """
    outside = {body.name for body in collection.out_of_scope}
    by_code = {code: name for code, name in collection.by_code.items() if name in outside}
    which, names = table.by_force
    named = [name if name in outside else None for name in names]
    if table.schema.kind is ReturnKind.RETURN:
        return which, named
    rows, pairs = distinct_rows((which, named), table.codes)
    return rows, [name or by_code.get(code_of(code) or "") for name, code in pairs]


def _called_total(table: Return, bodies: ByDistinct, collection: Collection) -> BoolArray:
    """Rows of a force's return that are called a total and do not give the code of a body outside the collection."""
    if table.schema.kind is not ReturnKind.RETURN:
        return np.zeros(len(table), dtype=bool)
    outside_codes = collection.by_code.keys() - collection.force_codes
    totals = [body.name for body in collection.out_of_scope if "total" in _spellings_of(body)]
    called: BoolArray = mapped(bodies, lambda name: name in totals, dtype=bool)
    coded: BoolArray = mapped(table.codes, lambda code: code_of(code) in outside_codes, dtype=bool)
    return called & ~coded


def _spellings_of(body: OutOfScope) -> list[str]:
    return [name.casefold() for name in (body.name, *body.spellings)]


def _only_rows(table: Return, outside: BoolArray) -> BoolArray:
    """Rows about a body outside the collection whose file has no other row for the same dates.

    In a force's file, such a row is the force's own under a wrong name. A total has rows above it.
    """
    if not outside.any():
        return outside
    dates = [] if table.schema.records else [table.values["period_start"], table.values["period_end"]]
    which, _ = distinct_rows(table.sources, *dates)
    dated = np.logical_and.reduce([np.ones(len(table), dtype=bool), *(~np.isnat(day) for day in dates)])
    # a row with an unknown name, such as a district's, is not the force's own row
    others = ~outside & (table.states["force"] != CellState.BAD)
    return np.asarray(outside & dated & ~np.isin(which, which[others]))
