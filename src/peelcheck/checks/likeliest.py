"""Which cell of a failed sum is probably wrong, judged by each one's own past (statistics: docs/method.md)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from peelcheck.arrays import FloatArray, IntArray
from peelcheck.checks.past import past_of
from peelcheck.checks.view import View

LEAD = math.log(20)
"""A cell is named alone if it is twenty times as likely as the next."""

LEAST = math.log(2)
"""No cell is named if none would become twice as likely."""

_FREEDOM, _SCALE = 3.5, 0.65  # of the t distribution that change scores of correct figures follow


class Repair(Struct, frozen=True):
    """A cell that may be wrong, and what it would have to be."""

    item: str
    figure: float


def likeliest(view: View, rows: IntArray, total: str, parts: Sequence[str]) -> list[list[Repair]]:
    """For each row the likeliest wrong cell, or the two likeliest; none where no cell has a past.

    Each cell is given the figure that would mend the sum. The likeliest is the one that gains most:
    Λ = ln f(D of the mended figure) − ln f(D of the figure sent), f the density of D. A figure that would be below zero
    is no candidate.
    """
    figures = {item: view.number(item)[rows] for item in (total, *parts)}
    missing = figures[total] - np.sum([figures[part] for part in parts], axis=0)
    gains: dict[str, FloatArray] = {}
    mended: dict[str, FloatArray] = {}
    for item, figure in figures.items():
        mended[item] = figure - missing if item == total else figure + missing
        gains[item] = _gain(view, item, rows, figure, mended[item])
    found = []
    for at in range(len(rows)):
        known = sorted(
            ((float(gain[at]), item) for item, gain in gains.items() if not np.isnan(gain[at])),
            key=lambda pair: -pair[0],
        )
        several = len(known) == len(figures)  # otherwise a cell without a past may be the wrong one
        several &= bool(known) and known[0][0] > LEAST
        named = known[:1] if several and known[0][0] - known[1][0] > LEAD else known[:2] if several else []
        found.append([Repair(item, float(mended[item][at])) for _, item in named])
    return found


def _gain(view: View, item: str, rows: IntArray, sent: FloatArray, mended: FloatArray) -> FloatArray:
    """Λ in each row; NaN where the item has no past. A figure below zero gains nothing: −∞."""
    expected, spread = np.full((2, len(rows)), np.nan)
    places = view.places[rows]
    for year in np.unique(view.table.years[rows]):
        scores = past_of(view, item, int(year)).scores
        here = (view.table.years[rows] == year) & (places >= 0)
        expected[here], spread[here] = scores.expected[places[here]], scores.spread[places[here]]
    gain = _log_density(mended, expected, spread) - _log_density(sent, expected, spread)
    return np.where(np.isnan(gain), np.nan, np.where(mended < 0, -np.inf, gain))


def _log_density(figure: FloatArray, expected: FloatArray, spread: FloatArray) -> FloatArray:
    """The logarithm of the density of a figure's change score, less a constant."""
    score = (np.log(np.maximum(figure, 0) + 0.5) - np.log(expected)) / spread
    return np.asarray(-(_FREEDOM + 1) / 2 * np.log1p((score / _SCALE) ** 2 / _FREEDOM))


def log_density_of_score(score: float) -> float:
    """The logarithm of the density of a score of a correct figure, less a constant."""
    return -(_FREEDOM + 1) / 2 * math.log1p((score / _SCALE) ** 2 / _FREEDOM)
