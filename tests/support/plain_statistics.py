"""The scores again, the slow and obvious way: one force at a time, lists of floats, scipy for the distributions.

Written from the formulas and not from the program, to hold it to. None stands for what is not usable or not run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from scipy.stats import nbinom, norm

Figure = float | None


@dataclass(frozen=True)
class Plain:
    score: float
    expected: float
    spread: float
    centre: float
    tau2: float
    others: int


def mad(values: Sequence[float], middle: float) -> float:
    return 1.4826 * median(abs(value - middle) for value in values)


def usable(y: float, n: float, kind: str) -> bool:
    if not (math.isfinite(y) and math.isfinite(n)) or y < 0 or n <= 0:
        return False
    return kind != "proportion" or y <= n


def scaled(y: float, n: float, kind: str) -> tuple[float, float]:
    if kind == "rate":
        return math.log((y + 0.5) / n), 1 / (y + 0.5)
    if kind == "ratio":
        return math.log((y + 0.5) / (n + 0.5)), 1 / (y + 0.5) + 1 / (n + 0.5)
    return math.log((y + 0.5) / (n - y + 0.5)), 1 / (y + 0.5) + 1 / (n - y + 0.5)


def tail_score(y: int, mean: float, tau2: float) -> float:
    """Mid-p tail of a negative binomial, by scipy, as a normal deviate."""
    size = 1 / (math.exp(tau2) - 1)
    count = nbinom(size, size / (size + mean))
    below = count.cdf(y - 1) + count.pmf(y) / 2
    above = count.sf(y) + count.pmf(y) / 2
    return float(norm.isf(above)) if above < below else -float(norm.isf(below))


def peer(numerator: Sequence[float], denominator: Sequence[float], kind: str) -> list[Plain | None]:
    results: list[Plain | None] = []
    for i, (y, n) in enumerate(zip(numerator, denominator, strict=True)):
        others = [
            scaled(numerator[j], denominator[j], kind)
            for j in range(len(numerator))
            if j != i and usable(numerator[j], denominator[j], kind)
        ]
        if len(others) < 10 or not usable(y, n, kind):
            results.append(None)
            continue
        centre = median(value for value, _ in others)
        tau2 = max(mad([value for value, _ in others], centre) ** 2 - median(v for _, v in others), 0.10**2)
        if kind == "proportion":
            share = 1 / (1 + math.exp(-centre))
            expected = n * share
            counting = 1 / (n * share + 0.5) + 1 / (n * (1 - share) + 0.5)
        else:
            expected = n * math.exp(centre)
            counting = 1 / (expected + 0.5) + (1 / (n + 0.5) if kind == "ratio" else 0)
        spread = math.sqrt(counting + tau2)
        score = (scaled(y, n, kind)[0] - centre) / spread
        if kind == "rate" and expected < 25:
            score = tail_score(int(y), expected, tau2)
        results.append(Plain(score, expected, spread, centre, tau2, len(others)))
    return results


def change_on_last_year(current: Sequence[Figure], last: Sequence[Figure]) -> list[Plain | None]:
    results: list[Plain | None] = []
    for i, (y, y1) in enumerate(zip(current, last, strict=True)):
        others = [
            (math.log((a + 0.5) / (b + 0.5)), 1 / (a + 0.5) + 1 / (b + 0.5))
            for j, (a, b) in enumerate(zip(current, last, strict=True))
            if j != i and a is not None and b is not None
        ]
        if len(others) < 10 or y is None or y1 is None:
            results.append(None)
            continue
        centre = median(d for d, _ in others)
        tau2 = max(mad([d for d, _ in others], centre) ** 2 - median(v for _, v in others), 0.05**2)
        expected = (y1 + 0.5) * math.exp(centre)
        spread = math.sqrt(1 / (y1 + 0.5) + 1 / (expected + 0.5) + tau2)
        score = (math.log((y + 0.5) / (y1 + 0.5)) - centre) / spread
        results.append(Plain(score, expected, spread, centre, tau2, len(others)))
    return results


def change_on_mean(current: Sequence[Figure], history: Sequence[Sequence[Figure]]) -> list[Plain | None]:
    """As seen from force i, all years are brought up to date by the median change of the forces other than i."""
    forces = range(len(current))
    results: list[Plain | None] = []
    for i in forces:
        shift: dict[int, float] = {}
        for k, year in enumerate(history):
            steps = [
                math.log(a + 0.5) - math.log(b + 0.5)
                for j in forces
                if j != i and (a := current[j]) is not None and (b := year[j]) is not None
            ]
            if len(steps) >= 10:
                shift[k] = median(steps)
        seen: dict[int, tuple[float, float, float, int]] = {}  # d, v, counting variance of the base, years
        bases: dict[int, float] = {}
        for j in forces:
            years = [(k, b) for k in shift if (b := history[k][j]) is not None]
            if not years:
                continue
            bases[j] = sum(math.log(b + 0.5) + shift[k] for k, b in years) / len(years)
            base_variance = sum(1 / (b + 0.5) for _, b in years) / len(years) ** 2
            y = current[j]
            if y is not None:
                v = 1 / (y + 0.5) + base_variance
                seen[j] = (math.log(y + 0.5) - bases[j], v, base_variance, len(years))
        others = [seen[j] for j in seen if j != i]
        if len(others) < 10 or i not in seen:
            results.append(None)
            continue
        centre = median(d for d, *_ in others)
        tau2 = max(mad([d for d, *_ in others], centre) ** 2 - median(v for _, v, *_ in others), 0.05**2)
        d, _, base_variance, k_own = seen[i]
        tau2 *= (1 + 1 / k_own) / (1 + 1 / median(k for *_, k in others))
        expected = math.exp(bases[i] + centre)
        spread = math.sqrt(base_variance + 1 / (expected + 0.5) + tau2)
        step = centre + sum(shift[k] for k in shift if history[k][i] is not None) / k_own
        results.append(Plain((d - centre) / spread, expected, spread, step, tau2, len(others)))
    return results


def mean_would_have_been_better(history: Sequence[Sequence[Figure]]) -> bool:
    """Whether the mean of the years before would have predicted last year's figures better than the one before did."""
    if len(history) < 3:
        return False
    last, before = history[0], history[1:4]
    shift = {}
    for k, year in enumerate(before):
        steps = [
            math.log((a + 0.5) / (b + 0.5))
            for a, b in zip(last, year, strict=True)
            if a is not None and b is not None
        ]
        if len(steps) >= 10:
            shift[k] = median(steps)
    by_year, by_mean = [], []
    for j, a in enumerate(last):
        if a is None or before[0][j] is None:
            continue
        years = [math.log(b + 0.5) + shift[k] for k in shift if (b := before[k][j]) is not None]
        by_year.append(math.log((a + 0.5) / (before[0][j] + 0.5)))  # type: ignore[operator]
        by_mean.append(math.log(a + 0.5) - sum(years) / len(years))
    if len(by_year) < 10:
        return False

    def miss(steps: list[float]) -> float:
        return median(abs(d - median(steps)) for d in steps)

    return miss(by_mean) < miss(by_year)
