"""Every command of docs/templates.md works as it stands there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.support.rounds import ROOT, SAMPLE
from tests.support.running import peelcheck

PAGE = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
BLOCKS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


def test_every_command_of_the_page_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SAMPLE, tmp_path / "my_round")
    monkeypatch.chdir(tmp_path)
    assert len(BLOCKS) == 6
    inline = [part for part in re.findall(r"`(peelcheck template [^`]*)`", PAGE) if "FORCE" not in part]
    for command in (*BLOCKS, *inline):
        program, *arguments = shlex.split(command)
        ran = peelcheck(*arguments)
        assert (program, ran.exit_code) == ("peelcheck", 1 if arguments[0] == "validate" else 0), ran.stderr
    made = {path.name for path in tmp_path.iterdir()}
    assert made >= {
        "kent.xlsx",
        "templates",
        "marac.xlsx",
        "proposed.csv",
        "dictionary.html",
        "dictionary.xlsx",
        "package",
    }


def test_every_rule_that_the_page_names_is_there() -> None:
    rules = peelcheck("rules").stdout
    assert all(code in rules for code in re.findall(r"\b[A-Z]{2}[0-9]{3}\b", PAGE))
