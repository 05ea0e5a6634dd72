"""Whereto: a pipe that is closed, a file that is written whole or not at all, and never one that was received."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from peelcheck.cli.output import Shown, look
from peelcheck.render.look import Look
from peelcheck.schema.collections import schemas_folder
from tests.support.rounds import SAMPLE, write_return
from tests.support.running import PROGRAM, peelcheck, started


def test_a_file_holds_what_stdout_would(tmp_path: Path) -> None:
    file = write_return(tmp_path, total="665")
    out = tmp_path / "queries.json"
    ran = peelcheck("validate", file, "--format", "json", "--output", out)
    assert (ran.exit_code, ran.stdout) == (1, peelcheck("validate", file).stdout)
    assert out.read_text(encoding="utf-8") == peelcheck("validate", file, "--format", "json").stdout
    assert [query["code"] for query in json.loads(out.read_bytes())["queries"]] == ["DA101"]
    assert [path.name for path in tmp_path.iterdir()] in (["kent", "queries.json"], ["queries.json", "kent"])


def test_a_spreadsheet_starts_with_a_byte_order_mark(tmp_path: Path) -> None:
    out = tmp_path / "queries.csv"
    peelcheck("validate", write_return(tmp_path, total="665"), "--format", "csv", "--output", out)
    assert out.read_bytes().startswith(b'\xef\xbb\xbf"id","code","severity",')


@pytest.mark.slow
@pytest.mark.parametrize("name", ["result.csv", "result.JSON", "result.txt"])
def test_the_ending_of_a_file_says_its_form(name: str, tmp_path: Path) -> None:
    file, out = write_return(tmp_path, total="665"), tmp_path / name
    form = {".csv": "csv", ".JSON": "json"}.get(out.suffix, "table")
    for command in (["validate", file], ["figures", file], ["rules"]):
        peelcheck(*command, "--output", out)
        assert out.read_bytes() == peelcheck(*command, "--format", form).stdout_bytes


def test_a_format_that_is_asked_for_agrees_with_the_ending(tmp_path: Path) -> None:
    out = tmp_path / "rules.csv"
    ran = peelcheck("rules", "--format", "json", "--output", out)
    said = f"Error: {out}: .csv is the ending of csv, not of json; please choose another ending, or --format csv\n"
    assert (ran.exit_code, ran.stdout, ran.stderr, out.exists()) == (2, "", said, False)
    assert peelcheck("rules", "--format", "json", "--output", tmp_path / "rules").exit_code == 0
    assert json.loads((tmp_path / "rules").read_bytes())


@pytest.mark.parametrize("command", ["figures", "rules"])
def test_no_text_is_written_into_a_workbook(command: str, tmp_path: Path) -> None:
    read = [] if command == "rules" else [write_return(tmp_path)]
    for given in (["queries.xlsx"], ["queries.XLS"], ["queries.xls", "--format", "csv"]):
        out = tmp_path / given[0]
        ran = peelcheck(command, *read, "--output", out, *given[1:])
        ending = "name ending in .txt, .json or .csv"
        said = f"Error: {out}: {out.suffix} files cannot be written; please choose a {ending}\n"
        assert (ran.exit_code, ran.stdout, ran.stderr, out.exists()) == (2, "", said, False)
    assert peelcheck("validate", write_return(tmp_path), "--findings", tmp_path / "o.xlsx").exit_code == 2


@pytest.mark.parametrize("place", ["gone/queries.csv", "folder"])
def test_what_cannot_be_written_says_where(place: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    ran = peelcheck("validate", write_return(tmp_path), "--output", tmp_path / place)
    assert ran.exit_code == 2
    assert ran.stderr.startswith(f"Error: {tmp_path / place}: cannot be written (")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "kent"]


@pytest.mark.parametrize(
    ("place", "named"), [("", "a blank or a dot"), (".", "a blank or a dot"), ("/", "/")]
)
def test_what_is_no_name_of_a_file_is_refused(place: str, named: str, tmp_path: Path) -> None:
    file = write_return(tmp_path)
    for command in (
        ["validate", file, "--output", place],
        ["validate", file, "--findings", place],
        ["figures", file, "--output", place],
        ["rules", "--output", place],
    ):
        ran = peelcheck(*command)
        assert (ran.exit_code, ran.stdout) == (2, "")
        assert ran.stderr == f"Error: {command[-2]} expects the name of a file, not {named}\n"


def test_a_return_is_never_written_over(tmp_path: Path) -> None:
    file = write_return(tmp_path)
    before = file.read_bytes()
    for paths in (file, tmp_path):
        ran = peelcheck("validate", paths, "--output", file)
        assert ran.exit_code == 2
        assert ran.stderr == f"Error: {file}: is one of the files to be checked; please choose another name\n"
    assert file.read_bytes() == before


COLUMNS = {
    "queries": (
        *("id", "code", "severity", "tier", "force", "asked_of", "return", "item", "measure", "period_end"),
        *(
            "value",
            "unit",
            "expected",
            "lower",
            "upper",
            "england_and_wales",
            "rank",
            "of",
            "previous",
            "cause",
        ),
        *("message", "ask", "file", "row", "column", "written", "locations_total", "also", "sheet", "cell"),
    ),
    "findings": (
        *("code", "severity", "force", "return", "item", "period_end", "file", "row", "column", "value"),
    ),
    "figures": (
        *("measure", "title", "period", "force", "numerator", "denominator", "value"),
        *("england_and_wales", "england_and_wales_without", "rank", "of"),
        *("group_rate", "group_rank", "group_of", "previous", "previous_numerator", "previous_denominator"),
        *("change", "change_of", "status", "footnote", "sentence", "unit", "decimals", "in_report"),
    ),
    "rules": ("code", "severity", "title", "return", "kind", "ask", "why", "source"),
}


@pytest.mark.slow
def test_a_result_in_the_folder_that_is_checked_is_not_taken_for_a_return(tmp_path: Path) -> None:
    file = write_return(tmp_path)
    results = {
        name: tmp_path / f"{name}.csv" for name in ("queries", "findings", "figures", "rules", "json", "page")
    }
    page = tmp_path / "page.txt"
    for _ in range(2):  # the second time over those of the first
        ran = peelcheck(
            "validate", tmp_path, "--output", results["queries"], "--findings", results["findings"]
        )
        assert (ran.exit_code, ran.stderr) == (0, "")
        assert peelcheck("figures", tmp_path, "--output", results["figures"]).exit_code == 0
        assert peelcheck("rules", "--output", results["rules"]).exit_code == 0
        for form, place in (("json", results["json"]), ("table", results["page"]), ("table", page)):
            out = tmp_path / "renamed"  # a name with another ending has to be given to it by hand
            assert peelcheck("validate", tmp_path, "--format", form, "--output", out).exit_code == 0
            out.replace(place)
    ran = peelcheck("validate", tmp_path, "--format", "json")
    assert [read["path"] for read in json.loads(ran.stdout)["files"]] == [f"kent/{file.name}"]
    for name in ("queries", "findings", "figures", "rules"):
        columns = next(csv.reader(results[name].read_text(encoding="utf-8-sig").splitlines()))
        assert tuple(columns) == COLUMNS[name]
    ran = peelcheck("validate", results["queries"], "--format", "json")
    assert json.loads(ran.stdout)["files"][0]["path"] == str(results["queries"])


def test_a_result_that_would_be_taken_for_a_return_is_not_written(tmp_path: Path) -> None:
    write_return(tmp_path)
    (tmp_path / "round.yaml").write_text("collection: peel-2017\ntitle: a round\n", encoding="utf-8")
    for place in (tmp_path / "returns" / "queries.csv", tmp_path / "history" / "x.txt"):
        place.parent.mkdir(exist_ok=True)
        ran = peelcheck("validate", tmp_path, "--findings", place)
        said = f"Error: {place}: would be mistaken for a file to be checked; please choose another folder\n"
        assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", said)
        assert not place.exists()


RETURN = b"force,figure\nKent,1\n"


@pytest.mark.parametrize(
    "name", ["o.pdf", "o.PDF", "o.docx", "o.xhtml", "o.tsv", "o.ods", "o.csv.bak", "o.jsn"]
)
@pytest.mark.parametrize("command", ["validate", "figures", "rules"])
def test_an_ending_that_is_no_format_is_refused(command: str, name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    read = [] if command == "rules" else [write_return(tmp_path)]
    ran = peelcheck(command, *read, "--output", out)
    assert (ran.exit_code, ran.stdout, out.exists()) == (2, "", False)
    endings = (
        ".json, .csv, .xlsx, .md, .markdown, .html, .htm, .xml or .sarif"
        if command == "validate"
        else ".json or .csv"
    )
    said = f"Error: {out}: {out.suffix} files cannot be written; please choose a name ending in .txt, {endings}\n"
    assert ran.stderr == said


def test_an_ending_of_another_program_is_refused_whatever_format_is_named(tmp_path: Path) -> None:
    for form in ("table", "json", "csv"):
        ran = peelcheck("rules", "--format", form, "--output", tmp_path / "o.pdf")
        assert (ran.exit_code, (tmp_path / "o.pdf").exists()) == (2, False)
    assert peelcheck("rules", "--format", "json", "--output", tmp_path / "o.log").exit_code == 0
    assert peelcheck("rules", "--output", tmp_path / "o.txt").exit_code == 0
    assert (tmp_path / "o.txt").read_text(encoding="utf-8").startswith("Code ")


@pytest.mark.parametrize("name", ["every.pdf", "every.json", "every.tsv"])
def test_findings_are_csv_and_no_other_file(name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    ran = peelcheck("validate", write_return(tmp_path), "--findings", out)
    assert (ran.exit_code, out.exists()) == (2, False)
    assert ran.stderr == (
        f"Error: {out}: {out.suffix} files cannot be written; please choose a name ending in .csv\n"
    )


NOT_OURS = "already exists and is not peelcheck output; please choose another name, or remove it first"


@pytest.mark.parametrize(
    ("arguments", "place", "holds"),
    [
        (["validate", "kent/domestic_abuse.csv", "--output"], "kent/incidents.csv", RETURN),
        (["validate", "kent/domestic_abuse.csv", "--format", "csv", "--output"], "round.yaml", b"title: a\n"),
        (["validate", "kent/domestic_abuse.csv", "--findings"], "history/marac.csv", RETURN),
        (["figures", "kent/domestic_abuse.csv", "--output"], "declarations.csv", RETURN),
        (["rules", "--output"], "notes.txt", b"Code of conduct\n"),
        (["rules", "--output"], "plan.json", b'{\n "version": 1,\n "plan": []\n}\n'),
        (["rules", "--output"], "letter.txt", "Summary of the round\n{}\n".format("─" * 80).encode()),
        (["rules", "--output"], "workbook.txt", b"PK\x03\x04" + bytes(5000)),
        (["rules", "--output"], "blanks.txt", b" " * 5000),
    ],
)
def test_nothing_is_written_over_but_a_result(
    arguments: list[str], place: str, holds: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_return(tmp_path)
    monkeypatch.chdir(tmp_path)
    there = Path(place)
    there.parent.mkdir(exist_ok=True)
    there.write_bytes(holds)
    ran = peelcheck(*arguments, place)
    assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", f"Error: {there}: {NOT_OURS}\n")
    assert there.read_bytes() == holds


def _rows(data: bytes) -> list[list[str]]:
    """The rows of a result, as a spreadsheet opens them."""
    return list(csv.reader(data.decode("utf-8-sig").splitlines()))


def _saved(rows: list[list[str]], separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Rows as a spreadsheet saves them: in quotation marks only where it must be, and with the line ends of Windows."""
    text = StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding, "replace")


