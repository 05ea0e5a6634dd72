"""`collection.yaml` and `forces.csv`: one change to the real ones, and the exact refusal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from peelcheck.errors import UsageError
from peelcheck.schema import find_collection, load_collection
from tests.support.collections import altered, copied, refused

JUNE = "year_to_june: {twelve_months_to: 30 June}"
EXPECTED_PERIOD = "expected one of: twelve_months_to, as_at, as_at_between, from with to"
NAME = "is not a name (small letters, digits and underscores, beginning with a letter)"


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ("title: PEEL", "titel: PEEL", "titel", "unknown key; did you mean 'title'?"),
        ("year: 2017", "", "", "the key 'year' is missing"),
        ("year: 2017", "year: about 2017", "year", "expected a whole number, not 'about 2017'"),
        ("year: 2017", "year: 201", "year", "expected at least 1900, not 201"),
        ("year: 2017", "year: 20170630", "year", "expected at most 2200, not 20170630"),
        ("year: 2017", "year: true", "year", "expected a whole number, not true"),
        ("title: PEEL effectiveness 2017", "title: 2017", "title", "expected a text, not 2017; please put it in quotes"),
        ("title: PEEL effectiveness", "title: 2017-06-30 #", "title",
         "expected a text, not 2017-06-30; please put it in quotes"),
        ("title: PEEL effectiveness 2017", "title:", "title", "expected a text, not a blank"),
        ("title: PEEL effectiveness 2017", "title: [PEEL]", "title", "expected a text, not a list"),
        ("title: PEEL effectiveness 2017", "title: ' '", "title", "expected a text, not ' '"),
    ],
)  # fmt: skip
def test_collection(old: str, new: str, key: str, problem: str, tmp_path: Path) -> None:
    assert refused(altered(tmp_path, "collection.yaml", old, new)) == ("collection.yaml", key, problem)


@pytest.mark.parametrize(
    ("period", "key", "problem"),
    [
        ("{twelve_month_to: 30 June}", ".twelve_month_to", "unknown key; did you mean 'twelve_months_to'?"),
        ("{as_at: 1 July, twelve_months_to: 30 June}", "", EXPECTED_PERIOD),
        ("{to: 30 June}", "", EXPECTED_PERIOD),
        ("{}", "", EXPECTED_PERIOD),
        ("{from: 1 July}", "", "the key 'to' is missing"),
        ("{from: 1 July, to: 30 June}", "", "the first date is after the last; a period must be within one year"),
        ("{as_at_between: [1 July]}", ".as_at_between", "expected the first and the last accepted date"),
        ("{as_at_between: [31 July, 1 July]}", "", "the first date is after the last; a period must be within one year"),
        ("{twelve_months_to: 29 June}", ".twelve_months_to", "expected the last day of a month other than February"),
        ("{twelve_months_to: 28 February}", ".twelve_months_to", "expected the last day of a month other than February"),
        ("{as_at: 31 June}", ".as_at", "'31 June' is not a day and month such as 30 June"),
        ("{as_at: 29 February}", ".as_at", "'29 February' is not a day and month such as 30 June"),
        ("{as_at: 30 june}", ".as_at", "'30 june' is not a day and month such as 30 June"),
        ("{as_at: June}", ".as_at", "'June' is not a day and month such as 30 June"),
        ("{as_at: ٣٠ June}", ".as_at", "'٣٠ June' is not a day and month such as 30 June"),
        ("{as_at: 2017-06-30}", ".as_at", "expected a text, not 2017-06-30; please put it in quotes"),
        ("12 months to 30 June", "",
         "expected a table with the keys twelve_months_to, as_at, as_at_between, from, to, not '12 months to 30 June'"),
    ],
)  # fmt: skip
def test_periods(period: str, key: str, problem: str, tmp_path: Path) -> None:
    collection = altered(tmp_path, "collection.yaml", JUNE, f"year_to_june: {period}")
    assert refused(collection) == ("collection.yaml", f"periods.year_to_june{key}", problem)


def test_a_day_of_thousands_of_digits(tmp_path: Path) -> None:
    collection = altered(tmp_path, "collection.yaml", "30 June", f"{'3' * 5000} June")
    assert refused(collection)[2] == f"'{'3' * 60}…' is not a day and month such as 30 June"


def test_the_name_of_a_period_is_a_text(tmp_path: Path) -> None:
    collection = altered(tmp_path, "collection.yaml", "year_to_june:", "2017:")
    problem = "expected a name as the key; please put it in quotes"
    assert refused(collection) == ("collection.yaml", "periods.2017", problem)


@pytest.mark.parametrize(
    ("name", "key", "problem"),
    [
        ("gone", "[0]", "there is no file gone.yaml"),
        ("incident", "[0]", "there is no file incident.yaml; did you mean 'incidents'?"),
        ("../peel-2017/incidents", "[0]", f"'../peel-2017/incidents' {NAME}"),
        ("/etc/passwd", "[0]", f"'/etc/passwd' {NAME}"),
        ("..", "[0]", f"'..' {NAME}"),
        ('"incidents\\0"', "[0]", f"'incidents\\x00' {NAME}"),
        ("Incidents", "[0]", f"'Incidents' {NAME}"),
        ("2017", "[0]", "expected a text, not 2017; please put it in quotes"),
        ("measures", "[0]", "'measures' cannot be the name of a return; measures.yaml has another use"),
        ("collection", "[0]", "'collection' cannot be the name of a return; collection.yaml has another use"),
        ("domestic_abuse", "[1]", "'domestic_abuse' appears twice"),
    ],
)  # fmt: skip
def test_names_of_returns(name: str, key: str, problem: str, tmp_path: Path) -> None:
    collection = altered(tmp_path, "collection.yaml", "- incidents", f"- {name}")
    assert refused(collection) == ("collection.yaml", f"returns{key}", problem)


def test_no_returns(tmp_path: Path) -> None:
    text = "title: x\nyear: 2017\nperiods: {}\nreturns: []\n"
    assert refused(altered(tmp_path, "collection.yaml", "", text)) == (
        "collection.yaml", "returns", "expected at least one return",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["burglary.yaml", "burglary.yml", "incidents.yml"])
def test_a_file_that_is_not_listed(name: str, tmp_path: Path) -> None:
    collection = copied(tmp_path)
    (collection / name).write_text("", encoding="utf-8")
    assert refused(collection) == (
        "collection.yaml",
        "returns",
        f"{name} is in the folder but not in this list",
    )


def test_a_return_that_is_no_file(tmp_path: Path) -> None:
    collection = copied(tmp_path)
    (collection / "incidents.yaml").unlink()
    if not hasattr(os, "mkfifo"):
        pytest.skip("pipes are files on POSIX alone")
    os.mkfifo(collection / "incidents.yaml")
    assert refused(collection) == ("collection.yaml", "returns[0]", "there is no file incidents.yaml")


@pytest.mark.parametrize(
    ("cuts", "key", "problem"),
    [
        ("{chnge_query: 4}", "cuts.chnge_query", "unknown key; did you mean 'change_query'?"),
        ("{change_query: high}", "cuts.change_query", "expected a number, not 'high'"),
        ("{change_query: 0}", "cuts.change_query", "expected a number above 0 and up to 100, not 0"),
        ("{peer_query: 101}", "cuts.peer_query", "expected a number above 0 and up to 100, not 101"),
        ("{peer_query: 9, peer_severe: 8}", "cuts", "peer_severe is below peer_query"),
        ("4", "cuts", "expected a table with the keys change_query, change_severe, peer_query, peer_severe, "
                      "alone_query, alone_severe, false_with_history, false_alone, false_high, false_item, "
                      "false_item_high, not 4"),
    ],
)  # fmt: skip
def test_cuts(cuts: str, key: str, problem: str, tmp_path: Path) -> None:
    collection = copied(tmp_path)
    text = (collection / "collection.yaml").read_text(encoding="utf-8").partition("\ncuts:")[0]
    (collection / "collection.yaml").write_text(f"{text}\ncuts: {cuts}\n", encoding="utf-8")
    assert refused(collection) == ("collection.yaml", key, problem)


@pytest.mark.parametrize(
    ("groups", "key", "problem"),
    [
        ("{Kemt: [Essex]}", "groups.Kemt", "there is no force 'Kemt'; did you mean 'Kent'?"),
        ("{Kent: [Esex]}", "groups.Kent[0]", "there is no force 'Esex'; did you mean 'Essex'?"),
        ("{Kent: [Essex, Kent]}", "groups.Kent", "a force cannot be in its own group"),
        ("{Kent: [Essex, Essex]}", "groups.Kent[1]", "'Essex' appears twice"),
        ("{Kent: []}", "groups.Kent", "expected at least one force"),
        ("{Kent: Essex}", "groups.Kent", "expected a list, not 'Essex'"),
        ("[Kent, Essex]", "groups", "expected a table, not a list"),
    ],
)  # fmt: skip
def test_groups(groups: str, key: str, problem: str, tmp_path: Path) -> None:
    collection = altered(tmp_path, "collection.yaml", "year: 2017", f"year: 2017\ngroups: {groups}")
    assert refused(collection) == ("collection.yaml", key, problem)


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ("name,code", "name,cod", "row 1", "expected the columns name, code, country, spellings, out_of_scope"),
        ("Bedfordshire,E23000026", "Bedfordshire,E23000036", "row 3, code", "'E23000036' is also in row 2"),
        ("Bedfordshire Police", "avon & somerset", "row 3, spellings", "'avon & somerset' is also in row 2"),
        ("Bedfordshire Police", "Avon-and-Somerset", "row 3, spellings", "'Avon-and-Somerset' is also in row 2"),
        ("Bedfordshire,", ",", "row 3, name", "is blank"),
        ("E23000026", "E2300026", "row 3, code",
         "'E2300026' is not a code (a capital letter and eight digits, such as E23000014)"),
        ("Bedfordshire Police,", "Bedfordshire Police,,and,more", "row 3", "has more cells than there are columns"),
        ("Beds; Bedfordshire Police", '"Beds"; Bedfordshire Police', "line 3", "is not CSV (',' expected after '\"')"),
        (",South West,", ',"South West,', "line 63", "is not CSV (unexpected end of data)"),
        ("", "", "row 1", "expected the columns name, code, country, spellings, out_of_scope"),
        ("", "name,code,country,spellings,out_of_scope\n\n,,,,\n", "", "contains no forces"),
    ],
)  # fmt: skip
def test_forces(old: str, new: str, key: str, problem: str, tmp_path: Path) -> None:
    assert refused(altered(tmp_path, "forces.csv", old, new)) == ("forces.csv", key, problem)


def test_rows_of_forces_are_numbered_as_in_a_spreadsheet(tmp_path: Path) -> None:
    collection = altered(tmp_path, "forces.csv", "\nBedfordshire,E23000026", "\n\n\nBedfordshire,E23000036")
    assert refused(collection) == ("forces.csv", "row 5, code", "'E23000036' is also in row 2")


def test_forces_in_another_encoding(tmp_path: Path) -> None:
    collection = copied(tmp_path)
    (collection / "forces.csv").write_bytes(b"name,code,country,spellings,out_of_scope\nK\xe9nt,,,,\n")
    assert refused(collection) == ("forces.csv", "byte 42", "is not UTF-8; please save the file as UTF-8")


@pytest.mark.parametrize("file", ["forces.csv", "measures.yaml", "across.yaml", "collection.yaml"])
def test_a_file_that_is_not_there_or_is_a_pipe(file: str, tmp_path: Path) -> None:
    collection = copied(tmp_path)
    (collection / file).unlink()
    assert refused(collection) == (file, "", "cannot be read (No such file or directory)")
    if not hasattr(os, "mkfifo"):
        pytest.skip("pipes are files on POSIX alone")
    os.mkfifo(collection / file)
    assert refused(collection) == (file, "", "is not a file")


@pytest.mark.parametrize(
    "name", ["../peel-2017", "/etc", ".", "", "peel-2017/", "peel-2017\n", "peel_2017", "z" * 300]
)
def test_a_collection_is_found_by_name_and_never_by_path(name: str) -> None:
    with pytest.raises(UsageError, match=r"^there is no collection .* in .*(peel-2017)"):
        find_collection(name)


def test_a_collection_in_the_folder_that_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copied(tmp_path))
    assert load_collection(Path()).name == "peel-2017"


@pytest.mark.slow
def test_the_checksum_covers_every_file(tmp_path: Path) -> None:
    collection = copied(tmp_path)
    seen = {load_collection(collection).sha256}
    files = sorted(path for path in collection.iterdir() if path.is_file())
    for path in files:
        path.write_bytes(path.read_bytes() + b"\n")
        seen.add(load_collection(collection).sha256)
    assert len(seen) == len(files) + 1


def test_line_ends_do_not_change_the_checksum(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "schemas" / "peel-2017"
    for name, ends in (("unix", b"\n"), ("windows", b"\r\n")):
        (tmp_path / name).mkdir()
        for file in filter(Path.is_file, source.iterdir()):
            content = file.read_bytes().replace(b"\r\n", b"\n")
            (tmp_path / name / file.name).write_bytes(content.replace(b"\n", ends))
    unix, windows = (load_collection(tmp_path / name) for name in ("unix", "windows"))
    assert unix.sha256 == windows.sha256
