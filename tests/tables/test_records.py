"""Record-level returns: taken in piece by piece, counted by force, and the same whatever the pieces."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from peelcheck import engine
from peelcheck.matching.files import quietly, read_files
from peelcheck.model import Findings, Result
from peelcheck.rounds.folder import open_round
from peelcheck.schema import find_collection, load_collection
from peelcheck.tables.prepare import prepare
from peelcheck.tables.record_level import take_in

HEADINGS = (
    "force,force_code,crime_reference,offence_code,offence_group,date_recorded,date_committed,outcome_type,"
    "outcome_date,domestic_abuse,victim_vulnerable,note\n"
)
FORCES = load_collection(find_collection("peel-2017")).forces


def record(
    n: int | str,
    force: int = 0,
    recorded: str = "2017-01-05",
    committed: str = "2017-01-01",
    outcome: str = "No suspect identified",
    closed: str = "2017-02-01",
    domestic: str = "no",
) -> str:
    who = FORCES[force]
    return f"{who.name},{who.code},R{n},5,Robbery,{recorded},{committed},{outcome},{closed},{domestic},no,\n"


def write(folder: Path, rows: list[str], name: str = "crime_records.csv") -> Path:
    path = folder / name
    path.write_text(HEADINGS + "".join(rows), encoding="utf-8")
    return path


def told(path: Path) -> tuple[Result, list[tuple[str, str | None, int, str | None]]]:
    """The result, and every finding: code, column, row, cell as written."""
    places: list[tuple[str, str | None, int, str | None]] = []

    def take(found: Findings) -> None:
        cells = found.written(np.arange(len(found)))
        places.extend(
            (found.spec.code, found.column, int(row), cell)
            for row, cell in zip(found.rows, cells, strict=True)
        )

    return engine.validate([path], on_findings=take), places


@pytest.fixture
def in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is a large one, and a piece has seven rows."""
    monkeypatch.setattr("peelcheck.matching.files.LARGE", 1)
    monkeypatch.setattr("peelcheck.matching.sheets.PIECE", 7)
    monkeypatch.setattr("peelcheck.tables.record_level.PIECE", 7)


def rows_with_everything() -> list[str]:
    rows = [record(n, n % 3) for n in range(40)]
    rows[5] = record(5, recorded="31/02/2017")
    rows[11] = record(11, committed="2017-01-09")
    rows[20] = record(20, closed="2016-12-31")
    rows[26] = record(26, outcome="Charged perhaps")
    rows[33] = record(3)  # the reference of row 5 again
    return rows


EXPECTED = [
    ("CE005", "date_recorded", 7, "31/02/2017"),
    ("CR102", "date_recorded", 13, "2017-01-05"),
    ("CR103", "outcome_date", 22, "2016-12-31"),
    ("TY104", "outcome_type", 28, "Charged perhaps"),
    ("TY106", "crime_reference", 5, "R3"),
    ("TY106", "crime_reference", 35, "R3"),
]


def test_every_finding_in_its_row(tmp_path: Path) -> None:
    result, places = told(write(tmp_path, rows_with_everything()))
    assert sorted(places) == EXPECTED
    assert [file.rows for file in result.files] == [40]


@pytest.mark.usefixtures("in_small_pieces")
def test_pieces_make_no_difference(tmp_path: Path) -> None:
    result, places = told(write(tmp_path, rows_with_everything()))
    assert sorted(places) == EXPECTED
    assert [file.rows for file in result.files] == [40]


def test_pieces_give_the_same_queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, rows_with_everything())
    whole = engine.validate([path])
    monkeypatch.setattr("peelcheck.matching.files.LARGE", 1)
    monkeypatch.setattr("peelcheck.matching.sheets.PIECE", 7)
    monkeypatch.setattr("peelcheck.tables.record_level.PIECE", 7)
    pieces = engine.validate([path])
    assert pieces.queries == whole.queries
    assert [(run.code, run.passed, run.failed) for run in pieces.checks] == [
        (run.code, run.passed, run.failed) for run in whole.checks
    ]


