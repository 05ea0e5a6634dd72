"""The formats for other programs: held to the schemas of their standards, and to what those programs do with them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema
from msgspec.structs import replace
from openpyxl import load_workbook

from peelcheck.model import Location, Result, Severity
from peelcheck.render import RENDERERS
from peelcheck.render.look import Look
from tests.support.made_result import HOSTILE, result
from tests.support.rounds import SAMPLE
from tests.support.running import peelcheck

SCHEMAS = Path(__file__).parent / "schemas"
LATER = Location("kent/marac.csv", 3, "cases", "12", line=5, line_column=7)


def one(**changes: Any) -> Result:
    """A result with one query, an error about the file of Kent."""
    query = replace(result().queries[0], severity=Severity.ERROR, locations=(LATER,), also=(), **changes)
    return replace(result(), queries=(query,), base="round/")


def many(n: int) -> Result:
    return replace(result(), queries=tuple(replace(one().queries[0], id=str(i)) for i in range(n)))


def rendered(form: str, of: Result, look: Look = Look()) -> str:  # noqa: B008 (frozen)
    return RENDERERS[form](of, look)


def sarif(of: Result) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(rendered("sarif", of))
    jsonschema.validate(log, json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8")))
    return log


def test_a_line_names_the_line_of_the_file_and_not_the_row() -> None:
    query = one(message="It is 12.").queries[0]
    assert rendered("lines", one(message="It is 12.")) == f"round/kent/marac.csv:5:7 {query.code} It is 12.\n"


def test_a_query_about_no_file_stands_at_the_folder() -> None:
    nowhere = replace(
        one(message="Nothing came."),
        queries=(replace(one(message="Nothing came.").queries[0], locations=()),),
    )
    assert rendered("lines", nowhere).startswith("round/:1:1 ")
    assert rendered("github", nowhere).startswith("::error title=")
    assert sarif(nowhere)["runs"][0]["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "round/"}
    }


def test_sarif_holds_to_its_schema() -> None:
    run = sarif(result())["runs"][0]
    assert [found["ruleId"] for found in run["results"]] == [query.code for query in result().queries]
    for found in run["results"]:
        assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"]
    assert [f["partialFingerprints"]["peelcheck/id"] for f in run["results"]] == [
        q.id for q in result().queries
    ]
    assert {f["level"] for f in run["results"]} == {"error", "warning", "note"}


@pytest.mark.slow
def test_the_sample_round_holds_to_the_schemas_and_has_the_same_ids_in_every_format(tmp_path: Path) -> None:
    names = ("r.json", "r.sarif", "r.xml", "r.csv", "r.xlsx")
    given = [part for name in names for part in ("--output", tmp_path / name)]
    assert peelcheck("validate", SAMPLE, *given, "--quiet").exit_code == 1
    ids = [query["id"] for query in json.loads((tmp_path / "r.json").read_bytes())["queries"]]
    log = json.loads((tmp_path / "r.sarif").read_bytes())
    jsonschema.validate(log, json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8")))
    assert [found["partialFingerprints"]["peelcheck/id"] for found in log["runs"][0]["results"]] == ids
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(tmp_path / "r.xml")
    rows = csv.DictReader((tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines())
    assert [row["id"] for row in rows] == ids
    head, *cells = load_workbook(tmp_path / "r.xlsx")["Queries"].iter_rows(values_only=True)
    assert [row[head.index("id")] for row in cells] == ids


def test_sarif_points_at_the_line_and_escapes_the_path() -> None:
    odd = Location("kent/a b#1%.csv", 3, "cases", "12", line=5, line_column=7)
    found = sarif(replace(one(), queries=(replace(one().queries[0], locations=(odd,)),)))["runs"][0][
        "results"
    ][0]
    assert found["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "round/kent/a%20b%231%25.csv"},
                "region": {"startLine": 5, "startColumn": 7},
            }
        }
    ]


@pytest.mark.parametrize("of", [result(), one(), replace(result(), queries=())])
def test_junit_holds_to_its_schema(of: Result) -> None:
    text = rendered("junit", of)
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(io.StringIO(text))
    root = ElementTree.fromstring(text)  # noqa: S314 (our own)
    assert int(root.attrib["tests"]) == len(root.findall(".//testcase"))
    assert int(root.attrib["failures"]) == len(
        [case for case in root.iter("testcase") if case.find("failure") is not None]
    )


@pytest.mark.parametrize(
    ("fail_on", "failed"),
    [(Severity.ERROR, {"error"}), (Severity.QUERY, {"error", "query"}), (None, set())],
)
def test_a_test_fails_where_the_exit_code_is_1(fail_on: Severity | None, failed: set[str]) -> None:
    root = ElementTree.fromstring(rendered("junit", result(), Look(fail_on=fail_on)))  # noqa: S314 (our own)
    assert {str(failure.get("type")) for failure in root.iter("failure")} == failed
    shown = [
        *root.iter("failure"),
        *(line for out in root.iter("system-out") for line in (out.text or "").splitlines()),
    ]
    assert len(shown) == len(result().queries)


def test_an_annotation_has_its_file_and_line() -> None:
    annotation = rendered("github", one(message="100% of it,\nall: ::error::x", ask="Why?"))
    code = one().queries[0].code
    start = f"::error file=round/kent/marac.csv,line=5,col=7,title={code} "
    assert annotation.startswith(start)
    assert annotation.endswith("::100%25 of it,\\nall: ::error::x Why?\n")


@pytest.mark.parametrize(("n", "shown"), [(9, 9), (10, 10), (11, 9), (30, 9)])
def test_beyond_ten_annotations_the_last_says_how_many_more_there_are(n: int, shown: int) -> None:
    lines = rendered("github", many(n)).splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert len([line for line in commands if "file=" in line]) == shown
    assert len(lines) == (n if n == shown else n + 1)
    if n != shown:
        assert (
            commands[-1]
            == f"::error title=peelcheck::{n - 9} more errors are listed in the log of this step."
        )


def test_a_file_cannot_be_called_so_that_it_gives_a_command() -> None:
    evil = replace(one().queries[0], locations=(replace(LATER, file="::stop-commands::x"),))
    lines = rendered("github", replace(one(), queries=(evil,) * 12, base="")).splitlines()
    assert not [
        line
        for line in lines
        if line.lstrip().startswith("::") and not re.match("::error (file|title)=", line)
    ]


@pytest.mark.parametrize("n", [1, 12])
def test_no_text_is_a_command_of_an_older_runner(n: int) -> None:
    """These look for `##[` anywhere in a line."""
    query = replace(
        one().queries[0], message="“##[add-mask]e” is no number.", locations=(replace(LATER, file="##[x]"),)
    )
    assert "##[" not in rendered("github", replace(one(), queries=(query,) * n))


def test_markdown_shows_text_and_obeys_none() -> None:
    hostile = "@team #12 <img src=x onerror=y> [a](http://b.c) | `x` **b** https://d.e www.f.g ~~z~~ $x$"
    text = rendered("markdown", one(message=hostile))
    line = next(line for line in text.splitlines() if "team" in line)
    assert line.count("|") == 5, "four cells and no more"
    said = line.split("|")[4]
    assert not re.search(r"[@`*\[\]()~$_]|<(?!br>)|#(?!\d+;)|https?:|www\.", said)


def test_markdown_fits_a_comment_and_says_what_it_leaves_out() -> None:
    text = rendered("markdown", many(2_000))
    assert len(text) < 65_536
    left = re.search(r"([\d,]+) more queries not shown here, because a comment can hold no more", text)
    shown = len([line for line in text.splitlines() if line.startswith("| error")])
    assert left is not None
    assert shown + int(left[1].replace(",", "")) == 2_000


def test_a_workbook_is_made_for_reading() -> None:
    written = RENDERERS["xlsx"].render(result(), Look())
    assert isinstance(written, bytes)
    book = load_workbook(io.BytesIO(written))
    sheet = book["Queries"]
    head, *rows = sheet.iter_rows()
    assert [cell.value for cell in head][:4] == ["severity", "code", "force", "return"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == (
        "A2",
        f"A1:{head[-1].column_letter}{len(rows) + 1}",
    )
    column = {cell.value: n for n, cell in enumerate(head)}
    assert [row[column["id"]].value for row in rows] == [query.id for query in result().queries]
    assert {row[column["written"]].data_type for row in rows} <= {"s", "n"}
    assert not [cell for row in rows for cell in row if cell.data_type == "f"]
    evil = next(row for row in rows if row[column["code"]].value == "DA101")
    assert evil[column["written"]].value == r"""=HYPERLINK("x")\x1b[31m[bold red]\u202e5,850"""
    assert HOSTILE.startswith("=")


@pytest.mark.parametrize(
    "text", ["00123", "1E5", "1/2", "12/03/2017", "TRUE", "https://a.b", "=1+1", "x" * 40_000]
)
def test_no_text_becomes_anything_else_in_a_workbook(text: str) -> None:
    place = replace(LATER, value=text)
    of = replace(one(), queries=(replace(one().queries[0], locations=(place,)),))
    written = RENDERERS["xlsx"].render(of, Look())
    assert isinstance(written, bytes)
    head, row = load_workbook(io.BytesIO(written))["Queries"].iter_rows()
    cell = row[[cell.value for cell in head].index("written")]
    assert (cell.data_type, cell.hyperlink, cell.number_format) == ("s", None, "@")
    assert cell.value == text or (len(cell.value) == 32_767 and cell.value.endswith("… (shortened)"))


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "sarif"])
def test_every_format_has_the_same_ids(form: str) -> None:
    written = RENDERERS[form].render(result(), Look())
    if isinstance(written, bytes):
        written = "".join(
            str(cell.value)
            for row in load_workbook(io.BytesIO(written))["Queries"].iter_rows()
            for cell in row
        )
    assert [query.id for query in result().queries if query.id not in written] == []


@pytest.mark.parametrize("form", list(RENDERERS))
def test_the_same_result_is_the_same_file(form: str) -> None:
    assert RENDERERS[form].render(result(), Look()) == RENDERERS[form].render(result(), Look())
