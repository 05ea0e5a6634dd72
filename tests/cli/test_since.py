"""`--since`: what git names as changed, in a real repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.rounds import ROUND, write_return
from tests.support.running import peelcheck

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


def git(*arguments: str) -> None:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=A. Smith", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True, env={**os.environ, **own})


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a round in which two files are wrong."""
    monkeypatch.chdir(tmp_path)
    Path("my_round").mkdir()
    Path("my_round/round.yaml").write_text(ROUND + "due: 2017-12-31\n", encoding="utf-8")
    write_return(Path("my_round/returns"), total="665")
    essex = Path("my_round/returns/essex/domestic_abuse.csv")
    essex.parent.mkdir()
    text = Path("my_round/returns/kent/domestic_abuse.csv").read_text(encoding="utf-8")
    essex.write_text(
        text.replace("Kent", "Essex").replace(",1201,", ",1301,").replace(",1104,", ",1214,"),
        encoding="utf-8",
    )
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "begin")
    return tmp_path


def asked(*arguments: str) -> tuple[int, set[str | None]]:
    """The exit code, and the forces that are asked about a sum."""
    ran = peelcheck("validate", "my_round", "--since", "main", "--format", "json", *arguments)
    queries = json.loads(ran.stdout)["queries"]
    return ran.exit_code, {query["force"] for query in queries if query["code"] == "DA101"}


def test_nothing_changed_says_so_and_is_fine(here: Path) -> None:
    ran = peelcheck("validate", "my_round", "--since", "main")
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "Nothing to check has changed since main.\n", "")


@pytest.mark.parametrize("commit", [True, False])
def test_a_file_that_was_changed_is_checked_with_its_round(commit: bool, here: Path) -> None:
    file = Path("my_round/returns/essex/domestic_abuse.csv")
    file.write_text(file.read_text(encoding="utf-8").replace(",1301,", ",1302,"), encoding="utf-8")
    if commit:
        git("switch", "-q", "-c", "new")
        git("commit", "-q", "-a", "-m", "changed")
    assert asked() == (1, {"Essex"})


def test_a_file_that_was_added_or_renamed_is_checked(here: Path) -> None:
    Path("my_round/returns/essex/domestic_abuse.csv").rename("my_round/returns/essex/da.csv")
    git("add", ".")
    shutil.copytree("my_round/returns/kent", "my_round/returns/surrey")
    assert asked()[1] == {"Kent", "Essex"}, "a file that is gone under its name concerns the round as a whole"


@pytest.mark.parametrize(
    "name", ["round.yaml", "declarations.csv", "accepted.csv", "history/domestic_abuse.csv"]
)
def test_a_change_to_the_rounds_own_files_checks_everything(name: str, here: Path) -> None:
    file = Path("my_round", name)
    file.parent.mkdir(exist_ok=True)
    if name == "round.yaml":
        file.write_text(ROUND + "due: 2017-11-30\n", encoding="utf-8")
    elif name == "declarations.csv":
        file.write_text("force,with,return,item,measure,period_end,status,reason,source\n", encoding="utf-8")
    elif name == "accepted.csv":
        columns = "id,code,force,return,item,period_end,figures,fingerprint,within,until,reason,by,date"
        file.write_text(columns + "\n", encoding="utf-8")
    else:
        text = Path("my_round/returns/kent/domestic_abuse.csv").read_text(encoding="utf-8")
        file.write_text("\n".join([*text.splitlines()[:1], text.splitlines()[2], ""]), encoding="utf-8")
    assert asked() == (1, {"Kent", "Essex"})


def test_a_file_that_was_deleted_checks_everything(here: Path) -> None:
    Path("my_round/returns/essex/domestic_abuse.csv").unlink()
    assert asked() == (1, {"Kent"})


def test_a_letter_beside_the_rounds_own_files_concerns_nobody(here: Path) -> None:
    Path("my_round/letter.txt").write_text("Dear force", encoding="utf-8")
    ran = peelcheck("validate", "my_round", "--since", "main")
    assert (ran.exit_code, ran.stdout) == (0, "Nothing to check has changed since main.\n")


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "main..nowhere"])
def test_a_revision_that_there_is_not(revision: str, here: Path) -> None:
    ran = peelcheck("validate", "my_round", f"--since={revision}")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("Error: --since: git says: ")
    assert not Path("x").exists()


def test_a_folder_that_is_in_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    ran = peelcheck("validate", write_return(tmp_path), "--since", "main")
    assert (ran.exit_code, ran.stderr.startswith("Error: --since: git says: ")) == (2, True)


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "markdown"])
def test_nothing_changed_is_a_result_without_queries_in_every_format(form: str, here: Path) -> None:
    ran = peelcheck("validate", "my_round", "--since", "main", "--format", form, "--output", "out")
    assert (ran.exit_code, ran.stdout) == (0, "Nothing to check has changed since main.\n")
    assert Path("out").read_text(encoding="utf-8")
    shown = peelcheck("validate", "my_round", "--since", "main", "--format", form)
    assert (shown.exit_code, shown.stderr) == (0, "Nothing to check has changed since main.\n")
    assert shown.stdout_bytes == Path("out").read_bytes()


def test_nothing_changed_is_a_result_of_the_rounds_own_collection(here: Path) -> None:
    ran = peelcheck("validate", "my_round", "--since", "main", "--format", "json")
    told = json.loads(ran.stdout)
    everything = json.loads(peelcheck("validate", "my_round", "--format", "json").stdout)
    for key in ("collection", "schemas"):
        assert told[key] == everything[key]
    assert (told["round"]["title"], told["queries"]) == ("Nothing to check has changed since main.", [])


def test_standard_input_has_no_revision(here: Path) -> None:
    ran = peelcheck("validate", "-", "--since", "main")
    assert (ran.exit_code, ran.stderr) == (2, "Error: --since cannot be used with standard input (-)\n")
