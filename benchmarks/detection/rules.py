"""Every rule that is measured, in one shape: a case and its spoilt copies in, one score a copy out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from peelcheck.statistics import Norm, Scores, fit_change, fit_peers, score_change, score_peer

from .. import change_score, peers
from ..hidiroglou_berthelot import hidiroglou_berthelot
from .cases import BoolArray, Case, FloatArray, Spoilt

Rule = Callable[[Case, Spoilt], FloatArray]
Fit = Callable[[npt.ArrayLike, npt.ArrayLike], Norm]
Score = Callable[[npt.ArrayLike, npt.ArrayLike, Any], Scores]

# peelcheck's own: the cuts of schemas/peel-2017/collection.yaml
CHANGE_CUT = 3.0
PEER_CUT = 5.0  # for a force with a history
PEER_CUT_ALONE = 3.5  # without

PLAIN_CUT = 4.0  # of the plain change score of `benchmarks.change_score`


def own(spoilt: Spoilt, scores: FloatArray) -> FloatArray:
    """Of scores (rows, forces), each row's score of the force whose figure was replaced."""
    return np.asarray(scores[np.arange(len(spoilt.force)), spoilt.force])


def z_of_rates(case: Case, spoilt: Spoilt) -> FloatArray:
    """Standard deviations from the mean rate."""
    return own(spoilt, peers.z_of_rates(spoilt.currents(case), case.population))


def tukey_of_rates(case: Case, spoilt: Spoilt) -> FloatArray:
    """Interquartile ranges beyond the quartiles of the rates."""
    return own(spoilt, peers.tukey_of_rates(spoilt.currents(case), case.population))


def percent_change(case: Case, spoilt: Spoilt) -> FloatArray:
    """Percent change on last year."""
    return own(spoilt, peers.percent_change(spoilt.currents(case), case.history[0]))


def funnel(case: Case, spoilt: Spoilt) -> FloatArray:
    """Deviates from the pooled rate, overdispersion allowed for."""
    return own(spoilt, peers.funnel(spoilt.currents(case), case.population))


def hb(u: float) -> Rule:
    """Hidiroglou-Berthelot distances, with so much weight on size."""

    def rule(case: Case, spoilt: Spoilt) -> FloatArray:
        return own(spoilt, hidiroglou_berthelot(spoilt.currents(case), case.history[0], u=u).distance)

    return rule


def against_past(fit: Fit, score: Score, years: int) -> Rule:
    """A rule from a `fit` and a `score` on the force's own past, `years` of which it may look at.

    The norm of a force does not see its own figure, so one norm a case serves all the figures put in its place;
    `tests/benchmarks` holds this to scoring each spoilt year as a whole.
    """

    @cache
    def norm_of(case: Case) -> Norm:
        return fit(case.current, case.history[:years])

    def rule(case: Case, spoilt: Spoilt) -> FloatArray:
        norm = norm_of(case).of(spoilt.force)
        return score(spoilt.figure, case.history[:years, spoilt.force], norm).score

    return rule


def among_forces() -> Rule:
    """The peer score of the rate per head."""

    @cache
    def norm_of(case: Case) -> Norm:
        return fit_peers(case.current, case.population, "rate")

    def rule(case: Case, spoilt: Spoilt) -> FloatArray:
        norm = norm_of(case).of(spoilt.force)
        return score_peer(spoilt.figure, case.population[spoilt.force], norm).score

    return rule


def newly_among_forces() -> Rule:
    """The peer score, but 0 for a force that stood beyond `PEER_CUT_ALONE` in last year's accepted figures too."""

    @cache
    def stood_out(case: Case) -> BoolArray:
        norm = fit_peers(case.history[0], case.past_population[0], "rate")
        last_year = score_peer(case.history[0], case.past_population[0], norm).score
        return np.asarray(np.abs(np.nan_to_num(last_year)) > PEER_CUT_ALONE)

    def rule(case: Case, spoilt: Spoilt) -> FloatArray:
        return np.where(stood_out(case)[spoilt.force], 0.0, PEER(case, spoilt))

    return rule


def either(*rules_and_cuts: tuple[Rule, float]) -> Rule:
    """Ask where any rule passes its cut: the largest of |score|/cut."""

    def rule(case: Case, spoilt: Spoilt) -> FloatArray:
        parts = [np.abs(np.nan_to_num(one(case, spoilt))) / cut for one, cut in rules_and_cuts]
        return np.asarray(np.max(parts, axis=0))

    return rule


PEER = among_forces()
PLAIN = against_past(change_score.fit_change, change_score.score_change, 3)
CHANGE = against_past(fit_change, score_change, 3)

ALONE = "peelcheck, change score alone"
PEELCHECK = "peelcheck"

RULES: Mapping[str, Rule] = {
    "z on rates": z_of_rates,
    "Tukey's fences on rates": tukey_of_rates,
    "change in percent": percent_change,
    "funnel with τ²": funnel,
    "Hidiroglou–Berthelot, U=0.5": hb(0.5),
    "Hidiroglou–Berthelot, U=0.2": hb(0.2),
    "peer score alone": PEER,
    "plain change score, one year": against_past(change_score.fit_change, change_score.score_change, 1),
    "plain change score, base by history": PLAIN,
    "plain change score and peer score": either((PLAIN, PLAIN_CUT), (PEER, PEER_CUT)),
    ALONE: CHANGE,
    PEELCHECK: either((CHANGE, CHANGE_CUT), (newly_among_forces(), PEER_CUT)),
}
