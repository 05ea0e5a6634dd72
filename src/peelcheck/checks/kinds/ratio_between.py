"""A ratio of two figures that should lie within bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np

from peelcheck.checks.items import exact, floor_of, inputs, named, pointed_at, throughout
from peelcheck.checks.parameters import Amount, Number, Units
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.wording import number

_MOST_DECIMALS = 6


class RatioBetween(Kind, frozen=True):
    """`numerator` per `per` of `denominator` is between `low` and `high` (either may be null, for no limit).

    It fails if the numerator is at least `floor` beyond the limit, in its own unit (if left out, 25 of a whole number and 1
    of any other). Small figures, whose ratios vary widely, therefore pass. It always fails if the numerator is above 0 and
    the denominator is 0. A row with a blank or negative figure on either side is not run.

    Source: PEEL effectiveness 2017, Annex A (arrests per 100 crimes: not linked to offences, so more than 100
    are possible but worth a question).
    """

    numerator: Number
    denominator: Number
    per: Units = 100
    low: Amount | None = None
    high: Amount | None = None
    floor: Amount | None = None

    scope: ClassVar[Scope] = Scope.ROW

    def __post_init__(self) -> None:
        """Bounds that nothing or everything lies between are refused."""
        if self.low is None and self.high is None:
            raise ValueError("ratio_between needs a bound: low, high or both")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low is above high")

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement, at the numerator (at the denominator where the numerator is another return's)."""
        needs = inputs(view, self.numerator, self.denominator)
        above, below = (view.number(item) for item in needs)
        required = view.due(self.numerator, self.denominator)
        runs = required & (above >= 0) & (below >= 0)  # NaN is not
        too_many = above - np.inf if self.high is None else above - below * self.high / self.per
        too_few = above - np.inf if self.low is None else below * self.low / self.per - above
        beyond = np.fmax(too_many, too_few)
        outside = (beyond > 0) & (beyond >= floor_of(view, self.numerator, self.floor))
        yield Judgement(
            item=pointed_at(self.numerator, self.denominator),
            required=required,
            runs=runs,
            failed=runs & (outside | ((below == 0) & (above > 0))),
            needs=needs,
            pair=(self.numerator, self.denominator),
            suspects=(view.ref(self.numerator), view.ref(self.denominator)),
            facts={
                "above": above,
                "below": below,
                "numerator": throughout(view, named(view, self.numerator)),
                "denominator": throughout(view, named(view, self.denominator)),
            },
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """Both figures, their ratio, and what is expected of it."""
        numerator, denominator = fact["numerator"], fact["denominator"]
        if fact["below"] == 0:
            return f"{numerator} is {exact(fact['above'])}, although {denominator} is 0."
        each = "of the first for each of the second" if self.per == 1 else f"per {self.per:,}"
        return (
            f"{numerator} is {exact(fact['above'])} and {denominator} is {exact(fact['below'])}. "
            f"That is {self._clear_of_bounds(self.per * fact['above'] / fact['below'])} {each}; {self._bounds()} is expected."
        )

    def _clear_of_bounds(self, ratio: float) -> str:
        """The ratio with two digits at least, and as many decimals as tell it from the bounds."""
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        fewest = 0 if ratio == 0 or ratio >= 10 else 1 if ratio >= 1 else 2
        for decimals in range(fewest, _MOST_DECIMALS):
            written = number(ratio, decimals)
            if written not in [number(bound, decimals) for bound in bounds]:
                return written
        return number(ratio, _MOST_DECIMALS)

    def _bounds(self) -> str:
        if self.low is None:
            return f"at most {exact(self.high or 0)}"
        if self.high is None:
            return f"at least {exact(self.low)}"
        return f"{exact(self.low)} to {exact(self.high)}"
