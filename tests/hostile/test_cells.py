"""Texts that a terminal, a spreadsheet, a browser or a program would obey: each is found where it stands, and none acts.

What a single cell is read as is tested in `tests/cells`, and how a text is made visible in `tests/render/test_safe.py`.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from peelcheck.schema import find_collection, load_collection
from peelcheck.wording import bounded
from tests.support.harmless import harmless
from tests.support.rounds import BEFORE, HEADINGS, NOW, TABLE, csv_of, with_cell
from tests.support.rounds import a_small_round as a_round
from tests.support.running import Found, found, peelcheck, validate

TEXTS = {
    "markup": "[bold red]x[/]",
    "markup that is not closed": "[/nothing] [[x] \\[",
    "a link in markup": "[link=file:///etc/passwd]x[/link]",
    "an emoji by its name": ":skull:",
    "colour": "\x1b[31mred\x1b[0m",
    "the window's title": "\x1b]0;title\x07",
    "a link of the terminal": "\x1b]8;;http://example.org\x1b\\x\x1b]8;;\x1b\\",
    "backspaces": "12\x08\x08\x07x",
    "right to left": "\u202e321\u202c",
    "isolated": "\u2066x\u2069",
    "invisible letters": "x\U000e0041\U000e007f",
    "a line of its own": "x\u2028y\u2029z",
    "a line end": "x\r\ny",
    "a formula": '=HYPERLINK("http://example.org";"x")',
    "a command": "=cmd|' /C calc'!A0",
    "a formula with plus": "+x()",
    "a formula with minus": "-x()",
    "a function": "@SUM(A1)",
    "a wide formula": "＝x()",
    "HTML": "<b>x</b>&amp;",
    "a script": "<script>alert(1)</script>",
    "a place to fill": "{value} {0.__class__} %s ${x}",
    "a long text": "x" * 30_000,
    "a number of 401 digits": "1" + "0" * 400,
    "a number of 5,001 digits": "1" + "0" * 5000,
    "a large exponent": "1e999",
    "no number": "NaN",
    "no end": "Infinity",
    "less than anything": "-inf",
    "a lost letter of another kind": "\ufffex",
}
"""No number, no date, no name and no code, however they are read."""

BLANKS = {
    "a tab and a formula": ("\t=1", "CE001"),
    "a line end and a formula": ("\r=1", "CE001"),
    "a byte-order mark": ("\ufeff1201", "CE101"),
}
"""With blanks around, and what is said of them as a count."""

BYTES: Mapping[str, tuple[bytes, str, Found]] = {
    "the screen cleared, in one byte": ("\x9b2Jx".encode(), "›2Jx", Found("FI101", 0)),
    "a null": (b"1\0x", "1␀x", Found("FI008", 1)),
    "half a letter": (b"caf\xe9", "café", Found("FI101", 0)),
    "half a pair": (b"\xed\xa0\x80x", "í\xa0€x", Found("FI101", 0)),
    "what UTF-8 never holds": (b"x\xff\xfe", "xÿþ", Found("FI101", 0)),
    "a letter that was lost before": ("x\ufffd".encode(), "x\ufffd", Found("FI007", 1)),
}
"""Bytes that are no UTF-8 or no text, what they are read as, and what is said of the file."""

FORCES = load_collection(find_collection("peel-2017")).force_names
ACTS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def everywhere(text: str) -> list[list[str]]:
    """Kent's return with a text as a heading, a count, a remark, a code, a force and a date."""
    rows = [list(row) for row in (*TABLE, NOW, BEFORE)]
    for row, heading in ((2, "arrests"), (2, "note"), (3, "force_code"), (4, "force"), (5, "period_end")):
        rows[row - 1][HEADINGS.index(heading)] = text
    return [[*row, text if row[0] == "force" else ""] for row in rows]


def said_of(text: str, count: str = "CE001") -> set[Found]:
    """What is found where a text stands everywhere."""
    text = bounded(text)
    return {
        Found("RO105", 1),
        Found(count, 2, "arrests", text),
        Found("TY105", 3, "force_code", text),
        Found("CE007", 4, "force", text),
        Found("CE003", 5, "period_end", text),
    }


def found_in(folder: Path, data: str | bytes) -> set[Found]:
    root = a_round(folder, data)
    with harmless(root):
        ran = validate(root, "--format", "json")
    assert_that_nothing_acts(ran.stdout)
    return found(ran)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_is_found_where_it_stands_and_as_it_was_written(text: str, tmp_path: Path) -> None:
    code = "CE009" if text.isdigit() else "CE001"
    assert found_in(tmp_path, csv_of(everywhere(text))) == said_of(text, code)


@pytest.mark.parametrize(("text", "code"), BLANKS.values(), ids=BLANKS)
def test_blanks_around_a_text(text: str, code: str, tmp_path: Path) -> None:
    notes = {Found("CE101", 2, "note", text), Found("CE101", 3, "force_code", text)}
    assert found_in(tmp_path, csv_of(everywhere(text))) == said_of(text, code) | notes


@pytest.mark.parametrize(("data", "text", "of_the_file"), BYTES.values(), ids=BYTES)
def test_bytes_that_are_no_text(data: bytes, text: str, of_the_file: Found, tmp_path: Path) -> None:
    table = csv_of(everywhere("@@")).encode().replace(b"@@", data)
    rows = {of_the_file._replace(row=row) for row in range(1, 6)} if of_the_file.row else {of_the_file}
    assert found_in(tmp_path, table) == said_of(text) | rows


