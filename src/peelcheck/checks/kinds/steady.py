"""A figure that should change slowly but changed quickly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np

from peelcheck.checks.items import exact, floor_of, named, percent_of, throughout
from peelcheck.checks.parameters import Amount, Item
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.wording import number


class Steady(Kind, frozen=True):
    """A figure changes little from year to year, such as a population.

    It fails if the figure differs from the previous year's by more than `percent` of that *and* by at least `floor`, which is
    in the unit of the item (if left out, 25 of a whole number and 1 of any other).
    The previous year's figure is the accepted one or, if history has none, the one in this round; only rows with such a
    figure are checked. A blank or a figure declared to be left out is not run.

    Source: Office for National Statistics, mid-year estimates 2008 to 2018: no police force area but the City of London
    changed by more than 1.8 percent in a year.
    """

    items: tuple[Item, ...]
    percent: Amount = 5
    floor: Amount | None = None

    scope: ClassVar[Scope] = Scope.ROW

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement an item."""
        for item in self.items:
            ref = view.ref(item)
            here, before = view.number(ref), view.last_year(item)
            required = view.due(item) & ~np.isnan(before)
            runs = required & ~np.isnan(here)
            off = np.abs(here - before)
            yield Judgement(
                item=item,
                required=required,
                runs=runs,
                failed=runs
                & (off > np.abs(before) * self.percent / 100)
                & (off >= floor_of(view, item, self.floor)),
                needs=(ref,),
                suspects=(ref,),
                facts={
                    "here": here,
                    "before": before,
                    "percent": percent_of(here - before, before),
                    "item": throughout(view, named(view, item)),
                },
            )

    def say(self, fact: Mapping[str, Any]) -> str:
        """Both figures and how far apart they are."""
        text = f"{fact['item']} is {exact(fact['here'])}, but was {exact(fact['before'])} the year before."
        if np.isnan(fact["percent"]):
            return text
        more = "more" if fact["percent"] > 0 else "less"
        return (
            f"{text} That is {number(abs(fact['percent']), 1)} percent {more}; "
            f"a change of at most {exact(self.percent)} percent is expected."
        )
