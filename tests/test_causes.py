"""What a figure's size gives away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelcheck.causes import likely_cause


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
        (0, 1_190, None),
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


def test_two_items_that_fit_each_others_place_were_swapped() -> None:
    others = {"risk assessments": (1_210, 4_800)}
    assert likely_cause(4_750, 1_190, others=others) == "swapped with “risk assessments”"
    assert likely_cause(4_750, 1_190, others={"risk assessments": (4_700, 4_800)}) is None


@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(allow_nan=True, allow_infinity=True))
def test_no_figure_breaks_it(value: float, expected: float) -> None:
    cause = likely_cause(value, expected)
    assert cause is None or cause
