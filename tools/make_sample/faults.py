"""The planted faults: what was done to which file, and every query and note that it must raise.

No fault touches a count that enters a figure of the report, so that those figures come out of the spoiled round too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tools.make_sample import spoiling as s
from tools.make_sample.files import Files, Row
from tools.make_sample.spoiling import (
    AP,
    AS_AT,
    DA,
    FILES,
    IN,
    JUNE,
    MA,
    MARCH,
    MARCH_BEFORE,
    MH,
    SO,
    path_of,
    row_of,
)


@dataclass(frozen=True)
class Raised:
    """One query or note: `period_end` is "" where it is about a file, `item` where it is about a row or a file."""

    force: str
    return_name: str
    item: str
    period_end: str
    code: str


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong in practice, planted in one place."""

    what: str
    spoil: Callable[[Files], None]
    raised: tuple[Raised, ...]


def spoil(files: Files) -> None:
    """Plant every fault."""
    for fault in FAULTS:
        fault.spoil(files)


def _cell(
    what: str,
    force: str,
    return_name: str,
    item: str,
    period_end: str,
    change: Callable[[Row], str | dict[str, str]],
    *codes: str | Raised,
) -> Fault:
    """A force's row changed; raised at the item unless another place is given."""

    def spoil_cell(files: Files) -> None:
        row = row_of(files, path_of(force, return_name), period_end, force)
        changed = change(row)
        row.update(changed if isinstance(changed, dict) else {item: changed})

    raised = [
        code if isinstance(code, Raised) else Raised(force, return_name, item, period_end, code)
        for code in codes
    ]
    return Fault(what, spoil_cell, tuple(raised))