@pytest.mark.parametrize("piece", [1, 9, 30, 1_000])
def test_small_files_are_taken_in_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr("peelcheck.tables.record_level.PIECE", piece)
    rows = rows_with_everything()
    write(tmp_path, rows[:10], "crime_records_a.csv")
    write(tmp_path, rows[10:22], "crime_records_b.csv")
    (tmp_path / "crime_records_c.csv").write_text(
        "".join(line.rsplit(",", 1)[0] + "\n" for line in (HEADINGS + "".join(rows[22:])).splitlines()),
        encoding="utf-8",
    )  # without notes
    result, places = told(tmp_path)
    moved = [
        (code, item, row - (row > 11) * 10 - (row > 23) * 12, cell) for code, item, row, cell in EXPECTED
    ]
    assert sorted(found for found in places if found[0] != "FI008") == sorted(moved)
    assert [file.rows for file in result.files] == [10, 12, 18]


def test_what_is_known_by_distinct_values_stays_in_step_with_the_values(tmp_path: Path) -> None:
    path = write(
        tmp_path, [*rows_with_everything(), "Wales,,R99,5,Robbery,2017-01-05,,no such outcome,,Y,,\n"]
    )
    round_ = open_round([path], None, None)
    sheets, _, _ = read_files(round_.received, round_.collection, quietly)
    table, _ = prepare(round_.collection.returns["crime_records"], sheets, round_.collection)
    odd = np.arange(len(table)) % 2 == 1
    for some in (table, table.only(odd), table.without({"outcome_type": odd, "offence_group": odd})):
        for name in ("outcome_type", "offence_group", "domestic_abuse", "force_code"):
            which, values = some.by_distinct(name)
            told = [values[n] for n in which]
            assert name in some.distinct
            assert told == [None if value != value else value for value in some.values[name]]


def test_a_reference_that_stands_in_two_files(tmp_path: Path) -> None:
    write(tmp_path, [record(1), record(2)], "crime_records.csv")
    write(tmp_path, [record(3), record(1)], "crime_records_2.csv")
    result = engine.validate([tmp_path])
    (query,) = [q for q in result.queries if q.code == "TY106"]
    assert [(Path(place.file).name, place.row) for place in query.locations] == [
        ("crime_records.csv", 2),
        ("crime_records_2.csv", 3),
    ]


def test_counts_by_force_are_figures_like_any_other(tmp_path: Path) -> None:
    """Of 22 forces with 200 records each 20 were charged; the next has 100 of 200."""
    rows = [
        record(f"{force}-{n}", force, outcome="Charged or summonsed" if n < charged else "Not yet assigned")
        for force, charged in [(force, 20) for force in range(22)] + [(22, 100)]
        for n in range(200)
    ]
    path = write(tmp_path, rows)
    figures = {f.force: f for f in engine.figures([path]).figures if f.measure == "records_charged_share"}
    odd = figures[FORCES[22].name]
    assert (odd.numerator, odd.denominator, odd.value, odd.of) == (100, 200, 50.0, 23)
    assert odd.area_rate == pytest.approx(100 * 540 / 4600)
    assert figures[FORCES[30].name].value is None
    (query,) = [q for q in engine.validate([path]).queries if q.code == "CR201"]
    assert (query.force, query.item, query.value) == (FORCES[22].name, "charged", 50.0)


def test_records_that_did_not_come_are_not_missed_and_not_compared(tmp_path: Path) -> None:
    result = engine.validate([write(tmp_path, [record(1)])])
    assert [q.code for q in result.queries] == []


def test_a_large_file_of_figures_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peelcheck.matching.files.LARGE", 100)
    path = tmp_path / "marac.csv"
    path.write_text(
        "force,force_code,period_start,period_end,cases,repeat_cases,note\n"
        "Kent,E23000032,2016-04-01,2017-03-31,100,20,\n",
        encoding="utf-8",
    )
    result = engine.validate([path])
    assert [q.code for q in result.queries] == ["RO117"]
    (file,) = result.files
    assert (file.sha256, file.rows) == (hashlib.sha256(path.read_bytes()).hexdigest(), 0)


