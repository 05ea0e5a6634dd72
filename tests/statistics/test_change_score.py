"""Scores against a force's own past, held to an independent implementation and to figures worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import plain_statistics as plain
import pytest
from scipy.stats import norm  # type: ignore[import-untyped]
from statsmodels.robust.scale import mad  # type: ignore[import-untyped]

from peelcheck.statistics import Norm, Scores, change_scores, fit_change, score_change, tie_chance

Array = npt.NDArray[np.float64]

FORCES = 43
AGREE = 1e-9


def years(seed: int, count: int, noise: float, level: float = 5000.0) -> Array:
    """Years of 43 forces, the most recent first, with a national rise, gaps and zeros; `noise` within a force."""
    random = np.random.default_rng(seed)
    size = level * np.exp(random.normal(0, 0.6, FORCES))
    rise = np.exp(0.06 * np.arange(count, 0, -1))[:, None]
    figures: Array = random.poisson(size * rise * np.exp(random.normal(0, noise, (count, FORCES)))).astype(
        float
    )
    figures[random.random(figures.shape) < 0.06] = np.nan
    figures[random.random(figures.shape) < 0.01] = 0
    return figures


def without_nan(values: Array) -> list[plain.Figure]:
    return [None if math.isnan(value) else float(value) for value in values]


def assert_same(scores: Scores, expected: list[plain.Plain | None]) -> None:
    for i, one in enumerate(expected):
        for name in ("score", "expected", "spread", "centre", "tau2"):
            value = float(getattr(scores, name)[i])
            if one is None:
                assert math.isnan(value), (i, name)
            else:
                assert value == pytest.approx(getattr(one, name), rel=AGREE, abs=AGREE), (i, name)
        if one is not None:
            assert scores.others[i] == one.others


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("level", [5000.0, 60.0, 3.0])
def test_one_year_of_history_equals_what_is_worked_out_force_by_force(seed: int, level: float) -> None:
    figures = years(seed, 2, 0.1, level)
    expected = plain.change_on_last_year(without_nan(figures[0]), without_nan(figures[1]))
    assert_same(change_scores(figures[0], figures[1:]), expected)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("count", [2, 3, 4, 5])
@pytest.mark.parametrize("level", [5000.0, 60.0])
def test_longer_histories_equal_what_is_worked_out_force_by_force(
    seed: int, count: int, level: float
) -> None:
    figures = years(seed, count + 1, 0.15, level)
    current, history = without_nan(figures[0]), [without_nan(year) for year in figures[1:]]
    if plain.mean_would_have_been_better(history):
        expected = plain.change_on_mean(current, history[:3])
    else:
        expected = plain.change_on_last_year(current, history[0])
    assert_same(change_scores(figures[0], figures[1:]), expected)


def test_both_bases_are_taken_by_the_histories_above() -> None:
    chosen = {
        plain.mean_would_have_been_better([without_nan(year) for year in years(seed, 4, 0.15)[1:]])
        for seed in range(12)
    }
    assert chosen == {True, False}


def test_independent_years_are_better_predicted_by_their_mean_and_a_random_walk_by_last_year() -> None:
    random = np.random.default_rng(7)
    size = np.full(FORCES, 1e6)
    independent = size * np.exp(random.normal(0, 0.2, (4, FORCES)))
    walk = size * np.exp(np.cumsum(random.normal(0, 0.2, (4, FORCES)), axis=0))
    assert fit_change(independent[0], independent).centre.shape == (3, FORCES)
    assert fit_change(walk[0], walk).centre.shape == (1, FORCES)


def test_centre_and_spread_of_one_year_are_those_of_statsmodels() -> None:
    figures = years(5, 2, 0.15, 1e6)
    figures[figures == 0] = np.nan
    fitted = fit_change(figures[0], figures[1:])
    d = np.log((figures[0] + 0.5) / (figures[1] + 0.5))
    v = 1 / (figures[0] + 0.5) + 1 / (figures[1] + 0.5)
    for i in range(FORCES):
        others = np.isfinite(d) & (np.arange(FORCES) != i)
        assert fitted.centre[0, i] == pytest.approx(np.median(d[others]), rel=1e-12)
        robust = mad(d[others], c=1 / 1.4826)
        assert fitted.tau2[i] == pytest.approx(robust**2 - np.median(v[others]), rel=1e-9)


def others_that_spread(tau: float) -> tuple[list[float], list[float]]:
    """Fourteen large forces without a common change, the MAD of whose log changes is tau / 1.4826."""
    step = tau / 1.4826
    return [1e9 * math.exp(k * step) for k in (-2, -1, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2)], [1e9] * 14


@pytest.mark.parametrize(
    ("last_year", "this_year", "score"), [(0, 125, 3.2), (0, 1250, 4.5), (125, 0, -25.0)]
)
def test_from_zero_little_is_heard_and_to_zero_much(last_year: int, this_year: int, score: float) -> None:
    """One year of history, no national change, forces that otherwise change by a fifth either way."""
    current, history = others_that_spread(0.18)
    scores = change_scores([*current, this_year], [[*history, last_year]])
    assert math.sqrt(scores.tau2[14]) == pytest.approx(0.18, abs=1e-6)
    assert scores.score[14] == pytest.approx(score, abs=0.06 if score > 0 else 0.6)


def test_a_change_worked_out_by_hand() -> None:
    """3,875 cases after 3,291 where others stand still, with the least spread: 0.1633/√(2/3,291.5 + 0.05²) = 2.92;
    the expected variance term is 1/(3,291.5 + ½)."""
    scores = change_scores([*range(1000, 1014), 3875], [[*range(1000, 1014), 3291]])
    spread = math.sqrt(1 / 3291.5 + 1 / 3292 + 0.05**2)
    assert scores.expected[14] == pytest.approx(3291.5)
    assert scores.score[14] == pytest.approx(math.log(3875.5 / 3291.5) / spread, rel=1e-12)
    assert scores.score[14] == pytest.approx(2.93, abs=0.005)


def test_a_national_rise_is_nobodys_query() -> None:
    last_year = np.round(np.exp(np.linspace(6, 9, FORCES)))
    scores = change_scores(last_year * 2, last_year[None, :])
    assert np.abs(scores.score).max() < 0.05
    assert scores.centre == pytest.approx(math.log(2), abs=0.001)


def test_a_base_of_fewer_years_is_trusted_less() -> None:
    random = np.random.default_rng(7)
    figures = 1e6 * np.exp(random.normal(0, 0.2, (5, FORCES)))
    figures[2:4, 0] = np.nan
    fitted = fit_change(figures[0], figures[1:])
    scores = score_change(figures[0], figures[1:], fitted)
    assert fitted.centre.shape == (3, FORCES)
    assert scores.tau2[0] / fitted.tau2[0] == pytest.approx((1 + 1) / (1 + 1 / 3))
    assert scores.tau2[1] == fitted.tau2[1]


def test_one_force_scores_itself_against_the_norm_it_is_handed() -> None:
    random = np.random.default_rng(7)
    figures = 1e6 * np.exp(random.normal(0, 0.2, (5, FORCES)))
    figures[2, 6] = np.nan
    fitted, whole = fit_change(figures[0], figures[1:]), change_scores(figures[0], figures[1:])
    i = 6
    handed = Norm("change", fitted.centre[:, i], fitted.tau2[i], fitted.others[i], fitted.years[i])
    alone = score_change(figures[0, i], figures[1:, i], handed)
    assert fitted.centre.shape == (3, FORCES), "the mean is the base to be tested here"
    assert float(alone.score) == pytest.approx(float(whole.score[i]), rel=1e-12)
    assert float(alone.spread) == pytest.approx(float(whole.spread[i]), rel=1e-12)


def test_a_force_without_last_year_is_not_run_when_last_year_is_the_base() -> None:
    figures = years(2, 2, 0.1)
    missing = np.isnan(figures).any(axis=0)
    scores = change_scores(figures[0], figures[1:])
    assert missing.any()
    assert np.isnan(scores.score).tolist() == missing.tolist()


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
    wrong = Norm("rate", np.zeros(1), np.ones(1), np.array([42]), np.ones(1))
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
