"""The change score again, the slow and obvious way: one force at a time, from the formulas of the method page.

Written to hold the program to; None stands for what is not usable or not run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median, quantiles

from tests.support.plain_statistics import Figure, Plain

NORMAL_QUARTILE = 1.1503493803760079


def log(count: float) -> float:
    return math.log(count + 0.5)


def upper_quartile(values: Sequence[float]) -> float:
    return quantiles(values, n=4, method="inclusive")[2]


def change(current: Sequence[Figure], history: Sequence[Sequence[Figure]]) -> list[Plain | None]:
    return [_one(i, current, history[:3]) for i in range(len(current))]


def _one(i: int, current: Sequence[Figure], history: Sequence[Sequence[Figure]]) -> Plain | None:
    others = [j for j in range(len(current)) if j != i and current[j] is not None]
    centre: dict[int, float] = {}
    for k, year in enumerate(history):
        steps = [log(current[j] or 0) - log(b) for j in others if (b := year[j]) is not None]
        if len(steps) >= 10:
            centre[k] = median(steps)
    distances, variances = [], []
    for j in others:
        lag = next((k for k, year in enumerate(history) if year[j] is not None), None)
        if lag is None or lag not in centre:
            continue
        y, base = current[j] or 0, history[lag][j] or 0
        distances.append(abs(log(y) - log(base) - centre[lag]) / math.sqrt(lag + 1))
        variances.append((1 / (y + 0.5) + 1 / (base + 0.5)) / (lag + 1))
    if len(distances) < 10:
        return None
    tau2 = max((upper_quartile(distances) / NORMAL_QUARTILE) ** 2 - median(variances), 0.08**2)
    dated = {k: log(b) + centre[k] for k in centre if (b := history[k][i]) is not None}
    if not dated or current[i] is None:
        return None
    first = next(k for k, year in enumerate(history) if year[i] is not None)
    log_expected, base_variance, tau2 = _level(dated, centre, tau2, len(history))
    expected = math.exp(log_expected)
    spread = math.sqrt(base_variance + 1 / (expected + 0.5) + tau2)
    score = (log(current[i] or 0) - log_expected) / spread
    return Plain(score, expected, spread, log_expected - log(history[first][i] or 0), tau2, len(distances))


def _level(
    dated: dict[int, float], centre: dict[int, float], tau2: float, years: int
) -> tuple[float, float, float]:
    """The local level model by its normal equations: the last year's level given all years, and its variance."""
    mean = sum(math.exp(a) for a in dated.values()) / len(dated)
    counting = {k: math.exp(centre[k]) / mean for k in dated}
    oldest = max(dated)
    level, variance = dated[oldest], counting[oldest]
    for k in range(oldest - 1, -1, -1):
        variance += tau2
        if k in dated:
            gain = variance / (variance + counting[k])
            level += gain * (dated[k] - level)
            variance *= 1 - gain
    jumps = [
        max((dated[k] - dated[k + 1]) ** 2 - counting[k] - counting[k + 1], 0)
        for k in range(years - 1)
        if k in dated and k + 1 in dated
    ]
    return level, variance, max(tau2, (3 * tau2 + sum(jumps)) / (3 + len(jumps)))
