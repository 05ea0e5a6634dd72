"""docs/output.md: every field, column, code and mark on it is one that the program has, and means what it says."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from peelcheck.cli.program import FAIL_ON, NEVER
from peelcheck.errors import BrokenCheck, PeelcheckError
from peelcheck.model import Query, Severity, Tier
from peelcheck.queries.drafts import SHOWN
from peelcheck.render.terminal.query import _PLACES
from peelcheck.render.terminal.strip import legend
from peelcheck.schema import find_collection, load_collection
from peelcheck.signals import INTERRUPTED
from tests.support.rounds import ROOT, SAMPLE, write_return
from tests.support.running import peelcheck
from tests.support.sample import sample_output as sample

PAGE = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
BYTE_ORDER_MARK = "\ufeff"
HEADINGS = "force,force_code,period_start,period_end,cases,repeat_cases,note\n"

TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "date": (str,),
    "whole number": (int,),
    "number": (int, float),
    "list": (list,),
    "table": (dict,),
    "true or false": (bool,),
}


def section(title: str) -> str:
    """What stands under a heading, up to the next one of any depth."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def tables(title: str) -> list[list[list[str]]]:
    """The tables under a heading, without their own headings, cell by cell."""
    found = re.findall(r"^\|.*\n\|[-| ]+\|\n((?:\|.*\n)+)", section(title), re.MULTILINE)
    return [
        [[cell.strip() for cell in row.strip("|").split(" | ")] for row in table.splitlines()]
        for table in found
    ]


def names(cells: list[list[str]]) -> list[str]:
    """What stands in code marks in the first cells; one cell may name several."""
    return [name for row in cells for name in re.findall("`([^`]+)`", row[0])]


