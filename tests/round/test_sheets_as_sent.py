"""Returns as people save them, in the folder of the force: what is asked, of whom, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from a_round import ROUND
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
