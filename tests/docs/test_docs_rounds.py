"""docs/rounds.md: its tables are what the program has, what it says of each status is so, and its round gives its result."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from peelcheck.model import Status
from peelcheck.rounds.declarations import Declarations
from peelcheck.rounds.declarations_file import DECLARATION_COLUMNS, TEXT_COLUMN, read_declarations
from peelcheck.rounds.folder import open_round
from peelcheck.rounds.received import TABLE_ENDINGS
from tests.support.rounds import ROOT
from tests.support.running import peelcheck

PAGE = (ROOT / "docs" / "rounds.md").read_text(encoding="utf-8")
THE_ROUND = PAGE.partition("\n## A whole round of three forces\n")[2]
HEADINGS = "force,period_start,period_end,homes,others,all\n"
NOW, BEFORE = "Surrey,2017-04-01,2018-03-31,{}\n", "Surrey,2016-04-01,2017-03-31,{}\n"
GIVEN, BLANK = "2100,1700,3800", ",,"


def rows(heading: str) -> list[list[str]]:
    """The rows of the table whose first heading this is, cell by cell."""
    table = re.search(rf"^\| {heading} \|.*\n\|[-| ]+\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert table, heading
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1].splitlines()]


def files() -> dict[str, str]:
    """What the page has one write, by path: YAML says where it belongs in its first line, CSV in the line above."""
    yaml = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", THE_ROUND, re.MULTILINE | re.DOTALL)
    csv = re.findall(r"^`(\S+)`:\n\n```csv\n(.*?)^```$", THE_ROUND, re.MULTILINE | re.DOTALL)
    return dict([*yaml, *csv])


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the page's round and its collection in it."""
    for name, text in files().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "my_round"


def ran(*arguments: str) -> tuple[int, str, str]:
    done = peelcheck(*arguments, "--schemas", "my_schemas")
    return done.exit_code, done.stdout, done.stderr


def asked(force: str | None = "Surrey") -> set[str]:
    """The codes of the errors and queries to a force."""
    queries = json.loads(ran("validate", "my_round", "--format", "json")[1])["queries"]
    return {query["code"] for query in queries if query["force"] == force and query["severity"] != "note"}


def figures() -> dict[str, dict[str, Any]]:
    """The one measure, by force."""
    shown = json.loads(ran("figures", "my_round", "--format", "json")[1])
    return {figure["force"]: figure for figure in [*shown["figures"], *shown["england_and_wales"]]}


def declare(round_: Path, *lines: str) -> None:
    text = "\n".join([",".join(DECLARATION_COLUMNS), *lines, ""])
    (round_ / "declarations.csv").write_text(text, encoding="utf-8")


def surrey(round_: Path, *lines: str) -> None:
    (round_ / "returns" / "surrey" / "burglary.csv").write_text(HEADINGS + "".join(lines), encoding="utf-8")


def test_the_round_gives_what_the_page_says(here: Path) -> None:
    assert len(files()) == 13
    assert "these thirteen files" in THE_ROUND
    shown = re.findall(r"^```text\n\$ peelcheck ([^\n]*)\n(.*?)^```$", THE_ROUND, re.MULTILINE | re.DOTALL)
    assert [command.split()[0] for command, _ in shown] == ["validate", "figures"]
    for (command, expected), code in zip(shown, (1, 0), strict=True):
        done = peelcheck(*command.split())
        assert (done.exit_code, done.stdout, done.stderr) == (code, expected, "")


def test_every_key_of_the_round_file_is_on_the_page(here: Path) -> None:
    keys = {row[0].strip("`"): row[1] for row in rows("Key")}
    file = here / "round.yaml"
    file.write_text("zzzzzz: 1\n", encoding="utf-8")
    assert f"unknown key; known: {', '.join(keys)}" in ran("validate", "my_round")[2]
    given = {"collection": "burglary-2018", "title": "Mine", "date": "2018-06-30"}
    for left_out in keys:
        lines = (f"{key}: {value}\n" for key, value in given.items() if key != left_out)
        file.write_text("".join(lines), encoding="utf-8")
        refused = ran("validate", "my_round")[0] == 2
        assert refused is (keys[left_out] == "required")
        assert keys[left_out] in ("required", "may be left out")


