"""What a round lacks is said, and what came is never said not to have come."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from a_round import COLUMNS, RETURN, a_round
from a_round import peelcheck as run
from peelcheck import engine

SAMPLE = Path(__file__).parents[2] / "sample_returns"


def queries(*arguments: str | Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("validate", *arguments, "--format", "json").stdout)[
        "queries"
    ]
    return found


def test_tables_of_others_that_are_missing(tmp_path: Path) -> None:
    missing = [q for q in queries(a_round(tmp_path)) if q["code"] == "RO118"]
    assert [q["return"] for q in missing] == [
        "antisocial_behaviour",
        "crime_file_review",
        "crime_outcomes",
        "domestic_abuse_crimes",
        "population",
        "recorded_crime",
        "survey_responses",
    ]
    assert {(q["severity"], q["force"]) for q in missing} == {("error", None)}
    assert missing[4]["message"] == (
        "The table “Population” (population.csv; Office for National Statistics) is not in the round, "
        "so nothing was held against it."
    )


def test_files_on_their_own_lack_nothing(tmp_path: Path) -> None:
    file = a_round(tmp_path) / "returns" / "kent" / "domestic_abuse.csv"
    assert queries(file) == []
    page = " ".join(run("validate", file).stdout.split())
    assert "Returns 1 received, 1 with nothing to ask" in page
    assert "other forces, other returns and accepted figures were not there to compare with" in page


def test_a_file_on_its_own_is_its_rows_forces(tmp_path: Path) -> None:
    path = tmp_path / "domestic_abuse.csv"
    path.write_text(RETURN, encoding="utf-8")
    (file,) = engine.validate([path]).files
    assert file.force == "Kent"
    path.write_text(RETURN.replace("Kent", "Essex", 1), encoding="utf-8")
    (file,) = engine.validate([path]).files
    assert file.force is None


def test_a_row_that_could_not_be_used_was_received(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "essex").mkdir()
    wrong = RETURN.splitlines()[1].replace("Kent", "Essex").replace("2017-06-30", "2017-05-31")
    (root / "returns" / "essex" / "domestic_abuse.csv").write_text(f"{COLUMNS}\n{wrong}\n", encoding="utf-8")
    shutil.copytree(SAMPLE / "reference", root / "reference")
    out = dict(engine.figures([root]).out["da_arrest_rate"])
    assert out["Essex"] == "arrests in a row whose force or period is in doubt"
    assert out["Surrey"] == "arrests not received"


def test_a_row_in_two_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.csv").write_text(RETURN, encoding="utf-8")
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    repeated = {q["message"] for q in queries(one, two) if q["code"] == "RO111"}
    assert repeated == {f"Kent has another row for the same period: row {row} of {one}." for row in (2, 3)}


@pytest.mark.parametrize(
    ("measure", "footnote"),
    [
        (
            "da_arrest_rate",
            "England and Wales includes the figure of Kent, far from what was expected; without it, 48",
        ),
        (
            "detention_rate",
            "England and Wales includes the figures of Essex and Nottinghamshire, far from what was expected; "
            "without them, 50",
        ),
        ("da_risk_assessments", ""),
    ],
)
def test_figures_say_which_bend_the_england_and_wales_figure(measure: str, footnote: str) -> None:
    national = {figure.measure: figure for figure in engine.figures([SAMPLE]).national}
    assert national[measure].footnote == footnote
    asked = [q for q in engine.validate([SAMPLE]).queries if q.measure == measure]
    if footnote:  # what a query says of England and Wales is what stands there as without them
        assert {f"{q.england_and_wales:.0f}" for q in asked} == {footnote[-2:]}


def test_one_force_is_told_nothing_of_others(tmp_path: Path) -> None:
    findings = tmp_path / "findings.csv"
    out = json.loads(
        run("validate", SAMPLE, "--force", "kent", "--findings", findings, "--format", "json").stdout
    )
    lines = findings.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert lines
    assert {line.split(",")[2] for line in lines} == {'"Kent"'}
    assert {skipped["force"] for check in out["checks"] for skipped in check["not_run"]} <= {None, "Kent"}
    assert 0 < out["summary"]["expected_false_queries"] < 1


def test_a_table_of_others_is_named_as_theirs() -> None:
    page = run("validate", SAMPLE).stdout
    assert "antisocial_behaviour · asb_incidents · table of Office for National Statistics" in page
    assert "domestic_abuse · arrests · table of" not in page


def test_a_row_twice_among_the_accepted_figures_stops_the_run(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "history").mkdir()
    again = RETURN.splitlines()[2].replace("1104", "1105")
    (root / "history" / "domestic_abuse.csv").write_text(
        "\n".join([COLUMNS, RETURN.splitlines()[2], again]) + "\n", encoding="utf-8"
    )
    ran = run("validate", root)
    assert ran.exit_code == 2
    assert (
        "history/domestic_abuse.csv: row 3, period_end: Kent has another row for the same period: row 2."
        in ran.stderr
    )


def test_two_bad_cells_of_an_item_are_two_queries_if_they_are_bad_in_two_ways(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    path = root / "returns" / "kent" / "domestic_abuse.csv"
    path.write_text(RETURN.replace("1201", "12o1").replace("1104", "about x"), encoding="utf-8")
    bad = [q for q in queries(root) if q["item"] == "arrests" and q["code"].startswith("CE")]
    assert sorted((q["locations"][0]["row"], q["locations"][0]["value"], q["also"]) for q in bad) == [
        (2, "12o1", []),
        (3, "about x", []),
    ]


def test_the_change_of_england_and_wales_is_that_of_the_same_forces(tmp_path: Path) -> None:
    """Kent doubles and Surrey stands still; Essex, which sent nothing this year, would make it a fall."""
    root = a_round(tmp_path)
    shutil.copytree(SAMPLE / "reference", root / "reference")
    for force, arrests in (("Kent", 2208), ("Surrey", 1104), ("Essex", "")):
        folder = root / "returns" / force.lower()
        folder.mkdir(exist_ok=True)
        text = RETURN.replace("1201", str(arrests)).replace("Kent", force)
        (folder / "domestic_abuse.csv").write_text(text, encoding="utf-8")
    table = (SAMPLE / "reference" / "domestic_abuse_crimes.csv").read_text(encoding="utf-8-sig")
    crimes = {
        (row["force"], row["period_end"][:4]): int(row["domestic_abuse_crimes"])
        for row in csv.DictReader(table.splitlines())
        if row["force"] in ("Kent", "Surrey")
    }
    below = {year: crimes["Kent", year] + crimes["Surrey", year] for year in ("2017", "2016")}
    rise = (2208 + 1104) / below["2017"] / ((1104 + 1104) / below["2016"])
    (national,) = [f for f in engine.figures([root]).national if f.measure == "da_arrest_rate"]
    assert national.change == pytest.approx(100 * (rise - 1))


def test_history_of_this_year_and_of_long_ago(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "history").mkdir()
    for start, end, column in ((2016, 2017, "period_start"), (2010, 2011, "period_end")):
        row = RETURN.splitlines()[1].replace("2016-07-01,2017-06-30", f"{start}-07-01,{end}-06-30")
        (root / "history" / "domestic_abuse.csv").write_text(f"{COLUMNS}\n{row}\n", encoding="utf-8")
        ran = run("validate", root)
        assert (ran.exit_code, ran.stderr) == (
            2,
            f"Error: history/domestic_abuse.csv: row 2, {column}: The row covers 1 July {start} to 30 June {end} "
            "(12 months). History holds the years 2012 to 2016.\n",
        )


def test_history_under_another_name(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "history").mkdir()
    (root / "history" / "domestic abuse.csv").write_text(RETURN, encoding="utf-8")
    ran = run("validate", root)
    assert (ran.exit_code, ran.stderr) == (
        2,
        "Error: history/domestic abuse.csv: a file of accepted figures is named after its return, and none has this name\n",
    )


def test_what_is_declared_not_to_come_has_not_come(tmp_path: Path) -> None:
    root = tmp_path / "round"
    shutil.copytree(SAMPLE, root)
    before = engine.validate([root])
    (root / "returns" / "surrey" / "sex_offenders.csv").unlink()
    with (root / "declarations.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(
            ["Surrey", "", "sex_offenders", "", "", "", "not_supplied", "no system", ""]
        )
    after = engine.validate([root])
    assert after.returns_received == before.returns_received - 1
    assert after.returns_missing == before.returns_missing


WORKBOOK = b"PK\x03\x04 xl/workbook.xml"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("domestic_abuse.xlsm", WORKBOOK, [("FI003", "domestic_abuse")]),
        ("domestic_abuse.xlsb", WORKBOOK, [("FI003", "domestic_abuse")]),
        ("Domestic-Abuse.XLSX", WORKBOOK, [("FI003", "domestic_abuse")]),
        ("Kent domestic abuse return.xlsx", WORKBOOK, [("FI003", "domestic_abuse")]),
        ("domestic_abuse.csv.xlsx", WORKBOOK, [("FI003", "domestic_abuse")]),
        ("domestic_abuse.zip", b"PK\x03\x04 domestic_abuse.csv", [("FI004", "domestic_abuse")]),
        ("domestic_abuse", RETURN.encode(), []),
        ("domestic_abuse.csv ", RETURN.encode(), []),
        ("domestic_abuse.csv.bak", RETURN.encode(), []),
        ("letter.docx", b"PK\x03\x04 word/document.xml", [("FI110", "letter"), ("RO101", "domestic_abuse")]),
    ],
)
def test_what_lies_in_a_forces_folder_under_any_name(
    name: str, content: bytes, said: list[tuple[str, str]], tmp_path: Path
) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "kent" / "domestic_abuse.csv").unlink()
    (root / "returns" / "kent" / name).write_bytes(content)
    kent = [q for q in queries(root) if q["force"] == "Kent"]
    missing = [q for q in kent if q["code"] == "RO101" and q["return"] != "domestic_abuse"]
    assert sorted((q["code"], q["return"]) for q in kent if q not in missing) == said


def test_a_folder_of_nothing_but_what_the_system_puts_there(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "kent" / "domestic_abuse.csv").rename(root / "returns" / "kent" / "Thumbs.db")
    assert run("validate", root).exit_code == 2
