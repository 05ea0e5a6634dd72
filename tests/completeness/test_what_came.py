"""What a round lacks is said, and what came is never said not to have come."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from peelcheck import engine
from tests.support.rounds import COLUMNS, RETURN, SAMPLE, a_round
from tests.support.running import peelcheck as run
from tests.support.running import queries, refused
from tests.support.sample import sample_figures, sample_output, sample_result


def test_tables_of_others_that_are_missing(tmp_path: Path) -> None:
    missing = [q for q in queries(a_round(tmp_path)) if q["code"] == "RO118"]
    assert [q["return"] for q in missing] == [
        "antisocial_behaviour",
        "crime_file_review",
        "crime_outcomes",
        "domestic_abuse_crimes",
        "population",
        "recorded_crime",
        "survey_responses",
    ]
    assert {(q["severity"], q["force"]) for q in missing} == {("error", None)}
    assert missing[4]["message"] == (
        "The table “Population” (population.csv; Office for National Statistics) is not in the round, "
        "so the checks that use it were not run."
    )


def test_files_on_their_own_lack_nothing(tmp_path: Path) -> None:
    file = a_round(tmp_path) / "returns" / "kent" / "domestic_abuse.csv"
    assert queries(file, "--alone") == []
    page = " ".join(run("validate", file, "--alone").stdout.split())
    assert "Returns 1 received, 1 with no queries" in page
    assert "nothing could be compared with other forces, other returns or accepted figures" in page


def test_a_file_on_its_own_is_its_rows_forces(tmp_path: Path) -> None:
    path = tmp_path / "domestic_abuse.csv"
    path.write_text(RETURN, encoding="utf-8")
    (file,) = engine.validate([path]).files
    assert file.force == "Kent"
    path.write_text(RETURN.replace("Kent", "Essex", 1), encoding="utf-8")
    (file,) = engine.validate([path]).files
    assert file.force is None


def test_a_row_that_could_not_be_used_was_received(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "essex").mkdir()
    wrong = RETURN.splitlines()[1].replace("Kent", "Essex").replace("2017-06-30", "2017-05-31")
    (root / "returns" / "essex" / "domestic_abuse.csv").write_text(f"{COLUMNS}\n{wrong}\n", encoding="utf-8")
    shutil.copytree(SAMPLE / "reference", root / "reference")
    out = dict(engine.figures([root]).out["da_arrest_rate"])
    assert out["Essex"] == "arrests in a row whose force or period is not certain"
    assert out["Surrey"] == "arrests not received"


def test_a_row_that_is_missing_and_a_figure_that_is_marked_as_missing(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    for force, row in (
        ("Essex", RETURN.splitlines()[2]),
        ("Surrey", RETURN.splitlines()[1].replace("1201", "[x]")),
    ):
        (root / "returns" / force.lower()).mkdir()
        text = f"{COLUMNS}\n{row.replace('Kent', force)}\n"
        (root / "returns" / force.lower() / "domestic_abuse.csv").write_text(text, encoding="utf-8")
    shutil.copytree(SAMPLE / "reference", root / "reference")
    out = dict(engine.figures([root]).out["da_arrest_rate"])
    assert out["Essex"] == "arrests in a row that is missing"
    assert out["Surrey"] == "arrests marked as missing"
    assert "in a row whose force or period is not certain" not in run("validate", root).stdout


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "blank, and no declaration explains why."),
        ("n/a", "“n/a”, and no declaration explains why."),
        (" -   ", "“-”, and no declaration explains why. If zero is meant, please write 0."),
        ("–", "“–”, and no declaration explains why. If zero is meant, please write 0."),
    ],
)
def test_a_dash_may_be_how_a_spreadsheet_shows_zero(written: str, said: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    path = root / "returns" / "kent" / "domestic_abuse.csv"
    path.write_text(RETURN.replace(",5,4,3,1", f",5,4,3,{written}"), encoding="utf-8")
    (message,) = [q["message"] for q in queries(path) if q["code"] == "RO115"]
    assert message == f"“DVPOs breached” is {said}"


@pytest.mark.parametrize(
    ("start", "end", "long"),
    [
        ("2016-06-30", "2017-06-30", "366 days"),
        ("2016-07-01", "2017-06-29", "364 days"),
        ("2016-07-01", "2017-03-31", "9 months"),
        ("2017-02-01", "2017-02-28", "1 month"),
        ("2017-06-30", "2017-06-30", "1 day"),
    ],
)
def test_how_long_a_period_is(start: str, end: str, long: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    path = root / "returns" / "kent" / "domestic_abuse.csv"
    path.write_text(RETURN.replace("2016-07-01,2017-06-30", f"{start},{end}"), encoding="utf-8")
    (message,) = [q["message"] for q in queries(root) if q["code"] == "RO109"]
    assert f"({long}). The period asked for is" in message


def test_a_folder_of_no_force_is_said(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "kent").rename(root / "returns" / "kennt")
    (note,) = [q for q in queries(root) if q["code"] == "RO122"]
    assert note["message"] == (
        "The folder name returns/kennt does not match a force, so every row must name its force. "
        "Did you mean kent, the folder of Kent?"
    )
    assert (note["severity"], note["locations"][0]["file"]) == ("note", "returns/kennt/domestic_abuse.csv")


def test_a_folder_within_a_forces_folder_is_the_forces(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    inner = root / "returns" / "kent" / "new" / "final"
    inner.mkdir(parents=True)
    (root / "returns" / "kent" / "domestic_abuse.csv").rename(inner / "domestic_abuse.csv")
    assert {q["code"] for q in queries(root) if q["severity"] != "query"} == {"RO101", "RO118"}
    (inner / "domestic_abuse.csv").write_text(RETURN.replace("Kent", "Essex"), encoding="utf-8")
    (query,) = [q for q in queries(root) if q["code"] == "RO106"]
    assert (query["force"], query["locations"][0]["file"]) == (
        "Kent",
        "returns/kent/new/final/domestic_abuse.csv",
    )


@pytest.mark.slow
def test_two_versions_of_a_table_of_others_are_one_question(tmp_path: Path) -> None:
    root = tmp_path / "round"
    shutil.copytree(SAMPLE, root)
    population = root / "reference" / "population.csv"
    before = queries(root)
    shutil.copy(population, root / "reference" / "population v2.csv")
    (more,) = [q for q in queries(root) if q["id"] not in {one["id"] for one in before}]
    assert (more["code"], more["return"], more["force"]) == ("RO102", "population", None)
    lines = population.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    half = len(lines) // 2
    population.write_text("".join(lines[:half]), encoding="utf-8")
    (root / "reference" / "population v2.csv").write_text(
        "".join([lines[0], *lines[half:]]), encoding="utf-8"
    )
    assert {q["id"] for q in queries(root)} == {one["id"] for one in before}


def test_a_return_under_the_name_of_another(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    kent = root / "returns" / "kent"
    shutil.copy(kent / "domestic_abuse.csv", kent / "mental_health.csv")
    (query,) = [q for q in queries(root) if q["code"] == "RO102"]
    assert query["message"] == (
        "returns/kent/mental_health.csv contains the return “Domestic abuse”, which is also in "
        "returns/kent/domestic_abuse.csv "
        "(the two files are identical). From its name, it should contain “Mental health detentions”."
    )


def test_a_return_in_the_folder_of_others_tables(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "reference").mkdir()
    (root / "returns" / "kent" / "domestic_abuse.csv").rename(root / "reference" / "domestic_abuse.csv")
    (query,) = [q for q in queries(root) if q["code"] == "RO103"]
    assert query["message"] == (
        "The column headings of reference/domestic_abuse.csv do not match any return that belongs in reference/. They "
        "match “Domestic abuse” "
        "(domestic_abuse), which belongs in returns/."
    )


def test_a_file_with_no_heading_in_common_is_told_what_a_return_has(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "kent" / "workings.csv").write_text("month,count\nJuly,7\n", encoding="utf-8")
    (query,) = [q for q in queries(root) if q["code"] == "RO103"]
    assert query["message"] == (
        "The column headings of returns/kent/workings.csv do not match any return. The closest is “Multi-agency risk "
        "assessment conferences” (marac). Its columns are force, period_start, period_end, cases and repeat_cases."
    )


def test_a_file_that_is_named_after_a_return_is_nearest_to_it(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "kent" / "Kent ASB powers.csv").write_text("a,b\nx,7\n", encoding="utf-8")
    (query,) = [q for q in queries(root) if q["code"] == "RO103"]
    assert (
        "(asb_powers). Its columns are force, period_start, period_end, criminal_behaviour_orders, "
        in query["message"]
    )


@pytest.mark.slow
def test_a_folder_of_no_force_is_one_note_however_many_files_lie_in_it(tmp_path: Path) -> None:
    root = tmp_path / "round"
    shutil.copytree(SAMPLE, root)
    (root / "returns" / "kent").rename(root / "returns" / "zzz")
    (note,) = [q for q in queries(root) if q["code"] == "RO122"]
    assert (
        note["message"]
        == "The folder name returns/zzz does not match a force, so every row must name its force."
    )
    assert note["locations_total"] == len(list((root / "returns" / "zzz").iterdir()))


def test_the_heading_of_a_query_says_its_period(tmp_path: Path) -> None:
    page = sample_output("validate")
    assert "sex_offenders · staff · as at 1 September 2017" in page
    assert "asb_powers · 12 months to 30 June 2017" in page, "a whole row"
    assert "mental_health · period_start\n" in page, "of which the period is not certain"


def test_a_row_in_two_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.csv").write_text(RETURN, encoding="utf-8")
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    (repeated,) = (q for q in queries(one, two) if q["code"] == "RO111")
    assert repeated["message"] == (
        f"Kent has another row for the same period: row 2 of {one} (the two are identical). "
        "1 other row has the same problem."
    )
    assert [(place["file"], place["row"]) for place in repeated["locations"]] == [
        (str(two), 2),
        (str(two), 3),
    ]


@pytest.mark.parametrize(
    ("measure", "footnote"),
    [
        (
            "da_arrest_rate",
            "The England and Wales figure includes the figure of Kent, which is far from what was expected; "
            "without it, the England and Wales figure is 48",
        ),
        (
            "detention_rate",
            "The England and Wales figure includes the figures of Essex and Nottinghamshire, which are far from what was "
            "expected; without them, the England and Wales figure is 50",
        ),
        (
            "marac_repeat_share",
            "The England and Wales figure includes the figure of South Yorkshire, which is far from what was "
            "expected; without it, the England and Wales figure is 27%",
        ),
        ("da_risk_assessments", ""),
    ],
)
def test_figures_say_which_bend_the_england_and_wales_figure(measure: str, footnote: str) -> None:
    area = {figure.measure: figure for figure in sample_figures().area}
    assert area[measure].footnote == footnote
    asked = [q for q in sample_result().queries if q.measure == measure]
    if footnote:  # what a query says of England and Wales is what stands there as without them
        assert {f"{q.area_rate:.0f}" for q in asked} == {footnote.rstrip("%")[-2:]}


def test_one_force_is_told_nothing_of_others(tmp_path: Path) -> None:
    findings = tmp_path / "findings.csv"
    out = json.loads(
        run("validate", SAMPLE, "--force", "kent", "--findings", findings, "--format", "json").stdout
    )
    lines = findings.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert lines
    assert {line.split(",")[2] for line in lines} == {'"Kent"'}
    assert {skipped["force"] for check in out["checks"] for skipped in check["not_run"]} <= {None, "Kent"}
    assert 0 < out["summary"]["expected_false_queries"] < 1


@pytest.mark.slow
def test_a_force_is_asked_only_about_what_it_sends_itself() -> None:
    """Of Wiltshire the sample round asks one thing; the other is in the inspectorate's own survey."""
    whole = [(q.code, q.asked_of) for q in sample_result().queries if q.force == "Wiltshire"]
    assert sorted(whole) == [("SO101", "Wiltshire"), ("TY102", "the inspectorate")]
    out = json.loads(run("validate", SAMPLE, "--force", "wiltshire", "--format", "json").stdout)
    assert [(q["code"], q["asked_of"]) for q in out["queries"]] == [("SO101", "Wiltshire")]
    assert out["summary"]["left_out"] == 1
    page = run("validate", SAMPLE, "--force", "wiltshire").stdout
    assert (
        "Others    1 query about reference and inspection tables not shown (the inspectorate 1); to see them,\n"
        "          run without --force\n"
    ) in page
    assert "Others" not in run("validate", SAMPLE, "--force", "kent").stdout


