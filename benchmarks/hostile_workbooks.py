"""Workbooks that are made to fill the memory or to take for ever, through the whole program: time, peak memory, exit code.

    python -m benchmarks.hostile_workbooks                   # every input
    python -m benchmarks.hostile_workbooks --only "string"   # those whose name holds this

Each is the only file of a round, and the program is run on it in a process of its own. Exit code 1 if any run ended with
something other than 0, 1 or 2.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.hostile import new_round, run
from tests.support.rounds import RETURN
from tests.support.workbooks import BOOK, RELATIONS, SHEET, packed, rows_of, xlsx

GIGABYTE = 1 << 30
LAST_ROW, LAST_COLUMN = 1_048_576, "XFD"
A1 = '<c r="A1"><v>1</v></c>'
ONE = SHEET.format(f'<row r="1">{A1}</row>')
PARTS = "xl__worksheets__sheet1_dot_xml"


def _streamed(part: str, blocks: Iterator[bytes], sheet: str = ONE) -> bytes:
    """A workbook with one part written in blocks, which never stand in memory together."""
    out = io.BytesIO(packed(sheet))
    kept = {one.filename: zipfile.ZipFile(out).read(one) for one in zipfile.ZipFile(out).infolist()}
    kept.pop(part, None)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in kept.items():
            package.writestr(name, content)
        with package.open(part, "w", force_zip64=True) as file:
            for block in blocks:
                file.write(block)
    return written.getvalue()


def _around(begin: str, unit: str, times: int, end: str) -> Iterator[bytes]:
    yield begin.encode()
    block = unit.encode() * 10_000
    for _ in range(times // 10_000):
        yield block
    yield end.encode()


BEGIN, END = SHEET.split("{}")


def _numbered(row: Callable[[int], str], rows: int) -> Iterator[bytes]:
    yield BEGIN.encode()
    for start in range(1, rows + 1, 10_000):
        yield "".join(row(n) for n in range(start, min(start + 10_000, rows + 1))).encode()
    yield END.encode()


SHEET1 = "xl/worksheets/sheet1.xml"


def _formatted(row: int) -> str:
    return f'<row r="{row}"><c r="A{row}" s="1"/><c r="P{row}" s="1"/></row>'


def _many_sheets(count: int) -> bytes:
    book = BOOK.replace(
        '<sheet name="domestic_abuse" sheetId="1" r:id="rId1"/>',
        "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, count + 1)),
    )
    one = RELATIONS.format(kind="worksheet", target="worksheets/sheet{n}.xml")
    begin, middle, end = one.partition("<Relationship Id")
    end, close = (middle + end).split("</Relationships>")[0], "</Relationships>"
    links = (
        begin
        + "".join(end.replace("rId1", f"rId{n}").replace("{n}", str(n)) for n in range(1, count + 1))
        + close
    )
    parts = {f"xl__worksheets__sheet{n}_dot_xml": ONE for n in range(2, count + 1)}
    return packed(ONE, xl__workbook_dot_xml=book, xl___rels__workbook_dot_xml_dot_rels=links, **parts)


def _shared(texts: int, size: int, cells: int) -> bytes:
    """Cells that share a few long texts."""
    strings = f"<sst>{''.join(f'<si><t>{chr(97 + n % 26) * size}</t></si>' for n in range(texts))}</sst>"
    rows = _numbered(lambda n: f'<row r="{n}"><c r="A{n}" t="s"><v>{n % texts}</v></c></row>', cells)
    whole = b"".join(rows)
    links = RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml").replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
    )
    return packed(whole, xl__sharedStrings_dot_xml=strings, xl___rels__workbook_dot_xml_dot_rels=links)


def spreadsheet(rows: str) -> bytes:
    """An .ods file."""
    out = io.BytesIO()
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    spaces += 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    spaces += 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr(
            "content.xml",
            f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="marac">'
            f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


NUMBER = (
    '<table:table-cell office:value-type="float" office:value="1"{}><text:p>{}</text:p></table:table-cell>'
)
WIDE = ' table:number-columns-repeated="16384"'
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
BIG = rows_of(RETURN)

FAR = SHEET.format(
    f'<row r="1">{A1}</row><row r="{LAST_ROW}"><c r="{LAST_COLUMN}{LAST_ROW}"><v>1</v></c></row>'
)
NO_ROW_NUMBERS = SHEET.format(f'<row>{A1}</row><row><c r="{LAST_COLUMN}{LAST_ROW}"><v>1</v></c></row>')
FORMATS = "<styleSheet><cellXfs>" + '<xf numFmtId="1"/>' * 3_000_000 + "</cellXfs></styleSheet>"
ROUNDED = [*BIG[1][:3], (1201.4, "0"), *BIG[1][4:]]
ROW = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
BLANK = '<table:table-cell table:number-columns-repeated="{}"/>'
BLANK_ROWS = ROW.format(LAST_ROW - 1, BLANK.format(16_384))
FILLED_FIRST = ROW.format(1, NUMBER.format("", 1) + BLANK.format(16_383))
FILLED_LAST = ROW.format(1, BLANK.format(16_383) + NUMBER.format("", 1))

INPUTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a sheet of 2 GB of spaces": ("a.xlsx", lambda: _streamed(SHEET1, _around(BEGIN, " " * 100, 21_000_000, END))),
    "a picture of 2 GB of zeros": (
        "a.xlsx", lambda: _streamed("xl/media/a.png", _around("", "\0" * 100, 21_000_000, "")),
    ),
    "a last cell in the far corner": (
        "a.xlsx", lambda: packed(FAR),
    ),
    "the same in single quotation marks": (
        "a.xlsx", lambda: packed(FAR.replace('"', "'")),
    ),
    "the same without rows that have numbers": (
        "a.xlsx", lambda: packed(NO_ROW_NUMBERS),
    ),
    "a cell in another row than it stands in": (
        "a.xlsx", lambda: packed(SHEET.format(f'<row r="1">{A1}<c r="{LAST_COLUMN}{LAST_ROW}"><v>1</v></c></row>')),
    ),
    "a million blank rows": (
        "a.xlsx", lambda: _streamed(SHEET1, _numbered(lambda n: f'<row r="{n}" ht="15"/>', LAST_ROW)),
    ),
    "a million rows of blank cells with a format": (
        "a.xlsx", lambda: _streamed(SHEET1, _numbered(_formatted, LAST_ROW)),
    ),
    "16,384 columns, blank but for the last": (
        "a.xlsx", lambda: packed(SHEET.format(f'<row r="1">{A1}<c r="{LAST_COLUMN}1"><v>2</v></c></row>')),
    ),
    "a billion laughs": ("a.xlsx", lambda: packed(f"{LAUGHS}]>" + ONE.replace("<v>1</v>", "<v>&j;</v>"))),
    "a billion laughs in the list of sheets": ("a.xlsx", lambda: packed(ONE, xl__workbook_dot_xml=f"{LAUGHS}]>{BOOK}")),
    "a string of 32,767 letters in a million cells": ("a.xlsx", lambda: _shared(1, 32_767, 1_000_000)),
    "a thousand strings of 2,000 letters in a million cells": ("a.xlsx", lambda: _shared(1_000, 2_000, 1_000_000)),
    "9,000 sheets": ("a.xlsx", lambda: _many_sheets(9_000)),
    "20,000 sheets": ("a.xlsx", lambda: _many_sheets(20_000)),
    "a million tags in one another": ("a.xlsx", lambda: packed(BEGIN + "<a>" * 1_000_000 + "</a>" * 1_000_000 + END)),
    "three million formats": ("a.xlsx", lambda: packed(ONE, xl__styles_dot_xml=FORMATS)),
    "100,000 rows of a return of figures": ("a.xlsx", lambda: xlsx({"domestic_abuse": [BIG[0], *BIG[1:] * 50_000]})),
    "100,000 cells that show something else": (
        "a.xlsx", lambda: xlsx({"domestic_abuse": [BIG[0], *[ROUNDED] * 20_000]}),
    ),
    "a value repeated over all rows and columns": (
        "a.ods", lambda: spreadsheet(ROW.format(LAST_ROW, NUMBER.format(WIDE, 1))),
    ),
    "a long text repeated": (
        "a.ods", lambda: spreadsheet(ROW.format(200_000, NUMBER.format("", "x" * 32_000))),
    ),
    "blank cells to the last row and column": (
        "a.ods", lambda: spreadsheet(FILLED_FIRST + BLANK_ROWS),
    ),
    "a value in the far corner": (
        "a.ods", lambda: spreadsheet(BLANK_ROWS + FILLED_LAST),
    ),
    "an older workbook of random bytes": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 4_000),
    "a zip that lists itself": ("a.xlsx", lambda: packed(ONE, a_dot_xlsx=packed(ONE, b_dot_xlsx=packed(ONE)))),
}  # fmt: skip
"""The file's name, and what makes its bytes."""


def main() -> int:
    """Run the program on each input and print a line of the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.hostile_workbooks", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--only", default="", help="only inputs whose name holds this")
    asked = parser.parse_args()
    good = True
    print(f"{'input':<56} {'bytes':>11} {'seconds':>8} {'peak MB':>8} exit")
    for name, (file, make) in INPUTS.items():
        if asked.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = new_round(Path(folder)) / file
            path.write_bytes(make())
            size = path.stat().st_size
            ran = run("validate", folder, "--format", "json")
        good &= ran.code in (0, 1, 2)
        print(f"{name:<56} {size:>11,} {ran.seconds:>8.1f} {ran.peak:>8.0f} {ran.code}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
