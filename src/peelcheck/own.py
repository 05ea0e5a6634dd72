"""The program's own results, known by their headings: in a folder of returns they are not taken for one."""

from __future__ import annotations

import stat
from pathlib import Path

QUERIES = ("id", "code", "severity", "tier", "force", "asked_of", "return", "item", "measure", "period_end")
FINDINGS = ("code", "severity", "force", "return", "item", "period_end", "file", "row", "column", "value")
FIGURES = ("measure", "title", "period", "force", "numerator", "denominator", "value", "england_and_wales")
RULES = ("code", "severity", "title", "return", "kind", "ask", "why")
"""With these columns each begins: queries, every finding, figures, and rules."""

_MARK = b"\xef\xbb\xbf"


def is_result(path: Path) -> bool:
    """Whether a file is a result as CSV. One that cannot be opened is none; what is no file is not opened."""
    longest = max(map(len, _BEGINNINGS))
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as handle:
            begins = handle.read(longest)
    except OSError:
        return False
    return begins.startswith(_BEGINNINGS)


def _beginning(columns: tuple[str, ...], quote: str) -> bytes:
    return _MARK + (quote + f"{quote},{quote}".join(columns) + quote).encode()


_BEGINNINGS = tuple(
    _beginning(columns, quote) for columns in (QUERIES, FINDINGS, FIGURES, RULES) for quote in ("", '"')
)
