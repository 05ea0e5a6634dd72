"""A sharper look at the force's own past: what last year and the other forces lead one to expect, and how surely.

The expected figure is the force's last one, moved as the other forces moved. How far off it may be is read from the
three quarters of the other forces that moved most alike, never taken finer than seven percent, and wider for a force
whose own earlier years jumped about more than that. `docs/power-table.md` has what this finds that simpler rules miss.

`fit_prediction` turns the other forces' figures into a norm, leaving each force out of its own; `score_prediction` holds
figures against a norm and needs nothing else; `prediction_scores` does both.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from peelcheck.statistics import MINIMUM_OTHERS, Norm, Scores

__all__ = ["fit_prediction", "prediction_scores", "score_prediction"]

FloatArray = npt.NDArray[np.float64]

QUANTILE = 0.75
"""Share of the other forces whose distance from their prediction sets the spread: a quarter of them may be wrong."""

YEARS = 3
"""How many years back are looked at, at most."""

OWN_WEIGHT = 3.0
"""How many changes of its own a force must have made to count as much as the other forces do."""

_TAU2_FLOOR = 0.07**2
_QUANTILE_OF_NORMAL = 1.1503493803760079  # Φ⁻¹((1 + 0.75)/2): makes the quantile a standard deviation
_HALF = 0.5


def prediction_scores(current: npt.ArrayLike, history: npt.ArrayLike) -> Scores:
    """Score every force's figure against its prediction: `score_prediction` with the norm of `fit_prediction`.

    Args:
        current: this year's counts, one a force; NaN for a figure that is not usable.
        history: accepted counts of earlier years, shape (years, forces), the most recent first; NaN where there is none.

    Returns:
        One element a force, all comparisons leaving that force's own current figure out.
    """
    return score_prediction(current, history, fit_prediction(current, history))


def fit_prediction(current: npt.ArrayLike, history: npt.ArrayLike) -> Norm:
    """Fit, for each force, the norm of the others' distances from their predictions.

    For year k back, centre_k is the median of the others' ln((y+½)/(y_k+½)). A force's base is the most recent year it
    has, L years back, and d = (ln((y+½)/(y_L+½)) − centre_L)/√L its distance, since what can happen grows with the years
    between. τ² = max((Q/1.1503)² − median counting variance, 0.07²), Q the upper quartile of the others' |d|.

    Args:
        current: this year's counts, one a force. Blank (NaN), infinite or negative: not usable.
        history: accepted counts, shape (years, forces), the most recent first; blanks as above.

    Returns:
        One element a force (`centre`: one row a year looked back on), resting on the others alone: nothing in force i's
        element is computed from force i's current figure. NaN where fewer than `MINIMUM_OTHERS` others are usable.
    """
    y, past = _counts(current), _counts(history)[:YEARS]
    view = _others(np.log(y + _HALF)[None, :] - np.log(past + _HALF))  # year, seen from force, of force
    centre = _quantiles(view, 0.5)
    lag, found = _most_recent(past)
    changes = np.take_along_axis(view, lag[None, None, :], axis=0)[0] - centre[lag].T
    # a force is seen from i against the centre that i sees for that force's own lag: row i, column lag[j]
    distances = np.where(found[None, :], changes / np.sqrt(lag + 1.0), np.nan)
    counting = (1 / (y + _HALF) + 1 / (_at(past, lag) + _HALF)) / (lag + 1.0)
    seen = np.where(np.isnan(distances), np.nan, counting[None, :])
    spread = _quantiles(np.abs(distances), QUANTILE) / _QUANTILE_OF_NORMAL
    tau2 = np.maximum(spread**2 - _quantiles(seen, 0.5), _TAU2_FLOOR)
    others = np.count_nonzero(~np.isnan(distances), axis=-1)
    return Norm("change", centre, tau2, others, np.ones(len(tau2)))


def score_prediction(current: npt.ArrayLike, history: npt.ArrayLike, norm: Norm) -> Scores:
    """Hold figures against their predictions and a norm.

    P = (ln(y+½) − ln E)/√(1/(y_L+½) + 1/(E+½) + L·τ²ᵢ) with E = (y_L+½)·e^centre_L, y_L the most recent figure, L years
    back. The force's own changes e_k from year to year, each the year's figure brought up to date by centre_k, count as
    far as they pass their counting variance v_k: τ²ᵢ = max(τ², (3τ² + Σ max(e_k² − v_k, 0))/(3 + m)) with m of them, so
    that a steady past never narrows what the others set. The *expected* count stands in the variance, so that a figure
    wrongly dropped to 0 does not widen its own limits.

    Args:
        current: this year's counts, one a force, or one count.
        history: shape (years, forces), or (years,) for one force, the most recent first.
        norm: from `fit_prediction`: one element a force, or one force's (`centre` one number a year).

    Returns:
        The scores; NaN where the figure or all of the history is not usable, or the norm has none.

    Raises:
        ValueError: the norm is one between forces.
    """
    if norm.kind != "change":
        raise ValueError("a norm between forces cannot score changes")
    y, past, centre = (
        _counts(current),
        _counts(history)[: len(norm.centre)],
        _floats(norm.centre)[: len(history)],
    )
    lag, found = _most_recent(past)
    base = np.where(found, _at(past, lag), np.nan)
    moved = _at(centre, lag)
    tau2 = (lag + 1.0) * _with_own_past(past, centre, norm.tau2)
    run = ~np.isnan(y + base + moved + tau2)
    base, moved, tau2 = (np.where(run, values, np.nan) for values in (base, moved, tau2))
    expected = (base + _HALF) * np.exp(moved)
    spread = np.sqrt(1 / (base + _HALF) + 1 / (expected + _HALF) + tau2)
    score = (np.log(y + _HALF) - np.log(base + _HALF) - moved) / spread
    return Scores(score, expected, spread, moved, tau2, norm.others)


def _with_own_past(past: FloatArray, centre: FloatArray, tau2: FloatArray) -> FloatArray:
    """τ² widened for a force whose own past jumped about more than the others lead one to expect."""
    dated = np.log(past + _HALF) + centre
    jumps = dated[:-1] - dated[1:]
    counting = 1 / (past[:-1] + _HALF) + 1 / (past[1:] + _HALF)
    beyond = np.maximum(jumps**2 - counting, 0.0)
    made = np.count_nonzero(~np.isnan(beyond), axis=0)
    own = (OWN_WEIGHT * tau2 + np.nansum(beyond, axis=0)) / (OWN_WEIGHT + made)
    return np.maximum(tau2, own)


def _floats(values: npt.ArrayLike) -> FloatArray:
    return np.asarray(values, dtype=np.float64)


def _counts(values: npt.ArrayLike) -> FloatArray:
    """The values with NaN for whatever is no count: blank, infinite, below zero."""
    array = _floats(values)
    return np.where(np.isfinite(array) & (array >= 0), array, np.nan)


def _others(values: FloatArray) -> FloatArray:
    """Each row of values (rows, forces) as each force sees it, (rows, forces, forces): its own blanked."""
    view = np.repeat(values[:, None, :], values.shape[-1], axis=1)
    view[:, np.eye(values.shape[-1], dtype=bool)] = np.nan
    return view


def _quantiles(view: FloatArray, quantile: float) -> FloatArray:
    """The quantile along the last axis, linear between order statistics; NaN where fewer than `MINIMUM_OTHERS`."""
    ordered = np.sort(view, axis=-1)  # NaN go last
    found = np.count_nonzero(~np.isnan(view), axis=-1)
    place = np.maximum(found - 1, 0) * quantile
    below = np.floor(place).astype(np.int64)
    low = np.take_along_axis(ordered, below[..., None], axis=-1)[..., 0]
    high = np.take_along_axis(ordered, np.minimum(below + 1, np.maximum(found - 1, 0))[..., None], axis=-1)[
        ..., 0
    ]
    return np.where(found >= MINIMUM_OTHERS, low + (place - below) * (high - low), np.nan)


def _most_recent(past: FloatArray) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The row of each force's most recent figure, 0 for last year, and whether there is one."""
    have = ~np.isnan(past)
    return np.asarray(np.argmax(have, axis=0)), np.asarray(have.any(axis=0))


def _at(values: FloatArray, row: npt.NDArray[np.int64]) -> FloatArray:
    """Of each column of values the element in that row."""
    return np.asarray(np.take_along_axis(values, row[None, ...], axis=0)[0])
