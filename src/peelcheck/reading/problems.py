"""What is wrong with a file, in words, for programs that read tables."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from peelcheck.reading.observations import Observation
from peelcheck.rules.file_rules import FILE_RULES

_SEVERITY = {rule.code: rule.severity for rule in FILE_RULES}


class Problem(Struct, frozen=True):
    """One thing that is wrong with a file.

    Attributes:
        code: one of `FILE_RULES`.
        severity: `error` or `note`, as the rule says.
        message: what was seen and made of it, in plain English; what to do is in the rule.
        row: the (first) spreadsheet row; None where it is the file as a whole.
        column: the heading, where it is about one column.
        value: what stands there, as written.
        rows: every row, where there are several.
    """

    code: str
    severity: Literal["error", "note"]
    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    rows: tuple[int, ...] = ()


def problem_of(seen: Observation) -> Problem:
    """An observation in words, with the severity of its rule."""
    row = seen.rows[0] if seen.rows else None
    return Problem(seen.code, _SEVERITY[seen.code], seen.words(), row, seen.column, seen.value, seen.rows)
