"""Where in the rows of a file the table is: titles above it, its headings, its body, notes below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from peelcheck.reading.dialect import key

Row = Sequence[str]

LOOKED_AT = 100
"""Rows from the top among which the headings are looked for."""

_FIGURE = re.compile(
    r"\s*(?:[-+(]?\s*[£$€]?\s*\d[\d,.]*\s*\)?%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ][\d:.Z]+)?)\s*"
)
_YEAR = re.compile(r"\s*(?:19|20)\d\d(?:[-/]\d\d(?:\d\d)?)?\s*")
_NOTE = re.compile(
    r"\s*(?:notes?\b|sources?\b|produced\b|prepared\b|extracted\b|generated\b|printed\b|report\b|run (?:on|by)\b"
    r"|end of\b|data (?:as|from|correct)\b|\*|†|‡|©|\(?\d{1,2}[.)]\s|\[\w+\])",
    re.I,
)


@dataclass(frozen=True)
class Shape:
    """Where the table is, in spreadsheet rows (from 1).

    Attributes:
        headings: the row with the headings; 0 where there is none.
        header_rows: every row of headings, `headings` being the last.
        first, last: the body's; `last` is smaller where it has no rows.
        width: columns.
        preamble: rows above it that are not blank.
        footer: rows below it that are not blank.
    """

    headings: int
    header_rows: tuple[int, ...]
    first: int
    last: int
    width: int
    preamble: tuple[int, ...]
    footer: tuple[int, ...]


def find_shape(rows: Sequence[Row], known: Collection[str]) -> Shape:
    """Where the table is.

    Args:
        rows: all rows of a file, at least one of them not blank.
        known: keys of headings that may be in it.
    """
    width = _usual_width(rows[:LOOKED_AT])
    headings = _known_row(rows[:LOOKED_AT], known) or _first_full_row(rows[:LOOKED_AT], width)
    recognised = is_known(rows[headings - 1], known)
    preamble = tuple(n for n in range(1, headings) if not blank(rows[n - 1]))
    if not recognised and _is_data(rows, headings):
        first, headings = headings, 0
    else:
        first = headings + 1
        width = max(len(rows[headings - 1]), 1)
    last, footer = _end(rows, first, width)
    return Shape(headings, (headings,) if headings else (), first, last, width, preamble, footer)


def blank(row: Row) -> bool:
    """Whether nothing stands in a row."""
    return not any(row) or not "".join(row).strip()


def is_figure(cell: str) -> bool:
    """Whether a cell is a number or a date."""
    return _FIGURE.fullmatch(cell) is not None


def is_known(row: Row, known: Collection[str]) -> bool:
    """Whether a row has known headings: two, or all that it has."""
    found = sum(key(cell) in known for cell in row) if known else 0
    return found > 1 or (found == 1 and _filled(row) == 1)


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell and not cell.isspace())


def _usual_width(rows: Sequence[Row]) -> int:
    """The commonest number of cells in rows of more than one; of equally common ones the largest."""
    lengths = Counter(len(row) for row in rows if _filled(row) > 1)
    return max(lengths, key=lambda length: (lengths[length], length)) if lengths else 1


def _known_row(rows: Sequence[Row], known: Collection[str]) -> int:
    """The first of the rows with the most known headings; 0 where no row has two."""
    if not known:
        return 0
    found = [sum(key(cell) in known for cell in row) for row in rows]
    best = max(found)
    return found.index(best) + 1 if best > 1 else 0


def _first_full_row(rows: Sequence[Row], width: int) -> int:
    """The first row that is at least half as full as the table is wide."""
    needed = 1 if width == 1 else max(2, (width + 1) // 2)
    full = (n for n, row in enumerate(rows, start=1) if _filled(row) >= needed)
    anything = (n for n, row in enumerate(rows, start=1) if not blank(row))
    return next(full, None) or next(anything, 1)


def _is_data(rows: Sequence[Row], headings: int) -> bool:
    """Whether what should be headings are figures, as in the row below."""
    row = rows[headings - 1]
    below = next((other for other in rows[headings:LOOKED_AT] if not blank(other)), ())
    figures = [i for i, cell in enumerate(row) if is_figure(cell) and not _YEAR.fullmatch(cell)]
    alike = [i for i in figures if i < len(below) and is_figure(below[i])]
    return bool(figures) and (not below or 2 * len(alike) >= len(figures))


def _end(rows: Sequence[Row], first: int, width: int) -> tuple[int, tuple[int, ...]]:
    """The last row of the body, and the notes below it."""
    last = len(rows)
    footer: list[int] = []
    while last >= first:
        row = rows[last - 1]
        if blank(row):
            last -= 1
        elif width > 1 and _is_note(row, blank_above=last > first and blank(rows[last - 2])):
            footer.append(last)
            last -= 1
        else:
            break
    return last, tuple(reversed(footer))


def _is_note(row: Row, blank_above: bool) -> bool:
    """Whether a row below the table is a note: one cell of words, not a record of which only the first cell is filled."""
    if _filled(row) != 1 or not row[0].strip():
        return len(row) > 0 and _NOTE.match(row[0]) is not None and _filled(row) < 3
    if _NOTE.match(row[0]) or len(row) == 1:
        return not is_figure(row[0])
    return blank_above and len(row[0].split()) > 5
