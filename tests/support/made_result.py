"""A round's result made by hand: three forces, and one query of each kind that a renderer has to show well."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from peelcheck.model import (
    Also,
    CheckRun,
    CheckSpec,
    Collection,
    Field,
    Figure,
    FigureSet,
    Force,
    Location,
    Nouns,
    Period,
    Query,
    ReadFile,
    Reason,
    ReasonKind,
    Result,
    ReturnKind,
    ReturnSchema,
    Severity,
    Thresholds,
    Tier,
)

JUNE = Period("twelve_months", (7, 1), (6, 30), "12 months to 30 June")
MARCH = Period("twelve_months", (4, 1), (3, 31), "12 months to 31 March")
END = date(2017, 6, 30)
HOSTILE = '=HYPERLINK("x")\x1b[31m[bold red]\u202e5,850'


def _return(name: str, title: str, period: Period, *items: str) -> ReturnSchema:
    fields = tuple(Field(item, "integer", item, "", period=period, years=(2017, 2016)) for item in items)
    return ReturnSchema(
        name, title, "", ReturnKind.RETURN, "forces", fields, ("force",), False, (), f"{name}.yaml"
    )


RETURNS = (
    _return("domestic_abuse", "Domestic abuse", JUNE, "arrests", "outcomes_total", "charged"),
    _return("marac", "Multi-agency risk assessment conferences", MARCH, "cases", "repeat_cases"),
    _return("crime_records", "Crime records", JUNE),
)

COLLECTION = Collection(
    name="peel-2017",
    title="PEEL: Police effectiveness 2017",
    year=2017,
    returns={schema.name: schema for schema in RETURNS},
    across=tuple(
        CheckSpec(code, kind, severity, title, "Please check it.", "It may be wrong.", "peelcheck")
        for code, kind, severity, title in (
            ("DA101", "sums_to", Severity.ERROR, "Outcomes add up to the total"),
            ("DA201", "comparison", Severity.QUERY, "Domestic abuse arrests"),
            ("MA201", "comparison", Severity.QUERY, "MARAC repeat cases"),
        )
    ),
    measures=(),
    forces=tuple(
        Force(name, code, "England", (name,))
        for name, code in (("Durham", "E23000008"), ("Kent", "E23000032"), ("West Midlands", "E23000014"))
    ),
    out_of_scope=(),
    thresholds=Thresholds(),
    groups={},
    folder=Path("schemas/peel-2017"),
    sha256="5e" * 32,
    nouns=Nouns(area="England and Wales", number=3),
)

PEERS = (
    12.1,
    24.0,
    27.5,
    31.0,
    33.2,
    38.8,
    40.1,
    41.5,
    42.0,
    44.4,
    45.0,
    46.2,
    47.0,
    47.3,
    49.9,
    51.0,
    54.0,
    58.8,
    71.3,
)


def _query(code: str, severity: Severity, tier: Tier, force: str | None, message: str, ask: str) -> Query:
    place = Location(
        f"returns/{(force or 'none').lower().replace(' ', '-')}/domestic_abuse.csv", 2, "arrests", "118480"
    )
    return Query(
        id=f"{code.lower()}0123456"[:12],
        fingerprint="f" * 12,
        code=code,
        severity=severity,
        tier=tier,
        force=force,
        asked_of=force,
        return_name="domestic_abuse",
        item="arrests",
        measure=None,
        period_end=END,
        message=message,
        ask=ask,
        locations=(place,),
        locations_total=1,
    )


OUTLIER = replace(
    _query(
        "DA201",
        Severity.QUERY,
        Tier.SEVERE,
        "Kent",
        "540.1 arrests per 100 domestic abuse crimes (118,480 arrests): highest of the 38 forces compared, 11 times "
        "the England and Wales rate of 47.2. Based on the force's own earlier figures, about 10,113 were expected, between "
        "6,625 and 15,553. The year before, it was 11,407. Likely cause: ten times too large.",
        "Please check the number of arrests. If it is right, tell us what explains it.",
    ),
    measure="da_arrest_rate",
    value=540.1,
    unit="per 100",
    expected=46.1,
    lower=30.2,
    upper=70.9,
    score=11.8,
    factor_visible=1.5,
    area_rate=47.2,
    rank=1,
    of=38,
    previous=52.0,
    cause="ten times too large",
    peers=PEERS,
    also=(
        Also(
            "DA105",
            "118,480 arrests are more than the 21,937 domestic abuse crimes would lead one to expect.",
        ),
        Also("DA108", "Arrests rose by 939 percent on the year, and crimes by 2 percent."),
    ),
)

SUM = replace(
    _query(
        "DA101",
        Severity.ERROR,
        Tier.HARD,
        "West Midlands",
        "The outcomes add up to 5,912 and outcomes_total is 5,850, which is 62 less.",
        "Please check the total and its parts, and correct whichever is wrong.",
    ),
    item="outcomes_total",
    locations=(Location("returns/west-midlands/domestic_abuse.csv", 2, "outcomes_total", HOSTILE),),
)

MANY = replace(
    _query(
        "TY104",
        Severity.ERROR,
        Tier.HARD,
        "Kent",
        "“Chargd” is not one of the values allowed in outcome_type; did you mean “Charged or summonsed”? 299 other "
        "cells have the same problem.",
        "Please use one of the values allowed, spelt as in the template.",
    ),
    return_name="crime_records",
    item="outcome_type",
    period_end=None,
    locations=tuple(
        Location("returns/kent/crime_records.csv", row, "outcome_type", value)
        for row, value in (
            (14, "Chargd"),
            (27, "n/a"),
            (31, ""),
            (33, "+1"),
            (40, "[link=x]y[/link]"),
            (52, "x" * 90),
        )
    ),
    locations_total=300,
)

LEVEL = replace(
    _query(
        "MA201",
        Severity.QUERY,
        Tier.QUERY,
        "Durham",
        "12% of cases were repeats (60 repeat cases): lowest of the 41 forces compared, 57 percent below the England and "
        "Wales rate of 28%. Based on the other forces' figures, about 140 were expected, between 83 and 225.",
        "Please check the number of repeat cases. If it is right, tell us what explains it.",
    ),
    return_name="marac",
    item="repeat_cases",
    measure="marac_repeats",
    period_end=date(2017, 3, 31),
    value=12.0,
    unit="percent",
    area_rate=28.0,
    rank=41,
    of=41,
    previous=None,
    peers=(18.0, 22.0, 24.0, 25.0, 26.0, 26.5, 27.0, 28.0, 28.5, 29.0, 31.0, 33.0, 36.0),
    locations=(Location("returns/durham/marac.csv", 3, "repeat_cases", "60"),),
)

MISSING = replace(
    _query(
        "RO101",
        Severity.ERROR,
        Tier.HARD,
        "Kent",
        "Kent has not submitted the return “Multi-agency risk assessment conferences” (marac.csv).",
        "Please send this return, or tell us that you cannot supply it and why.",
    ),
    return_name="marac",
    item=None,
    period_end=None,
    locations=(),
    locations_total=0,
)

TABLE = replace(
    _query(
        "RO107",
        Severity.QUERY,
        Tier.QUERY,
        None,
        "The figures of “British Transport Police” in recorded_crime.csv are not part of the total.",
        "Please say which of the two totals is meant.",
    ),
    return_name="recorded_crime",
    item=None,
    locations=(Location("reference/recorded_crime.csv", 47, None, None),),
)


def _note(code: str, force: str, total: int) -> Query:
    note = _query(
        code, Severity.NOTE, Tier.NOTE, force, "Thousands separators were read.", "Nothing needs to be done."
    )
    return replace(note, id=f"{code}{force}", locations_total=total)


NOTES = (_note("CE102", "Durham", 1), _note("CE102", "Kent", 12), _note("RO105", "Kent", 1))


def result() -> Result:
    arrests = CheckRun("DA201", passed=37, failed=1)
    not_supplied = Reason(ReasonKind.NOT_SUPPLIED, "arrests", "arrest data could not be provided")
    for force in ("Durham", "Lancashire", "Warwickshire", "West Mercia"):
        arrests.skip(force, not_supplied)
    marac = CheckRun("MA201", passed=40, failed=1)
    marac.skip("Kent", Reason(ReasonKind.RETURN_NOT_RECEIVED, "marac"))
    sums = CheckRun("DA101", passed=82, failed=1)
    sums.skip("Durham", Reason(ReasonKind.LEFT_BLANK, "charged"), 2)
    return Result(
        collection=COLLECTION,
        title="PEEL 2017, a round made by hand",
        files=(
            ReadFile("returns/durham/domestic_abuse.csv", "d1" * 32, "Durham", "domestic_abuse", 2),
            ReadFile("returns/durham/marac.csv", "d2" * 32, "Durham", "marac", 2),
            ReadFile("returns/kent/crime_records.csv", "e1" * 32, "Kent", "crime_records", 48_210),
            ReadFile("returns/kent/domestic_abuse.csv", "e2" * 32, "Kent", "domestic_abuse", 2),
            ReadFile(
                "returns/west-midlands/domestic_abuse.csv", "f1" * 32, "West Midlands", "domestic_abuse", 2
            ),
            ReadFile("returns/west-midlands/marac.csv", "f2" * 32, "West Midlands", "marac", 2),
            ReadFile("reference/recorded_crime.csv", "a1" * 32, None, "recorded_crime", 46),
            ReadFile("returns/kent/\x1b]0;notes.xls", None, "Kent", None, 0),
        ),
        checks=(sums, arrests, marac),
        queries=(MANY, MISSING, SUM, OUTLIER, LEVEL, TABLE, *NOTES),
        returns_expected=9,
        returns_received=(
            ("Durham", "domestic_abuse"),
            ("Durham", "marac"),
            ("Kent", "crime_records"),
            ("Kent", "domestic_abuse"),
            ("West Midlands", "domestic_abuse"),
            ("West Midlands", "marac"),
        ),
        returns_missing=(("Kent", "marac"),),
        forces=("Durham", "Kent", "West Midlands"),
        expected_false_queries=1.37,
    )


def _figure(measure: str, title: str, force: str, **facts: object) -> Figure:
    plain = Figure(
        measure=measure,
        title=title,
        period="12 months to 30 June 2017",
        force=force,
        numerator=None,
        denominator=None,
        value=None,
        area_rate=2.1,
        area_without=2.2,
        rank=None,
        of=3,
        group_rate=None,
        group_rank=None,
        group_of=None,
        previous=None,
        previous_numerator=None,
        previous_denominator=None,
        change=None,
        change_of="rate",
        status="",
        footnote="",
        sentence="",
        unit="per crime",
        decimals=1,
        in_report=True,
    )
    return replace(plain, **facts)


RISK = ("risk_assessments", "Risk assessments per domestic abuse crime")
OCG = ("ocg_rate", "Organised crime groups per 1 million population")


def figure_set() -> FigureSet:
    """Two measures for three forces; one is out, one estimated."""
    assessed = _figure(
        *RISK,
        "West Midlands",
        numerator=28_885.0,
        denominator=22_075.0,
        value=28_885 / 22_075,
        rank=2,
        previous=1.35,
        change=-3.1,
        sentence="1.3 risk assessments per domestic abuse crime, second lowest of the 3 forces compared, 37 percent below "
        "the England and Wales rate of 2.1.",
    )
    durham = _figure(
        *RISK, "Durham", numerator=9_000.0, denominator=4_000.0, value=2.25, rank=1, status="estimated",
        footnote="Two months were estimated from the other ten.", sentence="2.3 risk assessments per domestic abuse crime."
    )  # fmt: skip
    kent = _figure(*RISK, "Kent", footnote="risk assessments not supplied (=cmd|' /C calc'!A0)")
    groups = [
        _figure(*OCG, force, numerator=n, denominator=d, value=1e6 * n / d, rank=rank, unit="per 1 million",
                area_rate=46.9, in_report=False, period="as at 1 July 2017", decimals=0, previous=None,
                sentence=f"{1e6 * n / d:.0f} organised crime groups per 1 million population.")
        for force, n, d, rank in (("Durham", 31.0, 628_000.0, 2), ("Kent", 60.0, 1_540_000.0, 3),
                                  ("West Midlands", 141.0, 2_860_000.0, 1))
    ]  # fmt: skip
    return FigureSet(
        title="PEEL 2017, a round made by hand",
        collection=COLLECTION,
        figures=(durham, kent, assessed, *groups),
        area=(
            _figure(*RISK, "England and Wales", numerator=55_000.0, denominator=26_000.0, value=2.1, previous=2.0,
                    change=5.0, of=2),
            _figure(*OCG, "England and Wales", numerator=232.0, denominator=5_028_000.0, value=46.9, unit="per 1 million",
                    area_rate=46.9, in_report=False, period="as at 1 July 2017", decimals=0),
        ),
        out={"risk_assessments": (("Kent", "risk assessments not supplied"),), "ocg_rate": ()},
    )  # fmt: skip


RULES = (
    CheckSpec(
        "DA101",
        "sums_to",
        Severity.ERROR,
        "Outcomes add up to the total",
        "Please check the outcomes and the total, and correct the figure that is wrong.",
        "Every crime has one outcome.",
        "PEEL effectiveness 2017, Annex A (internally inconsistent figures are queried)",
        parameters={
            "parts": ("charged", "other_outcomes"),
            "total": "outcomes_total",
            "within": {"percent": 0.5},
        },
        file="domestic_abuse.yaml",
        return_name="domestic_abuse",
    ),
    CheckSpec(
        "FI001", "built in", Severity.NOTE, "A file was opened", "Nothing needs to be done.", "-", "peelcheck"
    ),
)
