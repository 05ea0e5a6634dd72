"""The measure of the rules is itself held to small cases: errors, equal rates, what is set aside, norms that serve a year."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from benchmarks.change_score import change_scores as plain_scores
from benchmarks.detection import errors, rules
from benchmarks.detection.cases import Case, FloatArray, Spoilt, untouched
from benchmarks.detection.ceiling import ceiling
from benchmarks.detection.panel import Part, is_held_out, panel_cases, read_panel
from benchmarks.detection.power import Judged, judge
from benchmarks.detection.rounds import disturbance, two_wrong_cells
from benchmarks.detection.simulated import simulated_cases
from peelcheck.statistics import Scores, change_scores, peer_scores
from tests.support.rounds import ROOT


def case(current: list[float], last_year: list[float], related: list[list[float]] | None = None) -> Case:
    people = np.full(len(current), 1000.0)
    others = np.array(related) if related else np.empty((0, len(current)))
    past = np.array([last_year])
    return Case(
        "made up", "2017-06-30", np.array(current), past, people, people[None], others, others[:, None]
    )


@pytest.fixture(scope="module")
def simulated() -> list[Case]:
    return simulated_cases(seed=1, worlds=1)


def random() -> np.random.Generator:
    return np.random.default_rng(0)


# --- errors -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "wrong"),
    [
        ("×10", [1200, 480, 70]),
        ("÷10", [12, 5, 1]),
        ("×1000", [120000, 48000, 7000]),
        ("×2", [240, 96, 14]),
        ("÷2", [60, 24, 4]),
        ("9 of 12", [90, 36, 5]),
        ("11 of 12", [110, 44, 6]),
        ("a fifth missing", [96, 38, 6]),
    ],
)
def test_a_factor(error: str, wrong: list[float]) -> None:
    spoilt = errors.spoil(case([120, np.nan, 48, 0, 7], [1, 1, 1, 1, 1]), error, random())
    assert spoilt.force.tolist() == [0, 2, 4]  # no figure, and a 0, cannot be spoilt
    assert spoilt.figure.tolist() == wrong


def test_copied_is_last_year_where_that_differs() -> None:
    spoilt = errors.spoil(case([120, 48, 7, 9], [110, 48, np.nan, 0]), "copied", random())
    assert spoilt.force.tolist() == [0, 3]
    assert spoilt.figure.tolist() == [110, 0]


def test_swapped_changes_places_with_one_other_item() -> None:
    swapped = errors.spoil(case([120, 48, 7], [1, 1, 1], [[5, 48, np.nan]]), "swapped", random())
    assert swapped.force.tolist() == [0]  # the same figure twice, and a blank, cannot be told
    assert swapped.figure.tolist() == [5]
    assert swapped.related.tolist() == [[120]]


def test_nothing_is_swapped_where_there_is_no_other_item() -> None:
    assert len(errors.spoil(case([120, 48], [1, 1]), "swapped", random()).force) == 0


def test_every_error_has_a_name(simulated: list[Case]) -> None:
    for name in errors.NAMES:
        spoilt = errors.spoil(simulated[0], name, random())
        assert (spoilt.figure != simulated[0].current[spoilt.force]).all()


# --- equal rates of false queries ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("rate", "asked"), [(0.0, 0), (0.005, 1), (0.01, 2), (0.02, 4), (0.5, 100)])
def test_the_cut_lets_exactly_so_many_correct_figures_pass(rate: float, asked: int) -> None:
    scores = np.random.default_rng(3).permutation(200).astype(float)
    judged = Judged(correct=[scores[:80], scores[80:]])
    assert (scores > judged.cut(rate)).sum() == asked
    assert judged.false(judged.cut(rate)) == asked / 200


def test_ties_at_the_cut_are_not_asked_about() -> None:
    judged = Judged(correct=[np.array([5.0, 5.0, 5.0, 1.0])])
    assert judged.false(judged.cut(0.25)) == 0


def test_power_is_the_share_beyond_the_cut() -> None:
    judged = Judged(correct=[], wrong={"×2": [np.array([1.0, 4.0]), np.array([5.0, 9.0])], "÷2": []})
    assert judged.power("×2", 4.0) == 0.5
    assert judged.power("×2", 4.0, only=[0]) == 0
    assert np.isnan(judged.power("÷2", 4.0))


def test_every_rule_asks_about_no_more_than_its_rate(simulated: list[Case]) -> None:
    for name, rule in rules.RULES.items():
        judged = judge(rule, simulated, seed=1, names=("×10",))
        assert judged.false(judged.cut(0.02)) <= 0.02, name
        assert sum(len(scores) for scores in judged.correct) == 9 * 43


def test_the_same_seed_spoils_the_same_figures_for_every_rule(simulated: list[Case]) -> None:
    seen: list[list[float]] = []

    def rule(case: Case, spoilt: Spoilt) -> FloatArray:
        seen[-1] += spoilt.figure.tolist()
        return np.zeros(len(spoilt.force))

    for _ in range(2):
        seen.append([])
        judge(rule, simulated, seed=5)
    assert seen[0] == seen[1]


# --- rules --------------------------------------------------------------------------------------------------------


def test_either_is_the_loudest_in_units_of_its_cut() -> None:
    def says(*scores: float) -> rules.Rule:
        return lambda case, spoilt: np.array(scores)

    rule = rules.either((says(3.0, -9.0, np.nan, np.nan), 3.0), (says(-10.0, 5.0, 2.5, np.nan), 5.0))
    year = case([1, 2, 3, 4], [1, 2, 3, 4])
    assert rule(year, untouched(year)).tolist() == [2.0, 3.0, 0.5, 0.0]


@pytest.mark.parametrize("error", ["×10", "÷2", "copied"])
def test_one_norm_serves_all_figures_put_in_a_forces_place(simulated: list[Case], error: str) -> None:
    """Scoring each spoilt year as a whole gives the same, since no force is part of its own norm."""
    for year in simulated[::4]:
        spoilt = errors.spoil(year, error, random())
        whole: dict[rules.Rule, Callable[[FloatArray], Scores]] = {
            rules.CHANGE: partial(change_scores, history=year.history),
            rules.PLAIN: partial(plain_scores, history=year.history),
            rules.PEER: partial(peer_scores, denominator=year.population, kind="rate"),
        }
        for rule, score in whole.items():
            each = zip(spoilt.force, spoilt.currents(year), strict=True)
            one_by_one = [score(row).score[i] for i, row in each]
            np.testing.assert_allclose(rule(year, spoilt), one_by_one, rtol=1e-9)


def test_peelcheck_is_judged_at_the_cuts_of_the_collection() -> None:
    collection = yaml.safe_load((ROOT / "schemas/peel-2017/collection.yaml").read_text(encoding="utf-8"))
    cuts = collection["cuts"]
    assert (cuts["change_query"], cuts["peer_query"], cuts["alone_query"]) == (
        rules.CHANGE_CUT,
        rules.PEER_CUT,
        rules.PEER_CUT_ALONE,
    )


def test_who_stood_out_last_year_is_not_new() -> None:
    usual = [100.0 + i for i in range(20)]
    now, before = [*usual, 900.0, 900.0], [*usual, 900.0, 100.0]
    year = case(now, before)
    scores = rules.newly_among_forces()(year, untouched(year))
    assert scores[20] == 0
    assert scores[21] == rules.PEER(year, untouched(year))[21] > rules.PEER_CUT


# --- what is set aside --------------------------------------------------------------------------------------------

MEASURES = [f"measure_{letter}" for letter in "abcdefgh"]


def write_panel(path: Path, held_out_times: int = 1) -> Path:
    """Eight measures of three forces in five years; the figures set aside times so much."""
    rows = [
        (
            force,
            measure,
            f"{year}-06-30",
            (100 * i + year + j) * (held_out_times if held else 1),
            "one edition",
        )
        for i, measure in enumerate(MEASURES)
        for j, force in enumerate(("Avon and Somerset", "Kent", "City of London"))
        for year in range(2011, 2016)
        for held in [is_held_out(measure) or year == 2015]
    ]
    people = [
        (force, "population_resident", "2014-06-30", 1000, "estimates") for force in {r[0] for r in rows}
    ]
    columns = ["force", "measure", "period_end", "value", "source"]
    pd.DataFrame([*rows, *people], columns=columns).to_csv(path, index=False)
    return path


def read(path: Path, part: Part) -> dict[tuple[str, str], Case]:
    return {(c.measure, c.year): c for c in panel_cases(path, part)}


def test_the_parts_share_no_year_of_a_measure_and_together_are_all(tmp_path: Path) -> None:
    path = write_panel(tmp_path / "panel.csv")
    development, held_out = read(path, "development"), read(path, "holdout")
    assert set(development) & set(held_out) == set()
    assert set(development) | set(held_out) == set(read(path, "all"))
    assert {year for _, year in development} == {"2013-06-30", "2014-06-30"}
    assert {m for m in MEASURES if is_held_out(m)} == {m for m, year in held_out if year < "2015"} != set()


def test_development_reads_nothing_that_is_set_aside(tmp_path: Path) -> None:
    one, other = (write_panel(tmp_path / f"{n}.csv", n) for n in (1, 1000))
    development, changed = read(one, "development"), read(other, "development")
    assert development.keys() == changed.keys()
    for key, year in development.items():
        assert not any(map(is_held_out, year.related_names))
        for name in ("current", "history", "related", "past_related", "population"):
            np.testing.assert_array_equal(getattr(year, name), getattr(changed[key], name))


def test_a_case_has_the_most_recent_year_first(tmp_path: Path) -> None:
    measure = next(m for m in MEASURES if not is_held_out(m))
    year = read(write_panel(tmp_path / "panel.csv"), "development")[measure, "2014-06-30"]
    base = 100 * MEASURES.index(measure)
    assert year.current.tolist() == [base + 2014, base + 2016, base + 2015]  # forces by name
    assert year.history[:, 0].tolist() == [base + 2013, base + 2012, base + 2011]


def test_of_several_editions_the_longest_is_taken_and_none_is_mixed(tmp_path: Path) -> None:
    rows = [("Kent", "x", f"{year}-06-30", year, "long") for year in (2011, 2012, 2013)]
    rows += [("Kent", "x", f"{year}-06-30", -1, "short") for year in (2013, 2014)]
    path = tmp_path / "panel.csv"
    pd.DataFrame(rows, columns=["force", "measure", "period_end", "value", "source"]).to_csv(
        path, index=False
    )
    assert read_panel(path)["value"].tolist() == [2011, 2012, 2013]


# --- ceiling, rounds, simulation ----------------------------------------------------------------------------------


def test_the_ceiling_is_what_every_choice_of_cuts_would_give() -> None:
    figures = np.random.default_rng(2).lognormal(5, 0.4, (2, 6)).round()
    years = [case(row.tolist(), [150.0] * 6) for row in figures]
    rate, factor = 0.25, 2.0  # three false queries in twelve figures
    best = 0
    residuals = [np.log(row + 0.5) - np.median(np.log(row + 0.5)) for row in figures]
    for cuts in itertools.product(*([*np.abs(r), np.inf] for r in residuals)):
        pairs = list(zip(residuals, cuts, strict=True))
        if sum(int((np.abs(r) > cut).sum()) for r, cut in pairs) <= rate * 12:
            best = max(best, sum(int((np.abs(r + np.log(factor)) > cut).sum()) for r, cut in pairs))
    assert ceiling(years, factor, rate) == pytest.approx(best / 12)


def test_two_wrong_cells_are_found_by_a_rule_that_knows_them(simulated: list[Case]) -> None:
    correct = {str(year): year.current for year in simulated}

    def oracle(year: Case, spoilt: Spoilt) -> FloatArray:
        return np.where(year.current != correct[str(year)], 9.0, 0.0)[spoilt.force]

    result = two_wrong_cells(oracle, 5.0, [y for y in simulated if y.current.min() > 5], seed=1)
    assert (result.false, result.found) == (0.0, 1.0)


def test_one_wrong_figure_hardly_moves_the_others_scores(simulated: list[Case]) -> None:
    assert disturbance(rules.CHANGE, simulated[:1]).max() < 0.5
    assert disturbance(rules.z_of_rates, simulated[:1]).max() > 1


def test_the_same_seed_makes_the_same_worlds(simulated: list[Case]) -> None:
    again, other = simulated_cases(seed=1, worlds=1), simulated_cases(seed=2, worlds=1)
    assert all((a.current == b.current).all() for a, b in zip(simulated, again, strict=True))
    assert any((a.current != b.current).any() for a, b in zip(simulated, other, strict=True))
