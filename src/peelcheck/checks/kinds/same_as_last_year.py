"""A figure that repeats last year's to the last digit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import comb
from typing import Any, ClassVar

import numpy as np
from msgspec import Struct

from peelcheck.arrays import BoolArray, FloatArray, objects
from peelcheck.checks.items import exact, latest_year, named
from peelcheck.checks.parameters import Item
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.statistics import fit_change, median_deviation, tie_chance
from peelcheck.wording import listed, number

UNLIKELY = 0.005
"""A repeated figure is queried if its chance is below this."""

_LEAST_SPREAD = 0.08  # of the log change between forces: the floor of the change score too


_ENOUGH = 10
"""Forces with both figures from which it is told how steady an item is."""
_LEAST_STEADY = 0.001
"""The smallest spread that an item is taken to have."""
_RAREST = 1_000_000
"""The rarest chance that is stated, as one in this many; beyond it, the estimate is too rough."""


class SameAsLastYear(Kind, frozen=True):
    """This year's figure is different from last year's, unless it is so small that a tie is likely.

    A tie of two counts y has a chance of 1/√(2π(2y + τ²y²)). τ is the standard deviation of the other forces' changes (at
    least 0.08, which is also used if too few are known). It fails if the chance is below 0.005: never for 0; from about 260
    if the others' changes vary widely (τ 0.3), and from about 850 if they do not. There is no other floor.

    Where the others' changes vary by less than 0.08 in all, as of counts of staff, the chance is exp(-m²/2s²)/(√(2π)·s·y)
    instead, if that is more; m is their median and s their standard deviation.

    Several `items` of a row fail together, as one copied row, if more of them are equal than chance would explain: the
    product of their chances, times the number of ways to choose that many of the row's figures, is below 0.005. Zeros do
    not count, nor does a figure that another item of the row has too. `totals` are only checked one by one, because they are
    equal whenever all their parts are.

    Rows for earlier years are not checked. A row without a figure for either year, or with one declared to be left out, is
    not run.

    Source: docs/method.md, the chance of a tie.
    """

    items: tuple[Item, ...]
    totals: tuple[Item, ...] = ()

    scope: ClassVar[Scope] = Scope.ROW
    facts_of_others: ClassVar[tuple[str, ...]] = ("chance",)

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement an item, and one of the row; what is equal in a row that was copied is not asked about alone."""
        ties = {item: _tie(view, item) for item in (*self.items, *self.totals)}
        copied, chance = _rows_copied([ties[item] for item in self.items])
        if len(self.items) > 1:
            yield self._of_rows(view, ties, copied, chance)
        for item, tie in ties.items():
            title = named(view, item)
            alone = tie.required & ~(copied & tie.equal)
            failed = alone & tie.equal & (tie.chance < UNLIKELY)
            yield Judgement(
                item=item,
                required=alone,
                runs=alone & tie.runs,
                failed=failed,
                needs=(view.ref(item),),
                suspects=(view.ref(item),),
                facts={
                    "equal": objects([(title, figure)] for figure in tie.figure),
                    "chance": tie.chance,
                }
                if failed.any()
                else {},
            )

    def _of_rows(
        self, view: View, ties: Mapping[str, _Tie], copied: BoolArray, chance: FloatArray
    ) -> Judgement:
        required = np.sum([ties[item].runs for item in self.items], axis=0) > 1
        if not copied.any():
            return Judgement(None, required, required, copied, (), ())
        equal = [[item for item, tie in ties.items() if tie.equal[row]] for row in range(len(view.table))]
        titles = {item: named(view, item) for item in ties}
        return Judgement(
            item=None,
            required=required,
            runs=required,
            failed=copied,
            needs=(),
            suspects=(),
            facts={
                "equal": objects(
                    [(titles[item], ties[item].figure[row]) for item in own] for row, own in enumerate(equal)
                ),
                "chance": chance,
            },
            more_suspects=objects(tuple(view.ref(item) for item in own) for own in equal),
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """The figures, and how rare it is that they are all equal."""
        times = 1 / fact["chance"]
        often = "less than once" if times >= _RAREST else "about once"
        rare = f"{often} in {number(min(float(f'{times:.2g}'), _RAREST))} times"
        equal = [f"{title} is {exact(figure)}" for title, figure in fact["equal"]]
        each = "exactly" if len(equal) == 1 else "each exactly"
        return f"{listed(equal)}, {each} as in the year before. This would happen by chance {rare}."


class _Tie(Struct, frozen=True):
    """This year's figures of an item beside those of the year before: asked about, comparable, and equal, row by row.

    `chance` is that of a tie, and means something where there is one.
    """

    required: BoolArray
    runs: BoolArray
    figure: FloatArray
    equal: BoolArray
    chance: FloatArray


def _tie(view: View, item: str) -> _Tie:
    ref, year = view.ref(item), latest_year(view, item)
    figure, before = view.number(ref), view.last_year(item)
    required = view.due(item) & (view.table.years == year)
    runs = required & ~np.isnan(figure) & ~np.isnan(before)
    equal = runs & (figure == before)
    chance = np.ones(len(figure))
    if equal.any():
        chance = tie_chance(figure, _spread(view, item, year))
        middle, steady = _steady_change(view, item, year)
        if steady < _LEAST_SPREAD:
            height = np.exp(-((middle / steady) ** 2) / 2) / (np.sqrt(2 * np.pi) * steady)
            chance = np.maximum(chance, np.minimum(height / np.maximum(figure, 1), 1.0))
    return _Tie(required, runs, figure, equal, chance)


def _rows_copied(ties: Sequence[_Tie]) -> tuple[BoolArray, FloatArray]:
    """Which rows were copied, and the chance at most that so many of their figures are equal by coincidence."""
    counted = [tie.runs & (tie.figure > 0) & ~_seen_before(ties[:n], tie) for n, tie in enumerate(ties)]
    compared = np.sum(counted, axis=0)
    equal = [tie.equal & here for tie, here in zip(ties, counted, strict=True)]
    many = np.sum(equal, axis=0)
    product = np.prod(
        [np.where(same, tie.chance, 1.0) for same, tie in zip(equal, ties, strict=True)], axis=0
    )
    ways = np.array([comb(n, k) for n, k in zip(compared.tolist(), many.tolist(), strict=True)], dtype=float)
    chance = np.minimum(ways * product, 1.0)
    return (many > 1) & (chance < UNLIKELY), chance


def _seen_before(earlier: Sequence[_Tie], tie: _Tie) -> BoolArray:
    """Rows in which an item has the figures of an item before it: two such columns say the same, and are equal together."""
    seen = np.zeros(len(tie.figure), dtype=bool)
    for other in earlier:
        seen |= other.equal & tie.equal & (other.figure == tie.figure)
    return seen


def _steady_change(view: View, item: str, year: int) -> tuple[float, float]:
    """The median of all forces' log changes, and their standard deviation from the median deviation, counting error included.

    The second is infinite where fewer than ten forces have both figures. Counts of people who stay, such as staff, change by
    less than the counting error of events.
    """
    now, before = view.all_forces(item, year), view.all_forces(item, year, back=1)
    there = (now > 0) & (before > 0)
    if there.sum() < _ENOUGH:
        return 0.0, np.inf
    logs = np.log(now[there] / before[there])
    return float(np.median(logs)), max(median_deviation(logs), _LEAST_STEADY)


def _spread(view: View, item: str, year: int) -> FloatArray:
    """τ: for each row, the standard deviation of the other forces' log changes since last year."""
    norm = fit_change(view.all_forces(item, year), view.all_forces(item, year, back=1)[None, :])
    by_force = np.sqrt(np.where(np.isnan(norm.tau2), _LEAST_SPREAD**2, norm.tau2))
    places = view.places
    return np.where(places < 0, _LEAST_SPREAD, by_force[places])
