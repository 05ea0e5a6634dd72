"""Between forces: is this figure notably different from the other forces' figures?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from peelcheck.statistics.negative_binomial import deviate
from peelcheck.statistics.others import excess_variances, medians_of_others
from peelcheck.statistics.records import (
    HALF,
    KINDS,
    FloatArray,
    Kind,
    Norm,
    Scores,
    counts,
    exponential,
    floats,
)

SMALL_COUNT = 25.0
"""A rate that expects fewer than this is scored by the tail of a negative binomial, not on the log scale."""

_TAU2_FLOOR = 0.10**2


def peer_scores(numerator: npt.ArrayLike, denominator: npt.ArrayLike, kind: Kind) -> Scores:
    """Score every force's figure against the other forces: `score_peer` with the norm of `fit_peers`.

    Args:
        numerator: counts, one a force; NaN for a figure that is not usable.
        denominator: population or counts, one a force.
        kind: `rate` (per population), `ratio` (two counts) or `proportion` (part of a whole).

    Returns:
        One element a force, all comparisons leaving that force's own figure out.

    Raises:
        ValueError: the kind is none of the three.
    """
    return score_peer(numerator, denominator, fit_peers(numerator, denominator, kind))


def fit_peers(numerator: npt.ArrayLike, denominator: npt.ArrayLike, kind: Kind) -> Norm:
    """Fit, for each force, the norm of the others.

    With Y the figure on its scale and v(y) its counting variance (`_scaled`): centre θ = median of the
    others' Y, τ² = max((1.4826·MAD of the others' Y)² − median of the others' v, 0.10²).

    Args:
        numerator: counts, one a force. Blank (NaN), infinite or negative: not usable; for a proportion also a
            part greater than its whole.
        denominator: population or counts, one a force. Blank, infinite, zero or negative: not usable.
        kind: `rate`, `ratio` or `proportion`.

    Returns:
        One element a force; element i rests on the usable forces other than i, whether i is usable or not.
        NaN where these are fewer than `MINIMUM_OTHERS`.

    Raises:
        ValueError: the kind is none of the three.
    """
    y, n = _usable(numerator, denominator, kind)
    scaled, counting = _scaled(y, n, kind)
    centre, others = medians_of_others(scaled)
    tau2 = excess_variances(scaled, centre, counting, _TAU2_FLOOR)
    return Norm(kind, centre, tau2, others)


def score_peer(numerator: npt.ArrayLike, denominator: npt.ArrayLike, norm: Norm) -> Scores:
    """Score figures against a norm.

    X = (Y − θ)/√(v(E) + τ²), E = n·e^θ (proportion: n·logistic θ). The *expected* count stands in
    the variance, so that a figure wrongly dropped to 0 does not widen its own limits. For a rate with E below
    25 the score is the normal deviate of the mid-p tail of a negative binomial with mean E and size 1/(e^τ² −
    1), which has the same relative variance as a Poisson count whose mean varies between forces by τ² on the
    log scale.

    Args:
        numerator: counts, one a force, or one count.
        denominator: population or counts likewise.
        norm: from `fit_peers`: one element a force, or one force's.

    Returns:
        The scores; NaN where a figure is not usable (as in `fit_peers`) or the norm has none.

    Raises:
        ValueError: the norm is one of changes.
    """
    kind = _peer_kind(norm)
    y, n = _usable(numerator, denominator, kind)
    y, n, centre, tau2 = np.broadcast_arrays(y, n, floats(norm.centre), floats(norm.tau2))
    run = ~np.isnan(y + centre)
    y, n, centre, tau2 = (np.where(run, values, np.nan) for values in (y, n, centre, tau2))
    expected, counting = _expected(n, centre, kind)
    spread = np.sqrt(counting + tau2)
    score = floats((_scaled(y, n, kind)[0] - centre) / spread)
    if kind == "rate":
        for i in map(tuple, np.argwhere(expected < SMALL_COUNT)):
            score[i] = deviate(float(y[i]), float(expected[i]), float(tau2[i]))
    return Scores(score, expected, spread, centre, tau2, norm.others)


def _peer_kind(norm: Norm) -> Kind:
    if norm.kind == "change":
        raise ValueError("a norm of changes cannot score figures between forces: use score_change")
    return norm.kind


def _usable(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, kind: Kind
) -> tuple[FloatArray, FloatArray]:
    """Both sides of the fraction, NaN on both where either is not usable."""
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of comparison; it can be {', '.join(KINDS)}")
    y, n = counts(numerator), counts(denominator)
    usable = (y >= 0) & (n > 0)
    if kind == "proportion":
        usable &= y <= n
    return np.where(usable, y, np.nan), np.where(usable, n, np.nan)


def _scaled(y: FloatArray, n: FloatArray, kind: Kind) -> tuple[FloatArray, FloatArray]:
    """The figures on the scale compared, and their counting variances."""
    if kind == "rate":
        return np.log(y + HALF) - np.log(n), 1 / (y + HALF)
    rest = n if kind == "ratio" else n - y
    return np.log(y + HALF) - np.log(rest + HALF), 1 / (y + HALF) + 1 / (rest + HALF)


def _expected(n: FloatArray, centre: FloatArray, kind: Kind) -> tuple[FloatArray, FloatArray]:
    """The count expected at the centre, and the counting variance there."""
    if kind == "proportion":
        expected, rest = n / (1 + exponential(-centre)), n / (1 + exponential(centre))
        return expected, 1 / (expected + HALF) + 1 / (rest + HALF)
    expected = exponential(np.log(n) + centre)
    return expected, 1 / (expected + HALF) + (1 / (n + HALF) if kind == "ratio" else 0.0)
