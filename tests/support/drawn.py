"""Years of forces drawn at random, and what it means that scores are the same as those worked out plainly."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest

from peelcheck.statistics import Scores
from tests.support.plain_statistics import Figure, Plain

Array = npt.NDArray[np.float64]

FORCES = 43
AGREE = 1e-9


def years(seed: int, count: int, noise: float, level: float = 5000.0) -> Array:
    """Years of 43 forces, the most recent first, with a national rise, gaps and zeros; `noise` within a force."""
    random = np.random.default_rng(seed)
    size = level * np.exp(random.normal(0, 0.6, FORCES))
    rise = np.exp(0.06 * np.arange(count, 0, -1))[:, None]
    rates = size * rise * np.exp(random.normal(0, noise, (count, FORCES)))
    figures: Array = random.poisson(rates).astype(float)
    figures[random.random(figures.shape) < 0.06] = np.nan
    figures[random.random(figures.shape) < 0.01] = 0
    return figures


def without_nan(values: Array) -> list[Figure]:
    return [None if math.isnan(value) else float(value) for value in values]


def assert_same(scores: Scores, expected: list[Plain | None]) -> None:
    for i, one in enumerate(expected):
        for name in ("score", "expected", "spread", "centre", "tau2"):
            value = float(getattr(scores, name)[i])
            if one is None:
                assert math.isnan(value), (i, name)
            else:
                assert value == pytest.approx(getattr(one, name), rel=AGREE, abs=AGREE), (i, name)
        if one is not None:
            assert scores.others[i] == one.others
