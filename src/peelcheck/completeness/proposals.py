"""What forces propose to declare, from the columns that a template has beside the figures (RO140, RO141)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

import numpy as np
from msgspec import Struct

from peelcheck.cells.characters import quoted, trimmed
from peelcheck.matching.sheets import Sheet
from peelcheck.model import Findings, ReturnSchema, Status
from peelcheck.model.file_findings import Place, at_places
from peelcheck.model.proposals import FIGURES, PROPOSED, REASON, STATUS, Proposal
from peelcheck.reading.text import key
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import PROPOSAL, PROPOSAL_NOT_UNDERSTOOD
from peelcheck.tables.table import Return
from peelcheck.wording import listed

_LONGEST = 300
"""Characters of a reason that a message quotes."""


class _Said(Struct, frozen=True):
    """What stands beside the figures of one row."""

    status: str
    figures: str
    reason: str


def proposals_in(table: Return, sheets: Sequence[Sheet]) -> tuple[list[Proposal], list[Findings]]:
    """Every proposal beside the rows of a return; one that is not understood is asked about and left out.

    Args:
        table: the rows, with their forces and periods.
        sheets: the tables that they came from.
    """
    found: list[Proposal] = []
    places: list[Place] = []
    wrong: list[Place] = []
    for sheet in sheets:
        for row, said in _beside(sheet):
            at = np.flatnonzero((table.rows == row) & (table.sources == sheet.source))
            if not len(at) or not table.known[at[0]]:
                continue  # what is wrong with the row itself is said already
            force = str(table.forces[at[0]])
            end = table.period_ends[at[0]]
            made = _understood(said, table.schema)
            place = Place(
                force, "", sheet.source, row, period_end=None if np.isnat(end) else end.astype(object)
            )
            if isinstance(made, str):
                wrong.append(_with(place, made))
                continue
            status, items = made
            found += [
                Proposal(
                    force, table.schema.name, item, place.period_end, status, said.reason, sheet.source, row
                )
                for item in items or (None,)
            ]
            places.append(_with(place, _sentence(status, items, said, table.schema)))
    name = table.schema.name
    rules = ((PROPOSAL, places), (PROPOSAL_NOT_UNDERSTOOD, wrong))
    return found, [at_places(built_in()[code], name, None, some) for code, some in rules if some]


def _beside(sheet: Sheet) -> Iterator[tuple[int, _Said]]:
    """The rows of a sheet that have a status, figures or a reason beside them."""
    cells = sheet.table.cells
    if STATUS not in cells.names:
        return
    columns = [
        [trimmed(str(cell)) for cell in cells.column(name)] if name in cells.names else [""] * len(cells)
        for name in (STATUS, FIGURES, REASON)
    ]
    for row, *texts in zip(cells.row_numbers.tolist(), *columns, strict=True):
        if any(texts):
            yield row, _Said(*texts)


def _understood(said: _Said, schema: ReturnSchema) -> tuple[Status, tuple[str, ...]] | str:
    """The status, and the items that it is about (none: all of the row); or what is wrong, in a sentence."""
    known = {key(status.value): status for status in PROPOSED}
    status = known.get(key(said.status))
    words = listed([f"“{one.value.replace('_', ' ')}”" for one in PROPOSED], "or")
    if status is None:
        what = (
            f"is {quoted(said.status)}"
            if said.status
            else "is blank, although the cells beside it are filled in"
        )
        return f"“{STATUS}” {what}; it must be {words}."
    if not said.reason:
        return f"“{STATUS}” is {quoted(said.status)}, but “{REASON}” is blank."
    titles = {key(name): item.name for item in schema.items for name in (item.title, item.name)}
    named = [part for part in map(trimmed, said.figures.replace("\n", ";").split(";")) if part]
    unknown = [part for part in named if key(part) not in titles]
    if unknown:
        near = get_close_matches(key(unknown[0]), titles, n=1)
        hint = f" Is “{schema[titles[near[0]]].title}” meant?" if near else ""
        return f"“{FIGURES}” names {quoted(unknown[0])}, which is no figure of this return.{hint}"
    return status, tuple(dict.fromkeys(titles[key(part)] for part in named))


def _sentence(status: Status, items: Sequence[str], said: _Said, schema: ReturnSchema) -> str:
    what = listed([f"“{schema[item].title}”" for item in items]) if items else "All figures of the row"
    is_ = "are" if len(items) != 1 else "is"
    return f"{what} {is_} proposed to be declared {status.value.replace('_', ' ')}: {quoted(said.reason[:_LONGEST])}."


def _with(place: Place, message: str) -> Place:
    return Place(place.force, message, place.source, place.row, place.value, place.period_end)


def words_by_cell(proposed: Sequence[Proposal]) -> Mapping[tuple[object, int, str | None], str]:
    """What is proposed, by the source, the row and the item; None for all items of the row."""
    return {(one.source, one.row, one.item): one.words for one in proposed}
