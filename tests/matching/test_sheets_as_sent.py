"""Returns as people save them, in the folder of the force: what is asked, of whom, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.model import Query, Severity
from tests.support.rounds import ROUND
from tests.support.running import peelcheck

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
    "another force's file": (
        [POWERS, *(row.replace("Kent,E23000032", "Essex,E23000028") for row in (NOW, BEFORE))],
        [("RO106", "Kent", 2)],
    ),
    "another force's file, by its codes alone": (
        [POWERS, *(row.replace("Kent,E23000032", ",E23000028") for row in (NOW, BEFORE))],
        [("RO106", "Kent", 2)],
    ),
    "another force's file, and no column for its name": (
        [line.replace("Kent,E23000032", "x,E23000028").partition(",")[2] for line in (POWERS, NOW, BEFORE)],
        [("RO106", "Kent", 2)],
    ),
    "a name misspelt, and another force's code": (
        [POWERS, NOW.replace("Kent,E23000032", "Esex,E23000028"), BEFORE],
        [("CE007", "Kent", 2)],
    ),
    "a code that is nobody's": (
        [POWERS, NOW.replace("E23000032", "E23000099"), BEFORE],
        [("RO120", "Kent", 2)],
    ),
    "a code that is nobody's, and no name": (
        [POWERS, NOW.replace("Kent,E23000032", ",E10000016"), BEFORE],
        [("RO120", "Kent", 2)],
    ),
    "the code of a region, and no name": (
        [POWERS, NOW.replace("Kent,E23000032", ",E12000008"), BEFORE],
        [("RO106", "Kent", 2)],
    ),
    "no name, and the force's own code": ([POWERS, NOW.replace("Kent,", ","), BEFORE], []),
    "apostrophes before the name and the code": (
        [POWERS, NOW.replace("Kent,E23000032", "'Kent,'E23000032"), BEFORE],
        [("CE103", "Kent", 2), ("CE103", "Kent", 2)],
    ),
    "a line of changes": (
        [POWERS, NOW, BEFORE, "% change,,,,20%,-6%,-50%,-7%,-4%,"],
        [("RO121", "Kent", 4)],
    ),
    "a line of types": (
        [POWERS, "Name of force,ONS code,dd/mm/yyyy,dd/mm/yyyy,number,number,number,number,number,text", NOW, BEFORE],
        [("RO119", "Kent", 2)],
    ),
    "a line of units": (
        [POWERS, ",,date,date,no.,no.,no.,no.,no.,", NOW, BEFORE],
        [("RO119", "Kent", 2)],
    ),
    "a total that is not called one": (
        [POWERS, NOW, BEFORE, ",,,,101,276,24,172,573,"],
        [("RO121", "Kent", 4)],
    ),
    "a total with its label beside": (
        [POWERS, NOW, BEFORE, ",Total,,,101,276,24,172,573,"],
        [("RO121", "Kent", 4)],
    ),
    "whom to ask": (
        [POWERS, NOW, BEFORE, f"Contact:,J Smith,01622 690690{COMMAS[2:]}"],
        [("RO119", "Kent", 4)],
    ),
    "who signed, and when": (
        [POWERS, NOW, BEFORE, "Completed by:,J Smith,Date:,12/09/2017,,,,,,"],
        [("RO119", "Kent", 4)],
    ),
    "a label before figures": (
        [POWERS, NOW, BEFORE, "Completed by:,J Smith,Date:,12/09/2017,,,,,280,"],
        [("CE003", "Kent", 4), ("CE007", "Kent", 4), ("CE109", "Kent", 4)],
    ),
    "districts and the force's total": (
        [POWERS, NOW.replace("Kent,E23000032", "Dover,"), NOW.replace("Kent", "Force total"), BEFORE],
        [("CE007", "Kent", 2), ("RO124", "Kent", 3)],
    ),
    "marks of notes on headings": (
        [POWERS.replace("total", "Total [note 2]").replace("civil_injunctions", "civil injunctions¹"), NOW, BEFORE],
        [],
    ),
    "a year beside a heading is no mark": (
        [POWERS.replace("total", "total (2017)"), NOW, BEFORE],
        [("RO104", "Kent", 1)],
    ),
    "the code in place of the name": ([POWERS, NOW.replace("Kent,", "E23000032,"), BEFORE], []),
    "the same wrong name in each row": (
        [POWERS, NOW.replace("Kent", "Kemt"), BEFORE.replace("Kent", "Kemt")],
        [("CE007", "Kent", 2)],
    ),
    "a year that was not asked for": (
        [POWERS, NOW, BEFORE, BEFORE.replace("2016-06", "2015-06").replace("2015-07", "2014-07")],
        [("RO123", "Kent", 4)],
    ),
    "percentages throughout a row": (
        [POWERS, "Kent,E23000032,2016-07-01,2017-06-30,18%,48%,3%,31%,100%,", BEFORE],
        [("CE001", "Kent", 2)],
    ),
    "percentages in two cells of a row": (
        [POWERS, NOW.replace(",83,280,", ",30%,100%,"), BEFORE],
        [("CE001", "Kent", 2), ("CE001", "Kent", 2)],
    ),
    "three cells of a row with a mistake each": (
        [POWERS, "Kent,E23000032,2016-07-01,2017-06-30,1031l,134*,8,2o,280,", BEFORE],
        [("CE001", "Kent", 2)] * 3,
    ),
    "nothing came of a formula": (
        [POWERS, NOW.replace(",280,", ",#DIV/0!,"), BEFORE],
        [("CE001", "Kent", 2)],
    ),
    "zeros of formulas below": (
        [POWERS, NOW, BEFORE, *[",,,,0,0,0,0,0,"] * 3],
        [("RO121", "Kent", 4)],
    ),
    "a misspelt name without dates is a row": (
        [POWERS, "Kemt,,,,55,134,8,83,280,", BEFORE],
        [("CE007", "Kent", 2)],
    ),
    "a row without a name, whose dates say the month": (
        [POWERS, ",,Jul-16,Jun-17,55,134,8,83,280,", BEFORE],
        [("CE003", "Kent", 2), ("CE003", "Kent", 2)],
    ),
    "a code without a name and dates": (
        [POWERS, ",E23000032,,,55,134,8,83,280,", BEFORE],
        [("RO121", "Kent", 2)],
    ),
    "a name without dates": ([POWERS, "Kent,E23000032,,,55,134,8,83,280,", BEFORE], [("RO121", "Kent", 2)]),
    "a total under the force's name": (
        [POWERS, NOW, BEFORE, "Kent,E23000032,Total,,101,276,24,172,573,"],
        [("RO121", "Kent", 4)],
    ),
    "changes under the force's name": (
        [POWERS, NOW, BEFORE, "Kent,E23000032,Change,,20%,-6,-50%,#REF!,-4,"],
        [("RO121", "Kent", 4)],
    ),
    "a page's head between the rows": (
        [POWERS, NOW, f"Kent Police{COMMAS}", f"Kent,E23000032{COMMAS[1:]}", BEFORE],
        [("RO119", "Kent", 3)],
    ),
    "a template that was not filled in": ([POWERS, f"Kent,E23000032{COMMAS[1:]}"], [("RO121", "Kent", 2)]),
    "nothing but a marking": ([POWERS, f"OFFICIAL{COMMAS}"], [("RO121", "Kent", 2)]),
    "a remark with a date": (
        [POWERS, NOW, BEFORE, f"Checked by,J Smith,01/07/2017{COMMAS[2:]}"],
        [("RO119", "Kent", 4)],
    ),
    "a total with bad cells": (
        [POWERS, NOW, BEFORE, "Kent Total:,,,,#REF!,276,24,172,573,"],
        [("RO107", "Kent", 4)],
    ),
    "markers where the dates should be": (
        [POWERS, NOW.replace("2017-06-30", "n/a"), BEFORE],
        [("TY101", "Kent", 2)],
    ),
    "months": (
        [POWERS, *(f"Kent,E23000032,2016-{n:02}-01,2016-{n:02}-28,55,134,8,83,280," for n in range(7, 13))],
        [("RO109", "Kent", 2)],
    ),
    "months to the last": (
        [POWERS, *(f"Kent,,2017-{n:02}-01,2017-{n:02}-{d},55,134,8,83,280," for n, d in ((5, 31), (6, 30)))],
        [("RO109", "Kent", 2)],
    ),
    "nine months of each year": (
        [POWERS, NOW.replace("2016-07", "2016-10"), BEFORE.replace("2015-07", "2015-10")],
        [("RO109", "Kent", 2)],
    ),
    "changes over two years, with dates": (
        [POWERS, NOW, BEFORE, "Kent,,2015-07-01,2017-06-30,9,-8,-8,-6,-13,change"],
        [("RO109", "Kent", 4)],
    ),
    "rows pasted twice": ([POWERS, NOW, BEFORE, NOW, BEFORE], [("RO111", "Kent", 4)]),
    "left blank": (
        [POWERS, "Kent,,2016-07-01,2017-06-30,,,,,,", "Kent,,2015-07-01,2016-06-30,n/a,n/a,..,-,n/a,"],
        [("RO115", "Kent", 2)],
    ),
    "one year left blank": (
        [POWERS, NOW, "Kent,,2015-07-01,2016-06-30,,,,,,"],
        [("RO115", "Kent", 3)],
    ),
    "an empty row of the template above the one that was filled in": (
        [POWERS, f"Kent,,2016-07-01,2017-06-30{COMMAS[3:]}", NOW, BEFORE],
        [("RO119", "Kent", 2)],
    ),
    "the same below, with a note": (
        [POWERS, NOW, BEFORE, "Kent,E23000032,2016-07-01,2017-06-30,n/a,n/a,,,n/a,see above"],
        [("RO119", "Kent", 4)],
    ),
    "two empty rows for one year": (
        [POWERS, NOW, *[f"Kent,,2015-07-01,2016-06-30{COMMAS[3:]}"] * 2],
        [("RO111", "Kent", 4), ("RO115", "Kent", 3)],
    ),
    "two blanks": (
        [POWERS, NOW.replace(",83,280,", ",,,"), BEFORE],
        [("RO115", "Kent", 2), ("RO115", "Kent", 2)],
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
        [("RO107", "Kent", 4)],
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
        [("FI018", "Kent", 1)],
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
        [("CE001", "Kent", 2), ("CE001", "Kent", 3)],
    ),
    "a lone quotation mark before a number, and one before a note": (
        [POWERS, NOW.replace("134", '"134'), f'{BEFORE}"both years'],
        [("FI009", "Kent", 2), ("CE001", "Kent", 2)],
    ),
    "a sign of money before a number": ([POWERS, NOW.replace("134", "£134"), BEFORE], [("CE001", "Kent", 2)]),
    "a cell deleted": ([POWERS, NOW.replace("134,", ""), BEFORE], [("FI021", "Kent", 2)]),
    "a code deleted": ([POWERS, NOW.replace("E23000032,", ""), BEFORE], [("FI021", "Kent", 2)]),
    "no cell for the note": ([POWERS, NOW[:-1], BEFORE], [("FI104", "Kent", 2)]),
    "a title in one cell between the rows": (
        [POWERS, NOW, "Year to June 2016", BEFORE],
        [("RO119", "Kent", 3)],
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
        [("FI109", "Kent", 1), ("RO104", "Kent", 1)],
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
    "a title, and a row above the headings": (
        ["Kent", NOW, POWERS, BEFORE],
        [("FI018", "Kent", 2), ("FI102", "Kent", 1)],
    ),
    "a first record of words": (
        [POWERS, "Kent,,start of year,end of year,not yet,not yet,not yet,not yet,not yet,", NOW, BEFORE],
        [("RO121", "Kent", 2)],
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


@pytest.mark.slow  # a hundred small rounds
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
        assert [(q.code, q.force) for q in queries] == [("RO106", "Surrey")], path


def test_a_date_of_which_only_one_reading_is_asked_for(tmp_path: Path) -> None:
    row = "Kent,E23000032,01/09/2017,01/09/2017,1817,37,28,5,4,63,"
    assert told(tmp_path, "sex_offenders", OFFENDERS, row) == [("CE109", "Kent", 2)] * 2


def test_a_date_of_which_both_readings_are_asked_for_is_read_in_the_collections_order(tmp_path: Path) -> None:
    row = "Kent,E23000032,06/07/2017,06/07/2017,1817,37,28,5,4,63,"
    assert told(tmp_path, "sex_offenders", OFFENDERS, row) == [("CE109", "Kent", 2)] * 2


def test_the_nearest_name_is_that_of_the_force(tmp_path: Path) -> None:
    path = tmp_path / "asb_powers.csv"
    path.write_text(f"{POWERS}\n{NOW.replace('Kent', 'Kemt Constabulary')}\n{BEFORE}\n", encoding="utf-8")
    (asked,) = (q for q in engine.validate([path]).queries if q.severity is Severity.ERROR)
    assert asked.message == (
        "“Force” is “Kemt Constabulary”, which is not the name of a force. Is “Kent” meant?"
    )


MARKS: dict[str, tuple[str, str, tuple[str, str] | None]] = {
    "not closed": (
        '"134',
        '"134',
        ("FI009", "Row 2: a quotation mark is opened but not closed. It was read as an ordinary character."),
    ),
    "inside quotation marks": (
        '"1"34"',
        '1"34',
        ("FI011", "Row 2: a quotation mark is inside a cell that is itself in quotation marks."),
    ),
    "written twice": ('"""134"', '"134', None),
    "apostrophes around it": ("'134'", "'134'", None),
}


