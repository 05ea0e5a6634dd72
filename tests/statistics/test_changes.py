"""Scores against a force's own past, held to an independent implementation and to figures worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from peelcheck.statistics import Norm, change_scores, fit_change, score_change, tie_chance
from tests.support import plain_change
from tests.support.drawn import FORCES, assert_same, without_nan, years


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("level", [5000.0, 60.0, 3.0])
def test_scores_equal_what_is_worked_out_force_by_force(seed: int, count: int, level: float) -> None:
    figures = years(seed, count + 1, 0.12, level)
    expected = plain_change.change(without_nan(figures[0]), [without_nan(year) for year in figures[1:]])
    assert_same(change_scores(figures[0], figures[1:]), expected)


def test_the_level_of_a_long_past_is_that_of_statsmodels() -> None:
    """Three years of one force, filtered by statsmodels' local level model with the same variances."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    rest = np.exp(np.linspace(3, 6, 14)).round()
    history = np.array([[*rest, 40.0], [*rest, 30.0], [*rest, 36.0]])
    current = np.array([*rest, 35.0])
    scores = change_scores(current, history)
    tau2, mean = fit_change(current, history).tau2[14], np.mean([40.5, 30.5, 36.5])
    model = UnobservedComponents(np.log(history[::-1, 14] + 0.5), "llevel")
    model.ssm["obs_cov", 0, 0] = 1 / mean
    model.ssm["state_cov", 0, 0] = tau2
    model.ssm.initialize_approximate_diffuse(1e6)
    filtered = model.ssm.filter()
    assert math.log(scores.expected[14]) == pytest.approx(filtered.filtered_state[0, -1], rel=1e-7)
    base_variance = scores.spread[14] ** 2 - scores.tau2[14] - 1 / (scores.expected[14] + 0.5)
    assert base_variance == pytest.approx(filtered.filtered_state_cov[0, 0, -1], rel=1e-5)


@pytest.mark.parametrize(("last_year", "this_year"), [(0, 125), (125, 0)])
def test_from_zero_little_is_heard_and_to_zero_much(last_year: int, this_year: int) -> None:
    """One year of history and forces that stand still: the counting error of a zero is large, of 125 small."""
    rest = list(np.arange(1000.0, 1014.0))
    scores = change_scores([*rest, this_year], [[*rest, last_year]])
    spread = math.sqrt(1 / (last_year + 0.5) + 1 / (last_year + 1) + 0.08**2)
    by_hand = math.log((this_year + 0.5) / (last_year + 0.5)) / spread
    assert scores.score[14] == pytest.approx(by_hand, rel=0.01)
    assert (abs(scores.score[14]) > 10) == (this_year == 0)


def test_a_quarter_of_the_others_may_be_wrong() -> None:
    last_year = np.exp(np.linspace(6, 9, 41)).round()
    wrong = last_year.copy()
    wrong[:9] *= 10
    assert fit_change(wrong, last_year[None, :]).tau2[-1] == pytest.approx(0.08**2)


def test_a_force_that_jumps_about_is_given_more_room() -> None:
    rest = np.exp(np.linspace(6, 9, 14))
    history = np.array([[*rest, 2000.0], [*rest, 1000.0], [*rest, 2000.0]])
    scores = change_scores(np.array([*rest, 1500.0]), history)
    own = 2 * math.log(2000.5 / 1000.5) ** 2
    assert scores.tau2[0] == pytest.approx(0.08**2)
    assert scores.tau2[14] == pytest.approx((3 * 0.08**2 + own) / 5, rel=0.01)


def test_a_change_worked_out_by_hand() -> None:
    """3,875 cases after 3,291 where others stand still, with the least spread: 0.1634/√(2/3,291.5 + 0.08²) = 1.95."""
    scores = change_scores([*range(1000, 1014), 3875], [[*range(1000, 1014), 3291]])
    spread = math.sqrt(1 / 3291.5 + 1 / 3292 + 0.08**2)
    assert scores.expected[14] == pytest.approx(3291.5)
    assert scores.score[14] == pytest.approx(math.log(3875.5 / 3291.5) / spread, rel=1e-12)
    assert scores.score[14] == pytest.approx(1.95, abs=0.005)


def test_a_national_rise_is_nobodys_query() -> None:
    last_year = np.round(np.exp(np.linspace(6, 9, FORCES)))
    scores = change_scores(last_year * 2, last_year[None, :])
    assert np.abs(scores.score).max() < 0.05
    assert scores.centre == pytest.approx(math.log(2), abs=0.001)


def test_one_force_scores_itself_against_the_norm_it_is_handed() -> None:
    random = np.random.default_rng(7)
    figures = 1e6 * np.exp(random.normal(0, 0.2, (5, FORCES)))
    figures[2, 6] = np.nan
    fitted, whole = fit_change(figures[0], figures[1:]), change_scores(figures[0], figures[1:])
    i = 6
    alone = score_change(figures[0, i], figures[1:, i], fitted.of(i))
    assert float(alone.score) == pytest.approx(float(whole.score[i]), rel=1e-12)
    assert float(alone.spread) == pytest.approx(float(whole.spread[i]), rel=1e-12)


@pytest.mark.parametrize(("usable", "run"), [(10, False), (11, True)])
def test_ten_other_forces_are_needed(usable: int, run: bool) -> None:
    last_year = np.full(FORCES, np.nan)
    last_year[:usable] = np.arange(100, 100 + usable)
    scores = change_scores(np.full(FORCES, 100.0), last_year[None, :])
    assert np.isfinite(scores.score[:usable]).all() == run
    assert np.isnan(scores.score[usable:]).all()


def test_without_history_no_change_is_scored() -> None:
    scores = change_scores(np.arange(100.0, 143.0), np.empty((0, FORCES)))
    assert np.isnan(scores.score).all()
    assert scores.others.tolist() == [0] * FORCES


def test_a_norm_of_peers_is_refused() -> None:
    wrong = Norm("rate", np.zeros(1), np.ones(1), np.array([42]))
    with pytest.raises(ValueError, match="use score_peer"):
        score_change([1.0], [[1.0]], wrong)


def test_chance_of_a_tie_is_a_normal_density_and_never_above_one() -> None:
    y, tau = np.array([852.0, 23.0, 11848.0]), 0.1
    density = norm.pdf(0, scale=np.sqrt(2 * y + (tau * y) ** 2))
    assert tie_chance(y, tau) == pytest.approx(density, rel=1e-12)
    assert tie_chance([0.0, 0.01], 0.1).tolist() == [1.0, 1.0]
    assert np.isnan(tie_chance([math.nan, -3.0], 0.1)).all()
    assert tie_chance(1e300, 0.1) == pytest.approx(norm.pdf(0) / 1e299, rel=1e-12)


def test_chance_of_a_tie_agrees_with_drawing_counts() -> None:
    """200,000 pairs of years of a force with 40 a year, changing by 10 percent: how many repeat exactly."""
    random = np.random.default_rng(1)
    first = random.poisson(40, 200_000)
    second = random.poisson(40 * np.exp(random.normal(0, 0.1, 200_000)))
    assert float(tie_chance(40, 0.1)) == pytest.approx(np.mean(first == second), rel=0.05)
