"""The exit codes as a table: what was found, by the lowest severity that fails, whatever the format."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from peelcheck.errors import BrokenCheck
from tests.support.collections import altered
from tests.support.rounds import RETURN, write_return
from tests.support.running import peelcheck, ran


def clean(folder: Path) -> list[str | Path]:
    return [write_return(folder)]


def note(folder: Path) -> list[str | Path]:
    file = write_return(folder)
    file.write_bytes(RETURN.replace(",", ";").encode())
    return [file]


def query(folder: Path) -> list[str | Path]:
    return [write_return(folder, total="665"), "--severity", "DA101=query"]


def error(folder: Path) -> list[str | Path]:
    return [write_return(folder, total="665")]


def accepted(folder: Path) -> list[str | Path]:
    file, kept = write_return(folder, total="665"), folder / "accepted.csv"
    peelcheck("validate", file, "--accept-all", "--reason", "known", "--accepted", kept)
    return [file, "--accepted", kept]


def left_out(folder: Path) -> list[str | Path]:
    return [write_return(folder, total="665"), "--ignore", "DA101"]


def nothing_read(folder: Path) -> list[str | Path]:
    (folder / "empty").mkdir()
    return [folder / "empty"]


def usage(folder: Path) -> list[str | Path]:
    return [write_return(folder), "--select", "nothing"]


def broken_schema(folder: Path) -> list[str | Path]:
    altered(folder / "schemas", "collection.yaml", "year: 2017", "yaer: 2017")
    return [write_return(folder), "--schemas", folder / "schemas"]


TABLE: dict[Callable[[Path], list[str | Path]], tuple[int, int, int]] = {
    # --fail-on   error, query, never
    clean: (0, 0, 0),
    note: (0, 0, 0),
    query: (0, 1, 0),
    error: (1, 1, 0),
    accepted: (0, 0, 0),
    left_out: (0, 0, 0),
    nothing_read: (2, 2, 2),
    usage: (2, 2, 2),
    broken_schema: (2, 2, 2),
}


@pytest.mark.parametrize("form", ["table", "sarif"])
@pytest.mark.parametrize("given", list(TABLE), ids=lambda given: given.__name__)
def test_the_exit_code(given: Callable[[Path], list[str | Path]], form: str, tmp_path: Path) -> None:
    arguments = given(tmp_path)
    found = tuple(
        peelcheck("validate", *arguments, "--fail-on", lowest, "--format", form).exit_code
        for lowest in ("error", "query", "never")
    )
    assert found == TABLE[given]


@pytest.mark.parametrize("form", ["table", "sarif"])
@pytest.mark.parametrize("lowest", ["error", "query", "never"])
def test_a_bug_is_3(form: str, lowest: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object, **more: object) -> None:
        raise BrokenCheck("DA101", "a bug")

    monkeypatch.setattr("peelcheck.engine.run_checks", broken)
    ran = peelcheck("validate", write_return(tmp_path), "--fail-on", lowest, "--format", form)
    assert (ran.exit_code, ran.stdout) == (3, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "form", ["table", "json", "csv", "xlsx", "markdown", "junit", "sarif", "github", "lines"]
)
def test_the_same_bytes_on_every_machine(form: str, tmp_path: Path) -> None:
    """Other hash seeds, time zones, locales and orders of arguments change nothing."""
    kent = write_return(tmp_path, total="665")
    marac = tmp_path / "kent" / "marac.csv"
    marac.write_text(
        "force,period_start,period_end,cases,repeat_cases\nKent,2016-04-01,2017-03-31,5,9\n", encoding="utf-8"
    )
    program = [sys.executable, "-m", "peelcheck", "validate"]
    seen = set()
    for seed, zone, language, files in (
        ("0", "UTC", "C.UTF-8", (kent, marac)),
        ("1", "Asia/Tokyo", "C", (kent, marac)),
        ("77", "America/New_York", "tr_TR.UTF-8", (marac, kent)),
    ):
        own = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        done = ran(*program, *files, "--format", form, env={**os.environ, **own}, text=False)
        assert done.returncode == 1
        seen.add(done.stdout)
    assert len(seen) == 1
