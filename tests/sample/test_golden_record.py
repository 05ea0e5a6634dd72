"""The figures that the report gives for West Midlands and for England and Wales come out of the sample round as published."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.model import Figure
from peelcheck.wording import number
from tests.support.sample import sample_figures
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import write_round
from tools.make_sample.published import FORCES
from tools.make_sample.spoiling import path_of, row_of
from tools.make_sample.world import make_world


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    held = sample_figures("West Midlands")
    return {figure.measure: figure for figure in held.figures}


PUBLISHED = [
    # measure, numerator, West Midlands, England and Wales (None: not given, or lost in the scan)
    ("da_arrest_rate", 11_848, "54", None),
    ("da_risk_assessments", 28_885, "1.3", "2.1"),
    ("da_charged_rate", 5_850, "26.5", "18.6"),
    ("da_victim_does_not_support_rate", None, "44.8", "41.8"),
    ("da_incident_rate", None, "19", "15"),
    ("da_share", None, "10", "11"),
    ("charged_share", None, "12", "10"),
    ("victim_does_not_support_share", None, "9", "13"),
    ("no_suspect_share", None, "61", "48"),
    ("organised_crime_group_rate", None, "47", None),
    ("marac_repeat_share", None, "29", None),
]


@pytest.mark.parametrize(("measure", "count", "rate", "national"), PUBLISHED)
def test_published_figure(
    figures: dict[str, Figure], measure: str, count: int | None, rate: str, national: str | None
) -> None:
    figure = figures[measure]
    assert figure.value is not None
    assert figure.area_rate is not None
    assert number(figure.value, figure.decimals) == rate
    assert count is None or figure.numerator == count
    assert national is None or number(figure.area_rate, figure.decimals) == national


def test_risk_assessments_stand_as_the_report_says(figures: dict[str, Figure]) -> None:
    figure = figures["da_risk_assessments"]
    assert figure.area_rate is not None
    assert 2.061 < figure.area_rate < 2.094
    assert figure.sentence == (
        "1.3 risk assessments per domestic abuse crime, second lowest of the 42 forces compared, "
        "37 percent below the England and Wales rate of 2.1."
    )


def test_the_arrest_rate_rose(figures: dict[str, Figure]) -> None:
    change = figures["da_arrest_rate"].change
    assert change is not None
    assert number(change, 1) == "2.4"


def test_disruptions_are_nearly_200_and_almost_double(figures: dict[str, Figure]) -> None:
    figure = figures["disruption_rate"]
    assert figure.value is not None
    assert figure.area_rate is not None
    assert 195 <= figure.value < 200
    assert 1.9 <= figure.value / figure.area_rate < 2


def test_detentions_were_reduced_and_new_groups_identified(figures: dict[str, Figure]) -> None:
    detained, groups = figures["detention_rate"], figures["organised_crime_group_rate"]
    assert (detained.numerator, detained.previous_numerator) == (852, 910)
    assert (groups.numerator, groups.previous_numerator) == (135, 123)


@pytest.mark.parametrize("seed", range(5))
def test_the_report_is_not_contradicted_whatever_is_drawn(seed: int) -> None:
    world, home = make_world(seed), FORCES.index("West Midlands")
    assert list(world["mental_health.detentions"][home]) == sorted(world["mental_health.detentions"][home])
    groups = list(world["organised_crime_groups.groups"][home])
    assert groups == sorted(groups, reverse=True)
    parts = [world[f"organised_crime_groups.{part}"][home] for part in ("active", "archived")]
    assert list(sum(parts)) == groups


def test_marac_repeats_were_29_percent_in_both_years(figures: dict[str, Figure]) -> None:
    figure = figures["marac_repeat_share"]
    assert figure.previous is not None
    assert number(figure.previous) == "29"
    assert (figure.numerator, figure.denominator) == (1_124, 3_875)


def test_who_is_out_of_england_and_wales_and_why() -> None:
    out = sample_figures().out
    assert {force for force, _ in out["da_arrest_rate"]} >= {
        "Lancashire",
        "Warwickshire",
        "West Mercia",
        "North Yorkshire",
    }
    assert [force for force, _ in out["organised_crime_group_rate"]] == ["City of London"]
    assert [force for force, _ in out["action_taken_share"]] == ["Dorset", "Suffolk"]
    assert out["charged_share"] == (("Suffolk", "outcomes not supplied: new Athena system"),)
    assert {force for force, _ in out["da_share"]} == {"North Yorkshire"}


@pytest.mark.slow
def test_groups_of_warwickshire_and_west_mercia_were_one_figure_in_2016() -> None:
    figures = sample_figures("Warwickshire").figures
    groups = next(figure for figure in figures if figure.measure == "organised_crime_group_rate")
    together = sample_figures("West Mercia").figures
    partner = next(figure for figure in together if figure.measure == "organised_crime_group_rate")
    assert groups.previous is not None
    assert partner.previous is None
    assert groups.previous == pytest.approx(1e6 * 88 / (555_200 + 1_251_500))
    assert groups.footnote == "the year before: combined: one figure for both forces in 2016, split in 2017"
    assert partner.footnote == "the year before: groups included in Warwickshire's figure"


def test_disruptions_of_2016_are_one_figure_over_groups_that_are_one_figure() -> None:
    forces = {force: sample_figures(force).figures for force in ("Warwickshire", "West Mercia")}
    of = {
        force: next(figure for figure in figures if figure.measure == "disruption_rate")
        for force, figures in forces.items()
    }
    giver, partner = of["Warwickshire"], of["West Mercia"]
    assert giver.value is not None
    assert giver.previous == pytest.approx(100 * 81 / 88)
    assert giver.change is None, "one figure for two forces is not the figure of one of them a year before"
    assert (partner.previous, partner.change) == (None, None)
    assert partner.value is not None


def test_what_is_out_is_a_dash_with_its_reason() -> None:
    figures = sample_figures("Durham").figures
    arrests = next(figure for figure in figures if figure.measure == "da_arrest_rate")
    assert (arrests.numerator, arrests.denominator, arrests.value) == (None, None, None)
    assert (arrests.rank, arrests.previous, arrests.change) == (None, None, None)
    assert arrests.area_rate == arrests.area_without
    assert (arrests.status, arrests.footnote) == (
        "not_supplied",
        "arrests not supplied: arrest data could not be provided",
    )


@pytest.mark.slow
def test_one_figure_for_two_forces_is_not_told_as_the_forces_own(tmp_path: Path) -> None:
    files = clean_round()
    for force in ("Warwickshire", "Norfolk"):
        row = row_of(files, path_of(force, "organised_crime_groups"), "2017-07-01", force)
        row["active"] = str(50 * int(row["active"]))
    write_round(files, tmp_path)
    told = {q.force: q.message for q in engine.validate([tmp_path]).queries if q.code == "OC201"}
    assert "The year before, it was" in told["Norfolk"]
    assert "The year before, it was" not in told["Warwickshire"]
