"""The tables that no schema describes are read as a person reads them, and the score would see it if they were not."""

from __future__ import annotations

import pytest

from benchmarks.pollock import with_peelcheck
from benchmarks.unknown_tables import KINDS, Table, run, score, tables

pytestmark = pytest.mark.slow


def test_every_kind_is_read_as_a_person_reads_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = list(tables(each=4, seed=23))
    scores = run(with_peelcheck, files, tmp_path_factory.mktemp("tables"))
    assert len(scores) == len(KINDS)
    assert {kind: found for kind, found in scores.items() if min(map(min, found)) < 1} == {}


def test_the_score_counts_what_differs() -> None:
    table = Table("x", "", ["a", "b"], [["1", "2"], ["3", "4"]])
    assert score(table, (["a", "b"], [["1", "2"], ["3", "4"]])) == (1, 1, 1)
    assert score(table, (["a", "b", "column C"], [["1", "2"], ["3", "4"]])) == (1, 1, 1), (
        "a name that was made up"
    )
    assert score(table, (["a", "x"], [["1", "2"], ["3", "5"]])) == (0.5, 0.5, 0.75)
    assert score(table, None) == (0, 0, 0)
    assert score(Table("x", "", [], [["1"]]), (["1"], []))[0] == 0, "a record taken for headings"


def test_the_same_seed_makes_the_same_files() -> None:
    assert list(tables(2, 5)) == list(tables(2, 5))
