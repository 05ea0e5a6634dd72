"""The line that shows where a force stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peelcheck.render.terminal.strip import WIDTH, Strip, strip

FIGURES = st.floats(min_value=-1e6, max_value=1e9, allow_nan=False)


def test_a_linear_scale() -> None:
    drawn = strip(40, [10, 12, 12, 13, 30], area=20, width=31)
    assert drawn == Strip("· :·      |         ·         ●", 10, 40, False)


def test_a_wide_span_is_logarithmic() -> None:
    drawn = strip(1000, [1, 1, 1, 1, 10], area=10, width=31)
    assert drawn == Strip("≡" + " " * 9 + "|" + " " * 19 + "●", 1, 1000, True)


def test_forces_far_from_all_others_stand_at_the_ends() -> None:
    drawn = strip(14, [0.001, 10, 11, 12, 13, 374], area=12, width=9)
    assert drawn == Strip("‹ · | · ●", 10, 14, False)
    assert strip(0, [10, 11, 12, 13, 374], area=None, width=14) == Strip("●" + " " * 9 + "···›", 0, 13, False)


def test_all_the_same() -> None:
    assert strip(5, [5, 5], area=None, width=5) == Strip("  ●  ", 5, 5, False)


@given(FIGURES, st.lists(FIGURES, max_size=43), st.none() | FIGURES)
def test_the_force_is_always_shown_once_and_the_line_is_as_long_as_it_says(
    value: float, peers: list[float], area: float | None
) -> None:
    drawn = strip(value, peers, area)
    assert len(drawn.marks) == WIDTH
    assert drawn.marks.count("●") == 1
    assert drawn.low <= value <= drawn.high
