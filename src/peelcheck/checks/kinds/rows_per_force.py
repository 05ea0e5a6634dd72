"""A fixed number of records a force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from msgspec import field

from peelcheck.checks.items import first_positions
from peelcheck.checks.parameters import Count
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.model import ReturnKind
from peelcheck.model.file_findings import Place
from peelcheck.wording import count


class RowsPerForce(Kind, frozen=True):
    """Each force has exactly `expected` rows, or the number that `except` gives for it.

    Any other number fails, so there is no floor. Blank cells do not matter, and rows whose force was not recognised are not
    counted. In a reference or inspection table (one file for all forces), a force without rows fails too, unless the table
    is one of figures, where a missing row is already queried (RO110). In forces' own returns, a missing file is already
    reported.

    Source: PEEL effectiveness 2017, Annex A: 60 case files a force, 90 for three (the report's "2,700" is 2,670).
    """

    expected: Count
    except_: Mapping[str, int] = field(default_factory=dict)

    scope: ClassVar[Scope] = Scope.TABLE

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement: at the first row of each force, and for the forces without one at the file."""
        names = view.table.forces
        codes, forces = pd.factorize(names)
        counted = np.bincount(codes, minlength=len(forces))
        wanted = np.array([self.except_.get(force, self.expected) for force in forces], dtype=np.int64)
        first = np.zeros(len(names), dtype=bool)
        first[first_positions(codes)] = True
        required = first & (names != "")
        yield Judgement(
            item="force",
            required=required,
            runs=required,
            failed=required & (counted != wanted)[codes],
            needs=(),
            suspects=(),
            facts={"rows": counted[codes], "expected": wanted[codes]},
            absent=self._absent(view, set(forces)),
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """How many rows there are and how many there should be."""
        rows, expected = int(fact["rows"]), int(fact["expected"])
        here = count(rows, "row") if rows else "no rows"
        return f"{fact['force']} has {here}, where {expected:,} {'is' if expected == 1 else 'are'} expected."

    def _absent(self, view: View, here: set[str]) -> tuple[Place, ...]:
        if view.table.schema.kind is ReturnKind.RETURN or not view.table.schema.records:
            return ()
        source = view.table.sources[0] if len(view.table) else None
        wanted = {force: self.except_.get(force, self.expected) for force in view.figures.forces}
        return tuple(
            Place(force, self.say({"force": force, "rows": 0, "expected": expected}), source)
            for force, expected in wanted.items()
            if force not in here and expected > 0
        )