@pytest.mark.slow
def test_a_table_of_others_is_to_be_completed_not_declared_by_the_force(tmp_path: Path) -> None:
    root = tmp_path / "round"
    shutil.copytree(SAMPLE, root)
    table = root / "reference" / "population.csv"
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    kept = [line for line in lines if not line.startswith("Kent,") or "2015-06-30" in line]
    table.write_text("\n".join(kept) + "\n", encoding="utf-8")
    (query,) = [q for q in queries(root) if q["code"] == "RO110"]
    assert (query["force"], query["asked_of"]) == ("Kent", "Office for National Statistics")
    assert (
        query["ask"] == "Please complete the table, or declare that there is no such figure for this force."
    )


def test_every_return_of_one_force_that_came_is_counted(tmp_path: Path) -> None:
    """Hertfordshire's return on sex offenders could not be recognised; crime records are not owed."""
    page = run("validate", SAMPLE, "--force", "hertfordshire").stdout
    assert "Returns   7 of 7 received, 6 with no queries" in page


def test_a_table_of_others_is_named_as_theirs() -> None:
    page = sample_output("validate")
    assert "antisocial_behaviour · asb_incidents · supplied by Office for National Statistics" in page
    assert "domestic_abuse · arrests · supplied by" not in page


def test_a_row_twice_among_the_accepted_figures_stops_the_run(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "history").mkdir()
    again = RETURN.splitlines()[2].replace("1104", "1105")
    (root / "history" / "domestic_abuse.csv").write_text(
        "\n".join([COLUMNS, RETURN.splitlines()[2], again]) + "\n", encoding="utf-8"
    )
    ran = run("validate", root)
    assert ran.exit_code == 2
    assert (
        "history/domestic_abuse.csv: row 3, period_end: Kent has another row for the same period: row 2."
        in ran.stderr
    )


