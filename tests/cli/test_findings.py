"""`--findings FILE`: nothing is capped, and nothing in it is a formula."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.support.running import peelcheck

HEADINGS = (
    "force,force_code,crime_reference,offence_code,offence_group,date_recorded,date_committed,outcome_type,"
    "outcome_date,domestic_abuse,victim_vulnerable\r\n"
)
ROW = "Kent,E23000032,{n},5,Robbery,{date},2017-01-01,No suspect identified,,no,no\r\n"


def run(*arguments: str | Path) -> int:
    return peelcheck(*arguments).exit_code


def records(folder: Path, dates: list[str]) -> Path:
    path = folder / "crime_records.csv"
    path.write_text(
        HEADINGS + "".join(ROW.format(n=n, date=date) for n, date in enumerate(dates)), encoding="utf-8"
    )
    return path


def test_every_bad_cell_has_its_line(tmp_path: Path) -> None:
    path, output = records(tmp_path, ["31/02/2017"] * 300 + ["2017-01-02"]), tmp_path / "every.csv"
    assert run("validate", path, "--findings", output) == 1
    rows = list(csv.DictReader(output.read_text(encoding="utf-8-sig").splitlines()))
    assert [int(row["row"]) for row in rows] == list(range(2, 302))
    assert rows[0] == {
        "code": "CE005",
        "severity": "error",
        "force": "Kent",
        "return": "crime_records",
        "item": "date_recorded",
        "period_end": "",
        "file": path.as_posix(),
        "row": "2",
        "column": "date_recorded",
        "value": "31/02/2017",
    }


def test_a_cell_that_would_be_a_formula_is_not_one(tmp_path: Path) -> None:
    path, output = records(tmp_path, ["=1+1", "@x", "-2"]), tmp_path / "every.csv"
    run("validate", path, "--findings", output)
    rows = list(csv.DictReader(output.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["value"] for row in rows] == ["'=1+1", "'@x", "'-2"]


def test_a_received_file_is_not_written_over(tmp_path: Path) -> None:
    path = records(tmp_path, ["2017-01-02"])
    before = path.read_bytes()
    assert run("validate", tmp_path, "--findings", path) == 2
    assert path.read_bytes() == before


def test_where_it_cannot_be_written_nothing_is_left(tmp_path: Path) -> None:
    path = records(tmp_path, ["2017-01-02"])
    assert run("validate", path, "--findings", tmp_path / "no such folder" / "every.csv") == 2
    assert [p.name for p in tmp_path.iterdir()] == ["crime_records.csv"]
