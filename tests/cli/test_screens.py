"""Terminals as they are: with few characters, with colour and without."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from peelcheck.cli.output import look

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SAMPLE = str(ROOT / "sample_returns")
CONTROLS = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
TERMINAL = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
C_LOCALE = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


def on_screen(*arguments: str, **variables: str) -> bytes:
    """What a terminal of 100 columns is sent."""
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", **variables}
    command = [sys.executable, "-m", "peelcheck", *arguments]
    shown = b""
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=environment):
        os.close(theirs)
        while True:
            try:
                read = os.read(ours, 65536)
            except OSError:
                break
            if not read:
                break
            shown += read
    os.close(ours)
    return shown.replace(b"\r\n", b"\n")


@TERMINAL
@pytest.mark.parametrize(
    ("encoding", "variables", "rule", "strip", "legend"),
    [
        ("ascii", {"PYTHONIOENCODING": "ascii"}, "-", "39  :#|##:.   ", ". one force  : two or three  # more  < > off"),
        ("ascii", C_LOCALE, "-", "39  :#|##:.   ", ". one force  : two or three  # more  < > off"),
        ("cp1252", {"PYTHONIOENCODING": "cp1252"}, "-", "39  :#|##:·   ", "· one force  : two or three  # more  ‹ › off"),
        ("cp437", {"PYTHONIOENCODING": "cp437"}, "─", "39  :≡|≡≡:·   ", "· one force  : two or three  ≡ more  < > off"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("colour", [True, False])
def test_a_page_where_characters_are_missing(
    encoding: str, variables: dict[str, str], rule: str, strip: str, legend: str, colour: bool
) -> None:
    plain = {} if colour else {"NO_COLOR": "1"}
    sent = on_screen("validate", SAMPLE, "--force", "Kent", **variables, **plain)
    assert (b"\x1b[" in sent) is colour
    page = CONTROLS.sub(b"", sent).decode(encoding)
    assert "?" not in page
    lines = page.splitlines()
    assert rule * 100 in lines
    assert max(map(len, lines)) == 100
    (drawn,) = [line.strip() for line in lines if line.strip().startswith("39  ")]
    assert drawn.startswith(strip)
    assert drawn.endswith("O  528")
    assert legend in page
    assert "               -> Please check the number of arrests and correct it" in page


@TERMINAL
def test_what_goes_on_under_an_arrow_of_two_characters_stands_beneath_it() -> None:
    page = on_screen("validate", SAMPLE, PYTHONIOENCODING="ascii", NO_COLOR="1").decode("ascii")
    asked = [n for n, line in enumerate(page.splitlines()) if line.startswith(" " * 15 + "-> ")]
    after = [page.splitlines()[n + 1] for n in asked]
    assert any(line.startswith(" " * 18) and line[18] != " " for line in after), (
        "no question is longer than a line"
    )
    assert max(map(len, page.splitlines())) <= 100


@TERMINAL
@pytest.mark.parametrize(
    "arguments",
    [["figures", SAMPLE, "--force", "Kent"], ["rules"], ["explain", "DA201"], ["validate", "--help"]],
)
def test_other_pages(arguments: list[str]) -> None:
    page = on_screen(*arguments, PYTHONIOENCODING="ascii", NO_COLOR="1").decode("ascii")
    assert "?" not in page
    assert page.strip()


def piped(*arguments: str, **variables: str) -> bytes:
    """What comes down a pipe."""
    command = [sys.executable, "-m", "peelcheck", *arguments]
    return subprocess.run(command, capture_output=True, env={**os.environ, **variables}, check=True).stdout


@pytest.mark.parametrize(
    ("variables", "colour"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ({"FORCE_COLOR": ""}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ],
)
def test_colour_down_a_pipe(variables: dict[str, str], colour: bool) -> None:
    page = piped("explain", "DA101", **variables)
    assert (b"\x1b[" in page) is colour
    assert CONTROLS.sub(b"", page) == piped("explain", "DA101")


def test_colour_is_for_pages_on_stdout_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"\x1b" not in piped("rules", "--format", "csv", FORCE_COLOR="1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert look(None).colour
    assert not look(tmp_path / "page.txt").colour


def test_a_pipe_is_utf_8_whatever_the_screen_has() -> None:
    assert piped("explain", "DA201", PYTHONIOENCODING="ascii") == piped("explain", "DA201")


def test_a_message_where_characters_are_missing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "peelcheck", "validate", str(tmp_path / "Môn–“x”")]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "1"}
    ran = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert ran.returncode == 2
    assert ran.stderr.decode("ascii").splitlines()[-1].endswith('Mon-"x": there is no such file or folder')
