"""A place is named by the heading that the force's own file has, to be found there; `item` keeps the schema's name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.model import Query, Result
from tests.support.rounds import ROUND
from tests.support.running import peelcheck

TEMPLATE = (
    "force,force_code,period_start,period_end,criminal_behaviour_orders,community_protection_notices,"
    "civil_injunctions,dispersal_orders,total,note"
)
TITLES = (
    "Force,Force code,Period start,Period end,Criminal behaviour orders,Community protection notices,"
    "CIVIL INJUNCTIONS,=Dispersal-Orders,All four powers,Note"
)
NOW = "Kent,E23000032,2016-07-01,2017-06-30,55,134,x,=y,280,"
BEFORE = "Kent,E23000032,2015-07-01,2016-06-30,46,142,16,89,294,"
FILE = "returns/kent/asb_powers.csv"
RECORDS = (
    "force,force_code,crime_reference,offence_code,offence_group,date_recorded,date_committed,outcome_type,"
    "outcome_date,domestic_abuse,victim_vulnerable,note"
)
RECORD = "Kent,E23000032,{reference},5,Robbery,2017-01-05,2017-01-01,No suspect identified,{closed},no,no,"

Told = tuple[str, str | None, int | None, str | None, str | None]


def made(folder: Path, files: dict[str, list[str]]) -> Path:
    """A round with some files of Kent's."""
    root = folder / "round"
    for name, lines in files.items():
        path = root / "returns" / "kent" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (root / "round.yaml").write_text(ROUND, encoding="utf-8")
    return root


def places(result: Result) -> list[Told]:
    """Code, item, row, column and value of every place, but for what has not come."""
    return [
        (query.code, query.item, place.row, place.column, place.value)
        for query in result.queries
        for place in query.locations
        if query.code not in ("RO101", "RO118")
    ]


def asked(root: Path) -> list[Query]:
    return [q for q in engine.validate([root]).queries if q.code not in ("RO101", "RO118")]


def test_a_place_has_the_heading_of_the_file_and_the_item_the_name_of_the_schema(tmp_path: Path) -> None:
    root = made(tmp_path, {"asb_powers.csv": [TITLES, NOW, BEFORE]})
    assert places(engine.validate([root])) == [
        ("AP101", "total", 3, "All four powers", "294"),
        ("CE001", "civil_injunctions", 2, "CIVIL INJUNCTIONS", "x"),
        ("CE001", "dispersal_orders", 2, "=Dispersal-Orders", "=y"),
    ]


def test_a_heading_changes_no_id_and_no_fingerprint(tmp_path: Path) -> None:
    titles = asked(made(tmp_path / "a", {"asb_powers.csv": [TITLES, NOW, BEFORE]}))
    template = asked(made(tmp_path / "b", {"asb_powers.csv": [TEMPLATE, NOW, BEFORE]}))
    assert len(titles) == 3
    assert [(q.id, q.fingerprint, q.item) for q in titles] == [
        (q.id, q.fingerprint, q.item) for q in template
    ]
    assert [q.locations[0].column for q in template] == ["total", "civil_injunctions", "dispersal_orders"]


def test_a_column_that_the_file_lacks_has_the_name_of_the_schema(tmp_path: Path) -> None:
    titles = TITLES.replace(",Period end", "")
    now, before = (line.replace(",2017-06-30", "").replace(",2016-06-30", "") for line in (NOW, BEFORE))
    root = made(tmp_path, {"asb_powers.csv": [titles, now, before]})
    lacking = [place for place in places(engine.validate([root])) if place[0] == "RO104"]
    assert lacking == [("RO104", "period_end", 1, "period_end", None)]


def test_a_heading_that_stands_twice_is_named_as_it_stands_first(tmp_path: Path) -> None:
    root = made(tmp_path, {"asb_powers.csv": [TITLES + ",total", NOW + ",1", BEFORE + ",2"]})
    twice = [place for place in places(engine.validate([root])) if place[0] == "FI012"]
    assert twice == [("FI012", "total", 1, "All four powers", None)]


@pytest.mark.slow
def test_the_page_and_the_tables_have_it(tmp_path: Path) -> None:
    root, every = made(tmp_path, {"asb_powers.csv": [TITLES, NOW, BEFORE]}), tmp_path / "every.csv"
    page = peelcheck("validate", root, "--findings", every).stdout
    assert f"{FILE}, row 3, column I (“All four powers”): “294”" in page
    assert f"{FILE}, row 2, column H (“=Dispersal-Orders”): “=y”" in page
    table = peelcheck("validate", root, "--format", "csv").stdout.removeprefix("\ufeff")
    rows = {row["item"]: row["column"] for row in csv.DictReader(table.splitlines()) if row["column"]}
    expected = {
        "total": "All four powers",
        "civil_injunctions": "CIVIL INJUNCTIONS",
        "dispersal_orders": "'=Dispersal-Orders",
    }
    assert rows == expected
    lines = csv.DictReader(every.read_text(encoding="utf-8-sig").splitlines())
    assert {line["item"]: line["column"] for line in lines if line["column"]} == expected


@pytest.mark.parametrize("large", [False, True], ids=["whole", "in pieces"])
def test_each_file_of_records_has_its_own_headings(
    large: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if large:
        monkeypatch.setattr("peelcheck.matching.files.LARGE", 0)
        monkeypatch.setattr("peelcheck.matching.sheets.PIECE", 2)
        monkeypatch.setattr("peelcheck.tables.record_level.PIECE", 2)
    rows = [RECORD.format(reference=f"A{n}", closed="2017-02-01") for n in range(4)]
    again = [RECORD.format(reference="A1", closed="2016-02-01")]
    titles = RECORDS.replace("crime_reference", "Crime Reference").replace(
        "outcome_date", "Date of the Outcome"
    )
    root = made(tmp_path, {"crime_records.csv": [RECORDS, *rows], "crime_records 2.csv": [titles, *again]})
    found = [place for place in places(engine.validate([root])) if place[0] in ("CR103", "TY106")]
    assert found == [
        ("CR103", "outcome_date", 2, "Date of the Outcome", "2016-02-01"),
        ("CR103", "outcome_date", 2, "date_recorded", "2017-01-05"),
        ("TY106", "crime_reference", 3, "crime_reference", "A1"),
        ("TY106", "crime_reference", 2, "Crime Reference", "A1"),
    ]


def test_what_sees_all_records_at_once_knows_the_headings_of_each_file(tmp_path: Path) -> None:
    titles = "Force,Force code,Case reference,Crime type,Date committed,Date recorded"
    lines = [titles, "Kent,E23000032,CF/2017/0001,stalking,2017-01-01,2017-01-05"]
    root = made(tmp_path, {"asb_powers.csv": [TEMPLATE, NOW, BEFORE]})
    folder = root / "inspection"
    folder.mkdir()
    template = [titles.lower().replace(" ", "_"), *lines[1:]]
    for name, written in (("crime_file_review.csv", template), ("crime_file_review 2.csv", lines)):
        (folder / name).write_text("\n".join(written) + "\n", encoding="utf-8")
    again = [place for place in places(engine.validate([root])) if place[0] == "FR103"]
    assert again == [("FR103", "case_reference", 2, "Case reference", "CF/2017/0001")]