def test_two_bad_cells_of_an_item_are_two_queries_if_they_are_bad_in_two_ways(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    path = root / "returns" / "kent" / "domestic_abuse.csv"
    path.write_text(RETURN.replace("1201", "12o1").replace("1104", "about x"), encoding="utf-8")
    bad = [q for q in queries(root) if q["item"] == "arrests" and q["code"].startswith("CE")]
    assert sorted((q["locations"][0]["row"], q["locations"][0]["value"], q["also"]) for q in bad) == [
        (2, "12o1", []),
        (3, "about x", []),
    ]


def test_the_change_of_england_and_wales_is_that_of_the_same_forces(tmp_path: Path) -> None:
    """Kent doubles and all others stand still; Essex, which sent nothing this year, would make it a fall."""
    root = a_round(tmp_path)
    shutil.copytree(SAMPLE / "reference", root / "reference")
    table = (SAMPLE / "reference" / "domestic_abuse_crimes.csv").read_text(encoding="utf-8-sig")
    crimes = {
        (row["force"], row["period_end"][:4]): int(row["domestic_abuse_crimes"])
        for row in csv.DictReader(table.splitlines())
        if row["domestic_abuse_crimes"].isdecimal()
    }
    forces = {force for force, year in crimes if (force, "2017") in crimes and (force, "2016") in crimes}
    sent = {force: {"Kent": "2208", "Essex": ""}.get(force, "1104") for force in forces}
    for force, arrests in sent.items():
        folder = root / "returns" / force.lower().replace(" ", "-")
        folder.mkdir(exist_ok=True)
        text = RETURN.replace("1201", arrests).replace("Kent", force)
        (folder / "domestic_abuse.csv").write_text(text, encoding="utf-8")
    both = forces - {"Essex"}
    below = {year: sum(crimes[force, year] for force in both) for year in ("2017", "2016")}
    rise = sum(int(sent[force]) for force in both) / below["2017"] / (1104 * len(both) / below["2016"])
    (national,) = [f for f in engine.figures([root]).area if f.measure == "da_arrest_rate"]
    assert national.change == pytest.approx(100 * (rise - 1))


def test_there_is_no_england_and_wales_of_one_force(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    shutil.copytree(SAMPLE / "reference", root / "reference")
    found = engine.figures([root], force="Kent")
    (own,) = [f for f in found.figures if f.measure == "da_arrest_rate"]
    (national,) = [f for f in found.area if f.measure == "da_arrest_rate"]
    assert own.value is not None
    assert own.sentence == "6 arrests per 100 domestic abuse crimes."
    assert (own.rank, own.area_rate, own.area_without) == (None, None, None)
    assert (national.value, national.numerator, national.change) == (None, None, None)
    assert national.footnote == (
        "Fewer than half of the forces have a figure, so there is no figure for England and Wales"
    )


def test_history_of_this_year_and_of_long_ago(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "history").mkdir()
    for start, end, column in ((2016, 2017, "period_start"), (2010, 2011, "period_end")):
        row = RETURN.splitlines()[1].replace("2016-07-01,2017-06-30", f"{start}-07-01,{end}-06-30")
        (root / "history" / "domestic_abuse.csv").write_text(f"{COLUMNS}\n{row}\n", encoding="utf-8")
        ran = run("validate", root)
        assert (ran.exit_code, ran.stderr) == (
            2,
            f"Error: history/domestic_abuse.csv: row 2, {column}: The row covers 1 July {start} to 30 June {end} "
            "(12 months). History must be for the years 2012 to 2016.\n",
        )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",arrests,", ",arests,", "row 1: domestic_abuse has no column 'arests'; did you mean 'arrests'?"),
        (
            ",1104,",
            ",-5,",
            "row 2, arrests: “Domestic abuse arrests” is “-5”; the smallest value allowed is 0.",
        ),
    ],
)
def test_a_mistake_in_history_stops_the_run(old: str, new: str, said: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "history").mkdir()
    history = "\n".join([COLUMNS, RETURN.splitlines()[2]]) + "\n"
    assert history.count(old) == 1
    (root / "history" / "domestic_abuse.csv").write_text(history.replace(old, new), encoding="utf-8")
    assert refused(root) == f"history/domestic_abuse.csv: {said}"


