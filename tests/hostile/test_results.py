"""Results and inputs that are pulled from under the program: exit code 2 and the reason, and nothing lost or overwritten."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from peelcheck.cli import main
from peelcheck.errors import UsageError
from peelcheck.matching.sheets import Pieces
from peelcheck.render.safe import visible
from tests.support.rounds import a_small_round as a_round
from tests.support.rounds import csv_of, with_cell
from tests.support.running import PROGRAM, ran, validate


def run(*arguments: str | Path, behind: str = "") -> subprocess.CompletedProcess[str]:
    """The program in a process of its own; `behind` is what stands behind the command, such as `>&-`."""
    words = " ".join(f"'{word}'" for word in (*PROGRAM, *arguments))
    return ran("bash", "-c", f"{words} {behind}")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes streams")
def test_closed_streams(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    done = run("validate", root, "--schemas", root.parent / "schemas", behind=">&-")
    assert (done.returncode, done.stderr) == (
        2,
        "Error: the result cannot be written (standard output is closed)\n",
    )
    done = run("validate", root, "--schemas", root.parent / "schemas", behind="2>&-")
    assert (done.returncode, "Summary" in done.stdout) == (1, True)


def unread(*arguments: str, stream: str = "stdout") -> tuple[int, str]:
    """The exit code and the rest of the output of the program when nobody reads a stream."""
    reader, writer = os.pipe()
    os.close(reader)
    other = "stderr" if stream == "stdout" else "stdout"
    command = [sys.executable, "-m", "peelcheck", *arguments]
    with os.fdopen(writer, "wb") as closed:
        streams: dict[str, Any] = {stream: closed, other: subprocess.PIPE}
        ran = subprocess.run(command, **streams, text=True, check=False)
    return ran.returncode, getattr(ran, other)


def every_command(group: click.Group = main, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The words of every command and group of commands."""
    out = [before]
    for name, command in group.commands.items():
        here = (*before, name)
        out += every_command(command, here) if isinstance(command, click.Group) else [here]
    return out


TEXTS = [*((*words, "--help") for words in every_command()), ("--version",)]
MISTAKES = [*((*words, "--no-such-option") for words in every_command()), (), ("schema",), ("explain",)]


def test_every_command_is_tried() -> None:
    assert {("validate",), ("figures",), ("rules",), ("explain",), ("schema",), ("schema", "check")} < set(
        every_command()
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes streams")
@pytest.mark.parametrize("words", TEXTS, ids=" ".join)
def test_help_that_does_not_get_through(words: tuple[str, ...]) -> None:
    whole = run(*words)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert whole.stdout
    assert unread(*words) == (0, "")
    ran = run(*words, behind=">&-")
    assert (ran.returncode, ran.stderr) == (
        2,
        "Error: the result cannot be written (standard output is closed)\n",
    )
    if Path("/dev/full").exists():
        ran = run(*words, behind="> /dev/full")
        assert (ran.returncode, ran.stderr) == (
            2,
            "Error: the result cannot be written (No space left on device)\n",
        )


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes streams")
@pytest.mark.parametrize("words", MISTAKES, ids=" ".join)
def test_a_mistake_of_which_nobody_can_be_told(words: tuple[str, ...]) -> None:
    told = run(*words)
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("Usage: peelcheck")
    assert unread(*words, stream="stderr") == (2, "")
    if Path("/dev/full").exists():
        ran = run(*words, behind="2> /dev/full")
        assert (ran.returncode, ran.stdout) == (2, "")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes streams")
def test_what_a_shell_completes_words_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_PEELCHECK_COMPLETE", "bash_source")
    assert unread() == (2, "")


def test_columns_that_nobody_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "9" * 5000)
    assert validate(a_round(tmp_path)).exit_code == 1


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="links")
def test_a_round_that_leads_round_in_circles(tmp_path: Path) -> None:
    loop, output = tmp_path / "loop", tmp_path / "there.txt"
    loop.symlink_to(loop)
    output.write_text("x", encoding="utf-8")
    ran = validate(loop, "--output", output)
    assert (ran.exit_code, ran.stdout, output.read_text(encoding="utf-8")) == (2, "", "x")


def test_one_file_by_two_names(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (tmp_path / "sub").mkdir()
    output, findings = tmp_path / "sub" / ".." / "q.csv", tmp_path / "q.csv"
    ran = validate(root, "--output", output, "--findings", findings)
    assert (ran.exit_code, ran.stdout, findings.exists()) == (2, "", False)


def test_a_file_that_is_changed_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text("force,crime_reference\n" + "Kent,R1\n" * 10, encoding="utf-8")
    for change in (
        lambda: path.write_text("force,crime_reference\nKent,R2\n", encoding="utf-8"),
        path.unlink,
    ):
        pieces = Pieces(path, ("force", "crime_reference"))
        change()
        with pytest.raises(UsageError, match="was changed or removed while it was being read"):
            list(pieces)


def test_directives_are_refused(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    text = (root / "round.yaml").read_text(encoding="utf-8")
    (root / "round.yaml").write_text("%TAG !%x! a\n" * 50_000 + f"---\n{text}", encoding="utf-8")
    ran = validate(root)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.endswith("line 1: directives (lines that begin with %) are not allowed\n")


def test_a_long_cell_is_not_said_in_full(tmp_path: Path) -> None:
    ran = validate(a_round(tmp_path, csv_of(with_cell(2, "arrests", "x" * 30_000))))
    assert ran.exit_code == 1
    assert "x" * 50 in ran.stdout
    assert "x" * 70 not in ran.stdout.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("unseen", ["\u3164", "\u034f", "\ufe0f", "\U000e0100", "\u115f", "\uffa0", "\u2800"])
def test_what_is_shown_as_nothing_is_written_out(unseen: str) -> None:
    assert visible(f"103110{unseen}") == "103110" + unseen.encode("unicode_escape").decode("ascii")


def test_a_formula_behind_another_separator(tmp_path: Path) -> None:
    root = a_round(tmp_path, csv_of(with_cell(2, "arrests", "x;=1+1")))
    ran = validate(root, "--format", "csv")
    (line,) = [line for line in ran.stdout.splitlines() if "x;=1+1" in line]
    assert ',"x;=1+1",' in line
