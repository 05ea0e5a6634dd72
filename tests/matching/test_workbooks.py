"""Workbooks as they are sent: which sheets are read, what their cells are, what is said, and where."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.support.rounds import RETURN, ROUND
from tests.support.running import peelcheck
from tests.support.workbooks import RELATIONS, SHEET, Cell, packed, rows_of, xlsx

ROWS = rows_of(RETURN)
MARAC = rows_of(
    "force,period_start,period_end,cases,repeat_cases\nKent,2016-04-01,2017-03-31,310,90\nKent,2015-04-01,2016-03-31,300,88\n"
)


def a_round(tmp_path: Path, data: bytes, name: str = "return.xlsx") -> Path:
    kent = tmp_path / "returns" / "kent"
    kent.mkdir(parents=True)
    (tmp_path / "round.yaml").write_text(ROUND, encoding="utf-8")
    (kent / name).write_bytes(data)
    return tmp_path


def kents(root: Path) -> list[dict[str, Any]]:
    """What is asked about Kent's files, but for returns that are missing."""
    ran = peelcheck("validate", root, "--format", "json")
    assert ran.exit_code in (0, 1)
    queries = json.loads(ran.stdout)["queries"]
    return [q for q in queries if q["force"] == "Kent" and q["code"] != "RO101"]


def said(root: Path) -> list[tuple[str, str | None, str | None, str | None]]:
    """Code, sheet, cell and value of each query about Kent's files."""
    return sorted(
        (q["code"], place["sheet"], place["cell"], place["value"])
        for q in kents(root)
        for place in q["locations"][:1]
    )


def changed(row: int, column: int, cell: Cell) -> list[list[Cell]]:
    rows = [list(one) for one in ROWS]
    rows[row - 1][column] = cell
    return rows


def test_a_workbook_of_two_returns_and_a_sheet_of_contents(tmp_path: Path) -> None:
    book = xlsx({"Read me": [["Returns of Kent"], ["See the sheets"]], "DA": ROWS, "Multi-agency": MARAC})
    root = a_round(tmp_path, book)
    (query,) = kents(root)
    assert (query["code"], query["message"]) == (
        "FI111",
        "The sheet “Read me” fits no return and was not used.",
    )
    files = json.loads(peelcheck("validate", root, "--format", "json").stdout)["files"]
    assert [(f["path"], f["sheet"], f["return"], f["rows"], f["force"]) for f in files] == [
        ("returns/kent/return.xlsx", "DA", "domestic_abuse", 2, "Kent"),
        ("returns/kent/return.xlsx", "Multi-agency", "marac", 2, "Kent"),
    ]


def test_a_wrong_cell_is_found_at_its_cell(tmp_path: Path) -> None:
    root = a_round(tmp_path, xlsx({"Domestic abuse": [["Kent Police"], [], *changed(2, 3, "12o1")]}))
    assert said(root) == [
        ("CE001", "Domestic abuse", "D4", "12o1"),
        ("FI102", "Domestic abuse", None, None),
    ]
    assert (
        "returns/kent/return.xlsx, sheet Domestic abuse, cell D4 (arrests): “12o1”"
        in peelcheck("validate", root).stdout
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (dt.date(2016, 7, 1), []),
        ("1 July 2016", ["CE106"]),
        ("2016-07-01", []),
    ],
    ids=["a date", "a date in words", "a date as text"],
)
def test_dates(cell: Cell, expected: list[str], tmp_path: Path) -> None:
    root = a_round(tmp_path, xlsx({"Sheet1": changed(2, 1, cell)}))
    assert [q["code"] for q in kents(root)] == expected


