"""Every likely cause, from a wrong cell in a file to the words of its query."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.model import Query
from peelcheck.schema import find_collection
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import Files, write_round
from tools.make_sample.published import FORCES
from tools.make_sample.spoiling import JUNE, JUNE_BEFORE, path_of, row_of, times

pytestmark = pytest.mark.slow

DA, MH = "domestic_abuse", "mental_health"
CODES = {"arrests": "DA201", "risk_assessments": "DA202", "detentions": "MH201"}

FACTORS = [
    # return, item, force, factor, cause
    (DA, "arrests", "Kent", 10, "ten times too large"),
    (MH, "detentions", "Nottinghamshire", 100, "a hundred times too large"),
    (DA, "risk_assessments", "Sussex", 1000, "a thousand times too large"),
    (MH, "detentions", "Essex", 0.1, "ten times too small"),
    (DA, "risk_assessments", "Cheshire", 0.01, "a hundred times too small"),
    (DA, "risk_assessments", "Thames Valley", 0.001, "a thousand times too small"),
    (DA, "arrests", "Dorset", 0.75, "only nine of twelve months"),
    (DA, "arrests", "South Wales", 0.5, "only six of twelve months"),
    (MH, "detentions", "Lancashire", 2, "counted twice"),
]


def june(files: Files, return_name: str, force: str) -> dict[str, str]:
    return row_of(files, path_of(force, return_name), JUNE, force)


def asked(files: Files, folder: Path, schemas: Path | None = None) -> dict[tuple[str | None, str], Query]:
    """What is asked of each force, by the code of the comparison."""
    write_round(files, folder)
    return {(q.force, q.code): q for q in engine.validate([folder], schemas=schemas).queries}


def assert_cause(query: Query, cause: str) -> None:
    assert query.cause == cause
    assert f" Likely cause: {cause}." in query.message


@pytest.fixture(scope="module")
def by_factor(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str | None, str], Query]:
    files = clean_round()
    for return_name, item, force, factor, _ in FACTORS:
        row = june(files, return_name, force)
        row[item] = times(item, factor)(row)
    return asked(files, tmp_path_factory.mktemp("factors"))


@pytest.mark.parametrize(("return_name", "item", "force", "factor", "cause"), FACTORS)
def test_wrong_by_a_factor(
    by_factor: dict[tuple[str | None, str], Query],
    return_name: str,
    item: str,
    force: str,
    factor: float,
    cause: str,
) -> None:
    assert_cause(by_factor[force, CODES[item]], cause)


def test_two_items_swapped(tmp_path: Path) -> None:
    files = clean_round()
    row = june(files, DA, "West Midlands")
    row["arrests"], row["risk_assessments"] = row["risk_assessments"], row["arrests"]
    queries = asked(files, tmp_path)
    assert_cause(queries["West Midlands", "DA201"], "swapped with “Risk assessments”")
    assert ("West Midlands", "DA202") not in queries  # the two are one fault, and one question
    (other,) = [also for also in queries["West Midlands", "DA201"].also if also.code == "DA202"]
    assert " Likely cause: swapped with “Domestic abuse arrests”." in other.message


def test_items_that_are_counted_in_the_same_things_are_told_apart(tmp_path: Path) -> None:
    files = clean_round()
    row = june(files, "incidents", "West Midlands")
    row["domestic_abuse"], row["total"] = row["total"], row["domestic_abuse"]
    told = [q for (force, _), q in asked(files, tmp_path).items() if force == "West Midlands"]
    causes = {q.cause for q in told} | {
        word for q in told for also in q.also for word in (also.message,) if "swapped" in word
    }
    assert any("swapped with “Domestic abuse incidents”" in str(cause) for cause in causes)
    assert not any("swapped with “incidents”" in str(cause) for cause in causes)


def test_errors_in_several_cells_are_as_many_questions(tmp_path: Path) -> None:
    files = clean_round()
    row = june(files, DA, "West Yorkshire")
    for item in [name for name in row if row[name].isdigit()]:
        row[item] = str(int(row[item]) // 10)
    row["outcomes_total"] = str(457 + 131 + 1156 + 601)
    queries = asked(files, tmp_path)
    for code in ("DA201", "DA202", "DA203", "DA204"):
        assert_cause(queries["West Yorkshire", code], "ten times too small")


def test_nothing_of_nothing(tmp_path: Path) -> None:
    files = clean_round()
    for force, return_name, items in (
        ("West Yorkshire", "marac", ("cases", "repeat_cases")),
        ("Surrey", "organised_crime_groups", ("active", "archived", "disruptions")),
    ):
        lines = files[path_of(force, return_name)].rows
        latest = max(line["period_end"] for line in lines)
        for line in lines:
            line.update(dict.fromkeys(items, "0") if line["period_end"] == latest else {})
    queries = asked(files, tmp_path)
    assert [key for key in queries if key[0] == "West Yorkshire"] == [("West Yorkshire", "MA106")]
    zeros = queries["West Yorkshire", "MA106"]
    assert (zeros.item, [also.code for also in zeros.also]) == (None, ["MA202"])
    assert any(force == "Surrey" and code.startswith("OC") for force, code in queries)


def test_a_rate_given(tmp_path: Path) -> None:
    files = clean_round()
    june(files, DA, "West Midlands")["arrests"] = "54"
    assert_cause(asked(files, tmp_path)["West Midlands", "DA201"], "a rate given instead of a count")


def test_last_years_figure_where_all_others_doubled(tmp_path: Path) -> None:
    files = clean_round()
    for force in FORCES:
        row = june(files, DA, force)
        row["risk_assessments"] = times("risk_assessments", 2)(row)
    before = row_of(files, path_of("Kent", DA), JUNE_BEFORE, "Kent")
    june(files, DA, "Kent")["risk_assessments"] = before["risk_assessments"]
    assert_cause(asked(files, tmp_path)["Kent", "DA202"], "copied from last year")


def test_eleven_months_at_a_sharper_cut(tmp_path: Path) -> None:
    """At the cuts of peel-2017 a month is within what forces differ by; a collection may set others."""
    schemas = tmp_path / "schemas"
    copy = shutil.copytree(find_collection("peel-2017"), schemas / "peel-2017")
    settings = (copy / "collection.yaml").read_text(encoding="utf-8")
    assert "change_query: 3\n" in settings
    sharper = settings.replace("change_query: 3\n", "change_query: 0.5\n")
    (copy / "collection.yaml").write_text(sharper, encoding="utf-8")
    files = clean_round()
    row = june(files, DA, "West Midlands")
    row["arrests"] = times("arrests", 11 / 12)(row)
    said = "Likely cause: only eleven of twelve months."
    assert said not in " ".join(told(asked(files, tmp_path / "round"), "West Midlands"))
    assert said in " ".join(told(asked(files, tmp_path / "round", schemas), "West Midlands"))


def told(queries: dict[tuple[str | None, str], Query], force: str) -> list[str]:
    """All that is said to a force about its arrests, some of it perhaps beneath another query."""
    own = [query for query in queries.values() if query.force == force]
    beneath = [(other.code, other.message) for query in own for other in query.also]
    return [text for code, text in [*((q.code, q.message) for q in own), *beneath] if code == "DA201"]
