"""The line and column of a text file in which a cell stands, for editors and for tools that mark lines.

A spreadsheet's row is not always a line: a cell in quotation marks may contain line ends, and Excel does not count a first
line `sep=;`. Whatever cannot be told for certain is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from peelcheck.reading.csv.dialect import Dialect
from peelcheck.reading.csv.encoding import LineTooLongError, lines
from peelcheck.reading.csv.sample import beginning_of
from peelcheck.reading.observations import UnreadableError
from peelcheck.reading.source import Source
from peelcheck.reading.text import keys

_LONGEST_ROW = 1_000
"""Lines of one row. A row with more has a quotation mark that is never closed."""
_LINE_END = re.compile("\r\n|\r|\n")

Wanted = tuple[int, str | None, str | None]
"""A row, and the heading and the text of a cell in it; None for the row as a whole."""
Place = tuple[int | None, int | None]
"""A line and a column, both from 1; the column counts characters."""


class _Written(Struct, frozen=True):
    """A cell as it stands in the text of its row: how many lines below the row's first, and at which character."""

    value: str
    below: int
    column: int


def find_lines(source: Source, known: Sequence[str], wanted: Iterable[Wanted]) -> Mapping[Wanted, Place]:
    """Where rows and cells stand in a text file.

    Args:
        source: the file.
        known: headings that it may have; they help to find the separator, as when it was read.
        wanted: rows and cells.

    Returns:
        A place for each of them that can be told. Of a cell it is where the cell starts, its quotation mark included.

    Raises:
        OSError: the file cannot be opened.
    """
    by_row: dict[int, list[Wanted]] = {}
    for one in wanted:
        by_row.setdefault(one[0], []).append(one)
    try:
        return _find(source, frozenset(keys(tuple(known))), by_row)
    except (UnreadableError, LineTooLongError):
        return {}


def _find(source: Source, known: frozenset[str], by_row: Mapping[int, list[Wanted]]) -> dict[Wanted, Place]:
    begins = beginning_of(source, known)
    dialect, hidden = begins.dialect, begins.hidden
    found: dict[Wanted, Place] = {}
    headings: list[list[_Written]] = []
    named = {heading for own in by_row.values() for _, heading, _ in own if heading}
    last = max(by_row, default=0)
    for row, line, text in _rows(islice(lines(source, begins.encoding), hidden, None), dialect):
        if row > last:
            break
        for one in by_row.get(row, ()):
            found[one] = _place(one, line + hidden, _cells(text, dialect), headings)
        if named and any(heading in text for heading in named):
            headings.append(_cells(text, dialect))
            named -= {cell.value for cell in headings[-1]}
    return found


def _rows(text: Iterator[str], dialect: Dialect) -> Iterator[tuple[int, int, str]]:
    """The number of each row, the line in which it starts, and its text. It ends at a quotation mark that is never closed."""
    line = 0
    escaped = re.compile(re.escape(dialect.escape) + ".") if dialect.escape else None
    for row, start in enumerate(text, start=1):
        first, whole = line + 1, start
        line += 1
        if dialect.quote and dialect.quote in start and _opens(start, dialect):
            while (escaped.sub("", whole) if escaped else whole).count(dialect.quote) % 2:
                more = next(text, None)
                if more is None or line - first >= _LONGEST_ROW:
                    return
                whole, line = whole + more, line + 1
        yield row, first, whole


def _opens(line: str, dialect: Dialect) -> bool:
    """Whether some cell of a line starts with a quotation mark; one inside a cell is only a character."""
    quote = dialect.quote
    return line.startswith(quote) or dialect.delimiter + quote in line


def _cells(text: str, dialect: Dialect) -> list[_Written]:
    """The cells of a row with their places."""
    text = text.rstrip("\r\n")
    cells, at, below, begins = list[_Written](), 0, 0, 0
    while True:
        stop = text.find(dialect.delimiter, _closed(text, at, dialect))
        written = text[at : stop if stop >= 0 else None]
        cells.append(_Written(_value(written, dialect), below, at - begins + 1))
        if stop < 0:
            return cells
        ends = list(_LINE_END.finditer(written))
        below, begins = below + len(ends), at + ends[-1].end() if ends else begins
        at = stop + len(dialect.delimiter)


def _closed(text: str, at: int, dialect: Dialect) -> int:
    """Where the quotation marks around a cell close; `at` for a cell without any."""
    quote = dialect.quote
    if not quote or not text.startswith(quote, at):
        return at
    escaped = f"{re.escape(dialect.escape)}.|" if dialect.escape else ""
    marks = re.compile(f"{escaped}{re.escape(quote * 2)}|{re.escape(quote)}", re.DOTALL)
    closing = (mark.end() for mark in marks.finditer(text, at + 1) if mark.group() == quote)
    return next(closing, len(text))


def _value(written: str, dialect: Dialect) -> str:
    quote = dialect.quote
    if not quote or len(written) < 2 or not (written.startswith(quote) and written.endswith(quote)):
        return written.strip()
    value = written[1:-1].replace(quote * 2, quote)
    return value.replace(dialect.escape + quote, quote).strip() if dialect.escape else value.strip()


def _place(wanted: Wanted, line: int, cells: Sequence[_Written], headings: Sequence[list[_Written]]) -> Place:
    """Where a cell of a row stands that starts in `line`; without a column where it is not certain which cell it is."""
    _, heading, value = wanted
    if heading is None or value is None:
        return line, None
    fitting = {n for n, cell in enumerate(cells) if cell.value == value.strip()}
    under = {n for above in headings for n, cell in enumerate(above) if cell.value == heading.strip()}
    certain = fitting & under if under else fitting
    if len(certain) != 1:
        return line, None
    cell = cells[certain.pop()]
    return line + cell.below, cell.column
