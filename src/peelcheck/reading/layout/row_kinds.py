"""Judge a row by itself, without the rows around it: a record, a note, repeated headings, or cells that were not split."""

from __future__ import annotations

import re
from operator import eq

from msgspec import Struct

from peelcheck.reading.layout.header import Header, words_over
from peelcheck.reading.text import USUAL, Row, blank, digitless, filled, is_figure, key

NOTE = re.compile(
    r"\s*(?:(?:foot)?notes?\b|sources?\b|produced\b|prepared\b|extracted\b|generated\b|printed\b|report\b|run (?:on|by)\b"
    r"|end of\b|data (?:as|from|correct)\b|\*|†|‡|©|\(?\d{1,2}[.)]\s|\[\w{1,10}\])",
    re.I,
)
_SEPARATOR = re.compile(f"[{''.join(USUAL)}]")
_DIGIT = re.compile("[0-9]")
_BETWEEN_CELLS = "\0"
"""Stands between cells. No cell contains it."""
_WORDS = 5
_MOST_KEPT = 4_096
"""Rows that each cache remembers."""
_LONGEST_KEPT = 1_000
"""Characters of the longest row that is remembered."""


class Looks(Struct, frozen=True, gc=False):
    """What a row looks like by itself.

    Attributes:
        there: the number of its cells that are not blank.
        reach: the number of its cells without the blank ones at its end; if all are blank, the number of all.
        headings: it repeats the headings.
        joined: it is a record whose cells were not split.
        other: it has the headings of another table, whose first columns are the same.
        note: it is a note if no more of the table follows: it has words in its first cell and is not a record with blanks.
        below_note, below_blank: it is a note if it follows another note, or a blank row.
        record: it is a record, unless the rows above make it something else.
        remark: it is a note in one cell, whatever the rows above are.
        words: it has words in columns of figures. If they are all different, it may be the headings of another table.
    """

    there: int
    reach: int
    headings: bool = False
    joined: bool = False
    other: bool = False
    note: bool = False
    below_note: bool = False
    below_blank: bool = False
    record: bool = False
    remark: bool = False
    words: bool = False


class Appearance:
    """Judges the rows below some headings, and remembers the result for equal rows.

    There are two caches: by the text of a row, and by its text with every digit replaced by 0. Without the first, rows that
    repeat take up to 1.5 times as long. Without the second, irregular rows that differ in their figures take 1.8 times as
    long. Without both, some files take 2.8 times as long.
    """

    def __init__(self, header: Header) -> None:
        self._header = header
        self._width = header.width
        self._of_text: dict[str, Looks] = {}
        self._of_form: dict[str | bytes, Looks] = {}
        self._digits = any(map(_DIGIT.search, header.names))
        self._keys = list(map(key, header.names))
        self._begins = digitless(self._keys[0])
        self._other_keys = frozenset(self._keys[1:]) - {""}
        self._first_letter = self._keys[0][:1]  # a row without it in its first cell is not the headings

    def of(self, row: Row) -> Looks:
        """What a row looks like by itself."""
        text = _BETWEEN_CELLS.join(row)
        if len(text) > _LONGEST_KEPT:
            return self._looks(row)
        looks = self._of_text.get(text)
        if looks is None:
            looks = self._of_others(row, digitless(text))
            if len(self._of_text) < _MOST_KEPT:
                self._of_text[text] = looks
        return looks

    def _of_others(self, row: Row, form: str | bytes) -> Looks:
        """What a row looks like that is not in the first cache."""
        if self._digits and self._each_digit_tells(row):
            return self._looks(row)
        looks = self._of_form.get(form)
        if looks is None:
            looks = self._looks(row)
            if len(self._of_form) < _MOST_KEPT:
                self._of_form[form] = looks
        return looks

    def _each_digit_tells(self, row: Row) -> bool:
        """Whether the digits of a row decide that it repeats the headings, because the headings have digits."""
        return digitless(key(row[0])) == self._begins and (self._is_headings(row) or self._begins_alike(row))

    def _looks(self, row: Row) -> Looks:
        there, reach = filled(row), len(row)
        if not there:
            return Looks(0, reach)
        while not row[reach - 1] or row[reach - 1].isspace():
            reach -= 1
        if self._first_letter in row[0].casefold() and self._is_headings(row):
            return Looks(there, reach, headings=True)
        if self._is_joined(row, there):
            return Looks(there, reach, joined=True)
        words = there > 1 and words_over(row, self._header.figures)
        if there > 2:
            other = self._begins_alike(row)
            usual = not other and (len(row) == self._width or there < len(row))
            return Looks(there, reach, other=other, record=usual, words=words)
        first = row[0].strip()
        if there == 1 and not first and self._width > 2 and _is_note(row[reach - 1].strip()):
            return Looks(there, reach, note=True, remark=True)
        if self._width < 2 or not first or is_figure(first):
            return Looks(there, reach, record=True, words=words)
        if there > 1:
            note = self._width > 2 and NOTE.match(first) is not None
            return Looks(there, reach, note=note, words=words)
        if len(row) == 1 or NOTE.match(first):
            return Looks(there, reach, note=True, remark=True)
        return Looks(there, reach, below_note=True, below_blank=len(first.split()) >= _WORDS)

    def _is_headings(self, row: Row) -> bool:
        """Whether a row repeats the headings, ignoring case and spaces."""
        keys, names = self._keys, self._header.names
        if self._header.row == 0 or key(row[0]) != keys[0] or not blank(row[len(keys) :]):
            return False
        if tuple(row[: len(names)]) == names:
            return True
        return len(row) >= len(keys) and any(keys) and all(map(eq, map(key, row), keys))

    def _begins_alike(self, row: Row) -> bool:
        """Whether a row has the headings of another table whose first columns are the same."""
        if self._header.row == 0 or not self._keys[0] or key(row[0]) != self._keys[0]:
            return False
        known = [cell for cell in row[1:] if key(cell) in self._other_keys]
        return len(known) > 1 and not any(map(is_figure, row))

    def _is_joined(self, row: Row, there: int) -> bool:
        """Whether a row is a record whose cells were not split: it is quoted as a whole, or has another separator."""
        width = self._width
        if width < 3 or 2 * there > width or sum(map(len, row)) < width:
            return False
        text = " ".join(row)
        if not _SEPARATOR.search(text):
            return False  # most rows end here
        return any(_splits(text, d, width) for d in USUAL if text.count(d) >= width - 1)


def _is_note(text: str) -> bool:
    """Whether the only text of a row, below another column than the first, is a note: several words that begin like one."""
    return NOTE.match(text) is not None and len(text.split()) > 1


def _splits(text: str, separator: str, width: int) -> bool:
    """Whether a text is a row with this separator. In prose, a space follows it, and most parts contain spaces."""
    parts = re.split(f"{re.escape(separator)}(?! )", text)
    return len(parts) >= width and 2 * sum(" " not in part for part in parts) >= len(parts)
