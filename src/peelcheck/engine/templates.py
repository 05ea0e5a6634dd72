"""A collection → what a force is to fill in: a sheet for each return, a row for each period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from peelcheck.errors import UsageError
from peelcheck.model import Collection, Period, ReturnKind, ReturnSchema
from peelcheck.rounds.context import Context
from peelcheck.schema.checksum import checksum_of
from peelcheck.wording import listed

_SUM = "sums_to"
"""The kind of check that says which figures make up a total."""


class TemplateRow(Struct, frozen=True):
    """A row that is owed: its period, and the figures that belong to it.

    `start` and `end` are None where the force chooses the date of the period, which then lies between `earliest` and
    `latest`. `accepted` has the figures accepted for the same period, by item.
    """

    start: date | None
    end: date | None
    earliest: date
    latest: date
    words: str
    owed: frozenset[str]
    accepted: Mapping[str, float]


class TemplateSheet(Struct, frozen=True):
    """A return to fill in; a return of records has no rows, since nobody knows how many there will be.

    `sums` has the parts of each total. `checksum` tells a template of an older collection.
    """

    schema: ReturnSchema
    rows: tuple[TemplateRow, ...]
    sums: Mapping[str, tuple[str, ...]]
    checksum: str


class Template(Struct, frozen=True):
    """What one force fills in. `code` is "" for a force without one; `slug` names the file."""

    collection: Collection
    force: str
    code: str
    slug: str
    sheets: tuple[TemplateSheet, ...]


def templates(
    collection: Collection,
    forces: Sequence[str] | None,
    returns: Sequence[str] = (),
    contexts: Mapping[str, Context] | None = None,
) -> list[Template]:
    """The templates of forces.

    Args:
        collection: what is asked for.
        forces: proper names; None for all forces.
        returns: which returns; if none is named, all that every force owes.
        contexts: accepted figures by force, for those that have a context.

    Raises:
        UsageError: a return is none that forces send.
    """
    owed = [one for one in collection.returns.values() if one.kind is ReturnKind.RETURN]
    names = [one.name for one in owed]
    unknown = [name for name in returns if name not in names]
    if unknown:
        raise UsageError(
            f"{listed(unknown)}: not a return that {collection.nouns.many} send; these are {listed(names)}"
        )
    wanted = [one for one in owed if (one.name in returns if returns else not one.optional)]
    known = contexts or {}
    return [
        Template(
            collection,
            force.name,
            force.code or "",
            force.slug,
            tuple(_sheet(schema, known.get(force.name)) for schema in wanted),
        )
        for force in collection.forces
        if forces is None or force.name in forces
    ]


def _sheet(schema: ReturnSchema, context: Context | None) -> TemplateSheet:
    sums = {
        check.parameters["total"]: tuple(check.parameters["parts"])
        for check in schema.checks
        if check.kind == _SUM and isinstance(check.parameters.get("total"), str)
    }
    rows = () if schema.records else tuple(_rows(schema, context))
    return TemplateSheet(schema, rows, sums, checksum_of(schema))


def _rows(schema: ReturnSchema, context: Context | None) -> Iterator[TemplateRow]:
    """A row for each period in each year for which a figure is owed, the latest first."""
    owed: dict[tuple[Period, int], list[str]] = {}
    for item in schema.items:
        for year in item.years if item.period else ():
            assert item.period is not None  # noqa: S101
            owed.setdefault((item.period, year), []).append(item.name)
    for (period, year), items in sorted(owed.items(), key=lambda one: (-one[0][1], one[0][0].words)):
        first, last = period.dates(year)
        fixed = not period.floating
        start, end = (first, last) if fixed else (None, None)
        accepted = _accepted(schema, context, end, items)
        yield TemplateRow(start, end, first, last, period.describe(year), frozenset(items), accepted)


def _accepted(
    schema: ReturnSchema, context: Context | None, end: date | None, items: Sequence[str]
) -> dict[str, float]:
    rows = context.history.get(schema.name, ()) if context else ()
    figures = next((row.figures for row in rows if row.end == end), {})
    return {item: value for item in items if (value := figures.get(item)) is not None}
