"""Every kind of file that forces send: read right, or one clear finding that says where."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from peelcheck.reading.table import read_table
from peelcheck.rules.file_rules import FILE_RULES

KNOWN = ("force", "force_code", "arrests", "charged", "note")
TABLE = "force,arrests,charged\nKent,10,3\nSurrey,12,4\n"
COLUMNS = ("force", "arrests", "charged")
KENT, SURREY = ("Kent", "10", "3"), ("Surrey", "12", "4")


class Animal(NamedTuple):
    """A file, its columns, its rows, and its problems as (code, rows); `known` is whether the headings are given."""

    name: str
    data: bytes
    columns: tuple[str, ...] = COLUMNS
    rows: dict[int, tuple[str, ...]] = {2: KENT, 3: SURREY}  # noqa: RUF012
    problems: tuple[tuple[str, tuple[int, ...]], ...] = ()
    known: bool = True


def zipped(*names: str) -> bytes:
    """A zip archive with files of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(
                zipfile.ZipInfo(name), "x"
            )  # without the time, so that it is the same in every process
    return out.getvalue()


PUT_RIGHT = (("FI101", ()),)

ENCODINGS = [
    Animal("plain", TABLE.encode()),
    Animal("utf-8 with mark", b"\xef\xbb\xbf" + TABLE.encode()),
    Animal("utf-16 little end, tabs", TABLE.replace(",", "\t").encode("utf-16"), problems=PUT_RIGHT),
    Animal("utf-16 big end", b"\xfe\xff" + TABLE.encode("utf-16-be"), problems=PUT_RIGHT),
    Animal("utf-16 without mark", TABLE.encode("utf-16-le"), problems=PUT_RIGHT),
    Animal("utf-32", TABLE.encode("utf-32"), problems=PUT_RIGHT),
    Animal(
        "windows-1252",
        "force,note\nKent,“£5” – see above\n".encode("cp1252"),
        ("force", "note"),
        {2: ("Kent", "“£5” – see above")},
        PUT_RIGHT,
    ),
    Animal(
        "utf-8 with one row in windows-1252",
        "force,note\nKent,£5 – a\nSurrey,£6\n".encode() + "Essex,£7\n".encode("cp1252"),
        ("force", "note"),
        {2: ("Kent", "£5 – a"), 3: ("Surrey", "£6"), 4: ("Essex", "£7")},
        PUT_RIGHT,
    ),
    Animal(
        "utf-8 and windows-1252, a letter each",
        "force,note\nKent,£5\n".encode() + "Essex,£7\n".encode("cp1252"),
        ("force", "note"),
        {2: ("Kent", "£5"), 3: ("Essex", "£7")},
        PUT_RIGHT,
    ),
    Animal(
        "another code page",
        "force,note\nKent,Привет и добро пожаловать в наш город\nSurrey,Спасибо большое за письмо\n".encode(
            "cp1251"
        ),
        ("force", "note"),
        {2: ("Kent", "Привет и добро пожаловать в наш город"), 3: ("Surrey", "Спасибо большое за письмо")},
        PUT_RIGHT,
    ),
    Animal(
        "lost letters",
        "force,arrests,note\nKent,10,a\ufffdb\n".encode(),
        ("force", "arrests", "note"),
        {2: ("Kent", "10", "a\ufffdb")},
        (("FI007", (2,)),),
    ),
    Animal(
        "null in a cell",
        b"force,arrests,charged\nKent,1\x000,3\nSurrey,12,4\n",
        rows={2: ("Kent", "1␀0", "3"), 3: SURREY},
        problems=(("FI008", (2,)),),
    ),
    Animal("nulls at the end", TABLE.encode() + bytes(4096), problems=(("FI008", (4,)),)),
]

