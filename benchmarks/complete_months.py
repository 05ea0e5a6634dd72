"""How many correct records `complete_months` asks about, and which gaps it finds: `python -m benchmarks.complete_months`.

Records of twelve months are drawn for made-up forces, by chance about a level that rises and falls in the year, has a trend
of up to 20 percent either way and differs from month to month. Then the last month is left out, or part of it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from peelcheck.checks.kinds.complete_months import CompleteMonths
from peelcheck.statistics.months import month_scores

IntArray = NDArray[np.int64]

DAYS = np.array([31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30])
LEVELS = (3, 10, 20, 30, 100, 1_000, 10_000)
"""Records a month."""
SEASONS = {"calm": (0.10, 0.05), "usual": (0.15, 0.10), "strong": (0.30, 0.15)}
"""Half of the rise and fall in the year, and the standard deviation from month to month, both of the logarithm."""
SHARES = (0.0, 0.25, 0.5)
"""How much of the last month was sent."""
_CHECK = CompleteMonths(date="recorded")


def year_of(level: float, season: tuple[float, float], random: np.random.Generator) -> IntArray:
    """The numbers of records of a force's twelve months."""
    swing, noise = season
    month = np.arange(12)
    log = swing * np.sin(2 * np.pi * (month + random.uniform(0, 12)) / 12)
    log = log + noise * random.standard_normal(12) + random.uniform(-0.2, 0.2) * (month - 5.5) / 11
    return np.asarray(random.poisson(level * DAYS / DAYS.mean() * np.exp(log)), dtype=np.int64)


def is_asked(records: IntArray) -> bool:
    """Whether the check asks about these months."""
    scores = month_scores(records, DAYS)
    low = (scores.score < -_CHECK.threshold) & (scores.expected - records >= _CHECK.floor)
    return bool(low.any())


def rows(years: int, seed: int) -> Iterator[tuple[str, ...]]:
    """A row for each season and level: percent of correct years asked about, and of those with a gap."""
    for name, season in SEASONS.items():
        for level in LEVELS:
            random = np.random.default_rng([seed, level, *map(ord, name)])
            drawn = [year_of(level, season, random) for _ in range(years)]
            false = np.mean([is_asked(one) for one in drawn])
            found = []
            for share in SHARES:
                cut = [np.append(one[:-1], round(share * int(one[-1]))) for one in drawn]
                found.append(np.mean([is_asked(one) for one in cut]))
            yield name, f"{level:,}", f"{100 * false:.2f}", *(f"{100 * one:.0f}" for one in found)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=2_000, help="drawn for each row")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(
        "| months | records a month | correct, queried % | last month missing | a quarter sent | half sent |"
    )
    print("|---|---|---|---|---|---|")
    for row in rows(asked.years, asked.seed):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
