"""Scores between forces, held to an independent implementation, to scipy and statsmodels, and to a published example."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import norm
from statsmodels.robust.scale import mad

from peelcheck.statistics import Norm, fit_peers, peer_scores, score_peer
from tests.support import plain_statistics as plain
from tests.support.drawn import assert_same

Kind = Literal["rate", "ratio", "proportion"]
Array = npt.NDArray[np.float64]

FORCES = 43
AGREE = 1e-9


def figures(seed: int, kind: Kind, level: float) -> tuple[Array, Array]:
    """A year of 43 forces like the real ones in size, unevenness and gaps, `level` the median share or rate."""
    random = np.random.default_rng(seed)
    size = np.exp(random.normal(13.8, 0.55, FORCES)).round()
    if kind != "rate":
        size = (size / 20).round()
    share = level * np.exp(random.normal(0, 0.3, FORCES))
    if kind == "proportion":
        share = share / (1 + share)
    y = random.poisson(size * share).astype(float)
    if kind == "proportion":
        y = np.minimum(y, size)
    y[random.integers(FORCES)] *= 10 if kind != "proportion" else 0.1
    y = y.round()
    y[random.integers(FORCES)] = np.nan
    size[random.integers(FORCES)] = random.choice([0.0, np.nan, -1.0])
    return y, size


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("rate", 0.07),
        ("rate", 47e-6),  # organised crime groups: 20 to 60 a force
        ("rate", 5e-6),  # most forces expect fewer than 10
        ("ratio", 0.5),
        ("ratio", 1.6),
        ("proportion", 0.15),
        ("proportion", 0.001),
    ],
)
def test_scores_equal_those_worked_out_force_by_force(seed: int, kind: Kind, level: float) -> None:
    y, n = figures(seed, kind, level)
    assert_same(peer_scores(y, n, kind), plain.peer(y.tolist(), n.tolist(), kind))


def test_spread_of_the_others_is_that_of_statsmodels() -> None:
    y, n = figures(3, "rate", 0.07)
    norm_ = fit_peers(y, n, "rate")
    logs, v = np.log((y + 0.5) / np.where(n > 0, n, np.nan)), 1 / (y + 0.5)
    for i in range(FORCES):
        others = np.isfinite(logs) & (np.arange(FORCES) != i)
        robust = mad(logs[others], c=1 / 1.4826)
        assert norm_.centre[i] == pytest.approx(np.median(logs[others]), rel=1e-12)
        assert norm_.tau2[i] == pytest.approx(robust**2 - np.median(v[others]), rel=1e-9)
        assert norm_.tau2[i] > 0.10**2, "the floor must not be what is compared here"


def test_published_example_of_a_median_and_a_mad() -> None:
    """Copper in wholemeal flour (Analytical Methods Committee 1989): median 3.385, MAD 0.526323 (Venables & Ripley,
    *Modern Applied Statistics with S*, 4th ed. 2002, section 5.5). The 25th force has no figure: 24 others."""
    copper = [
        *(2.90, 3.10, 3.40, 3.40, 3.70, 3.70, 2.80, 2.50, 2.40, 2.40, 2.70, 2.20),
        *(5.28, 3.37, 3.03, 3.03, 28.95, 3.77, 3.40, 2.20, 3.50, 3.60, 3.70, 3.70),
    ]
    n = np.full(25, 1e12)
    y = np.append(1e12 * np.exp(copper) - 0.5, np.nan)
    norm_ = fit_peers(y, n, "rate")
    assert norm_.others[24] == 24
    assert norm_.centre[24] == pytest.approx(3.385, abs=1e-9)
    assert math.sqrt(norm_.tau2[24]) == pytest.approx(0.526323, abs=1e-6)


def exact_log_tail(y: int, mean: float, tau2: float) -> float:
    """Ln of the mid-p tail above y, summed term by term in 60 decimal digits."""
    with localcontext() as context:
        context.prec = 60
        size = 1 / (Decimal(tau2).exp() - 1)
        success = size / (size + Decimal(mean))
        term = success**size
        total = Decimal(0)
        for count in range(y + 4000):
            if count >= y:
                total += term / 2 if count == y else term
            term *= (size + count) / (count + 1) * (1 - success)
        return float(total.ln())


def one_norm(expected: float, tau2: float) -> Norm:
    """A norm for one force by which a population of a million expects so many."""
    return Norm("rate", np.log(expected / 1e6), np.float64(tau2), np.int64(42))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("y", "mean", "tau2"),
    [
        (40, 15.0, 0.01),
        (150, 15.0, 0.04),
        (1500, 15.0, 0.09),
        (1500, 15.0, 0.01),
        (300, 0.2, 0.25),
        (9, 2.0, 1.0),
    ],
)
def test_small_counts_far_out_keep_an_exact_finite_score(y: int, mean: float, tau2: float) -> None:
    score = float(score_peer(y, 1e6, one_norm(mean, tau2)).score)
    assert norm.logsf(score) == pytest.approx(exact_log_tail(y, mean, tau2), rel=1e-9)


def test_a_small_count_ten_thousand_times_too_high_is_further_out_than_a_hundred_times() -> None:
    near, far, farthest = score_peer([1500, 150_000, 1e15], [1e6] * 3, one_norm(15, 0.01)).score
    assert 60 < near < far < farthest < math.inf


def test_an_expected_count_is_unremarkable_on_either_side_of_25() -> None:
    for expected in (5.0, 24.0, 24.999, 25.001, 400.0):
        score = float(score_peer(round(expected), 1e6, one_norm(expected, 0.04)).score)
        assert abs(score) < 0.3, expected


def test_a_norm_of_changes_is_refused() -> None:
    wrong = Norm("change", np.zeros(1), np.ones(1), np.array([42]))
    with pytest.raises(ValueError, match="use score_change"):
        score_peer([1.0], [1.0], wrong)


def test_one_force_scores_itself_against_the_norm_it_is_handed() -> None:
    y, n = figures(1, "proportion", 0.2)
    fitted, whole = fit_peers(y, n, "proportion"), peer_scores(y, n, "proportion")
    i = int(np.flatnonzero(np.isfinite(whole.score))[0])
    alone = score_peer(y[i], n[i], fitted.of(i))
    assert float(alone.score) == float(whole.score[i])
    assert float(alone.expected) == float(whole.expected[i])
    assert int(alone.others) == int(whole.others[i])


@pytest.mark.parametrize(("usable", "run"), [(10, False), (11, True)])
def test_ten_other_forces_are_needed(usable: int, run: bool) -> None:
    y = np.full(43, np.nan)
    y[:usable] = np.arange(100, 100 + usable)
    scores = peer_scores(y, np.full(43, 1000.0), "ratio")
    assert np.isfinite(scores.score[:usable]).all() == run
    assert np.isnan(scores.score[usable:]).all()
    assert scores.others[0] == usable - 1
    assert scores.others[42] == usable


@pytest.mark.parametrize(
    ("kind", "y", "n"),
    [
        ("rate", math.nan, 1e5),
        ("rate", -70.0, 1e5),
        ("rate", 100.0, 0.0),
        ("rate", 100.0, -1.0),
        ("rate", 100.0, math.nan),
        ("rate", math.inf, 1e5),
        ("ratio", 100.0, 0.0),
        ("proportion", 101.0, 100.0),
    ],
)
def test_what_cannot_be_used_is_not_run_and_is_no_part_of_the_others(kind: Kind, y: float, n: float) -> None:
    numerator, denominator = np.arange(100.0, 120.0), np.full(20, 1000.0)
    numerator[4], denominator[4] = y, n
    scores = peer_scores(numerator, denominator, kind)
    for values in (scores.score, scores.expected, scores.spread, scores.centre, scores.tau2):
        assert np.flatnonzero(np.isnan(values)).tolist() == [4]
    assert scores.others.tolist() == [18] * 4 + [19] + [18] * 15


def test_no_forces_at_all() -> None:
    assert peer_scores([], [], "rate").score.shape == (0,)


@pytest.mark.parametrize("kind", ["Rate", "per_head", ""])
def test_an_unknown_kind_is_refused(kind: Any) -> None:
    with pytest.raises(ValueError, match="is no kind of comparison; it can be rate, ratio, proportion"):
        peer_scores([1.0] * 12, [10.0] * 12, kind)
