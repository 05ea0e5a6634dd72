"""Numbers that were split at their own comma: `33,903` without quotation marks is two cells, and all after it moved."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from peelcheck.matching.observations import SplitNumbers
from peelcheck.matching.returns import Match
from peelcheck.reading.observations import Observation
from peelcheck.reading.observations.rows import PaddedRows
from peelcheck.reading.table import TextTable

_BEFORE = re.compile(r"[-(]?[£$€]?[1-9][0-9]{0,2}")
_AFTER = re.compile(r"[0-9]{3}(?:\.[0-9]+)?\)?%?")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?\)?%?")


def split_numbers(table: TextTable, fit: Match, told: Collection[int] = ()) -> SplitNumbers | None:
    """FI021 for rows in which a number was split, so that its last digits or a later figure are under the text.

    A row that is longer than the headings has moved if a number is under the text and a number was split, or if other rows
    are not longer, or if the second part of a split number begins with 0. A row that is not longer has moved if the number
    under the text is the end of a split one. As soon as one row of a file has moved, any other row with a split number has
    moved too if it is longer or has a number under the text.

    Args:
        table: the file's cells.
        fit: the return that it is.
        told: rows that are known to have moved.
    """
    figures, text = _figures_before_text(table, fit)
    if not figures:
        return None
    behind = [str(cell).strip() for cell in table.cells.column(text)]
    numbers = [_NUMBER.fullmatch(cell) is not None for cell in behind]
    longer = set(table.padded)
    if not (longer or any(numbers)):
        return None
    columns = [table.cells.column(name) for name in figures]
    all_longer = len(longer) == len(table.cells)
    sure, likely = dict[int, str](), dict[int, str]()
    for n, row in enumerate(table.cells.rows):
        if row in told or not (numbers[n] or row in longer):
            continue
        cells = [*(str(column[n]).strip() for column in columns), behind[n]]
        split = _split(cells)
        has_moved = bool(_split(cells[-2:])) if numbers[n] else False
        if row in longer:
            has_moved |= ",0" in split or (numbers[n] and (split != "" or not all_longer))
        if has_moved:
            sure[row] = split
        elif split:
            likely[row] = split
    if not sure:
        return None
    moved = sure | likely
    rows = tuple(sorted(moved))
    example = next((moved[row] for row in rows if moved[row]), "")
    title = next(name for name, heading in fit.columns.items() if heading == text)
    return SplitNumbers(fit.schema[title].title if fit.schema else text, example, rows=rows)


def without_split(seen: Sequence[Observation], table: TextTable, split: SplitNumbers) -> list[Observation]:
    """The observations, but the blank cell at the end of a row is said only of rows in which no number was split."""
    left = len(set(table.padded).difference(split.rows))
    return [
        PaddedRows(left, one.records, one.width, rows=one.rows) if isinstance(one, PaddedRows) else one
        for one in seen
        if left or not isinstance(one, PaddedRows)
    ]


def _split(cells: Sequence[str]) -> str:
    """The first two cells side by side that may be one number, as `33,903`; "" if there are none."""
    both = (
        f"{one},{two}" for one, two in pairwise(cells) if _BEFORE.fullmatch(one) and _AFTER.fullmatch(two)
    )
    return next(both, "")


def _figures_before_text(table: TextTable, fit: Match) -> tuple[Sequence[str], str]:
    """The headings of the last figures in a row, and of the free text that follows them; no text if none does."""
    schema, names = fit.schema, table.cells.names
    if schema is None or schema.records:
        return [], ""
    items = {fit.columns[item.name] for item in schema.items if item.name in fit.columns}
    texts = {
        fit.columns[field.name]
        for field in schema.fields
        if field.type == "string"
        and not (field.enum or field.pattern or field.is_item)
        and field.name in fit.columns
    }
    at = next((n for n in range(1, len(names)) if names[n] in texts and names[n - 1] in items), 0)
    first = at
    while first and names[first - 1] in items:
        first -= 1
    return names[first:at], names[at] if at else ""
