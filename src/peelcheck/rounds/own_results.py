"""The program's own results, known by how they are written.

One as it was written is written over. One that somebody has added to, or saved from a spreadsheet, is not; but in a folder of
returns neither is taken for one.
"""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

# fmt: off
QUERIES = (
    "id", "code", "severity", "tier", "force", "asked_of", "return", "item", "measure", "period_end", "value", "unit",
    "expected", "lower", "upper", "england_and_wales", "rank", "of", "previous", "cause", "message", "ask", "file", "row",
    "column", "written", "locations_total", "also",
)
FINDINGS = ("code", "severity", "force", "return", "item", "period_end", "file", "row", "column", "value")
FIGURES = (
    "measure", "title", "period", "force", "numerator", "denominator", "value", "england_and_wales",
    "england_and_wales_without", "rank", "of", "group_rate", "group_rank", "group_of", "previous", "previous_numerator",
    "previous_denominator", "change", "change_of", "status", "footnote", "sentence", "unit", "decimals", "in_report",
)
RULES = ("code", "severity", "title", "return", "kind", "ask", "why", "source")
"""The columns as CSV: queries, every finding, figures, and rules."""

_KEYS = (
    ["version", "tool", "collection", "schemas", "summary", "round", "files", "checks", "queries"],
    ["version", "title", "collection", "schemas", "round", "files", "figures", "england_and_wales", "items", "out"],
    ["version", "rules"],
)
"""The keys as JSON: queries, figures and rules."""
# fmt: on

_MARK = b"\xef\xbb\xbf"
_HEAD = 4096
"""Bytes in which a result shows what it is: the longest beginning is a heading with the title of a round in it."""
_MOST = 1 << 25
"""Bytes of a result that are looked at: all findings may be many times as much."""
_JSON = tuple(f'{{\n "version": 1,\n "{keys[1]}": '.encode() for keys in _KEYS)
_PAGE = re.compile(
    r"""
      [^─]*? (Summary | \d\ (errors? | query | queries | notes?) (\ \(\d[\d,]*\ severe\))?) \n ─{60,}\n  # queries
    | [^─]* \n ─{60,}\n (\ .*\n){0,3} Rank\ +\S.*\ Count\b                                              # figures
    | [^─]* \b in \s+ numbers\b [^─]* \n ─{60,}\n                                                     # of a force
    | Code\ +Severity\ +Return\ +Title\n                                                              # rules
    """,
    re.VERBOSE,
)
"""A page: its first heading, with the line beneath it."""
_CELL = rb'(?:"[^"\r]*(?:""[^"\r]*)*"|[-+.0-9e]*)'
_AROUND = ' "\ufeff\ufffd'
"""What may stand around a heading: the byte-order mark before the first, as it is or undone."""
_SEPARATED = re.compile("[,;\t|]")
_COLUMNS = (QUERIES, FINDINGS, FIGURES, RULES)
_CSV = tuple(
    _MARK + (quote + f"{quote},{quote}".join(columns) + quote + ends).encode()
    for columns, quote, ends in (
        (QUERIES, '"', "\r\n"),
        (FINDINGS, "", "\n"),
        (FIGURES, '"', "\r\n"),
        (RULES, '"', "\r\n"),
    )
)
"""The first line as the program writes it, which a spreadsheet does not."""


def is_result(path: Path) -> bool:
    """Whether a file was a result, in whichever form, be it that somebody has added to it or saved it in another form.

    One that cannot be opened is none; what is no file is not opened.
    """
    begins = _head(path)
    return (
        begins.startswith(_JSON)
        or _PAGE.match(begins.decode(errors="ignore")) is not None
        or _has_headings(begins)
    )


def is_as_written(path: Path) -> bool:
    """Whether a file is a result as it was written; of a very large one the beginning is looked at, and of any page.

    A page has no form by which a line of somebody else's could be told from its own.
    """
    begins = _head(path)
    if begins.startswith(_CSV):
        return _is_csv(_head(path, most=_MOST))
    if begins.startswith(_JSON):
        return _is_json(_head(path, most=_MOST))
    return _PAGE.match(begins.decode(errors="ignore")) is not None


def is_blank(path: Path) -> bool:
    """Whether there is nothing to lose in a file."""
    begins = _head(path, unread=b"?")
    return len(begins) < _HEAD and not begins.strip()


def _head(path: Path, unread: bytes = b"", most: int = _HEAD) -> bytes:
    """The first bytes of a file; `unread` where there is none that can be opened."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return unread
        with path.open("rb") as handle:
            return handle.read(most)
    except OSError:
        return unread


def _has_headings(begins: bytes) -> bool:
    """Whether a line has all the headings of a result, whatever separates them and whatever stands beside them.

    The headings are ASCII, so that without its zero bytes UTF-16 reads the same.
    """
    lines = begins.replace(b"\0", b"").decode(errors="replace").splitlines()
    rows = [{cell.strip(_AROUND) for cell in _SEPARATED.split(line)} for line in lines]
    return any(row.issuperset(columns) for row in rows for columns in _COLUMNS)


def _is_csv(data: bytes) -> bool:
    """Whether every line is a row as the program writes it, with a cell for each column; no cell has a line end in it."""
    columns = data.partition(b"\n")[0].count(b",") + 1
    row = re.compile(rb"%s(,%s){%d}\r?" % (_CELL, _CELL, columns - 1))
    *rows, rest = data.split(b"\n")
    return (not rest or len(data) == _MOST) and all(map(row.fullmatch, rows[1:]))


def _is_json(data: bytes) -> bool:
    """Whether there is one object with the program's keys and no other, and nothing after it."""
    if len(data) == _MOST:
        return True
    try:
        return list(json.loads(data)) in _KEYS
    except (ValueError, RecursionError):
        return False
