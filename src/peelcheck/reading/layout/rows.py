"""Judge the rows below the headings: records, blank or ragged rows, notes, repeated headings, or another table."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import islice

from msgspec import Struct, field

from peelcheck.reading.layout.header import Header, all_different
from peelcheck.reading.layout.row_kinds import Appearance, Looks
from peelcheck.reading.layout.titles import Titles, title_in
from peelcheck.reading.text import Row, blank, is_figure

_NEVER = "\0"
_MOST_NOTES = 50


class Walked(Struct):
    """What was found among the rows of a table.

    Attributes:
        records: the number of rows that are records.
        last: the last record; the row above the first row if there is none.
        short: records with fewer cells than columns, by their number of cells without the blank ones at the end.
        long: records with more cells than columns.
        beyond: the text after the last column, in the first long record that has some.
        joined: records whose cells were not split, so that one or two cells contain the separators.
        text: the text of the first joined record.
        padded: records with blank cells after the last column, if most records have them.
        repeated: rows that repeat the headings.
        footer: notes below the table.
        used: the positions of columns without a heading that have text.
        other: the row in which another table begins; 0 for none.
        other_names: its headings.
        other_rows: the number of its rows, without its headings.
        other_title: the title that makes it another table, if its headings are the same.
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
    other_title: str = ""


