"""Every kind of check against the cases of an analyst: `cases/<kind>.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from checking import HELD, return_of, run, schema_of

from peelcheck.checks import KINDS, View
from peelcheck.declarations import Declarations
from peelcheck.figures import Figures

CASES = Path(__file__).parent / "cases"


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        about = yaml.safe_load(path.read_text(encoding="utf-8"))
        shared = {key: value for key, value in about.items() if key != "cases"}
        for case in about["cases"]:
            yield pytest.param({"kind": path.stem, **shared, **case}, id=f"{path.stem}: {case['name']}")


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: Mapping[str, Any]) -> None:
    outcome = run(case)
    expected = [(place["row"], place["column"], "XX101", place["says"]) for place in case["found"]]
    assert outcome.found == expected
    assert outcome.failed == len(expected)
    assert outcome.held == case["held"]
    assert sorted(outcome.not_run) == sorted(case.get("not_run", []))


def test_every_kind_has_cases_that_fail_hold_and_are_not_run() -> None:
    of_kind: dict[str, list[Mapping[str, Any]]] = {kind: [] for kind in KINDS}
    for case in cases():
        of_kind[case.values[0]["kind"]].append(case.values[0])
    for kind, own in of_kind.items():
        assert any(case["found"] for case in own), kind
        assert any(case["held"] for case in own), kind
        assert kind == "rows_per_force" or any(case.get("not_run") for case in own), kind


def test_a_force_without_a_row_is_told_of_where_one_file_holds_all_forces() -> None:
    about = {
        "columns": {"file_reference": {"title": "File reference", "type": "string"}},
        "records": True,
        "comes_from": "inspection",
    }
    kind = KINDS["rows_per_force"](expected=1, except_={"Surrey": 90, "Essex": 0})  # type: ignore[call-arg]
    for comes_from, expected in (
        (
            "inspection",
            [
                ("Dorset", "Dorset has no rows, where 1 is expected."),
                ("Surrey", "Surrey has no rows, where 90 are expected."),
            ],
        ),
        ("returns", []),
    ):
        table = return_of(
            schema_of(HELD, about | {"comes_from": comes_from}), "force, file_reference\nKent, K1\n"
        )
        figures = Figures.gather(["Kent", "Dorset", "Surrey", "Essex"], [table], [], Declarations())
        (judgement,) = kind.judge(View(table, figures))
        assert [(place.force, place.message) for place in judgement.absent] == expected
        assert {place.file for place in judgement.absent} <= {"figures.csv"}
        assert not judgement.failed.any()
