"""`peelcheck schema check` on collections that are whole and broken: exit code 2, with file and key on stderr."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from peelcheck.schema import load_collection
from tests.support.collections import altered, copied
from tests.support.running import peelcheck


def test_a_collection_that_is_whole(tmp_path: Path) -> None:
    collection = copied(tmp_path)
    ran = peelcheck("schema", "check", collection)
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout == (
        "peel-2017 (PEEL effectiveness 2017) contains 15 returns, 73 checks, 21 comparisons and 43 forces.\n"
        f"sha256:{load_collection(collection).sha256}\n"
    )


BROKEN = [
    ("collection.yaml", "year: 2017", "yaer: 2017", "yaer: unknown key; did you mean 'year'?"),
    ("collection.yaml", "- incidents", "- ../incidents",
     "returns[0]: '../incidents' is not a name (small letters, digits and underscores, beginning with a letter)"),
    ("forces.csv", "Bedfordshire,E23000026", "Bedfordshire,E23000036", "row 3, code: 'E23000036' is also in row 2"),
    ("domestic_abuse.yaml", "constraints: {minimum: 0}", "constraints: {minimun: 0}",
     "fields[4].constraints.minimun: unknown key; did you mean 'minimum'?"),
    ("domestic_abuse.yaml", "kind: sums_to", "kind: sum_to",
     "x-peelcheck.checks[0].kind: there is no kind of check 'sum_to'; did you mean 'sums_to'?"),
    ("domestic_abuse.yaml", "total: outcomes_total", "total: outcomes_totals",
     "x-peelcheck.checks[0].total: domestic_abuse has no column 'outcomes_totals'; did you mean 'outcomes_total'?"),
    ("domestic_abuse.yaml", '"[A-Za-z][0-9]{8}"', '"(?!x)[A-Za-z][0-9]{8}"',
     "fields[1].constraints.pattern: '(?!x)[A-Za-z][0-9]{8}' cannot be used (invalid perl operator: (?!); "
     "a pattern cannot look ahead, look behind or refer back"),
    ("across.yaml", "return: incidents", "return: incident",
     "[2].return: there is no return 'incident'; did you mean 'incidents'?"),
    ("measures.yaml", "decimals: 0", "decimals: none", "[0].decimals: expected a whole number, not 'none'"),
    ("measures.yaml", "- code: IN201", "- code: *here",
     "line 2: anchors and aliases (& and *) are not allowed; please write the value out"),
    ("measures.yaml", "- code: IN201", "- code: IN201\n\tid: x",
     "line 3: is not YAML: the line is indented with a tab; please use spaces"),
    ("incidents.yaml", "", "", "is empty"),
    ("measures.yaml", "", "", "is empty; if there is nothing to list, write []"),
    ("across.yaml", "", "# none yet\n", "is empty; if there is nothing to list, write []"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), BROKEN)
def test_a_collection_that_is_broken(file: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    collection = altered(tmp_path, file, old, new)
    ran = peelcheck("schema", "check", collection)
    assert (ran.exit_code, ran.stdout) == (2, "")
    place, line, problem = parts(ran.stderr)
    assert (place, problem) == (f"Error: {collection / file}", f"{said}\n")
    assert (
        line is None
        or new.split(":")[0].strip("- ") in (collection / file).read_text().splitlines()[line - 1]
    )


def parts(said: str) -> tuple[str, int | None, str]:
    """The file, the line and the rest of a message; a file that is read as rows has no line."""
    found = re.fullmatch(r"(.*?\.(?:yaml|csv))(?::([0-9]+))?: (.*)", said, re.DOTALL)
    assert found
    return found[1], int(found[2]) if found[2] else None, found[3]


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    collection = altered(
        tmp_path, "domestic_abuse.yaml", "constraints: {minimum: 0}", "constraints: {minimun: 0}"
    )
    for file, old, new in (
        ("marac.yaml", "severity: error", "severity: eror"),
        ("crime_file_review.yaml", "maximum: 2017-03-31", "maximum: 2016-03-31"),
        ("crime_records.yaml", "minimum: 2016-07-01", "minimum: 2018-07-01"),
        ("collection.yaml", "time_zone: Europe/London", "time_zone: Europe/Lndon"),
    ):
        path = collection / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    ran = peelcheck("schema", "check", collection)
    assert (ran.exit_code, ran.stdout) == (2, "")
    lines = [parts(line) for line in ran.stderr.splitlines()]
    files = [Path(place.removeprefix("Error: ")).name for place, _, _ in lines]
    assert set(files) == {
        "domestic_abuse.yaml",
        "marac.yaml",
        "crime_file_review.yaml",
        "crime_records.yaml",
        "collection.yaml",
    }
    for place, line, problem in lines:
        assert line is not None, problem
        shown = Path(place.removeprefix("Error: ")).read_text(encoding="utf-8").splitlines()[line - 1]
        assert problem.split(": ")[0].split(".")[-1].split("[")[0] in shown
    said = " ".join(problem for _, _, problem in lines)
    assert (
        "maximum: 2016-03-31 is before 2017, the year of the collection, so no date of that year would be accepted"
        in said
    )
    assert (
        "minimum: 2018-07-01 is after 2017, the year of the collection, so no date of that year would be accepted"
        in said
    )
    assert peelcheck("validate", tmp_path, "--schemas", tmp_path).exit_code == 2


def test_a_collection_without_comparisons_and_checks_between_returns(tmp_path: Path) -> None:
    collection = altered(tmp_path, "measures.yaml", "", "[]")
    (collection / "across.yaml").write_text("[]", encoding="utf-8")
    assert peelcheck("schema", "check", collection).exit_code == 0


def test_every_command_refuses_it(tmp_path: Path) -> None:
    collection = altered(tmp_path, *BROKEN[4][:3])
    file = tmp_path / "domestic_abuse.csv"
    file.write_text("force,period_start,period_end,arrests\n", encoding="utf-8")
    for command in ("validate", "figures"):
        ran = peelcheck(command, file, "--schemas", tmp_path)
        place, _, problem = parts(ran.stderr)
        assert (ran.exit_code, ran.stdout) == (2, "")
        assert (place, problem) == (f"Error: {collection / 'domestic_abuse.yaml'}", f"{BROKEN[4][3]}\n")


def test_a_folder_that_is_not_a_collection(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "gone", Path("/dev/null")):
        ran = peelcheck("schema", "check", folder)
        assert (ran.exit_code, ran.stdout) == (2, "")
        assert ran.stderr.startswith(f"Error: {folder / 'collection.yaml'}: cannot be read (")


def test_a_pipe_where_a_file_should_be_does_not_hang(tmp_path: Path) -> None:
    collection = copied(tmp_path)
    (collection / "collection.yaml").unlink()
    if not hasattr(os, "mkfifo"):
        pytest.skip("pipes are files on POSIX alone")
    os.mkfifo(collection / "collection.yaml")
    ran = peelcheck("schema", "check", collection)
    assert (ran.exit_code, ran.stderr) == (2, f"Error: {collection / 'collection.yaml'}: is not a file\n")


def test_what_stands_in_a_file_does_not_act_on_the_terminal(tmp_path: Path) -> None:
    collection = altered(tmp_path, "collection.yaml", "year: 2017", '"\\e[2J\\u202e": 2017')
    assert peelcheck("schema", "check", collection).stderr == (
        f"Error: {collection / 'collection.yaml'}: \\x1b[2J\\u202e: "
        "unknown key; known: title, year, periods, returns, cuts, groups, dates, time_zone, suffixes, "
        "bodies, area, codes, rules\n"
    )
