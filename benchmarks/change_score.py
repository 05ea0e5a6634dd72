"""D, a plainer score of changes, to compare with: the others' median change, and their median deviation from it.

The base is last year, or the mean of up to three years, whichever would have predicted last year better.
"""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from benchmarks.square_views import excess_variances, medians, view_of_others
from peelcheck.statistics.records import (
    HALF,
    FloatArray,
    IntArray,
    Norm,
    Scores,
    counts,
    exponential,
    floats,
)

YEARS = 3
"""How many years back a base looks at most."""

_TAU2_FLOOR = 0.05**2


class PastNorm(Norm, frozen=True):
    """A norm with the median number of years that the others' bases rest on."""

    years: FloatArray

    def of(self, i: int | IntArray) -> Self:
        """The norm of one force, or of some."""
        return replace(super().of(i), years=self.years[i])


def change_scores(current: npt.ArrayLike, history: npt.ArrayLike) -> Scores:
    """Score every force's figure against its own past: `score_change` with the norm of `fit_change`.

    Args:
        current: this year's counts, one a force; NaN for a figure that is not usable.
        history: accepted counts of earlier years, shape (years, forces), the most recent first.

    Returns:
        One element a force, all comparisons leaving that force's own current figure out.
    """
    return score_change(current, history, fit_change(current, history))


def fit_change(current: npt.ArrayLike, history: npt.ArrayLike) -> PastNorm:
    """Fit, for each force, the norm of the others' changes.

    The base is last year, or the mean of up to three years each brought up to date by the others' median
    change, whichever would have predicted last year's accepted figures better. Last year: with d =
    ln((y+½)/(y₁+½)), centre = median of the others' d, so that a national rise is nobody's query. Mean: d =
    ln(y+½) − mean over the years that a force has of (ln(y_k+½) + median of the others' ln((y+½)/(y_k+½))),
    centre the median of the others' d. τ² = max((1.4826·MAD of the others' d)² − median of the others'
    counting variance, 0.05²).

    Args:
        current: this year's counts, one a force. Blank (NaN), infinite or negative: not usable.
        history: accepted counts, shape (years, forces), the most recent first; blanks as above.

    Returns:
        One element a force (`centre`: one row a year looked back on), resting on the others alone: everything
        that force i's norm looks at is computed without force i's current figure. NaN where fewer than
        `MINIMUM_OTHERS`.
    """
    y, past = counts(current), counts(history)
    past = past[: YEARS if _mean_predicts_better(past) else 1]
    shifts = np.empty_like(past)
    for k, year in enumerate(past):
        shifts[k], _ = medians(view_of_others(_logs(y) - _logs(year)))
    # Row i: the bases of all forces as seen from force i.
    bases, base_variances, base_years = _base(past[:, None, :], shifts[:, :, None])
    changes = np.where(np.eye(y.size, dtype=bool), np.nan, _logs(y) - bases)
    centre, others = medians(changes)
    counting = np.where(np.isnan(changes), np.nan, 1 / (y + HALF) + base_variances)
    tau2 = excess_variances(changes, centre, counting, _TAU2_FLOOR)
    years, _ = medians(np.where(np.isnan(changes), np.nan, base_years))
    return PastNorm("change", shifts + centre, tau2, others, years)


def score_change(current: npt.ArrayLike, history: npt.ArrayLike, norm: PastNorm) -> Scores:
    """Hold figures against their own past and a norm of changes.

    D = (ln(y+½) − ln E)/√(v_b + 1/(E+½) + τ²ᵢ), where ln E is the mean, over the k years of the base that the
    force has, of ln(y_k+½) + centre_k; v_b = Σ 1/(y_k+½)/k² the counting variance of the base; τ²ᵢ =
    τ²·(1+1/k)/(1+1/median k of the others), as a base of few years is the poorer prediction.

    Args:
        current: this year's counts, one a force, or one count.
        history: shape (years, forces), or (years,) for one force, the most recent first.
        norm: from `fit_change`: one element a force, or one force's (`centre` one number a year).

    Returns:
        The scores; NaN where the figure or all of its base is not usable, or the norm has none.
    """
    if norm.kind != "change":
        raise ValueError("a norm between forces cannot score changes: use score_peer")
    y, past, centre = counts(current), counts(history)[: len(norm.centre)], floats(norm.centre)
    log_expected, base_variance, years = _base(past, centre[: len(past)])
    tau2 = norm.tau2 * (1 + 1 / years) / (1 + 1 / norm.years)
    run = ~np.isnan(y + log_expected + tau2)
    log_expected, tau2 = np.where(run, log_expected, np.nan), np.where(run, tau2, np.nan)
    expected = exponential(log_expected)
    spread = np.sqrt(base_variance + 1 / (expected + HALF) + tau2)
    plain, _, _ = _base(past, np.where(np.isnan(centre[: len(past)]), np.nan, 0.0))
    score = (_logs(y) - log_expected) / spread
    return Scores(score, expected, spread, log_expected - plain, tau2, norm.others)


def _logs(count: FloatArray) -> FloatArray:
    return floats(np.log(count + HALF))


def _base(past: FloatArray, shifts: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """What its past leads one to expect of a force: the mean of its years, each brought to date by a shift.

    First axis of both: years. Returns the log of the count, its counting variance and the number of years it
    rests on; a year without a figure or a shift does not count, and without any year all three are NaN.
    """
    dated = _logs(past) + shifts
    have = ~np.isnan(dated)
    found = have.sum(axis=0)
    years = np.where(found > 0, found, np.nan)
    base = np.where(have, dated, 0.0).sum(axis=0) / years
    variance = np.where(have, 1 / (past + HALF), 0.0).sum(axis=0) / years**2
    return base, variance, years


def _mean_predicts_better(history: FloatArray) -> bool:
    """Whether the mean of earlier years predicts better: whether it would have predicted last year's figures.

    By the median distance of log changes from their median, over the forces that both can predict. Decided on
    history alone, so that a wrong figure this year cannot change how others are judged.
    """
    if len(history) < 3:
        return False  # only one year before last year, or none: nothing to choose from
    last, before = history[0], history[1 : 1 + YEARS]
    shifts = np.array([medians((_logs(last) - _logs(year))[None, :])[0] for year in before])
    by_year = _logs(last) - _logs(before[0])
    by_mean = np.where(np.isnan(by_year), np.nan, _logs(last) - _base(before, shifts)[0])
    misses = [medians(np.abs(d - medians(d[None, :])[0])[None, :])[0][0] for d in (by_year, by_mean)]
    return bool(misses[1] < misses[0])
