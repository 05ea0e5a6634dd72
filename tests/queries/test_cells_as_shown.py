"""What the outputs show of cells that are very long or have null characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelcheck import engine
from tests.support.running import peelcheck as run

HEADINGS = "force,force_code,period_start,period_end,cases,repeat_cases,note"
ROWS = "Kent,E23000032,2016-04-01,2017-03-31,3010,829,\nKent,E23000032,2015-04-01,2016-03-31,2787,827,\n"
LONG = "7" * 1_000_000


def written(folder: Path, text: str) -> Path:
    path = folder / "marac.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("cell", ["3010", "829", "Kent", "2017-03-31", "E23000032"])
def test_a_cell_of_a_million_digits_is_shortened_and_said_to_be(cell: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADINGS}\n{ROWS.replace(cell, LONG, 1)}")
    queries = engine.validate([path]).queries
    values = [place.value for query in queries for place in query.locations if place.value]
    assert f"{'7' * 1000}… (shortened: the cell has 1,000,000 characters)" in values
    assert max(map(len, [*values, *(query.message for query in queries)])) < 1_100


@pytest.mark.slow
@pytest.mark.parametrize("text", [f"{LONG}\n{HEADINGS}\n{ROWS}", f"{HEADINGS.replace('note', LONG)}\n{ROWS}"])
def test_a_title_or_heading_of_a_million_digits_is_not_echoed(text: str, tmp_path: Path) -> None:
    findings = tmp_path / "findings.csv"
    ran = run("validate", written(tmp_path, text), "--format", "json", "--findings", findings)
    assert "7" * 1_001 not in ran.stdout + ran.stderr + findings.read_text(encoding="utf-8")


def test_two_long_cells_that_differ_at_their_ends_have_their_own_fingerprints(tmp_path: Path) -> None:
    prints = set()
    for end in "12":
        path = written(tmp_path, f"{HEADINGS}\n{ROWS.replace('3010', LONG + end)}")
        prints.add(next(q.fingerprint for q in engine.validate([path]).queries if q.code == "CE009"))
    assert len(prints) == 2


def test_null_characters_are_shown(tmp_path: Path) -> None:
    rows = ROWS.replace("829", "8\0O").replace(",\n", ",\0\0\n", 1)
    path = written(tmp_path, f"{HEADINGS}\n{rows}")
    found = {query.code: query for query in engine.validate([path]).queries}
    assert list(found) == ["CE001", "FI008"]
    assert (
        found["CE001"].message
        == "“Repeat cases” is “8␀O”, which is not a whole number. If 80 is meant, please write 80."
    )
    assert [place.value for place in found["CE001"].locations] == ["8␀O"]
    assert found["FI008"].message == (
        "Row 2: null characters, which are not text; they were ignored, and are shown as “␀”."
    )
