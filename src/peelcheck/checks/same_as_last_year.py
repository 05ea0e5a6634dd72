"""A figure that repeats last year's to the last digit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from peelcheck.checks.items import exact, latest_year, named, throughout
from peelcheck.checks.parameters import Item
from peelcheck.checks.protocol import Judgement, Scope
from peelcheck.checks.view import View
from peelcheck.statistics import fit_change, tie_chance
from peelcheck.table import FloatArray
from peelcheck.wording import number

UNLIKELY = 0.005
"""The chance of a tie below which it is asked about."""

_LEAST_SPREAD = 0.08  # of the log change between forces: the floor of the change score too


@dataclass(frozen=True)
class SameAsLastYear:
    """This year's figure is not last year's over again, unless it is so small that it may well be.

    A tie of two counts y has a chance of 1/√(2π(2y + τ²y²)), τ being the spread of the other forces' changes (0.08 at
    least, and where too few of them are known). It fails where that is below 0.005: never for 0; from about 260 where
    the others' changes are wide (τ 0.3), from about 850 where they are narrow. That is the floor. Rows of earlier
    years are not asked about; a row without a figure for either year, or with one that is declared out, is not run.

    Source: docs/method.md, the chance of a tie.
    """

    items: tuple[Item, ...]

    scope: ClassVar[Scope] = Scope.ROW

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement an item."""
        for item in self.items:
            ref, year = view.ref(item), latest_year(view, item)
            figure, before = view.number(ref), view.last_year(item)
            asked = view.due(item) & (view.table.years == year)
            runs = asked & ~np.isnan(figure) & ~np.isnan(before)
            chance = tie_chance(figure, _spread(view, item, year))
            yield Judgement(
                item=item,
                asked=asked,
                runs=runs,
                failed=runs & (figure == before) & (chance < UNLIKELY),
                needs=(ref,),
                suspects=(ref,),
                facts={"figure": figure, "chance": chance, "item": throughout(view, named(view, item))},
            )

    def say(self, fact: Mapping[str, Any]) -> str:
        """The figure, and how rare such a tie is."""
        times = 1 / fact["chance"]
        return (
            f"{fact['item']} is {exact(fact['figure'])}, exactly as in the year before. By coincidence that "
            f"happens about once in {number(float(f'{times:.2g}'))} times."
        )


def _spread(view: View, item: str, year: int) -> FloatArray:
    """τ: for each row, the standard deviation of the other forces' log changes since last year."""
    norm = fit_change(view.all_forces(item, year), view.all_forces(item, year, back=1)[None, :])
    by_force = np.sqrt(np.where(np.isnan(norm.tau2), _LEAST_SPREAD**2, norm.tau2))
    places = view.places()
    return np.where(places < 0, _LEAST_SPREAD, by_force[places])
