"""A figure that cannot be larger than another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Annotated, Any, ClassVar

import numpy as np

from peelcheck.checks.items import exact, inputs, named, pointed_at, throughout
from peelcheck.checks.parameters import AtLeast, Number
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View


class AtMost(Kind, frozen=True):
    """Each item of the chain is at most the next one: a part and its whole, a step and the step before it.

    A pair with a blank figure is not run; the other pairs of the row are. Any excess fails, so there is no threshold and
    no floor.

    Source: PEEL effectiveness 2017, Annex A (internally inconsistent figures are queried).
    """

    chain: Annotated[tuple[Number, ...], AtLeast(2)]

    scope: ClassVar[Scope] = Scope.ROW

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement a pair of neighbours, at the one that should be the smaller."""
        for smaller, larger in pairwise(self.chain):
            needs = inputs(view, smaller, larger)
            part, whole = (view.number(item) for item in needs)
            required = view.due(smaller, larger)
            runs = required & ~np.isnan(part) & ~np.isnan(whole)
            yield Judgement(
                item=pointed_at(smaller, larger),
                required=required,
                runs=runs,
                failed=runs & (part > whole),
                needs=needs,
                pair=(smaller, larger),
                suspects=(view.ref(smaller), view.ref(larger)),
                facts={
                    "part": part,
                    "whole": whole,
                    "smaller": throughout(view, named(view, smaller)),
                    "larger": throughout(view, named(view, larger)),
                },
            )

    def say(self, fact: Mapping[str, Any]) -> str:
        """Both figures."""
        return (
            f"{fact['smaller']} is {exact(fact['part'])}, which is more than {fact['larger']} "
            f"({exact(fact['whole'])})."
        )
