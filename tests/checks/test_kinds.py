"""Every kind of check against the cases of an analyst: `cases/<kind>.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from peelcheck.checks import KINDS
from tests.support.check_cases import run

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


@pytest.mark.parametrize("case", [case for case in cases() if case.values[0]["kind"] == "date_order"])
def test_of_many_records_each_is_counted_with_its_own_reason(case: Mapping[str, Any]) -> None:
    """The same rows three hundred times: every number is three hundred times what it was."""
    headings, *rows = case["rows"].splitlines()
    many = run({**case, "rows": "\n".join([headings, *rows * 300])})
    assert (many.held, many.failed) == (300 * case["held"], 300 * len(case["found"]))
    assert sorted(many.not_run) == sorted(300 * case.get("not_run", []))
