"""`validate --accept`: accept open queries and write them down."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from peelcheck.cli import options
from peelcheck.cli.output import whole_file
from peelcheck.errors import UsageError
from peelcheck.model import Result
from peelcheck.rounds.given import RECEIVED, round_of

Command = Callable[..., Any]


class Accepting(Struct, frozen=True):
    """What a person asked to accept: some ids or everything, why, by whom, how far figures may move, and until when."""

    ids: tuple[str, ...] = ()
    everything: bool = False
    reason: str | None = None
    by: str | None = None
    within: str | None = None
    until: str | None = None

    @property
    def wanted(self) -> bool:
        """Whether anything is to be accepted."""
        return bool(self.ids) or self.everything


def accepting(command: Command) -> Command:
    """The options that accept queries; the command gets the file as `accepted`, and the rest as `asked`.

    Raises:
        UsageError: they do not fit together.
    """

    @functools.wraps(command)
    def run(**given: Any) -> Any:
        own = {name: given.pop(name) for name in Accepting.__struct_fields__}
        return command(asked=_checked(Accepting(**own)), **given)

    wrapped: Command = run
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


_OPTIONS = (
    click.option(
        "--accepted",
        metavar="FILE",
        type=click.Path(path_type=Path),
        callback=options.file_name,
        help="Use the accepted queries in this file. Default: accepted.csv of the round.",
    ),
    click.option("--accept", "ids", metavar="ID", multiple=True, help="Accept this query. May be repeated."),
    click.option(
        "--accept-all", "everything", is_flag=True, help="Accept every open query that can be accepted."
    ),
    click.option(
        "--reason", metavar="TEXT", help="Why they are accepted. Required with --accept and --accept-all."
    ),
    click.option(
        "--by",
        metavar="NAME",
        envvar="PEELCHECK_BY",
        help="Who accepts them. Default: PEELCHECK_BY, else you.",
    ),
    click.option(
        "--within",
        metavar="BAND",
        help="How far the figures may move before they are asked about again, such as 5% or 10. Default: 1% or 2.",
    ),
    click.option(
        "--until", metavar="DATE", help="Last day on which they are accepted, such as 2018-06-30 or 2018."
    ),
)


def _checked(asked: Accepting) -> Accepting:
    """What was asked, if it can be done.

    Raises:
        UsageError: a reason is missing, there is nothing to accept, or both some and all are to be accepted.
    """
    if asked.ids and asked.everything:
        raise UsageError("--accept and --accept-all cannot be used together")
    if asked.wanted and not (asked.reason or "").strip():
        raise UsageError("--accept and --accept-all need --reason TEXT: why is it accepted?")
    for name in ("reason", "within", "until"):
        if getattr(asked, name) is not None and not asked.wanted:
            raise UsageError(f"--{name} needs --accept ID or --accept-all")
    return asked


def accepted_of(result: Result, asked: Accepting, file: Path | None) -> tuple[Result, Callable[[], str]]:
    """Accept queries of a result, which are added to the file when everything else is written.

    Args:
        result: the result.
        asked: what to accept.
        file: the file of `--accepted`; None for the round's own.

    Returns:
        The result with them accepted; and what adds them to the file and says so in a sentence.

    Raises:
        UsageError: there is no such open query, or it cannot be accepted; or files were checked without a round, and no file
            was named.
        OutputError: the file cannot be written.
    """
    from peelcheck.engine.accepting import Terms, accept
    from peelcheck.render.csv import spreadsheet
    from peelcheck.rounds.accepted_file import COLUMNS, USUAL, as_row, band_of, day_of, read_accepted
    from peelcheck.rounds.given import ACCEPTED
    from peelcheck.schema.entries import Entry
    from peelcheck.wording import count

    if file is None and result.alone:
        raise UsageError(
            "there is no round to keep accepted queries in; please name a file with --accepted FILE"
        )
    path = Path(f"{result.base}{ACCEPTED}") if file is None else file
    terms = Terms(
        reason=" ".join((asked.reason or "").split()),
        by=asked.by or _user(),
        day=result.day or date.today(),
        within=band_of(Entry("--within", "", asked.within)) if asked.within else USUAL,
        until=day_of(Entry("--until", "", asked.until), result.collection, last=True)
        if asked.until
        else None,
    )
    if terms.until is not None and terms.until < terms.day:
        raise UsageError(f"--until {terms.until} is before {terms.day}, the date of the run")
    result, new, left = accept(result, None if asked.everything else asked.ids, terms)
    kept = [one for one in read_accepted(path, result.collection) if one.id not in {each.id for each in new}]
    said = f"{count(len(new), 'query', 'queries')} accepted in {path}" if new else "No query was accepted"
    if left:
        they = "what it is about is" if left == 1 else "what they are about is"
        said += f"; {left:,} cannot be accepted, because {they} not used until it is corrected"

    def write() -> str:
        if new:
            _write(path, spreadsheet(COLUMNS, [as_row(one) for one in (*kept, *new)]))
        return said

    return result, write


def refuse_file(file: Path | None, asked: Accepting) -> None:
    """Refuse a file of accepted queries that is not there, unless it is about to be made; or that is among received files.

    Raises:
        UsageError: it is refused.
    """
    if file is None:
        return
    if not asked.wanted and not file.is_file():
        raise UsageError(f"{file}: there is no such file of accepted queries")
    root = round_of(file)
    if root is not None and file.absolute().relative_to(root.absolute()).parts[0] in RECEIVED:
        raise UsageError(f"{file}: would be mistaken for a file to be checked; please choose another folder")


def _write(path: Path, text: str) -> None:
    with whole_file(path) as handle:
        handle.write(text.encode())


def _user() -> str:
    import getpass  # not loaded for --help

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a machine need not know its user's name
        return os.environ.get("USERNAME", "")
