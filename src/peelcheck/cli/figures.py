"""`peelcheck figures`."""

from __future__ import annotations

from pathlib import Path

import click

from peelcheck.cli import completion, options
from peelcheck.cli.by_name import only_measure
from peelcheck.cli.destinations import destinations
from peelcheck.cli.help import Command
from peelcheck.cli.output import Shown
from peelcheck.cli.progress import progress
from peelcheck.cli.stopping import uninterrupted
from peelcheck.render import FIGURES
from peelcheck.render.own_results import is_result

_EXAMPLES = """\b
Examples:
  peelcheck figures sample_returns --force "West Midlands"
  peelcheck figures sample_returns --measure da_arrest_rate
  peelcheck figures sample_returns --output figures.csv --quiet"""


@click.command(cls=Command, epilog=_EXAMPLES)
@options.paths
@options.once(
    "--force",
    metavar="NAME",
    shell_complete=completion.forces,
    help="Show only this force, with a sentence about each figure.",
)
@options.once(
    "--measure",
    metavar="ID",
    shell_complete=completion.measures,
    help="Show only this measure, such as da_arrest_rate.",
)
@options.output(FIGURES)
@options.max_file_size
@options.collection
def figures(
    paths: tuple[Path, ...],
    force: str | None,
    measure: str | None,
    form: str | None,
    outputs: tuple[str, ...],
    quiet: bool,
    max_file_size: int,
    collection: str | None,
    schemas: Path | None,
) -> None:
    """Show the figures as the report would state them.

    For every measure: each force's figure and rank, the figure for the whole area, and which forces are left out and why.
    The figure for the whole area is the sum of the forces' counts divided by the sum of their populations (or crimes).
    It is never a mean of rates, and it covers only the forces that are not left out.
    """
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck import engine

    written = destinations(FIGURES, form, outputs)
    written.refuse(paths, schemas)
    with progress() as report:
        found = engine.figures(
            paths,
            collection=collection,
            schemas=schemas,
            progress=report,
            force=force,
            is_own=is_result,
            max_file_size=max_file_size,
        )
    written.deliver(only_measure(found, measure), Shown(quiet=quiet))
