"""Find the headings of a table: below titles, in one row or in several, in the first column, or nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from peelcheck.reading.layout.header_rows import Stack, joined, stacked
from peelcheck.reading.layout.unfamiliar import (
    YEAR,
    are_headings,
    below_title,
    first_table,
    passed_over,
    row_names,
    with_groups,
)
from peelcheck.reading.text import WIDEST, Row, blank, filled, is_figure, key, unnamed

LOOKED_AT = 100
"""Rows at the top in which the headings are searched for."""
_MOST_HEADER_ROWS = 5
_MOST_AROUND = 3
"""Rows above the known headings, and as many below them, that may have parts of headings."""
_TOO_MANY = 3
_MOSTLY = 0.8
_MOST_JUDGED = 1000
_ROWS_JUDGED = 30
_FIRST_COLUMNS = 5
"""Columns that may have the headings of a transposed table, after columns of numbers or blank columns."""

_LINE = re.compile(r"[-=_]{2,}")
_DIGIT = re.compile(r"\d")
_MARKER = re.compile(r"\W*|n/?[ak]|nil|none|null|not .*|unknown|tbc", re.I)


class Header(Struct, frozen=True):
    """The headings of a table, and where its body begins. Rows are spreadsheet rows, from 1.

    Attributes:
        row: the row with the headings; of several rows the lowest; 0 for none.
        rows: all rows with headings.
        names: the headings as written, one per column; blank for a column without one.
        first: the first row of the body.
        preamble: rows above the headings with titles and similar texts.
        above: rows above the headings that have figures, as records do.
        above_names: the row above the first of these.
        figures: the positions of columns with numbers or dates.
        known: whether the headings are known ones.
        joined: whether headings in several rows were joined; if not, the first of the rows is used.
        by_column: whether a column has only its lowest part as its heading, if that is a known heading.
        titles: the texts of the rows in `preamble`.
    """

    row: int
    rows: tuple[int, ...]
    names: tuple[str, ...]
    first: int
    preamble: tuple[int, ...]
    above: tuple[int, ...]
    figures: frozenset[int]
    known: bool
    joined: bool = False
    by_column: bool = False
    above_names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def named(self) -> int:
        """The row of the headings that are used; 0 for none."""
        return self.rows[0] if self.rows and not self.joined else self.row

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.names)


def find_header(rows: Sequence[Row], known: frozenset[str], start: int = 1) -> Header:
    """Find the headings among the first rows of a table.

    A row that is wider than a spreadsheet is cut to one cell more than a spreadsheet can have.

    Args:
        rows: the first rows; at least one is not blank.
        known: keys of the known headings.
        start: the spreadsheet row of the first of these rows.
    """
    rows = [row[: WIDEST + 1] for row in rows]
    width = usual_width(rows)
    at = _known_row(rows, known)
    recognised = at >= 0
    if not recognised:
        at = _first_full_row(rows, width) if known else _likely_row(rows, width)
    figured = not recognised and _is_data(rows, at) and (bool(known) or not are_headings(rows, at))
    stack = Stack(at, at, ()) if figured else _headings(rows, at, known, recognised)
    top = range(stack.first)
    above = tuple(start + n for n in top if _is_record(rows[n]))
    preamble = tuple(start + n for n in top if not blank(rows[n]) and start + n not in above)
    titles = tuple(" ".join(filter(str.strip, rows[row - start])) for row in preamble)
    above_names = tuple(rows[above[0] - start - 1]) if above and above[0] > start else ()
    if filled(above_names) < 2:
        above_names = ()  # a title, not headings
    if figured:
        names = tuple(unnamed(n) for n in range(max(width, len(rows[at]))))
        return Header(0, (), names, start + at, preamble, above, _figures(rows[at:], width), known=False)
    header_rows = tuple(range(start + stack.first, start + stack.last + 1))
    return Header(
        header_rows[-1],
        header_rows,
        stack.names,
        header_rows[-1] + 1,
        preamble,
        above,
        _figures(_until_blank(rows[stack.last + 1 :]), len(rows[at] if known else stack.names)),
        recognised,
        stack.joined,
        stack.by_column,
        above_names,
        titles,
    )


def is_transposed(rows: Sequence[Row], known: frozenset[str]) -> bool:
    """Whether a table is transposed: at least half of one column, and at least three of its cells, are known headings.

    Only the first of the columns with three known headings counts.
    """
    if usual_width(rows) < 2:
        return False
    for n in range(_FIRST_COLUMNS):
        column = [row[n] for row in rows if n < len(row) and row[n].strip()]
        found = _known(column, known)
        if found >= 3:
            return 2 * found >= len(column)
    return False


def looks_like_headings(row: Row, figures: Collection[int]) -> bool:
    """Whether a row has words in columns of figures, and all its cells are different."""
    return words_over(row, figures) and all_different(row)


def words_over(row: Row, figures: Collection[int]) -> bool:
    """Whether a row has words in at least half of the columns of figures, and no figure in any cell. Digits do not matter."""
    over = [cell for n in figures if n < len(row) and (cell := row[n].strip())]
    if not over or 2 * len(over) < len(figures) or is_figure(over[0]):
        return False  # most rows end here
    return not any(is_figure(cell) or _MARKER.fullmatch(cell.strip()) for cell in row if cell.strip())


def all_different(row: Row) -> bool:
    """Whether all cells of a row that are not blank are different."""
    cells = [cell.strip() for cell in row if cell and not cell.isspace()]
    return len(set(cells)) == len(cells)


def usual_width(rows: Sequence[Row]) -> int:
    """The most common number of cells in a row, among rows with several filled cells; of equally common ones the largest."""
    lengths = Counter(len(row) for row in rows if filled(row) > 1)
    return max(lengths, key=lambda length: (lengths[length], length)) if lengths else 1


def _known_row(rows: Sequence[Row], known: frozenset[str]) -> int:
    """The position of the row with the most known headings, the first of several; -1 if no row has two.

    If the next row has equally many, such as names below titles, the lower row counts, provided that a row follows it.
    """
    if not known:
        return -1
    found = [_known(row, known) for row in rows]
    best = max(found)
    if best < 2:
        return -1
    at, last = found.index(best), max(n for n, row in enumerate(rows) if not blank(row))
    while at + 1 < last and found[at + 1] == best and not _same(rows[at], rows[at + 1]):
        at += 1
    return at


def _same(one: Row, other: Row) -> bool:
    """Whether two rows have the same headings, ignoring case and spaces."""
    return list(map(key, one)) == list(map(key, other))


def _known(cells: Row, known: frozenset[str]) -> int:
    """The number of different known headings among these cells."""
    return len(known.intersection(map(key, cells)))


def _first_full_row(rows: Sequence[Row], width: int) -> int:
    """The position of the first row with text in at least half of the columns."""
    needed = 1 if width == 1 else max(2, (width + 1) // 2)
    full = next((n for n, row in enumerate(rows) if filled(row) >= needed), None)
    return next(n for n, row in enumerate(rows) if not blank(row)) if full is None else full


def _likely_row(rows: Sequence[Row], width: int) -> int:
    """The position of the headings where none are known: those of the first table, below titles and lines of keys."""
    start = passed_over(rows)
    below = rows[start:]
    at = first_table(below)
    return start + below_title(below, _first_full_row(below, width) if at is None else at)


def _is_data(rows: Sequence[Row], at: int) -> bool:
    """Whether the row at `at` has figures, like the row below, so that it is data and not headings."""
    below = next((other for other in rows[at + 1 :] if not blank(other)), ())
    figures = [n for n, cell in enumerate(rows[at]) if is_figure(cell) and not YEAR.fullmatch(cell.strip())]
    alike = [n for n in figures if n < len(below) and is_figure(below[n])]
    return bool(figures) and (not below or 2 * len(alike) >= len(figures))


def _is_record(row: Row) -> bool:
    """Whether a row above the headings has too many figures for a title. Column numbers 1, 2, 3 … do not count."""
    figures = [cell.strip() for cell in row if is_figure(cell) and not YEAR.fullmatch(cell.strip())]
    return len(figures) >= _TOO_MANY and figures != [str(n) for n in range(1, len(figures) + 1)]


def _figures(rows: Sequence[Row], width: int) -> frozenset[int]:
    """The positions of the columns in which most cells that are not blank are figures."""
    out = []
    for n in range(min(width, _MOST_JUDGED)):
        cells = [row[n] for row in rows[:_ROWS_JUDGED] if n < len(row) and row[n].strip()]
        if cells and sum(map(is_figure, cells)) >= _MOSTLY * len(cells):
            out.append(n)
    return frozenset(out)


def _more_header_rows(rows: Sequence[Row], width: int) -> int:
    """The number of these rows, from the first, that are headings too.

    Such a row has words over at least two columns of figures, no digit, and at least two rows below it. With less strict
    conditions, a first record with words in place of figures would be taken for headings.
    """
    more = 0
    while more < min(len(rows) - 2, _MOST_HEADER_ROWS) and not any(map(_DIGIT.search, rows[more])):
        figures = _figures(rows[more + 1 :], width)
        if len(figures) < 2 or not looks_like_headings(rows[more], figures):
            break
        more += 1
    return more


def _headings(rows: Sequence[Row], at: int, known: frozenset[str], recognised: bool) -> Stack:
    """The rows of the headings around the known or likely one, and how they are read.

    Rows of words next to known headings are headings only if they add known headings. Otherwise a first record of words
    would be taken for headings.
    """
    if not recognised:
        more = _more_header_rows(rows[at + 1 :], len(rows[at]))
        names = joined(rows[at : at + more + 1]) if more else tuple(rows[at])
        stack = Stack(at, at + more, names, joined=more > 0)
        if known or len(rows[at]) > _MOST_JUDGED:
            return stack
        stack = with_groups(rows, stack)
        return replace(stack, names=row_names(rows[stack.last + 1 :], stack.names))
    stack = Stack(at, at + _is_line(rows[at + 1 : at + 2]), tuple(rows[at]))
    if len(rows[at]) <= _MOST_JUDGED:
        first, last = at, at
        while first > max(at - _MOST_AROUND, 0) and _may_be_headings(rows[first - 1]):
            first -= 1
        while last < min(at + _MOST_AROUND, len(rows) - 1) and _may_be_headings(rows[last + 1]):
            last += 1
        stack = stacked(rows[: last + 1], range(first, at + 1), known, stack)
    return stack


def _may_be_headings(row: Row) -> bool:
    """Whether a row has words and no figures. A row that is wider than any return does not count."""
    return 0 < len(row) <= _MOST_JUDGED and not blank(row) and not any(map(is_figure, row))


def _is_line(rows: Sequence[Row]) -> bool:
    """Whether a row is a line drawn below the headings, as database programs do: `-----` in every column."""
    return any(row and all(_LINE.fullmatch(cell.strip()) for cell in row) for row in rows)


def _until_blank(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows above the first blank one."""
    end = next((n for n, row in enumerate(rows) if blank(row)), len(rows))
    return rows[:end] or rows
