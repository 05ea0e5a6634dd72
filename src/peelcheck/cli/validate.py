"""`peelcheck validate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peelcheck.cli import completion, options
from peelcheck.cli.accepting import Accepting, accepted_of, accepting, refuse_file
from peelcheck.cli.by_name import only_forces
from peelcheck.cli.destinations import Destinations, destinations, refuse_other_ending
from peelcheck.cli.output import Shown, deliver, whole_file
from peelcheck.cli.overwriting import refuse_present
from peelcheck.cli.program import FAIL_ON, NOTHING, threshold, verdict
from peelcheck.cli.progress import progress
from peelcheck.cli.selection import selecting
from peelcheck.cli.settings import WithSettings, show_if_asked, showing_settings
from peelcheck.cli.since import changed_since
from peelcheck.cli.stdin import stdin_as_file
from peelcheck.cli.stopping import uninterrupted
from peelcheck.model import Collection, Findings, Result, Selection
from peelcheck.render import FINDINGS, RENDERERS
from peelcheck.render.own_results import is_result
from peelcheck.render.safe import visible
from peelcheck.rounds.forces import named_force

if TYPE_CHECKING:
    from peelcheck.rounds.self_check import Material

_EXAMPLES = """\b
Examples:
  peelcheck validate sample_returns
  peelcheck validate sample_returns --force Kent
  peelcheck validate domestic_abuse.csv marac.csv
  peelcheck validate my_folder --context kent.json
  peelcheck validate sample_returns --output queries.csv --quiet
  peelcheck validate crime_records.csv --findings every-cell.csv

\b
Exit codes:
  0  no query at or above --fail-on
  1  at least one query at or above --fail-on
  2  a path, option, schema or round file is wrong, or there is nothing to check
  3  a bug in peelcheck"""


@click.command(
    cls=WithSettings, epilog=_EXAMPLES, short_help="Validate returns and draft the queries to send back."
)
@options.paths
@click.option(
    "--force",
    "forces",
    metavar="NAME",
    multiple=True,
    shell_complete=completion.forces,
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
    "--proposals",
    type=click.Path(path_type=Path),
    metavar="FILE",
    callback=options.file_name,
    help="Also write what forces propose to declare in their templates to a new CSV file, in the form of declarations.csv.",
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
@click.option(
    "--no-values",
    is_flag=True,
    help="Leave the cells of record-level returns out of the output. Always so with --format github.",
)
@click.option(
    "--since",
    metavar="REVISION",
    help="Check only what has changed since this revision of git, such as main. Changes that are not committed count.",
)
@options.stdin_name
@selecting
@accepting
@options.output(RENDERERS)
@options.max_file_size
@options.collection
@showing_settings
@click.pass_context
def validate(
    ctx: click.Context,
    paths: tuple[Path, ...],
    forces: tuple[str, ...],
    fail_on: str,
    all_notes: bool,
    not_run: bool,
    findings: Path | None,
    proposals: Path | None,
    as_of: datetime | None,
    alone: bool,
    context: Path | None,
    history: Path | None,
    declarations: Path | None,
    reference: Path | None,
    no_values: bool,
    since: str | None,
    stdin_name: str | None,
    selection: Selection,
    accepted: Path | None,
    asked: Accepting,
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
    if show_if_asked(ctx):
        return NOTHING
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck import engine
        from peelcheck.engine.selection import select
        from peelcheck.queries.values import without_values
        from peelcheck.rounds.self_check import Material

    refuse_file(accepted, asked)
    written = destinations(RENDERERS, form, outputs)
    refuse_other_ending(FINDINGS, findings)
    material = Material(context, history, declarations, reference)
    written.refuse(paths, schemas, findings)
    refuse_present(proposals)
    if since is not None:
        changed = changed_since(since, paths, schemas)
        if not changed:
            from peelcheck.engine.self_check import open_files

            opened = open_files(paths, collection, schemas, is_result, alone=alone, material=material)
            return _nothing_changed(since, opened.collection, written, quiet)
        paths = changed
    with (
        stdin_as_file(paths, stdin_name, max_file_size) as (files, names),
        progress() as report,
        _every_finding(findings, files, collection, schemas, forces, alone, no_values, material) as told,
    ):
        result = engine.validate(
            files,
            collection=collection,
            schemas=schemas,
            progress=report,
            on_findings=told,
            is_own=is_result,
            max_file_size=max_file_size,
            as_of=as_of.date() if as_of else None,
            alone=alone,
            accepted=accepted,
            names=names,
            material=material,
            lines=written.show_lines,
        )
        result = only_forces(result, forces)  # before the findings are in place: it may find nothing to check
    result = select(result, selection)
    write = None
    if asked.wanted:
        result, write = accepted_of(result, asked, accepted)
    if no_values:
        result = without_values(result)
    written.deliver(result, Shown(all_notes, quiet, threshold(fail_on), not_run), without_values)
    if proposals is not None:
        _write_proposals(result, proposals)
    if write is not None:  # only once everything else could be written
        click.echo(write(), err=True)
    return verdict(result.queries, fail_on)


def _write_proposals(result: Result, output: Path) -> None:
    """Write the proposals of the forces that are shown, and say how many there are."""
    from peelcheck.render.csv.proposals import as_declarations
    from peelcheck.wording import count

    deliver(as_declarations(result.proposals), output)
    click.echo(f"{count(len(result.proposals), 'proposed declaration')} in {visible(str(output))}", err=True)


def _nothing_changed(since: str, collection: Collection, written: Destinations[Result], quiet: bool) -> int:
    """Say so; in the other formats as a result without queries, which what reads them can read."""
    from peelcheck.engine.nothing import nothing_to_check

    said = f"Nothing to check has changed since {visible(since)}."
    others = written.without("table")
    others.deliver(nothing_to_check(collection, said), Shown(quiet=quiet))
    if others.on_stdout:
        click.echo(said, err=True)
    else:
        deliver(f"{said}\n", None)
    return NOTHING


@contextmanager
def _every_finding(
    output: Path | None,
    paths: Sequence[Path],
    collection: str | None,
    schemas: Path | None,
    forces: Sequence[str],
    alone: bool,
    no_values: bool,
    material: Material,
) -> Iterator[Callable[[Findings], None] | None]:
    """What takes every finding down into a file, of the forces and files that are shown; None where none was asked for."""
    if output is None:
        yield None
        return
    from peelcheck.engine.self_check import open_files
    from peelcheck.render.csv.findings import FindingsWriter
    from peelcheck.rounds.folder import is_given_of

    opened = open_files(list(paths), collection, schemas, is_result, alone=alone, material=material)
    is_given = is_given_of(opened)
    named: set[str | None] | None = None
    if forces:
        named = {named_force(name, opened.collection) for name in forces}
        named |= set() if opened.whole and is_given is None else {None}
    elif opened.force is not None:
        named = {opened.force, None}
    hidden = {name for name, schema in opened.collection.returns.items() if schema.records and no_values}
    with whole_file(output) as handle:
        yield FindingsWriter(handle, named, is_given, hidden).add
