"""The program's own results, known by how they begin.

They alone are written over, and in a folder of returns they are not taken for one.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

QUERIES = ("id", "code", "severity", "tier", "force", "asked_of", "return", "item", "measure", "period_end")
FINDINGS = ("code", "severity", "force", "return", "item", "period_end", "file", "row", "column", "value")
FIGURES = ("measure", "title", "period", "force", "numerator", "denominator", "value", "england_and_wales")
RULES = ("code", "severity", "title", "return", "kind", "ask", "why")
"""With these columns each begins as CSV: queries, every finding, figures, and rules."""

_MARK = b"\xef\xbb\xbf"
_HEAD = 4096
"""Bytes in which a result shows what it is: the longest beginning is a heading with the title of a round in it."""
_JSON = tuple(f'{{\n "version": 1,\n "{key}": '.encode() for key in ("tool", "title", "rules"))
"""Queries, figures and rules as JSON."""
_PAGE = re.compile(
    r"""
      [^─]*? (Summary | \d\ (errors? | query | queries | notes?) (\ \(\d[\d,]*\ severe\))?) \n ─{60,}\n  # queries
    | [^─]* \n ─{60,}\n (\ .*\n){0,3} Rank\ +Force\b                                                  # figures
    | [^─]* \b in \s+ numbers\b [^─]* \n ─{60,}\n                                                     # of a force
    | Code\ +Severity\ +Return\ +Title\n                                                              # rules
    """,
    re.VERBOSE,
)
"""A page: its first heading, with the line beneath it."""


def is_result(path: Path) -> bool:
    """Whether a file is a result, in whichever form. One that cannot be opened is none; what is no file is not opened."""
    begins = _head(path)
    return begins.startswith((*_CSV, *_JSON)) or _PAGE.match(begins.decode(errors="ignore")) is not None


def is_blank(path: Path) -> bool:
    """Whether there is nothing to lose in a file."""
    begins = _head(path, unread=b"?")
    return len(begins) < _HEAD and not begins.strip()


def _head(path: Path, unread: bytes = b"") -> bytes:
    """The first bytes of a file; `unread` where there is none that can be opened."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return unread
        with path.open("rb") as handle:
            return handle.read(_HEAD)
    except OSError:
        return unread


def _beginning(columns: tuple[str, ...], quote: str) -> bytes:
    return _MARK + (quote + f"{quote},{quote}".join(columns) + quote).encode()


_CSV = tuple(
    _beginning(columns, quote) for columns in (QUERIES, FINDINGS, FIGURES, RULES) for quote in ("", '"')
)
