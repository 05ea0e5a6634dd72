"""What was tried in place of parts of the change score: the same formulas, each with one thing exchanged.

Written once more, for years without gaps, so that a part can be exchanged; with nothing exchanged it is the program's own
score, and a test holds it to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from peelcheck.statistics import Norm, score_change

from .cases import Case, FloatArray, Spoilt
from .rules import Rule

_FACTORS = {0.5: 1.4826, 0.75: 1 / 1.1503493803760079}  # make a quantile of distances a standard deviation


@dataclass(frozen=True)
class Variant:
    """The change score with something exchanged.

    Attributes:
        base: what is expected: the years weighted as the program weights them, last year's alone, or their plain mean,
            each brought up to date.
        per_head: whether rates are held against rates, not counts against counts.
        related: how much of the median change of the force's own other items is added to what is expected.
        quantile: that of the others' distances which gives the spread.
        floor: the least spread.
        own_jumps: whether a force that jumped about before is given more room.
    """

    base: Literal["weighted", "last", "mean"] = "weighted"
    per_head: bool = False
    related: float = 0.0
    quantile: float = 0.75
    floor: float = 0.08
    own_jumps: bool = True


VARIANTS: Mapping[str, Variant] = {
    "last year alone, no weights": Variant(base="last"),
    "plain mean of the years": Variant(base="mean"),
    "rates per head of both years": Variant(per_head=True),
    "half the change of the force's other items": Variant(related=0.5),
    "median distance": Variant(quantile=0.5),
    "floor of 5 percent": Variant(floor=0.05),
    "floor of 12 percent": Variant(floor=0.12),
    "own jumps give no room": Variant(own_jumps=False),
    "median distance, floor of 5 percent": Variant(quantile=0.5, floor=0.05),
}


def rule_of(variant: Variant) -> Rule:
    """The variant as a rule, to be judged like any other."""

    @cache
    def fitted(case: Case) -> tuple[FloatArray, FloatArray, Norm]:
        past = _past(case, variant)
        shift = _related_shift(case) * variant.related
        return past, shift, _fit(np.log(case.current + 0.5) - shift, past, variant)

    def rule(case: Case, spoilt: Spoilt) -> FloatArray:
        past, shift, norm = fitted(case)
        i = spoilt.force
        return _score(spoilt.figure, past[:, i], shift[i], norm.of(i), variant)

    return rule


def _past(case: Case, variant: Variant) -> FloatArray:
    """The earlier counts; per head, what they would have been with this year's population."""
    grown = case.population / case.past_population if variant.per_head else 1.0
    return np.asarray(case.history * grown)


def _related_shift(case: Case) -> FloatArray:
    """The median, over a force's other items, of their log change beyond the median change of all forces."""
    if not len(case.related):
        return np.zeros(case.forces)
    change = np.log(case.related + 0.5) - np.log(case.past_related[:, 0] + 0.5)
    return np.asarray(np.median(change - np.median(change, axis=1, keepdims=True), axis=0))


def _fit(logs: FloatArray, past: FloatArray, variant: Variant) -> Norm:
    """The others' median changes and their spread, as each force (rows of a view) sees them."""
    dated_from = np.log(past + 0.5)
    hidden = np.where(np.eye(len(logs), dtype=bool), np.nan, 0.0)
    centre = np.nanmedian((logs - dated_from)[:, None, :] + hidden, axis=-1)
    dated = dated_from[:, None, :] + centre[:, :, None]  # year, seen from force, of force
    base = dated.mean(axis=0) if variant.base == "mean" else dated[0]
    counting = np.exp(-logs) + _counting(past, variant)
    distance = np.nanquantile(np.abs(logs - base) + hidden, variant.quantile, axis=-1)
    spread = distance * _FACTORS[variant.quantile]
    tau2 = np.maximum(spread**2 - np.nanmedian(counting + hidden, axis=-1), variant.floor**2)
    return Norm("change", centre, tau2, np.full(len(logs), len(logs) - 1))


def _counting(past: FloatArray, variant: Variant) -> FloatArray:
    if variant.base == "mean":
        return np.asarray((1 / (past + 0.5)).sum(axis=0) / len(past) ** 2)
    return np.asarray(1 / (past[0] + 0.5))


def _score(
    figure: FloatArray, past: FloatArray, shift: FloatArray, norm: Norm, variant: Variant
) -> FloatArray:
    scores = score_change(figure, past, norm)
    tau2 = scores.tau2 if variant.own_jumps else norm.tau2
    log_expected = np.log(scores.expected)
    base_variance = scores.spread**2 - scores.tau2 - 1 / (scores.expected + 0.5)
    if variant.base != "weighted":
        dated = np.log(past + 0.5) + norm.centre
        log_expected = dated.mean(axis=0) if variant.base == "mean" else dated[0]
        base_variance = _counting(past, variant)
    log_expected = log_expected + shift
    spread = np.sqrt(base_variance + 1 / (np.exp(log_expected) + 0.5) + tau2)
    return np.asarray((np.log(figure + 0.5) - log_expected) / spread)
