"""The report in a real browser: axe-core finds nothing, hostile text makes no element, every figure is printed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from peelcheck.engine.report import report
from peelcheck.model.report import Report
from peelcheck.render.html.pages import all_page, force_page
from tests.render.test_report_pages import hostile_round
from tests.support.rounds import ROOT, SAMPLE
from tests.support.running import peelcheck

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = ROOT / ".ci" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--virtual-time-budget=8000",
)  # fmt: skip
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="needs a browser (chromium)"),
]


def browse(tmp_path: Path, *arguments: str) -> str:
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


@pytest.fixture(scope="module")
def made() -> Report:
    return report(SAMPLE)


def with_axe(page: str) -> str:
    """The page with axe-core in it, which writes what it found into the title. Only for the test is the policy left out."""
    open_ = re.sub(r"<meta http-equiv[^>]*>", "", page)
    run = "axe.run(document,{resultTypes:['violations']}).then(r=>{document.title='AXE'+JSON.stringify(r.violations.map("
    run += "v=>[v.id,v.impact,v.nodes.length,v.nodes[0].html.slice(0,120)]))+'END'})"
    return open_.replace(
        "</body>", f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{run}</script></body>"
    )


@pytest.mark.skipif(not AXE.exists(), reason="needs axe-core (npm install axe-core)")
@pytest.mark.parametrize("kind", ["force", "own", "all", "queries", "dictionary"])
def test_axe_finds_no_violation(kind: str, made: Report, tmp_path: Path) -> None:
    pages = {
        "force": lambda: force_page(made, "West Midlands"),
        "own": lambda: force_page(made, "Kent", own_only=True),
        "all": lambda: all_page(made),
        "queries": lambda: peelcheck("validate", SAMPLE, "--format", "html").stdout,
        "dictionary": lambda: peelcheck("dictionary", "--format", "html").stdout,
    }
    path = tmp_path / "page.html"
    path.write_text(with_axe(pages[kind]()), encoding="utf-8")
    dom = browse(tmp_path, "--dump-dom", path.as_uri())
    found = re.search(r"<title>AXE(.*?)END</title>", dom, re.DOTALL)
    assert found is not None
    text = found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert json.loads(text) == []


def test_hostile_text_makes_no_element_and_does_nothing(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(force_page(report(hostile_round(tmp_path / "round")), "West Midlands"), encoding="utf-8")
    dom = browse(tmp_path, "--dump-dom", path.as_uri())
    assert not re.findall(r"<(script|img|iframe|object|embed|form)\b", dom)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in dom


def test_what_is_printed_has_every_figure(made: Report, tmp_path: Path) -> None:
    from pypdf import PdfReader

    path, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    path.write_text(force_page(made, "West Midlands"), encoding="utf-8")
    browse(tmp_path, f"--print-to-pdf={printed}", path.as_uri())
    reader = PdfReader(str(printed))
    assert reader.pages[0].mediabox.width == pytest.approx(595, abs=2)
    text = " ".join(page.extract_text() for page in reader.pages)
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))  # a font has one letter for ff
    for view in made.measures:
        figure = view.of("West Midlands")
        if view.in_report and figure.value is not None:
            shown = f"{figure.value:,.{view.decimals}f}{'%' if view.percent else ''}"
            assert re.sub(r"\s+", "", view.title) in plain
            assert shown in plain
    assert "Anarrestisnotlinkedtoanoffence" in plain  # what is folded away on the screen is printed
    assert plain.count("Gloucestershire") >= 3  # as a bar, in a note, and in the table behind the bars
    for query in made.queries["West Midlands"]:
        assert re.sub(r"\s+", "", query.message)[:60] in plain
