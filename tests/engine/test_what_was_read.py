"""A run says of every file that it read which one it was, by the SHA-256 of its bytes."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tests.support.rounds import SAMPLE
from tests.support.running import peelcheck

READ = ("returns", "reference", "inspection")
OWN = ("round.yaml", "declarations.csv", "history")


def digests(root: Path, names: tuple[str, ...]) -> dict[str, str]:
    files = (path for name in names for path in (root / name, *(root / name).rglob("*")) if path.is_file())
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


@pytest.mark.slow
@pytest.mark.parametrize("command", ["validate", "figures"])
def test_every_file_of_a_round_is_named_with_its_checksum(command: str, tmp_path: Path) -> None:
    root = tmp_path / "round"
    shutil.copytree(SAMPLE, root)
    with (root / "declarations.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    told = json.loads(peelcheck(command, root, "--format", "json").stdout)
    assert {file["path"]: file["sha256"] for file in told["files"]} == digests(root, READ)
    assert {file["path"]: file["sha256"] for file in told["round"]["files"]} == digests(root, OWN)
    assert (
        told["round"]["title"] == json.loads(peelcheck("figures", root, "--format", "json").stdout)["title"]
    )
    assert told["collection"] == "peel-2017"
    assert told["schemas"].startswith("sha256:")
    own = {file["path"]: file for file in told["round"]["files"]}
    with (root / "declarations.csv").open(encoding="utf-8-sig", newline="") as file:
        declared = len(list(csv.DictReader(file)))
    assert (own["declarations.csv"]["rows"], own["round.yaml"]["rows"]) == (declared, 0)
    history = own["history/marac.csv"]
    rows = len((root / "history" / "marac.csv").read_bytes().splitlines()) - 1
    assert (history["return"], history["rows"], history["force"]) == ("marac", rows, None)


@pytest.mark.parametrize("command", ["validate", "figures"])
def test_files_on_their_own_have_no_round_around_them(command: str, tmp_path: Path) -> None:
    file = tmp_path / "marac.csv"
    shutil.copy(SAMPLE / "returns" / "kent" / "marac.csv", file)
    told = json.loads(peelcheck(command, file, "--format", "json").stdout)
    assert {name: told["round"][name] for name in ("title", "files")} == {
        "title": "Files checked on their own",
        "files": [],
    }
    (read,) = told["files"]
    assert (read["path"], read["force"], read["return"]) == (file.as_posix(), "Kent", "marac")
    assert read["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
