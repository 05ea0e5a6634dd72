"""A return's file: Frictionless Table Schema, with peelcheck's own part under the key `x-peelcheck`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from peelcheck.model import CheckSpec, Field, Period, RecordCount, ReturnKind, ReturnSchema, Severity
from peelcheck.schema.entries import Entry, Table, did_you_mean
from peelcheck.schema.yamlfile import load_yaml

OWN = "x-peelcheck"
CODE = re.compile(r"[A-Z]{2}[0-9]{3}")
NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")

_TYPES = {name: name for name in ("integer", "number", "date", "string", "boolean")}
_OWN_TYPES = {"force": "string", "percent": "number", "money": "number"}
_NUMBERS = ("integer", "number", "percent", "money")
_CONSTRAINTS = ("required", "unique", "minimum", "maximum", "pattern", "enum")
_KINDS = {kind.name.lower(): kind for kind in ReturnKind}
_LONGEST_PATTERN = 200


def load_return(path: Path, periods: Mapping[str, Period]) -> ReturnSchema:
    """One return as its file describes it; raises SchemaError for whatever is not known."""
    entry = Entry(path.name, "", load_yaml(path))
    table = entry.table(("name", "title", "description", "fields", OWN), ("primaryKey", "missingValues"))
    name = a_name(table["name"])
    if name != path.stem:
        table["name"].refuse(f"{name!r} does not match the name of the file, {path.name}")
    own = table[OWN].table(("kind", "owed_by"), ("records", "optional", "checks", "counts"))
    missing = table["missingValues"].texts(blank=True) if "missingValues" in table else ()
    fields = tuple(_field(each, missing, periods) for each in table["fields"].entries())
    names = [f.name for f in fields]
    for i, each in enumerate(names):
        if each in names[:i]:
            table["fields"].refuse(f"the field {each!r} stands twice")
    records = "records" in own and own["records"].flag()
    _columns_there(table["fields"], fields, records)
    return ReturnSchema(
        name=name,
        title=table["title"].text(),
        description=table["description"].text(),
        kind=own["kind"].one_of(_KINDS),
        owed_by=own["owed_by"].text(),
        fields=fields,
        primary_key=_known(table["primaryKey"], names) if "primaryKey" in table else (),
        records=records,
        checks=load_checks(own["checks"], name) if "checks" in own else (),
        file=path.name,
        optional="optional" in own and own["optional"].flag(),
        counts=tuple(_count(n, e, names) for n, e in own["counts"].pairs()) if "counts" in own else (),
    )


def load_checks(entry: Entry, return_name: str | None) -> tuple[CheckSpec, ...]:
    """A list of checks. Of the `across` file (`return_name` None) each names the return that its question goes to."""
    return tuple(_check(each, return_name) for each in entry.entries())


def a_name(entry: Entry) -> str:
    """A name of a return, field or count: small letters, digits and underscores."""
    text = entry.text()
    if not NAME.fullmatch(text):
        entry.refuse(
            f"{text!r} is not a name (small letters, digits and underscores, beginning with a letter)"
        )
    return text


def a_code(entry: Entry) -> str:
    """A code of a check: two capital letters and three digits."""
    text = entry.text()
    if not CODE.fullmatch(text):
        entry.refuse(f"{text!r} is not a code (two capital letters and three digits, such as DA101)")
    return text


_ABOUT = ("code", "kind", "severity", "title", "ask", "why", "source")


def _check(entry: Entry, return_name: str | None) -> CheckSpec:
    if not isinstance(entry.value, dict):
        entry.refuse(f"expected a table with the keys {', '.join(_ABOUT)}, not {entry.value!r}")
    own = {key: value for key, value in entry.value.items() if key not in (*_ABOUT, "return")}
    about = Entry(entry.file, entry.key, {k: v for k, v in entry.value.items() if k not in own})
    table = about.table(_ABOUT if return_name else (*_ABOUT, "return"))
    return CheckSpec(
        code=a_code(table["code"]),
        kind=table["kind"].text(),
        severity=table["severity"].one_of({severity.value: severity for severity in Severity}),
        title=table["title"].text(),
        ask=table["ask"].text(),
        why=table["why"].text(),
        source=table["source"].text(),
        parameters=own,
        file=entry.file,
        key=entry.key,
        return_name=return_name or table["return"].text(),
    )


def _field(entry: Entry, missing: tuple[str, ...], periods: Mapping[str, Period]) -> Field:
    table = entry.table(
        ("name", "type", "title", "description"), ("format", "constraints", "missingValues", OWN)
    )
    own = (
        table[OWN].table(optional=("type", "unit", "period", "years", "break", "optional", "formats"))
        if OWN in table
        else Table(table[OWN], {})
    )
    type_: Any = table["type"].one_of(_TYPES)
    if "type" in own:
        base = own["type"].one_of(_OWN_TYPES)
        if base != type_:
            own["type"].refuse(f"{own['type'].value} is a {base}; the field's type is {type_}")
        type_ = own["type"].text()
    limits = _limits(table["constraints"], type_) if "constraints" in table else {}
    period, years = _when(own, type_, periods)
    return Field(
        name=a_name(table["name"]),
        type=type_,
        title=table["title"].text(),
        description=table["description"].text(),
        unit=own.maybe_text("unit"),
        formats=own["formats"].texts() if "formats" in own else (),
        missing=table["missingValues"].texts(blank=True) if "missingValues" in table else missing,
        period=period,
        years=years,
        series_break=own.maybe_text("break"),
        optional="optional" in own and own["optional"].flag(),
        **limits,
    )


def _when(own: Table, type_: str, periods: Mapping[str, Period]) -> tuple[Period | None, tuple[int, ...]]:
    """The period of an item and the years that it is owed for, the most recent first."""
    if ("period" in own) != ("years" in own):
        own.entry.refuse("an item has both a period and the years for which it is owed")
    if "period" not in own:
        return None, ()
    if type_ not in _NUMBERS:
        own["period"].refuse(f"only a number has a period; this field is a {type_}")
    years = tuple(year.whole(least=1900) for year in own["years"].entries())
    if not years or list(years) != sorted(set(years), reverse=True):
        own["years"].refuse("expected the years, the most recent first, each once")
    return own["period"].one_of(periods), years


def _limits(entry: Entry, type_: str) -> dict[str, Any]:
    table = entry.table(optional=_CONSTRAINTS)
    limits: dict[str, Any] = {key: table[key].flag() for key in ("required", "unique") if key in table}
    for key in ("minimum", "maximum"):
        if key in table:
            limits[key] = table[key].number_or_date()
            if isinstance(limits[key], date) != (type_ == "date") or type_ in ("string", "force", "boolean"):
                table[key].refuse(f"{table[key].value} cannot bound a {type_}")
    if (
        limits.get("minimum") is not None
        and limits.get("maximum") is not None
        and limits["minimum"] > limits["maximum"]
    ):
        entry.refuse("the minimum is above the maximum")
    if "pattern" in table:
        limits["pattern"] = _pattern(table["pattern"])
    if "enum" in table:
        limits["enum"] = table["enum"].texts()
    for key in ("pattern", "enum"):
        if key in table and type_ != "string":
            table[key].refuse(f"only a string has a {key}; this field is a {type_}")
    return limits


def _pattern(entry: Entry) -> str:
    text = entry.text()
    if len(text) > _LONGEST_PATTERN:
        entry.refuse(f"is longer than {_LONGEST_PATTERN} characters")
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        entry.refuse(f"{text!r} is not a pattern: {error}")
    return text


def _columns_there(entry: Entry, fields: tuple[Field, ...], records: bool) -> None:
    """Every return says whose row it is, and a return of figures says of which period."""
    types = {f.name: f.type for f in fields}
    wanted = {"force": "force"} | ({} if records else {"period_start": "date", "period_end": "date"})
    for name, type_ in wanted.items():
        if types.get(name) != type_:
            entry.refuse(f"a return needs a field {name!r} of the type {type_}")
    if records and any(f.is_item for f in fields):
        entry.refuse("a return of records has no items with a period; use counts")
    if not records and not any(f.is_item for f in fields):
        entry.refuse("a return of figures needs at least one item with a period")


def _known(entry: Entry, names: list[str]) -> tuple[str, ...]:
    for each in entry.entries():
        if each.text() not in names:
            each.refuse(f"there is no field {each.value!r}{did_you_mean(each.text(), names)}")
    return entry.texts()


def _count(name: str, entry: Entry, names: list[str]) -> RecordCount:
    if not NAME.fullmatch(name):
        entry.refuse(f"{name!r} is not a name")
    table = entry.table(("title",), ("where",))
    where = {}
    for column, values in table["where"].pairs() if "where" in table else ():
        if column not in names:
            values.refuse(f"there is no field {column!r}{did_you_mean(column, names)}")
        where[column] = values.texts()
    return RecordCount(name, table["title"].text(), where)
