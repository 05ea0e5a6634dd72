"""Scores → which figures are beyond a threshold, and which comparisons suggest that their cells are right."""

from __future__ import annotations

import math

from msgspec import Struct

from peelcheck.model import Thresholds, Tier


class Exceedance(Struct, frozen=True):
    """The score of a figure that is beyond a threshold.

    `own_past` where it is the score against the force's own past, that of the numerator alone; `count_fits` where it is
    the score among the forces although the numerator is what its past leads one to expect: then what it is divided by
    is in doubt before the count is.
    """

    score: float
    threshold: float
    tier: Tier
    own_past: bool
    count_fits: bool = False

    @property
    def weight(self) -> float:
        """How far beyond the threshold: t/(1+t), t = |score|/threshold − 1 (selective editing)."""
        beyond = abs(self.score) / self.threshold - 1
        return beyond / (1 + beyond)


def exceedance(change: float, peer: float, peer_before: float, thresholds: Thresholds) -> Exceedance | None:
    """The score for which a figure is queried; None where it is not.

    Where there is history, the force's own past is the sharper benchmark, so that the threshold for standing out among the
    forces is wider; and a force that stood out in last year's accepted figures too is not queried for that again.
    """
    if math.isnan(change):
        scores = [(peer, thresholds.alone_query, thresholds.alone_severe, False)]
    else:
        scores = [(change, thresholds.change_query, thresholds.change_severe, True)]
        if not abs(peer_before) > thresholds.alone_query:
            scores.append((peer, thresholds.peer_query, thresholds.peer_severe, False))
    heard = [s for s in scores if not math.isnan(s[0]) and abs(s[0]) > s[1]]
    if not heard:
        return None
    score, threshold, _, own_past = max(heard, key=lambda s: abs(s[0]) / s[1])
    is_severe = any(abs(s[0]) > s[2] for s in heard)
    count_fits = not math.isnan(change) and not any(s[3] for s in heard)
    return Exceedance(score, threshold, Tier.SEVERE if is_severe else Tier.QUERY, own_past, count_fits)


def speaks_for(change: float, peer: float, thresholds: Thresholds) -> tuple[bool, bool]:
    """Whether a comparison without a query suggests that the numerator is right, and that the denominator is.

    It does where the score is well within its threshold, half of it: a doubled denominator moves all its rates, and few of
    them beyond the threshold. The force's own past speaks of the numerator alone.
    """
    peer_fits = abs(peer) <= thresholds.peer_query / 2
    return (abs(change) <= thresholds.change_query / 2 if not math.isnan(change) else peer_fits), peer_fits
