"""An earlier year's figure that is no longer the one that was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
from msgspec import Struct

from peelcheck.arrays import BoolArray, FloatArray, mapped, objects
from peelcheck.checks.items import exact, floor_of, latest_year, named, percent_of
from peelcheck.checks.parameters import Amount, Item
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.model import Reason, ReasonKind
from peelcheck.wording import listed, number

_SWAPPED = "The accepted {} in the row for the following year: were the two rows swapped?"


class Restated(Kind, frozen=True):
    """An earlier year's figure in this return is the same as the figure accepted for that year.

    It fails if the two differ by more than `percent` of the accepted figure *and* by at least `floor`, which is in
    the unit of the item (if left out, 25 of a whole number and 1 of any other). It applies to the rows for earlier years. A
    blank, a figure declared to be left out, and a figure without an accepted figure are not
    run. Several such figures in one row are one finding, about the row.

    Source: police recorded crime open data: West Midlands' antisocial behaviour incidents to March 2016 were 58,348 in
    one edition and 61,405 in the next, which turned a rise of 2.3 percent into a fall of 2.8 percent.
    """

    items: tuple[Item, ...]
    percent: Amount = 2
    floor: Amount | None = None

    scope: ClassVar[Scope] = Scope.ROW

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement of the row, and one an item; what is restated together with others is not asked about alone."""
        restated = {item: self._beside_accepted(view, item) for item in self.items}
        many = np.sum([one.off for one in restated.values()], axis=0) > 1
        if len(self.items) > 1:
            yield _of_rows(view, restated, many)
        for item, one in restated.items():
            alone = one.required & ~(many & one.off)
            failed = alone & one.off
            yield Judgement(
                item=item,
                required=alone,
                runs=alone & one.runs,
                failed=failed,
                needs=(view.ref(item),),
                suspects=(view.ref(item),),
                lacking=Reason(ReasonKind.NO_ACCEPTED_FIGURE),
                facts={
                    "items": objects([(one, row)] for row in range(len(view.table))),
                    "period": _periods(view, item),
                }
                if failed.any()
                else {},
            )

    def _beside_accepted(self, view: View, item: str) -> _Compared:
        ref = view.ref(item)
        here, accepted = view.number(ref), view.accepted(item)
        required = view.due(item) & (view.table.years < latest_year(view, item))
        runs = required & ~np.isnan(here) & ~np.isnan(accepted)
        off = np.abs(here - accepted)
        far = (off > np.abs(accepted) * self.percent / 100) & (off >= floor_of(view, item, self.floor))
        return _Compared(named(view, item), required, runs, runs & far, here, accepted, view.next_year(item))

    def say(self, fact: Mapping[str, Any]) -> str:
        """Both figures, how far apart they are, and what that makes of the change to the year after."""
        items: list[tuple[_Compared, int]] = fact["items"]
        if len(items) > 1:
            return _say_row(items, fact["period"])
        ((one, row),) = items
        here, accepted, after = one.here[row], one.accepted[row], one.after[row]
        text = (
            f"{one.title} for {fact['period']} is {exact(here)} here, but the figure accepted "
            f"earlier is {exact(accepted)}."
        )
        if after == accepted > 0:
            return f"{text} {_SWAPPED.format('figure is')}"
        percent = float(percent_of(here - accepted, accepted))
        if np.isnan(percent):
            return text
        text += f" That is {number(abs(percent), 1)} percent {'more' if percent > 0 else 'less'}"
        before = _change(float(percent_of(after - accepted, accepted)))
        now = _change(float(percent_of(after - here, here)))
        if before is None or now is None or before == now:
            return f"{text}."
        return f"{text}, and turns {before} in the following year into {now}."


class _Compared(Struct, frozen=True):
    """An item's earlier figures beside the accepted ones, row by row; `after` are this round's for the year after."""

    title: str
    required: BoolArray
    runs: BoolArray
    off: BoolArray
    here: FloatArray
    accepted: FloatArray
    after: FloatArray


def _of_rows(view: View, restated: Mapping[str, _Compared], many: BoolArray) -> Judgement:
    """The rows of which several figures were restated."""
    compared = np.sum([one.runs for one in restated.values()], axis=0) > 1
    if not many.any():
        return Judgement(None, compared, compared, many, (), ())
    off = [[item for item, one in restated.items() if one.off[row]] for row in range(len(view.table))]
    return Judgement(
        item=None,
        required=compared,
        runs=compared,
        failed=many,
        needs=(),
        suspects=(),
        facts={
            "items": objects([(restated[item], row) for item in own] for row, own in enumerate(off)),
            "period": _periods(view, next(iter(restated))),
        },
        more_suspects=objects(tuple(view.ref(item) for item in own) for own in off),
    )


def _say_row(items: Sequence[tuple[_Compared, int]], period: str) -> str:
    """The figures of a row beside the accepted ones; and whether these stand in the row of the year after."""
    each = [f"{one.title} is {exact(one.here[row])} ({exact(one.accepted[row])})" for one, row in items]
    text = f"These figures for {period} differ from the accepted figures, shown in brackets: {listed(each)}."
    if all(one.after[row] == one.accepted[row] for one, row in items):
        text += f" {_SWAPPED.format('figures are')}"
    return text


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
    return mapped(view.table.years, lambda year: period.describe(int(year)) if period else str(year))
