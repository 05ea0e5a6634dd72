"""The whole zoo: every way in which a file comes wrong, through the whole program, and exactly what is found in it.

Figures and files are illustrative. How files are split is tested in `tests/reading`, what becomes of a cell in `tests/cells`,
and here beside: what is too much (`test_sizes`), paths (`test_paths`), and YAML that means harm (`test_yaml`).
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.support.harmless import harmless
from tests.support.rounds import a_small_round as a_round
from tests.support.rounds import csv_of
from tests.support.running import Found, found, validate

HEADINGS = "force,force_code,period_start,period_end,arrests,share,cost,note\n"
NOW = "Kent,E23000032,2016-07-01,2017-06-30,1201,12.5,34000,\n"
BEFORE = "Kent,E23000032,2015-07-01,2016-06-30,1104,11.5,33000,\n"
TABLE = HEADINGS + NOW + BEFORE
SCHEMA = """\
name: custody
title: Custody
description: Illustrative.
primaryKey: [force, period_start, period_end]
fields:
  - {name: force, type: string, title: Force, description: the force, x-peelcheck: {type: force}}
  - name: force_code
    type: string
    title: Force code
    description: the ONS code of the force, such as E23000014
    constraints: {pattern: "[A-Za-z][0-9]{8}"}
  - {name: period_start, type: date, title: From, description: first day, constraints: {required: true}}
  - {name: period_end, type: date, title: To, description: last day, constraints: {required: true}}
  - name: arrests
    type: integer
    title: Arrests
    description: Arrests.
    constraints: {minimum: 0}
    x-peelcheck: {unit: arrests, period: year_to_june, years: [2017, 2016]}
  - name: share
    type: number
    title: Share
    description: Share of arrests that led to a charge.
    x-peelcheck: {type: percent, unit: percent, period: year_to_june, years: [2017, 2016]}
  - name: cost
    type: number
    title: Cost
    description: Cost of custody.
    x-peelcheck: {type: money, unit: pounds, period: year_to_june, years: [2017, 2016]}
  - {name: note, type: string, title: Note, description: what else there is to say}
x-peelcheck: {kind: return, owed_by: forces, checks: []}
"""


def cell(column: str, text: str) -> str:
    """The table with another text in this year's row."""
    names, cells = HEADINGS.rstrip("\n").split(","), NOW.rstrip("\n").split(",")
    cells[names.index(column)] = text
    return HEADINGS + csv_of([cells]) + BEFORE


