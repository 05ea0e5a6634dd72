"""Quantiles of the other forces' figures: of each force, those of all forces but itself.

Values are sorted once. What is left without one of them are the same values in the same order with one place closed up, so
that the time grows as that of sorting does, and not with the square of the number of forces.
"""

from __future__ import annotations

import numpy as np

from peelcheck.statistics.records import FloatArray, IntArray

MINIMUM_OTHERS = 10
"""A comparison is not run with fewer other forces than this."""

# Makes the median absolute deviation an estimate of the standard deviation of a normal distribution:
# 1/Φ⁻¹(¾).
_TO_STANDARD_DEVIATION = 1.4826


def quantiles_of_others(values: FloatArray, quantile: float) -> tuple[FloatArray, IntArray]:
    """For each force the quantile of the others' values, and how many it rests on.

    Args:
        values: one a force; NaN is not usable.
        quantile: 0 to 1; linear between order statistics.

    Returns:
        One element a force, usable itself or not; NaN where fewer than `MINIMUM_OTHERS` others are usable.
    """
    order = np.argsort(values, kind="stable")  # NaN go last
    rank = np.empty_like(order)
    rank[order] = np.arange(values.size)
    usable = ~np.isnan(values)
    found = np.count_nonzero(usable) - usable.astype(np.int64)
    place = np.maximum(found - 1, 0) * quantile
    below, above = np.floor(place).astype(np.int64), np.ceil(place).astype(np.int64)
    # the force's own value is left out: what stood after it is one place nearer
    low, high = (values[order[np.minimum(at + (at >= rank), values.size - 1)]] for at in (below, above))
    result = low + (high - low) * (place - below)  # not a sum of both, which could overflow
    return np.where(found >= MINIMUM_OTHERS, result, np.nan), found


def medians_of_others(values: FloatArray) -> tuple[FloatArray, IntArray]:
    """For each force the median of the others' values, and how many it rests on, as `quantiles_of_others`."""
    return quantiles_of_others(values, 0.5)


def alike(centres: FloatArray) -> list[IntArray]:
    """The forces with the same centres, group by group: few groups, as a median without one figure takes few values.

    Args:
        centres: one column a force, with one row for each centre that it has; NaN is a value like others.
    """
    group = np.zeros(centres.shape[-1], dtype=np.int64)
    for row in centres:
        distinct, code = np.unique(np.where(np.isnan(row), np.inf, row), return_inverse=True)
        # joined and numbered anew after each row, so that the numbers stay small
        group = np.unique(group * len(distinct) + code, return_inverse=True)[1]
    order = np.argsort(group, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(group[order])) + 1) if order.size else []


def excess_variances(
    values: FloatArray, centres: FloatArray, counting: FloatArray, floor: float
) -> FloatArray:
    """τ² of each force: the others' robust variance about its centre, less their counting variance.

    τ² = max((1.4826·MAD)² − median counting variance, floor). An excess of variance over counting error as in
    the additive model of Spiegelhalter, *Quality and Safety in Health Care* 14 (2005) 347, by medians so that
    a wrong figure cannot widen the limits by which it is judged.

    Args:
        values: one a force; NaN is not usable.
        centres: the centre of the others' values, one a force.
        counting: the counting variance of each value; NaN where the value is.
        floor: the least that τ² can be.
    """
    deviation = np.empty_like(centres)
    for forces in alike(centres[None, :]):
        deviation[forces] = medians_of_others(np.abs(values - centres[forces[0]]))[0][forces]
    excess = (_TO_STANDARD_DEVIATION * deviation) ** 2 - medians_of_others(counting)[0]
    return np.maximum(excess, floor)


def median_deviation(values: FloatArray) -> float:
    """The standard deviation of values that are normal but for a few, from their median absolute deviation."""
    return float(_TO_STANDARD_DEVIATION * np.median(np.abs(values - np.median(values))))
