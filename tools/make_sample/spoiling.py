"""What goes wrong with a file in practice: each function spoils what its name says, in one place of a round."""

from __future__ import annotations

from collections.abc import Callable

from tools.make_sample.files import Files, Row, slug

JUNE, JUNE_BEFORE, MARCH, MARCH_BEFORE = "2017-06-30", "2016-06-30", "2017-03-31", "2016-03-31"
AS_AT = "2017-09-01"
MH, MA, DA, AP, SO, IN = (
    "mental_health",
    "marac",
    "domestic_abuse",
    "asb_powers",
    "sex_offenders",
    "incidents",
)
FILES = "crime_file_review"


def path_of(force: str, return_name: str) -> str:
    return f"returns/{slug(force)}/{return_name}.csv"


def row_of(files: Files, path: str, period_end: str, force: str) -> Row:
    return next(r for r in files[path].rows if r["period_end"] == period_end and r["force"] == force)


def times(item: str, factor: float) -> Callable[[Row], str]:
    return lambda row: str(round(int(row[item]) * factor))


def more_than(item: str) -> Callable[[Row], str]:
    return lambda row: str(int(row[item]) + 40)


def share(row: Row, share: float) -> dict[str, str]:
    """A share of every grade, and the total that they then make."""
    grades = ("immediate", "priority", "scheduled", "resolved_without_deployment")
    counts = {grade: round(int(row[grade]) * share) for grade in grades}
    return {name: str(count) for name, count in (*counts.items(), ("total", sum(counts.values())))}


def thousands(row: Row) -> dict[str, str]:
    return share(row, 0.001)


def nine_months(row: Row) -> dict[str, str]:
    return share(row, 0.75)


def swapped(row: Row) -> dict[str, str]:
    return {"cases": row["repeat_cases"], "repeat_cases": row["cases"]}


def posts_swapped(row: Row) -> dict[str, str]:
    return {"offender_managers": row["support_staff"], "support_staff": row["offender_managers"]}


def transposed(row: Row) -> str:
    return row["staff"][::-1]


def letter(row: Row) -> str:
    return row["detentions"][:-1] + "O"


def last_year(files: Files) -> None:
    path = path_of("Hampshire", DA)
    now, before = (row_of(files, path, end, "Hampshire") for end in (JUNE, JUNE_BEFORE))
    now["arrests"] = before["arrests"]


def same_grades(row: Row) -> dict[str, str]:
    moved = int(row["priority"]) - int(row["immediate"])
    return {"priority": row["immediate"], "scheduled": str(int(row["scheduled"]) + moved)}


def another_forces_row(files: Files) -> None:
    own, other = path_of("Sussex", "asb_powers"), path_of("Thames Valley", "asb_powers")
    theirs = row_of(files, other, JUNE, "Thames Valley")
    mine = row_of(files, own, JUNE, "Sussex")
    mine.update({name: cell for name, cell in theirs.items() if name not in ("force", "force_code")})


def another_forces_file(files: Files) -> None:
    files[path_of("Gwent", "mental_health")] = files[path_of("South Wales", "mental_health")]


def period_of_nine_months(files: Files) -> None:
    row_of(files, path_of("Dorset", "mental_health"), JUNE, "Dorset")["period_start"] = "2016-10-01"


def region(files: Files) -> None:
    row_of(files, path_of("West Midlands", "asb_powers"), JUNE, "West Midlands")["force_code"] = "E12000005"


def missing(files: Files) -> None:
    del files[path_of("Bedfordshire", "sex_offenders")]


def twice(files: Files) -> None:
    path = path_of("Cumbria", "marac")
    files[path.replace("marac.csv", "marac (2).csv")] = files[path]


def two_rows(files: Files) -> None:
    rows = files[path_of("Gloucestershire", "marac")].rows
    again = dict(rows[0])
    again["cases"] = str(int(again["cases"]) + 12)
    rows.append(again)


def no_return(files: Files) -> None:
    file = files[path_of("Hertfordshire", "sex_offenders")]
    file.columns = ["force", "Quarter", "Offenders", "Visits made", "Visits missed"]
    file.rows = [
        {
            "force": "Hertfordshire",
            "Quarter": "Q2",
            "Offenders": "1049",
            "Visits made": "512",
            "Visits missed": "9",
        }
    ]


def misplaced(files: Files) -> None:
    path = path_of("Northamptonshire", "organised_crime_groups")
    right, wrong = (row_of(files, path, end, "Northamptonshire") for end in (JUNE, "2017-07-01"))
    wrong["disruptions"] = right["disruptions"]


def case_file(force: str, at: int, column: str, value: str) -> Callable[[Files], None]:
    def spoil(files: Files) -> None:
        own = [row for row in files["inspection/crime_file_review.csv"].rows if row["force"] == force]
        own[at][column] = value

    return spoil


def lost_file(files: Files) -> None:
    rows = files["inspection/crime_file_review.csv"].rows
    rows.remove(next(row for row in rows if row["force"] == "Derbyshire"))


def survey(files: Files) -> None:
    row = next(r for r in files["inspection/survey_responses.csv"].rows if r["force"] == "Wiltshire")
    row["public_survey"] = "-310"


def outcomes(files: Files) -> None:
    row = row_of(files, "reference/crime_outcomes.csv", JUNE, "Gwent")
    row["victim_supports"] = str(int(row["victim_supports"]) + 900)


def transport_police(files: Files) -> None:
    rows = files["reference/recorded_crime.csv"].rows
    rows.append(
        {
            "force": "British Transport Police",
            "period_start": "2016-07-01",
            "period_end": JUNE,
            "recorded_crime": "55000",
            "note": "illustrative",
        }
    )


def unicode_text(files: Files) -> None:
    file = files[path_of("Lancashire", "marac")]
    file.encoding, file.delimiter = "utf-16", "\t"


def titles_and_semicolons(files: Files) -> None:
    file = files[path_of("Lincolnshire", "mental_health")]
    file.encoding, file.delimiter = "cp1252", ";"
    file.above = ["Mental health detentions – illustrative", "Prepared by the performance team"]


def by_day_and_month(files: Files) -> None:
    for row in files[path_of("Norfolk", "marac")].rows:
        for name in ("period_start", "period_end"):
            row[name] = "/".join(reversed(row[name].split("-")))


def footnote(files: Files) -> None:
    for row in files[path_of("Devon and Cornwall", "mental_health")].rows:
        row["force"] = "Devon & Cornwall7"


def thousands_separated(files: Files) -> None:
    row = row_of(files, path_of("Humberside", "incidents"), JUNE, "Humberside")
    row["total"] = f"{int(row['total']):,}"