def test_dates_of_the_system_of_1904(tmp_path: Path) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": True}) as book:
        sheet, date = book.add_worksheet("marac"), book.add_format({"num_format": "d mmm yy"})
        for r, row in enumerate(MARAC):
            for c, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(r, c, dt.datetime(cell.year, cell.month, cell.day), date)
                else:
                    sheet.write(r, c, cell)
    assert kents(a_round(tmp_path, out.getvalue())) == []


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ((1201, "#,##0"), None),
        ((1201, "0.00"), None),
        ((1201, '#,##0" arrests"'), None),
        ((1201, "0,"), "D2 shows 1 and holds 1201"),
        ((1201.4, "0"), "D2 shows 1,201 and holds 1201.4"),
        ((1201, "0%"), "D2 shows 120,100% and holds 1201"),
        ((0.1234, "0.0%"), "D2 shows 12.3% and holds 0.1234"),
        ((1201, "[>1000]0.0,;0"), "D2 shows 1.2 and holds 1201"),
    ],
)
def test_a_cell_that_shows_another_figure(cell: Cell, shown: str | None, tmp_path: Path) -> None:
    root = a_round(tmp_path, xlsx({"Sheet1": changed(2, 3, cell)}))
    found = [q["message"] for q in kents(root) if q["code"] == "FI113"]
    assert found == ([f"Cell {shown}. What a cell holds was used."] if shown else [])


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?"])
def test_an_error_value_is_an_error_at_its_cell_and_no_blank(error: str, tmp_path: Path) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("marac")
        for r, row in enumerate(MARAC):
            for c, cell in enumerate(row):
                sheet.write(r, c, cell.isoformat() if isinstance(cell, dt.date) else cell)
        sheet.write_formula("D2", "=Other!A1", None, error)
    (query,) = kents(a_round(tmp_path, out.getvalue()))
    assert (query["code"], query["locations"][0]["cell"]) == ("CE001", "D2")
    assert query["message"].endswith(
        f"is “{error}”, which is not a whole number. A formula in the spreadsheet did not work."
    )


