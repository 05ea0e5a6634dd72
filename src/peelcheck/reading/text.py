"""What one cell or heading looks like: blank, a figure, the key under which a heading is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

USUAL = (",", ";", "\t", "|")


_LONGEST_HEADING = 200


_MARK = re.compile(
    r"\s*(?:[(\[](?:(?:foot)?note )?(?:[0-9]{1,2}|[a-z]|number|no\.?|count)[)\]]|[¹²³⁴-⁹])\s*$", re.IGNORECASE
)
"""What may stand behind a heading and changes nothing: the mark of a note, or that it is a number."""


def key(heading: str) -> str:
    """A heading without case, spaces and punctuation, to find known ones by; nothing for a text too long to be one."""
    return _key(heading) if len(heading) <= _LONGEST_HEADING else ""


@lru_cache(maxsize=8192)
def _key(heading: str) -> str:
    return "".join(filter(str.isalnum, heading.casefold()))


def unmarked(heading: str) -> str:
    """A heading without a mark behind it; a text too long to be one as it is."""
    return _MARK.sub("", heading) if len(heading) <= _LONGEST_HEADING else heading


@lru_cache(maxsize=8)
def keys(headings: tuple[str, ...]) -> frozenset[str]:
    """The keys of headings."""
    return frozenset(map(key, headings)) - {""}


Row = Sequence[str]


WIDEST = 16_384
"""Columns that a spreadsheet can hold."""


_FIGURE = re.compile(
    r"[-+(]?[£$€]?\d[\d,.]*\)?%?|\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?:[T ][\d:.]+Z?)?|\d{1,2}:\d\d(?::\d\d)?"
)


_LONGEST_FIGURE = 40


_UNNAMED = re.compile(r"column ([A-Z]+)")


def letters(n: int) -> str:
    """A column as a spreadsheet names it, the first being 0: `A`, `Z`, `AA`."""
    before, last = divmod(n, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def unnamed(n: int) -> str:
    """What a column without a heading is called, the first being 0: `column A`."""
    return f"column {letters(n)}"


def letters_of(heading: str) -> str:
    """The letters in what a column without a heading is called; nothing for any other heading."""
    called = _UNNAMED.fullmatch(heading)
    return called[1] if called else ""


def blank(row: Row) -> bool:
    """Whether nothing stands in a row."""
    return not any(row) or ((not row[0] or row[0].isspace()) and not "".join(row).strip())


def filled(row: Row) -> int:
    """How many cells of a row are not blank."""
    return len([1 for cell in row if cell and not cell.isspace()])


def is_figure(cell: str) -> bool:
    """Whether a cell is a number, a date or a time."""
    return len(cell) <= _LONGEST_FIGURE and _FIGURE.fullmatch(cell.strip()) is not None


_ANY_DIGIT = bytes.maketrans(b"123456789", b"000000000")


def digitless(text: str) -> bytes:
    """A text as it is compared with others that may have other digits, but as many."""
    return _bytes_of(text).translate(_ANY_DIGIT)


def _bytes_of(text: str) -> bytes:
    """A text as bytes, in which Python exchanges characters ten times as fast as in the text."""
    return text.encode("utf-8", "surrogatepass")


LONGEST_CELL = 131_072
"""Characters in a cell, four times what a spreadsheet's cell holds."""
