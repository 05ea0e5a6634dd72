"""A total that was given without one of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from peelcheck.checks.items import exact, named, throughout
from peelcheck.checks.parameters import Number, OwnNumber
from peelcheck.checks.protocol import Judgement, Scope
from peelcheck.checks.view import View
from peelcheck.model import Status
from peelcheck.table import BoolArray


@dataclass(frozen=True)
class PartsPresent:
    """Where the total is given, so is every part, or it was declared that the part cannot be given.

    A blank or a marker of something missing (`..`, `[x]`) in a part fails. A row without a total is not run, nor is a part
    that could not be read: that was said already. A part that is declared out, or without which the total is declared
    incomplete, is not asked for; one that is declared estimated, or with a caveat, is. Nothing is compared, so there is
    no floor.

    Source: PEEL effectiveness 2017, Annex A (a total without one of its parts is declared and footnoted).
    """

    parts: tuple[OwnNumber, ...]
    total: Number

    scope: ClassVar[Scope] = Scope.ROW

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement a part."""
        total = view.number(self.total)
        for part in self.parts:
            blank = view.blank(part)
            asked = view.due(part, self.total) & self._expected(view, part)
            runs = asked & ~np.isnan(total) & (blank | ~np.isnan(view.number(part)))
            yield Judgement(
                item=part,
                asked=asked,
                runs=runs,
                failed=runs & blank,
                needs=(self.total, part),
                suspects=(view.ref(part), view.ref(self.total)),
                facts={
                    "total": total,
                    "whole": throughout(view, named(view, self.total)),
                    "part": throughout(view, named(view, part)),
                },
            )

    def _expected(self, view: View, part: str) -> BoolArray:
        """Rows in which no declaration accounts for a blank."""
        return np.array(
            [
                d is None or (d.speaks_of_figure(force) and d.status is not Status.INCOMPLETE)
                for d, force in zip(view.declared(part), view.table.forces, strict=True)
            ],
            dtype=bool,
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """The total, and how the part was left out."""
        written = (fact["written"] or "").strip()
        missing = f"given as “{written}”" if written else "blank"
        return f"{fact['whole']} is {exact(fact['total'])}, but {fact['part']}, which is a part of it, is {missing}."
