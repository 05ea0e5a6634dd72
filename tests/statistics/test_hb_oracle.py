"""The benchmark's Hidiroglou-Berthelot against what Statistics Canada's banff made of the same figures.

The files in `tests/oracles` are written by `python -m benchmarks.oracle_banff`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.hidiroglou_berthelot import hidiroglou_berthelot

ORACLES = Path(__file__).parent.parent / "oracles"
BOUNDS = pd.read_csv(ORACLES / "hb_bounds.csv").set_index("case")


def of_case(name: str, case: str) -> pd.DataFrame:
    table = pd.read_csv(ORACLES / name)
    return table[table["case"] == case].set_index("unit")


@pytest.mark.parametrize("case", BOUNDS.index)
def test_effects_intervals_and_outliers_are_those_of_banff(case: str) -> None:
    inputs, listed, bounds = (
        of_case("hb_inputs.csv", case),
        of_case("hb_effects.csv", case),
        BOUNDS.to_dict("index")[case],
    )
    u, a, c = (float(bounds[name]) for name in ("u", "a", "c"))
    ours = hidiroglou_berthelot(inputs["current"], inputs["previous"], u, a, c)
    assert int(np.isfinite(ours.effect).sum()) == bounds["used"]
    effects = pd.Series(ours.effect, index=inputs.index)
    # banff lists no unit that lies on the median exactly
    unlisted = effects.dropna().index.difference(listed.index)
    assert effects[unlisted].to_numpy() == pytest.approx(bounds["median"], abs=1e-9)
    assert effects[listed.index].to_numpy() == pytest.approx(listed["effect"].to_numpy(), rel=1e-9, abs=1e-9)
    assert float(ours.lower) == pytest.approx(bounds["lower"], rel=1e-9)
    assert float(ours.upper) == pytest.approx(bounds["upper"], rel=1e-9)
    outliers = inputs.index[np.abs(ours.distance) > c]
    assert sorted(outliers) == sorted(listed.index[listed["outlier"]])
    assert len(outliers) > 0


def test_the_least_tolerance_decides_in_one_case_and_the_quartiles_in_the_others() -> None:
    gaps = np.minimum(BOUNDS["median"] - BOUNDS["q1"], BOUNDS["q3"] - BOUNDS["median"])
    decided = (BOUNDS["a"] * BOUNDS["median"].abs() > gaps).to_dict()
    assert decided == {case: case == "least_tolerance" for case in decided}


def test_rows_of_years_are_judged_one_by_one() -> None:
    inputs = of_case("hb_inputs.csv", "usual")
    current, previous = inputs["current"].to_numpy(), inputs["previous"].to_numpy()
    both = hidiroglou_berthelot(np.stack([current, current * 2 + 1]), previous)
    second = hidiroglou_berthelot(current * 2 + 1, previous)
    np.testing.assert_array_equal(both.distance[1], second.distance)
    assert float(both.upper[1]) == float(second.upper)
