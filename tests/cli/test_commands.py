"""Each command on one small return."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from peelcheck import __version__
from peelcheck.cli import progress as bar
from peelcheck.errors import UsageError
from peelcheck.rounds.forces import named_force
from peelcheck.schema import find_collection, load_collection
from tests.support.rounds import write_return
from tests.support.running import peelcheck


def test_version() -> None:
    assert peelcheck("--version").stdout == f"peelcheck {__version__}\n"


def test_the_commands_in_the_order_of_work() -> None:
    listed = peelcheck("--help").stdout.split("Commands:\n")[1]
    names = [line.split()[0] for line in listed.split("\n\n")[0].splitlines()]
    assert names == [
        "validate", "figures", "report", "rules", "explain", "schema", "context", "template", "dictionary",
    ]  # fmt: skip


def test_validate_names_the_cell_as_it_was_written(tmp_path: Path) -> None:
    ran = peelcheck("validate", write_return(tmp_path, arrests="=1+1"), "--format", "json")
    query = json.loads(ran.stdout)["queries"][0]
    assert (query["code"], query["force"], query["return"]) == ("CE001", "Kent", "domestic_abuse")
    place = query["locations"][0]
    assert (place["row"], place["column"], place["value"]) == (2, "arrests", "=1+1")


def test_notes_in_short_and_in_full(tmp_path: Path) -> None:
    file = write_return(tmp_path, arrests='"1,201"')
    assert "To see every note, add --notes." in peelcheck("validate", file).stdout
    every = peelcheck("validate", file, "--notes").stdout
    assert "row 2, column D (arrests): “1,201”" in every
    assert "--notes" not in every


def test_figures_of_one_force(tmp_path: Path) -> None:
    shown = peelcheck("figures", write_return(tmp_path), "--force", "kent").stdout
    assert shown.startswith("Kent in numbers")


@pytest.mark.parametrize("option", ["--force", "--measure"])
def test_figures_of_one_force_and_measure_at_a_time(option: str, tmp_path: Path) -> None:
    ran = peelcheck("figures", write_return(tmp_path), option, "Kent", option, "Essex")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr == (
        f"Error: {option} can be given only once, but it was given as Kent and Essex; leave it out to see everything\n"
    )


def test_figures_of_one_measure(tmp_path: Path) -> None:
    ran = peelcheck("figures", write_return(tmp_path), "--measure", "da_arrest_rate", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.stdout.removeprefix("\ufeff"))))
    assert {row["measure"] for row in rows} == {"da_arrest_rate"}
    assert [row["force"] for row in rows].count("Kent") == 1
    assert rows[-1]["force"] == "England and Wales"


def test_rules_and_their_pages_agree() -> None:
    rules = json.loads(peelcheck("rules", "--format", "json").stdout)["rules"]
    assert [rule["code"] for rule in rules] == sorted({rule["code"] for rule in rules})
    for code in ("DA101", "da101"):
        assert peelcheck("explain", code).stdout.startswith("DA101  Outcomes add up to the total\n")


def other_collections(folder: Path, *names: str) -> Path:
    """A folder of collections, none of which is the default one."""
    for name in names:
        shutil.copytree(find_collection("peel-2017"), folder / "schemas" / name)
    return folder / "schemas"


def test_the_only_collection_of_a_folder_need_not_be_named(tmp_path: Path) -> None:
    schemas = other_collections(tmp_path, "mine")
    for command in (["explain", "DA101"], ["rules"], ["validate", write_return(tmp_path)]):
        ran = peelcheck(*command, "--schemas", schemas)
        assert (ran.exit_code, ran.stderr) == (0, "")


def test_of_several_collections_one_is_to_be_named(tmp_path: Path) -> None:
    schemas = other_collections(tmp_path, "mine", "yours")
    for command in (["explain", "DA101"], ["rules"], ["validate", write_return(tmp_path)]):
        ran = peelcheck(*command, "--schemas", schemas)
        assert (ran.exit_code, ran.stderr) == (
            2,
            f"Error: {schemas}: contains the collections mine and yours; please choose one with --collection\n",
        )
        assert peelcheck(*command, "--schemas", schemas, "--collection", "mine").exit_code == 0


def test_schema_check_says_what_a_collection_holds() -> None:
    ran = peelcheck("schema", "check")
    assert ran.exit_code == 0
    assert ran.stdout.startswith("peel-2017 (PEEL effectiveness 2017) contains ")


def test_schema_check_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    (tmp_path / "collection.yaml").write_text("titel: Mine\n", encoding="utf-8")
    ran = peelcheck("schema", "check", tmp_path)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("Error: ")
    assert "titel" in ran.stderr


@pytest.mark.parametrize(
    "name", ["Avon & Somerset", "avon and somerset", "AVON-AND-SOMERSET", "avon_and_somerset", "E23000036"]
)
def test_a_force_by_any_of_its_names(name: str) -> None:
    assert named_force(name, load_collection(find_collection("peel-2017"))) == "Avon and Somerset"


def test_a_force_by_another_name() -> None:
    with pytest.raises(UsageError, match=r"^'Kint' is not one of the forces; did you mean Kent\?$"):
        named_force("Kint", load_collection(find_collection("peel-2017")))


def test_the_bar_comes_late_and_goes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with bar.progress() as report:
        report("reading", 0, 3)
        assert capsys.readouterr().err == ""
        monkeypatch.setattr(bar, "PATIENCE", 0.0)
        report("reading", 1, 3)
        report("checking", 3, 3)
    assert "checking" in capsys.readouterr().err
