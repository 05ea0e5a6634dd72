"""Findings about rows that are not records: one for each row, in place of findings about its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, ObjectArray, mapped
from peelcheck.cells.characters import quoted, trimmed
from peelcheck.model import Collection, Findings
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import BODY_OUT_OF_SCOPE, ROW_WITHOUT_FIGURES, ROW_WITHOUT_FORCE_OR_DATES
from peelcheck.tables.row_origin import RowOrigin
from peelcheck.tables.row_status import RowStatus
from peelcheck.tables.table import Return
from peelcheck.wording import listed

_UNITS = 6
"""The most units of a row that are quoted."""


def row_status_findings(
    table: Return, status: RowStatus, collection: Collection, origin: RowOrigin
) -> Iterator[Findings]:
    """RO119 for remarks, RO121 for unidentified rows, and RO107 for bodies outside the collection.

    Each finding is addressed to the row's force in `table`. A finding about a body outside the collection is addressed to
    nobody, unless the row came in a force's folder.
    """
    facts = {"nameless": status.nameless, "dateless": status.dateless}
    no_force = f"names no {collection.nouns.one} and "
    if status.remark.any():
        say = partial(_say_remark, no_force)
        units = {"units": _units(table, status.remark & status.units)}
        yield table.findings(
            built_in()[ROW_WITHOUT_FIGURES], "force", status.remark, say, facts | units, suspects=()
        )
    if status.unidentified.any():
        instead = {"instead": _in_place_of_dates(table, status.unidentified)}
        yield table.findings(
            built_in()[ROW_WITHOUT_FORCE_OR_DATES],
            "force",
            status.unidentified,
            partial(_say_unidentified, no_force),
            facts | instead,
            suspects=(),
        )
    if status.outside.any():
        reasons = {body.name: body.reason for body in collection.out_of_scope}
        facts = {
            "body": mapped(status.bodies, lambda name: name),
            "reason": mapped(status.bodies, lambda name: reasons.get(name, "")),
        }
        which, names = table.by_force
        addressed = replace(table, by_force=(np.where(origin.in_folder, which, len(names)), [*names, ""]))
        yield addressed.findings(
            built_in()[BODY_OUT_OF_SCOPE], "force", status.outside, _say_body, facts, suspects=()
        )


def _in_place_of_dates(table: Return, rows: BoolArray) -> ObjectArray:
    """The texts in the date cells of these rows, as a list; None for a row where one of these cells is blank."""
    out: ObjectArray = np.full(len(table), None, dtype=object)
    at = np.flatnonzero(rows)
    columns = [table.written(f.name, at) for f in table.schema.fields if f.type == "date"]
    for row, *cells in zip(at.tolist(), *columns, strict=True):
        if all(trimmed(cell or "") for cell in cells):
            out[row] = [quoted(cell) for cell in dict.fromkeys(cells)]
    return out


def _units(table: Return, rows: BoolArray) -> ObjectArray:
    """The distinct texts in the cells of these rows, as a list; None for any other row."""
    out: ObjectArray = np.full(len(table), None, dtype=object)
    for row in np.flatnonzero(rows).tolist():
        cells = dict.fromkeys(trimmed(table.written(name, np.array([row]))[0] or "") for name in table.text)
        words = [quoted(cell) for cell in cells if cell]
        more = len(words) - _UNITS
        out[row] = [*words[:_UNITS], f"{more} more"] if more > 0 else words
    return out


def _say_remark(no_force: str, fact: Mapping[str, Any]) -> str:
    if fact["units"]:
        return f"The row below the headings says what the columns hold ({listed(fact['units'])}). It was ignored."
    names = no_force if fact["nameless"] else ""
    holds = "neither dates nor figures" if fact["dateless"] else "no figures"
    return f"The row {names}has {holds}. It was ignored."


def _say_unidentified(no_force: str, fact: Mapping[str, Any]) -> str:
    names = no_force if fact["nameless"] else ""
    instead = f", but {listed(fact['instead'])}" if fact["instead"] else ""
    return f"The row {names}gives no dates{instead}. Nothing in it was used."


def _say_body(fact: Mapping[str, Any]) -> str:
    return f"The row for {fact['body']} was ignored: {fact['reason']}."
