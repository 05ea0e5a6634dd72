"""The round of many bodies is one that the program checks, with nothing wrong but what was put in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.many_bodies import RETURNS, returns_in, write_bodies, write_collection
from peelcheck import engine

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("apart", [False, True])
def test_all_bodies_are_read_and_compared(tmp_path: Path, apart: bool) -> None:
    collection = write_collection(tmp_path / "schemas", 30)
    result = engine.validate([write_bodies(tmp_path, 30, apart)], schemas=collection.parent)
    assert len(result.returns_received) == 30 * len(RETURNS)
    assert result.collection.nouns.many == "councils"
    held = Counter({check.code: check.passed for check in result.checks})
    assert held["IN201"] > 20
    assert not [query for query in result.queries if query.code.startswith(("FI", "CE", "TY"))]


def test_the_returns_that_an_entry_names_are_found_wherever_it_names_them() -> None:
    entry = {
        "return": "a",
        "numerator": {"return": "b", "items": ["x"]},
        "chain": ["y", "c.z"],
        "title": "No. 1. End",
    }
    assert returns_in(entry) == {"a", "b", "c"}
