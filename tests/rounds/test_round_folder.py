"""What lies in a round's folder and is no plain file: each is said, none is opened, and nothing hangs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.rounds import RETURN, a_round
from tests.support.running import peelcheck, python, refused, unopened

PATIENCE = 60
LINK = "is a link to a folder, and such links are not followed"
OUT = "is a link to a place outside the round's folder"
NOWHERE = "is a broken link"
NOT_A_FILE = "is not a file (a device, a pipe or a folder)"

pytestmark = pytest.mark.skipif(
    not hasattr(os, "mkfifo"), reason="pipes and devices are files on POSIX alone"
)


@pytest.fixture(autouse=True)
def _never_hangs() -> Iterator[None]:
    def late(*_: object) -> None:
        raise TimeoutError("the program hangs")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def test_a_round_without_a_fault(tmp_path: Path) -> None:
    ran = peelcheck("validate", a_round(tmp_path), "--force", "Kent", "--format", "json")
    assert json.loads(ran.stdout)["files"][0]["path"] == "returns/kent/domestic_abuse.csv"


def test_pipes_devices_and_sockets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = a_round(tmp_path)
    kent = root / "returns" / "kent"
    os.mkfifo(kent / "marac.csv")
    (kent / "incidents.csv").symlink_to("/dev/zero")
    monkeypatch.chdir(kent)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("asb_powers.csv")
        assert unopened(root) == [
            ("Kent", f"returns/kent/{name}.csv {NOT_A_FILE}.")
            for name in ("asb_powers", "incidents", "marac")
        ]


def test_links_that_lead_nowhere_and_round_in_circles(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    kent = root / "returns" / "kent"
    (kent / "marac.csv").symlink_to("marac.csv")
    (kent / "incidents.csv").symlink_to("gone.csv")
    (root / "returns" / "essex").symlink_to("essex")
    (root / "returns" / "surrey").symlink_to("gone")
    assert sorted(unopened(root), key=str) == [
        ("Essex", f"returns/essex {NOWHERE}."),
        ("Kent", f"returns/kent/incidents.csv {NOWHERE}."),
        ("Kent", f"returns/kent/marac.csv {NOWHERE}."),
        ("Surrey", f"returns/surrey {NOWHERE}."),
    ]


def test_links_that_lead_out_of_the_round(tmp_path: Path) -> None:
    root, outside = a_round(tmp_path), tmp_path / "outside"
    outside.mkdir()
    (outside / "domestic_abuse.csv").write_text(RETURN.replace("Kent", "Essex"), encoding="utf-8")
    (root / "returns" / "kent" / "incidents.csv").symlink_to(outside / "domestic_abuse.csv")
    (root / "returns" / "kent" / "marac.csv").symlink_to("../../../outside/domestic_abuse.csv")
    (root / "returns" / "essex").symlink_to(outside)
    (root / "returns" / "surrey").symlink_to("kent")
    (root / "reference").symlink_to(outside)
    (root / "inspection").symlink_to("/")
    assert sorted(unopened(root), key=str) == [
        ("Essex", f"returns/essex {LINK}."),
        ("Kent", f"returns/kent/incidents.csv {OUT}."),
        ("Kent", f"returns/kent/marac.csv {OUT}."),
        ("Surrey", f"returns/surrey {LINK}."),
        (None, f"inspection {OUT}."),
        (None, f"reference {OUT}."),
    ]


def test_a_link_within_the_round_is_a_file_of_the_round(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "kent" / "domestic_abuse.csv").rename(root / "da.csv")
    (root / "returns" / "kent" / "domestic_abuse.csv").symlink_to("../../da.csv")
    ran = peelcheck("validate", root, "--format", "json")
    assert [file["rows"] for file in json.loads(ran.stdout)["files"]] == [2]


def test_a_round_that_is_a_link_itself(tmp_path: Path) -> None:
    a_round(tmp_path).rename(tmp_path / "real")
    (tmp_path / "round").symlink_to("real")
    ran = peelcheck("validate", tmp_path / "round", "--format", "json")
    assert [file["rows"] for file in json.loads(ran.stdout)["files"]] == [2]


def test_files_where_folders_should_be(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "reference").write_text("", encoding="utf-8")
    os.mkfifo(root / "inspection")
    assert sorted(unopened(root), key=str) == [
        (None, "inspection is not a folder."),
        (None, "reference is not a folder."),
    ]


def test_folders_that_lie_too_deep(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "/".join(["kent"] * 40)).mkdir(parents=True)
    deepest = "returns" + "/kent" * 20
    assert unopened(root) == [
        ("Kent", f"{deepest} was not opened: it is more than 20 folders deep."),
    ]


def test_a_folder_that_a_file_is_named_like(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "kent" / "marac.csv").mkdir()
    assert unopened_or_none(root) == []


def unopened_or_none(root: Path) -> list[str]:
    ran = peelcheck("validate", root, "--format", "json")
    assert ran.exit_code in (0, 1)
    return [q["message"] for q in json.loads(ran.stdout)["queries"] if q["code"] == "FI001"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        b"mar\xff\xfeac.csv",
        b"=cmd|x.csv",
        b"\x1b[2Jx.csv",
        b"a\nb.csv",
        b"[bold]x[bold].csv",
        b"\xe2\x80\xaevsc.csv",
        b"y" * 250 + b".csv",
    ],
)
def test_names_of_files_that_are_not_plain_text(name: bytes, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "returns" / "kent" / os.fsdecode(name)).write_text(RETURN, encoding="utf-8")
    for form in ("table", "json", "csv"):
        ran = peelcheck("validate", root, "--format", form)
        assert (ran.exit_code, ran.stderr) == (1, ""), form
        assert not {"\x1b", "\u202e"} & set(ran.stdout)
        assert not any(line.startswith("b.csv") for line in ran.stdout.splitlines())


WITHOUT_RIGHTS = """
import json, os, sys
from click.testing import CliRunner
from peelcheck.cli import main
sound, *rounds = sys.argv[1:]
run = lambda path: CliRunner().invoke(main, ["validate", path, "--format", "json"])
assert run(sound).exit_code == 1  # and whatever is imported late has been imported by one who may read it
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
print(json.dumps([(ran.exit_code, ran.stdout, ran.stderr) for ran in map(run, rounds)]))
"""


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """A folder that everybody can look into, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.slow
def test_files_and_folders_without_the_right_to_read_them(everybodys: Path) -> None:
    sound, closed, settings, declared, outer = (
        a_round(everybodys / name) for name in ("sound", "closed", "settings", "declared", "outer")
    )
    (declared / "declarations.csv").touch()
    shutil.copytree(closed / "returns" / "kent", closed / "returns" / "essex")
    shutil.copy(closed / "returns" / "kent" / "domestic_abuse.csv", closed / "returns" / "kent" / "marac.csv")
    shut = [
        closed / "returns" / "essex",
        closed / "returns" / "kent" / "marac.csv",
        settings / "round.yaml",
        declared / "declarations.csv",
        outer.parent,
    ]
    for path in shut:
        path.chmod(0)
    try:
        ran = python(WITHOUT_RIGHTS, sound, closed, settings, declared, outer)
    finally:
        for path in shut:
            path.chmod(0o755)
    assert ran.returncode == 0, ran.stderr
    (code, out, said), *others = json.loads(ran.stdout)
    assert (code, said) == (1, "")
    assert sorted((q["force"], q["message"]) for q in json.loads(out)["queries"] if q["code"] == "FI001") == [
        ("Essex", "returns/essex cannot be opened (Permission denied)."),
        ("Kent", "returns/kent/marac.csv cannot be opened (Permission denied)."),
    ]
    assert others == [
        [2, "", f"Error: {settings / 'round.yaml'}: cannot be read (Permission denied)\n"],
        [2, "", f"Error: {declared / 'declarations.csv'}: cannot be read (Permission denied)\n"],
        [2, "", f"Error: {outer}: cannot be opened (Permission denied)\n"],
    ]


