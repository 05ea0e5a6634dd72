"""The ids of queries about files: a renamed file keeps them, and two files of one force and return have their own."""

from __future__ import annotations

from pathlib import Path

from peelcheck import engine
from tests.support.rounds import COLUMNS, RETURN, a_round

TITLED = f"Kent: our figures\n{RETURN}"


def ids(root: Path) -> dict[tuple[str, str], str]:
    """The id of each query about a file, by its code and the file."""
    queries = engine.validate([root]).queries
    return {(q.code, q.locations[0].file): q.id for q in queries if q.code.startswith("FI")}


def test_a_renamed_file_keeps_its_ids(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    path = root / "returns" / "kent" / "domestic_abuse.csv"
    path.write_text(TITLED, encoding="utf-8")
    before = ids(root)
    path.rename(path.with_name("Kent domestic abuse (final).csv"))
    after = ids(root)
    assert list(before) == [("FI102", "returns/kent/domestic_abuse.csv")]
    assert list(after) == [("FI102", "returns/kent/Kent domestic abuse (final).csv")]
    assert list(before.values()) == list(after.values())


def test_two_files_of_one_force_and_return_stay_apart(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    lines = RETURN.splitlines()
    for name, line in (("domestic_abuse", lines[1]), ("domestic_abuse 2", lines[2])):
        text = f"Kent: our figures\n{COLUMNS}\n{line}\n"
        (root / "returns" / "kent" / f"{name}.csv").write_text(text, encoding="utf-8")
    both = ids(root)
    assert {file for _, file in both} == {
        "returns/kent/domestic_abuse.csv",
        "returns/kent/domestic_abuse 2.csv",
    }
    assert len(set(both.values())) == len(both) == 2


def test_the_same_fault_in_the_files_of_two_forces(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "kent" / "domestic_abuse.csv").write_text(TITLED, encoding="utf-8")
    (root / "returns" / "essex").mkdir()
    essex = TITLED.replace("Kent", "Essex").replace("E23000032", "E23000028")
    (root / "returns" / "essex" / "domestic_abuse.csv").write_text(essex, encoding="utf-8")
    both = ids(root)
    assert len(set(both.values())) == len(both) == 2
