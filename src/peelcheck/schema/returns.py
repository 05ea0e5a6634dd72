"""A return's file: Frictionless Table Schema, with peelcheck's own part under the key `x-peelcheck`."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from peelcheck.model import CheckSpec, Field, Period, RecordCount, ReturnKind, ReturnSchema, Severity
from peelcheck.schema.entries import OWN, Entry
from peelcheck.schema.fields import Asking, load_fields
from peelcheck.schema.problems import Problems, each
from peelcheck.schema.textfile import Digests
from peelcheck.schema.yamlfile import load_yaml

REQUIRED = ("name", "title", "description", "fields", OWN)
OPTIONAL = ("primaryKey", "missingValues")
"""The keys of a return's file."""
OWN_REQUIRED = ("kind", "owed_by")
OWN_OPTIONAL = ("records", "optional", "published", "checks", "counts")
"""Those under `x-peelcheck`."""
COUNT_REQUIRED, COUNT_OPTIONAL = ("title",), ("where",)
KINDS = tuple(kind.name.lower() for kind in ReturnKind)
_KINDS = {kind.name.lower(): kind for kind in ReturnKind}
FORCES = "forces"
"""Who supplies what each force sends of its own."""
ABOUT = ("code", "kind", "severity", "title", "ask", "why", "source")


def load_return(
    path: Path, periods: Mapping[str, Period], year: int, digests: Digests | None = None
) -> ReturnSchema:
    """One return of a collection of that year, as its file describes it; raises SchemaError for whatever is not known."""
    entry = Entry(path.name, "", load_yaml(path, path.name, digests=digests))
    table = entry.table(REQUIRED, OPTIONAL)
    name = table["name"].name()
    if name != path.stem:
        table["name"].refuse(f"{name!r} does not match the name of the file, {path.name}")
    own = table[OWN].table(OWN_REQUIRED, OWN_OPTIONAL)
    missing = table["missingValues"].texts(blank=True) if "missingValues" in table else ()
    kind = own["kind"].one_of(_KINDS)
    problems = Problems()
    with problems.gathered():
        fields = load_fields(table["fields"], missing, Asking(periods, year, kind is ReturnKind.RETURN))
        records = "records" in own and own["records"].flag()
        _columns_there(table["fields"], fields, records)
        if "counts" in own and not records:
            own["counts"].refuse("only a return of records can have counts")
    with problems.gathered():
        checks = load_checks(own["checks"], name) if "checks" in own else ()
    problems.refuse()
    key = table["primaryKey"].all_known([f.name for f in fields], "field") if "primaryKey" in table else ()
    if records and key:
        fields = _with_key(table["primaryKey"], key, fields, checks)
    return ReturnSchema(
        name=name,
        title=table["title"].text(),
        description=table["description"].text(),
        kind=kind,
        owed_by=_owed_by(own["owed_by"], kind),
        fields=fields,
        primary_key=key,
        records=records,
        checks=checks,
        file=path.name,
        optional="optional" in own and own["optional"].flag(),
        published=own["published"].text() if "published" in own else "",
        counts=tuple(_count(n, e, fields) for n, e in own["counts"].pairs()) if "counts" in own else (),
    )


def _with_key(
    entry: Entry, key: tuple[str, ...], fields: tuple[Field, ...], checks: tuple[CheckSpec, ...]
) -> tuple[Field, ...]:
    """The fields of records: one that is the whole key stands in one record only; of several a check must see to that.

    In a return of figures the key is the force and the period, which RO111 holds in any case.
    """
    if len(key) == 1:
        return tuple(replace(field, unique=True) if field.name in key else field for field in fields)
    seen = [c.parameters.get("group") for c in checks if c.kind == "one_per_group"]
    if sorted(key) not in [sorted(map(str, group)) for group in seen if isinstance(group, list)]:
        entry.refuse(f"expected a check of the kind 'one_per_group' with the group [{', '.join(key)}]")
    return fields


def _owed_by(entry: Entry, kind: ReturnKind) -> str:
    """Who supplies the table: `forces` for a return; for any other table, any text but that."""
    supplier = entry.text()
    if (supplier == FORCES) != (kind is ReturnKind.RETURN):
        who = f"{FORCES!r}" if kind is ReturnKind.RETURN else f"who publishes the table, not {FORCES!r}"
        entry.refuse(f"expected {who}: it is of the kind {kind.name.lower()!r}")
    return supplier


def load_checks(entry: Entry, return_name: str | None) -> tuple[CheckSpec, ...]:
    """A list of checks. In `across.yaml` (`return_name` None) each check names the return that its query is about."""
    return tuple(each(lambda one: _check(one, return_name), entry.entries()))


def _check(entry: Entry, return_name: str | None) -> CheckSpec:
    """One check; whatever is not about every check is a parameter of its kind, and known when it is compiled."""
    required = ABOUT if return_name else (*ABOUT, "return")
    given = dict(entry.pairs())
    own = {key: value.value for key, value in given.items() if key not in (*ABOUT, "return")}
    forgotten = [key for key in required if key not in given]
    for key in own:
        if meant := difflib.get_close_matches(key[:60], forgotten, n=1, cutoff=0.75):
            given[key].refuse(f"unknown key; did you mean {meant[0]!r}?")
    about = {key: value.value for key, value in given.items() if key not in own}
    table = Entry(entry.file, entry.key, about).table(required)
    return CheckSpec(
        code=table["code"].code(),
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


def _columns_there(entry: Entry, fields: tuple[Field, ...], records: bool) -> None:
    """Check that every return has a column for the force, and a return of figures columns for the period."""
    types = {f.name: f.type for f in fields}
    wanted = {"force": "force"} | ({} if records else {"period_start": "date", "period_end": "date"})
    for name, type_ in wanted.items():
        if types.get(name) != type_:
            entry.refuse(f"a return needs a field {name!r} of the type {type_}")
    if records and any(f.is_item for f in fields):
        entry.refuse("a return of records cannot have items with a period; use counts")
    if not records and not any(f.is_item for f in fields):
        entry.refuse("a return of figures needs at least one item with a period")


def _count(name: str, entry: Entry, fields: tuple[Field, ...]) -> RecordCount:
    """A figure made from records; the values that count are among those that the column allows."""
    Entry(entry.file, entry.key, name).name()
    by_name = {f.name: f for f in fields}
    if name in by_name:
        entry.refuse("a field has this name already")
    table = entry.table(COUNT_REQUIRED, COUNT_OPTIONAL)
    where = {}
    for column, values in table["where"].pairs() if "where" in table else ():
        Entry(values.file, values.key, column).known(by_name, "field")
        allowed = {value.casefold() for value in by_name[column].enum}
        for value in values.entries():
            if allowed and value.text().casefold() not in allowed:
                value.known(by_name[column].enum, f"value of {column}")
        where[column] = values.texts() or values.refuse("expected at least one value")
    return RecordCount(name, table["title"].text(), where)
