"""Where a force stands among the others, as one line of text: `·  ··:·|··  ·        ●`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median

from msgspec import Struct

from peelcheck.model import Nouns

WIDTH = 32
OWN, AREA, BELOW, ABOVE = "●", "|", "‹", "›"
_LOG_FROM = 8.0
"""Values that span more than this factor are set out on a logarithmic scale."""
_FAR = 6.0
"""Other forces further from the median than so many median deviations would squeeze the rest together."""


def legend(nouns: Nouns) -> str:
    """What the marks mean, in the collection's nouns."""
    return f"· one {nouns.one}  : two or three  ≡ more  ‹ › off the scale  | {nouns.area_name}  ● this {nouns.one}"


class Strip(Struct, frozen=True):
    """The line, the values at its two ends, and whether equal steps are equal factors."""

    marks: str
    low: float
    high: float
    logarithmic: bool


def strip(value: float, peers: Sequence[float], area: float | None, width: int = WIDTH) -> Strip:
    """Set out the other forces' values, the force's own and that of the area on one scale.

    Args:
        value: the force's own figure.
        peers: the other forces' figures, in the same unit. Those far away from all others stand at the ends.
        area: the area as a whole; None leaves it out.
        width: characters from the lowest to the highest value.
    """
    shown = [*_near(peers), value, *([] if area is None else [area])]
    low, high = min(shown), max(shown)
    logarithmic = low > 0 and high / low > _LOG_FROM
    place = _scale(low, high, width, math.log if logarithmic else float)
    marks = [" "] * width
    for at, forces in Counter(place(peer) for peer in peers if low <= peer <= high).items():
        marks[at] = "·" if forces == 1 else ":" if forces <= 3 else "≡"
    if any(peer < low for peer in peers):
        marks[0] = BELOW
    if any(peer > high for peer in peers):
        marks[-1] = ABOVE
    if area is not None:
        marks[place(area)] = AREA
    marks[place(value)] = OWN
    return Strip("".join(marks), low, high, logarithmic)


def _near(peers: Sequence[float]) -> list[float]:
    """The values without those far from all others; all, where most are the same."""
    if not peers:
        return []
    middle = median(peers)
    spread = median(abs(peer - middle) for peer in peers)
    return [peer for peer in peers if abs(peer - middle) <= _FAR * spread] if spread else list(peers)


def _scale(low: float, high: float, width: int, bend: Callable[[float], float]) -> Callable[[float], int]:
    """From a value to its place in the line; the middle, where all are the same."""
    start, length = bend(low), bend(high) - bend(low)
    if length <= 0:
        return lambda value: width // 2
    return lambda value: round((bend(value) - start) / length * (width - 1))
