"""`peelcheck dictionary`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import click

from peelcheck.cli import options
from peelcheck.cli.help import Command
from peelcheck.cli.output import deliver
from peelcheck.cli.overwriting import refuse_present
from peelcheck.cli.stopping import uninterrupted
from peelcheck.errors import UsageError

_EXAMPLES = """\b
Examples:
  peelcheck dictionary --output dictionary.html
  peelcheck dictionary --output dictionary.xlsx
  peelcheck dictionary --compared-with peel-2016 --output changes.html"""
_FORMATS = ("html", "markdown", "csv", "xlsx")


@click.command(cls=Command, epilog=_EXAMPLES, short_help="Describe every column that a collection asks for.")
@click.option(
    "--compared-with",
    "other",
    metavar="NAME",
    help="Also say what has changed against this collection, a name or a folder.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="Output format. Default: taken from the ending of the --output file, otherwise Markdown.",
)
@click.option(
    "--output",
    metavar="FILE",
    type=options.NamedPath(),
    help="Write to this new file instead of the screen. Nothing that is there already is overwritten.",
)
@options.collection
def dictionary(
    other: str | None, form: str | None, output: Path | None, collection: str | None, schemas: Path | None
) -> None:
    """Describe every column of every return: what it means, what is allowed, and which checks look at it."""
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck.engine.dictionary import dictionary as described
        from peelcheck.render.dictionary import ENDINGS, FORMATS
        from peelcheck.rounds.folder import usual_collection
        from peelcheck.schema import find_collection, load_collection

    by_ending = ENDINGS.get(output.suffix.lower()) if output else None
    if output is not None and by_ending is None and form is None:
        raise UsageError(f"{output}: please choose a name ending in {', '.join(ENDINGS)}, or give --format")
    if form and by_ending and form != by_ending:
        raise UsageError(f"{output}: ends like {by_ending}, but --format is {form}")
    if form == "xlsx" and output is None:
        raise UsageError("a workbook cannot be shown on the screen; please give --output FILE.xlsx")
    refuse_present(output)
    loaded = load_collection(usual_collection(collection, schemas))
    compared = None
    if other is not None:
        place = Path(other)
        compared = load_collection(place if place.is_dir() else find_collection(other, schemas))
    render = cast("Callable[[object], str | bytes]", FORMATS[form or by_ending or "markdown"])
    deliver(render(described(loaded, compared)), output)