def test_a_formula_that_was_never_worked_out_is_an_error_at_its_cell_and_no_blank(tmp_path: Path) -> None:
    root = a_round(tmp_path, xlsx({"marac": MARAC}))
    path = root / "returns" / "kent" / "return.xlsx"
    parts = {one.filename: zipfile.ZipFile(path).read(one) for one in zipfile.ZipFile(path).infolist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b"<v>310</v>" in sheet
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<v>310</v>", b"<f>SUM(X1:X3)</f>")
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    (query,) = kents(root)
    assert (query["code"], query["locations"][0]["cell"], query["locations"][0]["value"]) == (
        "CE001",
        "D2",
        "=SUM(X1:X3)",
    )


def test_a_force_merged_over_its_rows_stands_in_each(tmp_path: Path) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, plain = book.add_worksheet("marac"), book.add_format()
        for r, row in enumerate(MARAC):
            for c, cell in enumerate(row):
                sheet.write(r, c, cell.isoformat() if isinstance(cell, dt.date) else cell)
        sheet.merge_range("A2:A3", "Kent", plain)
    assert kents(a_round(tmp_path, out.getvalue())) == []


def test_what_is_hidden_is_read_and_said(tmp_path: Path) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name in ("marac", "domestic_abuse"):
            sheet = book.add_worksheet(name)
            for r, row in enumerate(MARAC if name == "marac" else ROWS):
                for c, cell in enumerate(row):
                    sheet.write(r, c, cell.isoformat() if isinstance(cell, dt.date) else cell)
            if name == "marac":
                sheet.set_row(2, None, None, {"hidden": True})
                sheet.set_row(9, None, None, {"hidden": True})
                sheet.set_column("E:E", None, None, {"hidden": True})
                sheet.set_column("H:XFD", None, None, {"hidden": True})
            else:
                sheet.hide()
    root = a_round(tmp_path, out.getvalue())
    assert {q["locations"][0]["sheet"]: q["message"] for q in kents(root)} == {
        "marac": "Row 3 is hidden and column E is hidden. What is hidden was read like everything else.",
        "domestic_abuse": "The sheet is hidden. What is hidden was read like everything else.",
    }


def test_two_sheets_of_one_return_are_asked_about(tmp_path: Path) -> None:
    root = a_round(tmp_path, xlsx({"Final": ROWS, "Draft": changed(2, 3, 1202)}))
    (query,) = kents(root)
    assert query["code"] == "RO102"
    assert query["message"].startswith(
        "returns/kent/return.xlsx, sheet Draft contains the return “Domestic abuse”, which is also in "
        "returns/kent/return.xlsx, sheet Final"
    )


def test_a_workbook_and_the_csv_of_the_same_name_are_asked_about(tmp_path: Path) -> None:
    root = a_round(tmp_path, xlsx({"Sheet1": changed(2, 3, 1202)}), "domestic_abuse.xlsx")
    (root / "returns" / "kent" / "domestic_abuse.csv").write_text(RETURN, encoding="utf-8")
    (query,) = kents(root)
    assert query["code"] == "RO102"


def test_a_sheet_with_most_headings_wrong_is_an_error_and_no_sheet_of_contents(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[0][6:] = [f"x{n}" for n in range(len(rows[0]) - 6)]
    root = a_round(tmp_path, xlsx({"marac": MARAC, "domestic abuse": rows}))
    assert [q["code"] for q in kents(root)] == ["RO103"]
    assert "sheet domestic abuse do not match any return" in kents(root)[0]["message"]


def test_a_workbook_of_nothing_that_is_a_return(tmp_path: Path) -> None:
    root = a_round(tmp_path, xlsx({"Sheet1": [["Name", "Age"], ["Ann", 7]], "Sheet2": [["a"]]}))
    assert [q["code"] for q in kents(root)] == ["RO103", "FI111"]


def test_a_workbook_of_blank_sheets(tmp_path: Path) -> None:
    assert [q["code"] for q in kents(a_round(tmp_path, xlsx({"Sheet1": []})))] == ["FI002"]


def test_a_workbook_under_another_name_is_read(tmp_path: Path) -> None:
    assert kents(a_round(tmp_path, xlsx({"Sheet1": ROWS}), "domestic_abuse.csv")) == []


def test_a_workbook_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kent").mkdir()
    (tmp_path / "kent" / "r.xlsx").write_bytes(xlsx({"DA": changed(2, 3, "x")}))
    monkeypatch.chdir(tmp_path)
    ran = peelcheck("validate", "kent/r.xlsx")
    assert ran.exit_code == 1
    assert "sheet DA, cell D2 (arrests): “x”" in ran.stdout


A1, FAR = '<c r="A1"><v>1</v></c>', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
HOSTILE = {
    "a far corner": packed(SHEET.format(f'<row r="1">{A1}</row>{FAR}')),
    "a document type": packed(
        '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;&x;">]>' + SHEET.format(f'<row r="1">{A1}</row>')
    ),
    "no sheet where there should be one": packed("", xl__workbook_dot_xml="<workbook/>"),
    "a link to nothing": packed(SHEET.format(""), xl___rels__workbook_dot_xml_dot_rels="<Relationships/>"),
    "a part that leads out": packed(
        SHEET.format(""),
        xl___rels__workbook_dot_xml_dot_rels=RELATIONS.format(kind="worksheet", target="../../../etc/passwd"),
    ),
    "a count of what is not there": packed(
        SHEET.format(f'<row r="1">{A1}</row>'),
        xl__styles_dot_xml='<styleSheet><cellXfs count="99999999999"><xf/></cellXfs></styleSheet>',
    ),
    "a cell without a place": packed(SHEET.format('<row r="1"><c r="AAAA1"><v>1</v></c></row>')),
    "a row without a place": packed(SHEET.format('<row r="99999999999"><c><v>1</v></c></row>')),
    "XML that ends too early": packed(SHEET.format(f'<row r="1">{A1}</row>')[:-40]),
    "a picture": b"PK\x03\x04 xl/workbook.xml" + bytes(2000),
    "a file cut off": xlsx({"Sheet1": ROWS})[:3000],
    "an older kind that is damaged": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "a password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(600)
    + "EncryptedPackage".encode("utf-16-le")
    + bytes(900),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_workbook_is_a_finding_and_the_rest_is_checked(data: bytes, tmp_path: Path) -> None:
    root = a_round(tmp_path, data)
    (root / "returns" / "kent" / "domestic_abuse.csv").write_text(RETURN, encoding="utf-8")
    codes = [q["code"] for q in kents(root)]
    assert len(codes) == 1
    assert codes[0] in ("FI003", "FI002", "FI006", "FI015", "RO103")


def test_a_part_that_is_larger_than_it_says(tmp_path: Path) -> None:
    data = bytearray(packed(SHEET.format(f'<row r="1">{A1}</row>') + " " * 100_000))
    (size,) = [one.file_size for one in zipfile.ZipFile(BytesIO(data)).infolist() if "sheet1" in one.filename]
    stated = size.to_bytes(4, "little")
    assert data.count(stated) == 2
    lie = data.replace(stated, (10).to_bytes(4, "little"))
    (query,) = kents(a_round(tmp_path, bytes(lie)))
    assert query["message"] == "The workbook was not read, because it is damaged."
