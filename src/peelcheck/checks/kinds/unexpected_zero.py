"""A zero where a larger figure is expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, FloatArray, objects
from peelcheck.checks.items import exact, floor_of, named, throughout
from peelcheck.checks.parameters import Amount, Item, Number
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.statistics.others import medians_of_others
from peelcheck.wording import about, listed


class UnexpectedZero(Kind, frozen=True):
    """A figure is not 0 if at least `floor` is expected.

    The floor is in the unit of the item (if left out, 25 of a whole number and 1 of any other). The expected figure is
    the force's own figure for last year. If there is none, it is the median rate of the other forces times the force's
    own `population` of the year before (without a population, their median figure). A true zero with a history of zeros
    is therefore not queried, nor is one that was already accepted for the same year. A blank, a figure declared to be
    left out, and a zero with neither a past nor ten other forces to compare with are not run. Several such zeros in one
    row are one finding, about the row.

    Source: PEEL effectiveness 2017, Annex A: missing is not zero, and a zero in a true series (West Midlands, none of 852
    detentions in police custody) is explained by its past.
    """

    items: tuple[Item, ...]
    floor: Amount | None = None
    population: Number = "population.population"

    scope: ClassVar[Scope] = Scope.TABLE
    facts_of_others: ClassVar[tuple[str, ...]] = ("by_population", "by_median")

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement of the row, and one an item; a zero beside others is not asked about alone."""
        zeros = {item: self._of_item(view, item) for item in self.items}
        many = np.sum([one.failed for one in zeros.values()], axis=0) > 1
        if len(self.items) > 1:
            yield _of_rows(view, zeros, many)
        for one in zeros.values():
            alone = one.required & ~(many & one.failed)
            yield replace(one, required=alone, runs=alone & one.runs, failed=alone & one.failed)

    def _of_item(self, view: View, item: str) -> Judgement:
        ref = view.ref(item)
        figure, before = view.number(ref), view.last_year(item)
        by_population, by_median = self._others(view, item, figure == 0)
        expected = np.where(np.isnan(by_population), by_median, by_population)
        expected = np.where(np.isnan(before), expected, before)
        required = view.due(item)
        runs = required & (~np.isnan(expected) | (figure != 0)) & ~np.isnan(figure)
        surprising: BoolArray = (
            (figure == 0) & (expected >= floor_of(view, item, self.floor)) & (view.accepted(item) != 0)
        )
        return Judgement(
            item=item,
            required=required,
            runs=runs,
            failed=runs & surprising,
            needs=(ref,),
            suspects=(ref,),
            facts={
                "before": before,
                "by_population": by_population,
                "by_median": by_median,
                "item": throughout(view, named(view, item)),
                "others": throughout(view, f"the other {view.figures.nouns.many}"),
            },
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """The zero, and which of the two makes it unexpected."""
        if "zeros" in fact:
            return f"These figures are 0, but more was expected: {listed(fact['zeros'])}."
        if not np.isnan(fact["before"]):
            return f"{fact['item']} is 0; in the year before it was {exact(fact['before'])}."
        if not np.isnan(fact["by_population"]):
            return (
                f"{fact['item']} is 0; by the median rate of {fact['others']}, about "
                f"{about(fact['by_population'])} would be expected for this population."
            )
        return f"{fact['item']} is 0; the median of {fact['others']} is {exact(fact['by_median'])}."

    def _others(self, view: View, item: str, zero: BoolArray) -> tuple[FloatArray, FloatArray]:
        """What the other forces lead one to expect in each row: by population, and by their median figure alone.

        It is looked for where a figure is `zero`, and NaN in years without one.
        """
        by_population, by_median = np.full((2, len(view.table)), np.nan)
        places = view.places
        for year in np.unique(view.table.years[view.due(item) & zero]):
            rows = np.flatnonzero((view.table.years == year) & (places >= 0))
            figures = view.all_forces(item, int(year))
            people = view.all_forces(self.population, int(year), back=1)
            people = np.where(people > 0, people, np.nan)
            by_population[rows] = (medians_of_others(figures / people)[0] * people)[places[rows]]
            by_median[rows] = medians_of_others(figures)[0][places[rows]]
        return by_population, by_median


def _of_rows(view: View, zeros: Mapping[str, Judgement], many: BoolArray) -> Judgement:
    """The rows in which several figures are zeros where more was to be expected."""
    required = np.sum([one.runs for one in zeros.values()], axis=0) > 1
    if not many.any():
        return Judgement(None, required, required, many, (), ())
    there = [[item for item, one in zeros.items() if one.failed[row]] for row in range(len(view.table))]
    return Judgement(
        item=None,
        required=required,
        runs=required,
        failed=many,
        needs=(),
        suspects=(),
        facts={
            "zeros": objects([_more(zeros[item], row) for item in own] for row, own in enumerate(there)),
        },
        more_suspects=objects(tuple(view.ref(item) for item in own) for own in there),
    )


def _more(zero: Judgement, row: int) -> str:
    """An item, and what makes its zero unexpected."""
    before, by_population, by_median = (
        zero.facts[name][row] for name in ("before", "by_population", "by_median")
    )
    if not np.isnan(before):
        return f"{zero.facts['item'][row]} ({exact(before)} in the year before)"
    return (
        f"{zero.facts['item'][row]} (about {about(by_median if np.isnan(by_population) else by_population)})"
    )
