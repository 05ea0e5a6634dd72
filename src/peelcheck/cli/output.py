"""Where a result goes: to the screen, down a pipe, or whole into a file."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

import click

from peelcheck.cli.stopping import heed, uninterrupted
from peelcheck.errors import OutputError, UsageError
from peelcheck.render.look import PIPED_WIDTH, Look

_FORMS = {".csv": "csv", ".json": "json"}
_WORKBOOKS = (".xlsx", ".xls")
_WIDEST = 4
"""Digits of the number of columns that is asked for."""
_LONGEST = 40
"""Characters of a file's name that the name of the one beside it keeps, which is longer and may be too long."""


def look(output: Path | None, all_notes: bool = False) -> Look:
    """How wide and how colourful: a terminal's own width, else 100 columns, unless COLUMNS says otherwise."""
    screen = output is None and sys.stdout is not None and sys.stdout.isatty()
    asked = os.environ.get("COLUMNS", "")[:_WIDEST]
    if screen:
        width = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns
    else:
        width = int(asked) if asked.isdecimal() else PIPED_WIDTH
    colour = screen and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Look(width, colour, all_notes)


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
            f"{output}: workbooks cannot be written; please choose a name ending in .csv, which opens in Excel"
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
            click.echo(text.encode(sys.stdout.encoding, "replace").decode(sys.stdout.encoding), nl=False)
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
    temporary = output.with_name(f".{output.name[:_LONGEST]}.{secrets.token_hex(4)}.part")
    _refuse_no_file(output)
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
        raise OutputError(f"{output}: is given for both --output and --findings; please choose two names")


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
        raise OutputError(
            f"{output}: is in the folder of a collection's schemas; please choose another folder"
        )
    for path in paths:
        here = _place(path)
        if not place.is_relative_to(here) or not _would_be_read(place, here, there):
            continue
        if there:
            raise OutputError(f"{output}: is one of the files to be checked; please choose another name")
        raise OutputError(
            f"{output}: would be mistaken for a file to be checked; please choose another folder"
        )
    _refuse_no_file(output)
    if there and not is_as_written(place) and not is_blank(place):
        raise OutputError(
            f"{output}: already exists and is not peelcheck output; please choose another name, or remove it first"
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
