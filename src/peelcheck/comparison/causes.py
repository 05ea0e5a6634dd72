"""What probably went wrong, where a figure's size gives it away (statistics: docs/method.md)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from msgspec import Struct

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
_COPIED = "copied from last year"
_NO_FIGURE = "a zero where there is no figure"
_RATE = "a rate given instead of a count"
_TWICE = "counted twice"
# Distances on the scale of natural logarithms.
_POWER_TOLERANCE = 0.15 * math.log(10)
_RATE_TOLERANCE = 0.25
_SHARE_TOLERANCE = 0.06
_TOLD_APART = 0.05
"""If the fits of two causes differ by less than this, both causes are named."""


class Ranged(Struct, frozen=True):
    """A count as sent, and the range in which it would not have been queried."""

    value: float
    low: float
    high: float

    def includes(self, value: float) -> bool:
        """Whether a count is within the range."""
        return self.low <= value <= self.high


def likely_cause(
    value: float,
    expected: float,
    last_year: float | None = None,
    rate: float | None = None,
    over_months: bool = True,
) -> str | None:
    """The likeliest cause of a figure's being far from what was expected; None where none fits.

    Args:
        value: the count as sent.
        expected: the count expected, above 0.
        last_year: the count accepted for the year before.
        rate: the rate that the expected count would make, in the unit in which it is published.
        over_months: whether the count is one of twelve months, of which some may be missing; a stock is not.
    """
    if expected <= 0 or not math.isfinite(value) or not math.isfinite(expected):
        return None
    if last_year is not None and value == last_year and value > 0:
        return _COPIED
    if value <= 0:
        return _NO_FIGURE if value == 0 else None
    fits = sorted(_fits(value, expected, rate, over_months))
    alike = [cause for distance, cause in fits if distance - fits[0][0] < _TOLD_APART]
    return ", or ".join(alike[:2]) or None


def _fits(
    value: float, expected: float, rate: float | None, over_months: bool
) -> Iterator[tuple[float, str]]:
    """The causes that would explain a count's size, and how closely each fits."""
    off = math.log(value) - math.log(expected)
    power = round(off / math.log(10))
    from_power = abs(off - power * math.log(10))
    if power in _POWERS and from_power < _POWER_TOLERANCE:
        yield from_power, _POWERS[power]
    if (
        rate is not None
        and rate > 0
        and (from_rate := abs(math.log(value) - math.log(rate))) < _RATE_TOLERANCE
    ):
        yield from_rate, _RATE
    shares = {words: months / 12 for months, words in _MONTHS.items()} if over_months else {}
    for words, share in {**shares, _TWICE: 2.0}.items():
        if (from_share := abs(off - math.log(share))) < _SHARE_TOLERANCE:
            yield from_share, words


def swapped_with(title: str) -> str:
    """The cause that names the other item."""
    return f"swapped with “{title}”"


def swapped(own: Ranged, others: Mapping[str, Ranged]) -> str | None:
    """The title of the other item that a figure was swapped with: each is out of its own range and in the other's."""
    if own.includes(own.value):
        return None
    for title, other in others.items():
        if not other.includes(other.value) and own.includes(other.value) and other.includes(own.value):
            return title
    return None
