"""A figure is asked about exactly when it lies outside the range that its query states."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest

from peelcheck.statistics import (
    Kind,
    Norm,
    change_scores,
    expected_range,
    fit_change,
    fit_peers,
    peer_scores,
    score_change,
    score_peer,
    visible_factor,
)

Array = npt.NDArray[np.float64]

FORCES = 43


def year(kind: Kind, level: float) -> tuple[Array, Array]:
    random = np.random.default_rng(3)
    middle = 13.5 if kind == "rate" else 9.0
    n = np.asarray(np.exp(random.normal(middle, 0.7, FORCES)).round(), dtype=np.float64)
    return random.binomial(n.astype(int), level * np.exp(random.uniform(-0.4, 0.4, FORCES))).astype(float), n


@pytest.mark.parametrize("cut", [3.5, 5.0, 7.0])
@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("rate", 0.05),
        ("rate", 2e-5),
        ("ratio", 0.6),
        ("ratio", 0.002),
        ("proportion", 0.4),
        ("proportion", 0.002),
    ],
)
def test_the_last_count_inside_is_within_the_cut_and_the_first_outside_is_not(
    kind: Kind, level: float, cut: float
) -> None:
    y, n = year(kind, level)
    fitted = fit_peers(y, n, kind)
    lower, upper = expected_range(peer_scores(y, n, kind), cut, n, kind)
    low, high = np.ceil(lower), np.floor(upper)
    assert (low <= high).all()
    for inside in (low, high):
        assert (np.abs(score_peer(inside, n, fitted).score) <= cut).all()
    under, over = score_peer(low - 1, n, fitted).score, score_peer(high + 1, n, fitted).score
    assert np.isnan(under).tolist() == (low == 0).tolist()
    assert (under[low > 0] < -cut).all()
    assert np.isnan(over).tolist() == (high == n if kind == "proportion" else np.zeros(FORCES, bool)).tolist()
    assert (over[~np.isnan(over)] > cut).all()


def test_small_counts_are_among_those_tested_above() -> None:
    y, n = year("rate", 2e-5)
    small = peer_scores(y, n, "rate").expected < 25
    assert small.any()
    assert not small.all()


def test_the_range_of_a_change() -> None:
    random = np.random.default_rng(2)
    history = random.poisson(np.exp(random.normal(5, 1.5, FORCES))).astype(float)[None, :]
    current = random.poisson(history[0] * 1.1).astype(float)
    fitted, scores = fit_change(current, history), change_scores(current, history)
    lower, upper = expected_range(scores, 4.0)
    low, high = np.ceil(lower), np.floor(upper)
    assert (np.abs(score_change(low, history, fitted).score) <= 4).all()
    assert (np.abs(score_change(high, history, fitted).score) <= 4).all()
    assert (score_change(high + 1, history, fitted).score > 4).all()
    assert (score_change(low - 1, history, fitted).score[low > 0] < -4).all()
    large = scores.expected > 100
    factor = np.exp(4 * scores.spread[large])
    assert upper[large] + 0.5 == pytest.approx(scores.expected[large] * factor, rel=1e-9)
    assert lower[large] + 0.5 == pytest.approx(scores.expected[large] / factor, rel=1e-9)


def test_a_range_worked_out_by_hand() -> None:
    """400 of 1,000 expected, spread √(1/400.5 + 1/600.5 + 0.1²) = 0.1190: 3.5 spreads about odds of 2:3."""
    norm = Norm("proportion", np.log([2 / 3]), np.array([0.01]), np.array([42]))
    scores = score_peer([400.0], [1000.0], norm)
    lower, upper = expected_range(scores, 3.5, [1000.0], "proportion")
    assert float(scores.expected[0]) == pytest.approx(400)
    odds = 2 / 3 * math.exp(3.5 * math.sqrt(1 / 400.5 + 1 / 600.5 + 0.01))
    assert float(upper[0]) == pytest.approx(1001 * odds / (1 + odds) - 0.5, rel=1e-12)
    assert (float(lower[0]), float(upper[0])) == pytest.approx((305.15, 502.77), abs=0.005)


def test_no_range_without_a_score_or_without_its_denominator() -> None:
    y, n = year("ratio", 0.5)
    y[0], n[1] = np.nan, -1
    scores = peer_scores(y, n, "ratio")
    lower, upper = expected_range(scores, 5, n, "ratio")
    assert np.flatnonzero(np.isnan(lower)).tolist() == np.flatnonzero(np.isnan(upper)).tolist() == [0, 1]
    with pytest.raises(ValueError, match="needs its denominator"):
        expected_range(scores, 5, None, "ratio")


def test_the_least_error_that_can_be_seen() -> None:
    scores = change_scores([100.0] * 12, [[100.0] * 12])
    assert visible_factor(scores, 4) == pytest.approx(math.exp(4 * math.sqrt(1 / 100.5 + 1 / 101 + 0.0064)))
