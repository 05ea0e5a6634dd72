"""A check's own parameters, held to its kind when a collection is made ready, and patterns to the engine that runs them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from peelcheck import engine
from peelcheck.arrays import objects
from peelcheck.cells.parsed import CellState
from peelcheck.checks import KINDS, compile_check
from peelcheck.checks.compiling import parameters_of
from peelcheck.errors import SchemaError
from peelcheck.model import CheckSpec, Field, ReturnKind, ReturnSchema, Severity, Source
from peelcheck.schema import load_collection
from peelcheck.tables.constraints import compile_patterns, conform
from peelcheck.tables.table import Return
from tests.support.collections import REAL, altered, refused

COLLECTION = load_collection(REAL)
COLUMNS = ", ".join(COLLECTION.returns["mental_health"].columns)
RECORDS_HAVE_NO_YEAR = "a record has no year, so no figure from another return can be looked up for it"


def check(kind: str, of: str, parameters: dict[Any, Any]) -> CheckSpec:
    return CheckSpec("XX101", kind, Severity.ERROR, "", "", "", "", parameters, f"{of}.yaml", "checks[0]", of)


def refusal(kind: str, of: str, parameters: dict[Any, Any]) -> tuple[str, str]:
    with pytest.raises(SchemaError) as caught:
        compile_check(check(kind, of, parameters), COLLECTION)
    assert caught.value.file == f"{of}.yaml"
    return caught.value.key.removeprefix("checks[0]"), caught.value.problem


@pytest.mark.parametrize(
    ("kind", "of", "parameters", "key", "problem"),
    [
        ("sum_to", "marac", {}, ".kind", "there is no kind of check 'sum_to'; did you mean 'sums_to'?"),
        ("expression", "marac", {}, ".kind", f"there is no kind of check 'expression'; known: {', '.join(KINDS)}"),
        # names of parameters
        ("sums_to", "marac", {}, "", "sums_to needs the parameter 'parts'"),
        ("sums_to", "marac", {"parts": ["cases"]}, "", "sums_to needs the parameter 'total'"),
        ("sums_to", "marac", {"part": []}, ".part", "sums_to has no parameter 'part'; did you mean 'parts'?"),
        ("at_most", "marac", {"expression": "a < b"}, ".expression",
         "at_most has no parameter 'expression'; known: chain, where"),
        ("own_past", "marac", {"items": ["cases"], "compared": ["repeat_cases"]}, "",
         "repeat_cases in compared is not one of the items"),
        ("at_most", "marac", {1: 2}, ".1", "expected a name as the key; please put it in quotes"),
        ("at_most", "marac", {"scope": "row"}, ".scope", "at_most has no parameter 'scope'; known: chain, where"),
        ("rows_per_force", "marac", {"expected": 1, "except_": {}}, ".except_",
         "rows_per_force has no parameter 'except_'; did you mean 'except'?"),
        # columns that are not there
        ("at_most", "domestic_abuse", {"chain": ["arests", "dvpos_granted"]}, ".chain[0]",
         "domestic_abuse has no column 'arests'; did you mean 'arrests'?"),
        ("at_most", "mental_health", {"chain": ["zzz", "zzzz"]}, ".chain[0]",
         f"mental_health has no column 'zzz'; known: {COLUMNS}"),
        ("at_most", "domestic_abuse", {"chain": ["arrests", "recorded_crim.recorded_crime"]}, ".chain[1]",
         "there is no return 'recorded_crim'; did you mean 'recorded_crime'?"),
        ("at_most", "domestic_abuse", {"chain": ["arrests", "recorded_crime.crime"]}, ".chain[1]",
         "recorded_crime has no column 'crime'; known: force, force_code, period_start, period_end, recorded_crime, note"),
        ("at_most", "domestic_abuse", {"chain": ["arrests", ".arrests"]}, ".chain[1]",
         f"there is no return ''; known: {', '.join(COLLECTION.returns)}"),
        ("at_most", "domestic_abuse", {"chain": ["arrests", "domestic_abuse.outcomes_total"]}, ".chain[1]",
         "'outcomes_total' is a column of the return itself; please leave out 'domestic_abuse.'"),
        ("at_most", "domestic_abuse", {"chain": ["arrests", "crime_records.charge"]}, ".chain[1]",
         "crime_records has no column 'charge'; did you mean 'charged'?"),
        ("at_most", "domestic_abuse", {"chain": ["arrests", "crime_records.note"]}, ".chain[1]",
         "crime_records has no column 'note'; known: force, records, charged, domestic_abuse_crimes"),
        ("at_most", "crime_records", {"chain": ["charged", "note"]}, ".chain[1]",
         "crime_records has no column 'note'; known: force, records, charged, domestic_abuse_crimes"),
        ("complete_months", "crime_records", {"date": "offence_code"}, ".date",
         "complete_months expects a column of dates here; 'offence_code' is not one"),
        ("complete_months", "domestic_abuse", {"date": "period_end"}, ".kind",
         "complete_months is only for a return of records"),
        # columns of another type than the kind can use
        ("at_most", "domestic_abuse", {"chain": ["note", "arrests"]}, ".chain[0]",
         "at_most expects a column of numbers here; 'note' is not one"),
        ("sums_to", "domestic_abuse", {"parts": ["arrests"], "total": "period_end"}, ".total",
         "sums_to expects a column of numbers here; 'period_end' is not one"),
        ("date_order", "domestic_abuse", {"earlier": "period_start", "later": "arrests"}, ".later",
         "date_order expects a column of dates here; 'arrests' is not one"),
        ("date_order", "domestic_abuse", {"earlier": "marac.period_start", "later": "period_end"}, ".earlier",
         "date_order expects a column of dates of the return itself here, not 'marac.period_start'"),
        ("restated", "domestic_abuse", {"items": ["period_end"]}, ".items[0]",
         "restated expects an item (a number with a period) here; 'period_end' is not one"),
        ("steady", "domestic_abuse", {"items": ["period_end"]}, ".items[0]",
         "steady expects an item (a number with a period) here; 'period_end' is not one"),
        ("same_as_last_year", "domestic_abuse", {"items": ["recorded_crime.recorded_crime"]}, ".items[0]",
         "same_as_last_year expects an item (a number with a period) of the return itself here, "
         "not 'recorded_crime.recorded_crime'"),
        ("unexpected_zero", "domestic_abuse", {"items": ["arrests"], "population": "population.force"}, ".population",
         "unexpected_zero expects an item (a number with a period) here; 'population.force' is not one"),
        ("parts_present", "domestic_abuse", {"parts": ["note"], "total": "arrests"}, ".parts[0]",
         "parts_present expects a column of numbers here; 'note' is not one"),
        ("one_per_group", "crime_records", {"group": ["force", "marac.force"]}, ".group[1]",
         "one_per_group expects a column of the return itself here, not 'marac.force'"),
        ("at_most", "crime_records", {"chain": ["population.population", "recorded_crime.recorded_crime"]}, ".chain[0]",
         RECORDS_HAVE_NO_YEAR),
        ("not_same_as", "domestic_abuse", {"item": "arrests", "other": "force"}, ".other",
         "not_same_as expects a column of numbers here; 'force' is not one"),
        # conditions
        ("at_most", "domestic_abuse", {"chain": ["arrests", "outcomes_total"], "where": {"arrest": 0}}, ".where.arrest",
         "domestic_abuse has no column 'arrest'; did you mean 'arrests'?"),
        ("at_most", "domestic_abuse", {"chain": ["arrests", "outcomes_total"], "where": {"arrests": "none"}},
         ".where.arrests", "expected a number, not 'none'"),
        ("at_most", "domestic_abuse", {"chain": ["arrests", "outcomes_total"], "where": {"arrests": [0, "1"]}},
         ".where.arrests[1]", "expected a number, not '1'"),
        ("at_most", "domestic_abuse", {"chain": ["arrests", "outcomes_total"], "where": {}}, ".where",
         "expected at least one condition, such as {column: value}"),
        ("at_most", "domestic_abuse", {"chain": ["arrests", "outcomes_total"], "where": ["arrests"]}, ".where",
         "expected a table, not a list"),
        ("at_most", "domestic_abuse", {"chain": ["arrests", "outcomes_total"], "where": {"force": "Kant"}},
         ".where.force", "there is no force 'Kant'; did you mean 'Kent'?"),
        ("at_most", "domestic_abuse", {"chain": ["arrests", "outcomes_total"], "where": {"period_end": "June"}},
         ".where.period_end", "expected a date such as 2017-06-30, not 'June'"),
        ("date_order", "crime_records", {"earlier": "date_recorded", "later": "outcome_date",
         "where": {"domestic_abuse": ["maybe"]}}, ".where.domestic_abuse[0]",
         "there is no value of domestic_abuse 'maybe'; known: yes, no"),
        ("date_order", "crime_records", {"earlier": "date_recorded", "later": "outcome_date",
         "where": {"domestic_abuse": []}}, ".where.domestic_abuse", "expected at least one value"),
        ("date_order", "crime_records", {"earlier": "date_recorded", "later": "outcome_date",
         "where": {"domestic_abuse": True}}, ".where.domestic_abuse",
         "expected a text, not true; please put it in quotes"),
        ("required_when", "crime_records", {"item": "outcome_date"}, "", "required_when needs the parameter 'when'"),
        ("required_when", "crime_records", {"item": "outcome_date", "when": {"outcome": "x"}}, ".when.outcome",
         "crime_records has no column 'outcome'; did you mean 'outcome_type'?"),
        ("at_least_one_of", "crime_records", {"items": ["note"]}, ".items", "expected at least 2 columns, not 1"),
        ("at_least_one_of", "crime_records", {"items": ["note", "notes"]}, ".items[1]",
         "crime_records has no column 'notes'; did you mean 'note'?"),
        # lists
        ("at_most", "domestic_abuse", {"chain": ["arrests"]}, ".chain", "expected at least 2 columns, not 1"),
        ("sums_to", "domestic_abuse", {"parts": [], "total": "arrests"}, ".parts", "expected at least 1 column, not 0"),
        ("sums_to", "domestic_abuse", {"parts": "arrests", "total": "arrests"}, ".parts", "expected a list, not 'arrests'"),
        ("at_most", "domestic_abuse", {"chain": ["arrests", "arrests"]}, ".chain[1]", "'arrests' appears twice"),
        ("sums_to", "domestic_abuse", {"parts": [["arrests"]], "total": "arrests"}, ".parts[0]",
         "expected a text, not a list"),
        ("sums_to", "domestic_abuse", {"parts": [1], "total": "arrests"}, ".parts[0]",
         "expected a text, not 1; please put it in quotes"),
        ("sums_to", "domestic_abuse", {"parts": ["arrests"], "total": ["arrests"]}, ".total", "expected a text, not a list"),
        # numbers
        ("restated", "domestic_abuse", {"items": ["arrests"], "percent": "2"}, ".percent", "expected a number, not '2'"),
        ("restated", "domestic_abuse", {"items": ["arrests"], "percent": -1}, ".percent", "expected at least 0, not -1"),
        ("restated", "domestic_abuse", {"items": ["arrests"], "floor": None}, ".floor", "expected a number, not a blank"),
        ("restated", "domestic_abuse", {"items": ["arrests"], "floor": True}, ".floor", "expected a number, not true"),
        ("ratio_between", "domestic_abuse", {"numerator": "arrests", "denominator": "outcomes_total", "low": 1, "per": 0},
         ".per", "expected at least 1, not 0"),
        ("ratio_between", "domestic_abuse", {"numerator": "arrests", "denominator": "outcomes_total", "low": 1, "per": 1.5},
         ".per", "expected a whole number, not 1.5"),
        ("ratio_between", "domestic_abuse", {"numerator": "arrests", "denominator": "outcomes_total"},
         "", "ratio_between needs a bound: low, high or both"),
        ("ratio_between", "domestic_abuse",
         {"numerator": "arrests", "denominator": "outcomes_total", "low": None, "high": None},
         ".low", "expected a number, not a blank"),
        ("ratio_between", "domestic_abuse", {"numerator": "arrests", "denominator": "outcomes_total", "low": 9, "high": 8},
         "", "low is above high"),
        ("rows_per_force", "marac", {"expected": 1.5}, ".expected", "expected a whole number, not 1.5"),
        ("rows_per_force", "marac", {"expected": -1}, ".expected", "expected at least 0, not -1"),
        # by force
        ("rows_per_force", "marac", {"expected": 1, "except": {"Kemt": 2}}, ".except.Kemt",
         "there is no force 'Kemt'; did you mean 'Kent'?"),
        ("rows_per_force", "marac", {"expected": 1, "except": {"Kent": "two"}}, ".except.Kent",
         "expected a whole number, not 'two'"),
        ("rows_per_force", "marac", {"expected": 1, "except": ["Kent"]}, ".except", "expected a table, not a list"),
    ],
)  # fmt: skip
def test_refused(kind: str, of: str, parameters: dict[Any, Any], key: str, problem: str) -> None:
    assert refusal(kind, of, parameters) == (key, problem)


def test_every_kind_is_refused_something() -> None:
    (marks,) = (mark for mark in test_refused.pytestmark if mark.name == "parametrize")
    assert {case[0] for case in marks.args[1]} >= set(KINDS)


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_parameter_of_a_kind_is_held_to_something(kind: str) -> None:
    """A parameter whose annotation says nothing would let every column through."""
    for parameter in parameters_of(KINDS[kind]):
        for wrong in (True, {"a": {"b": "c"}}, [["a"]], "no such column"):
            with pytest.raises(SchemaError):
                compile_check(check(kind, "domestic_abuse", {parameter.name: wrong}), COLLECTION)


def test_the_refusal_of_a_check_names_its_file_and_key(tmp_path: Path) -> None:
    collection = altered(tmp_path, "domestic_abuse.yaml", "total: outcomes_total", "total: outcomes_totl")
    assert refused(collection) == (
        "domestic_abuse.yaml",
        "x-peelcheck.checks[0].total",
        "domestic_abuse has no column 'outcomes_totl'; did you mean 'outcomes_total'?",
    )
    collection = altered(tmp_path / "b", "across.yaml", "numerator: total", "numerator: totl")
    assert refused(collection) == (
        "across.yaml", "[0].numerator", "crime_outcomes has no column 'totl'; did you mean 'total'?",
    )  # fmt: skip


# --- patterns ----------------------------------------------------------------------------------------------------------

REFUSED_BY_RE2 = {
    "(?=E)E.*": "invalid perl operator: (?=",
    "(?!W).*": "invalid perl operator: (?!",
    "(?<=E)[0-9]+": "invalid perl operator: (?<=",
    r"(a)\1": r"invalid escape sequence: \1",
    "(?P<a>x)(?P=a)": "invalid perl operator: (?P",
    "a{1001}": "invalid repetition size: {1001}",
    "((a{100}){100}){100}": "invalid repetition size: {100}",
    r"[A-Z]+\Z": r"invalid escape sequence: \Z",
}


@pytest.mark.parametrize(("pattern", "why"), list(REFUSED_BY_RE2.items()))
def test_a_pattern_that_only_python_knows(pattern: str, why: str, tmp_path: Path) -> None:
    old, new = 'pattern: "[A-Za-z][0-9]{8}"', f"pattern: '{pattern}'"
    collection = altered(tmp_path, "domestic_abuse.yaml", old, new)
    assert refused(collection) == (
        "domestic_abuse.yaml",
        "fields[1].constraints.pattern",
        f"{pattern!r} cannot be used ({why}); a pattern cannot look ahead, look behind or refer back",
    )
    file = tmp_path / "domestic_abuse.csv"
    file.write_text("force,force_code,period_start,period_end,arrests\nKent,x,,,1\n", encoding="utf-8")
    for run in (engine.validate, engine.figures):
        with pytest.raises(SchemaError):
            run([file], schemas=tmp_path)


def text_column(pattern: str, cells: list[str]) -> Return:
    """A return of records with one text column."""
    field = Field("reference", "string", "Reference", "a reference such as A1", pattern=pattern)
    schema = ReturnSchema("r", "R", "", ReturnKind.RETURN, "forces", (field,), (), True, (), "r.yaml")
    compile_patterns(schema)
    n = len(cells)
    return Return(
        schema=schema,
        text={"reference": pa.chunked_array([cells], pa.large_string())},
        values={"reference": objects(cells)},
        states={"reference": np.full(n, CellState.OK, dtype=np.int8)},
        sources=objects([Source("r.csv")] * n),
        rows=np.arange(2, n + 2),
        by_force=(np.zeros(n, np.int64), ["Kent"]),
        years=np.zeros(n, dtype=np.int64),
        periods=np.full(n, -1),
    )


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+", "(a*)*b", "(.*a){20}", "([a-z]+)*[0-9]"])
def test_no_pattern_takes_for_ever(pattern: str) -> None:
    """Each of these takes Python's own engine longer than the sun will last."""
    table = text_column(pattern, ["a" * 100_000 + "!"])
    conform(text_column("a", ["a"]))  # what is imported late is not timed
    started = time.perf_counter()
    _, found = conform(table)
    assert time.perf_counter() - started < 20  # no hang; how fast is a benchmark
    assert [(f.spec.code, f.rows.tolist()) for f in found] == [("TY105", [2])]


def test_a_pattern_is_for_the_whole_cell() -> None:
    _, found = conform(text_column("[A-Z][0-9]|x", ["A1", "x", "A12", "xx", "aA1", "A1\n"]))
    assert [f.rows.tolist() for f in found] == [[4, 5, 6, 7]]