LINES = [
    Animal("crlf", TABLE.replace("\n", "\r\n").encode()),
    Animal("cr", TABLE.replace("\n", "\r").encode()),
    Animal("mixed ends", b"force,arrests,charged\rKent,10,3\r\nSurrey,12,4\n"),
    Animal("no end", TABLE.strip().encode()),
    Animal(
        "newline in a cell",
        b'force,arrests,charged,note\nKent,10,3,"one\ntwo\r\nthree"\nSurrey,12,4,\n',
        (*COLUMNS, "note"),
        {2: (*KENT, "one\ntwo\r\nthree"), 3: (*SURREY, "")},
    ),
    Animal(
        "blank row", b"force,arrests,charged\n\nKent,10,3\n\n\nSurrey,12,4\n\n\n", rows={3: KENT, 6: SURREY}
    ),
    Animal(
        "rows of commas",
        b"force,arrests,charged\nKent,10,3\n,,\nSurrey,12,4\n,,\n , ,\n",
        rows={2: KENT, 4: SURREY},
    ),
    Animal("columns of commas", b"force,arrests,charged,,\nKent,10,3,,\nSurrey,12,4,,\n"),
    Animal(
        "commas below only",
        b"force,arrests,charged\nKent,10,3,,\nSurrey,12,4,,\n",
        problems=(("FI109", (1,)),),
    ),
]

SEPARATORS = [
    Animal("semicolons", TABLE.replace(",", ";").encode(), problems=PUT_RIGHT),
    Animal("tabs", TABLE.replace(",", "\t").encode(), problems=PUT_RIGHT),
    Animal("bars", TABLE.replace(",", "|").encode(), problems=PUT_RIGHT),
    Animal("double bars", TABLE.replace(",", "||").encode(), problems=PUT_RIGHT),
    Animal("comma and space", TABLE.replace(",", ", ").encode(), problems=PUT_RIGHT),
    Animal(
        "sep", b"sep=;\r\n" + TABLE.replace(",", ";").encode(), rows={2: KENT, 3: SURREY}, problems=PUT_RIGHT
    ),
    Animal(
        "apostrophes",
        b"'force','arrests','charged'\n'Kent','10','3'\n'Surrey','12','4'\n",
        problems=PUT_RIGHT,
    ),
    Animal(
        "backslashes",
        b'"force","note"\n"Kent","the \\"big\\" one, yes"\n"Surrey","a, b"\n',
        ("force", "note"),
        {2: ("Kent", 'the "big" one, yes'), 3: ("Surrey", "a, b")},
        PUT_RIGHT,
    ),
    Animal(
        "backslashes outside quotation marks",
        b'"force";"note"\n"Kent";"the \\"big\\" one"\nSurrey;a\\;b \\"c\\" C:\\dir\n',
        ("force", "note"),
        {2: ("Kent", 'the "big" one'), 3: ("Surrey", 'a;b "c" C:\\dir')},
        PUT_RIGHT,
    ),
    Animal("quoted throughout", b'"force","arrests","charged"\n"Kent","10","3"\n"Surrey","12","4"\n'),
    Animal(
        "thousands in semicolons",
        b"force;arrests;rate\nKent;1,234;5,6\nSurrey;2,345;7,8\n",
        ("force", "arrests", "rate"),
        {2: ("Kent", "1,234", "5,6"), 3: ("Surrey", "2,345", "7,8")},
        PUT_RIGHT,
    ),
]

