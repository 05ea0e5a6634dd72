"""What must hold of the scores for any figures at all."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelcheck.statistics import (
    MINIMUM_OTHERS,
    Kind,
    Scores,
    change_scores,
    expected_range,
    fit_change,
    fit_peers,
    peer_scores,
    visible_factor,
)

Array = npt.NDArray[np.float64]

PARTS = ("score", "expected", "spread", "centre", "tau2")

counts = st.one_of(
    st.integers(0, 60),
    st.integers(0, 1_000_000),
    st.sampled_from([0, 1, 24, 1e9, 1e15, 1e300]),
)
figures = st.one_of(counts.map(float), st.sampled_from([math.nan, -1.0, -70.0, math.inf, -math.inf]))
kinds = st.sampled_from(["rate", "ratio", "proportion"])


def columns(*cells: st.SearchStrategy[float]) -> st.SearchStrategy[list[Array]]:
    """Columns of as many rows, 9 to 43 forces."""
    return st.lists(st.tuples(*cells), min_size=9, max_size=43).map(
        lambda rows: [np.array(column) for column in zip(*rows, strict=True)]
    )


def assert_finite_or_not_run(scores: Scores, run: npt.NDArray[np.bool_]) -> None:
    for part in PARTS:
        values = getattr(scores, part)
        assert not np.isinf(values).any(), part
        assert np.isnan(values).tolist() == (~run).tolist(), part


def peers_run(y: Array, n: Array, kind: Kind) -> npt.NDArray[np.bool_]:
    usable: npt.NDArray[np.bool_] = np.isfinite(y) & np.isfinite(n) & (y >= 0) & (n > 0)
    if kind == "proportion":
        usable &= y <= n
    return usable & np.bool_(usable.sum() - 1 >= MINIMUM_OTHERS)


@given(columns(figures, figures), kinds, st.floats(0.5, 8))
@settings(max_examples=150, deadline=None)
def test_peer_scores_and_ranges_are_finite_wherever_the_figures_can_be_used(
    table: list[Array], kind: Kind, cut: float
) -> None:
    y, n = table
    scores = peer_scores(y, n, kind)
    run = peers_run(y, n, kind)
    assert_finite_or_not_run(scores, run)
    lower, upper = expected_range(scores, cut, n, kind)
    assert np.isfinite(lower).tolist() == np.isfinite(upper).tolist() == run.tolist()
    assert (lower[run] >= 0).all()
    assert (lower[run] <= upper[run]).all()
    assert np.isfinite(visible_factor(scores, cut)).tolist() == run.tolist()


@given(columns(figures, figures, figures, figures, figures), st.integers(0, 4))
@settings(max_examples=150, deadline=None)
def test_change_scores_are_finite_wherever_last_year_and_this_year_can_be_used(
    table: list[Array], length: int
) -> None:
    y, history = table[0], np.array(table[1:])[:length]
    scores = change_scores(y, history)
    fitted = fit_change(y, history)
    have = np.isfinite(y) & (y >= 0)
    past = np.isfinite(history[: len(fitted.centre)]) & (history[: len(fitted.centre)] >= 0)
    dated = past & np.isfinite(fitted.centre[: len(past)])
    run = have & dated.any(axis=0) & np.isfinite(fitted.tau2)
    assert_finite_or_not_run(scores, run)
    assert (np.isfinite(fitted.tau2) == (fitted.others >= MINIMUM_OTHERS)).all()
    if length == 1:
        both = have & past[0]
        assert run.tolist() == (both & (both.sum() - 1 >= MINIMUM_OTHERS)).tolist()


@given(columns(figures, figures), kinds, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_forces_does_not_matter(table: list[Array], kind: Kind, random: object) -> None:
    y, n = table
    order = np.argsort([random.random() for _ in y])  # type: ignore[attr-defined]
    straight, shuffled = peer_scores(y, n, kind), peer_scores(y[order], n[order], kind)
    changed, rechanged = change_scores(y, n[None, :]), change_scores(y[order], n[None, order])
    for part in (*PARTS, "others"):
        np.testing.assert_array_equal(getattr(straight, part)[order], getattr(shuffled, part))
        np.testing.assert_array_equal(getattr(changed, part)[order], getattr(rechanged, part))


@given(columns(figures, figures, figures, figures), figures, kinds, st.integers(0, 8))
@settings(max_examples=100, deadline=None)
def test_a_force_changes_neither_its_own_centre_nor_its_own_spread(
    table: list[Array], other: float, kind: Kind, i: int
) -> None:
    y, history = table[0], np.array(table[1:])
    altered = y.copy()
    altered[i] = other
    before, after = fit_peers(y, history[0], kind), fit_peers(altered, history[0], kind)
    for part in ("centre", "tau2", "others"):
        assert _same(getattr(before, part)[i], getattr(after, part)[i])
    change, changed = fit_change(y, history), fit_change(altered, history)
    assert change.centre.shape == changed.centre.shape, "the base is chosen from history alone"
    for part in ("centre", "tau2", "others"):
        assert _same(getattr(change, part)[..., i], getattr(changed, part)[..., i])


def _same(a: Array, b: Array) -> bool:
    return bool(np.array_equal(a, b, equal_nan=True))


@given(columns(st.integers(30, 10**6).map(float), st.integers(10**3, 10**7).map(float)), st.integers(0, 8))
@settings(max_examples=60, deadline=None)
def test_a_greater_figure_has_a_greater_score(table: list[Array], i: int) -> None:
    y, n = table
    steps = [0, 1, 5, 30, 1_000, 10**6, 10**9, 10**15]
    for kind in ("rate", "ratio", "change"):
        scores = []
        for step in steps:
            y[i] = step
            found = change_scores(y, n[None, :]) if kind == "change" else peer_scores(y, n, kind)  # type: ignore[arg-type]
            scores.append(found.score[i])
        assert len(y) <= MINIMUM_OTHERS or scores == sorted(set(scores))


@pytest.mark.parametrize("kind", ["rate", "ratio", "proportion"])
@pytest.mark.parametrize("factor", [10.0, 1000.0])
def test_scale(kind: Kind, factor: float) -> None:
    """A population counted in tens leaves every rate's score; large counts scaled on both sides leave all of them."""
    random = np.random.default_rng(4)
    n = np.round(np.exp(random.normal(25, 0.5, 43)))
    y = np.round(n * 0.2 * np.exp(random.normal(0, 0.2, 43)))
    plain = peer_scores(y, n, kind).score
    assert peer_scores(y * factor, n * factor, kind).score == pytest.approx(plain, rel=1e-6, abs=1e-6)
    if kind == "rate":
        assert peer_scores(y, n / factor, kind).score == pytest.approx(plain, rel=1e-9, abs=1e-9)


def test_all_forces_alike_and_all_zero() -> None:
    same = peer_scores(np.full(43, 100.0), np.full(43, 1e6), "rate")
    assert same.score == pytest.approx(np.zeros(43), abs=1e-12)
    assert np.allclose(same.tau2, 0.10**2, rtol=1e-12)
    zero = change_scores(np.zeros(43), np.zeros((3, 43)))
    assert zero.score == pytest.approx(np.zeros(43), abs=1e-12)
    assert np.allclose(zero.tau2, 0.08**2, rtol=1e-12)


@pytest.mark.parametrize("wrong", [0.0, 1e15, math.nan, -5.0])
def test_one_wrong_figure_hardly_touches_the_others(wrong: float) -> None:
    random = np.random.default_rng(9)
    n = np.round(np.exp(random.normal(13.8, 0.5, 43)))
    y = random.poisson(n * 0.05 * np.exp(random.normal(0, 0.2, 43))).astype(float)
    right = peer_scores(y, n, "rate").score
    y[11] = wrong
    touched = peer_scores(y, n, "rate").score
    rest = np.arange(43) != 11
    assert np.abs(touched - right)[rest].max() < 0.5
