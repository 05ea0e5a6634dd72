"""Power at equal rates of false queries: each rule's cut is set on the correct figures, all cases pooled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from . import errors
from .cases import Case, FloatArray, untouched
from .rules import Rule


@dataclass
class Judged:
    """A rule's scores of everything, |score|, one array a case; a figure that could not be judged scores 0."""

    correct: list[FloatArray] = field(default_factory=list)
    wrong: dict[str, list[FloatArray]] = field(default_factory=dict)

    def cut(self, rate: float, among: FloatArray | None = None) -> float:
        """The score that `rate` of the correct figures pass, so that no more than that share are asked about."""
        scores = np.sort(np.concatenate(self.correct))[::-1]
        return float(scores[int(rate * len(scores))])

    def false(self, cut: float) -> float:
        """Share of correct figures asked about."""
        return float(np.mean(np.concatenate(self.correct) > cut))

    def power(self, error: str, cut: float, only: Sequence[int] | None = None) -> float:
        """Share of figures with an error that are asked about; NaN if the error occurs nowhere."""
        arrays = [a for i, a in enumerate(self.wrong[error]) if only is None or i in only]
        scores = np.concatenate(arrays) if arrays else np.empty(0)
        return float(np.mean(scores > cut)) if len(scores) else float("nan")

    def picked(self, numbers: Sequence[int], error: str) -> Judged:
        """The cases of these numbers, which may come more than once, with one error."""
        wrong = self.wrong[error]
        return Judged([self.correct[i] for i in numbers], {error: [wrong[i] for i in numbers]})


def gain(
    rule: Judged, other: Judged, error: str, rate: float, seed: int, resamples: int = 1000
) -> tuple[float, float]:
    """How much more `rule` finds than `other` at the same rate: the range of nine resamples of the cases in ten.

    Whole cases are drawn, since the figures of one measure and year move together; each draw sets both cuts anew.
    """
    rng = np.random.default_rng(seed)
    gains = []
    for numbers in rng.integers(len(rule.correct), size=(resamples, len(rule.correct))):
        one, two = rule.picked(numbers, error), other.picked(numbers, error)
        gains.append(one.power(error, one.cut(rate)) - two.power(error, two.cut(rate)))
    low, high = np.quantile(gains, (0.05, 0.95))
    return float(low), float(high)


def judge(rule: Rule, cases: Sequence[Case], seed: int, names: Sequence[str] = errors.NAMES) -> Judged:
    """Score every correct figure and every wrong one; the same seed spoils the same figures for every rule."""
    judged = Judged(wrong={name: [] for name in names})
    for number, case in enumerate(cases):
        judged.correct.append(_suspicion(rule(case, untouched(case))))
        for name in names:
            rng = np.random.default_rng([seed, number, errors.NAMES.index(name)])
            spoilt = errors.spoil(case, name, rng)
            scores = rule(case, spoilt) if len(spoilt.force) else np.empty(0)
            judged.wrong[name].append(_suspicion(scores))
    return judged


def _suspicion(scores: FloatArray) -> FloatArray:
    return np.abs(np.nan_to_num(scores, nan=0.0, posinf=np.inf, neginf=-np.inf))
