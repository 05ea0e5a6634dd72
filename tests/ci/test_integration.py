"""The program where others run it: in GitHub Actions, under pre-commit, from a checkout, and behind the Tab key."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.rounds import ROOT, ROUND, write_return
from tests.support.running import PROGRAM, peelcheck

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
needs_bash = pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="there is no bash")


def run(command: list[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **options)


def example(name: str) -> Any:
    """An example of the page as YAML."""
    found = re.search(rf"<!-- example: {name} -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return yaml.safe_load(found[1])


def a_round(folder: Path) -> Path:
    root = folder / "my_round"
    root.mkdir()
    (root / "round.yaml").write_text(ROUND + "due: 2017-12-31\n", encoding="utf-8")
    write_return(root / "returns", total="665")
    return root


def on_the_path(folder: Path) -> Mapping[str, str]:
    """The environment with the program as `peelcheck` on the path."""
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "RUNNER_TEMP": str(folder)}


# --- GitHub ------------------------------------------------------------------------------------------------------------

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def act(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's step as it is, with its inputs as GitHub hands them over."""
    (step,) = [step for step in ACTION["runs"]["steps"] if step["name"] == "Check"]
    given = {name: inputs.get(name, about["default"]) for name, about in ACTION["inputs"].items()}
    own = {
        name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: given[found[1]], value)
        for name, value in step["env"].items()
    }
    summary = folder / "summary.md"
    environment = {**on_the_path(folder), **own, "GITHUB_STEP_SUMMARY": str(summary)}
    command: list[str | Path] = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return run(command, cwd=folder, env=environment)


@needs_bash
def test_the_action_marks_lines_and_fails(tmp_path: Path) -> None:
    a_round(tmp_path)
    ran = act(tmp_path, paths="my_round", arguments="--select DA101", sarif="result.sarif")
    assert ran.returncode == 1
    assert ran.stdout.startswith("::error file=my_round/returns/kent/domestic_abuse.csv,line=2,col=")
    assert json.loads((tmp_path / "result.sarif").read_bytes())["version"] == "2.1.0"
    assert "| error | DA101 |" in (tmp_path / "summary.md").read_text(encoding="utf-8")


@needs_bash
def test_the_action_passes_where_nothing_is_wrong_and_stops_where_nothing_can_be_checked(
    tmp_path: Path,
) -> None:
    a_round(tmp_path)
    assert act(tmp_path, paths="my_round", arguments="--select DA102").returncode == 0
    assert act(tmp_path, paths="nowhere").returncode == 2


@needs_bash
def test_every_line_of_the_paths_is_checked(tmp_path: Path) -> None:
    files = [write_return(tmp_path / name, total="665") for name in ("one", "two words")]
    ran = act(
        tmp_path,
        paths="\n".join(str(file) for file in files),
        arguments="--fail-on query\n--select DA101,RO102",
    )
    assert [str(file) in ran.stdout for file in files] == [True, True]


@needs_bash
def test_an_input_is_never_a_command(tmp_path: Path) -> None:
    a_round(tmp_path)
    act(tmp_path, paths="$(touch evil)\n`touch evil`; touch evil", arguments="; touch evil")
    assert not (tmp_path / "evil").exists()


def test_the_steps_of_the_examples_fit_the_action_and_the_program() -> None:
    steps = example("github")["jobs"]["returns"]["steps"]
    (own,) = [step for step in steps if step.get("uses") == "./peelcheck"]
    assert set(own["with"]) <= set(ACTION["inputs"])
    known = peelcheck("validate", "--help").stdout
    assert set(re.findall("--[a-z-]+", own["with"]["arguments"])) <= set(re.findall("--[a-z-]+", known))


@needs_bash
def test_the_example_for_gitlab(tmp_path: Path) -> None:
    a_round(tmp_path)
    job = example("gitlab")["returns"]
    ran = run(["bash", "-c", job["script"][-1]], cwd=tmp_path, env=on_the_path(tmp_path))
    assert ran.returncode == 1
    assert (tmp_path / job["artifacts"]["reports"]["junit"]).is_file()
    assert all((tmp_path / name).is_file() for name in job["artifacts"]["paths"])


