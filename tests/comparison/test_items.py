"""Counts that no measure compares, and files checked without other forces, against last year's figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelcheck import engine
from tests.support.rounds import SAMPLE
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import write_round
from tools.make_sample.spoiling import JUNE, row_of

pytestmark = pytest.mark.slow

KENT = SAMPLE / "returns" / "kent" / "domestic_abuse.csv"


def asked(file: Path) -> list[tuple[str | None, str | None, int]]:
    """The item, the period and the row of each query about a figure far from last year's."""
    return [
        (q.item, str(q.period_end), q.locations[0].row or 0)
        for q in engine.validate([file], alone=True).queries
        if q.code == "RO130"
    ]


def test_a_digit_too_many_is_seen_in_a_file_alone(tmp_path: Path) -> None:
    copy = tmp_path / KENT.name
    copy.write_bytes(KENT.read_bytes())
    assert asked(KENT) == asked(copy) == [("arrests", "2017-06-30", 2)]


def test_without_the_digit_nothing_is_asked(tmp_path: Path) -> None:
    copy = tmp_path / KENT.name
    copy.write_text(KENT.read_text(encoding="utf-8").replace("103110", "10311"), encoding="utf-8")
    assert asked(copy) == []


def test_several_in_one_row_are_one_query(tmp_path: Path) -> None:
    copy = tmp_path / KENT.name
    text = KENT.read_text(encoding="utf-8")
    names, this_year, *rest = text.splitlines()
    cells = dict(zip(names.split(","), this_year.split(","), strict=True))
    cells["risk_assessments"] += "0"
    copy.write_text("\n".join([names, ",".join(cells.values()), *rest, ""]), encoding="utf-8")
    assert asked(copy) == [(None, "2017-06-30", 2)]
    (query,) = (q for q in engine.validate([copy]).queries if q.code == "RO130")
    assert query.message.startswith("These figures are far from those of the year before: “")
    assert "“Domestic abuse arrests”" in query.message


def test_a_failed_sum_names_the_part_that_is_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "round"
    files = clean_round()
    row = row_of(files, "reference/crime_outcomes.csv", JUNE, "Gwent")
    right = row["charged_summonsed"]
    row["charged_summonsed"] = f"{right}0"
    write_round(files, folder)
    queries = [q for q in engine.validate([folder]).queries if q.force == "Gwent"]
    (query,) = (q for q in queries if "CO101" in (q.code, *(a.code for a in q.also)))
    messages = [query.message, *(a.message for a in query.also)]
    wanted = f"“Charged or summonsed” (it would have to be {int(right):,})."
    assert [m for m in messages if f"the wrong one is probably {wanted}" in m]
