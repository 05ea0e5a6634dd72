"""Cases beside a collection, and `schema check` in the formats of `validate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.collections import altered, copied
from tests.support.running import peelcheck

CASE = """
- name: more repeat cases than cases
  files:
    marac: |
      force,period_start,period_end,cases,repeat_cases
      Kent,2016-04-01,2017-03-31,829,1010
      Kent,2015-04-01,2016-03-31,887,827
  found:
    - {code: MA101, return: marac, row: 2, column: repeat_cases}
"""


def collection_with(folder: Path, cases: str) -> Path:
    collection = copied(folder)
    for file in (collection / "cases").glob("*.yaml"):
        file.unlink()
    (collection / "cases" / "own.yaml").write_text(cases, encoding="utf-8")
    return collection


def test_the_cases_that_come_with_the_program_pass() -> None:
    ran = peelcheck("schema", "test")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout.endswith(" cases, 0 failed\n")


def test_a_case_that_passes(tmp_path: Path) -> None:
    ran = peelcheck("schema", "test", collection_with(tmp_path, CASE))
    assert (ran.exit_code, ran.stdout) == (0, "1 case, 0 failed\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "row: 2",
            "row: 3",
            "expected MA101 in marac, row 3, repeat_cases; found MA101 in marac, row 2, repeat_cases",
        ),
        ("829,1010", "1010,829", "expected MA101 in marac, row 2, repeat_cases"),
        (
            "- {code: MA101, return: marac, row: 2, column: repeat_cases}",
            "[]",
            "found MA101 in marac, row 2, repeat_cases",
        ),
    ],
)
def test_a_case_that_fails_says_what_came_instead(old: str, new: str, said: str, tmp_path: Path) -> None:
    collection = collection_with(tmp_path, CASE.replace(old, new))
    ran = peelcheck("schema", "test", collection)
    file = collection / "cases" / "own.yaml"
    assert (ran.exit_code, ran.stderr) == (1, "")
    assert ran.stdout == f"{file}: more repeat cases than cases: {said}\n1 case, 1 failed\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("found:", "fund:", "fund: unknown key; did you mean 'found'?"),
        ("    marac: |", "    marak: |", "files.marak: there is no return 'marak'; did you mean 'marac'?"),
        ("row: 2", "row: 0", "found[0].row: expected at least 1, not 0"),
    ],
)
def test_a_case_that_is_wrong_is_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    ran = peelcheck("schema", "test", collection_with(tmp_path, CASE.replace(old, new)))
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.endswith(f"own.yaml: [0].{said}\n")


def test_a_collection_without_cases_is_no_success(tmp_path: Path) -> None:
    collection = collection_with(tmp_path, CASE)
    (collection / "cases" / "own.yaml").unlink()
    ran = peelcheck("schema", "test", collection)
    assert (ran.exit_code, ran.stderr) == (2, f"Error: {collection}: has no cases (cases/*.yaml)\n")


def test_cases_are_no_part_of_the_checksum(tmp_path: Path) -> None:
    collection = collection_with(tmp_path, CASE)
    before = peelcheck("schema", "check", collection).stdout
    (collection / "cases" / "own.yaml").write_text(CASE + "# more\n", encoding="utf-8")
    assert peelcheck("schema", "check", collection).stdout == before


@pytest.mark.parametrize("form", ["json", "csv", "markdown", "junit", "sarif", "github", "lines"])
def test_what_is_wrong_in_a_schema_in_every_format(form: str, tmp_path: Path) -> None:
    collection = altered(tmp_path, "marac.yaml", "severity: error", "severity: eror")
    ran = peelcheck("schema", "check", collection, "--format", form)
    assert ran.exit_code == 2
    assert ran.stderr.startswith(f"Error: {collection / 'marac.yaml'}:")
    for part in ("marac.yaml", "SC001"):
        assert part.replace(".", "&#46;") in ran.stdout or part in ran.stdout
    fine = peelcheck("schema", "check", copied(tmp_path / "fine"), "--format", form)
    assert (fine.exit_code, fine.stderr, "SC001" in fine.stdout) == (0, "", False)


def test_what_is_wrong_in_a_file_beside_the_message(tmp_path: Path) -> None:
    collection = altered(tmp_path, "marac.yaml", "severity: error", "severity: eror")
    ran = peelcheck("schema", "check", collection, "--output", tmp_path / "result.json")
    assert (ran.exit_code, ran.stdout) == (2, "")
    (query,) = json.loads((tmp_path / "result.json").read_bytes())["queries"]
    (place,) = query["locations"]
    line = (collection / "marac.yaml").read_text(encoding="utf-8").splitlines()[place["line"] - 1]
    assert "severity: eror" in line
