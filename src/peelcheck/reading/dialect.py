"""Which characters separate and quote the cells, told from the first lines.

For every way in which the lines might be written they are split, and the way wins that gives rows of one length, of more
than one cell, with cells that look like numbers, dates, codes or words: the consistency of van den Burg, Nazábal and Sutton
(2019), *Wrangling messy CSV files by detecting row and type patterns*. Known headings settle it where they are found.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

USUAL = (",", ";", "\t", "|")
_UNUSUAL = ("^", "~", "¬", "\x1f", "\x1e", "¦", "§", "#", ":", "*", "&", "/", " ")
_TYPED = re.compile(
    r"""\s*(?:
        | [-+(]?\s*[£$€]?\s*\d[\d,. ]*\)?\s*(?:%|[a-z]{1,3})?       # numbers, money, percentages
        | \d{1,4}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]\d{1,4}(?:[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?Z?)?   # dates
        | \d{1,2}:\d\d(?::\d\d)?                                # times
        | [\w.+-]+@[\w.-]+ | (?:https?|ftp)://\S+               # addresses
        | [^\W_][\w \-.'’&()]{0,80}                             # words and codes
    )\s*""",
    re.X | re.I,
)
LINES = 100


@dataclass(frozen=True)
class Dialect:
    """How cells are written; `delimiter` is empty for a single column, `escape` where a quote is written twice."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""


def key(heading: str) -> str:
    """A heading without case, spaces and punctuation, to find known ones by."""
    return "".join(c for c in heading.casefold() if c.isalnum())


def find_dialect(lines: Sequence[str], known: Collection[str]) -> Dialect:
    """The way in which these lines are written.

    Args:
        lines: the first lines, blank ones left out, without their ends.
        known: keys of headings that may be in them.
    """
    lines = lines[:LINES]
    if not lines:
        return Dialect()
    if not any('"' in line or "'" in line or "\\" in line for line in lines):
        plain = _plainly(lines)
        if plain:
            return plain
    scored = {dialect: _score(lines, dialect, known) for dialect in _candidates(lines, USUAL)}
    if not any(score > 0.2 for score in scored.values()):
        scored |= {dialect: 0.8 * _score(lines, dialect, known) for dialect in _candidates(lines, _UNUSUAL)}
    return max(scored, key=lambda dialect: scored[dialect]) if scored else Dialect()


def _plainly(lines: Sequence[str]) -> Dialect | None:
    """The usual case at once: no quotes, one usual separator, the same number of it in every line."""
    there = [d for d in USUAL if d in lines[0]]
    if len(there) != 1:
        return None
    counts = {line.count(there[0]) for line in lines}
    return Dialect(there[0]) if len(counts) == 1 else None


def _candidates(lines: Sequence[str], delimiters: Sequence[str]) -> list[Dialect]:
    text = "\n".join(lines)
    quotes = ['"'] + ["'"] * ('"' not in text and "'" in text)
    escapes = [""] + ["\\"] * ('\\"' in text or "\\'" in text)
    there = [d for d in delimiters if d in text]
    return [Dialect(d, q, e) for d in there for q in quotes for e in escapes]


def _score(lines: Sequence[str], dialect: Dialect, known: Collection[str]) -> float:
    """Pattern score times type score, from 0; above 1 where known headings are found."""
    try:
        rows = list(
            csv.reader(
                [line + "\n" for line in lines],
                delimiter=dialect.delimiter,
                quotechar=dialect.quote,
                escapechar=dialect.escape or None,
            )
        )
    except csv.Error:
        return 0.0
    found = max(sum(key(cell) in known for cell in row) for row in rows) if known else 0
    lengths = Counter(map(len, rows))
    pattern = (
        sum(n * (length - 1) / length for length, n in lengths.items() if length) / len(lengths) / len(lines)
    )
    cells = [cell for row in rows for cell in row]
    typed = sum(_TYPED.fullmatch(cell) is not None for cell in cells) / max(len(cells), 1)
    return pattern * typed + (found if found > 1 else 0)