def test_paths_that_are_no_paths(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path, why in [
        (tmp_path / ("n" * 300), "cannot be opened (File name too long)"),
        (loop, "cannot be opened (Too many levels of symbolic links)"),
        (tmp_path / "gone", "there is no such file or folder"),
        (tmp_path / "gone" / "domestic_abuse.csv", "there is no such file or folder"),
    ]:
        ran = peelcheck("validate", path)
        assert (ran.exit_code, ran.stderr) == (2, f"Error: {path}: {why}\n")


@pytest.mark.slow
def test_files_named_by_hand(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    kent = root / "returns" / "kent"
    pipe = tmp_path / "sent" / "marac.csv"
    pipe.parent.mkdir()
    os.mkfifo(pipe)
    named = "is a pipe or a device, not a file; please save its contents as a file (.csv)"
    for path in (pipe, Path("/dev/zero"), Path("/dev/null")):
        for command in (["validate"], ["figures"], ["validate", str(kent)]):
            ran = peelcheck(*command, path)
            assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", f"Error: {path}: {named}\n")
    assert unopened(pipe.parent) == [(None, f"marac.csv {NOT_A_FILE}.")], "in a folder it is a finding"
    (tmp_path / "link.csv").symlink_to(kent / "domestic_abuse.csv")
    once = peelcheck("validate", tmp_path / "link.csv", "--format", "json")
    assert [file["rows"] for file in json.loads(once.stdout)["files"]] == [2]
    twice = peelcheck("validate", kent, kent / "domestic_abuse.csv", "--format", "json")
    assert [file["rows"] for file in json.loads(twice.stdout)["files"]] == [2]


def test_what_is_asked_of_what_is_no_file_and_how_it_is_counted(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    os.mkfifo(root / "returns" / "kent" / "marac.csv")
    (root / "returns" / "kent" / "device.csv").symlink_to("/dev/null")
    (root / "returns" / "essex").symlink_to("kent")
    result = json.loads(peelcheck("validate", root, "--format", "json").stdout)
    assert {q["ask"] for q in result["queries"] if q["code"] == "FI001"} == {
        "Please supply the file or folder itself, so that it can be opened."
    }
    page = " ".join(peelcheck("validate", root).stdout.split())
    assert (
        " Files 4 found, 3 could not be matched to a return "
        "(returns/essex, returns/kent/device.csv and returns/kent/marac.csv)"
    ) in page


def test_a_file_of_accepted_figures_that_cannot_be_opened_is_nobodys_query(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "history").mkdir()
    file = root / "history" / "domestic_abuse.csv"
    made: list[tuple[Callable[[], None], str]] = [
        (lambda: os.mkfifo(file), NOT_A_FILE),
        (lambda: file.symlink_to("/etc/passwd"), OUT),
        (lambda: file.symlink_to(file), NOWHERE),
    ]
    for make, why in made:
        file.unlink(missing_ok=True)
        make()
        assert refused(root) == f"history/domestic_abuse.csv: history/domestic_abuse.csv {why}."


@pytest.mark.parametrize("heading", ["risk_assesments", "Risk Assesments"])
def test_a_heading_that_is_misspelt(heading: str, tmp_path: Path) -> None:
    file = tmp_path / "domestic_abuse.csv"
    text = RETURN.replace("risk_assessments", heading).replace("dvpns_issued", "notices")
    file.write_text(text, encoding="utf-8")
    queries = json.loads(peelcheck("validate", file, "--format", "json").stdout)["queries"]
    asked = {query["item"]: query["message"] for query in queries if query["code"] == "RO104"}
    assert {item: message.partition("”). ")[2] for item, message in asked.items()} == {
        "risk_assessments": f"Is “{heading}” meant to be this column?",
        "dvpns_issued": "",
    }


def test_a_column_that_is_missing_may_be_blank_only_where_its_cells_may(tmp_path: Path) -> None:
    file = tmp_path / "domestic_abuse.csv"
    file.write_text(RETURN.replace("period_end", "x").replace("dvpns_issued", "y"), encoding="utf-8")
    queries = json.loads(peelcheck("validate", file, "--format", "json").stdout)["queries"]
    assert {query["item"]: query["ask"] for query in queries if query["code"] == "RO104"} == {
        "period_end": "Please add the column, and fill in each of its cells.",
        "dvpns_issued": "Please add the column, or leave its cells blank and tell us that the item cannot be supplied.",
    }


@pytest.mark.parametrize("name", ["round.yml", "round.yaml.txt", "Round.YML", "ROUND.YAML"])
def test_a_round_file_under_another_name(name: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "round.yaml").rename(root / name)
    if not (root / "round.yaml").exists():  # where large and small letters are not the same
        assert (
            refused(root)
            == f"{root / name}: please rename it to round.yaml, so that the folder is recognised as a round"
        )


def test_a_folder_above_a_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = a_round(tmp_path)
    assert refused(tmp_path) == (
        f"{tmp_path}: is not a round (it has no round.yaml), but round in it is a round; please name it: peelcheck "
        f"validate {root}"
    )
    monkeypatch.chdir(tmp_path)
    assert refused(Path()) == (
        ".: is not a round (it has no round.yaml), but round in it is a round; please name it: peelcheck validate round"
    )
    for year in range(2010, 2017):
        shutil.copytree(root, tmp_path / f"of {year}")
    assert refused(Path()) == (
        ".: is not a round (it has no round.yaml), but of 2010, of 2011, of 2012, of 2013, of 2014 and 3 more in it "
        "are rounds; "
        'please name one: peelcheck validate "of 2010"'
    )


def test_folders_without_tables(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").touch()
    ran = peelcheck("validate", tmp_path)
    assert (ran.exit_code, ran.stderr) == (
        2,
        f"Error: {tmp_path}: contains no round (round.yaml) and no tables (.csv, .xlsx, …)\n",
    )
    root = a_round(tmp_path)
    shutil.rmtree(root / "returns")
    ran = peelcheck("validate", root)
    said = f"Error: {root}: the round contains no tables (looked in returns, reference and inspection)\n"
    assert (ran.exit_code, ran.stderr) == (2, said)


def test_a_folder_of_schemas_that_is_none(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    ran = peelcheck("validate", root, "--schemas", tmp_path / "gone")
    assert (ran.exit_code, ran.stderr) == (
        2,
        f"Error: {tmp_path / 'gone'}: there is no such folder\n",
    )
    ran = peelcheck("validate", root, "--schemas", tmp_path)
    assert ran.stderr == f"Error: {root / 'round.yaml'}: collection: there is no collection 'peel-2017'\n"


def test_a_heading_that_is_misspelt_in_a_return_of_two_items(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(
        "force,period_start,period_end,cases,repaet_cases\nKent,2016-04-01,2017-03-31,100,20\n",
        encoding="utf-8",
    )
    queries = json.loads(peelcheck("validate", file, "--format", "json").stdout)["queries"]
    (query,) = [query for query in queries if query["code"] == "RO104"]
    assert (query["return"], query["item"]) == ("marac", "repeat_cases")
    assert query["message"].endswith("Is “repaet_cases” meant to be this column?")
    assert "RO103" not in {query["code"] for query in queries}