class Walk:
    """Judges the rows of a table one after the other; `end` gives the result.

    Attributes:
        header: the headings of the table.
        walked: what was found so far.
        blank: rows with only blank cells, if they are to be noted; a large file may have too many.
        busy: whether the next row must be looked at closely, whatever it is.
    """

    def __init__(self, header: Header, *, note_blank: bool = False) -> None:
        self.header = header
        self._width = header.width
        self._looks_of = Appearance(header).of
        self.walked = Walked(last=header.first - 1)
        self.blank = array("l")
        self._note_blank = note_blank
        self.busy = False
        self._notes: list[tuple[int, Row, int]] = []  # they may turn out to be below the table
        self._below_many = -1
        """The row after too many rows that looked like notes."""
        self._below_blank = False
        self._padded: list[int] = []  # records with blank cells after the last column
        self._titles = Titles()
        self._candidate: tuple[int, Row, int] | None = None
        self._unnamed = [n for n, name in enumerate(header.names) if not name.strip()]

    def all(self, rows: Iterable[Row]) -> Walk:
        """Judge all rows of a file, from its first."""
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
                walked.records += 1  # most rows end here
                walked.last = number
            elif row:
                self.look(number, row)
            else:
                self._below_blank = self.busy = True
        self.end()
        return self

    def look(self, number: int, row: Row) -> None:
        """Judge one row closely."""
        walked, looks = self.walked, self._looks_of(row)
        if looks.there in (1, 2) and not walked.other and (text := title_in(row)):
            self._look_at_title(number, row, looks, text)
        else:
            self._judge_row(number, row, looks)

    def _look_at_title(self, number: int, row: Row, looks: Looks, text: str) -> None:
        """Judge a row that may be a title, and remember it until a record follows."""
        if self.walked.records != self._titles.below:
            self._titles = Titles(records=self.walked.records, last=self.walked.last)
        self._titles.texts.append((number, text))
        self._judge_row(number, row, looks)
        self._titles.below = self.walked.records

    def _judge_row(self, number: int, row: Row, looks: Looks) -> None:
        """Judge one row by what it looks like."""
        walked = self.walked
        if looks.record and not self.busy:
            self._record(number, row, looks.reach)
        elif looks.remark and not walked.other and self._candidate is None:
            self._note(number, row, looks.reach)
            self._below_blank, self.busy = False, bool(self._notes)
        else:
            self._look_around(number, row, looks)

    def _look_around(self, number: int, row: Row, looks: Looks) -> None:
        """Judge a row whose kind depends on the rows above it."""
        walked = self.walked
        there = looks.there
        if walked.other:
            walked.other_rows += there > 0
        elif not there:
            if self._note_blank:  # a blank row is also what the next row is judged by
                self.blank.append(number)
        elif self._candidate is not None:
            self._judge(number, row, looks)
        elif looks.headings:
            self._judge_headings(number, row)
        elif looks.joined:
            self._settle()
            walked.joined.append(number)
            walked.text = walked.text or next(cell for cell in row if cell.strip())
            walked.records += 1
            walked.last = number
        elif looks.other:
            self._settle()
            walked.other, walked.other_names = number, tuple(row)
        elif there > 1 and self._may_be_other(row, looks):
            self._candidate = (number, row, looks.reach)
        elif looks.note or (looks.below_note and self._notes) or (looks.below_blank and self._below_blank):
            self._note(number, row, looks.reach)
        else:
            self._settle()
            self._record(number, row, looks.reach)
        self._below_blank = not there
        self.busy = not there or bool(self._notes) or self._candidate is not None or walked.other > 0

    def _judge_headings(self, number: int, row: Row) -> None:
        """Judge the same headings again: the table goes on, or below another title another table begins."""
        walked, titles = self.walked, self._titles
        title = titles.other_than(self.header.titles) if titles.below == walked.records else ""
        if not title or not titles.records:
            self._settle()
            walked.repeated.append(number)
            return
        above = {row for row, _ in titles.texts}
        self._notes = [note for note in self._notes if note[0] not in above]
        for rows in (*walked.short.values(), walked.long, self._padded):
            rows[:] = [row for row in rows if row not in above]
        walked.short = {reach: rows for reach, rows in walked.short.items() if rows}
        walked.records, walked.last = titles.records, titles.last
        walked.other, walked.other_names, walked.other_title = number, tuple(row), title

    def pass_over(self, number: int, rows: int) -> None:
        """Count rows from this one on as records, without looking at them."""
        if rows:
            self.walked.records += rows
            self.walked.last = number + rows - 1

    def end(self) -> Walked:
        """End the walk: no row is left."""
        if self._candidate is not None:
            self._settle()
            self._record(*self._candidate)
        if self._notes and not self.header.rows and not self.walked.records:
            self._record(*self._notes.pop(0))  # the first row of a table without headings is not a note
        self.walked.footer = [number for number, _, _ in self._notes]
        if 2 * len(self._padded) > self.walked.records:
            self.walked.padded = self._padded
        else:  # the program that wrote the file does not always add blank cells
            self.walked.long = sorted(self.walked.long + self._padded)
        return self.walked

    def _note(self, number: int, row: Row, reach: int) -> None:
        """Keep a row as a note for now: it is one if no more of the table follows. Too many in succession are not notes."""
        if number == self._below_many:
            self._record(number, row, reach)
            self._below_many += 1
            return
        self._notes.append((number, row, reach))
        if len(self._notes) > _MOST_NOTES:
            self._settle()
            self._below_many = number + 1

    def _settle(self) -> None:
        """Count rows that looked like notes as records, because more of the table follows."""
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
        """Note a record with more cells than columns."""
        walked, beyond = self.walked, row[self._width :]
        if blank(beyond):
            self._padded.append(number)
            return
        walked.beyond = walked.beyond or ", ".join(cell for cell in beyond if cell.strip())
        walked.long.append(number)

    def _use(self, row: Row) -> None:
        """Note the columns without a heading in which a record has text. Each is noted once."""
        for n in [*self._unnamed]:
            if n < len(row) and row[n].strip():
                self.walked.used.add(n)
                self._unnamed.remove(n)

    def _may_be_other(self, row: Row, looks: Looks) -> bool:
        """Whether a row may be the headings of another table: words after a blank row, or a different number of words."""
        if not self.walked.records:
            return False
        if not self._below_blank and (len(row) == self.header.width or not 3 <= len(row) == looks.there):
            return False
        return looks.words and all_different(row)

    def _judge(self, number: int, row: Row, looks: Looks) -> None:
        """Decide by the row below a candidate whether the candidate is the headings of another table."""
        assert self._candidate is not None  # noqa: S101
        at, headings, reach = self._candidate
        self._candidate = None
        if len(row) == len(headings) and any(map(is_figure, row)):
            self.walked.other, self.walked.other_names, self.walked.other_rows = at, tuple(headings), 1
            return
        self._settle()
        self._record(at, headings, reach)
        self._look_around(number, row, looks)
