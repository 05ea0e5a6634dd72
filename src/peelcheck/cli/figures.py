"""`peelcheck figures`."""

from __future__ import annotations

from pathlib import Path

import click

from peelcheck.cli import options
from peelcheck.cli.choose import only_measure
from peelcheck.cli.output import chosen, deliver, look
from peelcheck.cli.overwriting import refuse_received
from peelcheck.cli.progress import progress
from peelcheck.cli.stopping import uninterrupted
from peelcheck.render import FIGURES
from peelcheck.render.own_results import is_result

_EXAMPLES = """\b
Examples:
  peelcheck figures sample_returns --force "West Midlands"
  peelcheck figures sample_returns --measure da_arrest_rate
  peelcheck figures sample_returns --format csv --output figures.csv"""


@click.command(epilog=_EXAMPLES)
@options.paths
@options.once("--force", metavar="NAME", help="This force in numbers, with each figure as a sentence.")
@options.once("--measure", metavar="ID", help="Only this measure, such as da_arrest_rate.")
@options.output(FIGURES)
@options.collection
def figures(
    paths: tuple[Path, ...],
    force: str | None,
    measure: str | None,
    form: str | None,
    output: Path | None,
    collection: str | None,
    schemas: Path | None,
) -> None:
    """Show the figures as the report would state them.

    For every measure: each force's figure and rank, the area as a whole, and who is left out and why. The area as a whole is
    the sum of the counts over the sum of the populations (or crimes) of the forces that are in, never a mean of rates.
    """
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck import engine

    written = chosen(FIGURES, form, output)
    refuse_received(output, paths, schemas)
    with progress() as report:
        found = engine.figures(
            paths, collection=collection, schemas=schemas, progress=report, force=force, is_own=is_result
        )
    deliver(written.render(only_measure(found, measure), look(output)), output)
