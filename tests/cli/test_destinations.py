"""Several outputs of one run: what goes where, and in which format."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.support.rounds import write_return
from tests.support.running import peelcheck


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_return(tmp_path, total="665")


def test_every_output_is_written_and_the_page_is_shown(file: Path, tmp_path: Path) -> None:
    names = ("q.json", "q.csv", "q.xlsx", "q.md", "q.xml", "q.sarif", "q.txt", "q")
    given = [part for name in names for part in ("--output", tmp_path / "out" / name)]
    (tmp_path / "out").mkdir()
    ran = peelcheck("validate", file, *given)
    page = peelcheck("validate", file)
    assert (ran.exit_code, ran.stdout, ran.stderr) == (1, page.stdout, "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(names)
    for name, form in (
        ("q.json", "json"),
        ("q.md", "markdown"),
        ("q.xml", "junit"),
        ("q.sarif", "sarif"),
        ("q", "table"),
    ):
        assert (tmp_path / "out" / name).read_bytes() == peelcheck(
            "validate", file, "--format", form
        ).stdout_bytes
    assert peelcheck("validate", file, *given).exit_code == 1, "over those of the first run"


def test_a_format_can_be_named_with_its_file(file: Path, tmp_path: Path) -> None:
    ran = peelcheck(
        "validate", file, "--output", f"json:{tmp_path / 'result'}", "--output", f"csv:{tmp_path / 'a.log'}"
    )
    assert ran.exit_code == 1
    assert json.loads((tmp_path / "result").read_bytes())["version"] == 1
    assert (tmp_path / "a.log").read_bytes().startswith(b'\xef\xbb\xbf"id"')


def test_another_format_can_go_to_stdout_beside_a_file(file: Path, tmp_path: Path) -> None:
    ran = peelcheck("validate", file, "--output", "github:-", "--output", tmp_path / "q.sarif")
    assert (ran.exit_code, ran.stdout) == (1, peelcheck("validate", file, "--format", "github").stdout)
    assert ran.stdout.startswith("::error file=")
    assert (tmp_path / "q.sarif").is_file()


def test_quiet_shows_the_summary_alone(file: Path, tmp_path: Path) -> None:
    ran = peelcheck("validate", file, "--quiet", "--output", tmp_path / "q.txt")
    assert ran.stdout.startswith("Summary")
    assert "DA101" not in ran.stdout
    assert "DA101" in (tmp_path / "q.txt").read_text(encoding="utf-8")
    for command in (["figures", file], ["rules"]):
        assert peelcheck(*command, "--quiet", "--output", tmp_path / f"{command[0]}.csv").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--format", "json", "--output", "a.json", "--output", "b.csv"],
            "--format cannot be used with several --output options; please name each format with its file, such as "
            "--output json:FILE",
        ),
        (["--output", "-", "--output", "json:-"], "only one --output can go to standard output (-)"),
        (
            ["--format", "csv", "--output", "json:a"],
            "--output json:a: is json, and --format is csv; please leave one of them out",
        ),
        (
            ["--output", "github:a"],
            "a: github is written to standard output only; please use --format github",
        ),
        (
            ["--format", "lines", "--output", "a.txt"],
            "a.txt: lines is written to standard output only; please use --format lines",
        ),
        (
            ["--output", "json:a.csv"],
            "a.csv: .csv is the ending of csv, not of json; please choose another ending, or --format csv",
        ),
        (
            ["--output", "a.csv", "--output", "./a.csv"],
            "a.csv: is given for two --output options; please choose two names",
        ),
        (
            ["--output", "a.csv", "--findings", "a.csv"],
            "a.csv: is given for both --output and --findings; please choose two names",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(
    arguments: list[str], said: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    ran = peelcheck("validate", file, *arguments)
    assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", f"Error: {said}\n")
    assert sorted(tmp_path.iterdir()) == before


def test_a_format_of_another_command_is_no_file(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = peelcheck("figures", file, "--output", "github:-")
    said = "--output github:-: this command does not write github, only table, json or csv"
    assert (ran.exit_code, ran.stderr) == (2, f"Error: {said}\n")


def test_an_unknown_format_before_a_colon_is_no_file(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = peelcheck("validate", file, "--output", "jsn:a.csv")
    assert ran.exit_code == 2
    assert ran.stderr.startswith(
        "Error: --output jsn:a.csv: there is no format 'jsn', only table, json, csv, "
    )
    assert ran.stderr.endswith("; to write a file of that name, please use ./jsn:a.csv\n")
    if os.name == "posix":
        assert peelcheck("validate", file, "--output", "./jsn:a.csv").stderr == ""
        assert (tmp_path / "jsn:a.csv").is_file()


def test_a_drive_of_windows_is_no_format(file: Path) -> None:
    ran = peelcheck("validate", file, "--output", "C:/there/is/no/such/folder/a.csv")
    assert ran.exit_code == 2
    assert "C:/there/is/no/such/folder/a.csv: cannot be written" in ran.stderr
