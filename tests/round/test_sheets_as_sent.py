"""Returns as people save them, in the folder of the force: what is asked, of whom, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from a_round import ROUND, peelcheck
from peelcheck import engine
from peelcheck.model import Query, Severity

POWERS = (
    "force,force_code,period_start,period_end,criminal_behaviour_orders,community_protection_notices,"
    "civil_injunctions,dispersal_orders,total,note"
)
NOW = "Kent,E23000032,2016-07-01,2017-06-30,55,134,8,83,280,"
BEFORE = "Kent,E23000032,2015-07-01,2016-06-30,46,142,16,89,293,"
COMMAS = ",,,,,,,,,"
MARAC = "force,force_code,period_start,period_end,cases,repeat_cases,note"
CASES = "Kent,E23000032,2016-04-01,2017-03-31,3010,829,"
EARLIER_CASES = "Kent,E23000032,2015-04-01,2016-03-31,2787,827,"
OFFENDERS = (
    "force,force_code,period_start,period_end,registered_sex_offenders,staff,offender_managers,sergeants,support_staff,"
    "outstanding_visits,note"
)

Told = tuple[str, str | None, int | None]


def told(folder: Path, name: str, *lines: str) -> list[Told]:
    """Code, force and first row of all that comes of a file in Kent's folder, but for what has not come."""
    root = folder / "round"
    path = root / "returns" / "kent" / f"{name}.csv"
    path.parent.mkdir(parents=True)
    (root / "round.yaml").write_text(ROUND, encoding="utf-8")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [place(query) for query in engine.validate([root]).queries if query.code not in ("RO101", "RO118")]


def place(query: Query) -> Told:
    assert query.locations[0].file == f"returns/kent/{Path(query.locations[0].file).name}"
    return query.code, query.force, query.locations[0].row


