"""Settings in a file: where it is looked for, what it may hold, and what comes from where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.rounds import ROUND, write_return
from tests.support.running import peelcheck


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A round, and the current folder above it."""
    folder = tmp_path / "work" / "my_round"
    folder.mkdir(parents=True)
    (folder / "round.yaml").write_text(ROUND + "due: 2017-12-31\n", encoding="utf-8")
    write_return(folder / "returns", total="665")
    monkeypatch.chdir(tmp_path / "work")
    return folder


def codes(*arguments: str | Path) -> list[str]:
    ran = peelcheck("validate", "my_round", "--format", "json", *arguments)
    return [query["code"] for query in json.loads(ran.stdout)["queries"] if query["code"].startswith("DA")]


@pytest.mark.parametrize("place", ["my_round", ".", ".."])
@pytest.mark.parametrize(
    ("name", "head"), [("peelcheck.toml", ""), ("pyproject.toml", "[tool.other]\nx = 1\n[tool.peelcheck]\n")]
)
def test_a_file_counts_beside_the_round_and_upwards_from_here(
    place: str, name: str, head: str, root: Path
) -> None:
    assert codes() == ["DA101"]
    Path(place, name).write_text(f"{head}ignore = ['DA101']\n", encoding="utf-8")
    assert codes() == []
    assert codes("--ignore", "DA102") == ["DA101"], "the command line goes before the file"


def test_the_file_of_the_round_goes_before_any_other(root: Path) -> None:
    Path("peelcheck.toml").write_text("ignore = 'DA101'\n", encoding="utf-8")
    (root / "peelcheck.toml").write_text("notes = true\n", encoding="utf-8")
    assert codes() == ["DA101"]


def test_a_pyproject_of_others_does_not_count(root: Path) -> None:
    (root / "pyproject.toml").write_text("[tool.other]\nignore = 'DA101'\n", encoding="utf-8")
    Path("peelcheck.toml").write_text("ignore = 'DA101'\n", encoding="utf-8")
    assert codes() == []


@pytest.mark.parametrize("place", ["my_round/returns", "my_round/returns/kent", "my_round/history"])
def test_received_files_do_not_decide_how_they_are_checked(
    place: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(place).mkdir(exist_ok=True)
    Path(place, "peelcheck.toml").write_text("ignore = 'DA101'\n", encoding="utf-8")
    assert codes() == ["DA101"]
    monkeypatch.chdir(place)
    ran = peelcheck("validate", root, "--format", "json")
    assert "DA101" in [query["code"] for query in json.loads(ran.stdout)["queries"]]
    ran = peelcheck("validate", root / "returns" / "kent", "--alone", "--format", "json")
    assert "DA101" in [query["code"] for query in json.loads(ran.stdout)["queries"]]


def test_a_plain_folder_does_not_decide_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_return(tmp_path, total="665")
    (tmp_path / "kent" / "peelcheck.toml").write_text("ignore = 'DA101'\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "kent")
    for given in (".", "domestic_abuse.csv", "../kent/domestic_abuse.csv"):
        assert peelcheck("validate", given).exit_code == 1, given


def test_every_kind_of_option(root: Path) -> None:
    (root / "out").mkdir()
    (root / "peelcheck.toml").write_text(
        """
fail-on = "never"
quiet = true
as-of = 2017-11-05
output = ["out/q.csv", "json:out/q"]
[severity]
DA101 = "query"
""",
        encoding="utf-8",
    )
    ran = peelcheck("validate", "my_round")
    assert (ran.exit_code, ran.stderr, ran.stdout.startswith("Summary")) == (0, "", True)
    result = json.loads((root / "out" / "q").read_bytes())
    assert result["round"]["date"] == "2017-11-05"
    assert {query["severity"] for query in result["queries"] if query["code"] == "DA101"} == {"query"}
    assert (root / "out" / "q.csv").is_file()


def test_where_each_value_comes_from(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("peelcheck.toml").write_text("fail-on = 'query'\nignore = ['DA101', 'marac']\n", encoding="utf-8")
    monkeypatch.setenv("PEELCHECK_BY", "A. Smith")
    ran = peelcheck("validate", "my_round", "--no-values", "--show-settings")
    rows = {line.split()[0]: " ".join(line.split()[1:]) for line in ran.stdout.splitlines()}
    assert (ran.exit_code, ran.stderr) == (0, "")
    file = Path.cwd() / "peelcheck.toml"
    assert rows["fail-on"] == f"query {file}"
    assert rows["ignore"] == f"DA101, marac {file}"
    assert rows["no-values"] == "true command line"
    assert rows["by"] == "A. Smith environment"
    assert rows["select"] == "- default"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fial-on = 'error'", "fial-on: unknown key; did you mean 'fail-on'?"),
        ("paths = 'x'", "paths: unknown key"),
        ("help = true", "help: unknown key"),
        ("accept = 'x'", "accept: unknown key"),
        ("fail-on = 'eror'", "fail-on: 'eror' is not one of 'error', 'query', 'never'"),
        ("quiet = 'yes'", "quiet: expected true or false, not 'yes'"),
        ("ignore = [1]", "ignore: expected a text or a list of texts, not a list"),
        ("collection = 1", "collection: expected a text, not 1"),
        (
            "max-file-size = 'big'",
            "max-file-size: --max-file-size expects a size such as 500MB or 2GB, not 'big'",
        ),
        (
            "[severity]\nDA101 = 'bad'",
            "severity: --severity: there is no severity 'bad'; known: error, query, note",
        ),
    ],
)
def test_what_is_wrong_names_file_and_key(text: str, said: str, root: Path) -> None:
    (root / "peelcheck.toml").write_text(text, encoding="utf-8")
    ran = peelcheck("validate", "my_round")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"Error: {Path('my_round', 'peelcheck.toml')}: {said}")


def test_a_file_that_is_no_toml(root: Path) -> None:
    (root / "peelcheck.toml").write_text("fail-on: error", encoding="utf-8")
    ran = peelcheck("validate", "my_round")
    assert (ran.exit_code, "peelcheck.toml: is not TOML (" in ran.stderr) == (2, True)


def test_settings_in_a_pyproject_that_is_no_toml_are_not_passed_over(root: Path) -> None:
    (root / "pyproject.toml").write_text("[tool.peelcheck]\nfail-on = 'query'\nx = \n", encoding="utf-8")
    ran = peelcheck("validate", "my_round")
    assert (ran.exit_code, "pyproject.toml: is not TOML (" in ran.stderr) == (2, True)
