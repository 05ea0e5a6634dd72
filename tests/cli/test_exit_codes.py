"""0 nothing, 1 something, 2 cannot run, 3 a fault: and what is said where."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.errors import BrokenCheck
from tests.support.rounds import COLUMNS, RETURN, a_round, write_return
from tests.support.running import peelcheck


def test_nothing_wrong(tmp_path: Path) -> None:
    ran = peelcheck("validate", write_return(tmp_path))
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert "no queries" in ran.stdout


def test_an_error(tmp_path: Path) -> None:
    ran = peelcheck("validate", write_return(tmp_path, total="665"))
    assert (ran.exit_code, ran.stderr) == (1, "")
    assert "DA101" in ran.stdout


def test_headings_and_no_rows(tmp_path: Path) -> None:
    file = write_return(tmp_path)
    file.write_text(f"{COLUMNS}\n", encoding="utf-8")
    ran = peelcheck("validate", file)
    assert (ran.exit_code, ran.stderr) == (1, "")
    assert "FI006" in ran.stdout


@pytest.mark.parametrize(
    ("package", "code"), [("pandas", 2), ("pandera", 2), ("peelcheck.tables", 3)], ids=str
)
def test_a_package_that_is_not_installed_is_no_bug(package: str, code: int, tmp_path: Path) -> None:
    program = f"import sys; sys.modules[{package!r}] = None; from peelcheck.cli import main; main(prog_name='peelcheck')"
    ran = subprocess.run(
        [sys.executable, "-c", program, "validate", write_return(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    said = f"Error: peelcheck needs the package {package}, which is not installed; please install peelcheck again\n"
    assert (ran.returncode, ran.stdout) == (code, "")
    assert (ran.stderr == said) is (code == 2)


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("query", 1), ("never", 0)])
def test_a_query_counts_where_it_is_asked_to(fail_on: str, code: int, tmp_path: Path) -> None:
    file = write_return(tmp_path, arrests="")
    ran = peelcheck("validate", file, "--fail-on", fail_on)
    assert "RO115" in ran.stdout
    assert ran.exit_code == code


def test_never_means_never(tmp_path: Path) -> None:
    assert peelcheck("validate", write_return(tmp_path, total="665"), "--fail-on", "never").exit_code == 0


def test_only_the_queries_of_the_forces_that_are_asked_for_count(tmp_path: Path) -> None:
    file = write_return(tmp_path, total="665")
    assert peelcheck("validate", file, "--force", "kent").exit_code == 1
    other = peelcheck("validate", file, "--force", "dyfed-powys")
    assert (other.exit_code, other.stdout) == (2, "")
    assert other.stderr == (
        "Error: nothing to check for Dyfed-Powys: 1 file was read, and none is from Dyfed-Powys; found files of Kent\n"
    )


def test_a_round_to_which_a_force_sent_nothing_is_checked_for_it(tmp_path: Path) -> None:
    root = a_round(tmp_path, RETURN.replace(",666,", ",665,"))
    other = peelcheck("validate", root, "--force", "dyfed-powys", "--fail-on", "never")
    assert (other.exit_code, other.stderr) == (0, "")
    assert "DA101" not in other.stdout
    assert "returns and queries for Dyfed-Powys, checks for all forces" in " ".join(other.stdout.split())
    assert "Files     0 found, 1 left out by --force\n" in other.stdout


ESSEX = "Essex,2016-07-01,2017-06-30,951,1302,212,91,174,38,515,7,6,5,2\n"


def test_a_file_of_another_force_is_left_out_and_said(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "domestic_abuse.csv").write_text(RETURN, encoding="utf-8")
    (folder / "of_essex.csv").write_text(f"{COLUMNS}\n{ESSEX}", encoding="utf-8")
    ran = peelcheck("validate", folder, "--force", "Kent")
    assert ran.exit_code == 0
    assert "Returns   1 received, 1 with no queries from the checks that could run\n" in ran.stdout
    assert "Files     1 found, 1 left out by --force (of_essex.csv: Essex)\n" in ran.stdout
    both = peelcheck("validate", folder, "--force", "Kent", "--force", "Essex")
    assert "Files     2 found\n" in both.stdout
    found = json.loads(peelcheck("validate", folder, "--force", "Kent", "--format", "json").stdout)
    assert found["summary"]["files_left_out"] == 1
    assert [file["path"] for file in found["files"]] == ["domestic_abuse.csv"]


def test_a_file_with_rows_of_several_forces_is_of_each(tmp_path: Path) -> None:
    file = tmp_path / "domestic_abuse.csv"
    file.write_text(RETURN + ESSEX, encoding="utf-8")
    for force in ("Kent", "Essex"):
        ran = peelcheck("validate", file, "--force", force)
        assert "Files     1 found\n" in ran.stdout
        assert ran.exit_code != 2
    ran = peelcheck("validate", file, "--force", "Surrey")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "none is from Surrey; found files of Essex and Kent\n" in ran.stderr


def test_a_file_that_cannot_be_read_is_an_error_whoever_was_named(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "of_essex.csv").write_text(RETURN.replace("Kent", "Essex"), encoding="utf-8")
    (folder / "sent.xlsx").write_bytes(b"PK\x03\x04" + bytes(500))
    findings = tmp_path / "findings.csv"
    ran = peelcheck("validate", folder, "--force", "Kent", "--findings", findings)
    assert ran.exit_code == 1
    assert "sent.xlsx" in ran.stdout
    assert "sent.xlsx" in findings.read_text(encoding="utf-8-sig")


def test_where_there_is_nothing_to_check_no_file_of_findings_is_left(tmp_path: Path) -> None:
    findings = tmp_path / "findings.csv"
    ran = peelcheck("validate", write_return(tmp_path), "--force", "Essex", "--findings", findings)
    assert (ran.exit_code, findings.exists()) == (2, False)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    ran = peelcheck("validate", tmp_path / "gone")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr == f"Error: {tmp_path / 'gone'}: there is no such file or folder\n"


def test_a_message_does_not_act_on_the_terminal() -> None:
    assert (
        peelcheck("validate", "\x1b[2Jgone").stderr
        == "Error: \\x1b[2Jgone: there is no such file or folder\n"
    )


def test_the_current_folder_without_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_return(tmp_path, total="665")
    monkeypatch.chdir(tmp_path)
    assert "kent/domestic_abuse.csv, row 2, column J (outcomes_total): “665”" in peelcheck("validate").stdout


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (["validate", ""], "PATHS"),
        (["validate", "kent", ""], "PATHS"),
        (["figures", ""], "PATHS"),
        (["schema", "check", ""], "FOLDER"),
        (["validate", "kent", "--schemas", ""], "--schemas"),
        (["figures", "kent", "--schemas", ""], "--schemas"),
        (["rules", "--schemas", ""], "--schemas"),
        (["explain", "DA101", "--schemas", ""], "--schemas"),
    ],
)
def test_a_variable_that_is_not_set_is_not_the_current_folder(
    command: list[str], named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_return(tmp_path)
    monkeypatch.chdir(tmp_path)
    ran = peelcheck(*command)
    said = f"Error: {named} expects the name of a file or folder, but it is blank; is a shell variable not set?\n"
    assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", said)
    assert peelcheck("validate", ".").exit_code == 0


def test_a_name_that_is_blank_is_not_the_usual_collection(tmp_path: Path) -> None:
    file = write_return(tmp_path / "returns")
    (tmp_path / "round.yaml").write_text("collection: peel-2017\ntitle: A round\n", encoding="utf-8")
    for command in (["validate", file], ["validate", tmp_path], ["figures", tmp_path], ["rules"]):
        ran = peelcheck(*command, "--collection", "")
        assert (ran.exit_code, ran.stdout) == (2, "")
        assert ran.stderr.startswith("Error: there is no collection '' in ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("explain", "DA1O1"), "Error: there is no rule 'DA1O1'; did you mean DA1"),
        (("explain", "nonsense"), "Error: there is no rule 'nonsense'; `peelcheck rules` lists them all"),
        (("rules", "--collection", "peel-2016"), "Error: "),
        (("validate", "--format", "xml"), "Usage: peelcheck validate"),
        (("validat",), "Usage: peelcheck"),
    ],
)
def test_what_the_person_at_the_keyboard_can_put_right(arguments: tuple[str, ...], message: str) -> None:
    ran = peelcheck(*arguments)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.startswith(message)
    assert "Traceback" not in ran.stderr


def test_a_force_and_a_measure_that_are_not_known(tmp_path: Path) -> None:
    file = write_return(tmp_path)
    for command in ("validate", "figures"):
        ran = peelcheck(command, file, "--force", "Kemt")
        assert (ran.exit_code, ran.stdout) == (2, "")
        assert ran.stderr.startswith("Error: 'Kemt' is not one of the forces; did you mean Kent")
    ran = peelcheck("figures", file, "--measure", "da_arrests_rate")
    assert ran.stderr.startswith(
        "Error: 'da_arrests_rate' is not one of the measures; did you mean da_arrest_rate"
    )
    ran = peelcheck("figures", file, "--measure", "xyz")
    assert ran.stderr.startswith("Error: 'xyz' is not one of the measures; the measures are incident_rate, ")


@pytest.mark.parametrize(
    "fault", [BrokenCheck("DA101", "division by zero"), ValueError("[red]no[/red]"), KeyError()]
)
def test_a_fault_says_how_to_report_it(
    fault: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(engine, "validate", broken)
    ran = peelcheck("validate", write_return(tmp_path))
    assert (ran.exit_code, ran.stdout) == (3, "")
    first, second, *rest = ran.stderr.splitlines()
    assert first == f"peelcheck has failed because of a bug: {str(fault) or 'KeyError'}"
    assert (
        second == "Please report this with the message below and, if you are allowed to share it, the file."
    )
    assert any(line.startswith("Traceback") for line in rest)


def test_stopped_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(engine, "validate", stopped)
    ran = peelcheck("validate", write_return(tmp_path))
    assert (ran.exit_code, ran.stderr) == (130, "Stopped.\n")
