"""The fuzzer's large files are large, and no larger than the promise that they try."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks import fuzz_reader
from benchmarks.fuzz_reader import LARGE, LARGEST, corpus, mutated, repeated

pytestmark = pytest.mark.slow


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 (chance, not secrets)


def test_a_large_file_is_nearly_a_megabyte_and_a_mutated_one_is_not() -> None:
    files = corpus(None)
    large = [repeated(files, chance(seed)) for seed in range(40)]
    assert all(LARGE - LARGEST < len(data) <= LARGE < 1_000_000 for data in large)
    assert all(len(mutated(files, chance(seed))) <= LARGEST for seed in range(40))


def test_the_same_seed_makes_the_same_files() -> None:
    files = corpus(None)
    assert repeated(files, chance(31)) == repeated(files, chance(31))
    assert len({repeated(files, chance(seed)) for seed in range(40)}) == 40


def test_numbers_count_in_about_half_of_the_large_files() -> None:
    files = corpus(None)
    lines = [repeated(files, chance(seed)).splitlines() for seed in range(40)]
    various = sum(len(set(one)) > len(one) // 4 > 10 for one in lines)
    assert 5 <= various <= 35


def test_a_file_that_was_slow_is_kept_and_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzz_reader, "SLOW", 0.0)
    counts = fuzz_reader.fuzz(3, 1, None, tmp_path)
    assert (counts["executions"], counts["slow"], counts["slow again"]) == (3, 3, 3)
    assert len([*tmp_path.glob("slow-*.csv")]) == 3
    assert capsys.readouterr().out.count("read again") == 3
