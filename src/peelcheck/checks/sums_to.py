"""Parts that must add up to their total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from peelcheck.checks.protocol import Judgement, Scope
from peelcheck.checks.view import View
from peelcheck.wording import listed, number


@dataclass(frozen=True)
class SumsTo:
    """The parts add up to the total, give or take `tolerance` (for parts that were rounded).

    A row with a blank part or a blank total is not run: a missing part is the business of `parts_present`.

    Source: Annex A (internally inconsistent figures are queried).
    """

    parts: tuple[str, ...]
    total: str
    tolerance: float = 0

    scope: ClassVar[Scope] = Scope.ROW

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement, at the total."""
        parts = np.array([view.number(part) for part in self.parts])
        total, added = view.number(self.total), parts.sum(axis=0)
        asked = view.due(*self.parts, self.total)
        runs = asked & ~np.isnan(added) & ~np.isnan(total)
        off = np.abs(added - total)
        titles = listed([view.field(part).title.lower() for part in self.parts])
        yield Judgement(
            item=self.total,
            asked=asked,
            runs=runs,
            failed=runs & (off > self.tolerance),
            needs=(*self.parts, self.total),
            suspects=tuple(view.ref(item) for item in (self.total, *self.parts)),
            facts={
                "total": total,
                "added": added,
                "title": np.full(len(total), view.field(self.total).title),
                "parts": np.full(len(total), titles),
            },
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """The total, and what the parts add up to."""
        return (
            f"{fact['title']} is {number(fact['total'])}, but its parts ({fact['parts']}) "
            f"add up to {number(fact['added'])}."
        )