SHEETS: dict[str, tuple[list[str], list[Told]]] = {
    "as in the template": ([POWERS, NOW, BEFORE], []),
    "a bad cell, and no column for the force": (
        [line.partition(",")[2] for line in (POWERS, NOW.replace("134", "13O"), BEFORE)],
        [("CE001", "Kent", 2)],
    ),
    "a bad cell in a row of another force": (
        [POWERS, NOW.replace("Kent,E23000032", "Essex,E23000028").replace("134", "13O"), BEFORE],
        [("RO106", "Kent", 2), ("CE001", "Kent", 2)],
    ),
    "a name that nobody knows": (
        [POWERS, NOW.replace("Kent", "Kemt"), BEFORE],
        [("CE007", "Kent", 2)],
    ),
    "an example left in": (
        [POWERS, "Example,E23000000,2016-07-01,2017-06-30,1,2,3,4,10,delete this row", NOW, BEFORE],
        [("CE007", "Kent", 2)],
    ),
    "a marking and a note below": (
        [POWERS, NOW, BEFORE, f"OFFICIAL{COMMAS}", f"Page 1 of 1{COMMAS}", f"Prepared by:,J Smith{COMMAS[1:]}"],
        [("RO119", "Kent", 4)],
    ),
    "a remark in the last column": ([POWERS, NOW, BEFORE, f"{COMMAS}Niche only"], [("RO119", "Kent", 4)]),
    "titles between the rows": (
        [POWERS, f"Latest year{COMMAS}", NOW, f"Year to June 2016{COMMAS}", BEFORE],
        [("RO119", "Kent", 2)],
    ),
    "a total of the force's own": (
        [POWERS, NOW, BEFORE, "Kent Total:,,,,101,276,24,172,573,"],
        [("RO107", None, 4)],
    ),
    "another table above": (
        [MARAC, CASES, EARLIER_CASES, "", POWERS, NOW, BEFORE],
        [("FI018", "Kent", 2), ("FI102", "Kent", 1)],
    ),
    "another table below": (
        [POWERS, NOW, BEFORE, COMMAS, f"MARAC{COMMAS}", f"{MARAC},,,", f"{CASES},,,", f"{EARLIER_CASES},,,"],
        [("FI014", "Kent", 6), ("RO119", "Kent", 5)],
    ),
    "sorted, with the headings in the middle": (
        [NOW, POWERS, BEFORE],
        [("RO110", "Kent", None), ("FI018", "Kent", 1)],
    ),
    "titles and numbers of columns above": (
        ["Period:,01/07/2016,to,30/06/2017", ",".join(map(str, range(1, 11))), POWERS, NOW, BEFORE],
        [("FI102", "Kent", 1)],
    ),
    "the headings again in capitals": (
        [POWERS, NOW, f"\ufeff{POWERS.upper().replace(',', ' ,')}", BEFORE],
        [("FI108", "Kent", 3)],
    ),
    "many columns of the force's own": (
        [f"{POWERS},{','.join(f'own{n}' for n in range(12))}", *(f"{row}{',1' * 12}" for row in (NOW, BEFORE))],
        [("RO105", "Kent", 1)],
    ),
    "a column twice": (
        [f"{POWERS},total", f"{NOW},1", f"{BEFORE},1"],
        [("FI012", "Kent", 1)],
    ),
    "no column for the period": (
        [POWERS.replace("period_end", "End of it"), NOW, BEFORE],
        [("RO104", "Kent", 1), ("RO105", "Kent", 1)],
    ),
    "a comma in a number without quotation marks": (
        [POWERS, NOW.replace(",280,", ",1,280,note"), BEFORE],
        [("FI010", "Kent", 2)],
    ),
    "everything in one column": (
        [f'"{line}"' for line in (POWERS, NOW, BEFORE)],
        [("FI019", "Kent", 1)],
    ),
    "a line below the headings": (
        [POWERS, ",".join(["-----"] * 10), NOW, BEFORE],
        [("FI106", "Kent", 1)],
    ),
    "no headings": ([NOW, BEFORE], [("FI015", "Kent", 1)]),
    "no rows": ([POWERS], [("FI006", "Kent", 1)]),
    "a row with another separator": ([POWERS, NOW, BEFORE.replace(",", ";")], [("FI019", "Kent", 3)]),
    "rows that are quoted as a whole": ([POWERS, f'"{NOW}"', f'"{BEFORE}"'], [("FI019", "Kent", 2)]),
    "ditto marks": ([POWERS, f'{NOW}"', f'{BEFORE}"'], [("FI009", "Kent", 2)]),
    "two lone quotation marks": (
        [POWERS, NOW.replace("134", '"134'), BEFORE.replace("142", '142"')],
        [("FI009", "Kent", 2), ("CE001", "Kent", 2), ("CE001", "Kent", 3)],
    ),
    "a cell deleted": ([POWERS, NOW.replace("134,", ""), BEFORE], [("FI021", "Kent", 2)]),
    "no cell for the note": ([POWERS, NOW[:-1], BEFORE], [("FI104", "Kent", 2)]),
    "a title in one cell between the rows": (
        [POWERS, NOW, "Year to June 2016", BEFORE],
        [("FI104", "Kent", 3), ("RO119", "Kent", 3)],
    ),
    "a heading deleted": ([POWERS.replace("civil_injunctions,", ""), NOW, BEFORE], [("FI022", "Kent", 1)]),
    "a heading deleted that need not be there": (
        [POWERS.replace("force_code,", ""), NOW, BEFORE],
        [("FI022", "Kent", 1)],
    ),
    "a comma at the end of each row, and a heading that need not be there": (
        [POWERS.replace("force_code,", ""), *(row.replace("E23000032,", "") + "," for row in (NOW, BEFORE))],
        [("FI109", "Kent", 1)],
    ),
    "a comma at the end of each row, and a heading misspelt": (
        [POWERS.replace("civil_injunctions", "civil_injuntions"), f"{NOW},", f"{BEFORE},"],
        [("FI109", "Kent", 1), ("RO104", "Kent", 1), ("RO105", "Kent", 1)],
    ),
    "headings without spaces": (
        [POWERS.replace("period_start", "PeriodStart").replace("force_code", "Force-Code"), NOW, BEFORE],
        [],
    ),
    "the table beside itself": (
        [f"{row},{row}" for row in (POWERS, NOW, BEFORE)],
        [("FI012", "Kent", 1)],
    ),
    "another return beside it": (
        [f"{POWERS},,{MARAC}", f"{NOW},,{CASES}", f"{BEFORE},,{EARLIER_CASES}"],
        [("FI014", "Kent", 1)],
    ),
    "headings sorted to the bottom": ([NOW, BEFORE, POWERS], [("FI018", "Kent", 1)]),
    "two headings for a column, the same in both": (
        [f"{POWERS},All four powers,TOTAL", f"{NOW},280, 280", f"{BEFORE},293,293"],
        [("FI107", "Kent", 1)],
    ),
    "two headings for a column, another figure in each": (
        [f"{POWERS},All four powers", f"{NOW},280", f"{BEFORE},294"],
        [("FI012", "Kent", 1)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "said"), SHEETS.values(), ids=SHEETS)
def test_powers(lines: list[str], said: list[Told], tmp_path: Path) -> None:
    assert sorted(told(tmp_path, "asb_powers", *lines), key=str) == sorted(said, key=str)


def test_a_file_knows_its_folder_from_inside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "surrey"
    folder.mkdir()
    (folder / "asb_powers.csv").write_text(f"{POWERS}\n{NOW}\n{BEFORE}\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    for path in (".", "asb_powers.csv", "../surrey/asb_powers.csv"):
        queries = [q for q in engine.validate([path]).queries if q.severity is Severity.ERROR]
        assert [(q.code, q.force) for q in queries] == [("RO106", "Surrey")] * 2, path


def test_a_date_of_which_only_one_reading_is_asked_for(tmp_path: Path) -> None:
    row = "Kent,E23000032,01/09/2017,01/09/2017,1817,37,28,5,4,63,"
    assert told(tmp_path, "sex_offenders", OFFENDERS, row) == [("CE106", "Kent", 2)] * 2


def test_a_date_of_which_both_readings_are_asked_for(tmp_path: Path) -> None:
    row = "Kent,E23000032,06/07/2017,06/07/2017,1817,37,28,5,4,63,"
    codes = {(code, force) for code, force, _ in told(tmp_path, "sex_offenders", OFFENDERS, row)}
    assert codes == {("CE004", "Kent")}


def test_the_nearest_name_is_that_of_the_force(tmp_path: Path) -> None:
    path = tmp_path / "asb_powers.csv"
    path.write_text(f"{POWERS}\n{NOW.replace('Kent', 'Kent Constabulary')}\n{BEFORE}\n", encoding="utf-8")
    (asked,) = (q for q in engine.validate([path]).queries if q.severity is Severity.ERROR)
    assert asked.message == (
        "“Force” is “Kent Constabulary”, which is not the name of a force. Is “Kent” meant?"
    )


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            [f"{POWERS},All four powers", f"{NOW},280", f"{BEFORE},294"],
            "The headings “total” and “All four powers” in row 1 are both for “All four powers” (total); their "
            "cells are not the same (in row 3: “293” and “294”). Only the first column is used.",
        ),
        (
            [POWERS, NOW.replace("134,", ""), BEFORE],
            "Row 2: fewer cells than headings, and nothing under “All four powers”. If a cell was deleted, those behind it "
            "stand one column too far to the left. No figure of the row was used.",
        ),
        (
            [POWERS.replace("civil_injunctions,", ""), NOW, BEFORE],
            "2 rows have one cell more than the headings in row 1, and there is no heading “Civil injunctions” "
            "(civil_injunctions). If a heading was deleted, every figure behind it stands under another's. No figure of "
            "these rows was used.",
        ),
        (
            [POWERS, f"{NOW}Niche only, see annex", BEFORE],
            "Row 2: more cells than the 10 headings. A separator may be too many, or a text with a separator in it may lack "
            "its quotation marks. What stands beyond the last heading (“ see annex”) was left out. No figure of the row was "
            "used.",
        ),
        (
            [f"{POWERS},,{MARAC}", f"{NOW},,{CASES}", f"{BEFORE},,{EARLIER_CASES}"],
            "The file holds more than one table: the columns of “Multi-agency risk assessment conferences” (marac) stand "
            "beside those of “Use of antisocial behaviour powers” (asb_powers). Only the latter were read.",
        ),
    ],
)
def test_what_is_said_of_columns(lines: list[str], message: str, tmp_path: Path) -> None:
    path = tmp_path / "kent" / "asb_powers.csv"
    path.parent.mkdir()
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [query.message for query in engine.validate([path]).queries] == [message]


