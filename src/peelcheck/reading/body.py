"""The rows below the headings: which are records, which blank, ragged, notes, headings again or another table."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from itertools import islice
from operator import eq

from msgspec import Struct, field

from peelcheck.reading.dialect import USUAL, key
from peelcheck.reading.shape import Header, Row, blank, filled, is_figure, looks_like_headings

_NOTE = re.compile(
    r"\s*(?:(?:foot)?notes?\b|sources?\b|produced\b|prepared\b|extracted\b|generated\b|printed\b|report\b|run (?:on|by)\b"
    r"|end of\b|data (?:as|from|correct)\b|\*|†|‡|©|\(?\d{1,2}[.)]\s|\[\w{1,10}\])",
    re.I,
)
_SEPARATOR = re.compile(f"[{''.join(USUAL)}]")
_WORDS = 5
_NEVER = "\0"
_MOST_NOTES = 50
_KEPT = 4_096
"""Rows of which is remembered what they look like."""
_LONGEST_KEPT = 1_000


class Walked(Struct):
    """What was met on the way through the rows of a table.

    Attributes:
        records: how many rows are records.
        last: the last of them, or the row above the first.
        short: records with fewer cells than there are columns, by how many of their cells there are, blank ones at the
            end not counted.
        long: records with more cells than there are columns.
        beyond: what stands beyond the last column in the first long record in which something does.
        joined: records that stand in one cell or two, their own separators in them.
        text: the first of them.
        padded: records with blank cells beyond the last column, where most have them.
        repeated: rows with the headings again.
        footer: notes below the table.
        used: columns without a heading in which something stands.
        other: where another table begins; 0 where there is none.
        other_names: its headings.
        other_rows: its rows, the headings not counted.
    """

    last: int
    records: int = 0
    short: dict[int, list[int]] = field(default_factory=dict)
    long: list[int] = field(default_factory=list)
    beyond: str = ""
    joined: list[int] = field(default_factory=list)
    text: str = ""
    padded: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    footer: list[int] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    other: int = 0
    other_names: tuple[str, ...] = ()
    other_rows: int = 0


class _Looks(Struct, frozen=True, gc=False):
    """What a row looks like by itself, wherever it stands.

    Attributes:
        there: how many of its cells are not blank.
        reach: how many cells it has, blank ones at the end not counted unless all are.
        headings: it has the headings again.
        joined: it is a record of which the cells were not split.
        other: it has the headings of another table that begins with the same columns.
        note: it is a note if nothing follows: words in its first cell, and it is no record with blanks.
        below_note, below_blank: it is one below another note, or below a blank row.
        record: it is one wherever nothing above makes it look different.
        remark: it is a note in one cell, which is nothing else whatever stands above.
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


