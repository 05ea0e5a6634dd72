"""Mistakes with whole rows, and with what was declared: each is asked once, in words that are true."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.model import Query, Severity
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import Files, write_round
from tools.make_sample.spoiling import row_of

pytestmark = pytest.mark.slow

KENT = "returns/kent/{}.csv"
JUNE, JULY, MARCH = "2017-06-30", "2017-07-01", "2017-03-31"


def spoiled(path: str, period_end: str, cells: Mapping[str, str]) -> Files:
    files = clean_round()
    row_of(files, path, period_end, "Kent").update(cells)
    return files


def asked(files: Files, folder: Path) -> list[Query]:
    write_round(files, folder)
    queries = engine.validate([folder]).queries
    return [q for q in queries if q.force == "Kent" and q.severity is not Severity.NOTE]


def test_every_part_of_a_total_is_left_out(tmp_path: Path) -> None:
    parts = ("immediate", "priority", "scheduled", "resolved_without_deployment")
    files = spoiled(KENT.format("incidents"), JUNE, dict.fromkeys(parts, ""))
    total = row_of(files, KENT.format("incidents"), JUNE, "Kent")["total"]
    (query,) = asked(files, tmp_path)
    assert (query.code, query.item, [also.code for also in query.also]) == ("IN103", None, ["RO115"] * 4)
    assert query.message == (
        f"“All incidents” is {int(total):,}, but none of its parts is given (“Immediate response”, “Priority response”, "
        "“Scheduled response” and “Resolved without deployment”)."
    )


def test_a_row_that_holds_a_figure_is_never_said_to_hold_none(tmp_path: Path) -> None:
    path = KENT.format("organised_crime_groups")
    files = spoiled(path, JUNE, {"period_start": JULY, "period_end": JULY})
    queries = asked(files, tmp_path)
    assert sorted(q.code for q in queries) == ["RO110", "RO111"]
    (missing,) = [q for q in queries if q.code == "RO110"]
    (place,) = missing.locations
    assert place.row == 4
    assert missing.message == (
        "“Organised crime groups” has no row for 12 months to 30 June 2017 (Kent). “Disruptions” is in the row as at 1 "
        "July 2017 (row 4)."
    )


def test_figures_of_two_periods_in_one_row_a_year_are_one_question_a_year(tmp_path: Path) -> None:
    files = clean_round()
    path = KENT.format("organised_crime_groups")
    for year in ("2017", "2016"):
        at_july, to_june = (row_of(files, path, f"{year}-{day}", "Kent") for day in ("07-01", "06-30"))
        to_june.update({item: at_july[item] for item in ("active", "archived")})
        files[path].rows.remove(at_july)
    two = asked(files, tmp_path)
    assert [(q.code, str(q.period_end), q.locations[0].row) for q in two] == [
        ("RO110", "2016-07-01", 3),
        ("RO110", "2017-07-01", 2),
    ]
    assert two[1].message == (
        "“Organised crime groups” has no row as at 1 July 2017 (Kent). “Active groups” and “Archived groups” are in the "
        "row for 12 months to 30 June 2017 (row 2)."
    )
    assert (
        two[1].ask == "Please add the row for this period, and move these figures there if they belong to it."
    )


def test_a_day_is_held_against_days(tmp_path: Path) -> None:
    path = KENT.format("organised_crime_groups")
    files = spoiled(path, JULY, {"period_start": JUNE, "period_end": JUNE})
    (query,) = [q for q in asked(files, tmp_path) if q.code == "RO109"]
    (place,) = query.locations
    assert (query.item, place.column, place.value) == ("period_end", "period_end", JUNE)
    assert query.message == (
        "The row covers 30 June 2017 to 30 June 2017 (1 day). The period asked for is 1 July 2017, as both start and end."
    )


def test_the_row_of_an_earlier_year_is_pointed_at(tmp_path: Path) -> None:
    path = KENT.format("marac")
    files = spoiled(path, MARCH, {"period_start": "2014-04-01", "period_end": "2015-03-31"})
    (query,) = asked(files, tmp_path)
    (place,) = query.locations
    assert (query.code, place.file, place.row) == ("RO110", path, 2)
    assert query.message == (
        "“Multi-agency risk assessment conferences” has no row for 12 months to 31 March 2017 (Kent). The row for 12 months "
        "to 31 March 2015 (row 2) was not asked for."
    )


@pytest.mark.parametrize("declared", [True, False])
def test_a_column_of_what_was_declared_not_supplied_may_be_missing(declared: bool, tmp_path: Path) -> None:
    write_round(clean_round(), tmp_path)
    file = tmp_path / KENT.format("marac")
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    at = lines[0].split(",").index("repeat_cases")
    rows = [line.split(",") for line in lines]
    file.write_text("\n".join(",".join(r[:at] + r[at + 1 :]) for r in rows) + "\n", encoding="utf-8")
    if declared:
        with (tmp_path / "declarations.csv").open("a", encoding="utf-8") as more:
            more.write("Kent,,marac,repeat_cases,,,not_supplied,not recorded,\n")
    queries = [
        q
        for q in engine.validate([tmp_path]).queries
        if q.force == "Kent" and q.severity is not Severity.NOTE
    ]
    assert [(q.code, q.item) for q in queries] == ([] if declared else [("RO104", "repeat_cases")])


def test_a_second_copy_that_is_saved_in_another_way(tmp_path: Path) -> None:
    write_round(clean_round(), tmp_path)
    file = tmp_path / KENT.format("marac")
    text = file.read_text(encoding="utf-8-sig").replace(",", "\t")
    (file.parent / "marac - Copy.csv").write_text(text, encoding="utf-16")
    (query,) = [q for q in engine.validate([tmp_path]).queries if q.code == "RO102"]
    assert query.message.endswith(
        "which is also in returns/kent/marac.csv (the two have the same contents but are saved in different formats)."
    )
    (file.parent / "marac - Copy.csv").write_text(text.replace("2016-04-01", "2016-04-02"), encoding="utf-16")
    (query,) = [q for q in engine.validate([tmp_path]).queries if q.code == "RO102"]
    assert query.message.endswith(
        "which is also in returns/kent/marac.csv (the two differ; the other file was used). They differ in row 2, "
        "period_start: “2016-04-02” and “2016-04-01”."
    )


def test_two_files_of_a_return_that_differ_in_more_say_in_what(tmp_path: Path) -> None:
    write_round(clean_round(), tmp_path)
    file = tmp_path / KENT.format("marac")
    head, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    copy = file.parent / "marac - Copy.csv"
    for lines, said in (
        (["more," + head, *("x," + row for row in rows)], "Only returns/kent/marac - Copy.csv has “more”."),
        ([head, rows[0]], "returns/kent/marac - Copy.csv has 1 row, returns/kent/marac.csv 2 rows."),
    ):
        copy.write_text("\n".join([*lines, ""]), encoding="utf-8")
        (query,) = [q for q in engine.validate([tmp_path]).queries if q.code == "RO102"]
        assert query.message.endswith(said)


def halved(folder: Path, first: str, second: str) -> Path:
    """Kent's two rows of a return, some of them in a file of its name and some in one beside it."""
    write_round(clean_round(), folder)
    file = folder / KENT.format("marac")
    head, *rows = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    for path, years in ((file, first), (file.with_name("marac_2016.csv"), second)):
        kept = [row for row in rows if row.split(",")[3][:4] in years.split()]
        path.write_text("".join([head, *kept]), encoding="utf-8")
    return file


