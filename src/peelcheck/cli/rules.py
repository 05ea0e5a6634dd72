"""`peelcheck rules` and `peelcheck explain`."""

from __future__ import annotations

from pathlib import Path

import click

from peelcheck.cli import completion, options
from peelcheck.cli.by_name import find_rule
from peelcheck.cli.destinations import destinations
from peelcheck.cli.help import Command
from peelcheck.cli.output import Shown, deliver, look
from peelcheck.cli.stopping import uninterrupted
from peelcheck.model import CheckSpec
from peelcheck.render import RULES


def _rules(collection: str | None, schemas: Path | None) -> tuple[CheckSpec, ...]:
    with uninterrupted():  # libraries that are half imported are in no state to be stopped
        from peelcheck.rounds.folder import usual_collection
        from peelcheck.rules.registry import all_rules
        from peelcheck.schema import load_collection

    return all_rules(load_collection(usual_collection(collection, schemas)))


@click.command(cls=Command)
@options.output(RULES)
@options.collection
def rules(
    form: str | None, outputs: tuple[str, ...], quiet: bool, collection: str | None, schemas: Path | None
) -> None:
    """List every rule: code, severity and title.

    Codes that begin with FI are about files, CE about cells, TY about the values of a column, and RO about the round. All
    others belong to the collection. `peelcheck explain CODE` shows one rule in full.
    """
    written = destinations(RULES, form, outputs)
    written.refuse((), schemas)
    written.deliver(_rules(collection, schemas), Shown(quiet=quiet))


@click.command(cls=Command, epilog="\b\nExamples:\n  peelcheck explain DA101")
@click.argument("code", shell_complete=completion.codes)
@options.collection
def explain(code: str, collection: str | None, schemas: Path | None) -> None:
    """Explain one rule: what it asks, why, and its source."""
    from peelcheck.render.terminal.rules import rule_page

    deliver(rule_page(find_rule(code, _rules(collection, schemas)), look(None)), None)