def ran(*arguments: str) -> tuple[int, str]:
    done = peelcheck(*arguments)
    return done.exit_code, done.stdout_bytes.decode("utf-8")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A force's folder with a file that cannot be opened, one that fits nothing, and cells that mean mischief."""
    folder = tmp_path_factory.mktemp("odd") / "norfolk"
    folder.mkdir()
    (folder / "gone.csv").symlink_to(folder / "nowhere.csv")
    (folder / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    cells = (
        'Norfolk,,2016-04-01,2017-03-31,-238,=1+1,\nNorfolk,,2015-04-01,2016-03-31,"\t5x",\x1b[31m7\u202e,\n'
    )
    (folder / "marac.csv").write_text(HEADINGS + cells, encoding="utf-8")
    nobodys = "Narnia,,2016-04-01,2017-03-31,1,1,\n"
    (folder.parent / "nobodys.csv").write_text(HEADINGS + nobodys, encoding="utf-8")
    return folder


def flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every field of a table with its path: `checks[].not_run[].force`."""
    for key, held in value.items():
        here = f"{path}{key}"
        yield here, held
        for each in held if isinstance(held, list) else ():
            if isinstance(each, dict):
                yield from flat(each, f"{here}[].")


@pytest.fixture(scope="module")
def shown(odd: Path) -> list[dict[str, Any]]:
    """Results that have between them whatever a result can have."""
    lone = str(odd / "marac.csv")
    accepted = str(odd.parent / "accepted.csv")
    summed = str(write_return(odd.parent / "summed", total="665"))
    once = ran(
        "validate", summed, "--accepted", accepted, "--accept-all", "--reason", "x", "--format", "json"
    )[1]
    write_return(odd.parent / "summed", total="600")
    texts = [
        sample("validate", "--format", "json"),
        ran("validate", str(odd), "--format", "json")[1],
        ran("validate", lone, "--format", "json")[1],
        ran("validate", str(odd.parent / "nobodys.csv"), "--format", "json")[1],
        once,
        ran("validate", summed, "--accepted", accepted, "--format", "json")[1],
    ]
    return [json.loads(text) for text in texts]


def hold(table: list[list[str]], found: list[tuple[str, Any]]) -> None:
    """The names are those found, each value is of its type, and null only, and somewhere, where the table says so."""
    assert names(table) == list(dict.fromkeys(name for name, _ in found))
    for name, kind, _, null in table:
        values = [value for here, value in found if here == name.strip("`")]
        given = [value for value in values if value is not None]
        assert all(type(value) in TYPES[kind] for value in given), name
        if kind == "date":
            assert all(date.fromisoformat(value) for value in given)
        if null.startswith("never"):
            assert len(given) == len(values), name
        else:
            assert len(given) < len(values), name
        assert ("may be empty" in null) is (kind == "list" and [] in given and name != "`checks[].not_run`")


@pytest.mark.slow
def test_the_top_of_the_json(shown: list[dict[str, Any]]) -> None:
    (table,) = tables("JSON")
    hold(table, [pair for result in shown for pair in result.items()])
    assert shown[0]["version"] == 1


def test_summary_files_and_checks(shown: list[dict[str, Any]]) -> None:
    summaries = [(f"summary.{key}", v) for result in shown for key, v in result["summary"].items()]
    (table,) = tables("summary")
    hold(table, summaries)
    for row in table:
        for value in (value for name, value in summaries if name == row[0].strip("`")):
            keys = list(value) if isinstance(value, dict) else []
            assert [word for word in re.findall("`([a-z_]+)`", row[2]) if word in keys] == keys
    for part in ("files", "checks"):
        (table,) = tables(part)
        found = [pair for result in shown for pair in flat({part: result[part]}) if pair[0] != part]
        hold(table, found)


def test_queries(shown: list[dict[str, Any]]) -> None:
    (table,) = tables("queries")
    found = [pair for result in shown for query in result["queries"] for pair in flat(query)]
    own = [pair for pair in found if not pair[0].startswith(("also[].", "reopened."))]
    order = names(table)
    own.sort(key=lambda pair: order.index(pair[0]))
    hold(table, own)
    assert {name for name, _ in found} - {name for name, _ in own} == {
        *("also[].id", "also[].fingerprint", "also[].code", "also[].return", "also[].item"),
        *("also[].message", "also[].ask"),
    } | {name for name, _ in found if name.startswith("reopened.")}
    as_written = list(shown[0]["queries"][0])
    assert as_written == [name for name in order if "[]" not in name]
    assert f"the first {SHOWN} of them" in PAGE
    assert {query["status"] for result in shown for query in result["queries"]} == {"open", "reopened"}


def test_what_a_comparison_lacks(shown: list[dict[str, Any]]) -> None:
    (table,) = tables("queries")
    for result in shown:
        for query in result["queries"]:
            for row in table:
                if row[3].startswith("it is no comparison") and "part" not in row[3]:
                    assert (query[row[0].strip("`")] is None) is (query["measure"] is None)


def test_severities_and_tiers(shown: list[dict[str, Any]]) -> None:
    (table,) = tables("Severity and tier")
    assert names(table) == [tier.value for tier in Tier]
    pairs = {(query["tier"], query["severity"]) for result in shown for query in result["queries"]}
    assert {(row[0].strip("`"), row[1].strip("`")) for row in table} == pairs
    assert all(f"`{severity}`" in section("Severity and tier") for severity in Severity)


def test_csv() -> None:
    (table,) = tables("CSV")
    text = sample("validate", "--format", "csv")
    head, *rows = csv.reader(StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""))
    assert names(table) == head
    assert text.startswith(BYTE_ORDER_MARK)
    assert text.count("\r\n") == text.count("\n") == len(rows) + 1
    queries = json.loads(sample("validate", "--format", "json"))["queries"]
    assert [row[0] for row in rows] == [query["id"] for query in queries]
    same = names([row for row in table if row[1] == "as in the JSON"])
    for row, query in zip(rows, queries, strict=True):
        cells = dict(zip(head, row, strict=True))
        for name in same:
            value = query[name]
            assert cells[name] == ("" if value is None else str(value).removesuffix(".0")), name
        place = (query["locations"] or [{}])[0]
        values = [place.get(name) for name in ("file", "row", "column", "value")]
        texts = ["" if value is None else str(value) for value in values]
        assert [cells[name].removeprefix("'") for name in ("file", "row", "column", "written")] == texts


def test_findings(tmp_path: Path) -> None:
    (table,) = tables("Every finding")
    file = tmp_path / "cells.csv"
    ran("validate", str(SAMPLE), "--findings", str(file))
    text = file.read_bytes().decode("utf-8")
    head, *rows = csv.reader(StringIO(text.removeprefix(BYTE_ORDER_MARK)))
    assert text.startswith(BYTE_ORDER_MARK)
    assert "\r" not in text
    assert names(table) == head
    queries = json.loads(sample("validate", "--format", "json"))["queries"]
    codes = {row[0] for row in rows}
    assert codes == {q["code"] for q in queries} | {other["code"] for q in queries for other in q["also"]}
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    assert any(cell["column"] for cell in cells)
    assert all(
        cell["column"] == cell["item"] for cell in cells
    )  # the sample's files have the template's headings


@pytest.mark.slow
def test_figures(odd: Path) -> None:
    around, table = tables("Figures")
    result = json.loads(sample("figures", "--format", "json"))
    hold(around, list(result.items()))
    rows = [*result["figures"], *result["england_and_wales"]]
    alone = json.loads(ran("figures", str(odd), "--format", "json")[1])
    every = [*rows, *alone["figures"], *alone["england_and_wales"]]
    hold(table, [pair for row in every for pair in row.items()])
    text = sample("figures", "--format", "csv").removeprefix(BYTE_ORDER_MARK)
    head, *lines = csv.reader(StringIO(text))
    assert head == names(table)
    assert len(lines) == len(rows)
    assert {key for out in result["out"].values() for each in out for key in each} == {"force", "reason"}
    assert {row["force"] for row in result["england_and_wales"]} == {"England and Wales"}


@pytest.mark.slow
def test_what_one_force_sent() -> None:
    (table,) = tables("items")
    found = json.loads(sample("figures", "--force", "Durham", "--format", "json"))["items"]
    hold(table, [pair for item in found for pair in item.items()])
    text = sample("figures", "--force", "Durham", "--format", "csv").removeprefix(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(StringIO(text)))[-len(found) :]
    assert [(row["measure"], row["numerator"], row["previous_numerator"]) for row in rows] == [
        (f"{item['return_name']}.{item['item']}", _cell(item["value"]), _cell(item["previous"]))
        for item in found
    ]


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


@pytest.mark.slow
def test_exit_codes(odd: Path, tmp_path: Path) -> None:
    (table,) = tables("Exit codes")
    assert [row[0] for row in table] == ["0", "1", "2", "3", str(INTERRUPTED)]
    assert (PeelcheckError.exit_code, BrokenCheck.exit_code) == (2, 3)
    assert ran("validate", str(odd))[0] == 1
    assert ran("validate", str(odd), "--fail-on", NEVER)[0] == 0
    assert ran("validate", str(tmp_path / "nowhere"))[0] == 2
    assert ran("figures", str(SAMPLE))[0] == 0
    assert all(f"`{word}`" in table[1][1] or f"--fail-on {word}`" in table[1][1] for word in FAIL_ON)


def test_the_page_is_as_shown() -> None:
    page = sample("validate")
    for block in re.findall(r"^```text\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL):
        squeezed = [re.sub(r"\s+", " ", line).strip() for line in block.splitlines()]
        lines = {re.sub(r"\s+", " ", line).strip().removeprefix("Lines ") for line in page.splitlines()}
        assert set(squeezed) - {"─" * 100} <= lines
    nouns = load_collection(find_collection("peel-2017")).nouns
    assert f"\n{legend(nouns)}\n" in PAGE
    assert _PLACES == 4
    assert "Only the first four locations are shown" in PAGE
    assert "Also explained by this:" in page


def test_what_a_cell_cannot_do(odd: Path, tmp_path: Path) -> None:
    file, findings = str(odd / "marac.csv"), tmp_path / "cells.csv"
    table = ran("validate", file, "--format", "csv", "--findings", str(findings))[1]
    every = findings.read_text(encoding="utf-8")
    for mark in ("'-238", "'=1+1"):
        assert mark in every
    for text in (table, every, ran("validate", file)[1]):
        assert "\\t5x" in text
        assert "\\x1b[31m7\\u202e" in text
    result = ran("validate", file, "--format", "json")[1]
    assert "\\u001b[31m7\\u202e" in result
    values = {place["value"] for query in json.loads(result)["queries"] for place in query["locations"]}
    assert {"-238", "\t5x", "\x1b[31m7\u202e"} <= values


@pytest.mark.slow
def test_what_stays_the_same(tmp_path: Path) -> None:
    """Blank lines above and another order change nothing; another figure changes the fingerprint alone."""

    def kent(change: Any) -> dict[str, tuple[str, str]]:
        round_ = tmp_path / "round"
        shutil.rmtree(round_, ignore_errors=True)
        shutil.copytree(SAMPLE, round_)
        file = round_ / "returns" / "kent" / "domestic_abuse.csv"
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
        found = json.loads(ran("validate", str(round_), "--force", "Kent", "--format", "json")[1])["queries"]
        return {query["code"]: (query["id"], query["fingerprint"]) for query in found}

    as_it_was = kent(lambda text: text)["DA201"]
    assert kent(lambda text: f"\n\n{text}")["DA201"] == as_it_was
    assert kent(lambda text: "\n".join([(n := text.splitlines())[0], n[2], n[1], ""]))["DA201"] == as_it_was
    changed = kent(lambda text: text.replace("103110", "103111"))["DA201"]
    assert changed[0] == as_it_was[0]
    assert changed[1] != as_it_was[1]
    ids = [query["id"] for query in json.loads(sample("validate", "--format", "json"))["queries"]]
    assert len(ids) == len(set(ids))
    assert {"id", "fingerprint"} <= set(Query.__annotations__)


@pytest.mark.slow
def test_one_force(tmp_path: Path) -> None:
    findings = tmp_path / "cells.csv"
    named = ("--force", "Kent", "--findings", str(findings))
    result = json.loads(ran("validate", str(SAMPLE), "--format", "json", *named)[1])
    whole = json.loads(sample("validate", "--format", "json"))
    for part in ("files", "queries"):
        assert {each["force"] for each in result[part]} == {"Kent"}
    not_run = [skipped["force"] for check in result["checks"] for skipped in check["not_run"]]
    assert set(not_run) <= {"Kent", None}
    for one, all_ in zip(result["checks"], whole["checks"], strict=True):
        assert (one["held"], one["failed"]) == (all_["held"], all_["failed"])
    rows = list(csv.DictReader(StringIO(findings.read_text(encoding="utf-8-sig"))))
    assert {row["force"] for row in rows} == {"Kent"}