@pytest.mark.parametrize(("sent", "value", "beneath"), MARKS.values(), ids=MARKS)
def test_a_mark_before_a_number_is_one_query(
    sent: str, value: str, beneath: tuple[str, str] | None, tmp_path: Path
) -> None:
    told(tmp_path, "asb_powers", POWERS, NOW.replace("134", sent), BEFORE)
    asked = engine.validate([tmp_path / "round"]).queries
    (query,) = [one for one in asked if one.code not in ("RO101", "RO118")]
    (where,) = query.locations
    assert (query.code, where.row, where.column, where.value) == (
        "CE001",
        2,
        "community_protection_notices",
        value,
    )
    assert [(one.code, one.message) for one in query.also] == ([beneath] if beneath else [])


def test_a_mark_in_a_loose_file_is_one_query_too(tmp_path: Path) -> None:
    path = tmp_path / "asb_powers.csv"
    path.write_text("\n".join([POWERS, NOW.replace("134", '"134'), BEFORE]), encoding="utf-8")
    (query,) = engine.validate([path]).queries
    assert (query.code, query.force, [one.code for one in query.also]) == ("CE001", "Kent", ["FI009"])


def test_a_mark_before_a_value_that_is_one_of_a_list(tmp_path: Path) -> None:
    rows = [RECORD.format(1), RECORD.format(2).replace("Theft", '"Theft')]
    assert told(tmp_path, "crime_records", RECORDS, *rows) == [("TY104", "Kent", 3)]
    (query,) = [q for q in engine.validate([tmp_path / "round"]).queries if q.code not in ("RO101", "RO118")]
    assert (query.code, [one.code for one in query.also]) == ("TY104", ["FI009"])


