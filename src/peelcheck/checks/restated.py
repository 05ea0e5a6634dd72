"""An earlier year's figure that is no longer the one that was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from peelcheck.checks.items import exact, latest_year, named, percent_of, throughout
from peelcheck.checks.parameters import Amount, Item
from peelcheck.checks.protocol import Judgement, Scope
from peelcheck.checks.view import View
from peelcheck.table import objects
from peelcheck.wording import number


@dataclass(frozen=True)
class Restated:
    """An earlier year's figure in this return is the figure that was accepted for that year.

    It fails where the two differ by more than `percent` of the accepted figure *and* by at least `floor` counts. Earlier
    years' rows are asked about; of these, a blank, a figure that is declared out, and one of which no accepted figure is
    known are not run.

    Source: police recorded crime open data: West Midlands' antisocial behaviour incidents to March 2016 were 58,348 in
    one edition and 61,405 in the next, which turned a rise of 2.3 percent into a fall of 2.8 percent.
    """

    items: tuple[Item, ...]
    percent: Amount = 2
    floor: Amount = 25

    scope: ClassVar[Scope] = Scope.ROW

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement an item."""
        for item in self.items:
            ref = view.ref(item)
            here, accepted, next_year = view.number(ref), view.accepted(item), view.next_year(item)
            asked = view.due(item) & (view.table.years < latest_year(view, item))
            runs = asked & ~np.isnan(here) & ~np.isnan(accepted)
            off = np.abs(here - accepted)
            yield Judgement(
                item=item,
                asked=asked,
                runs=runs,
                failed=runs & (off > np.abs(accepted) * self.percent / 100) & (off >= max(self.floor, 0)),
                needs=(ref,),
                suspects=(ref,),
                lacking="no accepted figure",
                facts={
                    "here": here,
                    "accepted": accepted,
                    "percent": percent_of(here - accepted, accepted),
                    "change_before": percent_of(next_year - accepted, accepted),
                    "change_now": percent_of(next_year - here, here),
                    "item": throughout(view, named(view, item)),
                    "period": _periods(view, item),
                },
            )

    def say(self, fact: Mapping[str, Any]) -> str:
        """Both figures, how far apart they are, and what that makes of the change to the year after."""
        text = (
            f"{fact['item']} for {fact['period']} is {exact(fact['here'])} here, but the figure accepted before "
            f"is {exact(fact['accepted'])}."
        )
        if np.isnan(fact["percent"]):
            return text
        text += (
            f" That is {number(abs(fact['percent']), 1)} percent {'more' if fact['percent'] > 0 else 'less'}"
        )
        before, now = _change(fact["change_before"]), _change(fact["change_now"])
        if before is None or now is None or before == now:
            return f"{text}."
        return f"{text}, and turns {before} in the year after into {now}."


def _change(percent: float) -> str | None:
    """A change in words; None where it is not known."""
    if np.isnan(percent):
        return None
    size = number(abs(percent), 1)
    if size == "0.0":
        return "no change"
    return f"a {'rise' if percent > 0 else 'fall'} of {size} percent"


def _periods(view: View, item: str) -> Any:
    """Each row's period in words."""
    period = view.field(item).period
    return objects(period.describe(int(year)) if period else str(year) for year in view.table.years)
