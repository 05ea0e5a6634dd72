"""What a shell may complete the value of an option to: the collection's forces, measures and rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from peelcheck.errors import PeelcheckError

if TYPE_CHECKING:
    from peelcheck.model import Collection


def forces(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """Forces whose names begin so; with hyphens for spaces, which shells would take for the next word."""
    collection = _collection(ctx)
    names = [force.name.replace(" ", "-") for force in collection.forces] if collection else []
    return _beginning(names, begun.replace(" ", "-"))


def measures(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """Measures whose ids begin so."""
    collection = _collection(ctx)
    return _beginning((measure.id for measure in collection.measures) if collection else (), begun)


def returns(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """The names of returns that forces send."""
    from peelcheck.model import ReturnKind

    collection = _collection(ctx)
    own = collection.returns.values() if collection else ()
    return _beginning((one.name for one in own if one.kind is ReturnKind.RETURN), begun)


def codes(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """Codes of rules that begin so."""
    from peelcheck.rules.registry import all_rules

    collection = _collection(ctx)
    return _beginning((rule.code for rule in all_rules(collection)) if collection else (), begun)


def selectable(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """What `--select` and `--ignore` take: codes of rules, kinds of checks and returns."""
    from peelcheck.rules.registry import all_rules

    collection = _collection(ctx)
    if collection is None:
        return []
    rules = all_rules(collection)
    return _beginning(
        [rule.code for rule in rules] + sorted({rule.kind for rule in rules}) + [*collection.returns], begun
    )


def _beginning(words: Iterable[str], begun: str) -> list[str]:
    return [word for word in words if word.lower().startswith(begun.lower())]


def _collection(ctx: click.Context) -> Collection | None:
    """The collection of what is named so far; None if it cannot be loaded, which the command will explain."""
    from peelcheck.rounds.folder import open_round, usual_collection
    from peelcheck.schema import load_collection

    named, schemas = ctx.params.get("collection"), ctx.params.get("schemas")
    try:
        if paths := ctx.params.get("paths"):
            return open_round(list(paths), named, schemas, alone=False).collection
    except (PeelcheckError, OSError):
        pass  # without a round the usual collection completes most words
    try:
        return load_collection(usual_collection(named, schemas))
    except (PeelcheckError, OSError):
        return None