def test_what_stands_far_down_in_a_large_file_of_figures_is_not_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peelcheck.matching.files.LARGE", 1 << 17)
    path = tmp_path / "marac.csv"
    row = "Kent,E23000032,2016-04-01,2017-03-31,100,20,\n"
    head = "force,force_code,period_start,period_end,cases,repeat_cases,note\n"
    path.write_text(head + row * 4000 + "Kent,\x00,100\n", encoding="utf-8")
    assert [q.code for q in engine.validate([path]).queries] == ["RO117"]


def counted(root: Path) -> dict[str, tuple[float | None, str]]:
    """The share charged of each force whose records came: the figure, and why there is none."""
    found = engine.figures([root]).figures
    return {
        f.force: (f.value, f.footnote)
        for f in found
        if f.measure == "records_charged_share" and f.footnote != "records not received"
    }


def a_round(folder: Path, kent: list[str], headings: str = HEADINGS) -> Path:
    """A round in which Kent and Avon and Somerset sent their records."""
    for force, rows in (("kent", kent), ("avon-and-somerset", [record(n) for n in range(4)])):
        own = folder / "returns" / force
        own.mkdir(parents=True)
        (own / "crime_records.csv").write_text(
            (headings if force == "kent" else HEADINGS) + "".join(rows), encoding="utf-8"
        )
    (folder / "round.yaml").write_text(
        "collection: peel-2017\ntitle: Records\ndate: 2017-10-31\n", encoding="utf-8"
    )
    return folder


KENT = next(i for i, force in enumerate(FORCES) if force.name == "Kent")


def test_a_kind_that_no_record_names_is_not_counted_as_zero(tmp_path: Path) -> None:
    unsaid = [record(n, KENT, outcome="[x]") for n in range(4)]
    none = [record(n, KENT) for n in range(4)]
    lacking = [row.replace("No suspect identified,", "") for row in none]
    for name, rows, headings, expected in (
        ("unsaid", unsaid, HEADINGS, (None, "records could not be counted")),
        ("lacking", lacking, HEADINGS.replace("outcome_type,", ""), (None, "records could not be counted")),
        ("none", none, HEADINGS, (0.0, "")),
    ):
        assert counted(a_round(tmp_path / name, rows, headings)) == {
            "Avon and Somerset": (0.0, ""),
            "Kent": expected,
        }, name


def test_what_is_declared_of_records_is_obeyed(tmp_path: Path) -> None:
    root = a_round(tmp_path, [record(n, KENT) for n in range(4)])
    (root / "declarations.csv").write_text(
        "force,with,return,item,measure,period_end,status,reason,source\n"
        "Kent,,crime_records,,,,not_comparable,counted by hand,letter\n",
        encoding="utf-8",
    )
    assert counted(root)["Kent"] == (None, "records not comparable: counted by hand")


def with_cells(n: int, **cells: str) -> str:
    """A record with some of its cells written otherwise."""
    names, values = HEADINGS.strip().split(","), record(n).strip().split(",")
    return ",".join(cells.get(name, value) for name, value in zip(names, values, strict=True)) + "\n"


def test_what_is_written_in_place_of_a_value_is_none(tmp_path: Path) -> None:
    rows = [
        with_cells(1, crime_reference="N/A", offence_code="-"),
        with_cells(2, crime_reference="N/A", outcome_type=".."),
        with_cells(3, offence_group="n/a", domestic_abuse="-", victim_vulnerable="..", force_code="N/A"),
    ]
    result, places = told(write(tmp_path, rows))
    assert sorted(places) == [
        ("TY101", "crime_reference", 2, "N/A"),
        ("TY101", "crime_reference", 3, "N/A"),
        ("TY101", "offence_code", 2, "-"),
        ("TY101", "outcome_type", 3, ".."),
    ]
    messages = {query.item: query.message for query in result.queries}
    assert messages["outcome_type"] == "“Outcome” is “..”."


