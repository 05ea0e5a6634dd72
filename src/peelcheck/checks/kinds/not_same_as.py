"""Two figures that are equal and should not be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np

from peelcheck.checks.items import exact, floor_of, inputs, named, pointed_at, throughout
from peelcheck.checks.parameters import Amount, Number
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View


class NotSameAs(Kind, frozen=True):
    """`item` differs from `other`: if both figures are the same, one was often typed into the wrong column.

    Equal figures below `floor` pass, because small counts are often equal by chance. It is in the unit of `item` (if left
    out, 25 of a whole number and 1 of any other). A row with either figure blank is not run.

    Source: PEEL effectiveness 2017, Annex A (internally inconsistent figures are queried).
    """

    item: Number
    other: Number
    floor: Amount | None = None

    scope: ClassVar[Scope] = Scope.ROW

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement, at the item."""
        needs = inputs(view, self.item, self.other)
        figure, other = (view.number(item) for item in needs)
        required = view.due(self.item, self.other)
        runs = required & ~np.isnan(figure) & ~np.isnan(other)
        yield Judgement(
            item=pointed_at(self.item, self.other),
            required=required,
            runs=runs,
            failed=runs & (figure == other) & (figure >= floor_of(view, self.item, self.floor)),
            needs=needs,
            pair=(self.item, self.other),
            suspects=(view.ref(self.item), view.ref(self.other)),
            facts={
                "figure": figure,
                "item": throughout(view, named(view, self.item)),
                "other": throughout(view, named(view, self.other)),
            },
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """The figure that both have."""
        return f"{fact['item']} and {fact['other']} are both {exact(fact['figure'])}."
