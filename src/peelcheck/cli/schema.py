"""`peelcheck schema check`, `test`, `json-schema` and `export`."""

from __future__ import annotations

from pathlib import Path

import click

from peelcheck.cli import options
from peelcheck.cli.destinations import destinations
from peelcheck.cli.help import Group
from peelcheck.cli.output import Shown, deliver, make_folder
from peelcheck.cli.overwriting import refuse_present
from peelcheck.cli.program import NOTHING, SOMETHING
from peelcheck.cli.stopping import uninterrupted
from peelcheck.errors import SchemaError
from peelcheck.render import RENDERERS
from peelcheck.render.safe import visible


@click.group(cls=Group)
def schema() -> None:
    """Work on the schemas of a collection."""


@schema.command(epilog="\b\nExamples:\n  peelcheck schema check schemas/peel-2017")
@click.argument("folder", required=False, type=options.NamedPath())
@options.output(RENDERERS)
def check(folder: Path | None, form: str | None, outputs: tuple[str, ...], quiet: bool) -> int:
    """Check that a collection's schemas are valid. Shows what the collection contains, or everything that is wrong and where.

    FOLDER is the folder with collection.yaml. Default: the collection that comes with peelcheck.
    The formats are those of validate. The exit code is 2 if anything is wrong.
    """
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck.engine import compile_checks
        from peelcheck.engine.schema_problems import as_result
        from peelcheck.schema import load_collection
        from peelcheck.wording import count, listed

    place = _folder(folder)
    written = destinations(RENDERERS, form, outputs).without("table")
    written.refuse((), None)
    try:
        loaded = load_collection(place)
        checks = compile_checks(loaded)
    except SchemaError as error:
        written.deliver(as_result(place, error.every), Shown(quiet=quiet))
        raise
    written.deliver(as_result(place, ()), Shown(quiet=quiet))
    if written.on_stdout or quiet:
        return NOTHING
    holds = listed(
        [
            count(len(loaded.returns), "return"),
            count(len(checks), "check"),
            count(len(loaded.measures), "comparison"),
            count(len(loaded.forces), loaded.nouns.one, loaded.nouns.many),
        ]
    )
    deliver(f"{loaded.name} ({loaded.title}) contains {holds}.\nsha256:{loaded.sha256}\n", None)
    return NOTHING


@schema.command(epilog="\b\nExamples:\n  peelcheck schema test schemas/peel-2017")
@click.argument("folder", required=False, type=options.NamedPath())
def test(folder: Path | None) -> int:
    """Run the cases of a collection: rows that its checks are run on, and the findings that they must give.

    FOLDER is the folder with collection.yaml; the cases are in its folder cases. Default: the collection that comes with
    peelcheck. The exit code is 1 if a case fails.
    """
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck.engine.cases import run_cases
        from peelcheck.schema import load_collection
        from peelcheck.wording import count

    outcomes = list(run_cases(load_collection(_folder(folder))))
    failed = [outcome for outcome in outcomes if not outcome.passed]
    lines = [f"{one.file}: {one.name}: {one.words}" for one in failed]
    lines.append(f"{count(len(outcomes), 'case')}, {len(failed):,} failed")
    deliver("".join(f"{visible(line)}\n" for line in lines), None)
    return SOMETHING if failed else NOTHING


@schema.command(
    "json-schema", epilog="\b\nExamples:\n  peelcheck schema json-schema return > return.schema.json"
)
@click.argument("file", type=click.Choice(["collection", "return", "measures", "across"]))
def json_schema(file: str) -> int:
    """Show the JSON Schema of one kind of schema file, for editors that complete and check YAML.

    FILE is collection (collection.yaml), return (the file of a return), measures (measures.yaml) or across (across.yaml).
    """
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck.checks.json_schema import json_schema as schema_of
        from peelcheck.render.json import written

    deliver(written(schema_of(file)), None)
    return NOTHING


def _folder(folder: Path | None) -> Path:
    from peelcheck.rounds.folder import DEFAULT_COLLECTION
    from peelcheck.schema import find_collection

    return folder or find_collection(DEFAULT_COLLECTION)


@schema.command(epilog="\b\nExamples:\n  peelcheck schema export --output package")
@click.argument("folder", required=False, type=options.NamedPath())
@click.option(
    "--output",
    metavar="FOLDER",
    type=options.NamedPath(),
    required=True,
    help="Write the files to this folder. Nothing that is there already is overwritten.",
)
def export(folder: Path | None, output: Path) -> int:
    """Write a collection as plain Frictionless Table Schema, a file for each return, and as a data package.

    FOLDER is the folder with collection.yaml. Default: the collection that comes with peelcheck. Other tools read these
    files; the checks, periods and comparisons are not in them.
    """
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck.render.frictionless import data_package, table_schema
        from peelcheck.render.json import written
        from peelcheck.schema import load_collection

    loaded = load_collection(_folder(folder))
    files = {"datapackage.json": data_package(loaded)}
    files |= {f"{name}.schema.json": table_schema(one) for name, one in loaded.returns.items()}
    for name in files:
        refuse_present(output / name)
    make_folder(output)
    for name, content in files.items():
        deliver(written(content), output / name)
    return NOTHING
