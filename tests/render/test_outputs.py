"""What the user sees, as it is seen: a snapshot of every output."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from syrupy.assertion import SnapshotAssertion

from peelcheck.model import FigureSet, Result
from peelcheck.render import FIGURES, RENDERERS, RULES, every_output
from peelcheck.render.forms import FileSeen, Never
from peelcheck.render.look import Look
from peelcheck.render.output import Output, Rendered
from peelcheck.render.terminal.page import Heading, laid_out, words
from peelcheck.render.terminal.rules import rule_page
from tests.support import made_result as made
from tests.support.made_result import HOSTILE, figure_set, result


def of_force(name: str) -> FigureSet:
    every = figure_set()
    return replace(every, figures=tuple(figure for figure in every.figures if figure.force == name))


@pytest.mark.parametrize("width", [80, 100, 160])
def test_queries_on_a_page(width: int, snapshot: SnapshotAssertion) -> None:
    page = RENDERERS["table"](result(), Look(width))
    assert page == snapshot
    assert max(len(line) for line in page.splitlines()) <= width


def test_queries_in_colour(snapshot: SnapshotAssertion) -> None:
    assert RENDERERS["table"](result(), Look(colour=True)) == snapshot


@pytest.mark.parametrize("width", [60, 100])
def test_colour_changes_no_word_and_no_line(width: int) -> None:
    plain, coloured = (RENDERERS["table"](result(), Look(width, colour)) for colour in (False, True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_a_heading_that_is_too_long_for_a_line_goes_on_below() -> None:
    page = laid_out([Heading(words("Kent " * 13), words("2 errors"))], Look(60))
    assert page.splitlines() == [("Kent " * 12).strip(), "Kent", "2 errors", "─" * 60]


def test_every_note(snapshot: SnapshotAssertion) -> None:
    notes = tuple(query for query in result().queries if query.severity == "note")
    assert RENDERERS["table"](replace(result(), queries=notes), Look(all_notes=True)) == snapshot


def test_nothing_to_ask(snapshot: SnapshotAssertion) -> None:
    assert RENDERERS["table"](replace(result(), queries=()), Look()) == snapshot


def test_queries_as_json(snapshot: SnapshotAssertion) -> None:
    assert RENDERERS["json"](result(), Look()) == snapshot


def test_queries_as_csv(snapshot: SnapshotAssertion) -> None:
    assert RENDERERS["csv"](result(), Look()) == snapshot


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("force", ["West Midlands", "Kent", "Durham"])
def test_a_force_in_numbers(force: str, width: int, snapshot: SnapshotAssertion) -> None:
    assert FIGURES["table"](of_force(force), Look(width)) == snapshot


@pytest.mark.parametrize("form", list(FIGURES))
def test_figures_of_all_forces(form: str, snapshot: SnapshotAssertion) -> None:
    assert FIGURES[form](figure_set(), Look()) == snapshot


@pytest.mark.parametrize("form", list(RULES))
def test_rules(form: str, snapshot: SnapshotAssertion) -> None:
    assert RULES[form](made.RULES, Look(80)) == snapshot


def test_a_rule_in_full(snapshot: SnapshotAssertion) -> None:
    assert rule_page(made.RULES[0], Look(80)) == snapshot


def test_json_gives_back_what_the_force_wrote() -> None:
    queries = json.loads(RENDERERS["json"](result(), Look()))["queries"]
    assert queries[2]["locations"][0]["value"] == HOSTILE


def test_a_spreadsheet_reads_every_cell_as_text() -> None:
    text = RENDERERS["csv"](result(), Look())
    assert text.startswith('\ufeff"id","code",')
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert rows[2]["written"] == r"""'=HYPERLINK("x")\x1b[31m[bold red]\u202e5,850"""
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("render", list(RENDERERS.values()), ids=list(RENDERERS))
def test_nothing_that_a_terminal_obeys_comes_out(render: Rendered[Result]) -> None:
    out = render.render(result(), Look())
    if isinstance(out, bytes):
        out = "".join(
            str(cell.value or "") for row in load_workbook(io.BytesIO(out)).worksheets[0] for cell in row
        )
    assert not [c for c in out if not c.isprintable() and c not in "\r\n\ufeff"]


def test_a_negative_number_of_ours_stays_a_number() -> None:
    rows = csv.DictReader(
        io.StringIO(FIGURES["csv"](figure_set(), Look()).removeprefix("\ufeff"), newline="")
    )
    assert [row["change"] for row in rows][2] == "-3.1"


@pytest.mark.parametrize("form", [name for name, one in RENDERERS.items() if not isinstance(one.form, Never)])
def test_every_output_is_known_as_itself_and_as_no_other(form: str, tmp_path: Path) -> None:
    written: dict[str, tuple[Output, str | bytes]] = {
        "queries": (RENDERERS[form], RENDERERS[form].render(result(), Look()))
    }
    if form in RULES:
        written |= {
            "figures": (FIGURES[form], FIGURES[form](figure_set(), Look())),
            "one force": (FIGURES[form], FIGURES[form](of_force("Kent"), Look())),
            "rules": (RULES[form], RULES[form](made.RULES, Look())),
        }
    for name, (output, text) in written.items():
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        known = [other for other in every_output() if other.form.begins(FileSeen(file))]
        assert known == [output], name
        assert output.form.is_whole(FileSeen(file)), name
