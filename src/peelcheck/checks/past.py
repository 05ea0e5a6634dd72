"""What an item's own past leads one to expect of every force, also where too few others tell how much it changes."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, FloatArray
from peelcheck.checks.view import View
from peelcheck.statistics import MINIMUM_OTHERS, YEARS, Scores, fit_change, score_change

_WIDE = 0.08**2 + 0.25**2
"""Variance of the log change where too few others tell how much figures change: of large counts, a factor of about 2.7."""


class Past(Struct, frozen=True):
    """An item of all forces beside its past: their scores, and which of them have too few others to be compared with."""

    scores: Scores
    few: BoolArray


def past_of(view: View, item: str, year: int) -> Past:
    """How the figures of a year stand against what their past leads one to expect; one element a force.

    The expected figure is the last one, changed as those of the other forces. Where these are too few, no change is expected
    and the margin is wide. Source: docs/method.md, the change score.
    """
    now, past = view.all_forces(item, year), _history(view, item, year)
    norm = fit_change(now, past)
    few = np.isnan(norm.tau2)
    norm = replace(
        norm, centre=np.where(few[None, :], 0.0, norm.centre), tau2=np.where(few, _WIDE, norm.tau2)
    )
    return Past(score_change(now, past, norm), few)


def has_enough_others(view: View, item: str, year: int) -> bool:
    """Whether every force has enough others with a figure for this year and the last, which needs no fit to be known."""
    known = ~np.isnan(view.all_forces(item, year)) & ~np.isnan(view.all_forces(item, year, back=1))
    return int(known.sum()) > MINIMUM_OTHERS


def has_past(view: View, item: str, year: int) -> bool:
    """Whether any force has an earlier figure."""
    return bool((~np.isnan(_history(view, item, year))).any())


def _history(view: View, item: str, year: int) -> FloatArray:
    """The figures of the years before: one row a year, the most recent first, one column a force."""
    return np.array([view.all_forces(item, year, back) for back in range(1, YEARS + 1)])
