"""How rows were read, for others that begin with the same line or with one of the same form."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from peelcheck.reading.csv.dialect import Dialect
from peelcheck.reading.csv.line_buffer import Lines
from peelcheck.reading.csv.line_pattern import Form, Forms, filled
from peelcheck.reading.csv.strict_rows import may_be_rows
from peelcheck.reading.text import digitless

State = tuple[bool, bool]
"""Whether there is no hope that a row is closed further on, and whether a row went on and on."""

MOST_AHEAD = 4
"""Lines behind a row's first of which is remembered how it is read."""
_KEPT = 4_096
"""Rows of which is remembered how they are read."""
_LONGEST_KEPT = 1_000
_WITH_TEXT = "rows"
"""In a form, before what its lines say: no mark, which are no letters."""


class ReadRow(Struct, frozen=True):
    """A row as it was read.

    Attributes:
        cells: of it.
        rows: the list in which it is named; none where all quotation marks fit.
        used: how many lines it takes beyond the first.
        ahead: how many lines beyond the first were looked at.
        tried, vain: what it counts for.
    """

    cells: list[str]
    rows: list[int] | None
    used: int
    ahead: int
    tried: int = 0
    vain: int = 0


class _Known(Struct, frozen=True):
    """How lines of one form are read: the row, and its cells with gaps for the texts."""

    row: ReadRow
    pattern: str


class Memory:
    """What is remembered of rows; the lines behind the first are those that come next, and come again."""

    def __init__(self, lines: Lines, dialect: Dialect, width: int) -> None:
        self._lines, self._dialect, self._width = lines, dialect, width
        self._ahead: dict[str, int] = {}
        """How many lines had to be looked at behind a line to read it."""
        self._seen: dict[str | tuple[str, ...], ReadRow] = {}
        """How lines were read: a line that tells all by itself, or one with those that were looked at."""
        self._forms = Forms(dialect)
        self._beyond: dict[tuple[State, Form], int] = {}
        """How many lines have to be looked at behind one of some form."""
        self._of_form: dict[tuple[State, Form], _Known] = {}
        """How lines of some form are read, those behind them that were looked at included."""

    def same(self, line: str) -> ReadRow | None:
        """How a row was read that began with this line, if the same lines follow."""
        ahead = self._ahead.get(line)
        if ahead is None:
            return None
        return self._seen.get((line, *self._lines.ahead(ahead)) if ahead else line)

    def like(self, state: State, line: str) -> tuple[ReadRow, list[str]] | None:
        """How a row was read that began with a line of this form, if lines of the same forms follow; and the cells."""
        form = self._forms.form_of(line)
        if form and (ahead := self._beyond.get((state, form), 0)):
            form = self._form_with(line, self._lines.ahead(ahead))
        known = self._of_form.get((state, form)) if form else None
        if known is None:
            return None
        taken = "".join([line, *self._lines.ahead(known.row.used)]) if known.row.used else line
        return known.row, filled(known.pattern, self._forms.texts(taken))

    def keep(self, line: str, row: ReadRow) -> None:
        """Remember how a row is read that begins with this line, where as many lines as were looked at follow it again."""
        if row.ahead > MOST_AHEAD or len(line) > _LONGEST_KEPT or len(self._seen) == _KEPT:
            return
        following = self._lines.ahead(row.ahead)
        if sum(map(len, following)) <= _LONGEST_KEPT:
            self._ahead[line] = row.ahead
            self._seen[(line, *following) if row.ahead else line] = row

    def keep_form(self, state: State, line: str, row: ReadRow) -> None:
        """Remember how a row is read that begins with a line of this form, if that holds whatever it says."""
        if row.ahead > MOST_AHEAD or len(self._of_form) >= _KEPT:
            return
        form = self._forms.form_of(line)
        if form and row.ahead:
            first = state, form
            self._beyond[first] = max(row.ahead, self._beyond.get(first, 0))
            form = self._form_with(line, self._lines.ahead(self._beyond[first]))
        if form and _WITH_TEXT in form and 2 * len(self._of_form) > _KEPT:
            return  # of others there are fewer, and they come again
        if form:
            self._of_form[state, form] = _Known(row, self._forms.pattern(row.cells))

    def _form_with(self, begins: str, following: Sequence[str]) -> Form | None:
        """The form of several lines; where some may be rows of the table, what they say and how the first begins too.

        Of a figure it tells how many digits it has, not which.
        """
        form = self._forms.form_of("".join([begins, *following]))
        if form is None or not may_be_rows(following, self._dialect, self._width):
            return form
        first = begins.split(self._dialect.delimiter, 1)[0]
        return *form, _WITH_TEXT, digitless(first), digitless("".join(following))
