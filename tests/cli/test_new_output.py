"""A new output is a module and its entry in the list: it is offered, chosen by its ending, and known again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.rounds import write_return
from tests.support.running import peelcheck

pytestmark = pytest.mark.slow

WITH_SLIPS = """
import json, sys
sys.path.insert(0, sys.argv[1])
from peelcheck.render import RENDERERS
from slip import SLIP, WORKBOOK
RENDERERS |= {SLIP.name: SLIP, WORKBOOK.name: WORKBOOK}
from tests.support.running import peelcheck
runs = [peelcheck(*arguments) for arguments in json.loads(sys.argv[2])]
print(json.dumps([(run.exit_code, run.stdout_bytes.decode(), run.stderr) for run in runs]))
"""
CONTENT = {
    "codes.tsv": b"codes of queries\nDA101\nend\n",
    "codes.ods": b"PK\x03\x04\xffcodes of queries\nDA101\nend\n",
}
NOT_OURS = "already exists and is not peelcheck output; please choose another name, or remove it first"


def with_slips(*commands: list[str | Path]) -> list[list[object]]:
    """Run the program with two more outputs in a process of its own: what a command offers is settled as it starts."""
    given = json.dumps([[str(argument) for argument in command] for command in commands])
    program = [sys.executable, "-c", WITH_SLIPS, str(Path(__file__).parent), given]
    runs: list[list[object]] = json.loads(subprocess.run(program, capture_output=True, check=True).stdout)
    return runs


def test_a_new_output_is_offered_where_it_belongs(tmp_path: Path) -> None:
    file = write_return(tmp_path, total="665")
    shown, written, refused = with_slips(
        ["validate", "--help"],
        ["validate", file, "--format", "slip"],
        ["figures", file, "--format", "slip"],
    )
    assert "|slip|book]" in "".join(str(shown[1]).split())
    assert written == [1, CONTENT["codes.tsv"].decode(), ""]
    assert (refused[0], "'slip' is not one of 'table', 'json', 'csv'" in str(refused[2])) == (2, True)


@pytest.mark.parametrize("name", CONTENT)
def test_a_new_output_is_known_again(name: str, tmp_path: Path) -> None:
    file, out = write_return(tmp_path, total="665"), tmp_path / name
    *written, read = with_slips(
        ["validate", tmp_path, "--output", out, "--quiet"],
        ["validate", tmp_path, "--output", out, "--quiet"],  # over that of the first
        ["validate", tmp_path, "--format", "json"],
    )
    assert [(code, said) for code, _, said in written] == [(1, "")] * 2
    assert out.read_bytes() == CONTENT[name]
    assert [one["path"] for one in json.loads(str(read[1]))["files"]] == [f"kent/{file.name}"]
    without = peelcheck("validate", tmp_path, "--format", "json")
    assert name in [one["path"] for one in json.loads(without.stdout)["files"]], "without it, it is any file"


@pytest.mark.parametrize("name", CONTENT)
def test_a_new_output_that_somebody_has_worked_on_is_kept(name: str, tmp_path: Path) -> None:
    file, out = write_return(tmp_path, total="665"), tmp_path / name
    edited = CONTENT[name] + b"agreed with Kent"
    out.write_bytes(edited)
    loose, folder, read = with_slips(
        ["validate", file, "--output", out],
        ["validate", tmp_path, "--output", out],
        ["validate", tmp_path, "--format", "json"],
    )
    assert loose == folder == [2, "", f"Error: {out}: {NOT_OURS}\n"]
    assert out.read_bytes() == edited
    assert [one["path"] for one in json.loads(str(read[1]))["files"]] == [f"kent/{file.name}"]


def test_no_text_is_written_into_a_workbook_where_there_are_workbooks(tmp_path: Path) -> None:
    file, out = write_return(tmp_path), tmp_path / "codes.ods"
    text, none, other = with_slips(
        ["validate", file, "--format", "csv", "--output", out],
        ["rules", "--output", out],
        ["validate", file, "--findings", out],
    )
    said = f"Error: {out}: .ods is the ending of book, not of csv; please choose another ending, or --format book\n"
    assert text == [2, "", said]
    endings = {"rules": ".txt, .json or .csv", "findings": ".csv"}
    for ran, known in ((none, endings["rules"]), (other, endings["findings"])):
        assert ran == [
            2,
            "",
            f"Error: {out}: .ods files cannot be written; please choose a name ending in {known}\n",
        ]
    assert not out.exists()
