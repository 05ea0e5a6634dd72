"""Options that several commands share."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from peelcheck.errors import UsageError
from peelcheck.wording import BYTES, listed

Command = Callable[..., Any]
_SIZE = r"(?P<number>[0-9]{1,20}(?:\.[0-9]{1,20})?) ?(?P<unit>|[kmgt]?b)"


class NamedPath(click.Path):
    """A path that is named: a blank, as a variable of the shell that is not set leaves it, is not the current folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """A path from its text.

        Raises:
            UsageError: it is blank.
        """
        if value == "" and param is not None:
            named = param.opts[0] if isinstance(param, click.Option) else param.human_readable_name
            raise UsageError(
                f"{named} expects the name of a file or folder, but it is blank; is a shell variable not set?"
            )
        return super().convert(value, param, ctx)


def paths(command: Command) -> Command:
    """Any number of folders and files; none means the current folder, which has to be there for any.

    Raises:
        UsageError: it is not.
    """

    def some(ctx: click.Context, param: click.Parameter, given: tuple[Path, ...]) -> tuple[Path, ...]:
        try:
            Path.cwd()
        except OSError as error:
            raise UsageError(f"the current folder cannot be used ({error.strerror or error})") from error
        return given or (Path(),)

    return click.argument("paths", nargs=-1, type=NamedPath(), callback=some)(command)


def collection(command: Command) -> Command:
    """The options that choose the schemas."""
    named = click.option(
        "--collection",
        metavar="NAME",
        help="Use this collection. Default: the one named by the round, otherwise peel-2017.",
    )
    folder = click.option(
        "--schemas",
        metavar="FOLDER",
        type=NamedPath(),
        help="Look for collections in this folder instead of those that come with peelcheck.",
    )
    return named(folder(command))


def material(command: Command) -> Command:
    """What a force has to check its own files with: its context, or the parts of one."""
    texts = {
        "context": (
            "PATH",
            "Check the files as those of one force, with its context file (or a folder of such files).",
        ),
        "history": ("FOLDER", "Without a context: the folder of accepted figures."),
        "declarations": ("FILE", "Without a context: the file of declarations."),
        "reference": ("FOLDER", "Without a context: the folder of reference tables."),
    }
    for name, (metavar, text) in reversed(texts.items()):
        command = click.option(f"--{name}", metavar=metavar, type=NamedPath(), help=text)(command)
    return command


def max_file_size(command: Command) -> Command:
    """The limit beyond which a file is not read, in bytes."""
    return click.option(
        "--max-file-size",
        metavar="SIZE",
        default="2GB",
        show_default=True,
        callback=_bytes,
        help="Do not read files larger than this, such as 500MB or 2GB. Each is reported as an error.",
    )(command)


def stdin_name(command: Command) -> Command:
    """How a file is called that comes through standard input."""
    return click.option(
        "--stdin-name",
        metavar="NAME",
        help="With - as the path: how the file from standard input is called, such as kent/marac.csv.",
    )(command)


def _bytes(ctx: click.Context, param: click.Parameter, given: str) -> int:
    """A number of bytes, at least one, as people write it: `500MB`, `2 GB`, or the bare number.

    Raises:
        UsageError: it is none.
    """
    written = re.fullmatch(_SIZE, given.strip(), re.IGNORECASE)
    times = {"": 1, "B": 1} | {name.upper(): bytes_ for name, bytes_ in BYTES.items()}
    bytes_ = int(Decimal(written["number"]) * times[written["unit"].upper()]) if written else 0
    if not 0 < bytes_ <= sys.maxsize:
        raise UsageError(f"{param.opts[0]} expects a size such as 500MB or 2GB, not {given!r}")
    return bytes_


def once(name: str, **more: Any) -> Callable[[Command], Command]:
    """An option that is refused if it is given twice, where one might expect both to count."""

    def only(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> str | None:
        if len(given) > 1:
            raise UsageError(
                f"{name} can be given only once, but it was given as {listed(given)}; leave it out to see everything"
            )
        return given[0] if given else None

    return click.option(name, multiple=True, callback=only, **more)


def file_name(ctx: click.Context, param: click.Parameter, given: Path | None) -> Path | None:
    """The path of a file to be written, which ends in a name: not a blank, a dot or the root of the disk.

    Raises:
        UsageError: it names no file.
    """
    if given is not None and not given.name:
        shown = "a blank or a dot" if given == Path() else f"{given}"
        raise UsageError(f"{param.opts[0]} expects the name of a file, not {shown}")
    return given


def output(formats: Iterable[str]) -> Callable[[Command], Command]:
    """The options for the output formats and files."""
    form = click.option(
        "--format",
        "form",
        type=click.Choice(list(formats)),
        help="Output format. Default: taken from the ending of the --output file, otherwise a table.",
    )
    file = click.option(
        "--output",
        "outputs",
        metavar="FILE",
        multiple=True,
        callback=_output_names,
        help="Also write to this file, in the format of its ending, or to FORMAT:FILE. May be repeated. Nothing is left "
        "behind if the run fails. Only earlier peelcheck output is overwritten.",
    )
    quiet = click.option(
        "--quiet",
        is_flag=True,
        help="With a table on the screen: show only its summary, or nothing if it has none.",
    )
    return lambda command: form(file(quiet(command)))


def _output_names(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The files of `--output`, each with a name.

    Raises:
        UsageError: one names no file.
    """
    for one in given:
        file_name(ctx, param, Path(one))
    return given
