"""Recognise the content of single cells and rows: blanks, figures, and headings by their key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

USUAL = (",", ";", "\t", "|")
"""The usual separators."""


_LONGEST_HEADING = 200


_MARK = re.compile(
    r"\s*(?:[(\[](?:(?:foot)?note )?(?:[0-9]{1,2}|[a-z]|number|no\.?|count)[)\]]|[¹²³⁴-⁹])\s*$", re.IGNORECASE
)
"""A mark after a heading that does not change its meaning: a footnote mark, or a word such as “number”."""


def key(heading: str) -> str:
    """A heading without case, spaces and punctuation, for comparison; "" for a text that is too long for a heading."""
    return _key(heading) if len(heading) <= _LONGEST_HEADING else ""


@lru_cache(maxsize=8192)
def _key(heading: str) -> str:
    """Cached: without the cache, files with repeated headings take up to 1.2 times as long."""
    return "".join(filter(str.isalnum, heading.casefold()))


def unmarked(heading: str) -> str:
    """A heading without the mark after it; a text that is too long for a heading stays unchanged."""
    return _MARK.sub("", heading) if len(heading) <= _LONGEST_HEADING else heading


@lru_cache(maxsize=8)
def keys(headings: tuple[str, ...]) -> frozenset[str]:
    """The distinct keys of headings, without the empty key.

    Cached: without the cache, a round of many small files takes 1.03 times as long.
    """
    return frozenset(map(key, headings)) - {""}


Row = Sequence[str]


NULL_SHOWN = "␀"
"""What stands for a null character in a cell."""


def shown_nulls(cell: str) -> str:
    """A cell with a sign for each null character; one of null characters and spaces alone is blank."""
    bare = cell.replace("\x00", "")
    return cell.replace("\x00", NULL_SHOWN) if bare.strip() else bare


WIDEST = 16_384
"""The number of columns that a spreadsheet can have."""


_FIGURE = re.compile(
    r"[-+(]?[£$€]?\d[\d,.]*\)?%?"
    r"|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?"
    r"|\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?:[T ][\d:.]+Z?)?|\d{1,2}:\d\d(?::\d\d)?"
)


_LONGEST_FIGURE = 40


_UNNAMED = re.compile(r"column ([A-Z]+)")


def letters(n: int) -> str:
    """The letters of a column in a spreadsheet; column 0 is `A`, column 26 is `AA`."""
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
    """Whether all cells of a row are blank."""
    return not any(row) or ((not row[0] or row[0].isspace()) and not "".join(row).strip())


def filled(row: Row) -> int:
    """The number of cells of a row that are not blank."""
    return len([1 for cell in row if cell and not cell.isspace()])


def is_figure(cell: str) -> bool:
    """Whether a cell is a number, a date or a time."""
    return len(cell) <= _LONGEST_FIGURE and _FIGURE.fullmatch(cell.strip()) is not None


_ANY_DIGIT = bytes.maketrans(b"123456789", b"000000000")


def digitless(text: str) -> bytes:
    """A text with every digit replaced by 0, as bytes, to compare texts whose digits may differ."""
    return to_bytes(text).translate(_ANY_DIGIT)


def to_bytes(text: str) -> bytes:
    """A text as bytes. `translate` is ten times as fast on bytes as on text."""
    return text.encode("utf-8", "surrogatepass")


LONGEST_CELL = 131_072
"""Characters in the longest cell: four times what a spreadsheet's cell can hold."""
