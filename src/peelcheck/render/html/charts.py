"""Charts as numbers: where each bar, line and point is. The templates draw them; nothing is computed there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from peelcheck.model.report import MeasureView, Past

LEFT, RIGHT, ROW, TOP = 168.0, 640.0, 15.0, 34.0
"""Where the bars begin and end, the height of a row, and the room above; in the units of the drawing."""
WIDTH = 720.0
_CUT = 2.5
"""A bar is cut off if it is so many times longer than the longest of the others."""
_LONGEST_LABEL = 26
"""Characters that fit beside a bar."""
_FUNNEL = (56.0, 620.0, 16.0, 236.0)
"""Left, right, top and bottom of a funnel."""
_PAST = (56.0, 420.0, 16.0, 156.0)
_STRIP = (4.0, 296.0)


class Bar(Struct, frozen=True):
    """A force's bar. `cut` if it is longer than the drawing; `tick` is where last year's figure is, None for none."""

    force: str
    text: str
    start: float
    width: float
    y: float
    own: bool
    marked: bool
    cut: bool
    tick: float | None
    note: int | None


class Bars(Struct, frozen=True):
    """Bars, the highest first; `area` is where the line of the area is. For a figure, x = zero + figure × scale."""

    bars: tuple[Bar, ...]
    zero: float
    scale: float
    area: float | None
    height: float
    notes: tuple[tuple[int, str], ...]


class Point(Struct, frozen=True):
    """A force in a funnel or on a strip."""

    force: str
    x: float
    y: float
    own: bool


class Funnel(Struct, frozen=True):
    """Figures against denominators; `low` and `high` are the lines of the limits. Ticks are places with their texts."""

    points: tuple[Point, ...]
    low: str
    high: str
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]
    area: float | None


class PastLine(Struct, frozen=True):
    """A force's own past: a point for each year with its text, the band for this year, and where the series breaks."""

    points: tuple[tuple[float, float, int, str], ...]
    line: str
    band: tuple[float, float, float, float] | None
    years: tuple[tuple[float, int], ...]
    up: tuple[tuple[float, str], ...]
    breaks: tuple[float, ...]


def bars(view: MeasureView, force: str, shown: Sequence[str] = ()) -> Bars:
    """The figures of a measure as bars, the highest first.

    Args:
        view: the measure.
        force: the one that is marked.
        shown: the forces that are shown; all of them, if none is named.
    """
    own = [one for one in view.figures if one.value is not None and (not shown or one.force in shown)]
    own.sort(key=lambda one: (-(one.value or 0), one.force))
    values = [one.value or 0.0 for one in own]
    all_ = [*values, *(one.previous for one in own if one.previous is not None)]
    top = _top([value for value in values if value > 0], view.area_in_doubt or view.area.value)
    low = min([0.0, *all_])
    scale = (RIGHT - LEFT) / ((top - low) or 1)
    zero = LEFT - low * scale
    numbers = {words: n for n, words in enumerate(view.marked, start=1)}
    of = {name: numbers[words] for words, names in view.marked.items() for name in names}
    made = []
    for n, one in enumerate(own):
        value = one.value or 0.0
        end = min(zero + value * scale, RIGHT)
        tick = None if one.previous is None or one.previous > top else zero + one.previous * scale
        made.append(
            Bar(
                one.force, text(value, view), min(zero, end), abs(end - zero), TOP + n * ROW, one.force == force,
                one.force in of, value > top, tick, of.get(one.force),
            )
        )  # fmt: skip
    area = view.area.value if view.area_in_doubt is None else view.area_in_doubt
    return Bars(
        tuple(made),
        zero,
        scale,
        None if area is None or area > top else zero + area * scale,
        TOP + len(own) * ROW + 8,
        tuple((n, words) for words, n in numbers.items()),
    )


def _top(values: Sequence[float], area: float | None) -> float:
    """Where the bars end: at the longest, but for those that would leave the others too small to be read."""
    longest = sorted(values, reverse=True)
    top = next(
        (one for one, other in pairwise(longest) if one <= _CUT * other), longest[-1] if longest else 0.0
    )
    return max(top, area or 0.0, 0.0)


