"""Which queries are reported, and as how severe; and what is left out of them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from peelcheck.schema import find_collection, load_collection
from tests.support.rounds import SAMPLE, write_return
from tests.support.running import peelcheck


def result_of(*arguments: str | Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(peelcheck("validate", *arguments, "--format", "json").stdout)
    return result


@pytest.fixture(scope="module")
def every() -> dict[str, Any]:
    return result_of(SAMPLE)


def codes_of(query: dict[str, Any]) -> set[str]:
    return {query["code"], *(other["code"] for other in query["also"])}


@pytest.mark.parametrize("word", ["MA101", "DA", "da1", "marac", "sums_to", "comparison", "RO"])
@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_query_is_left_out_with_all_that_is_in_it_or_not_at_all(
    option: str, word: str, every: dict[str, Any]
) -> None:
    kinds = {
        rule["code"]: rule["kind"]
        for rule in json.loads(peelcheck("rules", "--format", "json").stdout)["rules"]
    }

    def is_named(query: dict[str, Any]) -> set[bool]:
        parts = [(query["code"], query["return"]), *((o["code"], o["return"]) for o in query["also"])]
        return {code.startswith(word.upper()) or word in (kinds[code], about) for code, about in parts}

    chosen = result_of(SAMPLE, option, word)
    kept = [
        q["id"]
        for q in every["queries"]
        if (True in is_named(q) if option == "--select" else False in is_named(q))
    ]
    assert [query["id"] for query in chosen["queries"]] == kept
    assert kept, "otherwise this shows nothing"
    left = chosen["summary"]["left_out_by_choice"]
    assert sum(left.values()) == len(every["queries"]) - len(kept)


def test_a_chosen_severity_decides_the_exit_code_and_the_order(tmp_path: Path) -> None:
    file = write_return(tmp_path, total="665")
    assert peelcheck("validate", file).exit_code == 1
    ran = peelcheck("validate", file, "--severity", "DA101=note", "--format", "json")
    (query,) = json.loads(ran.stdout)["queries"]
    assert (ran.exit_code, query["severity"], query["tier"]) == (0, "note", "note")
    assert peelcheck("validate", file, "--severity", "DA101=query", "--fail-on", "query").exit_code == 1


def test_a_figure_that_could_not_be_read_stays_unused(tmp_path: Path) -> None:
    file = write_return(tmp_path, total="66x")
    shown, chosen = (result_of(file, *more) for more in ((), ("--ignore", "CE001")))
    assert [query["code"] for query in shown["queries"]] == ["CE001"]
    assert chosen["queries"] == []
    assert chosen["checks"] == shown["checks"], "what was checked is the same"


def test_what_was_left_out_is_said(tmp_path: Path) -> None:
    ran = peelcheck("validate", write_return(tmp_path, total="665"), "--ignore", "DA101")
    assert (ran.exit_code, "1 error not shown because of --select or --ignore" in ran.stdout) == (0, True)
    page = " ".join(ran.stdout.split())
    assert "Queries none shown" in page
    assert "1 received, 1 with no queries among those shown" in page
    assert "No queries" not in page


def test_what_is_expected_is_of_all_rules() -> None:
    expected = "comparison queries would be expected {}even if every figure were correct"
    every, some = (
        " ".join(peelcheck("validate", SAMPLE, "--quiet", *more).stdout.split())
        for more in ((), ("--select", "DA"))
    )
    assert expected.format("") in every
    assert expected.format("among all rules ") in some


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "DAX"], "--select: there is no rule, kind of check or return 'DAX'"),
        (
            ["--ignore", "domestic_abus"],
            "--ignore: there is no rule, kind of check or return 'domestic_abus'; did you mean 'domestic_abuse'?",
        ),
        (["--ignore", ""], "--ignore expects a code, a kind of check or a return, not a blank"),
        (["--severity", "DA101"], "--severity expects CODE=SEVERITY, such as DA108=note, not 'DA101'"),
        (["--severity", "DA101=bad"], "--severity: there is no severity 'bad'; known: error, query, note"),
        (["--severity", "DA999=note"], "--severity: there is no rule 'DA999'"),
    ],
)
def test_what_there_is_not_is_refused(arguments: list[str], said: str, tmp_path: Path) -> None:
    ran = peelcheck("validate", write_return(tmp_path), *arguments)
    assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", f"Error: {said}\n")


# --- without values ----------------------------------------------------------------------------------------------------

VICTIM = "Victim O’Neill ” 12 High St"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    fields = [
        field.name for field in load_collection(find_collection("peel-2017")).returns["crime_records"].fields
    ]
    row = dict.fromkeys(fields, "") | {"force": "Kent"}
    rows = [row | {name: f"{VICTIM} {name}" for name in fields if name != "force"} for _ in range(3)]
    file = tmp_path / "kent" / "crime_records.csv"
    file.parent.mkdir()
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fields)
        writer.writeheader()
        writer.writerows(rows)
    return file


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown", "junit", "sarif", "github", "lines"])
def test_no_cell_of_records_is_shown(form: str, records: Path, tmp_path: Path) -> None:
    findings = tmp_path / "findings.csv"
    with_values = peelcheck("validate", records, "--format", form).stdout
    without = peelcheck("validate", records, "--format", form, "--no-values", "--findings", findings).stdout
    assert ("Neill" in with_values) is (form != "github"), "GitHub shows no values in any case"
    assert "Neill" not in without
    assert "High St" not in without
    assert "Neill" not in findings.read_text(encoding="utf-8")
    assert "(not shown)" in findings.read_text(encoding="utf-8")


def test_figures_are_shown_without_values_too(tmp_path: Path) -> None:
    ran = peelcheck("validate", write_return(tmp_path, total="665"), "--no-values")
    assert "“665”" in ran.stdout


def test_no_heading_of_records_is_shown_where_a_line_end_was_lost(records: Path) -> None:
    """The first record then stands among the headings."""
    head, first, *rest = records.read_text(encoding="utf-8").splitlines()
    records.write_text("\n".join([f"{head} {first}", *rest, ""]), encoding="utf-8")
    for more in (["--no-values"], ["--format", "github"]):
        assert "Neill" in peelcheck("validate", records, "--notes", "--format", "json").stdout
        assert "Neill" not in peelcheck("validate", records, "--notes", *more).stdout
