"""The map of the program names what is there, and nothing else."""

from __future__ import annotations

import re
import tomllib

from tests.support.rounds import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src" / "peelcheck"


def test_the_layers_are_those_that_are_held() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    held = [layer.replace("peelcheck.", "") for layer in contracts[0]["layers"]]
    (picture,) = re.findall(r"```\n(cli \| api\n.*?)```", PAGE, re.DOTALL)
    assert picture.splitlines() == held


def test_every_package_has_its_line() -> None:
    described = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE))))
    here = {path.stem for path in SOURCE.iterdir() if path.is_dir() or path.suffix == ".py"}
    apart = {"__init__", "__main__", "__pycache__", "version", "py", "schemas"}
    assert described >= here - apart


def test_every_place_that_is_named_is_there() -> None:
    table = PAGE[PAGE.index("## Where do I change") : PAGE.index("## Rules of the house")]
    rows = re.findall(r"^\| (?!\.|-|I want)(.*?) \| (.*?) \|$", table, re.MULTILINE)
    assert len(rows) >= 15
    for _, places in rows:
        for place in re.findall(r"`([\w./]+(?:/|\.py|\.md))`", places):
            assert any((base / place).exists() for base in (SOURCE, ROOT)), place
