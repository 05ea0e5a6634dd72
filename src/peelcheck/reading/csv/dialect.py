"""Find the characters that separate and quote the cells, from the first lines.

The lines are split in every possible dialect. The best dialect gives rows of equal length, with more than one cell, whose
cells look like numbers, dates, codes or words. This is the consistency measure of van den Burg, Nazábal and Sutton (2019),
*Wrangling messy CSV files by detecting row and type patterns*. Known headings decide where they are found.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from peelcheck.reading.text import USUAL, key

_UNUSUAL = ("^", "~", "¬", "\x1f", "\x1e", "¦", "§", "#", ":", "*", "&", "/", " ", "\\t")
LINES = 100
_CELLS = 5_000
_LONGEST_TYPED = 60
_CONSISTENT = 0.2
_IRREGULAR = 0.9

_TYPED = re.compile(
    r"[-+(]?[£$€]?\d[\d,.]*\)?%?"  # numbers, money, percentages
    r"|\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}(?:[T ][\d:.]+Z?)?"  # dates
    r"|\d{1,2}:\d\d(?::\d\d)?"  # times
    r"|[^@\s]+@[\w.-]+|https?://\S+"  # addresses
    r"|[^\W_][\w \-.'’()]*"  # words and codes
)


class Dialect(Struct, frozen=True):
    """How cells are written. `escape` is empty if a quotation mark inside a cell is doubled."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""


def find_dialect(lines: Sequence[str], known: frozenset[str]) -> Dialect:
    """Find the dialect of these lines.

    Args:
        lines: the first lines without blank lines, and without their line ends.
        known: keys of the known headings.
    """
    lines = lines[:LINES]
    if not lines:
        return Dialect()
    if not any('"' in line or "'" in line for line in lines):
        plain = _plainly(lines)
        if plain:
            return plain
    scored = {dialect: _score(lines, dialect, known) for dialect in _candidates(lines, USUAL)}
    if not any(score > _CONSISTENT for score in scored.values()):
        unusual = {
            dialect: _score(lines, dialect, known)
            for dialect in _candidates(lines, _UNUSUAL)
            if _separates(lines, dialect)
        }
        scored |= {dialect: score for dialect, score in unusual.items() if score > 2 * _CONSISTENT}
    best = max(scored, key=lambda dialect: scored[dialect], default=Dialect())
    return _of_two_characters(lines, best)


def _plainly(lines: Sequence[str]) -> Dialect | None:
    """The dialect in the usual case: no quotation marks, and one usual separator, equally often in every line; else None."""
    there = [d for d in USUAL if d in lines[0]]
    if len(there) != 1 or f"{there[0]} " in lines[0] or there[0] * 2 in lines[0]:
        return None
    counts = {line.count(there[0]) for line in lines}
    return Dialect(there[0]) if len(counts) == 1 else None


def _candidates(lines: Sequence[str], delimiters: Sequence[str]) -> list[Dialect]:
    text = "\n".join(lines)
    there = [
        Dialect(d, q) for d in delimiters if d in text for q in ('"', "'") if q == '"' or _wrapped(lines, d)
    ]
    escaped = [replace(plain, escape="\\") for plain in there if f"\\{plain.quote}" in text]
    return there + [
        dialect for dialect in escaped if not rows_of(lines, replace(dialect, escape=""), strict=True)
    ]


def _wrapped(lines: Sequence[str], delimiter: str) -> bool:
    """Whether cells are quoted with apostrophes."""
    cells = (cell for line in lines if delimiter in line for cell in line.split(delimiter))
    opened = [cell for cell in cells if cell.startswith("'")]
    closed = sum(len(cell) > 2 and cell.endswith("'") for cell in opened)
    return closed > 1 and 2 * closed >= len(opened)


def rows_of(lines: Sequence[str], dialect: Dialect, *, strict: bool = False) -> list[list[str]]:
    """The lines split well enough for a judgement. With `strict`, there are no rows if the lines break the rules of CSV."""
    if len(dialect.delimiter) > 1:
        plain = [line.split(dialect.delimiter) for line in lines]
        return [[cell.strip(dialect.quote) for cell in row] for row in plain]
    reader = csv.reader(
        [line + "\n" for line in lines],
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        escapechar=dialect.escape or None,
        strict=strict,
    )
    try:
        return list(reader)
    except csv.Error:
        return []


def _score(lines: Sequence[str], dialect: Dialect, known: frozenset[str]) -> float:
    """The pattern score times the type score, from 0 to 1, plus the number of known headings if there are two or more."""
    rows, regular = rows_of(lines, dialect, strict=True), 1.0
    if not rows:
        rows, regular = rows_of(lines, dialect), _IRREGULAR
    if not rows:
        return 0.0
    found = max(len(known.intersection(map(key, row))) for row in rows) if known else 0
    lengths = Counter(map(len, rows))
    pattern = (
        sum(n * (length - 1) / length for length, n in lengths.items() if length) / len(lengths) / len(rows)
    )
    if not pattern:
        return 0.0
    cells = [cell for row in rows for cell in row][:_CELLS]
    typed = sum(map(_is_typed, cells)) / len(cells)
    return regular * pattern * typed + (found if found > 1 else 0)


def _separates(lines: Sequence[str], dialect: Dialect) -> bool:
    """Whether most lines have text on both sides of the separator. A single line with spaces is a sentence, not a row."""
    several = sum(sum(1 for cell in row if cell.strip()) > 1 for row in rows_of(lines, dialect))
    return 2 * several > len(lines) and (len(lines) > 1 or dialect.delimiter != " ")


def _is_typed(cell: str) -> bool:
    cell = cell[: _LONGEST_TYPED + 1].strip()
    if len(cell) > _LONGEST_TYPED:  # prose is judged by its first words
        cell = cell[:20]
    return not cell or _TYPED.fullmatch(cell) is not None


def _of_two_characters(lines: Sequence[str], dialect: Dialect) -> Dialect:
    """The dialect, with a separator of two characters if it is doubled, or followed by a space, everywhere."""
    d = dialect.delimiter
    if len(d) > 1 or len(lines) < 2:
        return dialect
    rows = [row for row in rows_of(lines, replace(dialect, quote="\0")) if len(row) > 1]
    if len(rows) < 2:
        return dialect
    if all(len(row) % 2 and not any(row[1::2]) for row in rows) and any(any(row[2::2]) for row in rows):
        return replace(dialect, delimiter=d * 2)
    if d != " " and all(
        line.count(d) == line.count(f"{d} ") for line in lines if '"' not in line and d in line
    ):
        quoted = [line for line in lines if dialect.quote in line]
        if all(f"{d} " in line for line in lines if d in line) and not any(
            _stuck(line, dialect) for line in quoted
        ):
            return replace(dialect, delimiter=f"{d} ")
    return dialect


def _stuck(line: str, dialect: Dialect) -> bool:
    """Whether a quotation mark follows the separator without a space."""
    return dialect.delimiter + dialect.quote in line or dialect.quote + dialect.delimiter in line.replace(
        f"{dialect.quote}{dialect.delimiter} ", ""
    )
