"""A finding about two figures names both cells, each in its own file, row and column; the total counts them all."""

from __future__ import annotations

from pathlib import Path

from peelcheck import engine
from peelcheck.model import Query
from tests.support.rounds import COLUMNS, RETURN, ROUND, a_round
from tests.support.running import peelcheck

SENT = "returns/kent/domestic_abuse.csv"
CRIMES = "reference/domestic_abuse_crimes.csv"
RECORDS = (
    "force,force_code,crime_reference,offence_code,offence_group,date_recorded,date_committed,outcome_type,"
    "outcome_date,domestic_abuse,victim_vulnerable,note\n"
)

Place = tuple[str, int | None, str | None, str | None]


def query(root: Path, code: str) -> Query:
    """The one query with a code."""
    (found,) = [query for query in engine.validate([root]).queries if query.code == code]
    return found


def places(found: Query) -> list[Place]:
    return [(place.file, place.row, place.column, place.value) for place in found.locations]


def changed(folder: Path, old: str, new: str) -> Path:
    """The small round with one thing in the return that is not as it was."""
    root = a_round(folder)
    assert RETURN.count(old) == 1
    (root / SENT).write_text(RETURN.replace(old, new), encoding="utf-8")
    return root


def test_a_part_and_its_whole(tmp_path: Path) -> None:
    found = query(changed(tmp_path, ",5,4,3,1\n", ",5,4,6,1\n"), "DA102")
    assert places(found) == [(SENT, 2, "dvpos_granted", "6"), (SENT, 2, "dvpos_applied", "4")]
    assert found.locations_total == 2
    assert found.message == "“DVPOs granted” is 6, which is more than “DVPOs applied for” (4)."


def test_two_figures_that_are_the_same(tmp_path: Path) -> None:
    root = changed(tmp_path, "2017-06-30,1201,1507,311,", "2017-06-30,311,1507,311,")
    text = (root / SENT).read_text(encoding="utf-8").replace(",1104,", ",300,")
    (root / SENT).write_text(text, encoding="utf-8")
    found = query(root, "DA107")
    assert places(found) == [(SENT, 2, "charged_summonsed", "311"), (SENT, 2, "arrests", "311")]
    assert found.locations_total == 2


def test_a_figure_of_another_table_has_its_own_file_row_and_heading(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    reference = root / CRIMES
    reference.parent.mkdir()
    reference.write_text(
        "force,force_code,period_start,period_end,Domestic-abuse crimes\n"
        "Essex,E23000028,2016-07-01,2017-06-30,9000\n"
        "Kent,E23000032,2015-07-01,2016-06-30,9000\n"
        "Kent,E23000032,2016-07-01,2017-06-30, 800\n",
        encoding="utf-8",
    )
    found = query(root, "XR104")
    assert places(found) == [(SENT, 2, "arrests", "1201"), (CRIMES, 4, "Domestic-abuse crimes", " 800")]
    assert (found.locations_total, found.item, found.return_name) == (2, "arrests", "domestic_abuse")
    page = [line.strip() for line in peelcheck("validate", root).stdout.splitlines()]
    at = page.index("row 2  column D (arrests)  “1201”")
    assert page[at - 1 : at + 3] == [
        SENT,
        page[at],
        CRIMES,
        "row 4  column E (“Domestic-abuse crimes”)  “ 800”",
    ]


def test_of_many_pairs_the_first_are_named_and_all_counted(tmp_path: Path) -> None:
    rows = [
        f"Kent,E23000032,R{n},5,Robbery,2017-01-05,2017-01-{n + 6:02},No suspect identified,,no,no,\n"
        for n in range(25)
    ]
    path = tmp_path / "crime_records.csv"
    path.write_text(RECORDS + "".join(rows), encoding="utf-8")
    found = query(path, "CR102")
    assert [(row, column, value) for _, row, column, value in places(found)] == [
        cell
        for n in range(10)
        for cell in ((n + 2, "date_recorded", "2017-01-05"), (n + 2, "date_committed", f"2017-01-{n + 6:02}"))
    ]
    assert found.locations_total == 50
    assert found.message == (
        "“Date recorded” is 5 January 2017, which is before “Date committed” (6 January 2017). "
        "24 other cells have the same problem."
    )


def test_every_finding_is_one_line_all_the_same(tmp_path: Path) -> None:
    root, every = changed(tmp_path, ",5,4,3,1\n", ",5,4,6,1\n"), tmp_path / "every.csv"
    peelcheck("validate", root, "--findings", every)
    lines = [line for line in every.read_text(encoding="utf-8-sig").splitlines() if '"DA102"' in line]
    assert len(lines) == 1
    assert '2,"dvpos_granted","6"' in lines[0]


def test_the_small_round_is_as_it_was_thought(tmp_path: Path) -> None:
    assert ROUND.startswith("collection: peel-2017\n")
    assert COLUMNS.endswith("dvpns_issued,dvpos_applied,dvpos_granted,dvpos_breached")
    assert not [
        q for q in engine.validate([a_round(tmp_path)]).queries if q.code in ("DA102", "DA107", "XR104")
    ]