@needs_bash
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_every_command_of_the_page(tmp_path: Path) -> None:
    a_round(tmp_path)
    shutil.copy(
        tmp_path / "my_round/returns/kent/domestic_abuse.csv", tmp_path / "my_round/returns/kent/marac.csv"
    )
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "begin"]):
        assert run([*git, *command], cwd=tmp_path).returncode == 0
    lines = [
        line
        for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
        for line in block.splitlines()
        if line
    ]
    own = [line for line in lines if line.startswith("peelcheck ")]
    assert len(own) > 5
    for line in own:
        ran = run(["bash", "-c", line], cwd=tmp_path, env=on_the_path(tmp_path))
        assert ran.returncode in (0, 1), f"{line}: {ran.stderr}"
        assert not ran.stderr, line


# --- pre-commit --------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(
    not (BIN / "pre-commit").exists() or shutil.which("git") is None,
    reason="pre-commit or git is not installed",
)
def test_the_hook_under_pre_commit(tmp_path: Path) -> None:
    """A real commit is refused for what is wrong in the committed file, and not for what is wrong elsewhere."""
    hooks, repository = tmp_path / "hooks", tmp_path / "data"
    source = ["pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "src", "schemas"]
    hooks.mkdir()
    for name in source:
        place = ROOT / name
        (shutil.copytree if place.is_dir() else shutil.copy)(place, hooks / name)
    own = {"HOME": str(tmp_path), "PRE_COMMIT_HOME": str(tmp_path / "cache"), "GIT_CONFIG_GLOBAL": os.devnull}
    environment = {**on_the_path(tmp_path), **own}
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]

    def done(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run([*git, *arguments], cwd=folder, env=environment)

    done(hooks, "init", "-q")
    done(hooks, "add", "-f", ".")
    done(hooks, "commit", "-q", "-m", "hooks")
    revision = done(hooks, "rev-parse", "HEAD").stdout.strip()
    repository.mkdir()
    a_round(repository)
    shown = example("pre-commit")
    (repo,) = shown["repos"]
    repo |= {"repo": str(hooks), "rev": revision}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(shown), encoding="utf-8")
    done(repository, "init", "-q")
    installed = run([BIN / "pre-commit", "install", "--install-hooks"], cwd=repository, env=environment)
    if installed.returncode:
        pytest.skip(
            f"the environment of the hook cannot be made here: {(installed.stdout + installed.stderr)[-200:]}"
        )
    done(repository, "add", ".")
    refused = done(repository, "commit", "-m", "wrong")
    assert refused.returncode == 1
    assert "1 error" in refused.stdout + refused.stderr
    write_return(repository / "my_round" / "returns")
    done(repository, "add", ".")
    accepted = done(repository, "commit", "-m", "right")
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    # Two rounds in one commit: each is checked by its own hook.
    for year in (2017, 2018):
        shutil.copytree(repository / "my_round", repository / f"round_{year}")
    write_return(repository / "round_2018" / "returns", total="665")
    repo["hooks"] = example("pre-commit-rounds")["hooks"]
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(shown), encoding="utf-8")
    done(repository, "add", ".")
    refused = done(repository, "commit", "-m", "one of two is wrong")
    said = refused.stdout + refused.stderr
    assert refused.returncode == 1
    assert re.findall(r"round of (\d+)\.+(Passed|Failed)", said) == [("2017", "Passed"), ("2018", "Failed")]