def test_what_a_collection_no_longer_has_is_said_and_left_out(tmp_path: Path) -> None:
    """A field, a return and an item were dropped; the accepted figures and the declarations are of earlier years."""
    root = a_round(tmp_path)
    (root / "history").mkdir()
    history = "\n".join([COLUMNS + ",mood,weather", RETURN.splitlines()[2] + ",3,4"]) + "\n"
    (root / "history" / "domestic_abuse.csv").write_text(history, encoding="utf-8")
    (root / "history" / "horses.csv").write_text("force\nKent\n", encoding="utf-8")
    (root / "declarations.csv").write_text(
        "force,with,return,item,measure,period_end,status,reason,source\n"
        "Kent,,horses,,,2016-06-30,not_supplied,No horses,\n"
        "Kent,,domestic_abuse,mood,,2016-06-30,estimated,Guessed,\n"
        "Kent,,,,horse_rate,2016-06-30,not_comparable,No horses,\n",
        encoding="utf-8",
    )
    result = engine.validate([root])
    notes = [
        (q.severity, q.message, [(p.file, p.row) for p in q.locations])
        for q in result.queries
        if q.code == "RO128"
    ]
    assert sorted(notes) == [
        (
            "note",
            "peel-2017 does not have a column 'mood' of domestic_abuse and a column 'weather' of domestic_abuse. "
            "They were left out.",
            [("history/domestic_abuse.csv", 1)],
        ),
        (
            "note",
            "peel-2017 does not have a return 'horses', an item 'mood' of domestic_abuse and a measure 'horse_rate'. "
            "They were left out.",
            [("declarations.csv", 2), ("declarations.csv", 3), ("declarations.csv", 4)],
        ),
        (
            "note",
            "peel-2017 does not have a return 'horses'. It was left out.",
            [("history/horses.csv", None)],
        ),
    ]
    (restated,) = [check for check in result.checks if check.code == "DA105"]
    assert restated.passed, "what is left is compared as before"


