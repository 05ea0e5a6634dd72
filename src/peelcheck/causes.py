"""What probably went wrong, where a figure's size gives it away (statistics: docs/method.md)."""

from __future__ import annotations

import math
from collections.abc import Mapping

_POWERS = {
    1: "ten times too large",
    2: "a hundred times too large",
    3: "a thousand times too large",
    -1: "ten times too small",
    -2: "a hundred times too small",
    -3: "a thousand times too small",
}
_MONTHS = {
    6: "only six of twelve months",
    9: "only nine of twelve months",
    11: "only eleven of twelve months",
}
_POWER_TOLERANCE = 0.15  # of the decimal logarithm
_RATE_TOLERANCE = 0.25  # of the natural logarithm
_SHARE_TOLERANCE = 0.06  # of the natural logarithm


def likely_cause(
    value: float,
    expected: float,
    last_year: float | None = None,
    rate: float | None = None,
    others: Mapping[str, tuple[float, float]] | None = None,
) -> str | None:
    """The likeliest cause of a figure's being far from what was expected; None where none fits.

    Args:
        value: the count as sent.
        expected: the count expected, above 0.
        last_year: the count accepted for the year before.
        rate: the rate that the expected count would make, in the unit in which it is published.
        others: for other items of the same return: title → (count as sent, count expected), to see whether two were swapped.
    """
    if expected <= 0 or not math.isfinite(value) or not math.isfinite(expected):
        return None
    swapped = _swapped(value, expected, others or {})
    if swapped:
        return swapped_with(swapped)
    if last_year is not None and value == last_year and value > 0:
        return "copied from last year"
    if value <= 0:
        return None
    off = math.log(value) - math.log(expected)
    power = round(off / math.log(10))
    from_power = abs(off - power * math.log(10))
    if rate is not None and rate > 0 and expected > 20 * value:
        from_rate = abs(math.log(value / rate))
        if from_rate < min(_RATE_TOLERANCE, from_power):
            return "a rate given instead of a count"
    if power in _POWERS and from_power < _POWER_TOLERANCE * math.log(10):
        return _POWERS[power]
    for months, words in _MONTHS.items():
        if abs(off - math.log(months / 12)) < _SHARE_TOLERANCE:
            return words
    return "counted twice" if abs(off - math.log(2)) < _SHARE_TOLERANCE else None


def swapped_with(title: str) -> str:
    """The cause that names the other item."""
    return f"swapped with “{title}”"


def _swapped(value: float, expected: float, others: Mapping[str, tuple[float, float]]) -> str | None:
    """The other item that the figure was swapped with: each is near what was expected of the other, and far from its own."""
    for title, (other_value, other_expected) in others.items():
        if min(value, other_value, other_expected) <= 0 or _near(expected, other_expected, within=0.7):
            continue
        if _near(value, other_expected) and _near(other_value, expected):
            return title
    return None


def _near(a: float, b: float, within: float = 0.35) -> bool:
    """Whether two positive numbers are alike, on the log scale."""
    return abs(math.log(a) - math.log(b)) < within
