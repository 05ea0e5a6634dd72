"""One cell spoiled in the round without faults: one query, about that cell, in the right words, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.model import Query, Severity
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import Files, write_round
from tools.make_sample.spoiling import path_of, row_of

pytestmark = pytest.mark.slow

JUNE, MID_2016 = "2017-06-30", "2016-06-30"
CLEAN = clean_round()


def spoiled(path: str, force: str, period_end: str, cells: Mapping[str, Callable[[str], str]]) -> Files:
    """The round with some cells of one row changed."""
    files = clean_round()
    row = row_of(files, path, period_end, force)
    row.update({item: change(row[item]) for item, change in cells.items()})
    return files


def times(factor: float) -> Callable[[str], str]:
    return lambda cell: str(round(int(cell) * factor))


def asked(files: Files, folder: Path, force: str) -> list[Query]:
    write_round(files, folder)
    queries = engine.validate([folder]).queries
    return [q for q in queries if q.force == force and q.severity is not Severity.NOTE]


CASES = [
    # path, force, period, item, factor → code, severity, cause, what it explains
    ("reference/population.csv", "Sussex", MID_2016, "population", 10, "PO106", "query", None),
    ("reference/population.csv", "Metropolitan Police", MID_2016, "population", 0.75, "PO106", "query", None),
    ("reference/population.csv", "Gwent", MID_2016, "population", 1.05, "PO106", "query", None),
    (
        "reference/recorded_crime.csv", "Essex", JUNE, "recorded_crime", 0.1,
        "RC201", "error", "ten times too small",
    ),
    (
        "reference/domestic_abuse_crimes.csv", "Leicestershire", JUNE, "domestic_abuse_crimes", 0.5,
        "DC201", "query", "only six of twelve months",
    ),
    (
        path_of("Humberside", "domestic_abuse"), "Humberside", JUNE, "charged_summonsed", 10,
        "DA203", "error", "ten times too large",
    ),
    (path_of("Lancashire", "marac"), "Lancashire", "2017-03-31", "cases", 0.1, "MA202", "error", "ten times too small"),
    (
        path_of("Kent", "mental_health"), "Kent", JUNE, "detentions", 0,
        "MH201", "error", "a zero where there is no figure",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("path", "force", "end", "item", "factor", "code", "severity", "cause"), CASES)
def test_the_query_is_about_the_cell_that_is_wrong(
    path: str,
    force: str,
    end: str,
    item: str,
    factor: float,
    code: str,
    severity: str,
    cause: str | None,
    tmp_path: Path,
) -> None:
    files = spoiled(path, force, end, {item: times(factor)})
    (query,) = asked(files, tmp_path, force)
    assert (query.code, query.item, query.severity.value, query.cause) == (code, item, severity, cause)
    place = query.locations[0]
    assert (place.file, place.column, place.value) == (path, item, row_of(files, path, end, force)[item])


def test_a_count_that_fits_its_past_is_not_to_blame_for_its_denominator(tmp_path: Path) -> None:
    files = spoiled("reference/population.csv", "Sussex", MID_2016, {"population": times(10)})
    (query,) = asked(files, tmp_path, "Sussex")
    detentions = next(also for also in query.also if also.code == "MH201")
    assert (
        "The number of detentions is in line with the force's own earlier figures, so the figure it is divided by "
        "(population) may be wrong." in detentions.message
    )
    assert not [also for also in query.also if "Likely cause" in also.message]


def test_two_items_that_were_swapped_are_one_question(tmp_path: Path) -> None:
    path = path_of("Surrey", "domestic_abuse")
    row = row_of(CLEAN, path, JUNE, "Surrey")
    charged, unsupported = row["charged_summonsed"], row["victim_does_not_support"]
    swapped = {"charged_summonsed": lambda _: unsupported, "victim_does_not_support": lambda _: charged}
    found = asked(spoiled(path, "Surrey", JUNE, swapped), tmp_path, "Surrey")
    (query,) = [query for query in found if query.code != "DA110"]  # which the clean round raises too
    assert query.cause in (
        "swapped with “Evidential difficulties, victim does not support action”",
        "swapped with “Charged or summonsed”",
    )


def test_months_are_not_missing_from_a_stock(tmp_path: Path) -> None:
    path = path_of("South Wales", "sex_offenders")
    end = next(row["period_end"] for row in CLEAN[path].rows)
    (query,) = asked(
        spoiled(path, "South Wales", end, {"registered_sex_offenders": times(0.5)}), tmp_path, "South Wales"
    )
    assert (query.code, query.cause) == ("SO201", None)


def test_a_part_greater_than_its_whole_is_no_figure_of_england_and_wales(tmp_path: Path) -> None:
    path = path_of("Cheshire", "marac")
    before = engine.figures([_written(CLEAN, tmp_path / "clean")])
    files = spoiled(path, "Cheshire", "2017-03-31", {"repeat_cases": times(10)})
    found = engine.figures([_written(files, tmp_path / "spoiled")])
    own = next(f for f in found.figures if (f.measure, f.force) == ("marac_repeat_share", "Cheshire"))
    assert (own.value, own.rank, own.sentence) == (None, None, "")
    assert own.footnote.startswith("the part is greater than its whole: ")
    was, now = (next(f for f in each.area if f.measure == "marac_repeat_share") for each in (before, found))
    assert now.of == was.of - 1
    assert now.value == pytest.approx(was.value, rel=0.02)


def _written(files: Files, folder: Path) -> Path:
    write_round(files, folder)
    return folder


def test_a_figure_that_is_compared_is_named_by_the_heading_of_its_file(tmp_path: Path) -> None:
    path = path_of("Humberside", "domestic_abuse")
    write_round(spoiled(path, "Humberside", JUNE, {"charged_summonsed": times(10)}), tmp_path)
    sent = tmp_path / path
    text = sent.read_text(encoding="utf-8")
    sent.write_text(text.replace("charged_summonsed", '"Charged, summonsed"', 1), encoding="utf-8")
    (query,) = [
        q for q in engine.validate([tmp_path]).queries if q.code == "DA203" and q.force == "Humberside"
    ]
    assert (query.item, query.locations[0].column) == ("charged_summonsed", "Charged, summonsed")


def test_an_item_that_was_swapped_with_one_that_is_not_compared(tmp_path: Path) -> None:
    """Of the number taken into custody there is no comparison, but it has a past."""
    path = "returns/kent/mental_health.csv"
    files = clean_round()
    row = row_of(files, path, JUNE, "Kent")
    row["detentions"], row["in_custody"] = row["in_custody"], row["detentions"]
    (query,) = asked(files, tmp_path, "Kent")
    assert (query.code, query.cause) == ("MH201", "swapped with “Taken into police custody”")
    assert "MH101" in [also.code for also in query.also]
