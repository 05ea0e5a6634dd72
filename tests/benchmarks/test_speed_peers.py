"""The peer that is written by hand finds what peelcheck finds, or the two could not be timed against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.speed.by_hand_all import Checks
from benchmarks.speed.records import Spoiled, write_records
from peelcheck import engine
from peelcheck.model import Findings, Severity

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("spoiled", "bad"), [("clean", 0), ("all", 2_000)])
def test_the_same_cells_are_wrong(spoiled: Spoiled, bad: int, tmp_path: Path) -> None:
    path = tmp_path / "crime_records.csv"
    write_records(path, 2_000, spoiled)
    seen: list[Findings] = []
    engine.validate([path], on_findings=seen.append)
    wrong = sum(len(found) for found in seen if found.spec.severity is Severity.ERROR)
    assert wrong == Checks(str(path)).run() == bad
