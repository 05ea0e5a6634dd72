"""A file or a folder of a round is checked with its round, and only what is about it is shown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import peelcheck as from_python
from tests.support.rounds import SAMPLE
from tests.support.running import peelcheck


def shown(*arguments: str | Path) -> dict[str, Any]:
    ran = peelcheck("validate", *arguments, "--format", "json")
    assert ran.exit_code in (0, 1), ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def about(found: dict[str, Any], folder: str) -> list[dict[str, Any]]:
    return [q for q in found["queries"] if any(p["file"].startswith(folder) for p in q["locations"])]


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    return shown(SAMPLE)


@pytest.mark.parametrize(
    "part",
    ["returns/derbyshire", "returns/kent", "returns/kent/domestic_abuse.csv", "returns/essex", "reference"],
)
def test_the_queries_are_those_of_the_round_about_the_given_files(whole: dict[str, Any], part: str) -> None:
    found = shown(SAMPLE / part)
    assert found["queries"] == about(whole, part)
    assert [file for file in whole["files"] if file["path"].startswith(part)] == found["files"]
    assert found["summary"]["files_left_out"] == len(whole["files"]) - len(found["files"])
    assert found["summary"]["returns"]["missing"] == 0


def test_alone_asks_what_only_the_round_can_answer() -> None:
    folder = SAMPLE / "returns" / "derbyshire"
    assert [q["code"] for q in shown(folder, "--alone")["queries"]] == ["RO115"]
    assert "RO115" not in [q["code"] for q in shown(folder)["queries"]]
    assert [q.code for q in from_python.validate(folder, alone=True).queries] == ["RO115"]
    assert "RO115" not in [q.code for q in from_python.validate(folder).queries]


def test_a_place_beyond_the_first_twenty_counts(tmp_path: Path) -> None:
    root = tmp_path / "round"
    shutil.copytree(SAMPLE, root)
    kent = root / "returns" / "kent" / "domestic_abuse.csv"
    heading, row, *_ = kent.read_text(encoding="utf-8-sig").splitlines()
    cells = ["Kennt", "", *row.split(",")[2:]]
    cells[heading.split(",").index("arrests")] = "many"
    other = list(cells)
    other[heading.split(",").index("risk_assessments")] = "42273"  # a row that is not in the first file
    kent.unlink()
    for name, rows in (("a.csv", [cells] * 30), ("z.csv", [other])):
        text = "\n".join([heading, *map(",".join, rows)])
        (kent.parent / name).write_text(f"{text}\n", encoding="utf-8")
    wrong = [q for q in shown(kent.parent / "z.csv")["queries"] if q["item"] == "arrests"]
    assert [(q["locations_total"], {p["file"] for p in q["locations"]}) for q in wrong] == [
        (31, {"returns/kent/a.csv"})
    ]


def test_no_result_is_written_into_the_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "round"
    shutil.copytree(SAMPLE, root)
    monkeypatch.chdir(root / "returns")
    for output in ("essex/queries.csv", "../reference/queries.csv", "../round.yaml"):
        ran = peelcheck("validate", "kent", "--format", "csv", "--output", output)
        assert ran.exit_code == 2
        assert not Path(output).exists() or output == "../round.yaml"
    assert peelcheck("validate", "kent", "--output", "../queries.csv").exit_code in (0, 1)


def test_every_finding_that_is_written_is_in_the_given_files(tmp_path: Path) -> None:
    file = tmp_path / "every.csv"
    peelcheck("validate", SAMPLE / "returns" / "kent", "--findings", file)
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    whole = tmp_path / "whole.csv"
    peelcheck("validate", SAMPLE, "--findings", whole)
    assert set(lines) < set(whole.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", ["round.yaml", "declarations.csv"])
def test_the_own_files_of_a_round_mean_all_its_files(name: str, whole: dict[str, Any]) -> None:
    found = shown(SAMPLE / name)
    assert found["files"] == whole["files"]
    assert found["queries"] == [query for query in whole["queries"] if query["locations"]]
    assert found["round"]["title"].endswith("; queries about all files, compared with the whole round")


def test_paths_of_two_rounds_are_refused(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(SAMPLE, tmp_path / name)
    ran = peelcheck("validate", tmp_path / "one/returns/kent", tmp_path / "two/returns/kent")
    assert ran.exit_code == 2
    assert "--alone" in ran.stderr
    letters = tmp_path / "one" / "letters"
    letters.mkdir()
    shutil.copy(SAMPLE / "returns/kent/marac.csv", letters)
    assert shown(letters)["round"]["title"] == "Files checked on their own"
