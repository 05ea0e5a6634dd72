"""Templates: what is filled in and locked, what each cell refuses, and what comes back from them."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from peelcheck.schema import find_collection, load_collection
from tests.support.rounds import SAMPLE
from tests.support.running import peelcheck
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import Files, write_round

COLLECTION = load_collection(find_collection("peel-2017"))
ASIDES = ("Status (proposed)", "Figures it is about", "Reason for status")


def written(tmp_path: Path, *arguments: str | Path) -> Path:
    path = tmp_path / "kent.xlsx"
    ran = peelcheck("template", "--force", "Kent", "--output", path, *arguments)
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "", "")
    return path


def filled(book: Workbook, files: Files, slug: str) -> None:
    """Type the figures of a round's files into a template, each under its heading and in the row of its period."""
    for sheet in book.worksheets[1:]:
        schema = COLLECTION.returns[sheet.title]
        rows = {
            (row["period_start"], row["period_end"]): row
            for row in files[f"returns/{slug}/{sheet.title}.csv"].rows
        }
        floating = list(rows.values())
        columns = {cell.value: cell.column for cell in sheet[1]}
        for number in range(2, sheet.max_row + 1):
            start, end = (
                sheet.cell(number, columns[schema[name].title]).value
                for name in ("period_start", "period_end")
            )
            if start is None:  # the force chooses the date
                row = floating[0]
                for name in ("period_start", "period_end"):
                    day = dt.datetime.fromisoformat(row[name])
                    sheet.cell(number, columns[schema[name].title]).value = day
            else:
                found = rows.get((f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}"))
                if found is None:
                    continue
                row = found
            for item in schema.items:
                text = row.get(item.name, "")
                if text:
                    sheet.cell(number, columns[item.title]).value = int(text) if text.isdecimal() else text
            sheet.cell(number, columns[schema["note"].title]).value = row.get("note") or None


def queries(*arguments: str | Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(peelcheck("validate", *arguments, "--format", "json").stdout)[
        "queries"
    ]
    return found


def test_rows_that_are_owed_are_filled_in_and_locked(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path))
    assert book.sheetnames == [
        "Read me", "incidents", "domestic_abuse", "asb_powers", "organised_crime_groups", "mental_health", "marac",
        "sex_offenders",
    ]  # fmt: skip
    marac = book["marac"]
    assert [cell.value for cell in marac[1]] == [
        *(f.title for f in COLLECTION.returns["marac"].fields),
        *ASIDES,
    ]
    assert [[cell.value for cell in row[:4]] for row in marac["A2:D3"]] == [
        ["Kent", "E23000032", dt.datetime(2016, 4, 1), dt.datetime(2017, 3, 31)],
        ["Kent", "E23000032", dt.datetime(2015, 4, 1), dt.datetime(2016, 3, 31)],
    ]
    assert marac.protection.sheet
    assert [cell.protection.locked for cell in marac[2]] == [True] * 4 + [False] * 6
    assert marac.freeze_panes == "C2"


def test_each_cell_says_what_belongs_in_it(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path, "marac"))["marac"]
    rule = next(one for one in sheet.data_validations.dataValidation if "E2" in one.sqref)
    assert (rule.type, rule.formula1, rule.promptTitle) == (
        "whole",
        "0",
        COLLECTION.returns["marac"]["cases"].title,
    )
    assert "A whole number of cases, 0 or more." in rule.prompt
    assert rule.error == "Please write a whole number of cases, 0 or more."


def test_the_sum_of_the_parts_stands_beside_a_total(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path, "incidents"))["incidents"]
    heading = next(cell for cell in sheet[1] if str(cell.value).startswith("Check: "))
    assert heading.value == "Check: All incidents"
    assert sheet.cell(2, heading.column).value == "=SUM(E2,F2,G2,H2)"


