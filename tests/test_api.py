"""From Python, without the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import peelcheck
from peelcheck.errors import PeelcheckError
from tests.support.rounds import write_return
from tests.support.running import peelcheck as command


def test_queries_as_objects_frame_and_json(tmp_path: Path) -> None:
    file = write_return(tmp_path, total="665")
    result = peelcheck.validate(file)
    assert [query.code for query in result.queries] == ["DA101"]
    frame = result.to_frame()
    assert frame[["code", "force", "row", "written"]].to_numpy().tolist() == [["DA101", "Kent", 2, "665"]]
    assert result.to_json() == command("validate", file, "--format", "json").stdout
    assert json.loads(result.to_json())["version"] == 1


def test_nothing_to_ask_is_an_empty_frame_with_its_columns(tmp_path: Path) -> None:
    frame = peelcheck.validate([str(write_return(tmp_path))]).to_frame()
    assert len(frame) == 0
    assert list(frame.columns[:3]) == ["id", "code", "severity"]


def test_figures(tmp_path: Path) -> None:
    figures = peelcheck.figure_set(write_return(tmp_path), force="Kent")
    assert {figure.force for figure in figures.figures} == {"Kent"}


def test_what_cannot_run_raises(tmp_path: Path) -> None:
    with pytest.raises(PeelcheckError, match="there is no such file"):
        peelcheck.validate(tmp_path / "gone", schemas=None)
    with pytest.raises(PeelcheckError, match="there is no such file"):
        peelcheck.validate("no\0name")
    nothings: list[str | list[str]] = ["", " ", []]
    for nothing in nothings:
        with pytest.raises(PeelcheckError, match=r"^give at least one file or folder$"):
            peelcheck.validate(nothing)


def test_the_public_names() -> None:
    assert dir(peelcheck) == ["Checked", "__version__", "figure_set", "validate"]
    with pytest.raises(AttributeError, match="has no attribute 'validat'"):
        _ = peelcheck.validat


def test_earlier_results_in_a_folder_are_not_taken_for_returns(tmp_path: Path) -> None:
    write_return(tmp_path)
    command(
        "validate", tmp_path, "--output", tmp_path / "queries.csv", "--findings", tmp_path / "findings.csv"
    )
    command("figures", tmp_path, "--output", tmp_path / "figures.csv")
    command("rules", "--output", tmp_path / "rules.csv")
    for made in (peelcheck.validate(tmp_path).result, peelcheck.figure_set(tmp_path)):
        assert [file.path for file in made.files] == ["kent/domestic_abuse.csv"]
