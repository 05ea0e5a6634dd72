"""Quantiles over the other forces by their plain definition, which takes a row of all forces for each force.

A view is a square array: row i holds what is looked at from force i, column j a figure of force j, NaN where
force j is not usable and on the diagonal, since no force is part of its own norm.
"""

from __future__ import annotations

import numpy as np

from peelcheck.statistics.others import MINIMUM_OTHERS
from peelcheck.statistics.records import FloatArray, IntArray

# Makes the median absolute deviation an estimate of the standard deviation of a normal distribution:
# 1/Φ⁻¹(¾).
_TO_STANDARD_DEVIATION = 1.4826


def view_of_others(values: FloatArray) -> FloatArray:
    """A row a force with all forces' values but its own. `values`: one a force; NaN is not usable."""
    view = np.tile(values, (values.size, 1))
    np.fill_diagonal(view, np.nan)
    return view


def medians(view: FloatArray) -> tuple[FloatArray, IntArray]:
    """The median of each row and how many it rests on; NaN where these are fewer than `MINIMUM_OTHERS`."""
    ordered = np.sort(view, axis=1)  # NaN go last
    found = (view == view).sum(axis=1)  # NaN alone differs from itself
    row, last = np.arange(len(view)), np.maximum(found - 1, 0)
    low, high = ordered[row, last // 2], ordered[row, (last + 1) // 2]
    result = low + (high - low) / 2  # not (low + high) / 2, which could overflow
    result[found < MINIMUM_OTHERS] = np.nan
    return result, found


def excess_variances(view: FloatArray, centres: FloatArray, counting: FloatArray, floor: float) -> FloatArray:
    """τ²: the robust variance of each row about its centre, less the counting variance; never below `floor`.

    τ² = max((1.4826·MAD)² − median counting variance, floor). An excess of variance over counting error as in
    the additive model of Spiegelhalter, *Quality and Safety in Health Care* 14 (2005) 347, by medians so that
    a wrong figure cannot widen the limits by which it is judged.
    """
    deviation, _ = medians(np.abs(view - centres[:, None]))
    return np.maximum((_TO_STANDARD_DEVIATION * deviation) ** 2 - medians(counting)[0], floor)
