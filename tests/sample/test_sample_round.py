"""The sample round raises what its README says, and nothing else; the round without faults raises what is unusual."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.model import Result
from tests.support.rounds import SAMPLE
from tests.support.sample import sample_result
from tools.make_sample.__main__ import clean_round, spoiled_round
from tools.make_sample.files import write_round
from tools.make_sample.readme import write_readme

Raised = tuple[str, str, str, str, str]
_ROW = re.compile(r"\| (.*?) \| (\S+) \| (.*?) \| (.*?) \| ([A-Z]{2}[0-9]{3}) \| .* \|")


def listed(heading: str) -> Counter[Raised]:
    """A table of the README: force, return, item, period and code."""
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    section = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [_ROW.fullmatch(line) for line in section.splitlines()]
    found: list[Raised] = [tuple(cell.strip() for cell in row.groups()) for row in rows if row]  # type: ignore[misc]
    return Counter(found)


def raised(result: Result) -> Counter[Raised]:
    return Counter(
        (q.force or "", q.return_name or "", q.item or "", str(q.period_end or ""), q.code)
        for q in result.queries
    )


@pytest.fixture(scope="module")
def spoiled() -> Result:
    return sample_result()


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("clean")
    write_round(clean_round(), folder)
    return engine.validate([folder])


def test_every_planted_fault_is_found_and_nothing_else(spoiled: Result) -> None:
    expected = listed("Planted faults") + listed("Correct but unusual")
    assert raised(spoiled) == expected


@pytest.mark.slow
def test_the_round_without_faults_raises_only_what_is_unusual(clean: Result) -> None:
    assert raised(clean) == listed("Correct but unusual")


def test_there_are_faults_enough(spoiled: Result) -> None:
    faults = listed("Planted faults")
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    number, forces = map(int, re.findall(r"(\d+) faults in (\d+) forces", text)[0])
    assert number >= 25
    assert forces == len({force for force, *_ in faults if force}) >= 12


@pytest.mark.slow
def test_the_round_is_whole(clean: Result) -> None:
    assert (clean.returns_expected, len(clean.returns_received), clean.returns_missing) == (301, 301, ())
    assert len(clean.forces) == 43


def test_a_missing_return_is_missed(spoiled: Result) -> None:
    assert spoiled.returns_missing == (("Bedfordshire", "sex_offenders"),)


@pytest.mark.slow
def test_every_check_was_held_or_says_why_not(clean: Result) -> None:
    compared = {
        "IN110",
        "MA110",
        "OC110",
    }  # in a round, comparisons hold all items of these against their past
    for run in clean.checks:
        assert run.passed or run.failed or run.not_run or run.code in compared, run.code


@pytest.mark.slow
def test_the_generator_makes_the_files_that_are_kept(tmp_path: Path) -> None:
    write_round(spoiled_round(), tmp_path)
    write_readme(tmp_path / "README.md")
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    kept = {p.relative_to(SAMPLE): p.read_bytes() for p in SAMPLE.rglob("*") if p.is_file()}
    assert made.keys() == kept.keys()
    assert [path for path in made if made[path] != kept[path]] == []
