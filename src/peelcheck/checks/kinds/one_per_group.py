"""Records that should occur once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from peelcheck.arrays import IntArray, objects
from peelcheck.checks.items import first_positions, throughout
from peelcheck.checks.parameters import Column
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.wording import listed


class OnePerGroup(Kind, frozen=True):
    """No two rows have the same values in all columns of the `group`.

    Every row that repeats an earlier one fails, so there is no floor. Text is compared without regard to case and outer
    spaces; numbers and dates are compared by value, however they were written. A row with a blank in one of the columns is
    not run. A query points at the last column, so list the most specific one last.

    Source: PEEL effectiveness 2017, Annex A (the inspectorate reviews a fixed number of different case files).
    """

    group: tuple[Column, ...]

    scope: ClassVar[Scope] = Scope.GROUP

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement, at the last column of the group."""
        table = view.table
        groups = self._groups(view)
        required = view.due(*self.group)
        runs = required & (groups >= 0)
        among = np.flatnonzero(runs)
        first = np.arange(len(table), dtype=np.int64)
        codes, _ = pd.factorize(groups[among])
        first[among] = among[first_positions(codes)][codes]
        yield Judgement(
            item=self.group[-1],
            required=required,
            runs=runs,
            failed=runs & (first != np.arange(len(table))),
            needs=self.group,
            suspects=tuple(view.ref(column) for column in self.group),
            facts={
                "first": table.rows[first],
                "first_file": table.sources[first],
                "file": table.sources,
                "columns": throughout(view, listed([f"“{table.schema[c].title}”" for c in self.group])),
            },
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """The value that is there twice, and where it stood first."""
        elsewhere = f" of {fact['first_file']}" if fact["first_file"] != fact["file"] else ""
        return (
            f"This row has the same {fact['columns']} ({fact['written']}) as row {fact['first']}{elsewhere}."
        )

    def _groups(self, view: View) -> IntArray:
        """A number for each row, the same for rows with the same values; -1 where one of them is blank."""
        groups = np.zeros(len(view.table), dtype=np.int64)
        for column in self.group:
            values = view.table.values[column]
            codes, distinct = pd.factorize(values)  # None, NaN and NaT become -1
            if view.table.schema[column].type in ("string", "force"):
                folded, _ = pd.factorize(objects(str(text).strip().casefold() for text in distinct))
                codes = np.where(codes < 0, -1, folded[codes] if len(folded) else -1)
            blank = (codes < 0) | (groups < 0)
            # Numbered afresh after each column, so that the product of two numbers stays within 64 bits.
            groups, _ = pd.factorize(groups * (int(codes.max(initial=0)) + 1) + codes)
            groups = np.where(blank, -1, groups).astype(np.int64)
        return groups
