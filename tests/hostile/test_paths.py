"""Tricks with paths: whatever leads elsewhere, never ends or is no file is said and not opened, and nothing hangs.

Pipes, devices, sockets and links that stand in the place of a round's files, and files without the right to read them, are in
`tests/rounds/test_round_folder.py` and `test_round_files.py`; names that a terminal would obey in `test_cells.py`.
Here is what those leave: the files of a collection, paths where a name is expected, links between the files of a round, and
paths that are too long.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.collections import without_line
from tests.support.harmless import harmless
from tests.support.rounds import TABLE, csv_of, with_cell
from tests.support.rounds import a_small_round as a_round
from tests.support.running import Found, found, peelcheck, validate

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="links, pipes and devices are made otherwise on Windows"
)

NO_FILE = "is not a file (a device, a pipe or a folder)"
LOOP = f"cannot be read ({os.strerror(40)})" if sys.platform == "linux" else ""
DECLARED = "force,with,return,item,measure,period_end,status,reason,source\n"


def unopened(root: Path) -> set[tuple[str | None, str]]:
    """Force and message of everything that could not be opened; the rest of the round is read."""
    with harmless(root):
        ran = validate(root, "--format", "json")
    assert (ran.exit_code, ran.stderr) == (1, "")
    result = json.loads(ran.stdout)
    assert [
        file["rows"] for file in result["files"] if file["path"] == "returns/kent/domestic_abuse.csv"
    ] == [2]
    return {(query["force"], query["message"]) for query in result["queries"] if query["code"] == "FI001"}


def refused(root: Path, *arguments: str) -> str:
    """What is said of a run that does not begin."""
    with harmless(root):
        ran = validate(root, *arguments)
    assert (ran.exit_code, ran.stdout) == (2, "")
    return without_line(ran.stderr).removeprefix("Error: ").removesuffix("\n").replace(str(root.parent), "")


# --- the files of a collection ------------------------------------------------------------------------------------------


def a_socket(path: Path) -> None:
    """A socket's name may not be long, so that it is made where it is to be."""
    here = Path.cwd()
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path.name)
    os.chdir(here)


MADE: dict[str, Callable[[Path], None]] = {
    "a pipe": lambda path: os.mkfifo(path),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a folder": Path.mkdir,
    "a socket": a_socket,
    "a circle": lambda path: path.symlink_to(path),
    "nowhere": lambda path: path.symlink_to("gone"),
}
NOT_READ = {
    "a circle": LOOP,
    "nowhere": f"cannot be read ({os.strerror(2)})",
}


@pytest.mark.skipif(sys.platform != "linux", reason="the words are those of Linux")
@pytest.mark.parametrize("what", MADE)
@pytest.mark.parametrize(
    "file", ["collection.yaml", "measures.yaml", "across.yaml", "domestic_abuse.yaml", "forces.csv"]
)
def test_a_file_of_a_collection_that_is_none(file: str, what: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    path = tmp_path / "schemas" / "one-return" / file
    path.unlink()
    MADE[what](path)
    said = f"/schemas/one-return/{file}: {NOT_READ.get(what, 'is not a file')}"
    if file == "domestic_abuse.yaml":
        said = "/schemas/one-return/collection.yaml: returns[0]: there is no file domestic_abuse.yaml"
    assert refused(root) == said


@pytest.mark.parametrize("schemas", ["/dev/zero", "/dev/null", "round/round.yaml", "gone", "n" * 300, "loop"])
def test_a_folder_of_schemas_that_is_none(schemas: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    with harmless(root):
        ran = peelcheck("validate", root, "--schemas", tmp_path / schemas)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"Error: {tmp_path / schemas}: ")


def test_links_among_the_schemas_that_lead_round_in_circles(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (tmp_path / "schemas" / "loop").symlink_to("loop")
    (tmp_path / "schemas" / "above").symlink_to("..")
    (tmp_path / "schemas" / "one-return" / "below").symlink_to(".")
    assert unopened(root) == set()


# --- paths where a name is expected --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("..", "; known: one-return"),
        ("/etc", "; known: one-return"),
        ("*", "; known: one-return"),
        ("../schemas/one-return", "; did you mean 'one-return'?"),
        ("./one-return", "; did you mean 'one-return'?"),
        ("one-return/", "; did you mean 'one-return'?"),
        ("?ne-return", "; did you mean 'one-return'?"),
    ],
)
def test_a_collection_is_a_name_and_no_path(name: str, said: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    assert refused(root, "--collection", name) == f"there is no collection {name!r} in /schemas{said}"
    (root / "round.yaml").write_text(f"collection: '{name}'\ntitle: A round\n", encoding="utf-8")
    assert refused(root) == f"/round/round.yaml: collection: there is no collection {name!r}{said}"


@pytest.mark.parametrize(
    "name", ["../domestic_abuse", "/etc/passwd", "./domestic_abuse", "domestic_abuse.yaml", "domestic_abuse/"]
)
def test_a_return_is_a_name_and_no_path(name: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    path = tmp_path / "schemas" / "one-return" / "collection.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("[domestic_abuse]", f"['{name}']"), encoding="utf-8"
    )
    said = (
        f"returns[0]: {name!r} is not a name (small letters, digits and underscores, beginning with a letter)"
    )
    assert refused(root) == f"/schemas/one-return/collection.yaml: {said}"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("../kent,,domestic_abuse,arrests,,,caveat,a,b", "force: there is no force '../kent'"),
        ("Kent,/etc,domestic_abuse,arrests,,,combined,a,b", "with: there is no force '/etc'"),
        ("Kent,,./domestic_abuse,arrests,,,caveat,a,b", "return: there is no return './domestic_abuse'"),
        ("Kent,,domestic_abuse,/etc/passwd,,,caveat,a,b", "item: there is no item '/etc/passwd'"),
        ("Kent,,,,../x,,caveat,a,b", "measure: there is no measure '../x'"),
    ],
)
def test_a_declaration_names_no_path(row: str, said: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "declarations.csv").write_text(DECLARED + row, encoding="utf-8")
    assert refused(root).startswith(f"/round/declarations.csv: row 2, {said}")


