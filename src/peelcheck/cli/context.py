"""`peelcheck context`."""

from __future__ import annotations

from pathlib import Path

import click

from peelcheck.cli import completion, options
from peelcheck.cli.help import Command
from peelcheck.cli.output import deliver, make_folder
from peelcheck.cli.overwriting import refuse_received
from peelcheck.cli.progress import progress
from peelcheck.cli.stopping import uninterrupted
from peelcheck.errors import UsageError
from peelcheck.render import CONTEXT
from peelcheck.render.look import Look

_EXAMPLES = """\b
Examples:
  peelcheck context sample_returns --force Kent --output contexts
  peelcheck context sample_returns --all --output contexts
  peelcheck validate my_folder --context contexts/kent.json"""


@click.command(
    cls=Command, epilog=_EXAMPLES, short_help="Write what each force needs to check its own files."
)
@click.argument("round_", metavar="ROUND", type=options.NamedPath())
@click.option(
    "--force",
    "forces",
    metavar="NAME",
    multiple=True,
    shell_complete=completion.forces,
    help="Write the file of this force. May be repeated.",
)
@click.option("--all", "everyone", is_flag=True, help="Write a file for every force.")
@click.option(
    "--output",
    metavar="FOLDER",
    type=options.NamedPath(),
    required=True,
    help="Write the files to this folder. Only earlier peelcheck output is overwritten.",
)
@options.collection
def context(
    round_: Path,
    forces: tuple[str, ...],
    everyone: bool,
    output: Path,
    collection: str | None,
    schemas: Path | None,
) -> None:
    """Write one file per force, with which it can check its own files before it sends them.

    A file contains the force's accepted figures, its declarations, and its rows of the reference tables.
    It contains nothing about any other force. Returns are not read for it.
    """
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck.engine.context import contexts

    if bool(forces) == everyone:
        raise UsageError("give either --force NAME or --all")
    with progress() as report:
        made = contexts(
            round_, None if everyone else forces, collection=collection, schemas=schemas, progress=report
        )
    files = {output / f"{each.slug}.json": each for each in made}
    for file in files:
        refuse_received(file, [round_], schemas)
    make_folder(output)
    for file, each in files.items():
        deliver(CONTEXT.render(each, Look()), file)