def only_message(folder: Path, *lines: str) -> str:
    """What the one query says that comes of a file of powers in Kent's folder."""
    told(folder, "asb_powers", *lines)
    (query,) = [q for q in engine.validate([folder / "round"]).queries if q.code not in ("RO101", "RO118")]
    return query.message


WORDS: dict[str, tuple[list[str], str]] = {
    "another force's code": (
        [row.replace("Kent,E23000032", ",E23000028") for row in (NOW, BEFORE)],
        "The file came from Kent, but the code in the row, E23000028, is Essex's. 1 other row has the same problem.",
    ),
    "nobody's code": (
        [NOW.replace("E23000032", "E23000099"), BEFORE],
        "The row names Kent, whose code is E23000032, but gives the code E23000099, which does not belong to a force.",
    ),
    "nobody's code alone": (
        [NOW.replace("Kent,E23000032", ",E10000016"), BEFORE],
        "The row gives the code E10000016, which does not belong to a force.",
    ),
    "no record": (
        [NOW, BEFORE, "% change,,,,20%,-6%,-50%,-7%,-4%,"],
        "The row names no force and gives no dates. Nothing in it was used.",
    ),
    "two years in place of dates": (
        [NOW.replace("2016-07-01,2017-06-30", "2016,2017"), BEFORE],
        "The row gives no dates, but “2016” and “2017”. Nothing in it was used.",
    ),
    "a label in place of one date": (
        [NOW, BEFORE, "Kent,E23000032,Total,,101,276,24,172,573,"],
        "The row gives no dates. Nothing in it was used.",
    ),
    "a marker": ([NOW.replace("2017-06-30", "n/a"), BEFORE], "“Period end” is “n/a”."),
    "three months": (
        [NOW.replace("2017-06-30", "2016-09-30"), BEFORE],
        "The row covers 1 July 2016 to 30 September 2016 (3 months). The period asked for is 1 July 2016 to 30 June 2017.",
    ),
    "back to front": (
        [NOW.replace("2016-07-01,2017-06-30", "2017-06-30,2016-07-01"), BEFORE],
        "The row starts on 30 June 2017 but ends on 1 July 2016, which is earlier. The period asked for is 1 July 2016 to "
        "30 June 2017.",
    ),
    "long ago": (
        [NOW.replace("2016-07-01,2017-06-30", "2006-07-01,2007-06-30"), BEFORE],
        "The row covers 1 July 2006 to 30 June 2007 (12 months). The period asked for is 1 July 2016 to 30 June 2017.",
    ),
    "empty beside the row itself": (
        [NOW, BEFORE, f"Kent,,2016-07-01,2017-06-30{COMMAS[3:]}"],
        "The row contains no figures, but another row for the same dates does: row 2. It was ignored.",
    ),
    "blank": (
        [f"Kent,,{dates},,,,,," for dates in ("2016-07-01,2017-06-30", "2015-07-01,2016-06-30")],
        "The row for 12 months to 30 June 2017 contains no figures, and no declaration explains why. "
        "1 other row has the same problem.",
    ),
}


