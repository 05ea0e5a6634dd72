"""Scores → suspicions: where a figure is asked about, and where a comparison speaks for the cells that it rests on."""

from __future__ import annotations

import math

from msgspec import Struct

from peelcheck.model import Cuts, Tier


class Suspicion(Struct, frozen=True):
    """Which score speaks against a figure, how loudly, and where the cuts are.

    `own_past` where it is the score against the force's own past, that of the numerator alone; `count_fits` where it is
    the score among the forces although the numerator is what its past leads one to expect: then what it is divided by
    is in doubt before the count is.
    """

    score: float
    cut: float
    tier: Tier
    own_past: bool
    count_fits: bool = False

    @property
    def weight(self) -> float:
        """How far beyond the cut: t/(1+t), t = |score|/cut − 1 (selective editing)."""
        beyond = abs(self.score) / self.cut - 1
        return beyond / (1 + beyond)


def suspicion(change: float, peer: float, peer_before: float, cuts: Cuts) -> Suspicion | None:
    """Whether a figure is asked about; None where it is not.

    Where there is history, the force's own past is the sharper yardstick, so that the cut for standing out among the
    forces is wider; and a force that stood out in last year's accepted figures too is not asked about that again.
    """
    if math.isnan(change):
        scores = [(peer, cuts.alone_query, cuts.alone_severe, False)]
    else:
        scores = [(change, cuts.change_query, cuts.change_severe, True)]
        if not abs(peer_before) > cuts.alone_query:
            scores.append((peer, cuts.peer_query, cuts.peer_severe, False))
    heard = [s for s in scores if not math.isnan(s[0]) and abs(s[0]) > s[1]]
    if not heard:
        return None
    score, cut, _, own_past = max(heard, key=lambda s: abs(s[0]) / s[1])
    is_severe = any(abs(s[0]) > s[2] for s in heard)
    count_fits = not math.isnan(change) and not any(s[3] for s in heard)
    return Suspicion(score, cut, Tier.SEVERE if is_severe else Tier.QUERY, own_past, count_fits)


def speaks_for(change: float, peer: float, cuts: Cuts) -> tuple[bool, bool]:
    """Whether a comparison in which nothing was asked speaks for the numerator, and for the denominator.

    It does where the score is well within its cut, half of it: a doubled denominator moves all its rates, and few of
    them beyond the cut. The force's own past tells of the numerator alone.
    """
    peer_fits = abs(peer) <= cuts.peer_query / 2
    return (abs(change) <= cuts.change_query / 2 if not math.isnan(change) else peer_fits), peer_fits
