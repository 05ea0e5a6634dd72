"""The range a figure was expected in, and how small an error the comparison could have seen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np
import numpy.typing as npt

from peelcheck.statistics.negative_binomial import deviate
from peelcheck.statistics.peers import SMALL_COUNT
from peelcheck.statistics.records import HALF, FloatArray, Kind, Scores, counts, exponential, floats


def expected_range(
    scores: Scores,
    cut: float,
    denominator: npt.ArrayLike | None = None,
    kind: Kind | None = None,
) -> tuple[FloatArray, FloatArray]:
    """The counts between which a figure's score stays within ±cut.

    E·e^(±cut·spread), less the half that was added before taking logarithms and not below 0. For a proportion
    the ends lie on the log odds scale, between 0 and the denominator. For a rate that expects fewer than 25
    they are the least and the greatest whole count whose negative binomial score is within the cut. So a
    figure scores beyond the cut exactly when it lies outside its range.

    Args:
        scores: from `score_peer` or `score_change`.
        cut: the score at which a figure becomes a query.
        denominator: as given to `score_peer`; needed for a ratio and a proportion.
        kind: as given to `fit_peers`; None for a change.

    Returns:
        (lower, upper), one element a force, NaN where there is no score.
    """
    low, high = (_count_at(scores, sign * cut, denominator, kind) for sign in (-1, 1))
    if kind == "rate":
        for i in map(tuple, np.argwhere(scores.expected < SMALL_COUNT)):
            low[i], high[i] = _small_range(float(scores.expected[i]), float(scores.tau2[i]), cut)
    return low, high


def visible_factor(scores: Scores, cut: float) -> FloatArray:
    """The least error factor that would be seen, e^(cut·spread): above 2, a doubled figure may pass unseen."""
    return exponential(cut * scores.spread)


def _count_at(
    scores: Scores, score: float, denominator: npt.ArrayLike | None, kind: Kind | None
) -> FloatArray:
    """The count, on the log or log odds scale, that has this score."""
    distance = score * scores.spread
    if kind in ("ratio", "proportion"):
        if denominator is None:
            raise ValueError(f"the range of a {kind} needs its denominator")
        n = counts(denominator)
        if kind == "proportion":
            share = 1 / (1 + exponential(-(scores.centre + distance)))
            return floats(np.clip((n + 2 * HALF) * share - HALF, 0, n))
        return floats(np.maximum(exponential(np.log(n + HALF) + scores.centre + distance) - HALF, 0))
    return floats(np.maximum(exponential(np.log(scores.expected) + distance) - HALF, 0))


def _small_range(expected: float, tau2: float, cut: float) -> tuple[int, int]:
    def score(count: int) -> float:
        return deviate(count, expected, tau2)

    beyond = 1
    while score(beyond) <= cut:
        beyond *= 2
    least = bisect_left(range(beyond), -cut, key=score)
    return least, bisect_right(range(beyond), cut, key=score) - 1
