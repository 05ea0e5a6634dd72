"""The dictionary in its four forms, against the collection; and the data package, against the frictionless package itself."""

from __future__ import annotations

import csv
import json
import shutil
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from peelcheck.schema import find_collection, load_collection
from tests.support.running import peelcheck
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import write_round

COLLECTION = load_collection(find_collection("peel-2017"))
COLUMNS = [(schema.name, field.name) for schema in COLLECTION.returns.values() for field in schema.fields]


class _Cells(HTMLParser):
    """The cells of every row, and every tag that there is."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self._in = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._in = True

    def handle_endtag(self, tag: str) -> None:
        self._in &= tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._in:
            self.rows[-1][-1] += data


def test_csv_has_every_column_with_its_checks() -> None:
    ran = peelcheck("dictionary", "--format", "csv")
    rows = list(csv.DictReader(ran.stdout.removeprefix("\ufeff").splitlines()))
    assert [(row["return"], row["item"]) for row in rows] == COLUMNS
    (arrests,) = [row for row in rows if (row["return"], row["item"]) == ("domestic_abuse", "arrests")]
    assert (arrests["unit"], arrests["type"], arrests["period"], arrests["years"], arrests["allowed"]) == (
        "arrests", "whole number", "12 months to 30 June", "2017, 2016", "0 or more",
    )  # fmt: skip
    assert "DA201 (comparison): " in arrests["checks"]
    assert "XR104 (" in arrests["checks"]
    assert "DA101" not in arrests["checks"]


def test_every_check_that_names_a_column_is_somewhere() -> None:
    text = peelcheck("dictionary", "--format", "csv").stdout
    missing = {
        check.code
        for schema in COLLECTION.returns.values()
        for check in schema.checks
        if check.code not in text
        and check.kind in ("sums_to", "at_most", "parts_present", "ratio_between", "restated")
    }
    assert not missing


def test_html_says_the_same_and_holds_nothing_that_acts(tmp_path: Path) -> None:
    schemas = tmp_path / "schemas" / "peel-2017"
    shutil.copytree(find_collection("peel-2017"), schemas)
    marac = schemas / "marac.yaml"
    text = marac.read_text(encoding="utf-8")
    marac.write_text(
        text.replace("title: ", "title: <script>alert(1)</script><img src=x> & ", 1), encoding="utf-8"
    )
    out = tmp_path / "d.html"
    assert peelcheck("dictionary", "--schemas", schemas.parent, "--output", out).exit_code == 0
    page = out.read_text(encoding="utf-8")
    cells = _Cells()
    cells.feed(page)
    assert [row[0].split()[0] for row in cells.rows if row[0] != "Column"] == [item for _, item in COLUMNS]
    assert not cells.tags & {"script", "img", "iframe", "object", "form", "link"}
    assert "default-src 'none'" in page
    assert "&lt;script&gt;" in page


def test_workbook_and_markdown(tmp_path: Path) -> None:
    assert peelcheck("dictionary", "--output", tmp_path / "d.xlsx").exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / "d.xlsx")["Dictionary"]
    assert [(row[0].value, row[3].value) for row in sheet.iter_rows(min_row=2)] == COLUMNS
    text = peelcheck("dictionary").stdout
    assert text.count("\n## ") == len(COLLECTION.returns)


def test_what_has_changed(tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(find_collection("peel-2017"), before)
    marac = before / "marac.yaml"
    text = marac.read_text(encoding="utf-8").replace("unit: cases", "unit: meetings", 1)
    marac.write_text(text.replace("name: note", "name: remark"), encoding="utf-8")
    ran = peelcheck("dictionary", "--compared-with", before, "--format", "csv")
    rows = {
        (row["return"], row["item"]): row
        for row in csv.DictReader(ran.stdout.removeprefix("\ufeff").splitlines())
    }
    assert rows["marac", "cases"]["changes"] == "The unit was “meetings”."
    page = peelcheck("dictionary", "--compared-with", before).stdout
    assert "`note` (new)" in page
    assert "No longer there" in page
    assert "marac&#46;remark" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--output", "d.pdf"), "please choose a name ending in"),
        (("--output", "d.csv", "--format", "html"), "ends like csv"),
        (("--format", "xlsx"), "cannot be shown on the screen"),
        (("--compared-with", "peel-1999"), "peel-1999"),
    ],
)
def test_wrong_use(
    arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = peelcheck("dictionary", *arguments)
    assert ran.exit_code == 2
    assert said in ran.stderr


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_clean_sample_is_valid_by_the_frictionless_package(tmp_path: Path) -> None:
    from frictionless import Package, system

    write_round(clean_round(), tmp_path / "round")
    package = tmp_path / "package"
    ran = peelcheck("schema", "export", "--output", package)
    assert (ran.exit_code, ran.stderr) == (0, "")
    described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    folders = [
        tmp_path / "round" / "returns" / "kent",
        *(tmp_path / "round" / kind for kind in ("reference", "inspection")),
    ]
    resources = []
    for resource in described["resources"]:
        found = [folder / resource["path"] for folder in folders if (folder / resource["path"]).exists()]
        if found:
            shutil.copy(found[0], package / resource["path"])
            resources.append(resource)
    assert len(resources) == 14
    (package / "datapackage.json").write_text(
        json.dumps({**described, "resources": resources}), encoding="utf-8"
    )
    with system.use_context(trusted=True):
        report = Package(str(package / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])[:5]
    path = package / "marac.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Kent,", "Kent,x", 1), encoding="utf-8")
    with system.use_context(trusted=True):
        assert not Package(str(package / "datapackage.json")).validate().valid


def test_export_overwrites_nothing(tmp_path: Path) -> None:
    assert peelcheck("schema", "export", "--output", tmp_path).exit_code == 0
    ran = peelcheck("schema", "export", "--output", tmp_path)
    assert ran.exit_code == 2
    assert "is there already" in ran.stderr
