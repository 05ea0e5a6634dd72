"""Two dates that must come one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np

from peelcheck.arrays import as_date
from peelcheck.checks.items import named, throughout
from peelcheck.checks.parameters import Day
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.wording import day


class DateOrder(Kind, frozen=True):
    """The date `later` is on or after the date `earlier`; both are columns of the return itself.

    A row with either date blank is not run: a crime without an outcome has no outcome date. Any date before the other
    fails, so there is no floor.

    Source: PEEL effectiveness 2017, Annex A (internally inconsistent figures are queried).
    """

    earlier: Day
    later: Day

    scope: ClassVar[Scope] = Scope.ROW

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement, at the later date."""
        earlier, later = view.table.values[self.earlier], view.table.values[self.later]
        required = view.due(self.earlier, self.later)
        runs = required & ~np.isnat(earlier) & ~np.isnat(later)
        yield Judgement(
            item=self.later,
            required=required,
            runs=runs,
            failed=runs & (later < earlier),
            needs=(self.earlier, self.later),
            pair=(self.earlier, self.later),
            suspects=(view.ref(self.later), view.ref(self.earlier)),
            facts={
                "earlier_date": earlier,
                "later_date": later,
                "earlier": throughout(view, named(view, self.earlier)),
                "later": throughout(view, named(view, self.later)),
            },
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """Both dates."""
        return (
            f"{fact['later']} is {_day(fact['later_date'])}, which is before {fact['earlier']} "
            f"({_day(fact['earlier_date'])})."
        )


def _day(date: np.datetime64) -> str:
    """`3 January 2017`."""
    found = as_date(date)
    return day(found) if found else ""
