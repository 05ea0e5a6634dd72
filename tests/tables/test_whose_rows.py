"""Whose the rows of a file are, where the file says something odd of it."""

from __future__ import annotations

import locale
import shutil
from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.model import Severity
from peelcheck.schema import find_collection, load_collection
from tests.support.rounds import COLUMNS, RETURN, SAMPLE, a_round
from tests.support.running import peelcheck
from tests.support.sample import sample_figures

ROWS = RETURN.splitlines()[1:]


def errors(root: Path) -> list[tuple[str, str | None, int | None, str]]:
    return [
        (q.code, q.force, q.locations[0].row if q.locations else None, q.message)
        for q in engine.validate([root]).queries
        if q.severity is Severity.ERROR and q.code not in ("RO101", "RO118")
    ]


def with_rows(folder: Path, *rows: str) -> Path:
    root = a_round(folder)
    text = "\n".join([COLUMNS, *rows, ""])
    (root / "returns" / "kent" / "domestic_abuse.csv").write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    "body", ["West Midlands region", "Total", "England and Wales", "British Transport Police"]
)
def test_a_forces_own_row_under_the_name_of_a_body_outside(body: str, tmp_path: Path) -> None:
    (one,) = errors(with_rows(tmp_path / "one", ROWS[0].replace("Kent", body), ROWS[1]))
    message = f"The row is named “{body}”, and no other row has its dates: it may be Kent's own."
    assert one == ("RO124", "Kent", 2, message)
    (both,) = errors(with_rows(tmp_path / "both", *(row.replace("Kent", body) for row in ROWS)))
    assert (both[0], both[3].endswith(" 1 other row has the same problem.")) == ("RO124", True)


def test_a_total_beneath_a_forces_own_row_is_set_aside(tmp_path: Path) -> None:
    root = with_rows(tmp_path, *ROWS, ROWS[0].replace("Kent", "Total"))
    assert errors(root) == []
    assert [(q.code, q.force) for q in engine.validate([root]).queries if q.code == "RO107"] == [
        ("RO107", "Kent")
    ]