COMMANDS = {
    "queries": ["validate", "kent/domestic_abuse.csv", "--format", "csv", "--output"],
    "findings": ["validate", "kent/domestic_abuse.csv", "--findings"],
    "figures": ["figures", "kent/domestic_abuse.csv", "--format", "csv", "--output"],
    "rules": ["rules", "--format", "csv", "--output"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_spreadsheet_that_somebody_has_worked_on_is_not_written_over(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_return(Path(), total="665")
    out, command = Path("result.csv"), COMMANDS[name]
    peelcheck(*command, out)
    written = out.read_bytes()
    rows = _rows(written)
    answered = [[*rows[0], "our answer"], *([*row, "agreed"] for row in rows[1:])]
    ends = b"\r\n" if b"\r\n" in written else b"\n"
    for edited in (
        _saved(answered),
        _saved(rows),
        _saved(answered, ";"),
        _saved(answered, "\t", "utf-16"),
        written.replace(ends, b",agreed" + ends),
        written[: -len(ends)] + b",agreed" + ends,
        written + b"MY NOTES: agreed w Kent\n",
        written + b"MY NOTES: agreed w Kent",
    ):
        out.write_bytes(edited)
        ran = peelcheck(*command, out)
        assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", f"Error: {out}: {NOT_OURS}\n")
        assert out.read_bytes() == edited
    out.write_bytes(written)
    assert peelcheck(*command, out).exit_code in (0, 1)
    assert out.read_bytes() == written


NOTES = "MY NOTES: agreed w Kent"


def test_json_with_something_added_is_not_written_over(tmp_path: Path) -> None:
    file, out = write_return(tmp_path, total="665"), tmp_path / "result.json"
    for command in (["validate", file, "--fail-on", "never"], ["figures", file], ["rules"]):
        out.unlink(missing_ok=True)
        peelcheck(*command, "--output", out)
        written = out.read_text(encoding="utf-8")
        for edited in (
            written.rstrip()[:-1] + ', "our_answer": "agreed"\n}\n',
            written.replace('\n "version": 1,', '\n "version": 1,\n "our_answer": "agreed",'),
            written + NOTES,
            written[: len(written) // 2],
        ):
            out.write_text(edited, encoding="utf-8")
            ran = peelcheck(*command, "--output", out)
            assert (ran.exit_code, ran.stderr) == (2, f"Error: {out}: {NOT_OURS}\n")
            assert out.read_text(encoding="utf-8") == edited


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_a_result_that_was_saved_again_is_not_taken_for_a_return(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file, out = write_return(Path(), total="665"), Path("result.csv")
    peelcheck(*COMMANDS[name], out)
    rows = _rows(out.read_bytes())
    for saved in (
        _saved(rows, ";"),
        _saved(rows, encoding="utf-8"),
        _saved(rows, encoding="cp1252"),
        _saved(rows, "\t", "utf-16"),
        _saved([["Queries of the round, as at June"], [], *rows], ";"),
        _saved([["ours", *rows[0]], *(["", *row] for row in rows[1:])]),
    ):
        out.write_bytes(saved)
        ran = peelcheck("validate", ".", "--format", "json")
        assert [read["path"] for read in json.loads(ran.stdout)["files"]] == [f"kent/{file.name}"]
        ran = peelcheck("validate", ".", "--output", out)
        assert (ran.exit_code, ran.stderr) == (2, f"Error: {out}: {NOT_OURS}\n")
        assert out.read_bytes() == saved


@pytest.mark.slow
@pytest.mark.parametrize("columns", ["60", "120"])
@pytest.mark.parametrize(
    "command",
    [
        ["validate", "one.csv"],
        ["validate", "wrong.csv"],
        ["validate", "query.csv"],
        ["validate", "wrong.csv", "--notes"],
        ["validate", "wrong.csv", "--force", "Kent"],
        ["validate", "round", "--force", "Essex"],
        ["validate", "round", "--fail-on", "never"],
        ["figures", "one.csv"],
        ["figures", "round"],
        ["figures", str(SAMPLE), "--measure", "da_arrest_rate"],
        ["figures", "round", "--force", "Kent"],
        ["figures", "round", "--force", "Kent", "--measure", "da_arrest_rate"],
        ["rules"],
    ],
    ids=lambda command: " ".join(word.rpartition("/")[2] for word in command),
)
def test_every_result_is_written_over_by_the_same_command(
    command: list[str], columns: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.chdir(tmp_path)
    write_return(Path()).rename("one.csv")
    write_return(Path(), total="665").rename("wrong.csv")
    write_return(Path(), arrests="").rename("query.csv")
    write_return(Path("round", "returns"), total="665")
    title = "A round with a title, " + "which is rather long " * 40
    Path("round", "round.yaml").write_text(f"collection: peel-2017\ntitle: {title}\n", encoding="utf-8")
    for form in ("table", "json", "csv"):
        options = ["--format", form, "--output", f"result of {form}"]
        if command[0] == "validate":
            options += ["--findings", "findings"]
        first = peelcheck(*command, *options)
        assert (first.exit_code in (0, 1), first.stderr) == (True, ""), form
        again = peelcheck(*command, *options)
        assert (again.exit_code, again.stderr) == (first.exit_code, ""), form


@pytest.mark.slow
def test_a_result_takes_the_place_of_another_and_of_a_file_with_nothing_in_it(tmp_path: Path) -> None:
    file, out = write_return(tmp_path), tmp_path / "out"
    out.touch()
    for form in ("table", "json", "csv"):
        for command in (["validate", file], ["figures", file], ["rules"]):
            assert peelcheck(*command, "--format", form, "--output", out).exit_code == 0
            assert out.read_bytes() == peelcheck(*command, "--format", form).stdout_bytes


def test_figures_of_a_collection_without_any_are_written_over_too(tmp_path: Path) -> None:
    schemas, out = tmp_path / "schemas", tmp_path / "figures.txt"
    shutil.copytree(schemas_folder() / "peel-2017", schemas / "own")
    (schemas / "own" / "measures.yaml").write_text("[]\n", encoding="utf-8")
    for _ in range(2):
        ran = peelcheck("figures", write_return(tmp_path), "--schemas", schemas, "--output", out)
        assert (ran.exit_code, ran.stderr, out.read_text(encoding="utf-8")) == (0, "", "\n")


@pytest.mark.skipif(sys.platform == "win32", reason="links are made otherwise on Windows")
@pytest.mark.parametrize("holds", [b"", None])
def test_a_link_stays_a_link(holds: bytes | None, tmp_path: Path) -> None:
    """`/dev/stdout` is one, and leads to a file where output is sent to one."""
    file, link = tmp_path / "file", tmp_path / "link"
    link.symlink_to(file)
    if holds is not None:
        file.write_bytes(holds)
    for command in (["rules", "--output"], ["validate", str(write_return(tmp_path)), "--findings"]):
        ran = peelcheck(*command, link)
        said = f"Error: {link}: cannot be written (it is a link; please name the file itself)\n"
        assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", said)
    assert link.is_symlink()
    assert file.exists() is (holds is not None)


def test_a_schema_is_never_written_over(tmp_path: Path) -> None:
    file, schemas = write_return(tmp_path), tmp_path / "schemas"
    shutil.copytree(schemas_folder() / "peel-2017", schemas / "own")
    before = {path: path.read_bytes() for path in schemas.rglob("*") if path.is_file()}
    for place in (
        schemas / "own" / "measures.yaml",
        schemas / "own" / "forces.csv",
        schemas / "own" / "new.csv",
    ):
        for command in (["validate", file], ["figures", file], ["rules"]):
            ran = peelcheck(*command, "--schemas", schemas, "--format", "csv", "--output", place)
            said = (
                f"Error: {place}: is in the folder of a collection's schemas; please choose another folder\n"
            )
            assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", said)
    assert {path: path.read_bytes() for path in schemas.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "place", ["round.yaml", "declarations.csv", "returns/kent/marac.csv", "history/marac.csv"]
)
def test_nothing_of_a_round_is_written_over(place: str, tmp_path: Path) -> None:
    target = tmp_path / place
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("as received", encoding="utf-8")
    (tmp_path / "round.yaml").write_text("title: a round", encoding="utf-8")
    before = target.read_bytes()
    assert peelcheck("validate", tmp_path, "--output", target).exit_code == 2
    assert target.read_bytes() == before


def test_an_earlier_result_in_a_round_is_replaced(tmp_path: Path) -> None:
    write_return(tmp_path / "returns", total="665")
    (tmp_path / "round.yaml").write_text("collection: peel-2017\ntitle: A round", encoding="utf-8")
    out = tmp_path / "queries.csv"
    for _ in range(2):
        assert peelcheck("validate", tmp_path, "--format", "csv", "--output", out).exit_code == 1
    assert b"DA101" in out.read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise on Windows")
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    command = (*PROGRAM, "rules", "--format", "json")
    with started(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=False) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert not process.stderr.read()
        assert process.wait() == 0


def test_piped_output_is_plain_and_as_wide_as_columns_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert look(None) == Look(width=100, colour=False)
    monkeypatch.setenv("COLUMNS", "80")
    assert look(None) == Look(width=80, colour=False)
    assert look(Path("queries.txt"), Shown(all_notes=True)) == Look(80, False, True)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
@pytest.mark.parametrize(("variable", "colour"), [("NO_COLOR", False), ("LANG", True)])
def test_colour_only_on_a_terminal_and_unless_refused(variable: str, colour: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")}
    environment = {**kept, "TERM": "xterm", variable: "C.UTF-8"}
    with started(*PROGRAM, "explain", "DA101", stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while process.poll() is None or shown.count(b"\n") < 3:
            try:
                shown += os.read(ours, 65536)
            except OSError:
                break
    os.close(ours)
    assert b"Outcomes add up" in shown
    assert (b"\x1b[" in shown) is colour


def test_of_a_folder_alone_no_check_says_that_it_was_not_run_for_other_forces(tmp_path: Path) -> None:
    run = peelcheck("validate", "sample_returns/returns/derbyshire", "--alone", "--format", "json")
    checks = json.loads(run.stdout)["checks"]
    assert {skipped["force"] for check in checks for skipped in check["not_run"]} <= {None, "Derbyshire"}