def test_every_column_and_status_is_on_the_page() -> None:
    assert [row[0].strip("`") for row in rows("Column")] == [*DECLARATION_COLUMNS, TEXT_COLUMN]
    assert [row[0].strip("`") for row in rows("Status")] == [status.value for status in Status]


@pytest.mark.parametrize("row", rows("Status"), ids=lambda row: row[0].strip("`"))
def test_a_status_does_what_the_page_says(row: list[str], here: Path) -> None:
    name, _, compared, given, blank, no_row = row
    status = name.strip("`")
    other = "Kent" if status == "combined" else ""
    declare(here, f"Surrey,{other},burglary,,,2018-03-31,{status},so we said,")

    surrey(here, NOW.format(GIVEN), BEFORE.format(GIVEN))
    assert ("RO114" in asked()) is (given == "queried")
    figure = figures()["Surrey"]
    assert (figure["value"] is None) is (compared == "out")
    assert figure["status"] == status
    assert "so we said" in figure["footnote"]
    in_both_sums = figures()["Southern England"]["denominator"] == 1_832_300 + 1_802_200 + 1_185_300
    assert in_both_sums is (compared != "out")
    if compared == "in, for both":
        assert figure["denominator"] == 1_185_300 + 1_832_300
        assert figures()["Kent"]["value"] is None

    surrey(here, NOW.format(BLANK), BEFORE.format(GIVEN))
    assert asked() & {"RO115", "RO110"} == ({"RO115"} if blank == "queried" else set())
    surrey(here, BEFORE.format(GIVEN))
    assert ("RO110" in asked()) is (no_row == "queried")
    surrey(here, NOW.format("2100,1700,9999"), BEFORE.format(GIVEN))
    assert "BU101" in asked(), "parts and total of a row are held whatever was declared"


def test_the_force_whose_figure_another_gives_leaves_its_cell_blank(here: Path) -> None:
    declare(here, "Kent,Surrey,burglary,,,2018-03-31,combined,one unit for both,")
    surrey(here, NOW.format(BLANK), BEFORE.format(GIVEN))
    assert asked() == set()
    surrey(here, NOW.format(GIVEN), BEFORE.format(GIVEN))
    found = json.loads(ran("validate", "my_round", "--format", "json")[1])["queries"]
    assert [(q["item"], q["locations"][0]["row"], q["message"]) for q in found if q["code"] == "RO114"] == [
        (
            None,
            2,
            "The row for 12 months to 31 March 2018 contains figures, but the return was declared to be included in "
            "the figures of "
            "Kent (one unit for both).",
        )
    ]
    declare(here, "Kent,Surrey,burglary,homes,,2018-03-31,combined,one unit for both,")
    found = json.loads(ran("validate", "my_round", "--format", "json")[1])["queries"]
    assert [(q["item"], q["message"]) for q in found if q["code"] == "RO114"] == [
        (
            "homes",
            "“Burglaries of homes” is “2100”, but it was declared to be included in the figure of Kent (one unit for both).",
        )
    ]


def test_a_blank_in_spite_of_what_was_declared(here: Path) -> None:
    declare(here, "Surrey,,burglary,homes,,2018-03-31,caveat,counted by hand,")
    surrey(here, NOW.format(",1700,3800"), BEFORE.format(GIVEN))
    found = json.loads(ran("validate", "my_round", "--format", "json")[1])["queries"]
    assert [(q["item"], q["locations"][0]["row"], q["message"]) for q in found if q["code"] == "RO115"] == [
        (
            "homes",
            2,
            "“Burglaries of homes” is blank, but its declaration says that there is a figure "
            "(caveat: counted by hand).",
        )
    ]


def test_what_is_not_declared_is_asked_about(here: Path) -> None:
    """The other side of the test before: it is the declaration that keeps the program from asking."""
    declare(here)
    surrey(here, NOW.format(BLANK), BEFORE.format(GIVEN))
    assert "RO115" in asked()
    surrey(here, BEFORE.format(GIVEN))
    assert "RO110" in asked()
    (here / "returns" / "surrey" / "burglary.csv").unlink()
    declare(here, "Surrey,,burglary,,,,not_supplied,never,")
    assert asked() == set(), "a return that is declared not supplied is not missed"
    declare(here)
    assert asked() == {"RO101"}


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["all,,,caveat", ",,2018-03-31,not_supplied"], "caveat"),
        (["all,,2018-03-31,estimated", "all,,,not_supplied"], "estimated"),
        ([",,2018-03-31,partial", ",,,caveat"], "partial"),
        ([",,2017-03-31,partial"], ""),
    ],
)
def test_the_item_goes_before_the_return_and_the_year_before_all_years(
    lines: list[str], status: str, here: Path
) -> None:
    declare(here, *(f"Surrey,,burglary,{line},so we said," for line in lines))
    surrey(here, NOW.format(GIVEN), BEFORE.format(GIVEN))
    assert figures()["Surrey"]["status"] == status


