"""Where the headings are in a table of which no heading is known, by what is usual in published tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from peelcheck.reading.layout.header_rows import Stack, grouped
from peelcheck.reading.text import Row, blank, filled, is_figure

YEAR = re.compile(r"(?:19|20)\d\d(?:[-/]\d\d(?:\d\d)?)?")
_DATE = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?:[T ][\d:.]+Z?)?")
_KEY = re.compile(r"#.*:\s*(?:\S.*)?", re.DOTALL)
_TITLE = re.compile(r"(?:table|figure|chart|annex|appendix) \w+\b", re.I)
_TITLE_WORDS = 5
_LEAST_TABLE = 3
"""Cells in a row, and rows, from which something above the widest rows is a table of its own and not a title or its lines."""
_MOST_GROUPS = 2
"""Rows with groups above the headings."""
_JUDGED = 30


def passed_over(rows: Sequence[Row]) -> int:
    """The number of rows from the first that are lines of keys, `#UNIT: ,number`, and the blank rows around them."""
    lines = [
        n
        for n, row in enumerate(takewhile(lambda row: blank(row) or _is_key_line(row), rows))
        if not blank(row)
    ]
    return lines[-1] + 1 if lines and lines[-1] + 1 < len(rows) else 0


def _is_key_line(row: Row) -> bool:
    return _KEY.fullmatch(row[0].strip()) is not None and filled(row) <= 2 if row else False


def first_table(rows: Sequence[Row]) -> int | None:
    """The position of the headings of the first table, if the first rows down to a blank one are one; None if not."""
    start = next((n for n, row in enumerate(rows) if not blank(row)), len(rows))
    block = _block(rows[start:])
    if len(block) < _LEAST_TABLE or blank(rows[start]):
        return None
    width = len(block[0])
    if any(len(row) != width or filled(row) < _LEAST_TABLE for row in block):
        return None
    has_figures = any(all(n < len(row) and is_figure(row[n]) for row in block[1:]) for n in range(width))
    return start if has_figures and not any(map(is_figure, block[0])) else None


def below_title(rows: Sequence[Row], at: int) -> int:
    """The position of the headings if the row at `at` is a title, or the first line below one; `at` itself if not.

    A title may be as wide as the table: one text in every cell, or a sentence and what is said beside it. Lines such as
    `Unit,number` reach less far than the headings, and may have a blank row below them; a word above figures is a small
    table's heading.
    """
    texts = [cell.strip() for cell in rows[at] if cell.strip()]
    block = _block(rows[at:])
    after = next((n for n in range(at + len(block), len(rows)) if not blank(rows[n])), 0)
    repeated = len(texts) >= _LEAST_TABLE and len(set(texts)) == 1
    told = len(texts) >= _LEAST_TABLE and _is_title(texts[0])
    if len(block) > 1 and (repeated or told or _is_line(rows[at], rows[at + 1])) and _are_full(rows, at + 1):
        return at + 1
    values = [is_figure(row[1]) for row in block if len(row) > 1]
    narrow = all(_is_line(row, rows[after]) for row in block) and values == sorted(values, reverse=True)
    return (
        after if after and (narrow or (len(block) == 1 and len(texts) > 1)) and _are_full(rows, after) else at
    )


def _is_line(row: Row, headings: Row) -> bool:
    """Whether a row has a text and its value in the first two cells, and nothing in the others."""
    return filled(row) <= 2 < filled(headings) and not any(cell.strip() for cell in row[2:])


def _are_full(rows: Sequence[Row], at: int) -> bool:
    """Whether a row has a different word in each cell, and figures in the two rows below it."""
    names, below = [cell.strip() for cell in rows[at]], _block(rows[at + 1 :])
    if len(below) < 2 or not all(names) or len(set(names)) < len(names) or any(map(is_figure, names)):
        return False
    return all(len(row) == len(names) and any(map(is_figure, row)) for row in below[:2])


def are_headings(rows: Sequence[Row], at: int) -> bool:
    """Whether a row with figures has headings: dates or years above other figures, or the numbers 0, 1, 2 or 1, 2, 3."""
    row, below = rows[at], _block(rows[at + 1 :])
    if not below:
        return False
    cells = [cell.strip() for cell in row]
    numbered = [str(n) for n in range(len(cells))], [str(n) for n in range(1, len(cells) + 1)]
    if len(cells) >= _LEAST_TABLE and cells in numbered:
        return not any([cell.strip() for cell in other] in numbered for other in below)
    figures = [n for n, cell in enumerate(cells) if is_figure(cell)]
    if len({cells[n] for n in figures}) < len(figures) or not all(_is_date(cells[n]) for n in figures):
        return False
    under = [other[n] for n in figures for other in below if n < len(other) and other[n].strip()]
    return (
        bool(under)
        and not any(_DATE.fullmatch(cell.strip()) for cell in under)
        and any(map(is_figure, under))
    )


def with_groups(rows: Sequence[Row], usual: Stack) -> Stack:
    """The headings with the groups over them, which stand in the first of the columns that they are for.

    Args:
        rows: the first rows of the table.
        usual: the headings without what is above them.
    """
    width = len(rows[usual.first])
    first = usual.first
    while first > max(usual.first - _MOST_GROUPS, 0) and _is_groups(rows[first - 1], width):
        first -= 1
    last = usual.last
    while last == first and last + 1 < len(rows) - 2 and _has_gaps(rows[last]) and _is_part(rows, last + 1):
        last += 1
    has_gaps = any(_has_gaps(row) for row in rows[first:last])
    if (first, last) == (usual.first, usual.last) and not (usual.joined and has_gaps):
        return usual
    return Stack(first, last, grouped(rows[first : last + 1]), joined=True)


def row_names(rows: Sequence[Row], names: tuple[str, ...]) -> tuple[str, ...]:
    """The headings with a blank one before them, if each row below has one cell more and begins with a name of its own.

    R writes its tables so.
    """
    below = _block(rows)
    firsts = {row[0].strip() for row in below}
    if (
        len(below) < 2
        or any(len(row) != len(names) + 1 for row in below)
        or not all(name.strip() for name in names)
    ):
        return names
    if len(firsts) < len(below) or "" in firsts or all(not row[-1].strip() for row in below):
        return names
    return ("", *names)


def _block(rows: Sequence[Row]) -> list[Row]:
    """The rows down to the first blank one."""
    return list(takewhile(lambda row: not blank(row), rows))


def _is_date(cell: str) -> bool:
    return YEAR.fullmatch(cell) is not None or _DATE.fullmatch(cell) is not None


def _is_title(text: str) -> bool:
    return _TITLE.match(text) is not None or len(text.split()) >= _TITLE_WORDS


def _figures(row: Row) -> Iterator[str]:
    """The figures of a row that are no years or dates."""
    return (cell for cell in row if is_figure(cell) and not _is_date(cell.strip()))


def _has_gaps(row: Row) -> bool:
    """Whether a text in a row is followed by a blank cell, as a merged cell is."""
    return any(cell.strip() and not after.strip() for cell, after in pairwise(row))


def _is_groups(row: Row, width: int) -> bool:
    """Whether a row above headings has groups: words or years with blank cells between them, no title and no line of keys."""
    if len(row) != width or any(_figures(row)) or _is_key_line(row):
        return False
    there = [n for n, cell in enumerate(row) if cell.strip()]
    if len(there) == 1:
        return there[0] > 0 and not _is_title(row[there[0]].strip())
    return len(there) > 1 and there[-1] - there[0] >= len(there)


def _is_part(rows: Sequence[Row], at: int) -> bool:
    """Whether a row below one with groups has headings: it is full but for its first cells, and no figures are in it."""
    row, below = rows[at], _block(rows[at + 1 :])[:_JUDGED]
    if any(_figures(row)) or len(row) != len(rows[at - 1]) or len(below) < 2:
        return False
    gaps = [n for n, cell in enumerate(rows[at - 1]) if not cell.strip() and n]
    over = [n for n in gaps if all(n < len(other) and is_figure(other[n]) for other in below)]
    return len(over) > 0 and all(row[n].strip() for n in gaps)
