"""The most that any rule on last year's figure could find: cuts chosen by somebody who knows all correct figures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .cases import Case, FloatArray

MOST_FALSE = 12  # false queries that one measure of one year is given at most


def ceiling(cases: Sequence[Case], factor: float, rate: float) -> float:
    """Greatest power for an error of that factor, if each measure and year had the best cut with hindsight.

    The residual is ln(figure/last year) less its median over all forces. For each case every cut at an order statistic
    of the correct residuals is tried; how many false queries each case is given is chosen by dynamic programming, the
    total being at most `rate` of the figures. No rule with one tolerance for all forces of a measure and year can find
    more from last year's figures. Blind to differences between forces: a rule that tells restless forces from steady
    ones may pass it.
    """
    residuals = [_residuals(case) for case in cases]
    budget = int(rate * sum(len(r) for r in residuals))
    best: FloatArray = np.full(budget + 1, -np.inf)
    best[0] = 0.0
    for residual in residuals:
        found = _found_by_false(residual, np.log(factor))[: budget + 1]
        step = np.full(budget + 1, -np.inf)
        for given, power in enumerate(found):
            step[given:] = np.maximum(step[given:], best[: budget + 1 - given] + power)
        best = step
    return float(best.max() / sum(len(r) for r in residuals))


def _residuals(case: Case) -> FloatArray:
    change = np.log(case.current + 0.5) - np.log(case.history[0] + 0.5)
    change = change[np.isfinite(change)]
    return np.asarray(change - np.median(change))


def _found_by_false(residual: FloatArray, shift: float) -> list[int]:
    """How many shifted residuals pass the cut that so many correct ones pass: element 0 for none, and so on."""
    cuts = np.sort(np.abs(residual))[::-1]
    return [int(np.count_nonzero(np.abs(residual + shift) > cut)) for cut in cuts[:MOST_FALSE]]
