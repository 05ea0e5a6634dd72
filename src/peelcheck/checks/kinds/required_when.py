"""A cell that must be filled in where others have certain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np

from peelcheck.arrays import BoolArray, ObjectArray
from peelcheck.cells.parsed import CellState
from peelcheck.checks.items import named, throughout, unexplained
from peelcheck.checks.parameters import Column, Conditions
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.tables.conditions import matching
from peelcheck.wording import listed


class RequiredWhen(Kind, frozen=True):
    """`item` is filled in wherever the conditions of `when` are met: `{outcome_type: [Charged or summonsed]}`.

    A cell that is blank or marked as missing fails, unless it is declared that there is no such figure. Rows that do not meet
    the conditions are not counted. A row is not run if a cell of the conditions is blank or could not be used, or if the item
    could not be read, which already has a query. Nothing is compared, so there is no floor.

    Source: PEEL effectiveness 2017, Annex A (what could not be supplied is said).
    """

    item: Column
    when: Conditions

    scope: ClassVar[Scope] = Scope.ROW

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement, at the item."""
        matches, unknown = matching(view.table, self.when)
        required = view.due(self.item) & (matches | unknown) & unexplained(view, self.item)
        blank = view.blank(self.item)
        runs = required & matches & (blank | (view.table.states[self.item] == CellState.OK))
        failed = runs & blank
        yield Judgement(
            item=self.item,
            required=required,
            runs=runs,
            failed=failed,
            needs=(*(column for column, _ in self.when), self.item),
            suspects=(view.ref(self.item),),
            facts={"item": throughout(view, named(view, self.item)), "conditions": self._said(view, failed)},
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """The blank, and the conditions that the row meets."""
        written = (fact["written"] or "").strip()
        missing = f"given as “{written}”" if written else "blank"
        return f"{fact['item']} is {missing}, although {fact['conditions']}."

    def _said(self, view: View, failed: BoolArray) -> ObjectArray:
        """The conditions of each row that failed, with the values as they were written."""
        said = np.full(len(failed), None, dtype=object)
        rows = np.flatnonzero(failed)
        columns = [(named(view, column), view.table.written(column, rows)) for column, _ in self.when]
        for n, row in enumerate(rows.tolist()):
            said[row] = listed([f"{title} is “{(cells[n] or '').strip()}”" for title, cells in columns])
        return said
