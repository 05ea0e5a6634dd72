"""Queries that are accepted: not asked again while the figures stay, asked again with the reason when they move."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.rounds import COLUMNS, ROUND, write_return
from tests.support.running import peelcheck


def a_round(folder: Path, total: str = "665") -> Path:
    """A round with one file, whose outcomes add up to 666."""
    (folder / "round.yaml").write_text(ROUND + "due: 2017-12-31\n", encoding="utf-8")
    write_return(folder / "returns", total=total)
    return folder


def result_of(root: Path, *arguments: str | Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(peelcheck("validate", root, "--format", "json", *arguments).stdout)
    return result


def ids(result: dict[str, Any], code: str = "DA101") -> list[str]:
    return [query["id"] for query in result["queries"] if query["code"] == code]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A round in which the query about the sum is accepted."""
    folder = a_round(tmp_path)
    (identity,) = ids(result_of(folder))
    ran = peelcheck(
        "validate", folder, "--accept", identity, "--reason", "Known to  both", "--by", "A. Smith", "--quiet"
    )
    assert ran.stderr == f"1 query accepted in {folder / 'accepted.csv'}\n"
    return folder


def rows_of(root: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((root / "accepted.csv").read_text(encoding="utf-8-sig").splitlines()))


def spoil(root: Path, **cells: str) -> None:
    """Write the file again with other cells in its row."""
    (row,) = rows_of(root)
    with (root / "accepted.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row | cells)


def test_what_was_accepted_is_not_asked_again(root: Path) -> None:
    result = result_of(root)
    assert ids(result) == []
    assert [(one["code"], one["reason"], one["by"], one["date"]) for one in result["accepted"]] == [
        ("DA101", "Known to both", "A. Smith", "2017-10-31")
    ]
    assert result["summary"]["accepted"] == 1
    assert "1 query accepted earlier" in peelcheck("validate", root).stdout
    assert {
        f["item"]: f["value"] for f in result["accepted"][0]["figures"] if f["period_end"] == "2017-06-30"
    } == {
        "charged_summonsed": 311,
        "other_outcomes": 50,
        "out_of_court_disposals": 102,
        "outcomes_total": 665,
        "victim_does_not_support": 203,
    }


def test_the_file_says_what_was_accepted(root: Path) -> None:
    (row,) = rows_of(root)
    assert (row["code"], row["force"], row["return"], row["item"]) == (
        "DA101",
        "Kent",
        "domestic_abuse",
        "outcomes_total",
    )
    assert "domestic_abuse.outcomes_total 2017-06-30 = 665" in row["figures"]
    assert (row["within"], row["until"], row["reason"], row["by"], row["date"]) == (
        "1% or 2", "", "Known to both", "A. Smith", "2017-10-31",
    )  # fmt: skip


@pytest.mark.parametrize(("total", "asked"), [("664", False), ("660", False), ("650", True), ("1665", True)])
def test_a_figure_is_asked_about_again_when_it_leaves_its_band(total: str, asked: bool, root: Path) -> None:
    write_return(root / "returns", total=total)
    result = result_of(root)
    assert bool(ids(result)) is asked
    if asked:
        (query,) = [query for query in result["queries"] if query["code"] == "DA101"]
        assert query["status"] == "reopened"
        assert query["reopened"]["reason"] == "Known to both"
        page = " ".join(peelcheck("validate", root).stdout.split())
        assert "Accepted before, on 31 October 2017 by A. Smith at " in page
        assert f"“Known to both”. Since then outcomes_total is now {int(total):,}." in page
        assert "outcomes_total 665" in page


def test_how_a_number_is_written_does_not_matter(root: Path) -> None:
    file = root / "returns" / "kent" / "domestic_abuse.csv"
    text = file.read_text(encoding="utf-8")
    cells = text.splitlines()[1].split(",")
    cells[COLUMNS.split(",").index("outcomes_total")] = '" 665 "'
    cells[COLUMNS.split(",").index("arrests")] = '"1,201"'
    file.write_text("\n".join([COLUMNS, ",".join(cells), *text.splitlines()[2:], ""]), encoding="utf-8")
    assert ids(result_of(root)) == []


@pytest.mark.parametrize(
    ("until", "day", "asked"),
    [
        ("2017-10-31", "2017-10-31", False),
        ("2017-10-30", "2017-10-31", True),
        ("2017", "2017-12-31", False),
        ("2017", "2018-01-01", True),
    ],
)
def test_it_counts_until_its_last_day(until: str, day: str, asked: bool, root: Path) -> None:
    spoil(root, until=until)
    assert bool(ids(result_of(root, "--as-of", day))) is asked


@pytest.mark.parametrize(
    ("within", "total", "asked"),
    [("5%", "640", False), ("5%", "630", True), ("10", "656", False), ("10", "654", True)],
)
def test_the_band_is_the_one_that_was_given(within: str, total: str, asked: bool, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    peelcheck("validate", root, "--accept", *ids(result_of(root)), "--reason", "x", "--within", within)
    write_return(root / "returns", total=total)
    assert bool(ids(result_of(root))) is asked


def test_the_exit_code_is_that_of_what_is_left(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    assert peelcheck("validate", root).exit_code == 1
    ran = peelcheck("validate", root, "--accept-all", "--reason", "Known", "--fail-on", "query")
    assert (ran.exit_code, ran.stderr) == (
        0,
        f"{len(rows_of(root))} queries accepted in {root / 'accepted.csv'}\n",
    )
    assert peelcheck("validate", root, "--fail-on", "query").exit_code == 0


def test_what_kept_a_figure_from_being_used_cannot_be_accepted(tmp_path: Path) -> None:
    root = a_round(tmp_path, total="66x")
    (identity,) = ids(result_of(root), "CE001")
    ran = peelcheck("validate", root, "--accept", identity, "--reason", "x")
    said = f"{identity} (CE001) cannot be accepted: what it is about is not used until it is corrected"
    assert (ran.exit_code, ran.stderr) == (2, f"Error: {said}\n")
    ran = peelcheck("validate", root, "--accept-all", "--reason", "x")
    assert "; 1 cannot be accepted, because what it is about is not used until it is corrected" in ran.stderr
    assert ran.exit_code == 1
    assert ids(result_of(root), "CE001") == [identity]


def test_a_query_about_no_figure_is_known_by_its_fingerprint(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    late = ("--as-of", "2018-01-01")
    missing = ids(result_of(root, *late), "RO101")
    peelcheck("validate", root, *late, "--accept", missing[0], "--reason", "They have none")
    assert ids(result_of(root, *late), "RO101") == missing[1:]
    spoil(root, fingerprint="0" * 12)
    assert ids(result_of(root, *late), "RO101") == missing


def test_what_is_no_longer_raised_is_named(root: Path) -> None:
    write_return(root / "returns", total="666")
    (note,) = [query for query in result_of(root)["queries"] if query["code"] == "RO129"]
    identity = rows_of(root)[0]["id"]
    assert note["message"] == f"No longer raised: DA101 Kent outcomes_total ({identity})."
    assert [(place["file"], place["row"]) for place in note["locations"]] == [("accepted.csv", 2)]


def test_accepting_again_replaces_the_row(root: Path) -> None:
    write_return(root / "returns", total="600")
    (identity,) = ids(result_of(root))
    peelcheck("validate", root, "--accept", identity, "--reason", "Corrected to 600")
    (row,) = rows_of(root)
    assert row["reason"] == "Corrected to 600"
    assert "= 600" in row["figures"]
    assert ids(result_of(root)) == []


def test_files_without_a_round_name_their_file(tmp_path: Path) -> None:
    file, kept = write_return(tmp_path, total="665"), tmp_path / "kept" / "known.csv"
    kept.parent.mkdir()
    (identity,) = ids(result_of(file))
    ran = peelcheck("validate", file, "--accept", identity, "--reason", "x")
    said = "there is no round to keep accepted queries in; please name a file with --accepted FILE"
    assert (ran.exit_code, ran.stderr) == (2, f"Error: {said}\n")
    assert (
        peelcheck("validate", file, "--accept", identity, "--reason", "x", "--accepted", kept).exit_code == 0
    )
    assert ids(result_of(file, "--accepted", kept)) == []
    assert ids(result_of(file)) == [identity]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_file_may_be_saved_by_a_spreadsheet(encoding: str, delimiter: str, root: Path) -> None:
    (row,) = rows_of(root)
    row |= {"period_end": "30/06/2017", "date": "31/10/2017", "until": "31/12/2018", "by": "Siân"}
    with (root / "accepted.csv").open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(row), delimiter=delimiter)
        writer.writeheader()
        writer.writerow(row)
    (one,) = result_of(root)["accepted"]
    assert (one["by"], one["date"], one["until"]) == ("Siân", "2017-10-31", "2018-12-31")


def test_a_reason_that_looks_like_a_formula_is_kept(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    peelcheck("validate", root, "--accept", *ids(result_of(root)), "--reason", '=HYPERLINK("x")')
    assert rows_of(root)[0]["reason"] == '\'=HYPERLINK("x")'
    assert result_of(root)["accepted"][0]["reason"] == '=HYPERLINK("x")'


def test_a_file_that_is_not_there_is_no_file_without_rows(tmp_path: Path) -> None:
    ran = peelcheck("validate", write_return(tmp_path), "--accepted", tmp_path / "known.csv")
    said = f"{tmp_path / 'known.csv'}: there is no such file of accepted queries"
    assert (ran.exit_code, ran.stderr) == (2, f"Error: {said}\n")
    kept = tmp_path / "k.csv"
    ran = peelcheck("validate", write_return(tmp_path), "--accept-all", "--reason", "x", "--accepted", kept)
    assert (ran.exit_code, ran.stderr, kept.exists()) == (0, "No query was accepted\n", False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--accept", "0123456789ab"], "--accept and --accept-all need --reason TEXT: why is it accepted?"),
        (
            ["--accept-all", "--reason", " "],
            "--accept and --accept-all need --reason TEXT: why is it accepted?",
        ),
        (
            ["--accept", "a", "--accept-all", "--reason", "x"],
            "--accept and --accept-all cannot be used together",
        ),
        (["--reason", "x"], "--reason needs --accept ID or --accept-all"),
        (["--until", "2018"], "--until needs --accept ID or --accept-all"),
        (["--accept", "0123456789ab", "--reason", "x"], "there is no open query with the id '0123456789ab'"),
        (
            ["--accept-all", "--reason", "x", "--within", "a lot"],
            "--within: expected a percentage, a number or both, such as 5% or 10, not 'a lot'",
        ),
        (
            ["--accept-all", "--reason", "x", "--until", "soon"],
            "--until: expected a date such as 2017-12-31, or a year, not 'soon'",
        ),
    ],
)
def test_what_cannot_be_accepted_is_said(arguments: list[str], said: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    ran = peelcheck("validate", root, *arguments)
    assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", f"Error: {said}\n")
    assert not (root / "accepted.csv").exists()


@pytest.mark.parametrize(
    ("cells", "key", "said"),
    [
        ({"id": "DA101"}, "id", "'DA101' is not the id of a query (12 letters and digits)"),
        (
            {"id": "1.23457E+11"},
            "id",
            "'1.23457E+11' is not the id of a query (12 letters and digits); a spreadsheet has made a number of it",
        ),
        ({"force": "Kemt"}, "force", "there is no force 'Kemt'; did you mean 'Kent'?"),
        ({"reason": ""}, "reason", "expected a text, not a blank"),
        ({"within": "1"}, "", ""),
        (
            {"within": "about 1"},
            "within",
            "expected a percentage, a number or both, such as 5% or 10, not 'about 1'",
        ),
        (
            {"figures": "665"},
            "figures",
            "expected figures such as domestic_abuse.arrests 2017-06-30 = 8772, not '665'",
        ),
        ({"until": "2017-13-01"}, "until", "expected a date such as 2017-12-31, or a year, not '2017-13-01'"),
        ({"date": "2017"}, "date", "expected a date such as 2017-12-31, not '2017'"),
    ],
)
def test_a_mistake_in_the_file_stops_the_run(cells: dict[str, str], key: str, said: str, root: Path) -> None:
    spoil(root, **cells)
    ran = peelcheck("validate", root)
    if not said:
        assert ids(result_of(root)) == []
        return
    assert (ran.exit_code, ran.stderr) == (2, f"Error: {root / 'accepted.csv'}: row 2, {key}: {said}\n")


def test_nothing_is_accepted_if_the_run_fails(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    ran = peelcheck("validate", root, "--accept-all", "--reason", "x", "--output", tmp_path / "no" / "x.json")
    assert (ran.exit_code, (root / "accepted.csv").exists()) == (2, False)


def test_a_day_that_is_over_is_refused(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    ran = peelcheck("validate", root, "--accept-all", "--reason", "x", "--until", "2016")
    said = "Error: --until 2016-12-31 is before 2017-10-31, the date of the run\n"
    assert (ran.exit_code, ran.stderr, (root / "accepted.csv").exists()) == (2, said, False)


def test_accepted_queries_are_not_kept_among_received_files(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    kept = root / "returns" / "kent" / "known.csv"
    ran = peelcheck("validate", root, "--accept-all", "--reason", "x", "--accepted", kept)
    said = f"Error: {kept}: would be mistaken for a file to be checked; please choose another folder\n"
    assert (ran.exit_code, ran.stderr, kept.exists()) == (2, said, False)


@pytest.mark.parametrize("form", ["csv", "markdown", "junit", "sarif", "github", "lines"])
def test_every_format_quotes_the_reason_of_a_query_that_is_open_again(form: str, root: Path) -> None:
    write_return(root / "returns", total="600")
    assert "Known to both" in peelcheck("validate", root, "--format", form).stdout
