"""A collection in words: every column of every return, what it means, what looks at it, and what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from peelcheck.model import CheckSpec, Collection, Field, Measure, ReturnSchema
from peelcheck.wording import exact, listed

NEW, CHANGED, SAME = "new", "changed", ""


class DictionaryRow(Struct, frozen=True):
    """One column of a return.

    Attributes:
        return_name, return_title: the return.
        supplied_by: who sends it.
        item: the name of the column; `title`, `definition`, `unit` and `type` describe it.
        period: what it is about, in words; "" for a column that identifies a row.
        years: the years for which it is asked, the latest first.
        allowed: which values are.
        checks: the checks and comparisons that look at it, a sentence each.
        status: `new` or `changed` against another collection, "" for the same or where none is compared.
        changes: what is different, a sentence each.
    """

    return_name: str
    return_title: str
    supplied_by: str
    item: str
    title: str
    definition: str
    unit: str
    type: str
    period: str
    years: tuple[int, ...]
    allowed: str
    checks: tuple[str, ...]
    status: str = SAME
    changes: tuple[str, ...] = ()


class Dictionary(Struct, frozen=True):
    """A collection's columns. `gone` names the columns and returns that only the other collection has."""

    title: str
    compared_with: str
    rows: tuple[DictionaryRow, ...]
    gone: tuple[str, ...]


def dictionary(collection: Collection, other: Collection | None = None) -> Dictionary:
    """The dictionary of a collection.

    Args:
        collection: what is described.
        other: an earlier collection, to say what has changed.
    """
    rows = tuple(
        _row(collection, schema, field, other)
        for schema in collection.returns.values()
        for field in schema.fields
    )
    return Dictionary(collection.title, other.title if other else "", rows, tuple(_gone(collection, other)))


def _row(
    collection: Collection, schema: ReturnSchema, field: Field, other: Collection | None
) -> DictionaryRow:
    status, changes = _against(schema, field, other)
    return DictionaryRow(
        schema.name,
        schema.title,
        collection.nouns.many if schema.owed_by == "forces" else schema.owed_by,
        field.name,
        field.title,
        field.description,
        field.unit or "",
        _type(field),
        field.period.words if field.period else "",
        field.years,
        _allowed(field),
        tuple(_looking_at(collection, schema, field)),
        status,
        changes,
    )


_TYPES = {
    "integer": "whole number",
    "number": "number",
    "percent": "percentage, 0 to 100",
    "money": "amount of money",
    "date": "date",
    "string": "text",
    "force": "name",
    "boolean": "yes or no",
}


def _type(field: Field) -> str:
    return _TYPES[field.type]


def _allowed(field: Field) -> str:
    parts = []
    if field.required:
        parts.append("never blank")
    if field.unique:
        parts.append("no value twice")
    if field.minimum is not None:
        parts.append(f"{_value(field.minimum)} or {'later' if isinstance(field.minimum, date) else 'more'}")
    if field.maximum is not None:
        parts.append(f"{_value(field.maximum)} or {'earlier' if isinstance(field.maximum, date) else 'less'}")
    if field.enum:
        parts.append(f"one of: {', '.join(field.enum)}")
    if field.optional:
        parts.append("may be blank without a reason")
    return "; ".join(parts)


def _value(bound: float | date) -> str:
    return bound.isoformat() if isinstance(bound, date) else exact(bound)


def _looking_at(collection: Collection, schema: ReturnSchema, field: Field) -> Iterator[str]:
    """The checks that name a column, and the comparisons that it is a part of."""
    ref = f"{schema.name}.{field.name}"
    for check in schema.checks:
        if _names(check.parameters.values(), {field.name, ref}):
            yield _sentence(check)
    for check in collection.across:
        own = {field.name} if check.return_name == schema.name else set[str]()
        if _names(check.parameters.values(), {ref} | own):
            yield _sentence(check)
    for measure in collection.measures:
        if ref in (*measure.numerator.refs, *measure.denominator.refs):
            yield _comparison(measure)


def _names(values: Iterable[Any], wanted: set[str]) -> bool:
    """Whether the parameters of a check name a column somewhere."""
    for value in values:
        if isinstance(value, str):
            if value in wanted:
                return True
        elif isinstance(value, Mapping):
            if _names((*value.keys(), *value.values()), wanted):
                return True
        elif isinstance(value, Iterable) and _names(value, wanted):
            return True
    return False


def _sentence(check: CheckSpec) -> str:
    return f"{check.code} ({check.severity.value}): {check.title.rstrip('.')}."


def _comparison(measure: Measure) -> str:
    return f"{measure.code} (comparison): {measure.title.rstrip('.')}."


_COMPARED: Mapping[str, str] = {
    "title": "title",
    "description": "definition",
    "unit": "unit",
    "type": "type",
    "enum": "allowed values",
    "minimum": "lowest value",
    "maximum": "highest value",
    "required": "whether it may be blank",
}


def _against(schema: ReturnSchema, field: Field, other: Collection | None) -> tuple[str, tuple[str, ...]]:
    """How a column differs from the same column of another collection."""
    if other is None:
        return SAME, ()
    before = other.returns.get(schema.name)
    old = next((one for one in before.fields if one.name == field.name), None) if before else None
    if old is None:
        return NEW, ()
    changes = [
        f"The {words} was {_shown(getattr(old, name))}."
        for name, words in _COMPARED.items()
        if getattr(old, name) != getattr(field, name)
    ]
    was = old.period.words if old.period else "none"
    if was != (field.period.words if field.period else "none"):
        changes.append(f"The period was {was}.")
    if len(old.years) != len(field.years):
        changes.append(f"It was asked for {len(old.years)} year{'s' * (len(old.years) != 1)}.")
    return (CHANGED, tuple(changes)) if changes else (SAME, ())


def _shown(value: object) -> str:
    if value in (None, "", ()):
        return "not given"
    if isinstance(value, tuple):
        return listed([f"“{one}”" for one in value])
    if isinstance(value, bool):
        return "different"
    return f"“{value}”" if isinstance(value, str) else str(value)


def _gone(collection: Collection, other: Collection | None) -> Iterator[str]:
    for name, schema in other.returns.items() if other else ():
        now = collection.returns.get(name)
        if now is None:
            yield f"the return “{schema.title}” ({name})"
            continue
        left = {field.name for field in now.fields}
        for field in schema.fields:
            if field.name not in left:
                yield f"“{field.title}” ({name}.{field.name})"
