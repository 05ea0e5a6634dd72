"""docs/report.md: its commands work, and its picture is there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.support.rounds import ROOT, SAMPLE
from tests.support.running import peelcheck

PAGE = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
pytestmark = pytest.mark.slow


def test_every_command_of_the_page_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SAMPLE, tmp_path / "sample_returns")
    monkeypatch.chdir(tmp_path)
    commands = [
        line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()
    ]
    for command in commands:
        program, *arguments = shlex.split(command)
        ran = peelcheck(*arguments)
        assert (program, ran.exit_code) == ("peelcheck", 1 if arguments[0] == "validate" else 0), ran.stderr
    assert len(list((tmp_path / "report").iterdir())) == 44
    assert [path.name for path in (tmp_path / "for_the_force").iterdir()] == ["west-midlands.html"]
    assert (tmp_path / "queries.html").stat().st_size > 10_000


def test_the_picture_is_there() -> None:
    (name,) = re.findall(r"!\[[^\]]*\]\(([^)]*)\)", PAGE)
    assert (ROOT / "docs" / name).read_bytes().startswith(b"\x89PNG")
