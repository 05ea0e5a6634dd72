"""Whole rounds with several wrong cells at once, and how far one wrong cell moves the scores of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .cases import Case, FloatArray, IntArray, untouched
from .errors import FACTORS
from .rules import Rule

GROSS = ("×10", "÷10", "×1000")
WRONG_CELLS = 2


@dataclass(frozen=True)
class RoundResult:
    """What a rule made of rounds with wrong cells in them, as shares."""

    false: float
    found: float


def two_wrong_cells(rule: Rule, cut: float, cases: Sequence[Case], seed: int) -> RoundResult:
    """Two gross errors in every measure at once, chosen at random: what the rule finds, and asks about for nothing.

    Args:
        rule: scores figures.
        cut: the |score| past which the rule asks.
        cases: correct figures.
        seed: chooses forces and errors, the same for every rule.
    """
    false, found = [], []
    for number, case in enumerate(cases):
        spoilt, cells = _spoil_cells(case, np.random.default_rng([seed, number]))
        suspicion = np.abs(np.nan_to_num(rule(spoilt, untouched(spoilt))))
        wrong = np.zeros(case.forces, dtype=bool)
        wrong[cells] = True
        wrong = wrong[np.isfinite(case.current)]
        false.append(suspicion[~wrong] > cut)
        found.append(suspicion[wrong] > cut)
    return RoundResult(float(np.mean(np.concatenate(false))), float(np.mean(np.concatenate(found))))


def _spoil_cells(case: Case, rng: np.random.Generator) -> tuple[Case, IntArray]:
    cells = rng.choice(np.flatnonzero(case.current > 0), WRONG_CELLS, replace=False)
    factors = [FACTORS[name] for name in rng.choice(GROSS, WRONG_CELLS)]
    current = case.current.copy()
    current[cells] = np.round(current[cells] * factors)
    return replace(case, current=current), cells


def disturbance(rule: Rule, cases: Sequence[Case]) -> FloatArray:
    """How far the other forces' scores move when one force's figure is ten times too large, and when it is zero.

    Returns:
        One element a force, spoilt force and error: |change of score|, over all cases.
    """
    moves = []
    for case in cases:
        before = rule(case, untouched(case))
        rows = untouched(case).force
        for force in rows:
            for wrong in (case.current[force] * 10.0, 0.0):
                current = case.current.copy()
                current[force] = wrong
                spoilt = replace(case, current=current)
                moved = np.abs(rule(spoilt, untouched(spoilt)) - before)[rows != force]
                moves.append(moved[np.isfinite(moved)])
    return np.concatenate(moves)
