"""Another force's figures in a force's own return: who is asked, and about which rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.rounds import COLUMNS, RETURN, a_round
from tests.support.running import peelcheck

GROUPS = "force,period_start,period_end,active,archived,disruptions"
FOUR_ROWS = """{0},2017-07-01,2017-07-01,34,9,
{0},2016-07-01,2016-07-01,31,8,
{0},2016-07-01,2017-06-30,,,6
{0},2015-07-01,2016-06-30,,,5
"""


def equal(root: Path) -> list[dict[str, Any]]:
    queries: list[dict[str, Any]] = json.loads(peelcheck("validate", root, "--format", "json").stdout)[
        "queries"
    ]
    return [query for query in queries if query["code"] == "RO113"]


def send(root: Path, force: str, name: str, text: str) -> None:
    folder = root / "returns" / force.lower()
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def accept(root: Path, name: str, text: str) -> None:
    (root / "history").mkdir(exist_ok=True)
    (root / "history" / f"{name}.csv").write_text(text, encoding="utf-8")


def test_where_the_past_tells_nothing_both_are_asked_once(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    send(root, "Essex", "domestic_abuse", RETURN.replace("Kent", "Essex"))
    found = equal(root)
    assert [(q["force"], q["period_end"], [p["row"] for p in q["locations"]]) for q in found] == [
        ("Essex", "2017-06-30", [2, 3]),
        ("Kent", "2017-06-30", [2, 3]),
    ]
    same = "Every figure in this row is the same as in the row for {}. 1 other row has the same problem."
    assert [q["message"] for q in found] == [same.format("Kent"), same.format("Essex")]


def test_the_force_whose_accepted_figures_they_are_is_not_asked(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    send(root, "Essex", "domestic_abuse", RETURN.replace("Kent", "Essex"))
    last_year = RETURN.splitlines()[2]
    other = last_year.replace("1104", "2208").replace("1489", "3000")
    accept(root, "domestic_abuse", "\n".join([COLUMNS, last_year, other.replace("Kent", "Essex"), ""]))
    (query,) = equal(root)
    assert (query["force"], query["related_forces"]) == ("Essex", ["Kent"])
    assert [found["code"] for found in query["also"]] == ["DA105"], (
        "that the rest was restated is explained by it"
    )


def test_a_file_of_small_figures_is_as_a_whole_no_coincidence(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    for force in ("Kent", "Essex"):
        send(root, force, "organised_crime_groups", f"{GROUPS}\n{FOUR_ROWS.format(force)}")
    assert [(q["force"], [p["row"] for p in q["locations"]]) for q in equal(root)] == [
        ("Essex", [2, 3, 4, 5]),
        ("Kent", [2, 3, 4, 5]),
    ]


def test_some_small_rows_of_a_file_may_be_equal_by_chance(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    send(root, "Kent", "organised_crime_groups", f"{GROUPS}\n{FOUR_ROWS.format('Kent')}")
    send(
        root,
        "Essex",
        "organised_crime_groups",
        f"{GROUPS}\n{FOUR_ROWS.format('Essex').replace(',,5', ',,7')}",
    )
    assert equal(root) == []


@pytest.mark.parametrize(
    ("figures", "severity"),
    [
        ((767, 41), None),
        ((7, 3), None),
        ((12_712, 1_117), "query"),
        ((7_671_123, 411_712), "error"),
    ],
)
def test_rows_are_asked_about_by_how_rarely_two_forces_would_have_them(
    figures: tuple[int, int], severity: str | None, tmp_path: Path
) -> None:
    """Two figures that some pair of forces has now and then are no error of anybody."""
    root = a_round(tmp_path)
    for n, force in enumerate(("Kent", "Essex")):
        rows = [
            f"{force},2016-07-01,2017-06-30,{figures[0]},{figures[1]}",
            f"{force},2015-07-01,2016-06-30,{figures[0] - 3 - n},{figures[1] - 1 - n}",
        ]
        send(
            root,
            force,
            "mental_health",
            "\n".join(["force,period_start,period_end,detentions,in_custody", *rows, ""]),
        )
    found = equal(root)
    assert {query["severity"] for query in found} == ({severity} if severity else set())
    assert sorted(query["force"] for query in found) == (["Essex", "Kent"] if severity else [])