def test_without_history_restatements_are_not_run(tmp_path: Path) -> None:
    result = engine.validate([a_round(tmp_path)])
    (restated,) = [check for check in result.checks if check.code == "DA105"]
    assert (restated.passed, restated.failed) == (0, 0)
    assert {(skipped.force, skipped.reason.words()) for skipped in restated.not_run} == {
        ("Kent", "no accepted figure")
    }


def test_a_figure_in_the_row_of_a_year_that_it_is_not_asked_for_in(tmp_path: Path) -> None:
    """Incidents by grade are new this year: last year's row has their total alone. A row of 2015 is the force's past."""
    root = a_round(tmp_path)
    columns = "force,period_start,period_end,immediate,priority,scheduled,resolved_without_deployment,total,domestic_abuse"
    rows = ["2016-07-01,2017-06-30,10,20,30,40,100,9", "2015-07-01,2016-06-30,11,0,,,101,9"]
    rows += ["2014-07-01,2015-06-30,11,22,33,44,110,9"]
    text = "\n".join([columns, *(f"Kent,{row}" for row in rows)]) + "\n"
    (root / "returns" / "kent" / "incidents.csv").write_text(text, encoding="utf-8")
    assert [
        (q["item"], q["locations"][0]["row"], q["message"]) for q in queries(root) if q["code"] == "RO112"
    ] == [
        (
            "immediate",
            3,
            "“Immediate response” is in the row for 12 months to 30 June 2016, but "
            "it is asked for 12 months to 30 June 2017 only.",
        )
    ]


