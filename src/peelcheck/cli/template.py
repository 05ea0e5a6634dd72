"""`peelcheck template`."""

from __future__ import annotations

from pathlib import Path

import click

from peelcheck.cli import completion, options
from peelcheck.cli.help import Command
from peelcheck.cli.output import deliver, make_folder
from peelcheck.cli.overwriting import refuse_present
from peelcheck.cli.stopping import uninterrupted
from peelcheck.errors import UsageError

_EXAMPLES = """\b
Examples:
  peelcheck template --force Kent --output kent.xlsx
  peelcheck template --all --output templates
  peelcheck template marac mental_health --force Kent --output kent.xlsx
  peelcheck template --force Kent --format csv --output kent
  peelcheck template --all --context contexts --output templates"""


@click.command(
    cls=Command,
    epilog=_EXAMPLES,
    short_help="Write the workbooks that forces fill in, with rules in the cells.",
)
@click.argument("returns", metavar="[RETURN]...", nargs=-1, shell_complete=completion.returns)
@click.option(
    "--force", metavar="NAME", shell_complete=completion.forces, help="Write the template of this force."
)
@click.option("--all", "everyone", is_flag=True, help="Write a template for every force.")
@click.option(
    "--context",
    "known",
    metavar="PATH",
    type=options.NamedPath(),
    help="A context file, or a folder of them: accepted figures are shown beside the cells.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["xlsx", "csv"]),
    default="xlsx",
    show_default=True,
    help="A workbook for each force, or plain CSV files.",
)
@click.option(
    "--output",
    metavar="PATH",
    type=options.NamedPath(),
    required=True,
    help="The workbook, or with --all or --format csv a folder. Nothing that is there already is overwritten.",
)
@options.collection
def template(
    returns: tuple[str, ...],
    force: str | None,
    everyone: bool,
    known: Path | None,
    form: str,
    output: Path,
    collection: str | None,
    schemas: Path | None,
) -> None:
    """Write what forces fill in: a workbook for each, with a sheet for each return.

    Rows and periods that are owed are filled in and locked. Each cell says what belongs in it and refuses what cannot be
    right. RETURN names returns; default: all that forces send.
    """
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck.engine.templates import templates
        from peelcheck.render.template import as_csv, as_workbook
        from peelcheck.rounds.context import contexts_at
        from peelcheck.rounds.folder import usual_collection
        from peelcheck.rounds.forces import named_force
        from peelcheck.schema import load_collection

    if (force is not None) == everyone:
        raise UsageError("give either --force NAME or --all")
    loaded = load_collection(usual_collection(collection, schemas))
    name = named_force(force, loaded) if force is not None else None
    found = contexts_at(known, loaded, name) if known is not None else {}
    made = templates(loaded, None if name is None else [name], returns, found)
    files: dict[Path, str | bytes] = {}
    for one in made:
        if form == "csv":
            place = output / one.slug if everyone else output
            files |= {place / f"{of}.csv": text for of, text in as_csv(one).items()}
        else:
            files[output / f"{one.slug}.xlsx" if everyone else output] = as_workbook(one)
    for file in files:
        if form == "xlsx" and file.suffix.lower() != ".xlsx":
            raise UsageError(f"{file}: a template is a workbook; please choose a name ending in .xlsx")
        refuse_present(file)
    for file, content in files.items():
        make_folder(file.parent)
        deliver(content, file)
