"""Clean data gives nothing, and one spoiled cell is found in its row: for every kind, over generated returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.check_cases import YEAR, Outcome, run

COUNTS = st.integers(30, 10**7)


@dataclass(frozen=True)
class Spoiling:
    """Clean rows (a figure a column) and what is done to one of them."""

    check: Mapping[str, Any]
    columns: Mapping[str, Any]
    clean: st.SearchStrategy[dict[str, Any]]
    spoil: Callable[[dict[str, Any]], dict[str, Any]]
    column: str
    history: Callable[[dict[str, Any]], dict[str, Any]] | None = None


def _of(*names: str) -> dict[str, str]:
    return {name: name.capitalize() for name in names}


def _sum(parts: tuple[int, int]) -> dict[str, Any]:
    return {"a": parts[0], "b": parts[1], "total": sum(parts)}


def _ordered(numbers: list[int]) -> dict[str, Any]:
    return dict(zip(("a", "b", "total"), sorted(numbers), strict=True))


def _days(days: list[date]) -> dict[str, Any]:
    return dict(zip(("first", "second"), sorted(days), strict=True))


DATES = {name: {"title": name.capitalize(), "type": "date"} for name in ("first", "second")}
SPOILINGS = {
    "sums_to": Spoiling(
        {"parts": ["a", "b"], "total": "total"},
        _of("a", "b", "total"),
        st.tuples(COUNTS, COUNTS).map(_sum),
        lambda row: row | {"a": row["a"] * 10},
        "total",
    ),
    "at_most": Spoiling(
        {"chain": ["a", "b", "total"]},
        _of("a", "b", "total"),
        st.lists(COUNTS, min_size=3, max_size=3).map(_ordered),
        lambda row: row | {"a": row["b"] + 1},
        "a",
    ),
    "parts_present": Spoiling(
        {"parts": ["a", "b"], "total": "total"},
        _of("a", "b", "total"),
        st.tuples(COUNTS, COUNTS).map(_sum),
        lambda row: row | {"b": ""},
        "b",
    ),
    "ratio_between": Spoiling(
        {"numerator": "a", "denominator": "total", "high": 100},
        _of("a", "b", "total"),
        st.tuples(COUNTS, COUNTS).map(_sum),
        lambda row: row | {"a": row["total"] + 25},
        "a",
    ),
    "not_same_as": Spoiling(
        {"item": "a", "other": "total"},
        _of("a", "b", "total"),
        st.tuples(COUNTS, COUNTS).map(_sum),
        lambda row: row | {"a": row["total"]},
        "a",
    ),
    "same_as_last_year": Spoiling(
        {"items": ["a"]},
        _of("a"),
        st.integers(2000, 10**7).map(lambda a: {"a": a}),
        lambda row: row | {"a": int(row["a"] * 1.2)},
        "a",
        history=lambda row: row | {"a": int(row["a"] * 1.2)},
    ),
    "steady": Spoiling(
        {"items": ["a"]},
        _of("a"),
        st.integers(1_000, 10**7).map(lambda a: {"a": a}),
        lambda row: row | {"a": 2 * row["a"]},
        "a",
        history=lambda row: row,
    ),
    "unexpected_zero": Spoiling(
        {"items": ["a"]},
        _of("a"),
        COUNTS.map(lambda a: {"a": a}),
        lambda row: row | {"a": 0},
        "a",
        history=lambda row: row,
    ),
    "date_order": Spoiling(
        {"earlier": "first", "later": "second"},
        DATES,
        st.lists(st.dates(date(2001, 1, 1), date(2017, 12, 31)), min_size=2, max_size=2, unique=True).map(
            _days
        ),
        lambda row: {"first": row["second"], "second": row["first"]},
        "second",
    ),
    "one_per_group": Spoiling(
        {"group": ["reference"]},
        {"reference": {"title": "Reference", "type": "string"}},
        st.just({}),
        lambda row: row | {"reference": "R0"},
        "reference",
    ),
}


def as_csv(rows: list[dict[str, Any]], year: int) -> str:
    columns = list(rows[0])
    lines = [",".join(["force", "year", *columns])]
    lines += [",".join([f"F{i}", str(year), *(str(row[c]) for c in columns)]) for i, row in enumerate(rows)]
    return "\n".join(lines)


def held_against(kind: str, rows: list[dict[str, Any]], before: list[dict[str, Any]] | None) -> Outcome:
    spoiling = SPOILINGS[kind]
    case = {"kind": kind, "columns": spoiling.columns, "check": spoiling.check, "rows": as_csv(rows, YEAR)}
    if before is not None:
        case["history"] = as_csv(before, YEAR - 1)
    case["others"] = {"population": {"columns": _of("population")}} if kind == "unexpected_zero" else {}
    return run(case)


@pytest.mark.parametrize("kind", SPOILINGS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_clean_data_gives_nothing_and_a_spoiled_cell_is_found_in_its_row(
    kind: str, data: st.DataObject
) -> None:
    spoiling = SPOILINGS[kind]
    rows = data.draw(st.lists(spoiling.clean, min_size=2, max_size=15), label="rows")
    if kind == "one_per_group":
        rows = [{"reference": f"R{i}"} for i in range(len(rows))]
    before = [spoiling.history(row) for row in rows] if spoiling.history else None
    clean = held_against(kind, rows, before)
    assert (clean.found, clean.not_run) == ([], [])
    spoiled = data.draw(st.integers(1, len(rows) - 1), label="spoiled")
    outcome = held_against(
        kind, [spoiling.spoil(r) if i == spoiled else r for i, r in enumerate(rows)], before
    )
    assert [place[:3] for place in outcome.found] == [(spoiled + 2, spoiling.column, "XX101")]


@settings(max_examples=50, deadline=None)
@given(figures=st.lists(st.tuples(COUNTS, st.integers(0, 10**7)), min_size=1, max_size=15))
def test_a_restatement_is_found_exactly_where_it_is_more_than_two_percent_and_25(
    figures: list[tuple[int, int]],
) -> None:
    outcome = run(
        {
            "kind": "restated",
            "columns": _of("a"),
            "check": {"items": ["a"]},
            "rows": as_csv([{"a": here} for _, here in figures], YEAR - 1),
            "history": as_csv([{"a": accepted} for accepted, _ in figures], YEAR - 1),
        }
    )
    far = [abs(h - a) * 100 > 2 * a and abs(h - a) >= 25 for a, h in figures]
    assert [place[0] for place in outcome.found] == [i + 2 for i, is_far in enumerate(far) if is_far]