# --- from a checkout ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tool", "command"),
    [
        ("uv", ["uvx", "--from", ".", "peelcheck", "--version"]),
        ("pipx", ["pipx", "install", "."]),
    ],
)
def test_from_a_checkout_without_an_installation(tool: str, command: list[str], tmp_path: Path) -> None:
    if not (BIN / tool).exists():
        pytest.skip(f"{tool} is not installed")
    assert f"{command[0]} {command[1]}" in PAGE
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "src", "schemas"):
        place = ROOT / name
        (shutil.copytree if place.is_dir() else shutil.copy)(place, checkout / name)
    own = {
        "PIPX_HOME": str(tmp_path / "pipx"),
        "PIPX_BIN_DIR": str(tmp_path / "bin"),
        "UV_CACHE_DIR": str(tmp_path / "uv"),
    }
    environment = {
        **on_the_path(tmp_path),
        **own,
        "UV_PYTHON": sys.executable,
        "PIPX_DEFAULT_PYTHON": sys.executable,
    }
    ran = run([BIN / command[0], *command[1:]], cwd=checkout, env=environment)
    if ran.returncode and re.search(
        "No matching distribution|No solution found|network|connect|resolve", ran.stderr
    ):
        pytest.skip(f"packages cannot be fetched here: {ran.stderr[-200:]}")
    assert ran.returncode == 0, ran.stderr
    if tool == "uv":
        assert ran.stdout.startswith("peelcheck ")
    else:
        assert run([tmp_path / "bin" / "peelcheck", "--version"]).stdout.startswith("peelcheck ")


# --- the Tab key -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_every_shell_gets_a_script_and_words(shell: str) -> None:
    script = run(list(PROGRAM), env={**os.environ, "_PEELCHECK_COMPLETE": f"{shell}_source"})
    assert (script.returncode, "peelcheck" in script.stdout, script.stderr) == (0, True, "")
    assert f"{shell}_source" in PAGE
    words = {
        "bash": {"COMP_WORDS": "peelcheck validate --fail-on ne", "COMP_CWORD": "3"},
        "zsh": {"COMP_WORDS": "peelcheck validate --fail-on ne", "COMP_CWORD": "3"},
        "fish": {"COMP_WORDS": "peelcheck validate --fail-on ne", "COMP_CWORD": "ne"},
        "powershell": {"COMP_WORDS": "peelcheck validate --fail-on ne"},
    }
    found = run(list(PROGRAM), env={**os.environ, "_PEELCHECK_COMPLETE": f"{shell}_complete", **words[shell]})
    assert (found.returncode, "never" in found.stdout, "error" in found.stdout) == (0, True, False)


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["validate", "--force", "west"], ["West-Mercia", "West-Midlands", "West-Yorkshire"]),
        (["validate", "--force", "ava"], []),
        (["figures", "--measure", "da_arr"], ["da_arrest_rate"]),
        (["context", "sample_returns", "--force", "Gr"], ["Greater-Manchester"]),
        (["explain", "DA10"], [f"DA10{n}" for n in range(1, 8)]),
        (["validate", "--select", "mar"], ["marac"]),
        (["validate", "--ignore", "sums"], ["sums_to"]),
        (["validate", "no_such_folder", "--force", "Kent"], ["Kent"]),
    ],
)
def test_values_of_the_collection_are_completed(words: list[str], completed: list[str]) -> None:
    line = {"COMP_WORDS": " ".join(["peelcheck", *words]), "COMP_CWORD": str(len(words))}
    ran = run(list(PROGRAM), env={**os.environ, "_PEELCHECK_COMPLETE": "bash_complete", **line}, cwd=ROOT)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [line.partition(",")[2] for line in ran.stdout.split()] == completed


def test_a_completed_force_is_understood() -> None:
    ran = run([*PROGRAM, "validate", "sample_returns", "--force", "West-Midlands", "--quiet"], cwd=ROOT)
    assert "returns and queries for West Midlands" in " ".join(ran.stdout.split())


@needs_bash
def test_bash_completes_a_command(tmp_path: Path) -> None:
    script = 'eval "$(_PEELCHECK_COMPLETE=bash_source peelcheck)"; COMP_WORDS=(peelcheck val); COMP_CWORD=1; '
    script += '_peelcheck_completion peelcheck; echo "${COMPREPLY[@]}"'
    ran = run(["bash", "-c", script], env=on_the_path(tmp_path))
    assert ran.stdout.strip() == "validate"
