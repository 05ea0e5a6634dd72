"""What a figure's size gives away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelcheck.comparison.causes import Ranged, likely_cause, swapped


@pytest.mark.parametrize(
    ("value", "expected", "cause"),
    [
        (11_850, 1_190, "ten times too large"),
        (118_480, 1_190, "a hundred times too large"),
        (1_184_800, 1_190, "a thousand times too large"),
        (120, 1_190, "ten times too small"),
        (12, 1_190, "a hundred times too small"),
        (1.2, 1_190, "a thousand times too small"),
        (893, 1_190, "only nine of twelve months"),
        (595, 1_190, "only six of twelve months"),
        (1_091, 1_190, "only eleven of twelve months"),
        (2_400, 1_190, "counted twice"),
        (1_600, 1_190, None),
        (0, 1_190, "a zero where there is no figure"),
        (-5, 1_190, None),
        (500, 0, None),
    ],
)
def test_cause_from_size_alone(value: float, expected: float, cause: str | None) -> None:
    assert likely_cause(value, expected) == cause


def test_a_figure_equal_to_last_years_was_copied() -> None:
    assert likely_cause(900, 1_500, last_year=900) == "copied from last year"


def test_a_rate_in_place_of_a_count() -> None:
    assert likely_cause(54, 11_848, rate=53.7) == "a rate given instead of a count"


def test_of_two_causes_from_the_size_the_one_that_fits_better() -> None:
    assert likely_cause(351, 350_296, rate=297) == "a thousand times too small"
    assert likely_cause(300, 350_296, rate=297) == "a rate given instead of a count"
    assert likely_cause(49, 363, rate=49) == "a rate given instead of a count"  # 7.4 times too small


def test_two_causes_that_fit_equally_well_are_both_named() -> None:
    assert likely_cause(100, 10_100, rate=101) == (
        "a hundred times too small, or a rate given instead of a count"
    )


def test_months_are_not_missing_from_a_stock() -> None:
    assert likely_cause(694, 1_390) == "only six of twelve months"
    assert likely_cause(694, 1_390, over_months=False) is None
    assert likely_cause(139, 1_390, over_months=False) == "ten times too small"


def test_two_items_that_fit_each_others_place_were_swapped() -> None:
    charged, unsupported = Ranged(2_537, 980, 1_670), Ranged(1_248, 1_600, 2_740)
    assert swapped(charged, {"unsupported": unsupported}) == "unsupported"
    assert swapped(unsupported, {"charged": charged}) == "charged"


@pytest.mark.parametrize(
    ("own", "other"),
    [
        (Ranged(1_300, 980, 1_670), Ranged(1_248, 1_600, 2_740)),  # as expected
        (Ranged(2_537, 980, 1_670), Ranged(1_700, 1_600, 2_740)),  # the other is as expected
        (Ranged(2_537, 980, 1_670), Ranged(2_900, 1_600, 2_740)),  # the other would be far out here
        (Ranged(9_000, 980, 1_670), Ranged(1_248, 1_600, 2_740)),  # far out there too
    ],
)
def test_what_was_not_swapped(own: Ranged, other: Ranged) -> None:
    assert swapped(own, {"other": other}) is None


@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(allow_nan=True, allow_infinity=True),
    st.none() | st.floats(min_value=0),
)
def test_no_figure_breaks_it(value: float, expected: float, rate: float | None) -> None:
    cause = likely_cause(value, expected, rate=rate)
    assert cause is None or cause
