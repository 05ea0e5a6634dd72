"""What the reader says of a file: what it recognised, what it put right, and what is wrong where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from peelcheck.rules.file_rules import FILE_RULES
from peelcheck.wording import listed

_SEVERITY = {rule.code: rule.severity for rule in FILE_RULES}
_SHOWN = 5


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


class Recognised(Struct, frozen=True):
    """How the file is written.

    Attributes:
        encoding: as Python names it: `utf-8`, `utf-8-sig`, `utf-16-le`, `cp1252`, …; empty where it is no text.
        delimiter: what stands between cells; empty where there is one column.
        quote: what stands around cells; empty where nothing does.
        escape: what stands before a quotation mark inside a cell; empty where it is written twice.
        header_rows: the rows of headings; empty where there are none.
        preamble: rows above them that were set aside.
        footer: rows below the table that were set aside.
        put_right: what was not as in a plain CSV file and was read nevertheless, in plain English.
    """

    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    escape: str = ""
    header_rows: tuple[int, ...] = ()
    preamble: tuple[int, ...] = ()
    footer: tuple[int, ...] = ()
    put_right: tuple[str, ...] = ()


def problem(
    code: str,
    message: str,
    rows: Sequence[int] = (),
    column: str | None = None,
    value: str | None = None,
) -> Problem:
    """A problem with the severity of its rule."""
    first = rows[0] if rows else None
    return Problem(code, _SEVERITY[code], message, first, column, value, tuple(rows))


def named(rows: Sequence[int]) -> str:
    """`Row 5`, `Rows 5 and 9`, `Rows 2, 3, 4, 5, 6 and 12 more`."""
    numbers = [f"{row:,}" for row in rows[:_SHOWN]]
    return f"Row{'s' * (len(rows) > 1)} {some(numbers, len(rows))}"


def some(words: Sequence[str], of: int | None = None) -> str:
    """`a, b and c`; of very many the first, and how many more there are: `a, b, c, d, e and 12 more`."""
    of = len(words) if of is None else of
    shown = list(words[:_SHOWN])
    return listed([*shown, f"{of - len(shown):,} more"] if of > len(shown) else shown)


class UnreadableError(Exception):
    """There is no table in the file; `problem` says why."""

    def __init__(self, why: Problem) -> None:
        super().__init__(why.message)
        self.problem = why
