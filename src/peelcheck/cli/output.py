"""Write a result: to the screen, down a pipe, or whole into a file."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

import click
from msgspec import Struct

from peelcheck.cli.overwriting import refuse_no_file
from peelcheck.cli.stopping import heed, uninterrupted
from peelcheck.errors import OutputError
from peelcheck.model import Severity
from peelcheck.render.encodings import fitted
from peelcheck.render.look import PIPED_WIDTH, Look

_WIDEST = 4
"""Digits of the number of columns that is asked for."""
_LONGEST = 40
"""Characters of a file's name that the name of the one beside it keeps, which is longer and may be too long."""
_TOKEN = 4
"""Random bytes that distinguish runs with the same output file."""
_LEFT_BEHIND = 3600
"""Seconds after which an unfinished temporary file is taken to be left by a run that was killed."""


class Shown(Struct, frozen=True):
    """What a person asked to see of a result; `fail_on` is the lowest severity that fails a run, None for none."""

    all_notes: bool = False
    quiet: bool = False
    fail_on: Severity | None = Severity.ERROR
    not_run: bool = False


def look(output: Path | None, shown: Shown = Shown()) -> Look:  # noqa: B008 (frozen)
    """How wide and how colourful: a terminal's own width, else 100 columns, unless COLUMNS says otherwise.

    Colour is for a terminal, and for whatever reads stdout if FORCE_COLOR is set; for nobody if NO_COLOR is.
    """
    screen = output is None and sys.stdout is not None and sys.stdout.isatty()
    asked = os.environ.get("COLUMNS", "")[:_WIDEST]
    if screen:
        width = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns
    else:
        width = int(asked) if asked.isdecimal() else PIPED_WIDTH
    able = screen and os.environ.get("TERM") != "dumb"
    forced = output is None and bool(os.environ.get("FORCE_COLOR"))
    colour = (able or forced) and not os.environ.get("NO_COLOR")
    return Look(
        width,
        colour,
        shown.all_notes,
        sys.stdout.encoding if screen else "utf-8",
        summary_only=shown.quiet and output is None,
        fail_on=shown.fail_on,
        not_run=shown.not_run,
    )


def make_folder(folder: Path) -> None:
    """Make a folder for results, and those above it, where there is none.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made ({error.strerror or error})") from error


def deliver(content: str | bytes, output: Path | None) -> None:
    """Write a result, text or the bytes of a workbook, to stdout, or to a file.

    Raises:
        OutputError: the file cannot be written; then there is none, or the one that was there before.
    """
    if output is None:
        _to_stdout(content)
    else:
        with whole_file(output) as handle:
            handle.write(_bytes(content))


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _to_stdout(content: str | bytes) -> None:
    """UTF-8 wherever it is read by a program. A reader that has seen enough (`head`) is no error; a full disk is one."""
    if sys.stdout is None:
        raise OutputError("the result cannot be written (standard output is closed)")
    try:
        if isinstance(content, str) and sys.stdout.isatty():
            click.echo(fitted(content, sys.stdout.encoding), nl=False)
        else:
            click.echo(_bytes(content), nl=False)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it is quiet too
        if not isinstance(error, BrokenPipeError):
            raise OutputError(f"the result cannot be written ({error.strerror or error})") from error


@contextmanager
def whole_file(output: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes its place when it is complete; a run that ends early leaves nothing.

    Raises:
        OutputError: it cannot be written; then there is none, or the one that was there before.
    """
    begins = _beside(output)
    temporary = output.with_name(f"{begins}{secrets.token_hex(_TOKEN)}.part")
    refuse_no_file(output)
    _sweep(output.parent, begins)
    handle = None
    try:
        with uninterrupted(), _refused(output):
            handle = temporary.open("xb")
        yield cast("BinaryIO", _Written(handle, output))
        heed()
        with uninterrupted(), _refused(output):
            handle.close()
            temporary.replace(output)
    finally:
        if handle is not None:
            with uninterrupted():
                with suppress(OSError):
                    handle.close()
                temporary.unlink(missing_ok=True)


def _beside(output: Path) -> str:
    """How the names of the files begin to which a result is written first; no other output's name begin so."""
    name = output.name
    if len(name) > _LONGEST:
        name = (
            f"{name[: _LONGEST - 9]}-{hashlib.sha256(name.encode(errors='surrogateescape')).hexdigest()[:8]}"
        )
    return f".{name}."


def _sweep(folder: Path, begins: str) -> None:
    """Remove what a run with the same output left behind when it was killed; what cannot be removed stays."""
    name = re.compile(rf"{re.escape(begins)}[0-9a-f]{{{2 * _TOKEN}}}\.part")
    with suppress(OSError):
        for path in [path for path in folder.iterdir() if name.fullmatch(path.name)]:
            with suppress(OSError):
                found = path.lstat()
                if stat.S_ISREG(found.st_mode) and time.time() - found.st_mtime > _LEFT_BEHIND:
                    path.unlink()


class _Written:
    """Turn an OSError about this file into an OutputError; other errors pass."""

    def __init__(self, handle: BinaryIO, output: Path) -> None:
        self._handle, self._output = handle, output

    def write(self, data: bytes) -> int:
        """Write, or say that the file cannot be written."""
        with _refused(self._output):
            return self._handle.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._handle, name)


@contextmanager
def _refused(output: Path) -> Iterator[None]:
    """What is wrong with a file that is written to; what is wrong with any other is not."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"{output}: cannot be written ({error.strerror or error})") from error