def said_of_loose(folder: Path, *rows: str) -> list[tuple[str, str | None, int | None, str]]:
    """Code, force, first row and message of all that comes of a file in no force's folder."""
    path = folder / "domestic_abuse.csv"
    lines = [COLUMNS.replace("force,", "force,force_code,"), *rows, ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    asked = engine.validate([path]).queries
    return [(q.code, q.force, q.locations[0].row, q.message) for q in asked]


@pytest.mark.parametrize(
    ("name", "force", "whose"),
    [
        ("Kent total,E23000032", "Kent", "Kent's"),
        ("Total,", None, "a force's"),
        ("Total,e23000032", "Kent", "Kent's"),
    ],
)
def test_a_total_alone_in_a_file_of_no_folder(
    name: str, force: str | None, whose: str, tmp_path: Path
) -> None:
    (asked,) = said_of_loose(tmp_path, *(row.replace("Kent", name) for row in ROWS))
    called = name.partition(",")[0]
    message = f"The row is named “{called}”, and no other row has its dates: it may be {whose} own."
    assert asked == ("RO124", force, 2, f"{message} 1 other row has the same problem.")


@pytest.mark.parametrize(
    "name", ["British Transport Police,", "England and Wales,K04000001", "Total,K04000001"]
)
def test_a_body_alone_in_a_file_of_no_folder(name: str, tmp_path: Path) -> None:
    assert [one[0] for one in said_of_loose(tmp_path, ROWS[0].replace("Kent", name))] == ["RO107"]


def test_a_total_of_forces_in_a_file_of_no_folder(tmp_path: Path) -> None:
    rows = [row.replace("Kent", name) for row in ROWS for name in ("Kent,", "Total,")]
    assert [one[:3] for one in said_of_loose(tmp_path, *rows)] == [("RO107", None, 3)]


def test_a_total_alone_in_the_accepted_figures_is_set_aside(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "history").mkdir()
    row = ROWS[0].replace("Kent,2016-07-01,2017-06-30", "Total,2014-07-01,2015-06-30")
    (root / "history" / "domestic_abuse.csv").write_text(f"{COLUMNS}\n{row}\n", encoding="utf-8")
    assert errors(root) == []


def test_files_of_one_name_in_two_folders(tmp_path: Path) -> None:
    for force in ("kent", "essex"):
        (tmp_path / force).mkdir()
        text = RETURN.replace("Kent", force.capitalize())
        (tmp_path / force / "domestic_abuse.csv").write_text(text, encoding="utf-8")
    result = engine.validate([tmp_path / "kent", tmp_path / "essex"])
    assert [(file.path, file.force) for file in result.files] == [
        (f"{(tmp_path / force).as_posix()}/domestic_abuse.csv", force.capitalize())
        for force in ("essex", "kent")
    ]
    assert {q.code for q in result.queries if q.severity is Severity.ERROR} == {"RO113"}, "they are equal"


def test_records_in_a_forces_folder_need_not_name_it(tmp_path: Path) -> None:
    folder = tmp_path / "kent"
    folder.mkdir()
    (folder / "crime_records.csv").write_text(
        "force_code,crime_reference,offence_code,offence_group,date_recorded,date_committed,outcome_type,"
        "outcome_date,domestic_abuse,victim_vulnerable,note\n"
        "E23000032,R1,5,Robbery,2017-01-05,2017-01-01,No suspect identified,2017-02-01,no,no,\n",
        encoding="utf-8",
    )
    result = engine.validate([folder])
    assert (result.queries, result.files[0].force) == ((), "Kent")


def test_the_round_itself_is_no_file_to_write_to(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    ran = peelcheck("validate", root, "--output", root)
    assert (ran.exit_code, ran.stdout) == (2, "")


@pytest.mark.parametrize("name", ["kent", "E23000032", "Kent Police", "KENT"])
def test_a_force_by_any_name_in_numbers(name: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    assert {figure.force for figure in engine.figures([root], force=name).figures} == {"Kent"}
    ran = peelcheck("figures", root, "--force", name)
    assert (ran.exit_code, ran.stdout.splitlines()[0].startswith("Kent in numbers")) == (0, True)


@pytest.mark.slow
def test_a_past_is_each_forces_own(tmp_path: Path) -> None:
    """A force that history lacks is held against the figure of last year in its own return."""
    root = tmp_path / "round"
    shutil.copytree(SAMPLE, root)
    history = root / "history" / "marac.csv"
    rows = history.read_text(encoding="utf-8").splitlines(keepends=True)
    history.write_text("".join(row for row in rows if not row.startswith("Kent,")), encoding="utf-8")
    (kent,) = [f for f in engine.figures([root], force="Kent").figures if f.measure == "marac_case_rate"]
    (whole,) = [f for f in sample_figures("Kent").figures if f.measure == "marac_case_rate"]
    assert kent.previous == whole.previous is not None


@pytest.mark.slow
def test_a_break_ends_a_series(tmp_path: Path) -> None:
    schemas, root = tmp_path / "schemas", tmp_path / "round"
    folder = find_collection("peel-2017")
    shutil.copytree(folder, schemas / "peel-2017")
    shutil.copytree(SAMPLE, root)
    file = schemas / "peel-2017" / "domestic_abuse.yaml"
    text = file.read_text(encoding="utf-8")
    item = text.index("- name: arrests")
    at = text.index("x-peelcheck: {", item) + len("x-peelcheck: {")
    file.write_text(f'{text[:at]}break: "counted otherwise", {text[at:]}', encoding="utf-8")
    assert load_collection(schemas / "peel-2017").returns["domestic_abuse"]["arrests"].series_break
    (kent,) = [q for q in engine.validate([root], schemas=schemas).queries if q.code == "DA201"]
    assert "the other forces' figures" in kent.message
    assert kent.previous is None
    assert not [q for q in engine.validate([root], schemas=schemas).queries if q.code == "DA104"]


def test_months_are_english_whatever_the_machine_speaks(tmp_path: Path) -> None:
    held = locale.setlocale(locale.LC_TIME)
    for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "German"):
        try:
            locale.setlocale(locale.LC_TIME, name)
            break
        except locale.Error:
            continue
    try:
        (said,) = errors(with_rows(tmp_path, ROWS[0].replace("2017-06-30", "2017-05-31"), ROWS[1]))
    finally:
        locale.setlocale(locale.LC_TIME, held)
    assert "1 July 2016 to 31 May 2017 (11 months)" in said[3]


NEVER = [("2016-07-01", "9999-12-31"), ("9999-12-31", "9999-12-31"), ("0001-01-01", "9999-12-31")]


@pytest.mark.parametrize(("start", "end"), NEVER)
def test_an_end_that_never_comes(start: str, end: str, tmp_path: Path) -> None:
    row = ROWS[0].replace("2016-07-01", start).replace("2017-06-30", end)
    ((code, force, number, message),) = errors(with_rows(tmp_path, row, ROWS[1]))
    assert (code, force, number) == ("RO109", "Kent", 2)
    assert message.endswith(" The period asked for is 1 July 2016 to 30 June 2017.")


def test_accepted_figures_with_an_end_that_never_comes(tmp_path: Path) -> None:
    root = with_rows(tmp_path, *ROWS)
    (root / "history").mkdir()
    rows = "force,period_start,period_end,cases,repeat_cases\nKent,2015-04-01,9999-12-31,1,1\n"
    (root / "history" / "marac.csv").write_text(rows, encoding="utf-8")
    ran = peelcheck("validate", root)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert (
        "The row covers 1 April 2015 to 31 December 9999 (2,916,371 days). History must be for the years"
        in ran.stderr
    )


@pytest.mark.parametrize("end", ["2007-06-30", "1917-06-30", "2016-06-30"])
def test_what_was_asked_for_is_the_period_that_has_no_row_yet(end: str, tmp_path: Path) -> None:
    (one,) = errors(with_rows(tmp_path, ROWS[0].replace("2017-06-30", end), ROWS[1]))
    assert (one[0], one[2]) == ("RO109", 2)
    assert one[3].endswith(" The period asked for is 1 July 2016 to 30 June 2017.")


def test_rows_with_codes_need_no_names(tmp_path: Path) -> None:
    text = "\n".join([COLUMNS, *ROWS, ""]).replace("force,", "force_code,").replace("Kent,", "E23000032,")
    (tmp_path / "sent").mkdir()
    file = tmp_path / "sent" / "domestic_abuse.csv"
    file.write_text(text, encoding="utf-8")
    checked = engine.validate([file])
    assert (checked.forces, [q.code for q in checked.queries]) == (("Kent",), [])
    file.write_text(text.replace("E23000032", ""), encoding="utf-8")
    assert [(q.code, q.force) for q in engine.validate([file]).queries] == [("RO116", None)]


@pytest.mark.parametrize(
    "dates", [("Saturday 2 July 2016", "Thursday 29 June 2017"), ("1. Juli 2016", "30. Juni 2017")]
)
def test_dates_that_cannot_be_read_are_dates(dates: tuple[str, str], tmp_path: Path) -> None:
    row = ROWS[0].replace("2016-07-01", dates[0]).replace("2017-06-30", dates[1])
    assert {code for code, *_ in errors(with_rows(tmp_path, row, ROWS[1]))} <= {"CE003", "RO109"}
