"""Few queries out of many findings: grouping, one wrong cell, order, and ids that a resupply keeps."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
from msgspec.structs import replace

from peelcheck.arrays import objects
from peelcheck.model import (
    Cells,
    CheckSpec,
    Evidence,
    Findings,
    Location,
    Query,
    Severity,
    Source,
    Subject,
    Tier,
)
from peelcheck.model.file_findings import Place, at_places
from peelcheck.queries.drafts import SHOWN
from peelcheck.queries.queries import Drafts
from peelcheck.rules.registry import built_in

YEAR = date(2017, 6, 30)


def spec(code: str, severity: Severity = Severity.QUERY) -> CheckSpec:
    about = built_in()[code].about if code in built_in() else Subject.FIGURE
    return CheckSpec(code, "kind", severity, code, f"ask {code}", "why", "source", about=about)


def finding(
    code: str,
    suspects: tuple[str, ...],
    column: str | None = "arrests",
    severity: Severity = Severity.QUERY,
    force: str = "Kent",
    rows: tuple[int, ...] = (2,),
    values: tuple[str, ...] = ("118480",),
    *,
    evidence: Evidence | None = None,
    also_in_doubt: tuple[str, ...] = (),
    related_force: str | None = None,
    facts_of_others: tuple[str, ...] = (),
    **facts: object,
) -> Findings:
    n = len(rows)
    return Findings(
        spec=spec(code, severity),
        return_name="domestic_abuse",
        column=column,
        forces=objects([force] * n),
        sources=objects([Source("returns/kent/domestic_abuse.csv")] * n),
        rows=np.array(rows),
        written=lambda at: objects(values)[at],
        years=np.full(n, 2017),
        period_ends=np.full(n, np.datetime64(YEAR, "D")),
        facts={name: objects([fact] * n) for name, fact in facts.items()},
        say=lambda fact: f"{code} in row {rows[0]}: {fact['written']}.",
        suspects=suspects,
        facts_of_others=facts_of_others,
        more_suspects=objects([also_in_doubt] * n),
        related_forces=objects([related_force] * n),
        evidence=None if evidence is None else (evidence,) * n,
    )


def compared(tier: Tier = Tier.QUERY, **numbers: float) -> Evidence:
    """What a comparison found, with the numbers that a test is about."""
    others = dict.fromkeys(("value", "expected", "lower", "upper", "score", "factor_visible"), 1.0)
    known: dict[str, Any] = {**others, "impact": 0.0, "suspicion": 0.0, "of": 43, **numbers}
    return Evidence(measure="m", tier=tier, unit="per 1,000", **known)


def queries(*found: Findings, held: dict[str, Counter[tuple[str, int]]] | None = None) -> tuple[Query, ...]:
    drafts = Drafts()
    for piece in found:
        drafts.add(piece)
    return drafts.to_queries("peel-2017", held or {})


def test_many_bad_cells_of_one_kind_are_one_query_with_an_exact_total() -> None:
    rows = tuple(range(2, 302))
    (query,) = queries(finding("TY102", ("r.a",), rows=rows, values=tuple(str(-r) for r in rows)))
    assert query.locations_total == 300
    assert [(place.row, place.value) for place in query.locations] == [(r, str(-r)) for r in rows[:SHOWN]]
    assert query.message == "TY102 in row 2: -2. 299 other cells have the same problem."


def test_findings_that_come_in_pieces_make_the_same_query() -> None:
    rows = tuple(range(2, 302))
    whole = queries(finding("TY102", ("r.a",), rows=rows, values=tuple(map(str, rows))))
    parts = [finding("TY102", ("r.a",), rows=(r,), values=(str(r),)) for r in rows]
    (query,) = queries(*parts)
    assert (query.id, query.locations, query.locations_total) == (
        whole[0].id,
        whole[0].locations,
        whole[0].locations_total,
    )


def beside(found: Findings, rows: tuple[int, ...], values: tuple[str, ...]) -> Findings:
    """The findings with a cell of another file beside each; there is none where the row is 0."""
    sources = objects(Source("reference/x.csv") if row else None for row in rows)
    others = Cells(
        column="crimes",
        sources=sources,
        rows=np.array(rows),
        written=lambda at: objects(values)[at],
        headings={Source("reference/x.csv"): "All crimes"},
    )
    return replace(found, beside=(others,))


def test_cells_beside_those_that_are_pointed_at_are_named_after_each_and_counted() -> None:
    kent = "returns/kent/domestic_abuse.csv"
    pairs = beside(
        finding("XR1", ("r.a",), rows=(2, 3, 4), values=("a", "b", "c")), (7, 0, 9), ("x", "y", "z")
    )
    (query,) = queries(pairs)
    assert query.locations == (
        Location(kent, 2, "arrests", "a"),
        Location("reference/x.csv", 7, "All crimes", "x"),
        Location(kent, 3, "arrests", "b"),
        Location(kent, 4, "arrests", "c"),
        Location("reference/x.csv", 9, "All crimes", "z"),
    )
    assert query.locations_total == 5
    assert query.message == "XR1 in row 2: a. 2 other cells have the same problem."


def test_pairs_that_come_in_pieces_make_the_same_query() -> None:
    rows = tuple(range(2, 32))
    values = tuple(map(str, rows))
    (whole,) = queries(beside(finding("XR1", ("r.a",), rows=rows, values=values), rows, values))
    parts = [beside(finding("XR1", ("r.a",), rows=(r,), values=(str(r),)), (r,), (str(r),)) for r in rows]
    (query,) = queries(*parts)
    assert (query.locations, query.locations_total) == (whole.locations, 60)
    assert len(query.locations) == SHOWN
    assert whole.locations_total == 60


def test_one_wrong_cell_makes_one_query_and_lists_the_others_beneath_it() -> None:
    crimes = "domestic_abuse_crimes.domestic_abuse_crimes"
    found = [
        finding("DC201", (crimes, "recorded_crime.recorded_crime"), column="domestic_abuse_crimes"),
        finding("DA201", ("domestic_abuse.arrests", crimes), evidence=compared(suspicion=0.9, impact=5.0)),
        finding("DA203", ("domestic_abuse.charged_summonsed", crimes), column="charged_summonsed"),
    ]
    (query,) = queries(*found)
    assert query.code == "DC201"
    assert [also.code for also in query.also] == ["DA201", "DA203"]


def test_a_cell_that_most_comparisons_speak_for_is_not_to_blame() -> None:
    population = "population.population"
    found = [
        finding("IN201", ("incidents.total", population), column="total"),
        finding("AS201", ("asb_powers.total", population), column="total"),
    ]
    held = {"Kent": Counter({(population, 2017): 9})}
    assert [q.code for q in queries(*found, held=held)] == ["AS201", "IN201"]
    assert [q.code for q in queries(*found)] == ["AS201"]


def test_a_whole_row_that_is_another_forces_explains_what_is_said_of_its_figures() -> None:
    items = ("domestic_abuse.arrests", "domestic_abuse.charged_summonsed")
    found = [
        finding("RO113", items, column=None, severity=Severity.ERROR, related_force="Essex"),
        finding("DA201", (items[0], "x.y")),
        finding("DA203", (items[1], "x.y"), column="charged_summonsed"),
        finding("DA205", ("domestic_abuse.dvpos_granted", "p.p"), column="dvpos_granted"),
    ]
    got = queries(*found)
    assert [(q.code, [a.code for a in q.also]) for q in got] == [("RO113", ["DA201", "DA203"]), ("DA205", [])]
    assert got[0].related_forces == ("Essex",)


def test_of_two_findings_about_a_row_one_explains_the_other() -> None:
    items = ("domestic_abuse.arrests", "domestic_abuse.charged_summonsed")
    got = queries(
        finding("DA105", (), column=None, also_in_doubt=items),
        finding("RO113", items, column=None, severity=Severity.ERROR, related_force="Essex"),
        finding("DA201", (items[0], "x.y")),
    )
    assert [(q.code, [a.code for a in q.also]) for q in got] == [("RO113", ["DA105", "DA201"])]


def test_errors_come_first_then_severe_then_by_suspicion_and_impact() -> None:
    found = [
        finding("AA201", ("a.a",), column="a", evidence=compared(suspicion=0.1, impact=1.0)),
        finding("AA202", ("a.b",), column="b", evidence=compared(suspicion=0.5, impact=9.0)),
        finding("AA203", ("a.c",), column="c", evidence=compared(Tier.SEVERE, suspicion=0.1, impact=0.1)),
        finding("CE001", ("a.d",), column="d", severity=Severity.ERROR),
        finding("CE101", ("a.e",), column="e", severity=Severity.NOTE),
    ]
    assert [q.code for q in queries(*found)] == ["CE001", "AA203", "AA202", "AA201", "CE101"]


def test_an_id_outlives_rows_and_wording_and_a_fingerprint_does_not_outlive_figures() -> None:
    (first,) = queries(finding("DA201", ("a.a",), rows=(2,), values=("118480",)))
    (moved,) = queries(finding("DA201", ("a.a",), rows=(7,), values=("118480",)))
    (changed,) = queries(finding("DA201", ("a.a",), rows=(2,), values=("11848",)))
    assert first.id == moved.id == changed.id
    assert first.fingerprint == moved.fingerprint != changed.fingerprint


def test_a_fingerprint_sees_the_figures_that_are_only_spoken_of_and_no_other_forces() -> None:
    one, same, other = (
        queries(
            finding("DA101", ("a.a",), total=31, parts=parts, chance=chance, facts_of_others=("chance",))
        )[0].fingerprint
        for parts, chance in ((30, 0.1), (30, 0.2), (29, 0.1))
    )
    assert one == same != other
    first, second, third = (
        queries(finding("DA201", ("a.a",), evidence=compared(value=value, rank=rank)))[0]
        for value, rank in ((30.0, 1), (30.0, 2), (29.0, 1))
    )
    assert first.fingerprint == second.fingerprint != third.fingerprint
    assert [(q.measure, q.value, q.rank, q.of) for q in (first, third)] == [
        ("m", 30.0, 1, 43),
        ("m", 29.0, 1, 43),
    ]


def test_what_is_said_of_several_files_is_said_of_each() -> None:
    found = [
        at_places(spec("FI010"), "marac", None, [Place("Kent", f"{name} is odd.", Source(name))])
        for name in ("a.csv", "b.csv")
    ]
    assert [query.message for query in queries(*found)] == ["a.csv is odd.", "b.csv is odd."]


def test_a_file_of_many_periods_is_one_question() -> None:
    def asked(days: int) -> int:
        found = finding("CE001", (), rows=tuple(range(2, 2 + days)), values=("x",) * days)
        ends = np.datetime64(YEAR, "D") - np.arange(days)
        return len(queries(replace(found, period_ends=ends)))

    assert [asked(days) for days in (1, 2, 12, 13, 365)] == [1, 2, 12, 1, 1]


def test_other_forces_and_items_have_other_ids() -> None:
    ids = {
        query.id
        for query in queries(
            finding("DA201", ("a.a",)),
            finding("DA201", ("a.a",), force="Essex"),
            finding("DA201", ("a.b",), column="charged_summonsed"),
            finding("DA202", ("a.z",)),
        )
    }
    assert len(ids) == 4


def test_a_finding_about_a_file_has_no_row() -> None:
    place = Place("Kent", "The return has not come.", Source("returns/kent/marac.csv"))
    (query,) = queries(at_places(spec("RO101", Severity.ERROR), "marac", None, [place]))
    assert query.message == "The return has not come."
    assert query.locations[0].row is None
    assert query.period_end is None