def funnel(view: MeasureView, force: str) -> Funnel | None:
    """The figures of a measure against their denominators; None where there are fewer than three, or no limits."""
    own = [one for one in view.figures if one.value is not None and one.denominator]
    if len(own) < 3 or not view.limits:
        return None
    left, right, top, bottom = _FUNNEL
    widest = math.sqrt(max(one.denominator or 0 for one in own))
    highest = _top([one.value or 0 for one in own], view.limits[-1].upper) * 1.04

    def x(denominator: float) -> float:
        return left + (right - left) * math.sqrt(denominator) / (widest or 1)

    def y(value: float) -> float:
        return bottom - (bottom - top) * min(value, highest) / (highest or 1)

    points = tuple(
        Point(one.force, x(one.denominator or 0), y(one.value or 0), one.force == force) for one in own
    )
    area = view.area.value if view.area_in_doubt is None else view.area_in_doubt
    return Funnel(
        points,
        _line((x(one.denominator), y(max(one.lower, 0))) for one in view.limits),
        _line((x(one.denominator), y(one.upper)) for one in view.limits),
        tuple((x(tick), f"{tick:,.0f}") for tick in _ticks(widest**2)[1:]),
        tuple((y(tick), text(tick, view)) for tick in _ticks(highest)),
        None if area is None else y(area),
    )


def past(view: MeasureView, own: Past) -> PastLine | None:
    """A force's own past; None where there is no year but this one, and no band."""
    there = [(year, value) for year, value in own.years if value is not None]
    if len(there) < 2 and own.lower is None:
        return None
    left, right, top, bottom = _PAST
    years = [year for year, _ in own.years if year >= min(there or own.years[-1:])[0]]
    upper = [value for _, value in there] + [bound for bound in (own.lower, own.upper) if bound is not None]
    highest, lowest = max([*upper, 0.0]) * 1.06, min([*upper, 0.0])
    span = (highest - lowest) or 1

    def x(year: int) -> float:
        return left + (right - left) * (year - years[0] + 0.5) / len(years)

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - lowest) / span

    band = None
    if own.lower is not None and own.upper is not None:
        width = (right - left) / len(years) * 0.6
        band = x(years[-1]) - width / 2, y(own.upper), width, y(own.lower) - y(own.upper)
    return PastLine(
        tuple((x(year), y(value), year, text(value, view)) for year, value in there),
        _line((x(year), y(value)) for year, value in there),
        band,
        tuple((x(year), year) for year in years),
        tuple((y(tick), text(tick, view)) for tick in _ticks(highest)),
        tuple(x(year) - (right - left) / len(years) / 2 for year in own.broken if year in years),
    )


def strip(view: MeasureView, force: str) -> tuple[Point, ...]:
    """Where each force stands between the lowest and the highest figure; on a logarithmic scale if these are far apart."""
    own = [one for one in view.figures if one.value is not None]
    values = [one.value or 0.0 for one in own]
    if not values:
        return ()
    low, high = min(values), max(values)
    wide = low > 0 and high > 8 * low
    left, right = _STRIP

    def x(value: float) -> float:
        ends = (math.log(low), math.log(high), math.log(value)) if wide else (low, high, value)
        return left + (right - left) * (ends[2] - ends[0]) / ((ends[1] - ends[0]) or 1)

    points = [
        Point(one.force, x(value), 9.0, one.force == force) for one, value in zip(own, values, strict=True)
    ]
    return tuple(sorted(points, key=lambda point: point.own))  # the marked one lies on top


def label(name: str) -> str:
    """A name as it fits beside its bar: of a long one the beginning and the end. The table below has it whole."""
    return name if len(name) <= _LONGEST_LABEL else f"{name[:12].rstrip()}…{name[-11:].lstrip()}"


def text(value: float, view: MeasureView) -> str:
    """A figure as the page shows it."""
    shown = f"{value:,.{view.decimals}f}"
    return f"{shown}%" if view.percent else shown


def _line(places: Iterable[tuple[float, float]]) -> str:
    """The points of a line as SVG writes them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _ticks(highest: float) -> list[float]:
    """Round numbers from 0 up to a figure, about five of them."""
    if highest <= 0 or not math.isfinite(highest):
        return [0.0]
    step = 10 ** math.floor(math.log10(highest / 4))
    step = next(step * times for times in (1, 2, 5, 10) if highest / (step * times) <= 6)
    return [n * step for n in range(int(highest / step) + 1)]
