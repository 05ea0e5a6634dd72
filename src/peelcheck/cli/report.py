"""`peelcheck report`."""

from __future__ import annotations

from pathlib import Path

import click

from peelcheck.cli import completion, options
from peelcheck.cli.help import Command
from peelcheck.cli.output import deliver, make_folder
from peelcheck.cli.overwriting import refuse_received
from peelcheck.cli.progress import progress
from peelcheck.cli.stopping import uninterrupted
from peelcheck.render.own_results import is_result

_EXAMPLES = """\b
Examples:
  peelcheck report sample_returns --output report
  peelcheck report sample_returns --force Kent --output report
  peelcheck report sample_returns --force Kent --own --output for_kent"""


@click.command(
    cls=Command, epilog=_EXAMPLES, short_help="Write the figures and queries of a round as web pages."
)
@click.argument("round_", metavar="ROUND", type=options.NamedPath())
@click.option(
    "--force",
    "forces",
    metavar="NAME",
    multiple=True,
    shell_complete=completion.forces,
    help="Write the page of this force. May be repeated. Default: a page for each force, and one for all.",
)
@click.option(
    "--own",
    is_flag=True,
    help="Leave out all figures of other forces: what goes to a force before publication.",
)
@click.option(
    "--output",
    metavar="FOLDER",
    type=options.NamedPath(),
    required=True,
    help="Write the pages to this folder. Only earlier peelcheck output is overwritten.",
)
@options.max_file_size
@options.collection
def report(
    round_: Path,
    forces: tuple[str, ...],
    own: bool,
    output: Path,
    max_file_size: int,
    collection: str | None,
    schemas: Path | None,
) -> None:
    """Write the figures and queries of a round as web pages that open with a double click and can be printed.

    A page has the figures of the report beside those of all forces together, charts, the force's own past and its queries.
    While a figure is in doubt, the page says DRAFT. Nothing is loaded from anywhere, and no page has a script.
    """
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck.engine.report import report as data
        from peelcheck.render.html.pages import all_page, force_page

    with progress() as told:
        made = data(
            round_,
            forces,
            collection=collection,
            schemas=schemas,
            progress=told,
            is_own=is_result,
            max_file_size=max_file_size,
        )
    files = {output / f"{made.slugs[force]}.html": force for force in made.chosen}
    index = output / "index.html"
    for file in [*files, *([] if own or forces else [index])]:
        refuse_received(file, [round_], schemas)
    make_folder(output)
    for file, force in files.items():
        deliver(force_page(made, force, own_only=own), file)
    if not own and not forces:
        deliver(all_page(made), index)
