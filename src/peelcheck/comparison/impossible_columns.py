"""Figures with which most forces' rates are higher than there can be: the column that most of these rates share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set

import numpy as np
from msgspec import Struct

from peelcheck.arrays import FloatArray
from peelcheck.comparison.rates import fraction
from peelcheck.model import Collection, Measure, ReturnKind, Side
from peelcheck.rounds.declarations import Declarations
from peelcheck.statistics import MINIMUM_OTHERS
from peelcheck.tables.figures import Figures
from peelcheck.wording import exact, number

Column = tuple[str, int]
"""An item (`return.item`) and a year."""


class _Rates(Struct, frozen=True):
    """The rates of a measure in a year, whether most are too high, the columns of others that they use, and an example."""

    columns: tuple[Column, ...]
    too_high: bool
    example: str


def columns_above_maximum(
    collection: Collection, figures: Figures, declarations: Declarations, doubted: Set[Column]
) -> dict[Column, str]:
    """The columns of tables of others with which most of ten or more rates are too high, each with a sentence about it.

    Of several columns that a rate uses, that one is wrong that most of the high rates share; among equals, the one that
    fewest other rates use. A rate that uses a column that is `doubted` already is explained.
    """
    rates = [one for m in collection.measures for one in _rates(m, collection, figures, declarations)]
    high = [one for one in rates if one.too_high and one.columns and not doubted & set(one.columns)]
    speak_for = Counter(column for one in rates if not one.too_high for column in one.columns)
    found: dict[Column, str] = {}
    while high:
        against = Counter(column for one in high for column in one.columns)
        worst = min(against, key=lambda column: (-against[column], speak_for[column], column))
        found[worst] = next(one.example for one in high if worst in one.columns)
        high = [one for one in high if worst not in one.columns]
    return found


def _rates(
    measure: Measure, collection: Collection, figures: Figures, declarations: Declarations
) -> Iterator[_Rates]:
    """The rates of a measure that has a maximum, in its own year and in the year before."""
    if measure.maximum is None:
        return
    for year in (measure.years[0], measure.years[0] - 1):
        one = fraction(measure, figures, declarations, year)
        as_sent = one.as_sent(measure.per)
        there = int(np.count_nonzero(~np.isnan(as_sent)))
        if there < MINIMUM_OTHERS:
            continue
        too_high = 2 * int(np.count_nonzero(one.impossible)) > there
        columns = (
            *_of_others(measure.denominator, collection, figures, year),
            *_of_others(measure.numerator, collection, figures, year),
        )
        yield _Rates(columns, too_high, _example(measure, as_sent, figures) if too_high else "")


def _of_others(side: Side, collection: Collection, figures: Figures, year: int) -> list[Column]:
    """The columns of one side of a measure, the largest of several, if the forces do not send them themselves."""
    if collection.returns[side.return_name].kind is ReturnKind.RETURN:
        return []
    columns = [(ref, year + side.year_offset) for ref in side.refs]
    return [max(columns, key=lambda column: float(np.nansum(figures.column(*column).usable)))]


def _example(measure: Measure, as_sent: FloatArray, figures: Figures) -> str:
    i = int(np.flatnonzero(as_sent > (measure.maximum or 0))[0])
    return (
        f"With them, “{measure.title}” would be {number(float(as_sent[i]), measure.decimals)} {measure.unit} in "
        f"{figures.forces[i]}; at most {exact(measure.maximum or 0)} is possible."
    )