def test_the_accepted_figure_is_shown_where_a_context_gives_it(tmp_path: Path) -> None:
    assert peelcheck("context", SAMPLE, "--force", "Kent", "--output", tmp_path / "c").exit_code == 0
    sheet = openpyxl.load_workbook(written(tmp_path, "marac", "--context", tmp_path / "c"))["marac"]
    prompts = [one.prompt for one in sheet.data_validations.dataValidation if "E3" in one.sqref]
    assert prompts[0].endswith("Accepted before: 2,787.")


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    path = written(tmp_path)
    before = path.read_bytes()
    ran = peelcheck("template", "--force", "Kent", "--output", path)
    assert (ran.exit_code, path.read_bytes()) == (2, before)
    assert "is there already" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--output", "x.xlsx"), "give either --force NAME or --all"),
        (("--all", "--force", "Kent", "--output", "x"), "give either --force NAME or --all"),
        (("--force", "Kant", "--output", "x.xlsx"), "Kant"),
        (
            ("population", "--force", "Kent", "--output", "x.xlsx"),
            "population: not a return that forces send",
        ),
        (("--force", "Kent", "--output", "x.pdf"), "please choose a name ending in .xlsx"),
        (("--force", "Kent", "--context", "nowhere", "--output", "x.xlsx"), "nowhere"),
    ],
)
def test_wrong_use(
    arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = peelcheck("template", *arguments)
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert not list(tmp_path.iterdir())


def test_plain_csv_files(tmp_path: Path) -> None:
    ran = peelcheck(
        "template", "marac", "sex_offenders", "--force", "Kent", "--format", "csv", "--output", tmp_path / "k"
    )
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert sorted(path.name for path in (tmp_path / "k").iterdir()) == ["marac.csv", "sex_offenders.csv"]
    data = (tmp_path / "k" / "marac.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert rows[0] == list(COLLECTION.returns["marac"].columns)
    assert rows[1][:4] == ["Kent", "E23000032", "2016-04-01", "2017-03-31"]


def test_a_filled_template_is_a_return_like_any_other(tmp_path: Path) -> None:
    files = clean_round()
    path = written(tmp_path)
    book = openpyxl.load_workbook(path)
    filled(book, files, "kent")
    book.save(path)
    assert queries(path) == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (soffice)")
def test_the_templates_of_all_forces_saved_by_libreoffice_give_a_round_without_findings(
    tmp_path: Path,
) -> None:
    files, root = clean_round(), tmp_path / "round"
    write_round(files, root)
    expected = {q["id"] for q in queries(root)}
    made, saved = tmp_path / "made", tmp_path / "saved"
    assert peelcheck("template", "--all", "--output", made).exit_code == 0
    for force in COLLECTION.forces:
        book = openpyxl.load_workbook(made / f"{force.slug}.xlsx")
        filled(book, files, force.slug)
        book.save(made / f"{force.slug}.xlsx")
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run(
        [*command, "--outdir", str(saved), *map(str, sorted(made.iterdir()))], check=True, capture_output=True
    )
    for force in COLLECTION.forces:
        folder = root / "returns" / force.slug
        shutil.rmtree(folder)
        folder.mkdir()
        shutil.copy(saved / f"{force.slug}.xlsx", folder / "return.xlsx")
    assert {q["id"] for q in queries(root)} == expected


Change = Callable[[Workbook], None]


def cell(sheet: str, place: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][place].value = value

    return change


WRONG = {
    f"{sheet} {place} {value!r}": (sheet, place, value)
    for sheet, place, value in (
        ("marac", "E2", "n/k"), ("marac", "E2", -5), ("marac", "E2", 3.5), ("marac", "F2", "29%"), ("marac", "E2", "1,O5"),
        ("marac", "E2", "see note"), ("marac", "E2", "#REF!"), ("marac", "E2", dt.datetime(2017, 3, 1)),
        ("marac", "F2", 99_999), ("incidents", "I2", 5), ("incidents", "E2", "12 000x"), ("incidents", "F2", -1),
        ("incidents", "G2", 10.25), ("domestic_abuse", "K2", 1), ("domestic_abuse", "E2", "many"),
        ("domestic_abuse", "O2", 500_000), ("domestic_abuse", "N2", 0.5), ("asb_powers", "I2", 1), ("asb_powers", "E2", "?"),
        ("mental_health", "F2", 100_000), ("mental_health", "E2", "ten"), ("mental_health", "E2", "1.5.2"),
        ("organised_crime_groups", "E3", "x"), ("organised_crime_groups", "F3", -2), ("sex_offenders", "C2", "soon"),
        ("sex_offenders", "D2", dt.datetime(2020, 1, 1)), ("sex_offenders", "C2", dt.datetime(1917, 9, 1)),
        ("sex_offenders", "E2", "1e"), ("sex_offenders", "F2", 9_999), ("sex_offenders", "J2", -63),
        ("marac", "G2", None), ("incidents", "B2", "E23000028"), ("incidents", "A2", "Essex"),
    )
    if (sheet, place) != ("marac", "G2")
}  # fmt: skip


def accepts(rules: list[DataValidation], place: str, value: object) -> bool:
    """Whether Excel lets this be typed into a cell."""
    rule = next((one for one in rules if place in one.sqref), None)
    if rule is None or rule.type is None:
        return True
    if rule.type == "list":
        return str(value) in str(rule.formula1).strip('"').split(",")
    if isinstance(value, dt.datetime):
        value = (value - dt.datetime(1899, 12, 30)).days
    if not isinstance(value, int | float) or (rule.type == "whole" and value != int(value)):
        return False
    return float(rule.formula1) <= value <= float(rule.formula2)


def test_wrong_entries_are_refused_by_the_cell_or_found(tmp_path: Path) -> None:
    files, path = clean_round(), written(tmp_path)
    book = openpyxl.load_workbook(path)
    filled(book, files, "kent")
    good = tmp_path / "good.xlsx"
    book.save(good)
    refused, found = 0, 0
    for sheet, place, value in WRONG.values():
        book = openpyxl.load_workbook(good)
        locked = book[sheet][place].protection.locked
        if locked or not accepts(book[sheet].data_validations.dataValidation, place, value):
            refused += 1
        book[sheet][place].value = value
        book.save(path)
        assert queries(path), f"{sheet} {place}: {value!r}"
        found += 1
    assert (len(WRONG), found) == (32, 32)
    assert refused >= 20


def test_what_is_written_beside_the_figures_is_proposed_and_silences_nothing(tmp_path: Path) -> None:
    path = written(tmp_path)
    book = openpyxl.load_workbook(path)
    filled(book, clean_round(), "kent")
    sheet = book["marac"]
    sheet["F2"].value = None
    sheet["H2"].value, sheet["I2"].value, sheet["J2"].value = (
        "not supplied",
        "Repeat cases",
        "=new <b>system</b>",
    )
    sheet["J2"].data_type = "s"
    sheet["H3"].value, sheet["J3"].value = "estimated", "from a sample"
    book.save(path)
    out = tmp_path / "proposed.csv"
    found = {q["code"]: q for q in queries(path, "--proposals", out)}
    assert found["RO115"]["message"].endswith("Beside it is written “not supplied: =new <b>system</b>”.")
    assert found["RO140"]["severity"] == "note"
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [
        (r["force"], r["return"], r["item"], r["period_end"], r["status"], r["reason"]) for r in rows
    ] == [
        ("Kent", "marac", "repeat_cases", "2017-03-31", "not_supplied", "'=new <b>system</b>"),
        ("Kent", "marac", "", "2016-03-31", "estimated", "from a sample"),
    ]
    assert rows[0]["source"].endswith("kent.xlsx, sheet marac, row 2")
    assert peelcheck("validate", path, "--proposals", out).exit_code == 2


@pytest.mark.parametrize(
    ("status", "figures", "reason", "said"),
    [
        (
            "lost",
            None,
            "x",
            "“Status (proposed)” is “lost”; it must be “not supplied”, “partial”, “estimated” or",
        ),
        (None, None, "x", "is blank, although the cells beside it are filled in"),
        ("partial", None, None, "but “Reason for status” is blank."),
        (
            "partial",
            "Repeet cases",
            "x",
            "names “Repeet cases”, which is no figure of this return. Is “Repeat cases” meant?",
        ),
    ],
)
def test_a_proposal_that_is_not_understood(
    status: str | None, figures: str | None, reason: str | None, said: str, tmp_path: Path
) -> None:
    path = written(tmp_path, "marac")
    book = openpyxl.load_workbook(path)
    filled(book, clean_round(), "kent")
    sheet = book["marac"]
    sheet["H2"].value, sheet["I2"].value, sheet["J2"].value = status, figures, reason
    book.save(path)
    (query,) = queries(path)
    assert (query["code"], query["force"], query["locations"][0]["row"]) == ("RO141", "Kent", 2)
    assert said in query["message"]


def test_a_template_of_another_version_is_recognised(tmp_path: Path) -> None:
    schemas = tmp_path / "schemas" / "peel-2017"
    shutil.copytree(find_collection("peel-2017"), schemas)
    path = written(tmp_path, "marac")
    book = openpyxl.load_workbook(path)
    filled(book, clean_round(), "kent")
    book.save(path)
    marac = schemas / "marac.yaml"
    text = marac.read_text(encoding="utf-8")
    marac.write_text(text.replace("description: ", "description: Reworded. ", 1), encoding="utf-8")
    assert queries(path, "--schemas", schemas.parent) == []
    marac.write_text(text.replace("minimum: 0", "minimum: 1", 1), encoding="utf-8")
    (query,) = queries(path, "--schemas", schemas.parent)
    assert (query["code"], query["locations"][0]["sheet"]) == ("FI114", "marac")