def test_what_is_not_seen_in_a_spreadsheet_is_put_right(tmp_path: Path) -> None:
    rows = [
        with_cells(1, force="'Avon and Somerset", force_code="'E23000036"),
        with_cells(2, outcome_type="No\u00a0suspect  identified", domestic_abuse="Y", victim_vulnerable="0"),
        with_cells(3, crime_reference="'R1"),
    ]
    _, places = told(write(tmp_path, rows))
    assert sorted(places) == [
        ("CE103", "crime_reference", 4, "'R1"),
        ("CE103", "force", 2, "'Avon and Somerset"),
        ("CE103", "force_code", 2, "'E23000036"),
        ("CE103", "outcome_type", 3, "No\u00a0suspect  identified"),
        ("CE108", "domestic_abuse", 3, "Y"),
        ("CE108", "victim_vulnerable", 3, "0"),
        ("TY106", "crime_reference", 2, "R1"),
        ("TY106", "crime_reference", 4, "'R1"),
    ]


def test_records_are_counted_by_what_they_were_read_as(tmp_path: Path) -> None:
    rows = [with_cells(n, domestic_abuse=text) for n, text in enumerate(["yes", "Y", "TRUE", "no", "N/A"])]
    sheets = write(tmp_path, rows)
    collection = load_collection(find_collection("peel-2017"))
    received = open_round([sheets], None, None).received
    read, _, _ = read_files(received, collection, quietly)
    tally, _ = take_in(collection.returns["crime_records"], read, collection, lambda _: None, lambda _: None)
    assert tally.of("domestic_abuse_crimes") == {"Avon and Somerset": 3}


def test_the_values_allowed_stand_in_quotation_marks(tmp_path: Path) -> None:
    result, _ = told(write(tmp_path, [with_cells(1, outcome_type="Charged")]))
    (query,) = result.queries
    assert query.message.startswith(
        "“Outcome” is “Charged”; it must be “Charged or summonsed”, “Taken into consideration”, “Out of court, formal”, "
    )
    assert query.message.endswith(" or “Not yet assigned”.")


def test_dates_with_times_are_dates_however_many_there_are(tmp_path: Path) -> None:
    """Without a name in any row, and with more of them than there are hints."""
    times = [f"2017-01-05 {n // 60:02}:{n % 60:02}" for n in range(1, 1101)]
    dates = ("date_recorded", "date_committed", "outcome_date")
    rows = [
        with_cells(n, force="", force_code="", **dict.fromkeys(dates, text)) for n, text in enumerate(times)
    ]
    folder = tmp_path / "kent"
    folder.mkdir()
    result, _ = told(write(folder, rows))
    assert {(query.code, query.item, query.locations_total) for query in result.queries} == {
        ("TY101", "force", 1100),
        *(("CE106", name, 1100) for name in dates),
    }


def test_a_column_in_which_nothing_stands(tmp_path: Path) -> None:
    blank = [record(n, domestic="") for n in range(25)]
    result, _ = told(write(tmp_path, [*blank, *(record(n + 25, 1) for n in range(25))]))
    (query,) = [q for q in result.queries if q.code == "RO125"]
    assert (query.force, query.item, query.locations[0].row) == (FORCES[0].name, "domestic_abuse", None)
    assert query.message == (
        f"None of the 25 records of {FORCES[0].name} has a value in “Domestic abuse”, so “Domestic abuse crimes” is not "
        "known."
    )
    few, _ = told(write(tmp_path, blank[:5]))
    assert not [q for q in few.queries if q.code == "RO125"]


def read_as(path: Path) -> tuple[list[tuple[str, str | None, int | None, str | None]], list[str]]:
    """The places of all queries about dates, and the messages of the notes."""
    result, places = told(path)
    notes = [query.message for query in result.queries if query.code == "CE109"]
    return sorted(place for place in places if place[0].startswith(("CE", "TY"))), notes