SHAPES = [
    Animal(
        "titles",
        b"Domestic abuse return\nForce:,Kent\n\nforce,arrests,charged\nKent,10,3\nSurrey,12,4\n",
        rows={5: KENT, 6: SURREY},
        problems=(("FI102", (1, 2)),),
    ),
    Animal(
        "titles with commas",
        b"Domestic abuse return,,\n,,\nforce,arrests,charged\nKent,10,3\nSurrey,12,4\n",
        rows={4: KENT, 5: SURREY},
        problems=(("FI102", (1,)),),
        known=False,
    ),
    Animal(
        "notes below",
        TABLE.encode() + b"\nSource: custody system\n* provisional,,\n",
        problems=(("FI103", (5, 6)),),
    ),
    Animal(
        "a long note below",
        TABLE.encode()
        + b",,\nFigures exclude voluntary attendance at stations,,\nand British Transport Police,,\n",
        problems=(("FI103", (5, 6)),),
    ),
    Animal(
        "sixty lines below, which are no notes",
        TABLE.encode() + b"\n" + b"Source: custody system\n" * 60,
        rows={2: KENT, 3: SURREY, **dict.fromkeys(range(5, 65), ("Source: custody system", "", ""))},
        problems=(("FI104", tuple(range(5, 65))),),
    ),
    Animal(
        "a force without figures at the end",
        TABLE.encode() + b"Wiltshire,,\n",
        rows={2: KENT, 3: SURREY, 4: ("Wiltshire", "", "")},
    ),
    Animal("a total", TABLE.encode() + b"Total,22,7\n", rows={2: KENT, 3: SURREY, 4: ("Total", "22", "7")}),
    Animal(
        "short rows",
        b"force,arrests,charged\nKent,10\nSurrey,12,4\nEssex\nDorset,1,1\n",
        rows={2: ("Kent", "10", ""), 3: SURREY, 4: ("Essex", "", ""), 5: ("Dorset", "1", "1")},
        problems=(("FI104", (2, 4)),),
    ),
    Animal(
        "long rows",
        b"force,arrests,charged\nKent,1,010,3\nSurrey,12,4\n",
        rows={2: ("Kent", "1", "010"), 3: SURREY},
        problems=(("FI010", (2,)),),
    ),
    Animal(
        "a separator too many before a blank cell",
        b"force,arrests,charged\nKent,1,010,\nSurrey,12,4\nEssex,1,,\nDorset,1,1\n",
        rows={2: ("Kent", "1", "010"), 3: SURREY, 4: ("Essex", "1", ""), 5: ("Dorset", "1", "1")},
        problems=(("FI010", (2, 4)),),
    ),
    Animal(
        "the same heading twice",
        b"force,arrests,arrests\nKent,10,3\nSurrey,12,4\n",
        ("force", "arrests", "arrests (2)"),
        problems=(("FI012", (1,)),),
    ),
    Animal(
        "headings alike",
        b"Force,Arrests, arrests \nKent,10,3\nSurrey,12,4\n",
        ("Force", "Arrests", " arrests "),
        problems=(("FI107", (1,)),),
    ),
    Animal(
        "a column without a heading",
        b"force,arrests,\nKent,10,3\nSurrey,12,4\n",
        ("force", "arrests", "column C"),
        problems=(("FI105", (1,)),),
    ),
    Animal(
        "words instead of figures in the first row, below headings that are known",
        b"Force,Arrests,Charged\nEssex,pending,not yet\nKent,10,3\nSurrey,12,4\n",
        ("Force", "Arrests", "Charged"),
        {2: ("Essex", "pending", "not yet"), 3: KENT, 4: SURREY},
    ),
    Animal(
        "words instead of figures in the first row",
        b"force,arrests,charged\nKent,see note,with CPS\nSurrey,12,4\n",
        rows={2: ("Kent", "see note", "with CPS"), 3: SURREY},
    ),
    Animal(
        "codes and words instead of figures in the first row",
        b"force,force_code,arrests\nKent,E23,see note\nSurrey,2,4\nEssex,3,5\n",
        ("force", "force_code", "arrests"),
        {2: ("Kent", "E23", "see note"), 3: ("Surrey", "2", "4"), 4: ("Essex", "3", "5")},
    ),
    Animal(
        "headings in two rows, none of them known",
        b"Force,Arrests,Arrests\nname,all,charged\nKent,10,3\nSurrey,12,4\n",
        ("Force name", "Arrests all", "Arrests charged"),
        {3: KENT, 4: SURREY},
        (("FI106", (1, 2)),),
        known=False,
    ),
    Animal(
        "headings again",
        TABLE.encode() + TABLE.encode(),
        rows={2: KENT, 3: SURREY, 5: KENT, 6: SURREY},
        problems=(("FI108", (4,)),),
    ),
    Animal(
        "another table below",
        TABLE.encode() + b"\nregion,officers\nNorth,5\n",
        problems=(("FI014", (5,)),),
    ),
    Animal(
        "a smaller table above",
        b"region,officers\nNorth,5\n\n" + TABLE.encode(),
        rows={5: KENT, 6: SURREY},
        problems=(("FI014", (1,)),),
        known=False,
    ),
    Animal(
        "words in a shorter row, and no table below",
        b"force,a,b,charged\nKent,10,3,4\nSurrey,pending,unsure\nEssex,12,4,5\n",
        ("force", "a", "b", "charged"),
        {2: ("Kent", "10", "3", "4"), 3: ("Surrey", "pending", "unsure", ""), 4: ("Essex", "12", "4", "5")},
        (("FI104", (3,)),),
    ),
    Animal(
        "words in a shorter row at the end",
        b"force,a,b,charged\nKent,10,3,4\nSurrey,pending,unsure\n",
        ("force", "a", "b", "charged"),
        {2: ("Kent", "10", "3", "4"), 3: ("Surrey", "pending", "unsure", "")},
        (("FI104", (3,)),),
    ),
    Animal(
        "no headings",
        b"Kent,10,3\nSurrey,12,4\n",
        ("column A", "column B", "column C"),
        {1: KENT, 2: SURREY},
        (("FI015", (1,)),),
    ),
    Animal(
        "no headings, and nothing but what looks like notes",
        b'note,"",2017-06-30\nsource,"",2017-07-31\n',
        ("column A", "column B", "column C"),
        {1: ("note", "", "2017-06-30")},
        (("FI015", (1,)), ("FI103", (2,))),
    ),
    Animal("headings only", b"force,arrests,charged\n", rows={}, problems=(("FI006", (1,)),)),
    Animal(
        "headings at the bottom",
        b"Kent,10,3,4\nSurrey,12,4,5\nforce,arrests,charged,note\n",
        ("force", "arrests", "charged", "note"),
        {},
        (("FI018", (1, 2)),),
    ),
    Animal(
        "a table beside its copy",
        b"force,arrests,force,arrests\nKent,10,Kent,10\n",
        ("force", "arrests", "force (2)", "arrests (2)"),
        {2: ("Kent", "10", "Kent", "10")},
        (("FI012", (1,)),),
    ),
    Animal(
        "headings wrapped over two rows",
        b"Force,Force,Arrests\n,code,\nKent,10,3\nSurrey,12,4\n",
        ("Force", "Force code", "Arrests"),
        {3: KENT, 4: SURREY},
        (("FI106", (1, 2)),),
    ),
    Animal(
        "headings in merged cells, across and down",
        b"Force,Outcomes,,Note\n,Arrests,Charged,\nKent,10,3,\n",
        ("Force", "Arrests", "Charged", "Note"),
        {3: (*KENT, "")},
        (("FI106", (1, 2)),),
    ),
    Animal(
        "headings in merged cells, across and down, none of them known",
        b"Force,Outcomes,,Note\n,Arrests,Charged,\nKent,10,3,\nSurrey,12,4,\n",
        ("Force", "Outcomes Arrests", "Outcomes Charged", "Note"),
        {3: (*KENT, ""), 4: (*SURREY, "")},
        (("FI106", (1, 2)),),
        known=False,
    ),
    Animal(
        "groups above all headings",
        b",Outcomes,\nforce,arrests,charged\nKent,10,3\nSurrey,12,4\n",
        rows={3: KENT, 4: SURREY},
        problems=(("FI102", (1,)),),
    ),
    Animal(
        "two columns without a heading",
        b"force,arrests,,,\nKent,10,,3,\nSurrey,12,,,4\n",
        ("force", "arrests", "column D", "column E"),
        {2: ("Kent", "10", "3", ""), 3: ("Surrey", "12", "", "4")},
        (("FI105", (1,)),),
    ),
    Animal(
        "records with another separator below",
        TABLE.encode() + b"Essex;1;2\nDorset;3;4\nDevon|5|6\n",
        rows={
            2: KENT,
            3: SURREY,
            4: ("Essex;1;2", "", ""),
            5: ("Dorset;3;4", "", ""),
            6: ("Devon|5|6", "", ""),
        },
        problems=(("FI019", (4, 5, 6)),),
    ),
    Animal(
        "records that are quoted as a whole, and commas to fill them up",
        b'force,arrests,charged\n"Kent,10,3"\n"Surrey,12,4",,\nEssex,1,2\n',
        rows={2: ("Kent,10,3", "", ""), 3: ("Surrey,12,4", "", ""), 4: ("Essex", "1", "2")},
        problems=(("FI019", (2, 3)),),
    ),
    Animal(
        "all records quoted as a whole",
        b'force,arrests,charged\n"Kent,10,3"\n',
        rows={2: ("Kent,10,3", "", "")},
        problems=(("FI019", (2,)),),
    ),
    Animal(
        "notes with commas below",
        TABLE.encode() + b'"Notes: Ashford, Dover, Thanet; 1,234 and 2,345 and 3,456 of them are late"\n',
        problems=(("FI103", (4,)),),
    ),
    Animal("one column", b"force\nKent\nSurrey\n", ("force",), {2: ("Kent",), 3: ("Surrey",)}),
]

