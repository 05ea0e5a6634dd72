"""Where a result goes: to the screen, down a pipe, or whole into a file."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

import click

from peelcheck.cli.stopping import heed, uninterrupted
from peelcheck.errors import OutputError, UsageError
from peelcheck.render.encodings import fitted
from peelcheck.render.look import PIPED_WIDTH, Look

_FORMS = {".csv": "csv", ".json": "json"}
_WORKBOOKS = (".xlsx", ".xls")
_WIDEST = 4
"""Digits of the number of columns that is asked for."""
_LONGEST = 40
"""Characters of a file's name that the name of the one beside it keeps, which is longer and may be too long."""
_TOKEN = 4
"""Bytes that tell the runs with one output apart."""
_LEFT_BEHIND = 3600
"""Seconds after which nobody writes any more to what a run began, and did not end: it was killed."""


def look(output: Path | None, all_notes: bool = False) -> Look:
    """How wide and how colourful: a terminal's own width, else 100 columns, unless COLUMNS says otherwise.

    Colour is for a terminal, and for whatever reads stdout if FORCE_COLOR is set; for nobody if NO_COLOR is.
    """
    screen = output is None and sys.stdout is not None and sys.stdout.isatty()
    asked = os.environ.get("COLUMNS", "")[:_WIDEST]
    if screen:
        width = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns
    else:
        width = int(asked) if asked.isdecimal() else PIPED_WIDTH
    shown = screen and os.environ.get("TERM") != "dumb"
    forced = output is None and bool(os.environ.get("FORCE_COLOR"))
    colour = (shown or forced) and not os.environ.get("NO_COLOR")
    return Look(width, colour, all_notes, sys.stdout.encoding if screen else "utf-8")


def form_of(form: str | None, output: Path | None) -> str:
    """The form of a result: the one that was asked for, else the one that the ending of the file stands for.

    Raises:
        UsageError: the ending is that of a workbook.
    """
    refuse_workbook(output)
    return form or _FORMS.get(output.suffix.lower() if output else "", "table")


def refuse_workbook(output: Path | None) -> None:
    """Never write text into a file that Excel would take for a workbook, and call damaged.

    Raises:
        UsageError: the ending is that of a workbook.
    """
    if output is not None and output.suffix.lower() in _WORKBOOKS:
        raise UsageError(
            f"{output}: no workbooks are written; please choose a name in .csv, which opens in Excel"
        )


def deliver(text: str, output: Path | None) -> None:
    """Write a result to stdout, or to a file.

    Raises:
        OutputError: the file cannot be written; then there is none, or the one that was there before.
    """
    if output is None:
        _to_stdout(text)
    else:
        _to_file(text, output)


def _to_stdout(text: str) -> None:
    """UTF-8 wherever it is read by a program. A reader that has seen enough (`head`) is no error; a full disk is one."""
    if sys.stdout is None:
        raise OutputError("the result cannot be written (standard output is closed)")
    try:
        if sys.stdout.isatty():
            click.echo(fitted(text, sys.stdout.encoding), nl=False)
        else:
            click.echo(text.encode("utf-8"), nl=False)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it is quiet too
        if not isinstance(error, BrokenPipeError):
            raise OutputError(f"the result cannot be written ({error.strerror or error})") from error


def _to_file(text: str, output: Path) -> None:
    with whole_file(output) as handle:
        handle.write(text.encode("utf-8"))


@contextmanager
def whole_file(output: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes its place when it is complete; a run that ends early leaves nothing.

    Raises:
        OutputError: it cannot be written; then there is none, or the one that was there before.
    """
    begins = _beside(output)
    temporary = output.with_name(f"{begins}{secrets.token_hex(_TOKEN)}.part")
    _refuse_no_file(output)
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
    """A file of which it is said that it cannot be written where that is so, and not where something else is wrong."""

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


def _there(output: Path) -> bool:
    """Whether there is such a file; a path that cannot be looked at is one that cannot be written either.

    Raises:
        OutputError: it cannot be looked at.
    """
    try:
        return output.exists()
    except OSError as error:
        raise OutputError(f"{output}: cannot be written ({error.strerror or error})") from error


def _refuse_no_file(output: Path) -> None:
    """A result takes the place of a file, so that none may be written to a folder, to a device or through a link.

    `/dev/stdout` is a link that may lead to a file, and whoever may write there would lose it to the result.

    Raises:
        OutputError: there is something else than a file.
    """
    if _there(output) and not output.is_file():
        raise OutputError(f"{output}: cannot be written (it is not a file)")
    if output.is_symlink():
        raise OutputError(f"{output}: cannot be written (it is a link; please name the file itself)")


def _place(path: Path) -> Path:
    """Where a path leads; links that lead round in circles lead nowhere."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def refuse_same(output: Path | None, findings: Path | None) -> None:
    """Never write one result over the other.

    Raises:
        OutputError: both are to be the same file.
    """
    if output is not None and findings is not None and _place(output) == _place(findings):
        raise OutputError(f"{output}: is named for the queries and for the findings; please choose two names")


def refuse_received(output: Path | None, paths: Iterable[Path], schemas: Path | None) -> None:
    """Never write over a file that is not the program's own, nor to where a result would be taken for one to be checked.

    Args:
        output: where a result is to be written.
        paths: what is checked.
        schemas: the folder of collections, where it is not that of the program.

    Raises:
        OutputError: the file is one of those that are read, or would be the next time, or anybody else's.
    """
    if output is None:
        return
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck.rounds.own_results import is_as_written, is_blank
        from peelcheck.schema import collections_in

    place, there = _place(output), _there(output)
    if any(place.is_relative_to(_place(folder)) for folder in collections_in(schemas).values()):
        raise OutputError(f"{output}: lies among the schemas of a collection; please choose another place")
    for path in paths:
        here = _place(path)
        if not place.is_relative_to(here) or not _would_be_read(place, here, there):
            continue
        if there:
            raise OutputError(f"{output}: is one of the files to be checked; please choose another name")
        raise OutputError(f"{output}: would be taken for a file to be checked; please choose another place")
    _refuse_no_file(output)
    if there and not is_as_written(place) and not is_blank(place):
        raise OutputError(
            f"{output}: is there already, and is no result of peelcheck; please choose another name, or remove it first"
        )


def _would_be_read(place: Path, here: Path, there: bool) -> bool:
    """Whether a result in a folder that is checked is, or would be, one of the files that are read from it."""
    from peelcheck.model import ReturnKind
    from peelcheck.rounds.files import TABLE_ENDINGS
    from peelcheck.rounds.folder import DECLARATIONS, HISTORY, ROUND_FILE
    from peelcheck.rounds.own_results import is_result

    inside = place.relative_to(here).parts
    if not inside:
        return True
    if (here / ROUND_FILE).is_file():
        return inside[0] in {*ReturnKind, HISTORY} or inside in {(ROUND_FILE,), (DECLARATIONS,)}
    return there and place.suffix.lower() in TABLE_ENDINGS and not is_result(place)
