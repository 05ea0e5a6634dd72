"""Most similar groups: a second yardstick beside England and Wales. The groups here are made up."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.comparison.compare import InGroup, Standing
from peelcheck.comparison.sentences import group_in_words
from peelcheck.model import Figure, Result
from peelcheck.render import FIGURES, RENDERERS
from peelcheck.render.look import Look
from peelcheck.schema import find_collection, load_collection
from tests.support.rounds import SAMPLE
from tests.support.sample import sample_result

OF_KENT = ("Essex", "Hampshire", "Sussex", "Thames Valley", "Surrey", "Avon and Somerset", "Hertfordshire")
GROUPS = f"""
groups:
  Kent: [{", ".join(OF_KENT)}]
  Durham: [Northumbria, Cleveland, South Wales]
  Suffolk: [Warwickshire, Norfolk, North Wales]
  Lincolnshire: [West Mercia, Lancashire]
"""


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schemas")
    copy = shutil.copytree(find_collection("peel-2017"), folder / "peel-2017")
    with (copy / "collection.yaml").open("a", encoding="utf-8") as handle:
        handle.write(GROUPS)
    return folder


@pytest.fixture(scope="module")
def figures(schemas: Path) -> dict[tuple[str, str], Figure]:
    return {(f.force, f.measure): f for f in engine.figures([SAMPLE], schemas=schemas).figures}


@pytest.fixture(scope="module")
def result(schemas: Path) -> Result:
    return engine.validate([SAMPLE], schemas=schemas)


def test_the_groups_rate_is_a_sum_over_a_sum_without_the_force(
    figures: dict[tuple[str, str], Figure],
) -> None:
    own = figures["Kent", "da_arrest_rate"]
    others = [figures[force, "da_arrest_rate"] for force in OF_KENT]
    arrests, crimes = (sum(getattr(f, side) for f in others) for side in ("numerator", "denominator"))
    assert own.group_rate == pytest.approx(100 * arrests / crimes)
    assert (own.group_rank, own.group_of) == (1, 8)


def test_a_force_that_is_out_stands_beside_its_groups_rate(
    figures: dict[tuple[str, str], Figure],
) -> None:
    own = figures["Durham", "da_arrest_rate"]
    assert own.value is None
    assert own.group_rate is not None
    assert (own.group_rank, own.group_of) == (None, 3)


def test_similar_forces_that_are_out_do_not_count(figures: dict[tuple[str, str], Figure]) -> None:
    own = figures["Suffolk", "da_arrest_rate"]
    others = [figures[force, "da_arrest_rate"] for force in ("Norfolk", "North Wales")]
    assert own.group_of == 3
    assert own.group_rate == pytest.approx(
        100 * sum(f.numerator or 0 for f in others) / sum(f.denominator or 0 for f in others)
    )
    lone = figures["Lincolnshire", "da_arrest_rate"]
    assert (lone.group_rate, lone.group_rank, lone.group_of) == (None, None, None)


def test_a_force_without_a_group_has_none(figures: dict[tuple[str, str], Figure]) -> None:
    own = figures["City of London", "crime_rate"]
    assert (own.group_rate, own.group_rank, own.group_of) == (None, None, None)


def test_a_query_says_how_the_figure_stands_in_its_group(result: Result) -> None:
    (query,) = (q for q in result.queries if q.code == "DA201" and q.force == "Kent")
    assert query.group_rate is not None
    assert (query.group_rank, query.group_of) == (1, 8)
    assert (
        f"Among its seven most similar forces it is highest; their combined rate is {query.group_rate:.0f}."
        in (query.message)
    )
    sent = json.loads(RENDERERS["json"](result, Look()))["queries"]
    (own,) = (q for q in sent if q["id"] == query.id)
    assert (own["group_rate"], own["group_rank"], own["group_of"]) == (query.group_rate, 1, 8)


def test_the_norm_of_the_test_stays_all_forces(result: Result) -> None:
    plain = sample_result()
    assert [(q.id, q.fingerprint, q.score, q.expected, q.lower, q.upper) for q in plain.queries] == [
        (q.id, q.fingerprint, q.score, q.expected, q.lower, q.upper) for q in result.queries
    ]
    assert not [q for q in plain.queries if q.group_of is not None or "similar" in q.message]


@pytest.mark.slow
def test_one_column_more_where_there_is_a_group(schemas: Path) -> None:
    kent, london = (
        FIGURES["table"](engine.figures([SAMPLE], schemas=schemas, force=force), Look(110))
        for force in ("Kent", "City of London")
    )
    line = next(line for line in kent.splitlines() if line.startswith("Domestic abuse arrests"))
    assert line.endswith(", 1 of 8")
    assert "Similar" in kent
    assert "Similar" not in london


def test_figures_as_csv_have_the_group(schemas: Path) -> None:
    text = FIGURES["csv"](engine.figures([SAMPLE], schemas=schemas, force="Kent"), Look())
    rows = {
        (row["force"], row["measure"]): row
        for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    }
    own = rows["Kent", "da_arrest_rate"]
    assert (own["group_rank"], own["group_of"]) == ("1", "8")


@pytest.mark.parametrize(
    ("measure", "group", "words"),
    [
        (
            "da_arrest_rate",
            InGroup(45.2, Standing(0, 8, 9), 8),
            "Among its eight most similar forces it is highest; their combined rate is 45.",
        ),
        (
            "marac_repeat_share",
            InGroup(29.4, Standing(5, 0, 6), 7),
            "Among the five of its seven most similar forces with a figure it is lowest; their combined rate is 29%.",
        ),
        (
            "da_risk_assessments",
            InGroup(2.04, Standing(1, 0, 2), 1),
            "Among its one most similar force it is lowest; their combined rate is 2.0.",
        ),
    ],
)
def test_the_group_in_words(measure: str, group: InGroup, words: str, schemas: Path) -> None:
    collection = load_collection(schemas / "peel-2017")
    measures = {m.id: m for m in collection.measures}
    assert group_in_words(measures[measure], group, collection.nouns) == words
