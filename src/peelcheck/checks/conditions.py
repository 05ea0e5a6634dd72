"""Conditions as written in YAML → the columns and the values that they may have."""

from __future__ import annotations

from datetime import date
from typing import Any

from peelcheck.model import NUMBERS, Field, ReturnSchema
from peelcheck.schema.entries import Entry, did_you_mean, shown
from peelcheck.tables.conditions import Where


def load_where(entry: Entry, schema: ReturnSchema, forces: tuple[str, ...]) -> Where:
    """The conditions of an entry, `{column: value}` or `{column: [value, value]}`.

    Raises:
        SchemaError: there is no such column, or it cannot have one of the values.
    """
    where = []
    for column, values in entry.pairs():
        if column not in schema:
            values.refuse(
                f"{schema.name} has no column {shown(column)}{did_you_mean(column, schema.columns)}"
            )
        several = list(values.entries()) if isinstance(values.value, list) else [values]
        if not several:
            values.refuse("expected at least one value")
        where.append((column, tuple(_value(one, schema[column], forces) for one in several)))
    if not where:
        entry.refuse("expected at least one condition, such as {column: value}")
    return tuple(where)


def _value(entry: Entry, field: Field, forces: tuple[str, ...]) -> Any:
    """A value that the column may have."""
    if field.type == "boolean":
        return entry.flag()
    if field.type == "date":
        if not isinstance(entry.value, date):
            entry.refuse(f"expected a date such as 2017-06-30, not {shown(entry.value)}")
        return entry.value
    if field.type in NUMBERS:
        return float(entry.number())
    if field.type == "force":
        return entry.known(forces, "force")
    allowed = {value.casefold() for value in field.enum}
    if allowed and entry.text().casefold() not in allowed:
        return entry.known(field.enum, f"value of {field.name}")
    return entry.text()