def test_the_order_of_dates_is_that_of_the_whole_file(tmp_path: Path) -> None:
    """Crimes were recorded from July 2016 to June 2017: 7 January 2017 would lie in the year, and is not what is meant."""
    days = ["28/06/2017", "29/06/2017", "30/06/2017", "01/07/2017", "03/12/2017", "03/12/2016", "06/28/2017"]
    days += ["13/09/2016"] * 30
    rows = [record(n, recorded=day, committed="", closed="") for n, day in enumerate(days)]
    places, notes = read_as(write(tmp_path, rows))
    assert [place for place in places if place[0] != "CE106"] == [
        ("CE005", "date_recorded", 8, "06/28/2017"),
        ("CE109", "date_recorded", 5, "01/07/2017"),
        ("CE109", "date_recorded", 6, "03/12/2017"),
        ("CE109", "date_recorded", 7, "03/12/2016"),
        ("TY103", "date_recorded", 5, "01/07/2017"),
        ("TY103", "date_recorded", 6, "03/12/2017"),
    ]
    (note,) = notes
    assert note.startswith(
        "“Date recorded” is “01/07/2017”. It was read as 1 July 2017: day first, like 33 of 34 dates in this column. "
        "Otherwise it would be 7 January 2017."
    )


@pytest.mark.usefixtures("in_small_pieces")
def test_the_order_of_dates_is_that_of_all_pieces_of_a_file(tmp_path: Path) -> None:
    """The dates that show the order may stand behind those that do not."""
    days = [*["05/12/2016"] * 20, *["2016-09-01"] * 20, *["09/25/2016"] * 5]
    rows = [record(n, recorded=day, committed="", closed="") for n, day in enumerate(days)]
    places, (note,) = read_as(write(tmp_path, rows))
    assert [place for place in places if place[0] == "TY102"] == [
        ("TY102", "date_recorded", n, "05/12/2016") for n in range(2, 22)
    ]
    assert "read as 12 May 2016: month first, like 5 other dates in this column" in note


def test_each_file_has_an_order_of_its_own(tmp_path: Path) -> None:
    british = [
        record(n, recorded=day, committed="", closed="") for n, day in enumerate(["05/12/2016", "25/12/2016"])
    ]
    american = [
        record(n, 1, recorded=day, committed="", closed="")
        for n, day in enumerate(["12/05/2016", "12/25/2016"])
    ]
    for name, rows in (("kent", british), ("essex", american)):
        (tmp_path / name).mkdir()
        write(tmp_path / name, rows)
    places, _ = read_as(tmp_path)
    assert places == [
        *[("CE106", "date_recorded", 3, text) for text in ("12/25/2016", "25/12/2016")],
        *[("CE109", "date_recorded", 2, text) for text in ("05/12/2016", "12/05/2016")],
    ]


def test_two_orders_in_one_column_are_one_question(tmp_path: Path) -> None:
    days = ["25/12/2016", "12/25/2016", "05/12/2016", "06/12/2016", "07/01/2017"]
    rows = [record(n, recorded=day, committed="", closed="") for n, day in enumerate(days)]
    result, places = told(write(tmp_path, rows))
    assert [(q.code, q.locations_total) for q in result.queries if q.code.startswith("CE0")] == [("CE004", 3)]
    assert not [place for place in places if place[0] == "TY102"]


@pytest.mark.parametrize(
    ("forces", "whose"),
    [((36, 36), FORCES[36].name), ((36, 1), None), ((99, 99), None), ((36, 99), None)],
)
def test_a_file_of_records_is_its_rows_forces(
    forces: tuple[int, int], whose: str | None, tmp_path: Path
) -> None:
    named = [record(n, force % len(FORCES)) for n, force in enumerate(forces)]
    rows = [
        row if force != 99 else ",".join(["Kant", "", *row.split(",")[2:]])
        for row, force in zip(named, forces, strict=True)
    ]
    (file,) = engine.validate([write(tmp_path, rows)]).files
    assert (file.return_name, file.force, file.rows) == ("crime_records", whose, 2)


@pytest.mark.slow
@pytest.mark.usefixtures("in_small_pieces")
def test_a_file_in_pieces_is_its_rows_forces(tmp_path: Path) -> None:
    rows = [record(n) for n in range(100)]
    (file,) = engine.validate([write(tmp_path, rows)]).files
    assert file.force == FORCES[0].name
    (file,) = engine.validate([write(tmp_path, [*rows, record(100, 1)])]).files
    assert file.force is None