def test_of_a_date_the_year_counts(tmp_path: Path) -> None:
    """The 30 June of a return that also has items as at 1 July."""
    file = tmp_path / "declarations.csv"
    line = "Kent,,organised_crime_groups,,,2017-06-30,not_supplied,not held,"
    file.write_text("\n".join([",".join(DECLARATION_COLUMNS), line]), encoding="utf-8")
    declared = Declarations.of(read_declarations(file, open_round([ROOT / "sample_returns"]).collection)[0])
    for item in ("active", "disruptions"):
        assert declared.of_item("Kent", "organised_crime_groups", item, 2017) is not None
        assert declared.of_item("Kent", "organised_crime_groups", item, 2016) is None


@pytest.mark.parametrize(
    "line",
    [
        "Surrey Police,,burglary,,,,caveat,x,",
        "Surrey,Kent,burglary,,,,caveat,x,",
        "Surrey,,burglary,,,,combined,x,",
        "Surrey,,burglary,homes,burglary_rate,,caveat,x,",
        "Surrey,Kent,,,burglary_rate,,combined,x,",
        "Surrey,,burglary,,,2018-06-30,caveat,x,",
        "Surrey,,burglary,,,,late,x,",
        "Surrey,,burglary,,,,caveat,,",
        "Surrey,,burglary,,,,caveat,x,\nSurrey,,burglary,,,,partial,x,",
    ],
)
def test_a_wrong_line_is_refused(line: str, here: Path) -> None:
    declare(here, line)
    code, _, err = ran("validate", "my_round")
    assert code == 2
    assert re.match(r"Error: my_round/declarations.csv: row [23], ", err)


def test_a_measure_alone(here: Path) -> None:
    declare(here, "Kent,,,,burglary_rate,2018-03-31,not_comparable,other counting,")
    assert figures()["Kent"]["value"] is None
    assert figures()["Kent"]["status"] == "not_comparable"
    assert "BU101" in asked("Kent"), "the counts themselves are held as before"


def test_history(here: Path) -> None:
    file = here / "history" / "burglary.csv"
    kept = file.read_text(encoding="utf-8")
    assert figures()["Essex"]["previous"] == pytest.approx(1000 * 9000 / 1_787_000)
    file.unlink()
    assert figures()["Essex"]["previous"] == pytest.approx(1000 * 9450 / 1_787_000), "its own row stands in"
    file.write_text(re.sub(",[0-9]+,[0-9]+,([0-9]+)$", r",\1", kept.replace("homes,others,", ""), flags=re.M))
    assert figures()["Essex"]["previous"] == pytest.approx(1000 * 9000 / 1_787_000), "items may be left out"


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("burglary.csv", "Kent,2011-04-01,2012-03-31,1,1,2"),
        ("burglary.csv", "Kent,2017-04-01,2018-03-31,1,1,2"),
        ("burglary.csv", "Kent,2016-04-01,2017-03-31,1,1,many"),
        ("burglary.csv", "Kent,2016-04-01,2017-03-31,1,1,2\nKent,2016-04-01,2017-03-31,1,1,3"),
        ("burglary_2017.csv", "Kent,2016-04-01,2017-03-31,1,1,2"),
    ],
)
def test_a_mistake_in_history_stops_the_run(name: str, row: str, here: Path) -> None:
    (here / "history" / name).write_text(f"{HEADINGS}{row}\n", encoding="utf-8")
    code, out, err = ran("validate", "my_round")
    assert (code, out) == (2, "")
    assert err.startswith(f"Error: history/{name}: ")


def test_history_may_be_five_years_old(here: Path) -> None:
    rows_ = "Kent,2012-04-01,2013-03-31,1,1,2\n"
    (here / "history" / "burglary.csv").write_text(HEADINGS + rows_, encoding="utf-8")
    assert ran("validate", "my_round")[0] == 1


