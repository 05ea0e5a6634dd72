"""The simple rules in use elsewhere, to compare with: z, Tukey's fences, a change of 25%, a funnel plot.

Each takes whole years, `figures` (rows, forces), each row a year as received, and gives the figure's distance from
its yardstick in the rule's own unit, (rows, forces), so that the rule asks where the distance passes its own cut. None
leaves the figure itself out of the yardstick: that is how they are used. NaN: could not be judged.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

Z_CUT = 3.0  # standard deviations
TUKEY_CUT = 1.5  # interquartile ranges beyond the quartile: Tukey, Exploratory Data Analysis (1977)
CHANGE_CUT = 25.0  # percent: Akiyama & Propheter, FBI (2005), compare a year with the one before
FUNNEL_CUT = 3.09  # 99.8 percent limits: Spiegelhalter, Statistics in Medicine 24 (2005) 1185
WINSORISED = 0.1  # a tenth at either end: Spiegelhalter, QSHC 14 (2005) 347


def z_of_rates(figures: FloatArray, population: FloatArray) -> FloatArray:
    """Standard deviations of a rate from the mean rate of all forces."""
    rates = figures / population
    mean = np.nanmean(rates, axis=-1, keepdims=True)
    deviation = np.nanstd(rates, axis=-1, ddof=1, keepdims=True)
    return np.asarray((rates - mean) / deviation)


def tukey_of_rates(figures: FloatArray, population: FloatArray) -> FloatArray:
    """Interquartile ranges of a rate beyond the nearer quartile; 0 between the quartiles."""
    rates = figures / population
    low, high = np.nanquantile(rates, (0.25, 0.75), axis=-1, keepdims=True)
    outside = np.maximum(rates - high, 0.0) + np.minimum(rates - low, 0.0)
    return np.asarray(outside / (high - low))


def percent_change(figures: FloatArray, last_year: FloatArray) -> FloatArray:
    """Percent change on last year; from zero a change is judged as if from one half."""
    before = np.where(last_year > 0, last_year, 0.5)
    return np.asarray(100.0 * (figures - last_year) / before)


def funnel(figures: FloatArray, population: FloatArray, overdispersed: bool = True) -> FloatArray:
    """Deviates of a count from the pooled rate, square root scale, the spread between forces allowed for additively.

    Spiegelhalter, QSHC 14 (2005) 347: z winsorised at a tenth, tau squared by the method of moments from the winsorised
    z, taken as 0 where the forces vary no more than counts do. Without `overdispersed`: Poisson limits.
    """
    pooled = np.nansum(figures, axis=-1, keepdims=True) / np.nansum(
        np.where(np.isfinite(figures), population, np.nan), axis=-1, keepdims=True
    )
    # the variance of the square root of a count is 1/4, so that of the square root of a rate is 1/(4 n)
    deviation = np.sqrt(figures / population) - np.sqrt(pooled)
    within = 0.25 / np.broadcast_to(population, figures.shape)
    z = deviation / np.sqrt(within)
    if not overdispersed:
        return np.asarray(z)
    low, high = np.nanquantile(z, (WINSORISED, 1 - WINSORISED), axis=-1, keepdims=True)
    dispersion = np.nanmean(np.clip(z, low, high) ** 2, axis=-1, keepdims=True)
    weight = np.where(np.isfinite(z), 1 / within, np.nan)
    count = np.isfinite(z).sum(axis=-1, keepdims=True)
    total = np.nansum(weight, axis=-1, keepdims=True)
    spread = (count * dispersion - (count - 1)) / (
        total - np.nansum(weight**2, axis=-1, keepdims=True) / total
    )
    return np.asarray(deviation / np.sqrt(within + np.maximum(spread, 0.0)))
