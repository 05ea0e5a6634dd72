"""A result without the cells of record-level returns: references and dates of birth are nobody's business in a build log."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from peelcheck.model import Collection, Location, Query, Result, ReturnSchema

HIDDEN = "(not shown)"
"""What stands in the place of a cell."""
_QUOTED = re.compile("“[^”]*”(?: \\([0-9,]+ characters\\))?")
_HEADINGS = re.compile(
    r"(columns? not expected in “[^”]*”|The closest is “[^”]*” \([a-z0-9_]+\)): .*", re.DOTALL
)
"""Headings that are not the schema's: where the line end after them was lost, cells stand among them."""
_SHOWN = 60
"""Characters of a long cell that a message quotes."""


def without_values(result: Result) -> Result:
    """The same result without what stands in the cells of record-level returns, in locations and in messages.

    Quoted names of columns and allowed values stay; they are the schema's. Figures of other returns stay too.
    """
    return replace(
        result,
        queries=tuple(_without(query, result.collection) for query in result.queries),
        accepted=tuple(_without(query, result.collection) for query in result.accepted),
    )


def _without(query: Query, collection: Collection) -> Query:
    schema = collection.returns.get(query.return_name or "")
    if schema is not None and not schema.records:
        return query
    words = (
        frozenset[str]() if schema is None else _words(schema)
    )  # a file that is no return may be of records
    values = {place.value for place in query.locations if place.value and place.value not in words}
    return replace(
        query,
        message=_hidden(query.message, values, words),
        locations=tuple(_place(place) for place in query.locations),
        also=tuple(replace(other, message=_hidden(other.message, values, words)) for other in query.also),
    )


def _words(schema: ReturnSchema) -> frozenset[str]:
    """What messages may quote: names, titles and allowed values of the schema."""
    fields = (word for field in schema.fields for word in (field.name, field.title, *field.enum))
    return frozenset((schema.name, schema.title, *fields))


def _hidden(message: str, values: Iterable[str], words: frozenset[str]) -> str:
    message = _HEADINGS.sub(r"\1 (headings not shown).", message)
    for value in sorted(values, key=len, reverse=True):
        for shown in (value, value[:_SHOWN]):
            message = message.replace(f"“{shown}", "“…")
    return _QUOTED.sub(lambda found: found.group() if found.group().strip("“”") in words else "“…”", message)


def _place(place: Location) -> Location:
    return place if place.value is None else replace(place, value=HIDDEN)
