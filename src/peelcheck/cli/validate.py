"""`peelcheck validate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from pathlib import Path

import click

from peelcheck.cli import options
from peelcheck.cli.choose import only_forces
from peelcheck.cli.output import (
    chosen,
    deliver,
    look,
    refuse_workbook,
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
  peelcheck validate sample_returns --format csv --output queries.csv
  peelcheck validate crime_records.csv --findings every-cell.csv

\b
Exit codes:
  0  no query at or above --fail-on
  1  at least one
  2  a path, option, schema or round file is wrong
  3  a fault in peelcheck"""


@click.command(epilog=_EXAMPLES)
@options.paths
@click.option(
    "--force",
    "forces",
    metavar="NAME",
    multiple=True,
    help="Only what is asked of this force; may be repeated.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="error",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.option("--notes", "all_notes", is_flag=True, help="Show every note, not only how many there are.")
@click.option(
    "--findings",
    type=click.Path(path_type=Path),
    metavar="FILE",
    callback=options.file_name,
    help="Also write every finding, one a line, as CSV; a query names only the first places.",
)
@options.output(RENDERERS)
@options.collection
def validate(
    paths: tuple[Path, ...],
    forces: tuple[str, ...],
    fail_on: str,
    all_notes: bool,
    findings: Path | None,
    form: str | None,
    output: Path | None,
    collection: str | None,
    schemas: Path | None,
) -> int:
    """Check a round, a folder or single files, and word the queries.

    PATHS are a round's folder (with a round.yaml), or any folders and files of returns; without any, the current folder
    is checked. Files are recognised by their column headings, and never changed.
    """
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck import engine
        from peelcheck.rounds.folder import open_round

    written = chosen(RENDERERS, form, output)
    refuse_workbook(FINDINGS, findings)
    refuse_same(output, findings)
    refuse_received(output, paths, schemas)
    refuse_received(findings, paths, schemas)
    named = None
    if findings and forces:
        known = open_round(list(paths), collection, schemas, is_result).collection
        named = {named_force(name, known) for name in forces}
    with progress() as report, _every_finding(findings, named) as told:
        result = engine.validate(
            paths, collection=collection, schemas=schemas, progress=report, on_findings=told, is_own=is_result
        )
    result = only_forces(result, forces)
    deliver(written.render(result, look(output, all_notes)), output)
    return verdict(result.queries, fail_on)


@contextmanager
def _every_finding(
    output: Path | None, forces: Set[str] | None
) -> Iterator[Callable[[Findings], None] | None]:
    """What takes every finding down into a file; None where none was asked for."""
    if output is None:
        yield None
        return
    from peelcheck.render.csv.findings import FindingsWriter

    with whole_file(output) as handle:
        yield FindingsWriter(handle, forces).add