def test_paths_in_cells_and_remarks_are_texts(tmp_path: Path) -> None:
    data = csv_of([*with_cell(2, "note", "../../../../etc/passwd"), ["../essex", *TABLE[1][1:]]])
    root = a_round(tmp_path, data)
    row = "Kent,,domestic_abuse,arrests,,,caveat,/dev/zero,file:///etc/passwd\n"
    (root / "declarations.csv").write_text(DECLARED + row, encoding="utf-8")
    with harmless(root):
        ran = validate(root, "--format", "json")
    assert found(ran) == {
        Found("CE007", 4, "force", "../essex"),
    }


# --- links within a round --------------------------------------------------------------------------------------------------


def test_a_force_that_links_to_the_file_of_another(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "essex").mkdir()
    (root / "returns" / "essex" / "domestic_abuse.csv").symlink_to("../kent/domestic_abuse.csv")
    with harmless(root):
        ran = validate(root, "--format", "json")
    assert found(ran) == {Found("RO106", 2, "force", "Kent"), Found("RO106", 3, "force", "Kent")}


def test_one_file_under_two_names_is_one_return(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    kent = root / "returns" / "kent"
    (kent / "a.csv").hardlink_to(kent / "domestic_abuse.csv")
    (kent / "b.csv").symlink_to("domestic_abuse.csv")
    (kent / "folder.csv").mkdir()
    with harmless(root):
        ran = validate(root, "--format", "json")
    assert {(each.code, each.row) for each in found(ran)} == {("RO102", 0)}


def test_a_folder_that_links_to_another_of_the_round(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "reference").symlink_to("returns")  # the collection has no tables of reference
    with harmless(root):
        ran = validate(root, "--format", "json")
    assert found(ran) == {Found("RO103", 1)}


@pytest.mark.parametrize(
    "target", ["/dev/stdin", "/proc/self/environ", "/proc/self/fd/0", "/proc/self/mem", "/etc/passwd"]
)
def test_links_to_what_the_system_makes(target: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "kent" / "x.csv").symlink_to(target)
    ((force, message),) = unopened(root)
    assert force == "Kent"
    assert message in {
        f"returns/kent/x.csv {why}."
        for why in (NO_FILE, "is a link to a place outside the round's folder", "is a broken link")
    }


# --- paths that are too long -----------------------------------------------------------------------------------------------


def test_links_to_names_that_are_too_long(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "kent" / "x.csv").symlink_to("x" * 300)
    (root / "returns" / "essex").symlink_to("x" * 300)
    assert unopened(root) == {
        ("Kent", "returns/kent/x.csv is a broken link."),
        ("Essex", "returns/essex is a broken link."),
    }


def test_folders_whose_path_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = a_round(tmp_path)
    monkeypatch.chdir(root / "returns")
    for _ in range(18):
        Path("n" * 250).mkdir()
        os.chdir("n" * 250)
        for ending in ("csv", "pdf"):
            Path(f"{'n' * 200}.{ending}").write_text("a,b\n", encoding="utf-8")
    os.chdir(root)
    said = [message for _, message in unopened(root)]
    assert said
    assert all(message.startswith("returns/nnn") and "too long" in message for message in said)


def test_names_as_long_as_names_may_be(tmp_path: Path) -> None:
    data, name = csv_of(with_cell(2, "arrests", "x")), "n" * 251
    root = a_round(tmp_path, data, f"{name}.csv")
    with harmless(root):
        ran = validate(root, "--format", "json")
    assert found(ran) == {Found("CE001", 2, "arrests", "x")}
    assert json.loads(ran.stdout)["files"][0]["path"] == f"returns/kent/{name}.csv"
