"""The errors that the benchmark makes, one at a time, in figures that are known to be right."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .cases import Case, Spoilt

FACTORS: Mapping[str, float] = {
    "×10": 10.0,
    "÷10": 0.1,
    "×1000": 1000.0,
    "×2": 2.0,
    "÷2": 0.5,
    "9 of 12": 9 / 12,
    "11 of 12": 11 / 12,
    "a fifth missing": 0.8,
}
SWAPPED, COPIED = "swapped", "copied"
NAMES = (*FACTORS, SWAPPED, COPIED)


def spoil(case: Case, error: str, rng: np.random.Generator) -> Spoilt:
    """Every force's figure with the error, one row a force; no row where the error would change nothing.

    Args:
        case: the correct figures.
        error: one of `NAMES`.
        rng: chooses the item that a figure is swapped with.
    """
    if error == SWAPPED:
        return _swap(case, rng)
    wrong = case.history[0] if error == COPIED else np.round(case.current * FACTORS[error])
    force = np.flatnonzero(np.isfinite(wrong) & np.isfinite(case.current) & (wrong != case.current))
    return Spoilt(force, wrong[force], case.related[:, force].T)


def _swap(case: Case, rng: np.random.Generator) -> Spoilt:
    """The figure and one other item of the same force, chosen at random, change places."""
    items = case.related.shape[0]
    force = np.flatnonzero(np.isfinite(case.current))
    if items == 0:
        return Spoilt(force[:0], case.current[:0], np.empty((0, 0)))
    rows = np.arange(len(force))
    other = rng.integers(items, size=len(force))
    related = case.related[:, force].T.copy()
    figure = related[rows, other].copy()
    related[rows, other] = case.current[force]
    changed = np.isfinite(figure) & (figure != case.current[force])
    return Spoilt(force[changed], figure[changed], related[changed])
