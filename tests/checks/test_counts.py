"""What is counted from records is checked like any figure: against its own return and against others'."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.model import Query, Result
from tests.support.collections import copied
from tests.support.rounds import ROUND

RECORDS = "force,crime_reference,offence_code,date_recorded,outcome_type,domestic_abuse\n"
MONTHS = [*range(7, 13), *range(1, 7)]
CRIMES = "force,period_start,period_end,recorded_crime\n"


def records(numbers: list[int], force: str = "Kent", outcome: str = "No suspect identified") -> str:
    """Records by month, from July 2016 to June 2017."""
    rows = [
        f"{force},{force[0]}/{month}/{n},8N,{2016 if month > 6 else 2017}-{month:02}-15,{outcome},no\n"
        for month, many in zip(MONTHS, numbers, strict=True)
        for n in range(many)
    ]
    return RECORDS + "".join(rows)


def a_round(folder: Path, published: int, sent: str) -> Path:
    (folder / "reference").mkdir(parents=True)
    (folder / "returns" / "kent").mkdir(parents=True)
    (folder / "round.yaml").write_text(ROUND, encoding="utf-8")
    row = f"Kent,2016-07-01,2017-06-30,{published}\n"
    (folder / "reference" / "recorded_crime.csv").write_text(CRIMES + row, encoding="utf-8")
    (folder / "returns" / "kent" / "crime_records.csv").write_text(sent, encoding="utf-8")
    return folder


def asked(result: Result) -> list[Query]:
    return [query for query in result.queries if query.code in ("CR101", "XR107", "XX901")]


def test_records_are_held_against_the_published_number(tmp_path: Path) -> None:
    (query,) = asked(engine.validate([a_round(tmp_path, 1400, records([100] * 12))]))
    assert (query.code, query.force, query.asked_of) == ("XR107", "Kent", "Kent")
    assert (query.return_name, query.item, query.period_end) == ("crime_records", "records", None)
    assert query.message == (
        "“Crimes recorded” is 1,200 and “Crimes recorded” of “Police recorded crime” is 1,400. That is 86 per 100; 95 to 105 "
        "is expected."
    )
    assert [(place.file, place.row, place.column) for place in query.locations] == [
        ("returns/kent/crime_records.csv", None, "records"),
        ("reference/recorded_crime.csv", 2, "recorded_crime"),
    ]


def test_as_many_as_were_published_pass(tmp_path: Path) -> None:
    result = engine.validate([a_round(tmp_path, 1190, records([100] * 12))])
    assert asked(result) == []
    runs = {check.code: check for check in result.checks}
    assert [(runs[code].passed, runs[code].failed) for code in ("CR101", "XR107")] == [(1, 0), (1, 0)]


def test_missing_months_explain_the_missing_records(tmp_path: Path) -> None:
    sent = records([100, 100, 100, 100, 0, 0, 100, 100, 100, 100, 100, 100])
    (query,) = asked(engine.validate([a_round(tmp_path, 1200, sent)]))
    assert (query.code, query.force, [other.code for other in query.also]) == ("CR101", "Kent", ["XR107"])
    assert query.message == (
        "By “Date recorded”, there are no records of November and December 2016; every other month has 100."
    )
    assert [(place.file, place.row) for place in query.locations] == [
        ("returns/kent/crime_records.csv", None)
    ]


def test_without_the_published_number_it_is_not_run(tmp_path: Path) -> None:
    path = a_round(tmp_path, 1200, records([100] * 12)) / "returns" / "kent"
    (run,) = (check for check in engine.validate([path], alone=True).checks if check.code == "XR107")
    assert [(skipped.force, skipped.reason.words()) for skipped in run.not_run] == [
        ("Kent", "recorded_crime.recorded_crime not received")
    ]


@pytest.mark.parametrize(
    ("check", "message", "place"),
    [
        (
            "kind: at_most\n  return: recorded_crime\n  chain: [recorded_crime, crime_records.records]",
            "“Crimes recorded” is 1,200, which is more than “Crimes recorded” of “Crime records” (1,176).",
            ("reference/recorded_crime.csv", 2),
        ),
        (
            "kind: ratio_between\n  return: crime_records\n  numerator: charged\n  denominator: records\n  low: 5",
            "“Charged or summonsed” is 0 and “Crimes recorded” is 1,176. That is 0 per 100; at least 5 is expected.",
            ("returns/kent/crime_records.csv", None),
        ),
    ],
    ids=["a count of another return", "two counts of one return"],
)
def test_counts_in_checks_of_any_kind(
    check: str, message: str, place: tuple[str, int | None], tmp_path: Path
) -> None:
    collection = copied(tmp_path / "schemas")
    with (collection / "across.yaml").open("a", encoding="utf-8") as file:
        texts = "".join(f"  {key}: x\n" for key in ("title", "ask", "why", "source"))
        file.write(f"\n- code: XX901\n  severity: query\n{texts}  {check}\n")
    root = a_round(tmp_path / "round", 1200, records([98] * 12))
    (query,) = asked(engine.validate([root], schemas=collection.parent))
    assert (query.code, query.message) == ("XX901", message)
    assert (query.locations[0].file, query.locations[0].row) == place


def test_months_of_records_that_meet_a_condition(tmp_path: Path) -> None:
    collection = copied(tmp_path / "schemas")
    file = collection / "crime_records.yaml"
    text = file.read_text(encoding="utf-8")
    limited = "      date: date_recorded\n      where: {outcome_type: [Charged or summonsed, Other body]}\n"
    file.write_text(text.replace("      date: date_recorded\n", limited, 1), encoding="utf-8")
    path = tmp_path / "crime_records.csv"
    charged = records([30] * 7 + [0] + [30] * 4, outcome="charged or summonsed").removeprefix(RECORDS)
    path.write_text(records([100] * 12) + charged.replace("K/", "L/"), encoding="utf-8")
    assert [query.message for query in asked(engine.validate([path], schemas=collection.parent))] == [
        "By “Date recorded”, there are no records of February 2017; every other month has 30."
    ]


def test_pieces_and_files_of_several_forces_are_counted_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("peelcheck.matching.sheets", "peelcheck.tables.record_level"):
        monkeypatch.setattr(f"{module}.PIECE", 70)
    gap = records([100, 100, 100, 0, 100, 100, 100, 100, 100, 100, 100, 100])
    essex = records([40] * 11 + [2], "Essex").removeprefix(RECORDS)
    path = tmp_path / "crime_records.csv"
    path.write_text(gap + essex, encoding="utf-8")
    assert [(query.force, query.message) for query in asked(engine.validate([path]))] == [
        (
            "Essex",
            "By “Date recorded”, June 2017 has 2 records, where about 39 would be expected from the other months.",
        ),
        ("Kent", "By “Date recorded”, there are no records of October 2016; every other month has 100."),
    ]
