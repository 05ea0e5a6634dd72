"""Quantiles of the others from one sort, held to the plain definition with a row of all forces for each force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.square_views import excess_variances as plain_excess_variances
from benchmarks.square_views import medians, view_of_others
from peelcheck.statistics import MINIMUM_OTHERS, fit_change, fit_peers
from peelcheck.statistics.others import alike, excess_variances, medians_of_others, quantiles_of_others
from peelcheck.statistics.peers import _scaled, _usable
from peelcheck.statistics.records import FloatArray, IntArray, Kind

# few distinct numbers, so that many are equal, and numbers of all sizes
values = st.one_of(
    st.sampled_from([0.0, 1.0, 1.0, 2.0, math.nan, math.nan]),
    st.floats(-1e12, 1e12),
    st.integers(0, 50).map(float),
)
counts = st.one_of(
    st.integers(0, 30).map(float), st.integers(0, 10**7).map(float), st.sampled_from([math.nan, -1.0])
)
arrays = st.lists(values, max_size=45).map(np.array)


def lists_of(columns: int) -> st.SearchStrategy[FloatArray]:
    """Counts of up to 45 forces, one row a column."""
    rows = st.lists(st.tuples(*[counts] * columns), min_size=1, max_size=45)
    return rows.map(lambda found: np.array(found, dtype=np.float64).T)


@given(arrays.map(lambda found: found.astype(np.float64)), st.sampled_from([0.0, 0.25, 0.5, 0.75, 0.9, 1.0]))
@settings(max_examples=300, deadline=None)
def test_quantiles_are_those_of_all_values_but_the_forces_own(found: FloatArray, quantile: float) -> None:
    result, others = quantiles_of_others(found, quantile)
    for i in range(len(found)):
        rest = np.delete(found, i)
        rest = rest[~np.isnan(rest)]
        assert others[i] == len(rest)
        if len(rest) < MINIMUM_OTHERS:
            assert math.isnan(result[i])
        else:
            assert result[i] == pytest.approx(np.quantile(rest, quantile), rel=1e-12, abs=1e-12)


@given(arrays.map(lambda found: found.astype(np.float64)))
@settings(max_examples=200, deadline=None)
def test_medians_are_those_of_the_square_to_the_last_bit(found: FloatArray) -> None:
    plain, of = medians(view_of_others(found)) if len(found) else (found, found.astype(np.int64))
    result, others = medians_of_others(found)
    assert result.tobytes() == plain.tobytes()
    assert others.tolist() == of.tolist()


@given(lists_of(2), st.sampled_from(["rate", "ratio", "proportion"]))
@settings(max_examples=150, deadline=None)
def test_norms_between_forces_are_those_of_the_square_to_the_last_bit(table: FloatArray, kind: Kind) -> None:
    scaled, counting = _scaled(*_usable(table[0], table[1], kind), kind)
    view = view_of_others(scaled)
    centre, others = medians(view)
    norm = fit_peers(table[0], table[1], kind)
    assert norm.centre.tobytes() == centre.tobytes()
    assert norm.others.tolist() == others.tolist()
    plain = plain_excess_variances(view, centre, view_of_others(counting), 0.10**2)
    assert norm.tau2.tobytes() == plain.tobytes()
    assert excess_variances(scaled, centre, counting, 0.10**2).tobytes() == plain.tobytes()


@given(lists_of(4), st.integers(0, 3))
@settings(max_examples=200, deadline=None)
def test_norms_of_changes_are_those_of_the_square_to_the_last_bit(table: FloatArray, years: int) -> None:
    norm = fit_change(table[0], table[1 : 1 + years])
    centre, tau2, others = _plain_change(table[0], table[1 : 1 + years])
    assert norm.centre.tobytes() == centre.tobytes()
    assert norm.tau2.tobytes() == tau2.tobytes()
    assert norm.others.tolist() == others.tolist()


def _plain_change(current: FloatArray, history: FloatArray) -> tuple[FloatArray, FloatArray, IntArray]:
    """The norm of changes with a square of distances: row i, column j is force j's distance as force i sees it."""
    y, past = (np.where(figures >= 0, figures, np.nan) for figures in (current, history))
    past = past if len(past) else np.full((1, len(y)), np.nan)
    steps = np.log(y + 0.5)[None, :] - np.log(past + 0.5)
    centre = np.array([medians(view_of_others(year))[0] for year in steps])
    lag = np.argmax(~np.isnan(past), axis=0)
    at = np.arange(len(y))
    distances = (np.array([steps[lag, at]] * len(y)) - centre[lag].T) / np.sqrt(lag + 1.0)
    np.fill_diagonal(distances, np.nan)
    counting = (1 / (y + 0.5) + 1 / (past[lag, at] + 0.5)) / (lag + 1.0)
    seen = np.where(np.isnan(distances), np.nan, counting[None, :])
    excess = (_upper_quartile(np.abs(distances)) / 1.1503493803760079) ** 2 - medians(seen)[0]
    return centre, np.maximum(excess, 0.08**2), np.count_nonzero(~np.isnan(distances), axis=1)


def _upper_quartile(view: FloatArray) -> FloatArray:
    """The upper quartile of each row; NaN where it rests on too few."""
    ordered, found = np.sort(view, axis=1), np.count_nonzero(~np.isnan(view), axis=1)
    place = np.maximum(found - 1, 0) * 0.75
    below, at = np.floor(place).astype(int), np.arange(len(view))
    low, high = ordered[at, below], ordered[at, np.minimum(below + 1, np.maximum(found - 1, 0))]
    return np.where(found >= MINIMUM_OTHERS, low + (place - below) * (high - low), np.nan)


def test_forces_with_the_same_centres_are_one_group() -> None:
    centres = np.array([[1.0, 1.0, 2.0, math.nan, math.nan], [3.0, 3.0, 3.0, 3.0, 3.0]])
    assert sorted(group.tolist() for group in alike(centres)) == [[0, 1], [2], [3, 4]]


@pytest.mark.parametrize("forces", [11, 12, 43, 44, 2_000, 2_001])
def test_a_median_without_one_figure_takes_three_values_at_most(forces: int) -> None:
    found = np.random.default_rng(3).normal(size=forces)
    found[::7] = math.nan
    assert len(alike(medians_of_others(found)[0][None, :])) <= 4