class Walk:
    """Looks at the rows of a table one after the other; `end` gives the result.

    Attributes:
        header: of the table.
        walked: what was met so far.
        blank: rows of nothing but blank cells, where they are to be noted; in a large file there may be too many.
        busy: whether the next row must be looked at closely, whatever it is.
    """

    def __init__(self, header: Header, *, note_blank: bool = False) -> None:
        self.header = header
        self._width = header.width
        self._seen: dict[tuple[str, ...], _Looks] = {}
        self.walked = Walked(last=header.first - 1)
        self.blank = array("l")
        self._note_blank = note_blank
        self.busy = False
        self._notes: list[tuple[int, Row, int]] = []  # they may turn out to stand below the table
        self._below_blank = False
        self._padded: list[int] = []  # records with blank cells beyond the last column
        self._candidate: tuple[int, Row, int] | None = None
        self._keys = list(map(key, header.names))
        self._first_letter = self._keys[0][:1]  # not in its first cell: a row is no headings, at once
        self._unnamed = [n for n, name in enumerate(header.names) if not name.strip()]

    def all(self, rows: Iterable[Row]) -> Walk:
        """Look at all rows of a file, from its first."""
        header, walked = self.header, self.walked
        width, second = header.width, min(1, header.width - 1)
        first_name = header.names[0].strip().casefold() or _NEVER
        letters = len(first_name)
        for number, row in enumerate(islice(rows, header.first - 1, None), start=header.first):
            if (
                not self.busy
                and len(row) == width
                and row[0][:1].isalnum()
                and row[second][:1].isalnum()
                and row[0][:letters].casefold() != first_name
                and not self._unnamed
            ):
                walked.records += 1  # the usual row, at once
                walked.last = number
            elif row:
                self.look(number, row)
            else:
                self._below_blank = self.busy = True
        self.end()
        return self

    def look(self, number: int, row: Row) -> None:
        """Look closely at one row."""
        walked, like = self.walked, tuple(row)
        looks = self._seen.get(like) or self._first_look(like)
        if looks.record and not self.busy:
            self._record(number, row, looks.reach)
        elif looks.remark and not walked.other and self._candidate is None:
            self._note(number, row, looks.reach)
            self._below_blank, self.busy = False, bool(self._notes)
        else:
            self._look_around(number, row, looks)

    def _look_around(self, number: int, row: Row, looks: _Looks) -> None:
        """Look at a row of which those above it tell what it is."""
        walked = self.walked
        there = looks.there
        if walked.other:
            walked.other_rows += there > 0
        elif not there:
            if self._note_blank:  # it makes the next row look different, besides
                self.blank.append(number)
        elif self._candidate is not None:
            self._judge(number, row, looks)
        elif looks.headings:
            self._settle()
            walked.repeated.append(number)
        elif looks.joined:
            self._settle()
            walked.joined.append(number)
            walked.text = walked.text or next(cell for cell in row if cell.strip())
            walked.records += 1
            walked.last = number
        elif looks.other:
            self._settle()
            walked.other, walked.other_names = number, tuple(row)
        elif there > 1 and self._may_be_other(row, there):
            self._candidate = (number, row, looks.reach)
        elif looks.note or (looks.below_note and self._notes) or (looks.below_blank and self._below_blank):
            self._note(number, row, looks.reach)
        else:
            self._settle()
            self._record(number, row, looks.reach)
        self._below_blank = not there
        self.busy = not there or bool(self._notes) or self._candidate is not None or walked.other > 0

    def _first_look(self, row: tuple[str, ...]) -> _Looks:
        """What a row looks like by itself, remembered for others that are equal."""
        looks = self._looks(row)
        if len(self._seen) < _KEPT and sum(map(len, row)) <= _LONGEST_KEPT:
            self._seen[row] = looks
        return looks

    def _looks(self, row: Row) -> _Looks:
        there, reach = filled(row), len(row)
        if not there:
            return _Looks(0, reach)
        while not row[reach - 1] or row[reach - 1].isspace():
            reach -= 1
        if self._first_letter in row[0].casefold() and self._is_headings(row):
            return _Looks(there, reach, headings=True)
        if self._is_joined(row, there):
            return _Looks(there, reach, joined=True)
        if there > 2:
            other = self._begins_alike(row)
            usual = not other and (len(row) == self._width or there < len(row))
            return _Looks(there, reach, other=other, record=usual)
        first = row[0].strip()
        if self._width < 2 or not first or is_figure(first):
            return _Looks(there, reach, record=True)
        if there > 1:
            return _Looks(there, reach, note=self._width > 2 and _NOTE.match(first) is not None)
        if len(row) == 1 or _NOTE.match(first):
            return _Looks(there, reach, note=True, remark=True)
        return _Looks(there, reach, below_note=True, below_blank=len(first.split()) >= _WORDS)

    def pass_over(self, number: int, rows: int) -> None:
        """Take rows, from this one on, for usual ones without a look."""
        if rows:
            self.walked.records += rows
            self.walked.last = number + rows - 1

    def end(self) -> Walked:
        """No row is left."""
        if self._candidate is not None:
            self._settle()
            self._record(*self._candidate)
        self.walked.footer = [number for number, _, _ in self._notes]
        if 2 * len(self._padded) > self.walked.records:
            self.walked.padded = self._padded
        else:  # not the habit of the program that wrote them
            self.walked.long = sorted(self.walked.long + self._padded)
        return self.walked

    def _note(self, number: int, row: Row, reach: int) -> None:
        """A row may be a note, if no more of the table follows; of so many there are none."""
        self._notes.append((number, row, reach))
        if len(self._notes) > _MOST_NOTES:
            self._settle()

    def _settle(self) -> None:
        """More of the table follows, so what looked like notes are records."""
        for number, row, reach in self._notes:
            self._record(number, row, reach)
        self._notes.clear()

    def _record(self, number: int, row: Row, reach: int) -> None:
        walked, width = self.walked, self._width
        walked.records += 1
        walked.last = number
        if len(row) < width:
            walked.short.setdefault(reach, []).append(number)
        elif len(row) > width:
            self._go_beyond(number, row)
        if self._unnamed:
            self._use(row)

    def _go_beyond(self, number: int, row: Row) -> None:
        """A record has more cells than there are columns."""
        walked, beyond = self.walked, row[self._width :]
        if blank(beyond):
            self._padded.append(number)
            return
        walked.beyond = walked.beyond or ", ".join(cell for cell in beyond if cell.strip())[:100]
        walked.long.append(number)

    def _use(self, row: Row) -> None:
        """Note in which of the columns without a heading a record has something; once is enough."""
        used = [n for n in self._unnamed if n < len(row) and row[n].strip()]
        self.walked.used.update(used)
        self._unnamed = [n for n in self._unnamed if n not in used]

    def _is_headings(self, row: Row) -> bool:
        """Whether they are the headings again, in any case and spacing."""
        keys, names = self._keys, self.header.names
        if self.header.row == 0 or key(row[0]) != keys[0] or not blank(row[len(keys) :]):
            return False
        if tuple(row[: len(names)]) == names:
            return True
        return len(row) >= len(keys) and any(keys) and all(map(eq, map(key, row), keys))

    def _begins_alike(self, row: Row) -> bool:
        """Whether these are the headings of another table that begins with the same columns."""
        if self.header.row == 0 or not self._keys[0] or key(row[0]) != self._keys[0]:
            return False
        known = [cell for cell in row[1:] if key(cell) in self._keys[1:] and key(cell)]
        return len(known) > 1 and not any(map(is_figure, row))

    def _may_be_other(self, row: Row, there: int) -> bool:
        """Whether a row could be the headings of another table: words below a blank row, or of another number."""
        if not self.walked.records:
            return False
        if not self._below_blank and (len(row) == self.header.width or not 3 <= len(row) == there):
            return False
        return looks_like_headings(row, self.header.figures)

    def _judge(self, number: int, row: Row, looks: _Looks) -> None:
        """Whether the row below a candidate makes it the headings of another table."""
        assert self._candidate is not None  # noqa: S101
        at, headings, reach = self._candidate
        self._candidate = None
        if len(row) == len(headings) and any(map(is_figure, row)):
            self.walked.other, self.walked.other_names, self.walked.other_rows = at, tuple(headings), 1
            return
        self._settle()
        self._record(at, headings, reach)
        self._look_around(number, row, looks)

    def _is_joined(self, row: Row, there: int) -> bool:
        """Whether a row is a record of which the cells were not split: quoted as a whole, or with another separator."""
        width = self._width
        if width < 3 or 2 * there > width or sum(map(len, row)) < width:
            return False
        text = " ".join(row)
        if not _SEPARATOR.search(text):
            return False  # at once, as most rows are
        return any(_splits(text, d, width) for d in USUAL if text.count(d) >= width - 1)


def _splits(text: str, separator: str, width: int) -> bool:
    """Whether a text is a row with this separator, not prose: no space behind it, nor in most of what stands between."""
    parts = re.split(f"{re.escape(separator)}(?! )", text)
    return len(parts) >= width and 2 * sum(" " not in part for part in parts) >= len(parts)
