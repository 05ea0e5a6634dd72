"""Forces that have sent nothing: awaited until the round is due, then one query each."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from peelcheck import engine
from peelcheck.errors import SchemaError
from tests.support.rounds import ROUND, a_round
from tests.support.running import peelcheck

DUE = f"{ROUND}due: 2017-11-15\n"


def asked(root: Path, *more: str) -> tuple[dict[str, Any], dict[str | None, int]]:
    """The result as JSON, and how many queries about missing returns each force has."""
    found = json.loads(peelcheck("validate", root, "--format", "json", *more).stdout)
    forces = [query["force"] for query in found["queries"] if query["code"] == "RO101"]
    return found, {force: forces.count(force) for force in forces}


def test_until_it_is_due_a_force_that_sent_nothing_is_a_line(tmp_path: Path) -> None:
    root = a_round(tmp_path, settings=DUE)
    for more in ([], ["--as-of", "2017-11-15"]):
        found, missing = asked(root, *more)
        assert missing == {"Kent": 6}, "what a force left out of what it sent is asked at any time"
        assert len(found["round"]["awaited"]) == 42
        assert found["summary"]["returns"]["missing"] == 6
    assert (found["round"]["date"], found["round"]["due"]) == ("2017-11-15", "2017-11-15")
    page = " ".join(peelcheck("validate", root).stdout.split())
    assert "Awaited 42 forces have sent nothing yet (due 15 November 2017): Avon and Somerset, " in page
    ran = peelcheck("validate", root, "--force", "Essex")
    assert ran.exit_code == 0
    assert "Awaited   1 force has sent nothing yet (due 15 November 2017): Essex\n" in ran.stdout


@pytest.mark.parametrize(("settings", "more"), [(DUE, ["--as-of", "2017-11-16"]), (ROUND, [])])
def test_then_it_is_one_query(settings: str, more: list[str], tmp_path: Path) -> None:
    found, missing = asked(a_round(tmp_path, settings=settings), *more)
    assert missing.pop("Kent") == 6
    assert (len(missing), set(missing.values())) == (42, {1})
    assert found["round"]["awaited"] == []
    (query,) = [q for q in found["queries"] if q["force"] == "Essex" and q["code"] == "RO101"]
    assert query["return"] is None
    assert query["message"].startswith("Essex has not submitted anything; 7 returns are missing: “")
    assert "(domestic_abuse.csv)" in query["message"]


def test_without_a_date_it_is_today(tmp_path: Path) -> None:
    settings = ROUND.replace("date: 2017-10-31", "due: 2999-01-01")
    result = engine.validate([a_round(tmp_path, settings=settings)])
    assert abs((date.today() - result.day).days) <= 1 if result.day else False
    assert len(result.awaited) == 42


@pytest.mark.parametrize("day", ["soon", "2017-10-31 12:00:00"])
def test_a_day_that_is_none(day: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="due: expected a date such as 2017-10-31"):
        engine.validate([a_round(tmp_path, settings=f"{ROUND}due: {day}\n")])
    ran = peelcheck("validate", tmp_path / "round", "--as-of", day)
    assert (ran.exit_code, ran.stdout) == (2, "")
