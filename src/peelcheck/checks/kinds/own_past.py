"""A count that is far from what the force's own earlier figures lead one to expect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
from msgspec import Struct

from peelcheck.arrays import BoolArray, FloatArray, objects
from peelcheck.checks.items import exact, floor_of, is_count, latest_year, named, throughout
from peelcheck.checks.parameters import Amount, Item
from peelcheck.checks.past import has_enough_others, has_past, past_of
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.wording import listed, number

_FLOOR = 10.0
"""Of counts: figures that are off by fewer are not asked about."""
_TOGETHER = 3
"""Figures of one row that are all too high or all too low from which the row is asked about as a whole."""
_FACTOR = 1.5
"""From this factor on, up or down, a message says how many times last year's figure the figure is."""


class OwnPast(Kind, frozen=True):
    """A count is about what its own earlier figures lead one to expect.

    Expected is the last figure, changed as the other forces' figures changed (of small counts, the years before count too).
    How far off a figure may be rests on counting error and on how much the others' changes differ. It fails if it is more
    than `threshold` standard deviations off *and* by at least `floor`, which is in the unit of the item (if left out, 10 of
    a whole number and 1 of any other). If fewer than ten others have a figure for both years, no change is expected and a
    wide margin is used: of large counts a factor of about 2.7.

    Items in `compared` are numerators of comparisons, which hold them against their past already: they are only checked
    if too few others have figures, as in the files of one force. If three or more figures of a row are all too high or
    all too low, or if several are off where too few others tell, the row is asked about as a whole.

    Only the latest year is checked. A figure without an earlier one is not run.

    Source: docs/method.md, the change score.
    """

    items: tuple[Item, ...]
    compared: tuple[Item, ...] = ()
    threshold: Amount = 4
    floor: Amount | None = None

    scope: ClassVar[Scope] = Scope.TABLE
    facts_of_others: ClassVar[tuple[str, ...]] = ("low", "high")

    def __post_init__(self) -> None:
        """Raise ValueError for a compared item that is not one of the items."""
        if unknown := sorted(set(self.compared) - set(self.items)):
            raise ValueError(f"{listed(unknown)} in compared is not one of the items")

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement an item, and one of rows as a whole, whose figures are not asked about one by one."""
        pasts = {item: self._past(view, item) for item in self.items}
        rows, parts = _rows(list(pasts.values()))
        if rows.any():
            yield self._of_rows(view, pasts, rows, parts)
        for item, past in pasts.items():
            yield Judgement(
                item=item,
                required=past.required & ~(rows & past.off),
                runs=past.runs & ~(rows & past.off),
                failed=past.off & ~rows,
                needs=(view.ref(item),),
                suspects=(view.ref(item),),
                facts={
                    "item": throughout(view, named(view, item)),
                    "figure": past.figure,
                    "before": past.before,
                    "low": past.low,
                    "high": past.high,
                },
            )

    def _past(self, view: View, item: str) -> _Past:
        year = latest_year(view, item)
        if item in self.compared and has_enough_others(view, item, year):
            return _Past.nothing(len(view.table))
        past = past_of(view, item, year)
        scores, few = past.scores, past.few
        there, places = view.places >= 0, np.maximum(view.places, 0)

        def by_row(values: FloatArray) -> FloatArray:
            return np.where(there, values[places], np.nan)

        expected, margin = by_row(scores.expected), np.exp(self.threshold * by_row(scores.spread))
        figure = np.where(view.table.years == year, view.number(item), np.nan)
        required = view.due(item) & (view.table.years == year) & has_past(view, item, year)
        if item in self.compared:
            required = required & there & few[places]
        runs = required & ~np.isnan(by_row(scores.score))
        far = np.abs(by_row(scores.score)) > self.threshold
        floor = floor_of(view, item, self.floor, of_counts=_FLOOR)
        off = runs & far & (np.abs(figure - expected) >= floor)
        step = 1.0 if is_count(view, item) else 0.1  # in which the range is stated
        return _Past(
            required=required,
            runs=runs,
            off=off,
            sign=np.sign(by_row(scores.score)),
            alone=there & few[places],
            figure=figure,
            before=view.last_year(item),
            low=step * np.ceil(np.maximum(expected / margin, 0) / step),
            high=step * np.floor(expected * margin / step),
        )

    def _of_rows(
        self, view: View, pasts: Mapping[str, _Past], rows: BoolArray, parts: Sequence[BoolArray]
    ) -> Judgement:
        """One judgement of rows in which several figures are off; each of them is one that may be wrong."""
        off = [
            [item for item, part in zip(pasts, parts, strict=True) if part[row]] for row in range(len(rows))
        ]
        said = [
            listed(
                [
                    f"{named(view, item)} {exact(pasts[item].figure[row])} ({exact(pasts[item].before[row])})"
                    for item in own
                    if not np.isnan(pasts[item].before[row])
                ]
            )
            for row, own in enumerate(off)
        ]
        return Judgement(
            item=None,
            required=rows,
            runs=rows,
            failed=rows,
            needs=(),
            suspects=(),
            facts={"several": objects(said)},
            more_suspects=objects(tuple(view.ref(item) for item in own) for own in off),
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """The figure, that of the year before, and between which figures it would not have been asked about."""
        if "several" in fact:
            return f"These figures are far from those of the year before (in brackets): {fact['several']}."
        figure, before = fact["figure"], fact["before"]
        low, high = fact["low"], fact["high"]
        text = f"{fact['item']} is {exact(figure)}."
        if not np.isnan(before):
            text = f"{fact['item']} is {exact(figure)}, and was {exact(before)} the year before{_times(figure, before)}."
        return f"{text} From its own earlier figures, between {exact(low)} and {exact(high)} was expected."


class _Past(Struct, frozen=True):
    """One item beside its past, with one element a row of the table; `low` and `high` are rounded inwards.

    `off` are figures too far from what was expected, `sign` in which direction; `alone` rows whose force has too few others.
    """

    required: BoolArray
    runs: BoolArray
    off: BoolArray
    sign: FloatArray
    alone: BoolArray
    figure: FloatArray
    before: FloatArray
    low: FloatArray
    high: FloatArray

    @classmethod
    def nothing(cls, rows: int) -> _Past:
        """Of an item that is not checked in any row."""
        no, none = np.zeros(rows, dtype=bool), np.full(rows, np.nan)
        return cls(
            required=no, runs=no, off=no, sign=none, alone=no, figure=none, before=none, low=none, high=none
        )


def _rows(pasts: Sequence[_Past]) -> tuple[BoolArray, list[BoolArray]]:
    """The rows that are asked about as a whole, and for each item in which of them it is off."""
    off = np.array([past.off for past in pasts])
    up = np.array([past.off & (past.sign > 0) for past in pasts]).sum(axis=0)
    alone = np.array([past.alone for past in pasts]).any(axis=0)
    many = off.sum(axis=0)
    together = np.maximum(up, many - up) >= _TOGETHER
    rows = np.asarray(together | (alone & (many > 1)), dtype=bool)
    return rows, [past.off & rows for past in pasts]


def _times(figure: float, before: float) -> str:
    """How many times last year's figure it is, where that is telling."""
    if before <= 0 or figure <= 0 or 1 / _FACTOR < figure / before < _FACTOR:
        return ""
    if figure > before:
        return f" ({number(figure / before, 1)} times as many)"
    return f" ({number(100 * figure / before, 1 if 10 * figure < before else 0)} percent of that)"