FAULTS: tuple[Fault, ...] = (
    # wrong by a factor, or not a whole year
    _cell("ten times too large", "Kent", DA, "arrests", JUNE, s.times("arrests", 10), "DA201"),
    _cell(
        "a hundred times too large",
        "Nottinghamshire",
        MH,
        "detentions",
        JUNE,
        s.times("detentions", 100),
        "MH201",
    ),
    _cell("ten times too small", "Essex", MH, "detentions", JUNE, s.times("detentions", 0.1), "MH201"),
    _cell(
        "entered in thousands",
        "Surrey",
        IN,
        "total",
        JUNE,
        s.thousands,
        "IN201",
    ),
    _cell("nine of twelve months", "Norfolk", IN, "total", JUNE, s.nine_months, "IN201"),
    Fault(
        "the dates of nine months",
        s.period_of_nine_months,
        (Raised("Dorset", MH, "period_start", "", "RO109"),),
    ),
    # in the wrong place
    _cell("columns swapped", "Devon and Cornwall", MA, "repeat_cases", MARCH, s.swapped, "MA201"),
    Fault("last year's figure", s.last_year, (Raised("Hampshire", DA, "arrests", JUNE, "DA104"),)),
    _cell("one grade in two columns", "Leicestershire", IN, "priority", JUNE, s.same_grades, "IN107"),
    _cell(
        "posts in the wrong column",
        "North Wales",
        SO,
        "registered_sex_offenders",
        AS_AT,
        s.posts_swapped,
        "SO102",
    ),
    Fault(
        "a figure in the row for another period",
        s.misplaced,
        (Raised("Northamptonshire", "organised_crime_groups", "disruptions", "2017-07-01", "RO112"),),
    ),
    # another force's, or a region's
    Fault(
        "another force's row",
        s.another_forces_row,
        (Raised("Sussex", AP, "", JUNE, "RO113"), Raised("Thames Valley", AP, "", JUNE, "RO113")),
    ),
    Fault(
        "another force's file",
        s.another_forces_file,
        (Raised("Gwent", MH, "force", "", "RO106"),),
    ),
    Fault("the region's code", s.region, (Raised("West Midlands", AP, "force_code", "", "RO108"),)),
    # parts, totals and subsets
    _cell("a total without a part", "Cleveland", AP, "dispersal_orders", JUNE, lambda _: "", "AP103"),
    _cell("two digits transposed", "Wiltshire", SO, "staff", AS_AT, s.transposed, "SO101"),
    _cell(
        "more granted than applied for",
        "Merseyside",
        DA,
        "dvpos_granted",
        JUNE,
        s.more_than("dvpos_applied"),
        "DA102",
    ),
    _cell(
        "more in custody than all detentions",
        "Greater Manchester",
        MH,
        "in_custody",
        JUNE,
        s.more_than("detentions"),
        "MH101",
    ),
    Fault(
        "outcomes that do not add up",
        s.outcomes,
        (Raised("Gwent", "crime_outcomes", "total", JUNE, "CO101"),),
    ),
    # against what was said or accepted before
    _cell("restated", "Northumbria", MA, "cases", MARCH_BEFORE, s.times("cases", 1.15), "MA105"),
    _cell(
        "a zero for a missing figure", "South Yorkshire", MA, "repeat_cases", MARCH, lambda _: "0", "MA201"
    ),
    _cell("supplied although declared", "Durham", DA, "arrests", JUNE, lambda _: "3127", "RO114"),
    _cell("a blank with no explanation", "Cheshire", DA, "dvpns_issued", JUNE, lambda _: "..", "RO115"),
    # what was not submitted, was submitted twice, or is not a return
    Fault("a return not submitted", s.missing, (Raised("Bedfordshire", SO, "", "", "RO101"),)),
    Fault("the same return twice", s.twice, (Raised("Cumbria", MA, "", "", "RO102"),)),
    Fault("two rows for one period", s.two_rows, (Raised("Gloucestershire", MA, "period_end", "", "RO111"),)),
    Fault("not a return", s.no_return, (Raised("Hertfordshire", SO, "", "", "RO103"),)),
    # cells that cannot be read, or break a limit
    _cell("a letter for a digit", "Avon and Somerset", MH, "detentions", JUNE, s.letter, "CE001"),
    _cell("below zero", "Suffolk", MA, "repeat_cases", MARCH, lambda row: f"-{row['repeat_cases']}", "TY102"),
    Fault(
        "a crime recorded before the period",
        s.case_file("Staffordshire", 7, "date_recorded", "2016-12-30"),
        (Raised("Staffordshire", FILES, "date_recorded", "", "TY102"),),
    ),
    Fault(
        "a crime type misspelt",
        s.case_file("Cambridgeshire", 11, "crime_type", "stalkng"),
        (Raised("Cambridgeshire", FILES, "crime_type", "", "TY104"),),
    ),
    Fault(
        "a crime recorded before it was committed",
        s.case_file("Dyfed-Powys", 20, "date_committed", "2017-04-02"),
        (Raised("Dyfed-Powys", FILES, "date_recorded", "", "FR102"),),
    ),
    Fault("a case file lost", s.lost_file, (Raised("Derbyshire", FILES, "force", "", "FR101"),)),
    Fault(
        "a digit lost",
        s.survey,
        (Raised("Wiltshire", "survey_responses", "public_survey", "2017-08-31", "TY102"),),
    ),
    # read all the same, with a note
    Fault(
        "a body that is out of scope",
        s.transport_police,
        (Raised("", "recorded_crime", "force", "", "RO107"),),
    ),
    Fault("thousands separators", s.thousands_separated, (Raised("Humberside", IN, "total", "", "CE102"),)),
    Fault("saved as Unicode text", s.unicode_text, (Raised("Lancashire", MA, "", "", "FI101"),)),
    Fault(
        "titles above, semicolons, Windows-1252",
        s.titles_and_semicolons,
        (Raised("Lincolnshire", MH, "", "", "FI101"), Raised("Lincolnshire", MH, "", "", "FI102")),
    ),
    Fault(
        "dates by day and month",
        s.by_day_and_month,
        (
            Raised("Norfolk", MA, "period_start", "", "CE109"),
            Raised("Norfolk", MA, "period_end", "", "CE106"),
        ),
    ),
    Fault(
        "a footnote in the force's name",
        s.footnote,
        (Raised("Devon and Cornwall", MH, "force", "", "CE107"),),
    ),
)