def test_years_that_stand_in_two_files_are_one_question(tmp_path: Path) -> None:
    halved(tmp_path, "2017", "2016")
    result = engine.validate([tmp_path])
    (query,) = [q for q in result.queries if q.force == "Kent" and q.severity is not Severity.NOTE]
    assert (query.code, query.severity, query.ask) == (
        "RO126",
        Severity.QUERY,
        "Please send one file with all the rows.",
    )
    assert query.message == (
        "The rows of “Multi-agency risk assessment conferences” are in several files, for different periods: "
        "returns/kent/marac.csv and returns/kent/marac_2016.csv. All of them were read."
    )
    assert [(place.file, place.row) for place in query.locations] == [("returns/kent/marac_2016.csv", None)]


def test_a_row_that_is_in_the_file_that_is_not_used_is_not_missing(tmp_path: Path) -> None:
    halved(tmp_path, "2017", "2017 2016")
    queries = [q for q in engine.validate([tmp_path]).queries if q.force == "Kent"]
    assert [q.code for q in queries if q.severity is not Severity.NOTE] == ["RO102"]


def test_a_row_that_is_in_neither_of_two_files_is_missing(tmp_path: Path) -> None:
    file = halved(tmp_path, "2017", "2017")
    file.with_name("marac_2016.csv").write_text(file.read_text("utf-8").replace(",\n", ",1\n"), "utf-8")
    queries = [q for q in engine.validate([tmp_path]).queries if q.force == "Kent"]
    assert {q.code for q in queries if q.severity is Severity.ERROR} == {"RO102", "RO110"}


