"""`peelcheck schema check`."""

from __future__ import annotations

from pathlib import Path

import click

from peelcheck.cli import options
from peelcheck.cli.help import Group
from peelcheck.cli.output import deliver
from peelcheck.cli.stopping import uninterrupted


@click.group(cls=Group)
def schema() -> None:
    """Work on the schemas of a collection."""


@schema.command(epilog="\b\nExamples:\n  peelcheck schema check schemas/peel-2017")
@click.argument("folder", required=False, type=options.NamedPath())
def check(folder: Path | None) -> None:
    """Check that a collection's schemas are valid. Shows what the collection contains, or what is wrong and where.

    FOLDER is the folder with collection.yaml. Default: the collection that comes with peelcheck.
    """
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck.engine import compile_checks
        from peelcheck.rounds.folder import DEFAULT_COLLECTION
        from peelcheck.schema import find_collection, load_collection
        from peelcheck.wording import count, listed

    loaded = load_collection(folder or find_collection(DEFAULT_COLLECTION))
    checks = compile_checks(loaded)
    holds = listed(
        [
            count(len(loaded.returns), "return"),
            count(len(checks), "check"),
            count(len(loaded.measures), "comparison"),
            count(len(loaded.forces), loaded.nouns.one, loaded.nouns.many),
        ]
    )
    deliver(f"{loaded.name} ({loaded.title}) contains {holds}.\nsha256:{loaded.sha256}\n", None)
