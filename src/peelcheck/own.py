"""The program's own results, known by how they are written.

One as it was written is written over. One that somebody has added to, or saved from a spreadsheet, is not; but in a folder of
returns neither is taken for one.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Sequence
from itertools import pairwise, takewhile
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
_ROWS = {
    "files": {"path", "sha256", "force", "return", "rows"},
    "checks": {"code", "held", "failed", "not_run"},
    "queries": {
        *QUERIES[:-6], "message", "ask", "fingerprint", "score", "factor_visible", "group_rate", "group_rank", "group_of",
        "related_forces", "status", "also", "locations_total", "locations",
    },
    "figures": {*FIGURES},
    "england_and_wales": {*FIGURES},
    "items": {
        "return_name", "return_title", "item", "title", "period", "force", "value", "previous", "status", "footnote", "unit"
    },
    "rules": {*RULES, "parameters", "file"},
}
"""The keys of their rows."""
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
    | [^─]* \n ─{60,}\n (\ .*\n){0,3} Rank\ +Force\b                                                  # figures
    | [^─]* \b in \s+ numbers\b [^─]* \n ─{60,}\n                                                     # of a force
    | Code\ +Severity\ +Return\ +Title\n                                                              # rules
    """,
    re.VERBOSE,
)
"""A page: its first heading, with the line beneath it."""
_LINE = re.compile(
    r"""
      (error|query|note)\ +[A-Z]+\d+\ .* | [A-Z]+\d+\ \ .*                                 # a query, a note, a rule
    | (Code\ +Severity | Round | Returns | Queries | Others | Checks | Files | Lines)\ \ .*  # the rules, the summary
    | Rank\ +Force\ .* | –\ .* | (In\ the\ report | Further\ comparisons)\ \ .* | As\ sent   # figures
    | .*\ \ (Year\ before | [-+]?\d[\d,.]*%? | –)                                          # a row of figures
    | (England\ and\ Wales\ includes | Fewer\ than\ half)\ .*                              # a remark on all forces
    """,
    re.VERBOSE,
)
"""What begins at the left of a page, but for headings and a force's remarks."""
_ITEMS = "As sent"
_RANKING = re.compile(r"Rank +Force\b")
_FORCE = re.compile(r"^ +\d*  (\w.*?)(?:  |$)", re.MULTILINE)
_ENDS = "Not in the England and Wales figure."
_NARROWEST = 60

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
    """Whether a file is a result to which nothing was added; of a very large one the beginning is looked at."""
    begins = _head(path)
    if begins.startswith(_CSV):
        return _is_csv(_head(path, most=_MOST))
    if begins.startswith(_JSON):
        return _is_json(_head(path, most=_MOST))
    if _PAGE.match(begins.decode(errors="ignore")):
        return _is_page(_head(path, most=_MOST))
    return False


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
    """Whether there is one object with the program's keys and no other, and rows with theirs."""
    if len(data) == _MOST:
        return True
    try:
        holds = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return list(holds) in _KEYS and all(
        isinstance(row, dict) and row.keys() == _ROWS[key]
        for key in _ROWS.keys() & holds
        for row in holds[key]
    )


# --- a page -------------------------------------------------------------------------------------------------------


def _is_page(data: bytes) -> bool:
    """Whether every line at the left edge is one that the program writes, and the last one ends as the last does."""
    text = data.decode(errors="replace")
    if len(data) == _MOST:
        text = text[: text.rfind("\n") + 1]
    *lines, rest = text.split("\n")
    rules = [line for line in lines if _is_rule(line)]
    width = len(rules[0]) if rules else 0
    return (
        not rest
        and bool(lines and lines[-1])
        and all(
            _at_left(lines, n, width) or _of_force(line, text)
            for n, line in enumerate(lines)
            if _is_left(line)
        )
    )


def _at_left(lines: Sequence[str], n: int, width: int) -> bool:
    """Whether a line is one that the program begins at the left edge, or goes on with there."""
    below = list(takewhile(lambda line: _is_left(line) and not _is_rule(line), lines[n + 1 :]))
    if any(map(_is_rule, lines[n + 1 + len(below) :][:1])):
        return _is_heading([lines[n], *below], width)
    return (
        _is_rule(lines[n])
        or _LINE.fullmatch(lines[n]) is not None
        or any(len(line) == width for line in below)  # a title above the figures
        or any(line.startswith("note  ") for line in below[:1])
        or (n > 0 and _goes_on(lines, n, width))
    )


def _is_heading(lines: Sequence[str], width: int) -> bool:
    """Whether lines above a rule are a heading: one from edge to edge, or its two ends one below the other."""
    *above, last = lines
    whole = last == "Summary" or (len(last) == width and "  " in last)
    breaks = sum(len(line) + 2 + len(after.split(" ", 1)[0]) <= width for line, after in pairwise(lines))
    return not (whole and above) and breaks <= 1


def _goes_on(lines: Sequence[str], n: int, width: int) -> bool:
    """Whether a line's first word had no room in the line before: of a remark, or in the first column of a table of items."""
    before, line, room = lines[n - 1], lines[n], width
    if _ITEMS in lines[:n]:
        room = next((at for above in reversed(lines[:n]) if (at := above.find("  Period  ")) > 0), width)
        before = before[:room].rstrip()
        if line[room : room + 2].strip():
            return False
    elif not any(map(_RANKING.match, lines[:n])):
        return False
    return (
        _is_left(before)
        and not before.endswith(_ENDS)
        and len(before) + 2 + len(line.split(" ", 1)[0]) > room
    )


def _of_force(line: str, page: str) -> bool:
    """Whether a line is a remark on the figure of a force that is in a table of the page, be its name cut short there."""
    force, comma, _ = line.partition(", ")
    return bool(comma) and any(force.startswith(name.rstrip("…")) for name in _FORCE.findall(page))


def _is_left(line: str) -> bool:
    return bool(line) and not line.startswith(" ")


def _is_rule(line: str) -> bool:
    return len(line) >= _NARROWEST and not line.strip("─")
