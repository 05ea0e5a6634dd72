"""A failed sum names the cell that is probably wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelcheck import engine
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import write_round
from tools.make_sample.spoiling import JUNE, row_of

pytestmark = pytest.mark.slow


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