def test_rows_that_a_message_names_are_not_counted_again(tmp_path: Path) -> None:
    table = csv_of(everywhere("@@")).encode().replace(b"@@", b"1\0x")
    ran = validate(a_round(tmp_path, table), "--format", "json")
    (said,) = (query["message"] for query in json.loads(ran.stdout)["queries"] if query["code"] == "FI008")
    assert said.startswith("Rows 1, 2, 3, 4 and 5: null characters")
    assert "the same problem" not in said


# --- what is written -----------------------------------------------------------------------------------------------------


def in_names(folder: Path) -> Path:
    """A round in which every text is the name of a folder and of two files in it, and stands in all places of the files.

    The folder is no force's by its name, so that the force is told by the rows. One of the files is a return, one is none.
    """
    root = a_round(folder)
    for number, (force, text) in enumerate(zip(FORCES, TEXTS.values(), strict=False)):
        name = f"{text.replace('/', '∕')[:80]}{number}"
        kept = root / "returns" / name / f"{name}.csv"
        kept.parent.mkdir()
        table = everywhere(text)
        for row in (2, 3, 5):
            table[row - 1][:2] = [force, text if row == 3 else ""]
        kept.write_text(csv_of(table), encoding="utf-8")
        no_return = csv_of([[text, text, "a"], ["1", "2", "3", text]])
        kept.with_name(f"{name} besides.csv").write_text(no_return, encoding="utf-8")
    return root


def assert_that_nothing_acts(text: str) -> None:
    """Nothing but letters, marks, blanks and line ends."""
    assert {c for c in set(text) - {"\n"} if unicodedata.category(c) in ACTS} == set()


def assert_that_no_cell_is_a_formula(written: bytes) -> None:
    text = written.decode("utf-8-sig")
    assert_that_nothing_acts(text.replace("\r\n", "\n"))
    headings, *rows = csv.reader(io.StringIO(text, newline=""))
    assert rows
    for row in rows:
        assert len(row) == len(headings)
        assert [cell for cell in row if cell.startswith(FORMULA)] == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown", "junit", "sarif"])
def test_no_text_acts_in_what_is_written(form: str, tmp_path: Path) -> None:
    root, results = in_names(tmp_path), tmp_path / "results"
    results.mkdir()
    arguments = ("--format", form, "--notes")
    shown = validate(root, *arguments)
    with harmless(root, results):
        ran = validate(root, *arguments, "--output", results / "queries", "--findings", results / "findings")
    assert (shown.exit_code, ran.exit_code, ran.stderr) == (1, 1, "")
    assert_that_nothing_acts(ran.stdout)
    assert sorted(path.name for path in results.iterdir()) == ["findings", "queries"]
    written = (results / "queries").read_bytes()
    assert written == shown.stdout_bytes
    if form == "csv":
        assert_that_no_cell_is_a_formula(written)
    else:
        assert_that_nothing_acts(written.decode())
    if form in ("table", "json", "sarif"):
        for seen in ("[bold red]x[/]", "[link=file:///etc/passwd]", ":skull:", "<script>alert(1)</script>"):
            assert seen.replace(" ", "") in "".join(shown.stdout.split())
    assert_that_no_cell_is_a_formula((results / "findings").read_bytes())


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_no_text_acts_in_the_figures(form: str, tmp_path: Path) -> None:
    root = a_round(tmp_path, csv_of(everywhere("\x1b[31m[bold]\u202e")))
    ran = peelcheck("figures", root, "--collection", "peel-2017", "--format", form)
    assert ran.exit_code == 0
    assert_that_nothing_acts(ran.stdout.replace("\r\n", "\n").lstrip("\ufeff"))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    table = csv_of(with_cell(2, "arrests", "x"))
    root, findings = a_round(tmp_path, table, os.fsdecode(b"\xff\xfe\x1b.csv")), tmp_path / "findings.csv"
    (root / "returns" / "kent" / os.fsdecode(b"\xff.csv")).touch()
    (root / "returns" / "kent").rename(root / "returns" / os.fsdecode(b"ke\xffnt"))
    for form in ("table", "json", "csv", "markdown", "junit", "sarif", "github", "lines"):
        ran = validate(root, "--format", form, "--findings", findings)
        assert (ran.exit_code, ran.stderr) == (1, "")
        assert_that_nothing_acts(ran.stdout.replace("\r\n", "\n").lstrip("\ufeff"))
        rows = csv.DictReader(findings.read_text(encoding="utf-8-sig").splitlines())
        assert [(row["code"], row["return"], row["file"], row["row"]) for row in rows if row["file"]] == [
            ("RO122", "", r"returns/ke\udcffnt/\udcff.csv", ""),
            ("RO122", "", r"returns/ke\udcffnt/\udcff\udcfe\x1b.csv", ""),
            ("CE001", "domestic_abuse", r"returns/ke\udcffnt/\udcff\udcfe\x1b.csv", "2"),
            ("FI002", r"\udcff", r"returns/ke\udcffnt/\udcff.csv", ""),
        ]
