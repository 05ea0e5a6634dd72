"""The README's commands exist, and its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.support.rounds import ROOT
from tests.support.running import PROGRAM, ran

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line, comments=True)
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("peelcheck ") and "my_round" not in line
]


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_command(command: list[str], tmp_path: Path) -> None:
    written = ("queries.xlsx", "report")
    here = [command[1], *(str(tmp_path / part) if part in written else part for part in command[2:])]
    done = ran(*PROGRAM, *here, cwd=ROOT, encoding="utf-8")
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout or list(tmp_path.iterdir())


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 8


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))])
def test_links(page: str) -> None:
    path = ROOT / page
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if not link.startswith("http"):
            assert (path.parent / link).exists(), f"{page}: {link}"


@pytest.mark.slow
def test_the_first_command_ends_with_exit_code_1() -> None:
    done = ran(*PROGRAM, "validate", "sample_returns", cwd=ROOT, encoding="utf-8")
    assert done.returncode == 1, done.stderr


def test_the_workflow_runs_the_commands_of_this_page() -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8"))["jobs"]
    runs = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    on_windows = re.findall(r"```bat\n(.*?)```", README, re.DOTALL)[1].splitlines()[1:]
    assert "bash .ci/run" in runs
    assert any(all(line in run for line in on_windows) for run in runs)
    assert "python tools/lowest.py" in runs
    assert "`python tools/lowest.py`" in README


def test_the_workflow_tries_every_python_that_is_supported() -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8"))["jobs"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    supported = [found[1] for line in project["classifiers"] if (found := re.search(r":: (3\.\d+)$", line))]
    assert jobs["readme"]["strategy"]["matrix"]["python"] == supported
    lowest = jobs["lowest"]["steps"][1]["with"]["python-version"]
    assert project["requires-python"] == f">={lowest}"