@pytest.mark.parametrize(
    ("order", "missing"),
    [
        ((1, 0, 2, 3, 4), []),
        ((2, 0, 1, 3, 4), []),
        ((3, 4, 0, 1, 2), []),
        ((1, 0, 2, 3), ["RO110"]),
        ((0, 1, 2, 3), ["RO110"]),
    ],
)
def test_a_row_above_the_headings_is_not_missing(
    order: tuple[int, ...], missing: list[str], tmp_path: Path
) -> None:
    write_round(clean_round(), tmp_path)
    file = tmp_path / KENT.format("organised_crime_groups")
    lines = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    file.write_text("".join(lines[n] for n in order), encoding="utf-8")
    codes = [
        q.code
        for q in engine.validate([tmp_path]).queries
        if q.force == "Kent" and q.severity is not Severity.NOTE
    ]
    assert codes == (["FI018"] if order[0] else []) + missing


def test_a_lone_file_of_nobody_is_not_one_with_nothing_to_ask(tmp_path: Path) -> None:
    file = tmp_path / "nf.csv"
    file.write_text(
        "period_start,period_end,cases,repeat_cases\n2016-04-01,2017-03-31,100,20\n", encoding="utf-8"
    )
    result = engine.validate([file])
    assert [(read.force, read.return_name) for read in result.files] == [(None, "marac")]
    (query,) = [q for q in result.queries if q.code == "RO104"]
    assert query.ask == "Please add the column, and fill in each of its cells."


def test_rows_that_were_swapped_though_only_one_item_is_far_enough_off(tmp_path: Path) -> None:
    path = KENT.format("mental_health")
    files = clean_round()
    now, before = (row_of(files, path, end, "Kent") for end in (JUNE, "2016-06-30"))
    items = [
        name for name in now if name not in ("force", "force_code", "period_start", "period_end", "note")
    ]
    for item in items:
        now[item], before[item] = before[item], now[item]
    (restated,) = [q for q in asked(files, tmp_path) if q.code == "MH105"]
    assert restated.item == "detentions"
    assert restated.message.endswith(
        "The accepted figure is in the row for the following year: were the two rows swapped?"
    )


def test_another_forces_file_beside_the_own_one(tmp_path: Path) -> None:
    write_round(clean_round(), tmp_path)
    (tmp_path / KENT.format("marac")).rename(tmp_path / "returns" / "essex" / "kent marac.csv")
    queries = [q for q in engine.validate([tmp_path]).queries if q.force in ("Essex", "Kent")]
    assert sorted((q.force or "", q.code) for q in queries) == [("Essex", "RO106"), ("Kent", "RO101")]
    (strange,) = [q for q in queries if q.code == "RO106"]
    assert strange.message.startswith("The file came from Essex, but the row names Kent.")
    assert {place.file for place in strange.locations} == {"returns/essex/kent marac.csv"}


def test_a_row_of_figures_in_a_return_that_was_declared_not_supplied(tmp_path: Path) -> None:
    write_round(clean_round(), tmp_path)
    with (tmp_path / "declarations.csv").open("a", encoding="utf-8") as more:
        more.write(f"Kent,,domestic_abuse,,,{JUNE},not_supplied,a new system,\n")
    (query,) = [
        q
        for q in engine.validate([tmp_path]).queries
        if q.force == "Kent" and q.severity is not Severity.NOTE
    ]
    (place,) = query.locations
    assert (query.code, query.item, place.row, place.column) == ("RO114", None, 2, None)
    assert query.message == (
        "The row for 12 months to 30 June 2017 contains figures, but the return was declared not supplied (a new system)."
    )
