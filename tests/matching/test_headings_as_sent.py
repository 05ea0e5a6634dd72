"""Headings as people lay them out: in two rows with merged cells, with one cell blank, misspelt; one finding says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.model import Result, Severity

HEALTH = "Force,Force code,Period start,Period end,{},Note"
SURREY = ("Surrey,E23000031,2016-07-01,2017-06-30,434,13,", "Surrey,E23000031,2015-07-01,2016-06-30,391,20,")
ABUSE = (
    "force,force_code,period_start,period_end,arrests,risk_assessments,charged_summonsed,out_of_court_disposals,"
    "victim_does_not_support,other_outcomes,outcomes_total,dvpns_issued,dvpos_applied,dvpos_granted,dvpos_breached,note"
)
KENT = (
    "Kent,E23000032,2016-07-01,2017-06-30,1201,1507,311,102,203,50,666,5,4,3,1,",
    "Kent,E23000032,2015-07-01,2016-06-30,1104,1489,283,91,192,41,607,4,3,2,1,",
)
BOTH = "Rows {} contain headings, but one row was expected. "
AS_ONE = f"{BOTH}They were combined."
BY_COLUMN = (
    f"{BOTH}In each column, the lowest heading was used if it is an expected one; otherwise all the headings above the "
    "column were combined."
)


def checked(folder: Path, name: str, *lines: str) -> Result:
    """What comes of one file, in a folder of its force."""
    path = folder / ("kent" if "Kent" in "".join(lines) else "surrey") / f"{name}.csv"
    path.parent.mkdir()
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return engine.validate([path])


def said(result: Result) -> list[tuple[str, str]]:
    """Code and words of all that is said of a file."""
    return [(query.code, query.message) for query in result.queries]


STACKED: dict[str, tuple[str, list[str], list[tuple[str, str]]]] = {
    "vertical merges beside groups": (
        "domestic_abuse",
        [
            "Force,Force code,Period start,Period end,Outcomes,,,,,,,Orders,,,,Note",
            ",,,,Arrests,Risk assessments,Charged or summonsed,Out-of-court disposals,victim does not support,"
            "Other outcomes,All outcomes,DVPNs issued,DVPOs applied for,DVPOs granted,DVPOs breached,",
            *KENT,
        ],
        [("FI106", BY_COLUMN.format("1 and 2"))],
    ),
    "vertical merges beside a group": (
        "mental_health",
        [HEALTH.format("Mental health,"), ",,,,Detentions,In custody,", *SURREY],
        [("FI106", BY_COLUMN.format("1 and 2"))],
    ),
    "the names in the lower row of the merged cells": (
        "mental_health",
        [",,,,Mental health,,", HEALTH.format("Detentions,In custody"), *SURREY],
        [("FI102", "Row 1: ignored (above the headings in row 2).")],
    ),
    "titles wrapped over two rows": (
        "mental_health",
        [HEALTH.format("Detentions under the,Taken into"), ",,,,Mental Health Act,police custody,", *SURREY],
        [("FI106", AS_ONE.format("1 and 2"))],
    ),
    "titles wrapped over two rows, above a single record": (
        "mental_health",
        [HEALTH.format("Detentions under the,Taken into"), ",,,,Mental Health Act,police custody,", SURREY[0]],
        [
            ("RO110", "“Mental health detentions” has no row for 12 months to 30 June 2016 (Surrey)."),
            ("FI106", AS_ONE.format("1 and 2")),
        ],
    ),
    "a title, a band and a group": (
        "mental_health",
        [
            "Annual data requirement,,,,,,",
            HEALTH.format("Mental health,"),
            ",,,,Section 136,,",
            ",,,,Detentions [note 1],In custody,",
            *SURREY,
        ],
        [
            ("FI102", "Row 1: ignored (above the headings in row 2)."),
            ("FI106", BY_COLUMN.format("2, 3 and 4")),
        ],
    ),
    "titles above names": (
        "mental_health",
        [
            HEALTH.format("Detentions under the Mental Health Act,Taken into police custody"),
            HEALTH.format("detentions,in_custody"),
            *SURREY,
        ],
        [("FI102", "Row 1: ignored (above the headings in row 2).")],
    ),
    "names above titles, above a single record": (
        "mental_health",
        [
            HEALTH.format("detentions,in_custody"),
            HEALTH.format("Detentions under the Mental Health Act,Taken into police custody"),
            SURREY[0],
        ],
        [
            ("RO110", "“Mental health detentions” has no row for 12 months to 30 June 2016 (Surrey)."),
            ("FI102", "Row 1: ignored (above the headings in row 2)."),
        ],
    ),
    "the headings of another return above, of which there are no rows": (
        "mental_health",
        [HEALTH.format("cases,repeat_cases"), HEALTH.format("detentions,in_custody"), *SURREY],
        [("FI102", "Row 1: ignored (above the headings in row 2).")],
    ),
    "a group over dates": (
        "mental_health",
        ["Force,Force code,Period,,Detentions,In custody,Note", ",,Start,End,,,", *SURREY],
        [("FI106", BY_COLUMN.format("1 and 2"))],
    ),
    "no heading but in a row above": (
        "mental_health",
        ["Mental health,,,,Detentions,,", HEALTH.format(",In custody"), *SURREY],
        [("FI106", BY_COLUMN.format("1 and 2"))],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "lines", "found"), STACKED.values(), ids=STACKED)
def test_headings_in_several_rows(
    name: str, lines: list[str], found: list[tuple[str, str]], tmp_path: Path
) -> None:
    result = checked(tmp_path, name, *lines)
    assert said(result) == found
    (read,) = result.files
    assert (read.return_name, read.rows) == (name, sum("2016" in line for line in lines))


IN_DOUBT: dict[str, tuple[str, list[str]]] = {
    "two years side by side": (
        "mental_health",
        [
            "force,period_start,period_end,2015/16,,2016/17,",
            ",,,detentions,in_custody,detentions,in_custody",
            "Kent,2016-07-01,2017-06-30,733,57,767,41",
        ],
    ),
    "items of another total": (
        "incidents",
        [
            "force,force_code,period_start,period_end,Domestic abuse incidents,,,,,note",
            ",,,,immediate,priority,scheduled,resolved_without_deployment,total,",
            "Kent,E23000032,2016-07-01,2017-06-30,1000,2000,300,400,3700,",
            "Kent,E23000032,2015-07-01,2016-06-30,,,,,3500,",
        ],
    ),
    "two of one heading, of which one is known with its group": (
        "marac",
        [
            "Force,Force code,Period,,Repeat,All,Note",
            ",,Start,End,cases,cases,",
            "Kent,E23000032,2016-04-01,2017-03-31,829,3010,",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "lines"), IN_DOUBT.values(), ids=IN_DOUBT)
def test_headings_of_which_the_groups_tell_what_they_mean(
    name: str, lines: list[str], tmp_path: Path
) -> None:
    """What could mean two things is no figure of the return."""
    (wrong,) = (
        query for query in checked(tmp_path, name, *lines).queries if query.severity is Severity.ERROR
    )
    assert (wrong.code, f"({name})" in wrong.message) == ("RO103", True)


HEALTH_NAMES = "force,force_code,period_start,period_end,detentions,in_custody,note"
BLANK: dict[str, tuple[str, list[str], list[tuple[str, str]]]] = {
    "one of two items": (
        "mental_health",
        [HEALTH_NAMES.replace("detentions", ""), *SURREY],
        [
            (
                "FI022",
                "Column E has values but no heading in row 1, and no column is headed “Detentions under the Mental Health "
                "Act” (detentions). Is that what it holds? Its cells were not used.",
            )
        ],
    ),
    "the name of the file does not tell": (
        "return",
        [HEALTH_NAMES.replace("in_custody", "  "), *SURREY],
        [
            (
                "FI022",
                "Column F has values but no heading in row 1, and no column is headed “Taken into police custody” "
                "(in_custody). Is that what it holds? Its cells were not used.",
            )
        ],
    ),
    "all items": (
        "mental_health",
        [HEALTH_NAMES.replace("detentions,in_custody", ","), *SURREY],
        [
            (
                "FI022",
                "Columns E and F have values but no heading in row 1, and no column is headed “Detentions under the Mental "
                "Health Act” (detentions) or “Taken into police custody” (in_custody). Which of these are they? Their cells "
                "were not used.",
            )
        ],
    ),
    "one of many items": (
        "domestic_abuse",
        [ABUSE.replace("arrests", ""), *KENT],
        [
            (
                "FI022",
                "Column E has values but no heading in row 1, and no column is headed “Domestic abuse arrests” (arrests). "
                "Is that what it holds? Its cells were not used.",
            )
        ],
    ),
    "a date": (
        "domestic_abuse",
        [ABUSE.replace("period_end", ""), *KENT],
        [
            (
                "FI022",
                "Column D has values but no heading in row 1, and no column is headed “Period end” (period_end). Is that "
                "what it holds? Its cells were not used.",
            )
        ],
    ),
    "one that need not be there": (
        "domestic_abuse",
        [ABUSE.replace("force_code", ""), *KENT],
        [("FI105", "Column B has values but no heading in row 1. It was named “column B”.")],
    ),
    "one, and one of the force's own": (
        "domestic_abuse",
        [ABUSE.replace("arrests", "") + ",", *(f"{row},7" for row in KENT)],
        [
            (
                "FI022",
                "Column E has values but no heading in row 1, and no column is headed “Domestic abuse arrests” (arrests). "
                "Is that what it holds? Its cells were not used.",
            ),
            ("FI105", "Column Q has values but no heading in row 1. It was named “column Q”."),
        ],
    ),
    "one of the force's own, and a column that is missing": (
        "domestic_abuse",
        [ABUSE.replace("arrests,", "") + ",", *(",".join([*row.split(",")[:4], *row.split(",")[5:], "7"]) for row in KENT)],
        [
            ("RO104", "{path} has no column arrests (“Domestic abuse arrests”)."),
            ("FI105", "Column P has values but no heading in row 1. It was named “column P”."),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "lines", "found"), BLANK.values(), ids=BLANK)
def test_a_heading_of_which_the_cell_is_blank(
    name: str, lines: list[str], found: list[tuple[str, str]], tmp_path: Path
) -> None:
    result = checked(tmp_path, name, *lines)
    (read,) = result.files
    assert said(result) == [(code, message.replace("{path}", read.path)) for code, message in found]
    assert read.return_name == name.replace("return", "mental_health")


@pytest.mark.parametrize("more", ["", "own"])
def test_a_heading_that_is_misspelt_is_asked_about_once(more: str, tmp_path: Path) -> None:
    headings = HEALTH_NAMES.replace("in_custody", "in_custodey") + f",{more}" * bool(more)
    result = checked(tmp_path, "mental_health", headings, *(f"{row},7" if more else row for row in SURREY))
    (path,) = (read.path for read in result.files)
    found = [(query.code, query.message, query.ask) for query in result.queries]
    assert found[0] == (
        "RO104",
        f"{path} has no column in_custody (“Taken into police custody”). Is “in_custodey” meant to be this column?",
        "If it is, please correct the heading; otherwise add the column, or leave its cells blank and tell us that the "
        "item cannot be supplied.",
    )
    assert [(code, message) for code, message, _ in found[1:]] == (
        [("RO105", f"{path} has 1 column not expected in “Mental health detentions”: own.")] if more else []
    )


def test_a_heading_of_dates_that_is_misspelt(tmp_path: Path) -> None:
    headings = HEALTH_NAMES.replace("period_end", "period_ends")
    (query,) = checked(tmp_path, "mental_health", headings, *SURREY).queries
    assert (query.code, query.item, query.ask) == (
        "RO104",
        "period_end",
        "If it is, please correct the heading; otherwise add the column, and fill in each of its cells.",
    )


PERCENT = (
    "domestic_abuse.csv has no column arrests (“Domestic abuse arrests”). The heading “{}” suggests {}, but counts are "
    "expected."
)


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("arrests (%)", "percentages"),
        ("% arrests", "percentages"),
        ("Arrests [£]", "money"),
        ("arrests ±", "differences"),
    ],
)
def test_a_heading_that_speaks_of_something_else_than_a_count(
    heading: str, what: str, tmp_path: Path
) -> None:
    result = checked(tmp_path, "domestic_abuse", ABUSE.replace("arrests", heading, 1), *KENT)
    (query,) = [one for one in result.queries if one.severity is Severity.ERROR]
    assert (query.code, query.message.split("/")[-1]) == ("RO104", PERCENT.format(heading, what))


@pytest.mark.parametrize("at", [4, 5])
def test_a_percentage_beside_the_count_is_a_column_of_the_forces_own(at: int, tmp_path: Path) -> None:
    rows = [line.split(",") for line in (ABUSE, *KENT)]
    for row, cell in zip(rows, ("arrests (%)", "12", "13"), strict=True):
        row.insert(at, cell)
    result = checked(tmp_path, "domestic_abuse", *map(",".join, rows))
    assert [code for code, _ in said(result)] == ["RO105"]


@pytest.mark.parametrize("at", [4, 6, 11, 14])
def test_a_cell_that_was_inserted_where_rows_are_padded(at: int, tmp_path: Path) -> None:
    cells = KENT[0].split(",")
    pushed = ",".join([*cells[:at], "", *cells[at:-1]])
    result = checked(tmp_path, "domestic_abuse", ABUSE, pushed, KENT[1])
    (query,) = result.queries
    assert (query.code, query.locations[0].row) == ("FI021", 2)
    titles = {
        4: "Domestic abuse arrests",
        6: "Charged or summonsed",
        11: "DVPNs issued",
        14: "DVPOs breached",
    }
    assert query.message.startswith(
        f"Row 2: a number under “Note”, and nothing under “{titles[at]}”. If a cell was "
    )


def test_a_row_that_is_too_long_is_asked_about_once(tmp_path: Path) -> None:
    cells = KENT[0].split(",")
    longer = ",".join([*cells[:4], "", *cells[4:-1], "see below"])
    assert [code for code, _ in said(checked(tmp_path, "domestic_abuse", ABUSE, longer, KENT[1]))] == [
        "FI010"
    ]


def test_a_number_for_a_note_beside_all_figures_is_a_note(tmp_path: Path) -> None:
    assert said(checked(tmp_path, "domestic_abuse", ABUSE, f"{KENT[0]}2", KENT[1])) == []


@pytest.mark.parametrize("mark", ["-", "none", "None"])
def test_a_mark_that_may_stand_for_zero(mark: str, tmp_path: Path) -> None:
    (one,) = said(checked(tmp_path, "domestic_abuse", ABUSE, KENT[0].replace(",1,", f",{mark},"), KENT[1]))
    assert (one[0], one[1].endswith(" If zero is meant, please write 0.")) == ("RO115", True)


MARAC = "period_start,period_end,cases,repeat_cases,note"
KENT_CASES = ("Kent,2016-04-01,2017-03-31,3010,829,", "Kent,2015-04-01,2016-03-31,2787,827,")


@pytest.mark.parametrize("heading", ["froce", "Force name", "forces", "FORCE (name)", "force_1"])
def test_a_heading_of_the_force_that_is_misspelt_or_extended(heading: str, tmp_path: Path) -> None:
    path = tmp_path / "marac.csv"
    path.write_text("\n".join([f"{heading},{MARAC}", *KENT_CASES]) + "\n", encoding="utf-8")
    assert said(engine.validate([path])) == [
        ("RO104", f"{path.as_posix()} has no column force (“Force”). Is “{heading}” meant to be this column?")
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Domestic abuse arrests1",
        "Domestic abuse arrests (12 months)",
        "arrests_2017",
        "Domestic abuse arrest",
        "Arrests - all",
    ],
)
def test_a_heading_that_is_extended_is_asked_about_once(heading: str, tmp_path: Path) -> None:
    result = checked(tmp_path, "domestic_abuse", ABUSE.replace("arrests", heading), *KENT)
    (path,) = (read.path for read in result.files)
    assert said(result) == [
        (
            "RO104",
            f"{path} has no column arrests (“Domestic abuse arrests”). Is “{heading}” meant to be this column?",
        )
    ]


@pytest.mark.parametrize(
    "heading", ["arrestseries", "All domestic abuse arrests and more", "Force code (ONS)"]
)
def test_a_heading_that_extends_no_name_or_another_one_is_not_offered(heading: str, tmp_path: Path) -> None:
    path = tmp_path / "marac.csv"
    path.write_text("\n".join([f"{heading},{MARAC}", *KENT_CASES]) + "\n", encoding="utf-8")
    assert [code for code, _ in said(engine.validate([path]))] == ["RO104", "RO105"]
