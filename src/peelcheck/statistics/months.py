"""Months with far fewer records than the others lead one to expect."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from peelcheck.statistics.negative_binomial import deviate
from peelcheck.statistics.others import median_deviation
from peelcheck.statistics.records import HALF, BoolArray, FloatArray, IntArray

FEWEST_MONTHS = 3
"""Months with records from which it is told what a month has."""
_TAU2_FLOOR = 0.10**2
_NEVER_LOW = 0.7
"""A month with more than this share of what was expected is not worked out: with τ of 0.10 or more its score is above −4."""


class MonthScores(Struct, frozen=True):
    """What was expected of each month, and how far below it is: arrays with one element a month, NaN where not judged.

    `score` is a normal deviate, 0 for months that are not clearly low.
    """

    expected: FloatArray
    score: FloatArray


def month_scores(counts: IntArray, days: IntArray) -> MonthScores:
    """Score each month of one force against its other months that have records.

    Expected is the median of the others' records per day, times the month's days. The score is the normal deviate of the
    mid-p tail of a negative binomial with that mean and size 1/(e^τ² − 1): a count by chance whose mean differs by τ from
    month to month. τ² = max((1.4826 × the median distance of the others' logarithms from their median)² − their median
    counting variance, 0.10²). Months without any record are no part of what is expected, since they may be missing.

    Args:
        counts: records by month.
        days: days of each month that may have records, above 0.

    Returns:
        The scores; NaN for a month with fewer than `FEWEST_MONTHS` others that have records.
    """
    expected, score = np.full((2, len(counts)), np.nan)
    has_some = counts > 0
    for i in range(len(counts)):
        others = has_some.copy()
        others[i] = False
        if np.count_nonzero(others) < FEWEST_MONTHS:
            continue
        expected[i] = float(np.median(counts[others] / days[others])) * days[i]
        low = counts[i] < _NEVER_LOW * expected[i]
        score[i] = (
            deviate(float(counts[i]), float(expected[i]), _spread(counts, days, others)) if low else 0.0
        )
    return MonthScores(expected, score)


def _spread(counts: IntArray, days: IntArray, others: BoolArray) -> float:
    """τ²: how much months differ beyond counting error."""
    logs = np.log((counts[others] + HALF) / days[others])
    counting = float(np.median(1 / (counts[others] + HALF)))
    return max(median_deviation(logs) ** 2 - counting, _TAU2_FLOOR)