QUOTES = [
    Animal(
        "two lone quotation marks that would swallow one row",
        b'force,arrests,charged,note\nKent,"10,311,\nKent,12",412,\n',
        ("force", "arrests", "charged", "note"),
        {2: ("Kent", '"10', "311", ""), 3: ("Kent", '12"', "412", "")},
        (("FI009", (2,)),),
    ),
    Animal(
        "two lone quotation marks in different columns",
        b'force,arrests,charged,note\nKent,"10,311,\nKent,12,412",late\n',
        ("force", "arrests", "charged", "note"),
        {2: ("Kent", '"10', "311", ""), 3: ("Kent", "12", '412"', "late")},
        (("FI009", (2,)),),
    ),
    Animal(
        "ditto marks",
        b'force,arrests,charged,note\nKent,10,3,late\nEssex,100,211,"\nSurrey,120,411,"\n',
        ("force", "arrests", "charged", "note"),
        {2: (*KENT, "late"), 3: ("Essex", "100", "211", '"'), 4: ("Surrey", "120", "411", '"')},
        (("FI009", (3, 4)),),
    ),
    Animal(
        "a note of several lines with commas",
        b'force,arrests,charged,note\nKent,10,3,"Kent, Medway, Thanet, Dover:\nKent, of 100, of 200, late"\n',
        ("force", "arrests", "charged", "note"),
        {2: (*KENT, "Kent, Medway, Thanet, Dover:\nKent, of 100, of 200, late")},
    ),
    Animal(
        "a quotation mark that is never closed",
        b'force,arrests,charged\nKent,"10,3\nSurrey,12,4\n',
        rows={2: ("Kent", '"10', "3"), 3: SURREY},
        problems=(("FI009", (2,)),),
    ),
    Animal(
        "two lone quotation marks that would swallow whole rows",
        b'force,note,charged\nKent,"a,3\nSurrey,b,4\nEssex,c,5\nDorset,d,6\nDevon,e",7\n',
        ("force", "note", "charged"),
        {
            2: ("Kent", '"a', "3"),
            3: ("Surrey", "b", "4"),
            4: ("Essex", "c", "5"),
            5: ("Dorset", "d", "6"),
            6: ("Devon", 'e"', "7"),
        },
        (("FI009", (2,)),),
    ),
    Animal(
        "a quotation mark inside a quoted cell",
        b'force,note,charged\nKent,"he said "no", twice",3\nSurrey,"b, c",4\n',
        ("force", "note", "charged"),
        {2: ("Kent", 'he said "no", twice', "3"), 3: ("Surrey", "b, c", "4")},
        (("FI011", (2,)),),
    ),
    Animal(
        "a lone quotation mark before a quoted cell",
        b'force,arrests,note,charged\nKent,"10,"a, b",3\nSurrey,12,"c, d",4\n',
        ("force", "arrests", "note", "charged"),
        {2: ("Kent", '"10', "a, b", "3"), 3: ("Surrey", "12", "c, d", "4")},
        (("FI009", (2,)),),
    ),
    Animal(
        "inches",
        b'force,arrests,charged\nKent,10,3"\nSurrey,12,4\n',
        rows={2: ("Kent", "10", '3"'), 3: SURREY},
    ),
]


