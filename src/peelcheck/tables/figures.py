"""Every figure of a round by item, force and year: what comparisons and checks between returns look up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct, field

from peelcheck.arrays import BoolArray, FloatArray, IntArray, ObjectArray, objects
from peelcheck.cells.parsed import CellState
from peelcheck.model import Declaration, Field, Nouns, ReturnKind, ReturnSchema, Status
from peelcheck.model.nouns import NEUTRAL
from peelcheck.rounds.declarations import Declarations
from peelcheck.tables.table import NO_YEAR, Return

NOT_RECEIVED = "not received"
NOT_PLACED = "in a row whose {force} or period is in doubt"
NOT_COUNTED = "could not be counted"
BEFORE_BREAK = "before a break in the series"
NO_ROW = "in a row that is missing"
MISSING = "marked as missing"


class Column(Struct, frozen=True, dict=True):
    """One item in one year over all forces; not changed any more once it is laid out.

    `value` is the figure in counts (NaN where there is none), `why` says why a figure cannot be used, in words that
    follow its name ("left blank"; None where it can), `declared` what the force said of it, `row` its position in the
    return's table (-1 where there is none).
    """

    value: FloatArray
    why: ObjectArray
    declared: ObjectArray
    row: IntArray

    @cached_property
    def usable(self) -> FloatArray:
        """The figures that may be compared; NaN for the rest. It is shared, and cannot be changed."""
        usable = np.where(self.why == None, self.value, np.nan)  # noqa: E711 (elementwise)
        usable.flags.writeable = False
        return usable


class Figures(Struct, frozen=True):
    """The figures of this round and the accepted ones of earlier rounds.

    `current[ref, year]` and `accepted[ref, year]` hold a `Column`, `ref` being `return.item`. `since[ref]` is the first year
    of a series that has a break: what came before is no past to hold its figures against.
    """

    forces: tuple[str, ...]
    tables: dict[str, Return] = field(default_factory=dict)
    current: dict[tuple[str, int], Column] = field(default_factory=dict)
    accepted: dict[tuple[str, int], Column] = field(default_factory=dict)
    since: dict[str, int] = field(default_factory=dict)
    _past: dict[tuple[str, int], Column] = field(default_factory=dict)
    _none: dict[str, Column] = field(default_factory=dict)
    nouns: Nouns = Nouns()

    @classmethod
    def gather(
        cls,
        forces: Sequence[str],
        returns: Iterable[Return],
        history: Iterable[Return],
        declarations: Declarations,
        senders: Mapping[str, Mapping[str, str]],
        nouns: Nouns = NEUTRAL,
    ) -> Figures:
        """Lay out the figures of the returns and of the accepted history (wide returns; others are passed over).

        `senders` names for a return the forces of which a file came, and why a figure that is in none of its rows is not
        there: the row is missing, or one is in doubt. `nouns` are those of the collection.
        """
        figures = cls(tuple(forces), nouns=nouns)
        for table in returns:
            figures.tables[table.schema.name] = table
            figures._lay_out(table, figures.current, declarations, senders.get(table.schema.name, {}))
        for table in history:
            figures._lay_out(table, figures.accepted, declarations)
        return figures

    def add_counts(
        self,
        return_name: str,
        name: str,
        year: int,
        counts: Mapping[str, int | None],
        declarations: Declarations,
    ) -> None:
        """Lay out a figure that was counted from records; None where records came that cannot be told apart.

        A force without records has no figure.
        """
        column = self._nothing()
        for i, force in enumerate(self.forces):
            if force in counts:
                counted = counts[force]
                column.value[i] = np.nan if counted is None else counted
                column.why[i] = NOT_COUNTED if counted is None else None
        _declare(column, self.forces, declarations, return_name, name, year)
        self.current[f"{return_name}.{name}", year] = column

    def column(self, ref: str, year: int) -> Column:
        """The figures of this round for an item and a year; all *not received* where there are none."""
        return self.current.get((ref, year)) or self._without_any(NOT_RECEIVED)

    def history(self, ref: str, year: int) -> Column:
        """The accepted figures for an item and a year; for a year of this round that history lacks, nothing."""
        if year < self.since.get(ref, year):
            return self._without_any(BEFORE_BREAK)
        return self.accepted.get((ref, year)) or self._without_any(NOT_RECEIVED)

    def past(self, ref: str, year: int) -> Column:
        """The figures to look back on: of each force what was accepted or, where nothing was, what this round gives."""
        if (ref, year) not in self._past:
            self._past[ref, year] = self._looked_back_on(ref, year)
        return self._past[ref, year]

    def _looked_back_on(self, ref: str, year: int) -> Column:
        accepted, given = self.history(ref, year), self.column(ref, year)
        if year < self.since.get(ref, year) or accepted is given:
            return accepted
        there = ~np.isnan(accepted.usable)
        return Column(
            *(
                np.where(there, getattr(accepted, part), getattr(given, part))
                for part in ("value", "why", "declared", "row")
            )
        )

    def position(self, names: Iterable[str]) -> IntArray:
        """Where each force stands in `forces`; -1 for a name that is none of them."""
        place = {name: i for i, name in enumerate(self.forces)}
        return np.array([place.get(name, -1) for name in names], dtype=np.int64)

    def _without_any(self, why: str) -> Column:
        """The one column of an item that has no figure for any force; it is shared, and cannot be changed."""
        if why not in self._none:
            self._none[why] = column = self._nothing(why)
            for part in (column.value, column.why, column.declared, column.row):
                part.flags.writeable = False
        return self._none[why]

    def _nothing(self, why: str = NOT_RECEIVED) -> Column:
        n = len(self.forces)
        return Column(
            np.full(n, np.nan),
            np.full(n, why, dtype=object),
            np.full(n, None, dtype=object),
            np.full(n, -1, dtype=np.int64),
        )

    def _lay_out(
        self,
        table: Return,
        into: dict[tuple[str, int], Column],
        declarations: Declarations,
        senders: Mapping[str, str] | None = None,
    ) -> None:
        if table.schema.records:
            return
        place = self.position(table.forces)
        known = (place >= 0) & (table.years != NO_YEAR)
        sent = objects((senders or {}).get(force) for force in self.forces)
        years = [int(year) for year in np.unique(table.years[known])]
        for item in table.schema.items:
            if item.period is None:
                continue
            if item.series_break and item.years:
                self.since[f"{table.schema.name}.{item.name}"] = max(item.years)
            here = known & (table.periods == table.asked.index(item.period))
            for year in years:
                rows = here & (table.years == year)
                if not rows.any() or (senders is not None and _unasked(table.schema, item, year)):
                    continue
                column = self._column(table, item.name, rows, place)
                without = (column.row < 0) & (sent != None)  # noqa: E711 (elementwise)
                column.why[without] = sent[without]
                _declare(column, self.forces, declarations, table.schema.name, item.name, year)
                into[f"{table.schema.name}.{item.name}", year] = column

    def _column(self, table: Return, item: str, rows: BoolArray, place: IntArray) -> Column:
        column = self._nothing()
        positions = np.flatnonzero(rows)
        at, values, states = place[positions], table.values[item][positions], table.states[item][positions]
        column.row[at], column.value[at], column.why[at] = positions, values, _WHY[states]
        first = np.unique(at, return_index=True)[1]
        if len(first) < len(at):  # the last is held now
            other = at[~((column.value[at] == values) | (np.isnan(column.value[at]) & np.isnan(values)))]
            column.value[other], column.why[other] = np.nan, "sent twice with different figures"
            at_first = first[np.isin(at[first], other)]
            column.row[at[at_first]] = positions[at_first]
        return column


def _unasked(schema: ReturnSchema, item: Field, year: int) -> bool:
    """Whether a force sends a figure that it was not asked for, and that nobody checks; tables of others hold many years."""
    return schema.kind is ReturnKind.RETURN and year not in item.years


def why_no_figure(state: CellState) -> str | None:
    """Why a cell holds no figure, in words that follow its name; None where it holds one."""
    if state is CellState.OK:
        return None
    if state is CellState.MISSING:
        return MISSING
    return "could not be read or used" if state is CellState.BAD else "left blank"


_WHY = objects(why_no_figure(state) for state in CellState)
"""By the number of the state."""


def _declare(
    column: Column, forces: Sequence[str], declarations: Declarations, return_name: str, item: str, year: int
) -> None:
    """Take out what is declared out, and note what is declared."""
    about = declarations.about(return_name, item)
    for i, force in enumerate(forces if about else ()):
        if force not in about:
            continue
        declared: Declaration | None = declarations.of_item(force, return_name, item, year)
        if declared is None:
            continue
        column.declared[i] = declared
        if declared.status.is_out:
            column.why[i] = declared.words
        elif declared.status is Status.COMBINED:
            column.why[i] = f"given as one figure for {declared.force} and {declared.partner}"
