"""`peelcheck validate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from peelcheck.cli import options
from peelcheck.cli.accepting import Accepting, accept_and_write, accepting, checked
from peelcheck.cli.choose import only_forces
from peelcheck.cli.destinations import destinations, refuse_other_ending
from peelcheck.cli.help import Command
from peelcheck.cli.output import Shown, whole_file
from peelcheck.cli.program import FAIL_ON, threshold, verdict
from peelcheck.cli.progress import progress
from peelcheck.cli.stopping import uninterrupted
from peelcheck.model import Findings
from peelcheck.render import FINDINGS, RENDERERS
from peelcheck.render.own_results import is_result
from peelcheck.rounds.forces import named_force

_EXAMPLES = """\b
Examples:
  peelcheck validate sample_returns
  peelcheck validate sample_returns --force Kent
  peelcheck validate domestic_abuse.csv marac.csv
  peelcheck validate sample_returns --output queries.csv --quiet
  peelcheck validate crime_records.csv --findings every-cell.csv

\b
Exit codes:
  0  no query at or above --fail-on
  1  at least one query at or above --fail-on
  2  a path, option, schema or round file is wrong, or there is nothing to check
  3  a bug in peelcheck"""


@click.command(
    cls=Command, epilog=_EXAMPLES, short_help="Validate returns and draft the queries to send back."
)
@options.paths
@click.option(
    "--force",
    "forces",
    metavar="NAME",
    multiple=True,
    help="Show only the queries for this force. May be repeated.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="error",
    show_default=True,
    help="Lowest severity that causes exit code 1.",
)
@click.option(
    "--notes", "all_notes", is_flag=True, help="Show every note in full, not only how many there are."
)
@click.option(
    "--findings",
    type=click.Path(path_type=Path),
    metavar="FILE",
    callback=options.file_name,
    help="Also write every finding to a CSV file, one per line. A query lists only its first 20 locations.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Decide for this day (such as 2017-10-31) whether returns are late. Default: the round's date, otherwise today.",
)
@click.option(
    "--alone",
    is_flag=True,
    help="Check files and folders of a round by themselves, without the rest of the round.",
)
@accepting
@options.output(RENDERERS)
@options.max_file_size
@options.collection
def validate(
    paths: tuple[Path, ...],
    forces: tuple[str, ...],
    fail_on: str,
    all_notes: bool,
    findings: Path | None,
    as_of: datetime | None,
    alone: bool,
    accepted: Path | None,
    accept_ids: tuple[str, ...],
    accept_all: bool,
    reason: str | None,
    by: str | None,
    within: str | None,
    until: str | None,
    form: str | None,
    outputs: tuple[str, ...],
    quiet: bool,
    max_file_size: int,
    collection: str | None,
    schemas: Path | None,
) -> int:
    """Validate a round, a folder or single files, and draft the queries to send back.

    PATHS are a round's folder (with a round.yaml), or any folders and files of returns. Default: the current folder.
    A folder or file within a round is checked with its round, and only the queries about it are shown.
    Files are recognised by their column headings. They are never changed.
    """
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck import engine
        from peelcheck.rounds.folder import is_given_of, open_round

    asked = checked(Accepting(accept_ids, accept_all, reason, by, within, until))
    written = destinations(RENDERERS, form, outputs)
    refuse_other_ending(FINDINGS, findings)
    written.refuse(paths, schemas, findings)
    named: set[str | None] | None = None
    is_given = None
    if findings:
        opened = open_round(list(paths), collection, schemas, is_result, alone=alone)
        is_given = is_given_of(opened)
        if forces:
            named = {named_force(name, opened.collection) for name in forces}
            named |= set() if opened.whole and is_given is None else {None}
    with progress() as report, _every_finding(findings, named, is_given) as told:
        result = engine.validate(
            paths,
            collection=collection,
            schemas=schemas,
            progress=report,
            on_findings=told,
            is_own=is_result,
            max_file_size=max_file_size,
            as_of=as_of.date() if as_of else None,
            alone=alone,
            accepted=accepted,
        )
        result = only_forces(result, forces)  # before the findings are in place: it may find nothing to check
    if asked.wanted:
        result, said = accept_and_write(result, asked, accepted)
        click.echo(said, err=True)
    written.deliver(result, Shown(all_notes, quiet, threshold(fail_on)))
    return verdict(result.queries, fail_on)


@contextmanager
def _every_finding(
    output: Path | None, forces: Set[str | None] | None, is_given: Callable[[str], bool] | None
) -> Iterator[Callable[[Findings], None] | None]:
    """What takes every finding down into a file; None where none was asked for."""
    if output is None:
        yield None
        return
    from peelcheck.render.csv.findings import FindingsWriter

    with whole_file(output) as handle:
        yield FindingsWriter(handle, forces, is_given).add
