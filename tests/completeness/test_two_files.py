"""A return that came in two files: which of them is used, and what is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelcheck import engine
from tests.support.rounds import RETURN, a_round

HEAD, NOW, BEFORE = RETURN.splitlines()
EMPTY, EMPTY_BEFORE = (
    f"Kent,{dates}{',' * 11}" for dates in ("2016-07-01,2017-06-30", "2015-07-01,2016-06-30")
)
UNDATED = f"Kent{',' * 13}"
BOTH, LATER = (1201.0, 1104.0), (1201.0, None)
OWN, OTHER = "domestic_abuse.csv", "kent da.csv"

Told = tuple[str, str, int | None]
FILES: dict[str, tuple[list[str], list[str], list[Told], tuple[float | None, float | None]]] = {
    "a template without rows": ([], [NOW, BEFORE], [("FI006", OWN, 1)], BOTH),
    "a template without dates": ([UNDATED], [NOW, BEFORE], [("RO119", OWN, 2)], BOTH),
    "a template with dates": ([EMPTY, EMPTY_BEFORE], [NOW, BEFORE], [("RO119", OWN, 2)], BOTH),
    "the same beside": ([NOW, BEFORE], [EMPTY, EMPTY_BEFORE], [("RO119", OTHER, 2)], BOTH),
    "two templates": (
        [EMPTY, EMPTY_BEFORE],
        [EMPTY],
        [("RO102", OTHER, None), ("RO115", OWN, 2)],
        (None, None),
    ),
    "each year with the other year's empty row": (
        [NOW, EMPTY_BEFORE],
        [EMPTY, BEFORE],
        [("RO119", OWN, 3), ("RO126", OTHER, None)],
        BOTH,
    ),
    "a year beside the other": ([NOW], [BEFORE], [("RO126", OTHER, None)], BOTH),
    "a blank row beside the other year": ([NOW], [EMPTY_BEFORE], [("RO115", OTHER, 2), ("RO126", OTHER, None)], LATER),
    "blank rows of two years": (
        [EMPTY],
        [EMPTY_BEFORE],
        [("RO115", OWN, 2), ("RO126", OTHER, None)],
        (None, None),
    ),
    "a year that is not the one that was asked for": (
        [NOW],
        [BEFORE.replace("2016-06-30", "2016-06-03")],
        [("RO109", OTHER, 2), ("RO126", OTHER, None)],
        LATER,
    ),
    "a year without dates": (
        [NOW],
        [BEFORE.replace("2015-07-01,2016-06-30", ",")],
        [("RO121", OTHER, 2), ("RO126", OTHER, None)],
        LATER,
    ),
    "a year twice, and the other without dates": (
        [NOW],
        [NOW.replace("1201", "1202"), BEFORE.replace("2015-07-01,2016-06-30", ",")],
        [("RO102", OTHER, None)],
        LATER,
    ),
    "the same twice, without dates": (
        [NOW.replace("2016-07-01,2017-06-30", ","), BEFORE],
        [NOW.replace("2016-07-01,2017-06-30", ","), BEFORE],
        [("RO102", OTHER, None), ("RO121", OWN, 2)],
        (None, 1104.0),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("own", "other", "said", "used"), FILES.values(), ids=FILES)
def test_two_files(
    own: list[str],
    other: list[str],
    said: list[Told],
    used: tuple[float | None, float | None],
    tmp_path: Path,
) -> None:
    root = a_round(tmp_path)
    for name, rows in ((OWN, own), (OTHER, other)):
        path = root / "returns" / "kent" / name
        path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    asked = [
        query
        for query in engine.validate([root]).queries
        if query.return_name == "domestic_abuse" and query.force == "Kent"
    ]
    places = [(query.code, query.locations[0]) for query in asked]
    assert sorted((code, Path(at.file or "").name, at.row) for code, at in places) == sorted(said)
    items = {item.item: item for item in engine.figures([root], force="Kent").items}
    assert (items["arrests"].value, items["arrests"].previous) == used


def test_a_row_with_another_bodys_code_is_not_missing_from_the_other_file(tmp_path: Path) -> None:
    head = HEAD.replace("force,", "force,force_code,", 1)
    root = a_round(tmp_path)
    for name, row, code in ((OWN, NOW, "E23000028"), (OTHER, BEFORE, "E23000032")):
        path = root / "returns" / "kent" / name
        path.write_text("\n".join([head, row.replace("Kent,", f"Kent,{code},")]) + "\n", encoding="utf-8")
    codes = [query.code for query in engine.validate([root]).queries if query.return_name == "domestic_abuse"]
    assert "RO108" in codes
    assert "RO110" not in codes


def test_two_files_with_the_same_rows_in_another_order_do_not_differ(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    for name, rows in ((OWN, [NOW, BEFORE]), (OTHER, [BEFORE, NOW])):
        path = root / "returns" / "kent" / name
        path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    (twice,) = [query for query in engine.validate([root]).queries if query.code == "RO102"]
    assert "(the two have the same rows in a different order)" in twice.message


def test_a_return_that_did_not_come_is_nowhere(tmp_path: Path) -> None:
    queries = engine.validate([a_round(tmp_path)]).queries
    told = {(q.code, q.locations, q.locations_total) for q in queries if q.code in ("RO101", "RO118")}
    assert told == {("RO101", (), 0), ("RO118", (), 0)}