def test_figures_of_rows_that_moved_are_not_used(tmp_path: Path) -> None:
    path = tmp_path / "kent" / "marac.csv"
    path.parent.mkdir()
    for now, value in ((CASES, 27.5), (CASES.replace("3010,", ""), None)):
        path.write_text(f"{MARAC}\n{now}\n{EARLIER_CASES}\n", encoding="utf-8")
        (share,) = (
            f
            for f in engine.figures([path]).figures
            if f.measure == "marac_repeat_share" and f.force == "Kent"
        )
        assert share.value == (value and pytest.approx(value, abs=0.1))


RECORDS = (
    "force,force_code,crime_reference,offence_code,offence_group,date_recorded,date_committed,outcome_type,outcome_date,"
    "domestic_abuse,victim_vulnerable,note"
)
RECORD = (
    "Kent,E23000032,K{:07},28A,Theft offences,2016-08-15,2016-08-14,No suspect identified,2016-09-01,no,no,"
)


def test_records_that_are_written_in_two_ways(tmp_path: Path) -> None:
    rows = [RECORD.format(n) for n in range(9000)]
    rows[6000:] = [row.replace(",", ";") for row in rows[6000:]]
    path = tmp_path / "kent" / "crime_records.csv"
    path.parent.mkdir()
    path.write_text("\n".join([RECORDS, *rows]), encoding="utf-8")
    (query,) = engine.validate([path]).queries
    assert (query.code, query.force, query.locations[0].row, query.locations_total) == (
        "FI019",
        "Kent",
        6002,
        3000,
    )


def test_two_quotation_marks_far_apart_among_records(tmp_path: Path) -> None:
    rows = [RECORD.format(n) for n in range(9000)]
    rows[7000] += '"seen'
    rows[7003] += 'again"'
    path = tmp_path / "kent" / "crime_records.csv"
    path.parent.mkdir()
    path.write_text("\n".join([RECORDS, *rows]), encoding="utf-8")
    result = engine.validate([path])
    assert [(query.code, query.locations[0].row) for query in result.queries] == [("FI009", 7002)]
    assert result.files[0].rows == 9000


def test_a_file_of_records_is_received_with_nothing_to_ask(tmp_path: Path) -> None:
    path = tmp_path / "crime_records.csv"
    for second, clean in ((2, 1), (1, 0)):
        path.write_text("\n".join([RECORDS, RECORD.format(1), RECORD.format(second)]), encoding="utf-8")
        page = " ".join(peelcheck("validate", path).stdout.split())
        assert f"Returns 1 received, {clean} with nothing to ask" in page
