"""The wheel works anywhere: installed by itself, in an empty folder, with its schemas."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.rounds import ROOT
from tests.support.running import PROGRAM, ran

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheel was unpacked; its dependencies are those of the environment."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = ran(*build)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, here: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return ran(*PROGRAM, *arguments, cwd=here, env=environment, encoding="utf-8")


def test_schemas_travel_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = run(installed, tmp_path, "schema", "check")
    assert where.returncode == 0, where.stderr
    assert sorted(p.name for p in (installed / "peelcheck" / "schemas" / "peel-2017").iterdir()) == sorted(
        p.name for p in (ROOT / "schemas" / "peel-2017").iterdir()
    )


def test_an_installed_peelcheck_checks_a_file(installed: Path, tmp_path: Path) -> None:
    sent = (ROOT / "sample_returns" / "returns" / "kent" / "marac.csv").read_bytes()
    (tmp_path / "marac.csv").write_bytes(sent)
    done = run(installed, tmp_path, "validate", "marac.csv", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["files"][0]["return"] == "marac"


def test_an_installed_peelcheck_has_the_templates_of_its_pages(installed: Path, tmp_path: Path) -> None:
    templates = {path.name for path in (installed / "peelcheck" / "render" / "html" / "templates").iterdir()}
    assert templates == {path.name for path in (ROOT / "src/peelcheck/render/html/templates").iterdir()}
    sample = str(ROOT / "sample_returns")
    done = run(installed, tmp_path, "report", sample, "--force", "Kent", "--output", "report")
    assert done.returncode == 0, done.stderr
    assert "Kent in numbers" in (tmp_path / "report" / "kent.html").read_text(encoding="utf-8")