def workbook() -> bytes:
    """What an .xlsx is inside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(part, "x")
    return out.getvalue()


PUT_RIGHT = [Found("FI101", 0)]
COMMAS = ",,,,,,,\n"
SHAPES: dict[str, tuple[str | bytes, list[Found]]] = {
    "as in the template": (TABLE, []),
    "a byte-order mark": (b"\xef\xbb\xbf" + TABLE.encode(), []),
    "UTF-16, as Excel's Unicode text": (TABLE.replace(",", "\t").encode("utf-16"), PUT_RIGHT),
    "Windows-1252": (cell("note", "“£5” – see above").encode("cp1252"), PUT_RIGHT),
    "lines that end in three ways": (HEADINGS + NOW.replace("\n", "\r\n") + BEFORE.replace("\n", "\r"), []),
    "semicolons": (TABLE.replace(",", ";"), PUT_RIGHT),
    "tabs": (TABLE.replace(",", "\t"), PUT_RIGHT),
    "pipes": (TABLE.replace(",", "|"), PUT_RIGHT),
    "sep= in the first line": ("sep=;\n" + TABLE.replace(",", ";"), PUT_RIGHT),
    "a line end in a cell": (cell("note", "two\nlines"), []),
    "an error below a line end in a cell": (
        cell("note", "two\nlines").replace("1104", "11O4"),
        [Found("CE001", 3, "arrests", "11O4")],
    ),
    "blank rows": (HEADINGS + "\n" + NOW + "\n\n" + BEFORE + "\n", []),
    "an error below blank rows": (
        HEADINGS + "\n" + NOW + COMMAS + "\n" + BEFORE.replace("1104", "11O4"),
        [Found("CE001", 6, "arrests", "11O4")],
    ),
    "rows of commas": (HEADINGS + NOW + COMMAS + BEFORE + COMMAS * 3, []),
    "titles above": ("Custody\nIllustrative,,\n\n" + TABLE, [Found("FI102", 1), Found("FI102", 2)]),
    "an error below titles": (
        "Custody\n\n" + cell("arrests", "12O1"),
        [Found("FI102", 1), Found("CE001", 4, "arrests", "12O1")],
    ),
    "notes below": (TABLE + "\nSource: custody system\n", [Found("FI103", 5)]),
    "trailing empty columns": (TABLE.replace("\n", ",,\n"), []),
    "a heading twice": (
        TABLE.replace("note\n", "note,arrests\n").replace(",\n", ",,7\n"),
        [Found("FI012", 1, "arrests")],
    ),
    "headings in another case and spacing": (
        TABLE.replace("force_code", "Force Code").replace("arrests", " ARRESTS "),
        [],
    ),
    "a row with cells too few": (HEADINGS + NOW.replace(",12.5,34000,", "") + BEFORE, [Found("FI021", 2)]),
    "a row with cells too many": (
        HEADINGS + NOW.replace("34000,", "34000,x,y") + BEFORE,
        [Found("FI010", 2, None, "y")],
    ),
    "a total row": (TABLE + "Total,,,,2305,,67000,\n", [Found("RO107", 4, "force", "Total")]),
    "a transposed table": (
        csv_of(list(zip(*(row.split(",") for row in TABLE.splitlines()), strict=True))),
        [Found("FI013", 0)],
    ),
    "an .xlsx named .csv": (workbook(), [Found("FI003", 0)]),
    "an .xls named .csv": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), [Found("FI003", 0)]),
    "a log-in page named .csv": ("<!DOCTYPE html>\n<html><body>Log in</body></html>\n", [Found("FI005", 0)]),
    "null bytes": (
        TABLE.replace("1201", "12\x0001"),
        [Found("CE103", 2, "arrests", "12␀01"), Found("FI008", 2)],
    ),
    "a lone quotation mark": (TABLE.replace("34000", '"34000'), [Found("CE002", 2, "cost", '"34000')]),
    "an empty file": (b"", [Found("FI002", 0)]),
    "a header only": (HEADINGS, [Found("FI006", 1)]),
    "the end of a file as DOS marked it": (TABLE + "\x1a", [Found("FI103", 4)]),
}
CELLS: list[tuple[str, list[str], list[str]]] = [
    ("arrests", [], ["1234"]),
    ("arrests", ["CE101"], [" 66776 ", "\t1234", "1234\u00a0"]),
    ("arrests", ["CE102"], ["1,234", "1 234", "1\u00a0234", "1\u2009234", "1\u202f234"]),
    ("arrests", ["CE103"], ["１２３４", "1\u200b234"]),
    ("arrests", ["CE104"], ["1.0", " -00 ", "12.", "+1234"]),
    ("arrests", ["CE103", "TY102"], ["–5", "\u22125"]),
    ("arrests", ["TY102"], ["-5"]),
    ("arrests", ["CE001"], ["1.5", "1,23", "1.234.567", "1e3", "1O", "(12)", "£20", "12%", "123*", "1231)"]),
    (
        "arrests",
        ["CE001"],
        [".", "nil", "#N/A", "#REF!", "see note", "not available", "1/2", "12-15", "<5", "~5"],
    ),
    ("arrests", ["RO115"], ["", "-", "–", "..", "n/a", "N/A", "*", ":", "+"]),
    ("arrests", ["RO115"], ["[x]", "[c]", "[z]", "[u]", "[low]", "[e]", "[p]", "[r]"]),
    ("share", [], ["12%", "12.5 %"]),
    ("cost", [], ["£20", "20.50"]),
    ("cost", ["CE102"], ["£1,234.50"]),
    ("cost", ["CE002"], ["(20)", "20k"]),
    ("force", [], ["KENT", "Kent Police", ""]),
    ("force", ["CE101"], ["Kent ", " Kent"]),
    ("force", ["CE107"], ["Kent5", "Kent10,11"]),
    ("force", ["CE007"], ["Kant"]),
    ("period_end", ["CE106"], ["30/06/2017", "30-Jun-17", "30 June 2017", "2017-06-30T00:00:00"]),
    ("period_end", ["CE004"], ["06/07/2017"]),
    ("period_end", ["CE005"], ["31/02/2017"]),
    ("period_end", ["CE006"], ["42916"]),
    ("period_end", ["TY101"], [""]),
]
"""What is said of a text in a column: nothing where it is read without a word."""

HARM = {
    "markup": "[bold red]x[/]",
    "colour": "\x1b[31mred\x1b[0m",
    "a bell": "\x07",
    "right to left": "\u202e321\u202c",
    "a formula": "=1+1",
    "a command": "=cmd|' /C calc'!A0",
    "HTML": "<b>x</b>",
    "a script": "<script>alert(1)</script>",
    "a path": "../../../../etc/passwd",
    "an integer of 401 digits": "1" + "0" * 400,
}


def zoo() -> dict[str, tuple[str | bytes, list[Found]]]:
    """Every file, and what is found in it."""
    files = dict(SHAPES)
    for column, codes, texts in CELLS:
        for text in texts:
            files[f"{text!r} as {column}"] = (
                cell(column, text),
                [Found(code, 2, column, text) for code in codes],
            )
    for name, text in HARM.items():
        code = "CE009" if text.isdigit() else "CE001"
        files[f"{name} as a count"] = (cell("arrests", text), [Found(code, 2, "arrests", text)])
        headings, *rows = (line.split(",") for line in TABLE.splitlines())
        more = csv_of([[*headings, text], *([*row, text] for row in rows)])
        files[f"{name} as a heading"] = (more, [Found("RO105", 1)])
    return files


def zoo_round(folder: Path, data: str | bytes, name: str = "custody.csv") -> Path:
    """A round with one file of Kent's, of a return with every kind of figure."""
    root = a_round(folder, data, name)
    schemas = folder / "schemas" / "one-return"
    about = (schemas / "collection.yaml").read_text(encoding="utf-8")
    (schemas / "collection.yaml").write_text(about.replace("domestic_abuse", "custody"), encoding="utf-8")
    (schemas / "domestic_abuse.yaml").unlink()
    (schemas / "custody.yaml").write_text(SCHEMA, encoding="utf-8")
    return root


@pytest.mark.parametrize(("data", "expected"), zoo().values(), ids=map(ascii, zoo()))
def test_the_whole_zoo(data: str | bytes, expected: list[Found], tmp_path: Path) -> None:
    root = zoo_round(tmp_path, data)
    with harmless(root):
        ran = validate(root, "--format", "json")
    assert sorted(found(ran), key=str) == sorted(expected, key=str)
