"""The fields of a return, in the words of Frictionless Table Schema, and of peelcheck's own under `x-peelcheck`."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from peelcheck.model import NUMBERS, Field, Period
from peelcheck.schema.entries import OWN, Entry, Table
from peelcheck.schema.problems import each

REQUIRED = ("name", "type", "title", "description")
OPTIONAL = ("format", "constraints", "missingValues", OWN)
"""The keys of a field."""
TYPES = {name: name for name in ("integer", "number", "date", "string", "boolean")}
OWN_TYPES = {"force": "string", "percent": "number", "money": "number"}
OWN_KEYS = ("type", "unit", "period", "years", "break", "optional", "formats", "area_total")
CONSTRAINTS = ("required", "unique", "minimum", "maximum", "pattern", "enum")
_LONGEST_PATTERN = 200
_DATE_PARTS = {"%Y": "year", "%y": "year", "%m": "month", "%b": "month", "%B": "month", "%d": "day"}


class Asking(Struct, frozen=True):
    """What a collection asks for: its periods by name, its year, and whether the forces are asked."""

    periods: Mapping[str, Period]
    year: int
    forces: bool


def load_fields(entry: Entry, missing: tuple[str, ...], asking: Asking) -> tuple[Field, ...]:
    """The fields in their order, each name once; `missing` are the marks of something missing unless a field has its own."""
    fields: dict[str, Field] = {}

    def load(one: Entry) -> None:
        field = _field(one, missing, asking)
        if field.name in fields:
            one.at("name").refuse(f"the field {field.name!r} appears twice")
        fields[field.name] = field

    each(load, entry.entries())
    return tuple(fields.values())


def _field(entry: Entry, missing: tuple[str, ...], asking: Asking) -> Field:
    table = entry.table(REQUIRED, OPTIONAL)
    own = table[OWN].table(optional=OWN_KEYS) if OWN in table else Table(table[OWN], {})
    type_: Any = table["type"].one_of(TYPES)
    if "type" in own:
        base = own["type"].one_of(OWN_TYPES)
        if base != type_:
            own["type"].refuse(f"{own['type'].value} is a {base}; the field's type is {type_}")
        type_ = own["type"].text()
    limits = _limits(table["constraints"], type_, asking) if "constraints" in table else {}
    period, years = _when(own, type_, asking)
    return Field(
        name=table["name"].name(),
        type=type_,
        title=table["title"].text(),
        description=table["description"].text(),
        unit=own.maybe_text("unit"),
        formats=_formats(table, own, type_),
        missing=table["missingValues"].texts(blank=True) if "missingValues" in table else missing,
        period=period,
        years=years,
        series_break=own.maybe_text("break"),
        optional="optional" in own and own["optional"].flag(),
        area_total=_area_total(own["area_total"], asking) if "area_total" in own else None,
        **limits,
    )


def _when(own: Table, type_: str, asking: Asking) -> tuple[Period | None, tuple[int, ...]]:
    """The period of an item and the years that it is owed for, the most recent first."""
    if ("period" in own) != ("years" in own):
        own.entry.refuse("an item needs both a period and the years for which it is due")
    if "period" not in own:
        for key in ("break", "optional", "area_total"):
            if key in own:
                own[key].refuse("only an item (a field with a period) can have this")
        return None, ()
    if type_ not in NUMBERS:
        own["period"].refuse(f"only a number can have a period; this field has the type {type_}")
    return own["period"].one_of(asking.periods), _years(own["years"], asking)


def _area_total(entry: Entry, asking: Asking) -> tuple[float, float]:
    """The least and the most that the figures of all forces add up to."""
    if asking.forces:
        entry.refuse("only a table that others supply can have this; each force sends its own return")
    bounds = [one.number() for one in entry.entries()]
    if len(bounds) != 2 or not 0 < bounds[0] < bounds[1]:
        entry.refuse("expected two numbers above 0, the smaller one first")
    return float(bounds[0]), float(bounds[1])


def _years(entry: Entry, asking: Asking) -> tuple[int, ...]:
    """The years that an item is owed for: of what the forces send the collection's own, and perhaps earlier ones."""
    years = entry.years()
    if years[0] > asking.year:
        entry.refuse(f"{years[0]} is after the year of the collection, {asking.year}")
    if asking.forces and years[0] < asking.year:
        entry.refuse(
            f"expected the year of the collection, {asking.year}, first: forces send this year's figures"
        )
    return years


def _formats(table: Table, own: Table, type_: str) -> tuple[str, ...]:
    """How the dates of this field are written, besides the ways that are known: `%d/%m/%Y`."""
    given = [table["format"]] if "format" in table and table["format"].value not in ("default", "any") else []
    given += own["formats"].entries() if "formats" in own else []
    for one in given:
        if type_ != "date":
            one.refuse(f"only a date can have a format; this field has the type {type_}")
        parts = [_DATE_PARTS.get(part) for part in re.findall("%.?", one.text(), re.DOTALL)]
        if set(parts) != {"year", "month", "day"} or len(parts) != len(set(parts)):
            one.refuse(
                f"expected a year (%Y or %y), a month (%m, %b or %B) and a day (%d), not {one.value!r}"
            )
    return tuple(one.text() for one in given)


def _limits(entry: Entry, type_: str, asking: Asking) -> dict[str, Any]:
    table = entry.table(optional=CONSTRAINTS)
    limits: dict[str, Any] = {key: table[key].flag() for key in ("required", "unique") if key in table}
    for key in ("minimum", "maximum"):
        if key in table:
            limits[key] = table[key].number_or_date()
            if isinstance(limits[key], date) != (type_ == "date") or type_ in ("string", "force", "boolean"):
                table[key].refuse(f"{table[key].value} is not a valid limit for the type {type_}")
    for key, word in (("minimum", "after"), ("maximum", "before")):
        limit = limits.get(key)
        stale = isinstance(limit, date) and (limit.year - asking.year) * (1 if key == "minimum" else -1) > 0
        if stale:
            table[key].refuse(
                f"{limit} is {word} {asking.year}, the year of the collection, so no date of that year would be accepted"
            )
    if {"minimum", "maximum"} <= limits.keys() and limits["minimum"] > limits["maximum"]:
        entry.refuse("the minimum is above the maximum")
    for key in ("pattern", "enum"):
        if key in table and type_ != "string":
            table[key].refuse(
                f"only a string can have the constraint {key!r}; this field has the type {type_}"
            )
    if "pattern" in table:
        limits["pattern"] = _pattern(table["pattern"])
    if "enum" in table:
        limits["enum"] = _enum(table["enum"])
    return limits


def _enum(entry: Entry) -> tuple[str, ...]:
    """The allowed values; no two may differ only in case."""
    values = entry.texts()
    if not values:
        entry.refuse("expected at least one value")
    if len({value.casefold() for value in values}) < len(values):
        entry.refuse("two of the values differ only in upper and lower case, which are treated as the same")
    return values


def _pattern(entry: Entry) -> str:
    """A regular expression that Python reads without a doubt; `conform` compiles it for the engine that runs it."""
    if not isinstance(entry.value, str) or not entry.value:
        entry.text()
    if len(entry.value) > _LONGEST_PATTERN:
        entry.refuse(f"is longer than {_LONGEST_PATTERN} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(entry.value)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        entry.refuse(f"{entry.value!r} is not a pattern: {error}")
    return str(entry.value)
