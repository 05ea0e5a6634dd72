"""A return that comes down a pipe."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from peelcheck.cli import main
from peelcheck.rounds.received import TABLE_ENDINGS
from peelcheck.wording import listed
from tests.support.rounds import write_return


def piped(text: str, *arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["validate", *arguments], input=text)
    return done.exit_code, done.stdout, done.stderr


def test_a_return_from_standard_input_is_checked_under_its_name(tmp_path: Path) -> None:
    data = write_return(tmp_path, total="665").read_text(encoding="utf-8").replace("Kent,", ",")
    code, out, err = piped(data, "-", "--stdin-name", "kent/domestic_abuse.csv", "--format", "lines")
    assert (code, err) == (1, "")
    assert out.startswith("kent/domestic_abuse.csv:2:")
    assert " DA101 " in out


def test_a_name_of_windows_says_the_force_too(tmp_path: Path) -> None:
    data = write_return(tmp_path, total="665").read_text(encoding="utf-8").replace("Kent,", ",")
    _, out, _ = piped(data, "-", "--stdin-name", "kent\\domestic_abuse.csv", "--format", "lines")
    assert out.startswith("kent/domestic_abuse.csv:2:")


def test_without_a_name_the_rows_say_whose_they_are(tmp_path: Path) -> None:
    code, out, _ = piped(
        write_return(tmp_path, total="665").read_text(encoding="utf-8"), "-", "--format", "lines"
    )
    assert (code, out.startswith("stdin.csv:2:")) == (1, True)


@pytest.mark.parametrize(
    ("data", "arguments", "said"),
    [
        ("", ["-"], "standard input is empty, so there is nothing to check"),
        ("x", ["-", "-"], "standard input (-) can be checked only once"),
        *(
            (
                "x",
                ["-", "--stdin-name", name],
                f"--stdin-name {name}: expected a name such as kent/marac.csv, without .. and not from /",
            )
            for name in ("/kent/marac.csv", "../marac.csv", "kent/../marac.csv", "C:\\kent\\marac.csv")
        ),
        *(
            (
                "x",
                ["-", "--stdin-name", name],
                f"--stdin-name {name}: expected a name that ends in {listed(TABLE_ENDINGS, 'or')}",
            )
            for name in ("kent", "marac.pdf", ".csv")
        ),
        ("x", [".", "--stdin-name", "a.csv"], "--stdin-name needs - as the path that is checked"),
    ],
)
def test_what_cannot_be_checked(data: str, arguments: list[str], said: str) -> None:
    assert piped(data, *arguments) == (2, "", f"Error: {said}\n")
