"""Against the force's own past: what last year and the other forces lead one to expect, and how surely.

The expected figure is the force's last one, moved as the other forces moved; of small counts the years before count too.
How far off it may be is read from the three quarters of the other forces that moved most alike, never taken finer than
eight percent, and wider for a force whose own earlier years jumped about more than that.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from peelcheck.statistics.others import alike, medians_of_others, quantiles_of_others
from peelcheck.statistics.records import HALF, FloatArray, IntArray, Norm, Scores, counts, exponential, floats

QUANTILE = 0.75
"""Share of the other forces whose distance from their prediction sets the spread: a quarter of them may be wrong."""

YEARS = 3
"""The most earlier years that are used."""

OWN_WEIGHT = 3.0
"""How many changes of its own a force must have made to count as much as the other forces do."""

_TAU2_FLOOR = 0.08**2
_QUANTILE_OF_NORMAL = 1.1503493803760079  # Φ⁻¹((1 + 0.75)/2): makes the quantile a standard deviation


def change_scores(current: npt.ArrayLike, history: npt.ArrayLike) -> Scores:
    """Score every force's figure against its own past: `score_change` with the norm of `fit_change`.

    Args:
        current: this year's counts, one a force; NaN for a figure that is not usable.
        history: accepted counts of earlier years, shape (years, forces), the most recent first; NaN where there is none.

    Returns:
        One element a force, all comparisons leaving that force's own current figure out.
    """
    return score_change(current, history, fit_change(current, history))


def fit_change(current: npt.ArrayLike, history: npt.ArrayLike) -> Norm:
    """Fit, for each force, the norm of the others' distances from their predictions.

    For year k back, centre_k is the median of the others' ln((y+½)/(y_k+½)). A force's base is the most recent year it
    has, L years back, and d = (ln((y+½)/(y_L+½)) − centre_L)/√L its distance, since what can happen grows with the years
    between. τ² = max((Q/1.1503)² − median counting variance, 0.08²), Q the upper quartile of the others' |d|.

    Args:
        current: this year's counts, one a force. Blank (NaN), infinite or negative: not usable.
        history: accepted counts, shape (years, forces), the most recent first; blanks as above.

    Returns:
        One element a force (`centre`: one row a year looked back on), resting on the others alone: nothing in force i's
        element is computed from force i's current figure. NaN where fewer than `MINIMUM_OTHERS` others are usable.
    """
    y, past = counts(current), _past(history)[:YEARS]
    steps = np.log(y + HALF)[None, :] - np.log(past + HALF)
    centre = np.array([medians_of_others(year)[0] for year in steps])
    lag = _most_recent(past)
    step, years = _at(steps, lag), lag + 1.0
    counting = (1 / (y + HALF) + 1 / (_at(past, lag) + HALF)) / years
    tau2, others = np.empty_like(y), np.empty_like(lag)
    for forces in alike(centre[np.unique(lag)]):
        distances = (step - centre[lag, forces[0]]) / np.sqrt(years)  # as each of these forces sees all
        seen = np.where(np.isnan(distances), np.nan, counting)
        quartile, found = quantiles_of_others(np.abs(distances), QUANTILE)
        excess = (quartile / _QUANTILE_OF_NORMAL) ** 2 - medians_of_others(seen)[0]
        tau2[forces], others[forces] = np.maximum(excess, _TAU2_FLOOR)[forces], found[forces]
    return Norm("change", centre, tau2, others)


def score_change(current: npt.ArrayLike, history: npt.ArrayLike, norm: Norm) -> Scores:
    """Score figures against their predictions and a norm.

    D = (ln(y+½) − ln E)/√(v_E + 1/(E+½) + τ²ᵢ). Each earlier year is brought up to date, A_k = ln(y_k+½) + centre_k, and
    ln E is their weighted mean: a level that walks with variance τ² from year to year and is seen with counting variance
    v_k, filtered from the oldest year to the last (R. E. Kalman, *Journal of Basic Engineering* 82 (1960) 35; the local
    level model), so that of large counts last year alone counts, and of small counts the years before it too. v_E is the
    variance of that mean; a blank year adds τ² to it.

    The force's own jumps e_k = A_k − A_(k+1) count as far as they pass counting variance: with m of them
    τ²ᵢ = max(τ², (3τ² + Σ max(e_k² − v_k − v_(k+1), 0))/(3 + m)), so that a steady past never narrows what the others set.
    The *expected* counts stand in all variances, so that a figure wrongly dropped to 0 does not widen its own limits.

    Args:
        current: this year's counts, one a force, or one count.
        history: shape (years, forces), or (years,) for one force, the most recent first.
        norm: from `fit_change`: one element a force, or one force's (`centre` one number a year).

    Returns:
        The scores; NaN where the figure or all of the history is not usable, or the norm has none. `centre` is the log
        change expected on the force's most recent figure.

    Raises:
        ValueError: the norm is one between forces.
    """
    if norm.kind != "change":
        raise ValueError("a norm between forces cannot score changes: use score_peer")
    past = _past(history)[: len(norm.centre)]
    y, centre = counts(current), floats(norm.centre)[: len(past)]
    dated = np.log(past + HALF) + centre
    counting = _counting_variances(dated, centre)
    log_expected, base_variance = _filtered(dated, counting, norm.tau2)
    tau2 = _with_own_jumps(dated, counting, norm.tau2)
    run = ~np.isnan(y + log_expected + tau2)
    log_expected, tau2 = np.where(run, log_expected, np.nan), np.where(run, tau2, np.nan)
    expected = exponential(log_expected)
    spread = np.sqrt(base_variance + 1 / (expected + HALF) + tau2)
    change = log_expected - np.log(_at(past, _most_recent(past)) + HALF)
    return Scores((np.log(y + HALF) - log_expected) / spread, expected, spread, change, tau2, norm.others)


def tie_chance(y: npt.ArrayLike, tau_d: npt.ArrayLike) -> FloatArray:
    """The chance that a count which repeats last year's exactly does so by coincidence.

    1/√(2π(2y + τ_D²y²)): the height, at no change, of the normal distribution of the difference of two counts
    of about y whose means differ by τ_D on the log scale; at most 1, and 1 for a count of 0.

    Args:
        y: counts, both years'. Blank (NaN), infinite or negative: NaN.
        tau_d: standard deviation between forces of the log change, √τ² of the change score.

    Returns:
        Chances, in the shape of the arguments.
    """
    count = counts(y)
    deviation = np.hypot(np.sqrt(2 * count), floats(tau_d) * count)
    return floats(1 / np.maximum(np.sqrt(2 * np.pi) * deviation, 1.0))


def _counting_variances(dated: FloatArray, centre: FloatArray) -> FloatArray:
    """Counting variance of each year's log figure, from the mean of all years as that year would have had it.

    Not from the year's own count, which would trust a figure the more the higher it happened to be.
    """
    have = ~np.isnan(dated)
    total = np.where(have, exponential(dated), 0.0).sum(axis=0)
    level = np.log(np.where(total > 0, total, 1.0)) - np.log(np.maximum(have.sum(axis=0), 1))
    return np.where(have, exponential(centre - level), np.nan)


def _filtered(dated: FloatArray, counting: FloatArray, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The level at last year and its variance, by precisions, which are 0 before the first figure."""
    precision, level = np.zeros(dated.shape[1:]), np.zeros(dated.shape[1:])
    for figure, variance in zip(dated[::-1], counting[::-1], strict=True):
        have = ~np.isnan(figure)
        seen = precision > 0
        precision = np.where(seen, 1 / (1 / np.where(seen, precision, 1.0) + tau2), 0.0)
        weight = np.where(have, 1 / np.where(have, variance, 1.0), 0.0)
        total = precision + weight
        known = np.where(total > 0, total, 1.0)
        level = (precision * level + weight * np.where(have, figure, 0.0)) / known
        precision = total
    found = precision > 0
    return np.where(found, level, np.nan), np.where(found, 1 / np.where(found, precision, 1.0), np.nan)


def _with_own_jumps(dated: FloatArray, counting: FloatArray, tau2: FloatArray) -> FloatArray:
    """τ² widened for a force whose own past jumped about more than the others lead one to expect."""
    jumps = dated[:-1] - dated[1:]
    beyond = np.maximum(jumps**2 - counting[:-1] - counting[1:], 0.0)
    made = np.count_nonzero(~np.isnan(beyond), axis=0)
    own = (OWN_WEIGHT * tau2 + np.nansum(beyond, axis=0)) / (OWN_WEIGHT + made)
    return np.asarray(np.maximum(tau2, own))


def _past(history: npt.ArrayLike) -> FloatArray:
    """Counts of earlier years; if there are none, one year without figures."""
    past = counts(history)
    return past if len(past) else np.full((1, *past.shape[1:]), np.nan)


def _most_recent(past: FloatArray) -> IntArray:
    """The row of each force's most recent figure: 0 for last year, and 0 if there is no figure."""
    return np.asarray(np.argmax(~np.isnan(past), axis=0))


def _at(values: FloatArray, row: IntArray) -> FloatArray:
    """Of each column of values the element in that row."""
    return np.asarray(np.take_along_axis(values, row[None, ...], axis=0)[0])
