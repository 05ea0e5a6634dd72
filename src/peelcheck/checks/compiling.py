"""A check as written in YAML → one that runs: its kind, with every parameter checked against the kind's annotations."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import FieldInfo
from msgspec.structs import fields as fields_of

from peelcheck.checks.conditions import load_where
from peelcheck.checks.parameters import AtLeast, Matches, Names
from peelcheck.checks.protocol import Kind, Scope
from peelcheck.model import CheckSpec, Collection, ReturnSchema
from peelcheck.schema.entries import Entry, did_you_mean, shown
from peelcheck.tables.record_counts import schema_of_counts
from peelcheck.wording import count

_BLANK = type(None)


def named_in(spec: CheckSpec) -> set[str]:
    """All texts and keys among the parameters of a check, such as the names of columns."""
    named: set[str] = set()
    for value in spec.parameters.values():
        several = value if isinstance(value, (list, dict)) else [value]
        named.update(item for item in several if isinstance(item, str))
    return named


def names_counts(spec: CheckSpec, schema: ReturnSchema) -> bool:
    """Whether a check names a count of its own record-level return."""
    return bool(named_in(spec) & {count.name for count in schema.counts})


class Parameter(Struct, frozen=True):
    """One parameter of a kind as YAML has it: its name, its annotation, and its default unless it is required."""

    name: str
    wanted: Any
    field: FieldInfo

    @property
    def required(self) -> bool:
        """True for one without a default."""
        return self.field.required


@cache
def parameters_of(kind: type[Kind]) -> tuple[Parameter, ...]:
    """The parameters of a kind, in their order. One that is a word of Python has an underscore there, not in YAML."""
    hints = typing.get_type_hints(kind, include_extras=True)
    fields = fields_of(kind)
    return tuple(Parameter(field.name.rstrip("_"), hints[field.name], field) for field in fields)


def compiled(spec: CheckSpec, kind: type[Kind], collection: Collection) -> Kind:
    """The check, ready to run.

    Raises:
        SchemaError: a parameter is not known or missing, is not of its type, or names a column that is not there or is no
            column for this kind.
    """
    about = Entry(spec.file, spec.key, dict(spec.parameters))
    if kind.scope is Scope.MONTHS and not collection.returns[str(spec.return_name)].records:
        about.at("kind").refuse(f"{spec.kind} is only for a return of records")
    known = {parameter.name: parameter for parameter in parameters_of(kind)}
    for name, entry in about.pairs():
        if name not in known:
            entry.refuse(f"{spec.kind} has no parameter {shown(name)}{did_you_mean(name, known)}")
    values = {}
    for name, parameter in known.items():
        if name in spec.parameters:
            entry = about.at(name, spec.parameters[name])
            values[parameter.field.name] = _value(entry, parameter.wanted, spec, collection)
        elif parameter.required:
            about.refuse(f"{spec.kind} needs the parameter {name!r}")
    try:
        return kind(**values)
    except ValueError as error:
        about.refuse(str(error))


def _value(entry: Entry, wanted: Any, spec: CheckSpec, collection: Collection) -> Any:
    """The value of an entry, once it is known to be what the annotation wants."""
    wanted, more = _apart(wanted)
    if any(isinstance(each, Matches) for each in more):
        return load_where(entry, _checked(spec, collection), collection.force_names)
    options = typing.get_args(wanted)
    if _BLANK in options:
        (other,) = (option for option in options if option is not _BLANK)
        return _value(entry, other, spec, collection)  # a blank is refused: the key is left out instead
    least = next((each.least for each in more if isinstance(each, AtLeast)), None)
    if typing.get_origin(wanted) is tuple:
        return _columns(entry, options[0], least or 1, spec, collection)
    if typing.get_origin(wanted) is Mapping:
        return _by_force(entry, collection)
    if wanted is str:
        (names,) = more
        return _column(entry, names, spec, collection)
    if wanted is int:
        return entry.whole(least)
    number = entry.number()
    if least is not None and number < least:
        entry.refuse(f"expected at least {least}, not {number}")
    return float(number)


def _checked(spec: CheckSpec, collection: Collection) -> ReturnSchema:
    """The return whose rows are checked; of records whose counts are checked, the table of these."""
    own = collection.returns[str(spec.return_name)]
    return schema_of_counts(own) if names_counts(spec, own) else own


def _apart(wanted: Any) -> tuple[Any, tuple[Any, ...]]:
    """An annotation without and with what is said of it besides."""
    if typing.get_origin(wanted) is typing.Annotated:
        return typing.get_args(wanted)[0], wanted.__metadata__
    return wanted, ()


def _columns(
    entry: Entry, wanted: Any, least: int, spec: CheckSpec, collection: Collection
) -> tuple[str, ...]:
    columns = tuple(_value(each, wanted, spec, collection) for each in entry.entries())
    if len(columns) < least:
        entry.refuse(f"expected at least {count(least, 'column')}, not {len(columns)}")
    entry.texts()  # each of them once
    return columns


def _column(entry: Entry, names: Names, spec: CheckSpec, collection: Collection) -> str:
    """The name of a column that is there, and that a check of this kind can be about."""
    name = entry.text()
    return_name, dot, column = name.rpartition(".")
    if dot and not names.elsewhere:
        entry.refuse(f"{spec.kind} expects {names.what} of the return itself here, not {shown(name)}")
    if not dot:
        return_name = str(spec.return_name)
    elif return_name not in collection.returns:
        entry.refuse(
            f"there is no return {shown(return_name)}{did_you_mean(return_name, collection.returns)}"
        )
    elif return_name == spec.return_name:
        entry.refuse(f"{column!r} is a column of the return itself; please leave out {return_name + dot!r}")
    own = collection.returns[str(spec.return_name)]
    of_counts = names_counts(spec, own)
    if dot and own.records and not of_counts:
        entry.refuse("a record has no year, so no figure from another return can be looked up for it")
    schema = collection.returns[return_name]
    if schema.records and (dot or of_counts):
        schema = schema_of_counts(schema)
    if column not in schema:
        entry.refuse(f"{schema.name} has no column {shown(column)}{did_you_mean(column, schema.columns)}")
    is_count = column in {count.name for count in schema.counts}
    if not names.fits(schema[column]) or (dot and not (schema[column].is_item or is_count)):
        what = "an item (a number with a period)" if dot else names.what
        entry.refuse(f"{spec.kind} expects {what} here; {name!r} is not one")
    return name


def _by_force(entry: Entry, collection: Collection) -> dict[str, int]:
    """Whole numbers for some of the forces."""
    known, numbers = [force.name for force in collection.forces], {}
    for force, number in entry.pairs():
        if force not in known:
            number.refuse(f"there is no force {shown(force)}{did_you_mean(force, known)}")
        numbers[force] = number.whole(least=0)
    return numbers
