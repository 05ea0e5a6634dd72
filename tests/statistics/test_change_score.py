"""Scores against a force's own past, held to an independent implementation and to figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.robust.scale import mad

from benchmarks.change_score import change_scores, fit_change, score_change
from tests.support import plain_statistics as plain
from tests.support.drawn import FORCES, assert_same, without_nan, years


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


def test_a_base_of_fewer_years_is_trusted_less() -> None:
    random = np.random.default_rng(7)
    figures = 1e6 * np.exp(random.normal(0, 0.2, (5, FORCES)))
    figures[2:4, 0] = np.nan
    fitted = fit_change(figures[0], figures[1:])
    scores = score_change(figures[0], figures[1:], fitted)
    assert fitted.centre.shape == (3, FORCES)
    assert scores.tau2[0] / fitted.tau2[0] == pytest.approx((1 + 1) / (1 + 1 / 3))
    assert scores.tau2[1] == fitted.tau2[1]


def test_a_force_without_last_year_is_not_run_when_last_year_is_the_base() -> None:
    figures = years(2, 2, 0.1)
    missing = np.isnan(figures).any(axis=0)
    scores = change_scores(figures[0], figures[1:])
    assert missing.any()
    assert np.isnan(scores.score).tolist() == missing.tolist()