@pytest.mark.parametrize("folder", ["kent", "Kent", "KENT"])
def test_how_a_folder_may_be_called(folder: str, here: Path) -> None:
    (here / "returns" / "kent").rename(here / "returns" / "moved")
    (here / "returns" / "moved").rename(here / "returns" / folder)
    (here / "returns" / folder / "burglary.csv").rename(here / "returns" / folder / "b.csv")
    assert asked("Kent") == {"BU101"}


@pytest.mark.parametrize(
    "name", re.findall("`([a-z-]+)`", PAGE.split("hyphens for spaces:")[1].split(".")[0])
)
def test_folders_that_are_named(name: str) -> None:
    assert (ROOT / "sample_returns" / "returns" / name).is_dir()


def test_files_elsewhere(here: Path) -> None:
    wrong = HEADINGS + "Kent,2017-04-01,2018-03-31,1,1,1\n"
    (here / "letters").mkdir()
    for passed_over in ("letters/burglary.csv", "burglary.csv", "returns/kent/.burglary.csv"):
        (here / passed_over).write_text(wrong, encoding="utf-8")
    for passed_over in ("~$burglary.csv", "Thumbs.db", "letter.docx"):
        (here / "returns" / "kent" / passed_over).write_text(wrong, encoding="utf-8")
    assert asked("Kent") == {"BU101"}
    for named_like_the_return in ("burglary.csv.bak", "Kent Burglary", "burglary.docx"):
        path = here / "returns" / "kent" / named_like_the_return
        path.write_text(wrong, encoding="utf-8")
        assert "RO102" in asked("Kent")
        path.unlink()
    assert all(f"`{ending}`" in PAGE for ending in TABLE_ENDINGS)
    (here / "returns" / "kent" / "old").mkdir()
    (here / "returns" / "kent" / "old" / "burglary.csv").write_text(wrong, encoding="utf-8")
    assert "RO102" in asked("Kent"), "what lies within a force's folder is the force's"


def test_a_file_twice_and_another_forces_rows(here: Path) -> None:
    kent = here / "returns" / "kent"
    (kent / "again.csv").write_text(HEADINGS + "Kent,2017-04-01,2018-03-31,1,1,2\n", encoding="utf-8")
    assert "RO102" in asked("Kent")
    assert figures()["Kent"]["numerator"] == 8650, "the one that bears the return's name"
    surrey(here, NOW.format(GIVEN).replace("Surrey", "Essex"))
    assert "RO106" in asked()


def test_a_link_is_not_followed(here: Path) -> None:
    (here / "returns" / "kent" / "link.csv").symlink_to(here.parent / "my_schemas")
    assert "FI001" in asked("Kent")


def test_without_a_round_file(here: Path) -> None:
    one = ["validate", "my_round/returns/kent", "--collection", "burglary-2018", "--alone"]
    code, out, _ = ran(*one, "--format", "json")
    shown = json.loads(out)
    assert code == 1
    assert [(q["code"], q["force"]) for q in shown["queries"]] == [("BU101", "Kent")]
    assert shown["summary"]["returns"] == {"expected": 0, "received": 1, "missing": 0}
    (here / "round.yaml").unlink()
    paths = [
        f["path"] for f in json.loads(ran("validate", "my_round", *one[2:], "--format", "json")[1])["files"]
    ]
    assert "declarations.csv" in paths
    assert "history/burglary.csv" in paths


def test_a_round_is_checked_on_its_own(here: Path) -> None:
    code, _, err = ran("validate", "my_round", "my_round/returns/kent")
    assert code == 2
    assert "please check it on its own" in err


def test_the_sample_is_a_round_of_this_layout() -> None:
    layout = re.search(r"^```text\nmy_round/\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert layout
    names = {line.split()[0].split("/")[0] for line in layout[1].splitlines()}
    sample = {path.name for path in (ROOT / "sample_returns").iterdir()}
    assert names == sample - {"README.md"} | {"accepted.csv"}, "nothing is accepted in the sample"


def test_what_is_not_there_is_missed(here: Path) -> None:
    declare(here)
    (here / "returns" / "surrey" / "burglary.csv").unlink()
    (here / "reference" / "population.csv").unlink()
    assert asked() == {"RO101"}
    assert asked(None) == {"RO118"}
