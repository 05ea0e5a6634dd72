"""`peelcheck validate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from peelcheck.cli import options
from peelcheck.cli.choose import only_forces
from peelcheck.cli.help import Command
from peelcheck.cli.output import (
    chosen,
    deliver,
    look,
    refuse_other_ending,
    whole_file,
)
from peelcheck.cli.overwriting import refuse_received, refuse_same
from peelcheck.cli.program import FAIL_ON, verdict
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
  peelcheck validate my_folder --context kent.json
  peelcheck validate sample_returns --format csv --output queries.csv
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
    "--not-run",
    is_flag=True,
    help="List the comparisons that could not be made, and what each needs (table only).",
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
@options.material
@options.output(RENDERERS)
@options.max_file_size
@options.collection
def validate(
    paths: tuple[Path, ...],
    forces: tuple[str, ...],
    fail_on: str,
    all_notes: bool,
    not_run: bool,
    findings: Path | None,
    as_of: datetime | None,
    alone: bool,
    context: Path | None,
    history: Path | None,
    declarations: Path | None,
    reference: Path | None,
    form: str | None,
    output: Path | None,
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
        from peelcheck.engine.self_check import open_files
        from peelcheck.rounds.folder import is_given_of
        from peelcheck.rounds.self_check import Material

    written = chosen(RENDERERS, form, output)
    refuse_other_ending(FINDINGS, findings)
    refuse_same(output, findings)
    refuse_received(output, paths, schemas)
    refuse_received(findings, paths, schemas)
    material = Material(context, history, declarations, reference)
    named: set[str | None] | None = None
    is_given = None
    if findings:
        opened = open_files(list(paths), collection, schemas, is_result, alone=alone, material=material)
        is_given = is_given_of(opened)
        if forces:
            named = {named_force(name, opened.collection) for name in forces}
            named |= set() if opened.whole and is_given is None else {None}
        elif opened.force is not None:
            named = {opened.force, None}
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
            material=material,
        )
        result = only_forces(result, forces)  # before the findings are in place: it may find nothing to check
    deliver(written.render(result, look(output, all_notes, not_run)), output)
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
