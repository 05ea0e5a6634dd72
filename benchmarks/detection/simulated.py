"""A made-up England and Wales, of which the truth is known: 43 forces of real sizes, nine measures, four years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .cases import Case, FloatArray

# Residents in thousands, mid-2016, from the smallest force to the largest (ONS, rounded).
THOUSANDS = np.array(
    [
        7.2, 499, 516, 559, 565, 585, 623, 628, 662, 695, 711, 732, 745, 751, 767, 816, 841, 892, 928, 1043,
        1049, 1069, 1120, 1136, 1176, 1181, 1261, 1318, 1385, 1411, 1444, 1484, 1683, 1684, 1733, 1807,
        1817, 1969, 2295, 2379, 2781, 2871, 8762,
    ],
    dtype=float,
)  # fmt: skip
YEARS = 4


@dataclass(frozen=True)
class Measure:
    """What a measure is like.

    `rate` per 1,000 residents; the rest are standard deviations of logarithms: `between` forces, `jump` from one year
    to the next for a force, `drift` from one year to the next for all.
    """

    name: str
    rate: float
    between: float
    jump: float
    drift: float


MEASURES = (
    Measure("large and steady", 75, 0.20, 0.05, 0.05),
    Measure("large", 40, 0.30, 0.08, 0.10),
    Measure("large and restless", 15, 0.35, 0.15, 0.10),
    Measure("middling and steady", 5, 0.25, 0.07, 0.05),
    Measure("middling", 2, 0.40, 0.12, 0.10),
    Measure("middling and restless", 1, 0.45, 0.25, 0.20),
    Measure("small and steady", 0.3, 0.25, 0.08, 0.05),
    Measure("small", 0.1, 0.30, 0.12, 0.10),
    Measure("small and restless", 0.05, 0.50, 0.35, 0.20),
)


def simulated_cases(seed: int, worlds: int = 10) -> list[Case]:
    """Every measure in the last year of so many made-up worlds, three earlier years shown.

    The log rate of a force is the measure's, plus its own level, and walks from year to year by a national drift and a
    jump of its own: Student's t with 6 degrees of freedom, since real series are restated and re-counted, times a
    restlessness that each force keeps. Counts are Poisson about that.
    """
    cases = []
    for world in range(worlds):
        rng = np.random.default_rng([seed, world])
        restless = np.exp(rng.normal(0.0, 0.25, len(THOUSANDS)))
        figures = np.stack([_figures(measure, restless, rng) for measure in MEASURES])
        for number, measure in enumerate(MEASURES):
            cases.append(_case(measure, number, world, figures))
    return cases


def _figures(measure: Measure, restless: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Counts (years, forces), the most recent first."""
    forces = len(THOUSANDS)
    level = np.log(measure.rate * THOUSANDS) + rng.normal(0.0, measure.between, forces)
    steps = rng.standard_t(6, (YEARS, forces)) / np.sqrt(1.5) * measure.jump * restless
    national = rng.normal(0.0, measure.drift, (YEARS, 1))
    walk = level + np.cumsum(steps + national, axis=0)
    return np.asarray(rng.poisson(np.exp(walk))[::-1], dtype=np.float64)


def _case(measure: Measure, number: int, world: int, figures: FloatArray) -> Case:
    others = np.delete(figures, number, axis=0)
    people = np.repeat(THOUSANDS[None, :] * 1000, YEARS, axis=0)
    return Case(
        measure=measure.name,
        year=f"world {world + 1}",
        current=figures[number, 0],
        history=figures[number, 1:],
        population=people[0],
        past_population=people[1:],
        related=others[:, 0],
        past_related=others[:, 1:],
        related_names=tuple(m.name for k, m in enumerate(MEASURES) if k != number),
    )
