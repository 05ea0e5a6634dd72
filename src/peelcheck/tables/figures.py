"""Every figure of a round by item, force and year, for comparisons and for checks between returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct, field

from peelcheck.arrays import BoolArray, FloatArray, IntArray, ObjectArray, objects
from peelcheck.cells.parsed import CellState
from peelcheck.model import Declaration, Field, Nouns, Reason, ReasonKind, ReturnKind, ReturnSchema
from peelcheck.model.nouns import NEUTRAL
from peelcheck.rounds.declarations import Declarations
from peelcheck.tables.record_counts import Counted
from peelcheck.tables.table import NO_YEAR, Return

NOT_RECEIVED = Reason(ReasonKind.NOT_RECEIVED)
NOT_PLACED = Reason(ReasonKind.ROW_IN_DOUBT)
NOT_COUNTED = Reason(ReasonKind.NOT_COUNTED)
BEFORE_BREAK = Reason(ReasonKind.BEFORE_BREAK)
NO_ROW = Reason(ReasonKind.ROW_MISSING)


class Column(Struct, frozen=True, dict=True):
    """One item in one year, with one value per force. It does not change after `Figures` has filled it.

    Attributes:
        value: the figure as a count; NaN for none.
        why: the `Reason` why a figure cannot be used, without the item's name; None if it can be used.
        declared: the force's declaration about the figure; None for none.
        row: the figure's row in the return's table; -1 for none.
    """

    value: FloatArray
    why: ObjectArray
    declared: ObjectArray
    row: IntArray

    @cached_property
    def usable(self) -> FloatArray:
        """The figures that can be compared; NaN for the others. The array is shared and read-only."""
        usable = np.where(self.why == None, self.value, np.nan)  # noqa: E711 (elementwise)
        usable.flags.writeable = False
        return usable


class Figures(Struct, frozen=True):
    """The figures of this round, and the accepted figures of earlier rounds. A `ref` is `return.item`.

    Attributes:
        forces: the names of the forces; every `Column` has one value per force, in this order.
        tables: the table of each return, by name.
        current: the figures of this round, by ref and year.
        accepted: the accepted figures of earlier rounds, by ref and year.
        counted: the record-level returns in numbers, by name.
        since: by ref, the first year after a break in the series. Earlier figures are not compared with later ones.
    """

    forces: tuple[str, ...]
    tables: dict[str, Return] = field(default_factory=dict)
    current: dict[tuple[str, int], Column] = field(default_factory=dict)
    accepted: dict[tuple[str, int], Column] = field(default_factory=dict)
    counted: dict[str, Counted] = field(default_factory=dict)
    since: dict[str, int] = field(default_factory=dict)
    _past: dict[tuple[str, int], Column] = field(default_factory=dict)
    _none: dict[Reason, Column] = field(default_factory=dict)
    nouns: Nouns = Nouns()

    @classmethod
    def gather(
        cls,
        forces: Sequence[str],
        returns: Iterable[Return],
        history: Iterable[Return],
        declarations: Declarations,
        senders: Mapping[str, Mapping[str, Reason]],
        nouns: Nouns = NEUTRAL,
    ) -> Figures:
        """Collect the figures of the returns and of the accepted history. Record-level returns are skipped.

        `senders` has the forces that sent a file of a return, by return. For each it says why a figure may be in none of its
        rows: the row is missing, or a row is in doubt. `nouns` are those of the collection.
        """
        figures = cls(tuple(forces), nouns=nouns)
        for table in returns:
            figures.tables[table.schema.name] = table
            figures._lay_out(table, figures.current, declarations, senders.get(table.schema.name, {}))
        for table in history:
            figures._lay_out(table, figures.accepted, declarations)
        return figures

    def add_counts(self, counted: Counted, year: int, declarations: Declarations) -> None:
        """Add the figures of a year that were counted from the records of a return.

        One that cannot be counted has no value. A force that sent no records has no figure at all.
        """
        table = counted.table
        self.counted[table.schema.name] = counted
        places = self.position(table.forces)
        known = places >= 0
        for name in table.values:
            if name == "force":
                continue
            column = self._nothing()
            values = table.values[name][known]
            column.value[places[known]] = values
            column.why[places[known]] = objects(
                NOT_COUNTED if missing else None for missing in np.isnan(values)
            )
            _declare(column, self.forces, declarations, table.schema.name, name, year)
            self.current[f"{table.schema.name}.{name}", year] = column

    def column(self, ref: str, year: int) -> Column:
        """The figures of this round for an item and a year; if there are none, all are “not received”."""
        return self.current.get((ref, year)) or self._without_any(NOT_RECEIVED)

    def history(self, ref: str, year: int) -> Column:
        """The accepted figures for an item and a year; empty before a break in the series and where history has none."""
        if year < self.since.get(ref, year):
            return self._without_any(BEFORE_BREAK)
        return self.accepted.get((ref, year)) or self._without_any(NOT_RECEIVED)

    def past(self, ref: str, year: int) -> Column:
        """The earlier figures to compare with: for each force the accepted figure, else this round's figure for that year."""
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
        """The position of each name in `forces`; -1 for an unknown name."""
        place = {name: i for i, name in enumerate(self.forces)}
        return np.array([place.get(name, -1) for name in names], dtype=np.int64)

    def _without_any(self, why: Reason) -> Column:
        """A column without any figure, for this reason. It is shared and read-only."""
        if why not in self._none:
            self._none[why] = column = self._nothing(why)
            for part in (column.value, column.why, column.declared, column.row):
                part.flags.writeable = False
        return self._none[why]

    def _nothing(self, why: Reason = NOT_RECEIVED) -> Column:
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
        senders: Mapping[str, Reason] | None = None,
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
        if len(first) < len(at):  # a force has two rows; the column holds the last of them
            other = at[~((column.value[at] == values) | (np.isnan(column.value[at]) & np.isnan(values)))]
            column.value[other], column.why[other] = np.nan, Reason(ReasonKind.SENT_TWICE)
            at_first = first[np.isin(at[first], other)]
            column.row[at[at_first]] = positions[at_first]
        return column


def _unasked(schema: ReturnSchema, item: Field, year: int) -> bool:
    """Whether a figure in a force's return was not requested, so that nobody checks it. Reference tables hold many years."""
    return schema.kind is ReturnKind.RETURN and year not in item.years


_NO_FIGURE = {
    CellState.MISSING: Reason(ReasonKind.MARKED_MISSING),
    CellState.BAD: Reason(ReasonKind.UNUSABLE),
    CellState.BLANK: Reason(ReasonKind.LEFT_BLANK),
}


def why_no_figure(state: CellState) -> Reason | None:
    """Why a cell has no figure, without the item's name; None if it has one."""
    return _NO_FIGURE.get(state)


_WHY = objects(why_no_figure(state) for state in CellState)
"""The reasons by `CellState`."""


def _declare(
    column: Column, forces: Sequence[str], declarations: Declarations, return_name: str, item: str, year: int
) -> None:
    """Note the declarations about an item, and exclude the figures that are declared unavailable."""
    about = declarations.about(return_name, item)
    for i, force in enumerate(forces if about else ()):
        if force not in about:
            continue
        declared: Declaration | None = declarations.of_item(force, return_name, item, year)
        if declared is None:
            continue
        column.declared[i] = declared
        if (why := declared.why_no_figure) is not None:
            column.why[i] = why