def nothing(name: str, data: bytes, code: str, rows: tuple[int, ...] = ()) -> Animal:
    """A file that holds no table."""
    return Animal(name, data, (), {}, ((code, rows),))


OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
NO_TABLES = [
    nothing("empty", b"", "FI002"),
    nothing("blank lines", b"\r\n  \r\n\r\n", "FI002"),
    nothing("only commas", b",,\n,,\n", "FI002"),
    nothing("only quotation marks", b'"' * 100, "FI002"),
    nothing("blank lines in UTF-16", "\r\n \r\n".encode("utf-16"), "FI002"),
    nothing("nulls", bytes(100), "FI008"),
    nothing("lines of nulls", b"\0\0\0\0\r\n" * 10, "FI008"),
    nothing("xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), "FI003"),
    nothing("xls", OLD_WORKBOOK, "FI003"),
    nothing("docx", zipped("[Content_Types].xml", "word/document.xml"), "FI004"),
    nothing("zip", zipped("returns.csv"), "FI004"),
    nothing("ods", zipped("mimetype") + b"application/vnd.oasis.opendocument.spreadsheet", "FI003"),
    nothing("workbook in XML", b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', "FI003"),
    nothing("XML", b"<?xml version='1.0'?><returns/>", "FI004"),
    nothing("gzip", gzip.compress(TABLE.encode()), "FI004"),
    nothing("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "FI004"),
    nothing("rubbish", bytes(range(256)) * 8, "FI004"),
    nothing("log-in page", b"\xef\xbb\xbf\r\n<!DOCTYPE html>\n<html><head><title>Log in</title>", "FI005"),
    nothing("transposed", b"force,Kent,Surrey\narrests,10,12\ncharged,3,4\n", "FI013"),
    nothing("transposed, behind a blank column", b",force,Kent\n,arrests,10\n,charged,3\n", "FI013"),
    nothing("transposed, numbered", b"1,force,Kent\n2,arrests,10\n3,charged,3\n", "FI013"),
    nothing("a table in HTML", b'<table border="1"><tr><td>force</td></tr></table>', "FI005"),
    nothing("parts of a page", b"<div>\n<table>\n<tr>\n", "FI005"),
    nothing(
        "a page in UTF-16", "<html><table><tr><td>force</td></tr></table></html>".encode("utf-16"), "FI005"
    ),
    nothing("JSON, an object", b'{"force": "Kent", "arrests": 10}', "FI004"),
    nothing("JSON, a list", b'[\n  {"force": "Kent"},\n  {"force": "Essex"}]\n', "FI004"),
    nothing("too many columns", b"a," * 20_000 + b"\n" + b"1," * 20_000, "FI016", (1,)),
]

ZOO = [*ENCODINGS, *LINES, *SEPARATORS, *SHAPES, *QUOTES, *NO_TABLES]


@pytest.mark.parametrize("animal", ZOO, ids=[animal.name for animal in ZOO])
def test_zoo(animal: Animal) -> None:
    table = read_table(animal.data, columns=KNOWN if animal.known else ())
    assert tuple(table.frame.columns) == animal.columns
    assert {row: tuple(cells) for row, *cells in table.frame.itertuples()} == animal.rows
    assert tuple((problem.code, problem.rows) for problem in table.problems) == animal.problems
    assert all(problem.row == (problem.rows[0] if problem.rows else None) for problem in table.problems)
    assert not table.frame.isna().any(axis=None)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty: its size is 0 bytes."),
        (b"\r\n \t\r\n", "The file contains only blank lines."),
        ("\n\n".encode("utf-16"), "The file contains only blank lines."),
        (b",,,\r\n;;\r\n", "The file contains only separators and quotation marks."),
        (b'"' * 5_000_000, "The file contains only separators and quotation marks."),
        (bytes(4096), "The file contains only null characters, which are not text."),
        (bytes(5_000_000), "The file contains only null characters, which are not text."),
    ],
    ids=["empty", "blank", "blank in UTF-16", "separators", "quotation marks", "nulls", "many nulls"],
)
def test_what_a_file_holds_in_which_there_is_nothing(data: bytes, message: str) -> None:
    assert [problem.message for problem in read_table(data).problems] == [message]


def test_severities_are_those_of_the_rules() -> None:
    severity = {rule.code: rule.severity for rule in FILE_RULES}
    for animal in ZOO:
        for problem in read_table(animal.data, columns=KNOWN).problems:
            assert problem.severity == severity[problem.code]
            assert problem.message.endswith((".", "…")) or "“" in problem.message
            assert "lease" not in problem.message, "what to do is asked by the rule"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xlsx", zipped("xl/workbook.xml"), "The file is an Excel workbook (.xlsx)."),
        ("a.XLSM", zipped("xl/workbook.xml"), "The file is an Excel workbook (.xlsx)."),
        ("a.csv", zipped("xl/workbook.xml"), "The file is an Excel workbook (.xlsx) under another name."),
        ("a.xls", zipped("xl/workbook.xml"), "The file is an Excel workbook (.xlsx) under another name."),
        ("a.xls", OLD_WORKBOOK, "The file is an Excel workbook of the older kind (.xls)."),
        (
            "a.xlsx",
            OLD_WORKBOOK,
            "The file is an Excel workbook of the older kind (.xls) under another name, or one protected by a password.",
        ),
        ("a", OLD_WORKBOOK, "The file is an Excel workbook of the older kind (.xls) under another name."),
    ],
)
def test_a_workbook_is_called_disguised_only_where_it_is(
    name: str, content: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    assert [problem.message for problem in read_table(tmp_path / name).problems] == [message]


def test_a_workbook_without_a_name() -> None:
    assert [problem.message for problem in read_table(OLD_WORKBOOK).problems] == [
        "The file is an Excel workbook of the older kind (.xls)."
    ]


def test_a_row_that_is_too_long() -> None:
    (problem,) = read_table(b"a,b\n1,2\n1,2,3\n").problems
    assert problem.message == (
        "Row 3: more cells than the 2 headings. There may be an extra separator, or a text that contains a separator may "
        "need quotation marks. Anything beyond the last heading (“3”) was ignored."
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"force,arrests" + b"," * 28 + b"\nKent,10" + b"," * 27 + b"3,\nSurrey,1" + b"," * 28 + b"4\n",
            "Columns AC and AD have values but no heading in row 1. They were named “column AC” and “column AD”.",
        ),
        (
            b"force,arrests,charged,,\nKent,10,3,,9\nSurrey,12,4\n",
            "Row 3: fewer cells than the 5 columns. The missing ones were read as blank.",
        ),
        (
            b"force,arrests,note,force,arrests\nKent,10,,Kent,10\n",
            "The headings “force” and “arrests” appear twice in row 1. Only the first column of each is used.",
        ),
        (
            b"Force,Arrests,Arrests\nname,all,of\nKent,10,3\nSurrey,12,4\n",
            "The heading “Arrests” appears 2 times in row 1. Only the first column is used.",
        ),
        (
            b'force,arrests,charged\nKent,10,3\n"Surrey,12,4"\n',
            "Row 3: the cells were not split; all are in one cell, with the separators in its text (“Surrey,12,4”). "
            "None of them was used.",
        ),
        (b"See email of 3 May\n", "There are headings in row 1 and no rows below them."),
    ],
)
def test_what_is_said(data: bytes, message: str) -> None:
    assert message in [problem.message for problem in read_table(data, columns=KNOWN).problems]


def test_a_table_that_fills_a_spreadsheet() -> None:
    rows = b"k,1\n" * 1_048_574
    assert [problem.code for problem in read_table(b"force,arrests\n" + rows).problems] == []
    (problem,) = read_table(b"force,arrests\n" + rows + b"k,1\n").problems
    assert (problem.code, problem.row) == ("FI020", 1_048_576)