def test_history_under_another_name(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "history").mkdir()
    (root / "history" / "domestic abuse.csv").write_text(RETURN, encoding="utf-8")
    ran = run("validate", root)
    assert (ran.exit_code, ran.stderr) == (
        2,
        "Error: history/domestic abuse.csv: a file of accepted figures must be named after its return, and no return "
        "has this name; did you mean 'domestic_abuse'?\n",
    )


@pytest.mark.slow
def test_what_is_declared_not_to_come_has_not_come(tmp_path: Path) -> None:
    root = tmp_path / "round"
    shutil.copytree(SAMPLE, root)
    before = engine.validate([root])
    (root / "returns" / "surrey" / "sex_offenders.csv").unlink()
    with (root / "declarations.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(
            ["Surrey", "", "sex_offenders", "", "", "", "not_supplied", "no system", ""]
        )
    after = engine.validate([root])
    assert len(after.returns_received) == len(before.returns_received) - 1
    assert after.returns_missing == before.returns_missing


WORKBOOK = b"PK\x03\x04 xl/workbook.xml"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("domestic_abuse.xlsm", WORKBOOK, [("FI003", "domestic_abuse")]),
        ("domestic_abuse.xlsb", WORKBOOK, [("FI003", "domestic_abuse")]),
        ("Domestic-Abuse.XLSX", WORKBOOK, [("FI003", "domestic_abuse")]),
        ("Kent domestic abuse return.xlsx", WORKBOOK, [("FI003", "domestic_abuse")]),
        ("domestic_abuse.csv.xlsx", WORKBOOK, [("FI003", "domestic_abuse")]),
        ("domestic_abuse.zip", b"PK\x03\x04 domestic_abuse.csv", [("FI001", "domestic_abuse")]),
        ("domestic_abuse", RETURN.encode(), []),
        ("domestic_abuse.csv ", RETURN.encode(), []),
        ("domestic_abuse.csv.bak", RETURN.encode(), []),
        ("readme.csv", b"Please fill in\n", [("FI110", "readme"), ("RO101", "domestic_abuse")]),
        ("letter.docx", b"PK\x03\x04 word/document.xml", [("FI110", "letter"), ("RO101", "domestic_abuse")]),
    ],
)
def test_what_lies_in_a_forces_folder_under_any_name(
    name: str, content: bytes, said: list[tuple[str, str]], tmp_path: Path
) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "kent" / "domestic_abuse.csv").unlink()
    (root / "returns" / "kent" / name).write_bytes(content)
    kent = [q for q in queries(root) if q["force"] == "Kent"]
    missing = [q for q in kent if q["code"] == "RO101" and q["return"] != "domestic_abuse"]
    assert sorted((q["code"], q["return"]) for q in kent if q not in missing) == said


def test_a_folder_of_nothing_but_what_the_system_puts_there(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "kent" / "domestic_abuse.csv").rename(root / "returns" / "kent" / "Thumbs.db")
    assert run("validate", root).exit_code == 2


@pytest.mark.slow
def test_a_return_beside_below_or_above_another_in_one_file_is_not_asked_for_as_missing(
    tmp_path: Path,
) -> None:
    root = tmp_path / "round"
    shutil.copytree(SAMPLE, root)
    kent = root / "returns" / "kent"
    marac, other = kent / "marac.csv", kent / "mental_health.csv"
    left, right = (path.read_text(encoding="utf-8-sig").splitlines() for path in (marac, other))
    rows = [f"{one},{more}" for one, more in zip(left, right, strict=True)]
    marac.write_text("\n".join(rows) + "\n", encoding="utf-8")
    other.unlink()
    about = [(q["code"], q["return"]) for q in queries(root) if q["force"] == "Kent"]
    assert ("FI014", "marac") in about
    assert not {code for code, _ in about} & {"RO101", "RO118"}
    marac.write_text("\n".join([*left, "", *right]) + "\n", encoding="utf-8")
    about = [(q["code"], q["return"]) for q in queries(root) if q["force"] == "Kent"]
    assert ("FI014", "marac") in about
    assert "RO101" not in {code for code, _ in about}
    marac.write_text("\n".join([*right, "", *left]) + "\n", encoding="utf-8")
    about = [(q["code"], q["return"]) for q in queries(root) if q["force"] == "Kent"]
    assert {"FI014", "FI018"} & {code for code, _ in about}
    assert "RO101" not in {code for code, _ in about}
    marac.write_text("\n".join(left) + "\n", encoding="utf-8")
    assert ("RO101", "mental_health") in [(q["code"], q["return"]) for q in queries(root)]
