"""Workbooks as LibreOffice writes them: the same queries from .xls, .ods and .xlsx as from the CSV files of a round."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from peelcheck.reading import read_table
from tests.support.rounds import SAMPLE
from tests.support.running import peelcheck
from tests.support.workbooks import rows_of, xlsx

FORCES = ("kent", "wiltshire", "suffolk", "devon-and-cornwall", "lincolnshire")
"""Forces of the sample with errors of several kinds; the last sends a title above its table, in Windows-1252."""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (soffice)"),
]


def workbook_of(force: Path) -> bytes:
    """All returns of a force, each on a sheet, typed as a person would type them."""
    sheets = {}
    for path in sorted(force.glob("*.csv")):
        frame = read_table(path).frame
        lines = [",".join(map(str, row)) for row in [list(frame.columns), *frame.to_numpy().tolist()]]
        sheets[path.stem] = rows_of("\n".join(lines))
    return xlsx(sheets)


def asked(root: Path) -> list[tuple[Any, ...]]:
    """Each query with its place, but for what is said of a file as a file."""
    queries = json.loads(peelcheck("validate", root, "--format", "json").stdout)["queries"]
    return sorted(
        (q["code"], q["force"], q["message"], [(p["row"], p["column"], p["value"]) for p in q["locations"]])
        for q in queries
        if q["force"] and not q["code"].startswith(("FI", "RO101"))
    )


@pytest.mark.parametrize("ending", ["xls", "ods", "xlsx"])
def test_a_round_saved_by_libreoffice_gives_the_same_queries(ending: str, tmp_path: Path) -> None:
    plain, saved = tmp_path / "plain", tmp_path / "saved"
    for root in (plain, saved):
        shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("returns"))
    for force in FORCES:
        for root, folder in ((plain, plain / "returns" / force), (saved, tmp_path / "made")):
            folder.mkdir(parents=True, exist_ok=True)
            name = "return.xlsx" if root is plain else f"{force}.xlsx"
            (folder / name).write_bytes(workbook_of(SAMPLE / "returns" / force))
    # through .ods first, so that LibreOffice writes the .xlsx anew
    for kind, source in (("ods", "made"), (ending, "ods")):
        files = sorted((tmp_path / source).glob("*.*"))
        out = tmp_path / ("ods" if source == "made" else "out")
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            kind,
        ]
        subprocess.run([*command, "--outdir", str(out), *map(str, files)], check=True, capture_output=True)
    for force in FORCES:
        (saved / "returns" / force).mkdir(parents=True)
        shutil.copy(tmp_path / "out" / f"{force}.{ending}", saved / "returns" / force / f"return.{ending}")
    assert len(asked(plain)) > 8
    assert asked(saved) == asked(plain)