@pytest.mark.slow  # a hundred small rounds
@pytest.mark.parametrize(("rows", "said"), WORDS.values(), ids=WORDS)
def test_words(rows: list[str], said: str, tmp_path: Path) -> None:
    assert only_message(tmp_path, POWERS, *rows) == said


@pytest.mark.parametrize("names", [("Kent,E23000032", ",E23000032"), ("Kemt,E23000032", "Esex,E23000028")])
def test_whose_figures_they_are(names: tuple[str, str], tmp_path: Path) -> None:
    """Without a folder the code speaks where the name is silent, and a name that nobody knows has no force."""
    path = tmp_path / "asb_powers.csv"
    path.write_text("\n".join([POWERS, NOW.replace("Kent,E23000032", names[1]), BEFORE]), encoding="utf-8")
    result = engine.validate([path])
    codes = [query.code for query in result.queries if query.severity is Severity.ERROR]
    assert (codes, result.files[0].force) == (([], "Kent") if names[1][0] == "," else (["CE007"], None))


def test_one_years_blank_and_another_of_a_return_with_one_declared(tmp_path: Path) -> None:
    told(tmp_path, "asb_powers", POWERS, NOW, "Kent,,2015-07-01,2016-06-30,,,,,,")
    declared = "force,with,return,item,measure,period_end,status,reason,source\n"
    declared += "Kent,,asb_powers,,,2016-06-30,not_supplied,no system,\n"
    (tmp_path / "round" / "declarations.csv").write_text(declared, encoding="utf-8")
    queries = engine.validate([tmp_path / "round"]).queries
    assert {query.code for query in queries} == {"RO101", "RO118"}


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
            "Row 2: fewer cells than headings, and nothing under “All four powers”. If a cell was deleted, the cells after "
            "it are one column too far to the left. No figure in the row was used.",
        ),
        (
            [POWERS.replace("civil_injunctions,", ""), NOW, BEFORE],
            "2 rows have one cell more than the headings in row 1, and there is no heading “Civil injunctions” "
            "(civil_injunctions). If a heading was deleted, every figure after it is under the wrong heading. "
            "No figure in these rows was used.",
        ),
        (
            [POWERS, f"{NOW}Niche only, see annex", BEFORE],
            "Row 2: more cells than the 10 headings. There may be an extra separator, or a text that contains a separator "
            "may need quotation marks. Anything beyond the last heading (“ see annex”) was ignored. No figure in the row was "
            "used.",
        ),
        (
            [f"{POWERS},,{MARAC}", f"{NOW},,{CASES}", f"{BEFORE},,{EARLIER_CASES}"],
            "The file contains more than one table: the columns of “Multi-agency risk assessment conferences” (marac) are "
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


def test_an_empty_row_leaves_the_figures_of_the_year_alone(tmp_path: Path) -> None:
    path = tmp_path / "kent" / "marac.csv"
    path.parent.mkdir()
    path.write_text(f"{MARAC}\nKent,,2016-04-01,2017-03-31,,,\n{CASES}\n{EARLIER_CASES}\n", encoding="utf-8")
    (share,) = (
        f for f in engine.figures([path]).figures if f.measure == "marac_repeat_share" and f.force == "Kent"
    )
    assert share.value == pytest.approx(27.5, abs=0.1)


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


def test_a_record_without_name_and_dates_is_no_remark(tmp_path: Path) -> None:
    lost = RECORD.format(2).replace("Kent,E23000032", ",").replace("2016-08-15,2016-08-14", ",")
    lost = lost.replace("2016-09-01", "")
    said = told(tmp_path, "crime_records", RECORDS, RECORD.format(1), lost, f"Page 1 of 1{',' * 11}")
    assert said == [("RO121", "Kent", 3), ("RO119", "Kent", 4)]


def test_rows_of_the_template_below_the_records(tmp_path: Path) -> None:
    empty = f"Kent{',' * 11}"
    for name, names in (("one", empty), ("both", empty.replace("Kent,", "Kent,E23000032"))):
        said = told(tmp_path / name, "crime_records", RECORDS, RECORD.format(1), *[names] * 3)
        assert said == [("RO119", "Kent", 3)]
    said = told(tmp_path / "noted", "crime_records", RECORDS, RECORD.format(1), f"{empty}lost")
    assert {code for code, _, _ in said} == {"TY101"}


def test_a_template_of_records_that_was_not_filled_in(tmp_path: Path) -> None:
    said = told(tmp_path, "crime_records", RECORDS, *[f"Kent,E23000032{',' * 10}"] * 3)
    assert said == [("RO121", "Kent", 2)]


def test_a_file_of_records_is_received_with_nothing_to_ask(tmp_path: Path) -> None:
    path = tmp_path / "crime_records.csv"
    for second, clean in ((2, 1), (1, 0)):
        path.write_text("\n".join([RECORDS, RECORD.format(1), RECORD.format(second)]), encoding="utf-8")
        page = " ".join(peelcheck("validate", path).stdout.split())
        assert f"Returns 1 received, {clean} with no queries" in page


def test_cells_of_a_row_with_the_same_mistake_are_all_places_of_one_query(tmp_path: Path) -> None:
    path = tmp_path / "kent" / "powers.csv"
    path.parent.mkdir()
    row = 'Kent,E23000032,2016-07-01,2017-06-30,12%,14.5 %,tbc,"1,200%",1.5,'
    path.write_text("\n".join([POWERS, row, BEFORE]), encoding="utf-8")
    asked = [query for query in engine.validate([path]).queries if query.severity is Severity.ERROR]
    percentages, decimals, words = sorted(asked, key=lambda query: -query.locations_total)
    assert [(place.row, place.column, place.value) for place in percentages.locations] == [
        (2, "criminal_behaviour_orders", "12%"),
        (2, "community_protection_notices", "14.5 %"),
        (2, "dispersal_orders", "1,200%"),
    ]
    assert percentages.message.endswith("2 other cells have the same problem.")
    assert {(query.locations[0].value, query.also) for query in (decimals, words)} == {
        ("1.5", ()),
        ("tbc", ()),
    }


def test_references_that_a_spreadsheet_changed_are_not_records_that_were_entered_twice(
    tmp_path: Path,
) -> None:
    references = ["4.32016E+13", "4.32016E+13", "2.19E+26", "K/44", "43201600000000000000"]
    path = tmp_path / "kent" / "crime_records.csv"
    path.parent.mkdir()
    rows = [RECORD.replace("K{:07}", reference) for reference in references]
    path.write_text("\n".join([RECORDS, *rows]), encoding="utf-8")
    (query,) = engine.validate([path]).queries
    assert (query.code, query.item, query.locations_total) == ("CE010", "crime_reference", 4)
    assert [(place.row, place.value) for place in query.locations] == [
        (2, "4.32016E+13"),
        (3, "4.32016E+13"),
        (4, "2.19E+26"),
        (6, "43201600000000000000"),
    ]
