"""How sure a gain is, and what was tried: ranges over resamples, variants that exchange what they say."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.detection import errors, rules
from benchmarks.detection.cases import Case
from benchmarks.detection.power import Judged, gain, judge
from benchmarks.detection.simulated import simulated_cases
from benchmarks.detection.variants import VARIANTS, Variant, rule_of


@pytest.fixture(scope="module")
def simulated() -> list[Case]:
    return simulated_cases(seed=1, worlds=1)


def test_a_gain_has_a_range_over_resampled_cases() -> None:
    correct = [np.arange(10.0)] * 4
    all_found, some = [np.full(5, 20.0)] * 4, [np.full(5, 20.0), *[np.zeros(5)] * 3]
    one, other = Judged(correct, {"×2": all_found}), Judged(correct, {"×2": some})
    assert gain(one, one, "×2", 0.1, seed=1) == (0.0, 0.0)
    low, high = gain(one, other, "×2", 0.1, seed=1)
    assert 0 < low < 0.75 < high <= 1
    assert gain(other, one, "×2", 0.1, seed=1) == pytest.approx((-high, -low))


def test_with_nothing_exchanged_a_variant_is_the_programs_own_score(simulated: list[Case]) -> None:
    same = rule_of(Variant())
    for year in simulated:
        spoilt = errors.spoil(year, "×2", np.random.default_rng(0))
        np.testing.assert_allclose(same(year, spoilt), rules.CHANGE(year, spoilt), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", [name for name in VARIANTS if "per head" not in name])
def test_every_variant_exchanges_something(simulated: list[Case], name: str) -> None:
    """Per head it does too, but the made-up populations stand still."""
    judged = judge(rule_of(VARIANTS[name]), simulated, 1, ("÷2",))
    as_it_is = judge(rules.CHANGE, simulated, 1, ("÷2",))
    assert any((a != b).any() for a, b in zip(judged.wrong["÷2"], as_it_is.wrong["÷2"], strict=True))
    assert judged.power("÷2", judged.cut(0.02)) > 0.5
