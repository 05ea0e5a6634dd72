"""Checks of consistency: one module a *kind*, listed here; what is checked stands in the schemas.

To add a kind, write a frozen dataclass that meets `protocol.Kind` in a module of its own and list it in `KINDS`.
"""

from __future__ import annotations

import dataclasses
import difflib
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from peelcheck.checks.at_most import AtMost
from peelcheck.checks.date_order import DateOrder
from peelcheck.checks.not_same_as import NotSameAs
from peelcheck.checks.one_per_group import OnePerGroup
from peelcheck.checks.parts_present import PartsPresent
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.ratio_between import RatioBetween
from peelcheck.checks.restated import Restated
from peelcheck.checks.rows_per_force import RowsPerForce
from peelcheck.checks.same_as_last_year import SameAsLastYear
from peelcheck.checks.sums_to import SumsTo
from peelcheck.checks.unexpected_zero import UnexpectedZero
from peelcheck.checks.view import View
from peelcheck.errors import BrokenCheck, SchemaError
from peelcheck.findings import at_places
from peelcheck.model import CheckRun, CheckSpec, Collection, Findings, ReturnSchema

__all__ = ["KINDS", "Judgement", "Kind", "Scope", "View", "columns_of", "compile_check", "run_check"]

KINDS: dict[str, type[Kind]] = {
    "at_most": AtMost,
    "date_order": DateOrder,
    "not_same_as": NotSameAs,
    "one_per_group": OnePerGroup,
    "parts_present": PartsPresent,
    "ratio_between": RatioBetween,
    "restated": Restated,
    "rows_per_force": RowsPerForce,
    "same_as_last_year": SameAsLastYear,
    "sums_to": SumsTo,
    "unexpected_zero": UnexpectedZero,
}


def compile_check(spec: CheckSpec, collection: Collection) -> Kind:
    """Turn a check as written into one that runs.

    Raises:
        SchemaError: the kind or one of its parameters is not known, is missing, has the wrong type, or names a column
            that is not there.
    """
    if spec.kind not in KINDS:
        raise SchemaError(
            spec.file, f"{spec.key}.kind", f"{spec.kind!r} is not a kind of check{_hint(spec.kind, KINDS)}"
        )
    kind = KINDS[spec.kind]
    hints = typing.get_type_hints(kind)
    known = {f.name.rstrip("_"): f for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    for name in spec.parameters:
        if name not in known:
            raise SchemaError(
                spec.file, f"{spec.key}.{name}", f"{spec.kind} has no parameter {name!r}{_hint(name, known)}"
            )
    values = {}
    for name, field in known.items():
        if name in spec.parameters:
            values[field.name] = _value(spec, name, hints[field.name], collection)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise SchemaError(spec.file, f"{spec.key}.{name}", f"{spec.kind} needs the parameter {name!r}")
    return kind(**values)


def columns_of(spec: CheckSpec, schema: ReturnSchema) -> set[str]:
    """The columns of a return that a check names."""
    named: set[str] = set()
    for value in spec.parameters.values():
        named.update(
            item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)
        )
    return {"force", *named} & set(schema.columns)


def run_check(spec: CheckSpec, kind: Kind, view: View, run: CheckRun) -> list[Findings]:
    """Hold one check against a return; what held, failed or was not run is added to `run`.

    Raises:
        BrokenCheck: the check itself broke, which is a bug.
    """
    found = []
    try:
        for judgement in kind.judge(view):
            run.held += int(np.count_nonzero(judgement.runs & ~judgement.failed))
            run.failed += int(np.count_nonzero(judgement.failed)) + len(judgement.absent)
            _note_not_run(judgement, view, run)
            if judgement.failed.any():
                found.append(_findings(spec, kind, judgement, view))
            if judgement.absent:
                found.append(at_places(spec, view.table.schema.name, judgement.item, judgement.absent))
    except Exception as error:
        raise BrokenCheck(spec.code, f"{type(error).__name__}: {error}") from error
    return found


def _findings(spec: CheckSpec, kind: Kind, judgement: Judgement, view: View) -> Findings:
    return view.table.findings(
        spec, judgement.item, judgement.failed, kind.say, judgement.facts, suspects=judgement.suspects
    )


def _note_not_run(judgement: Judgement, view: View, run: CheckRun) -> None:
    """Count the rows in which the check was not run, with their reasons."""
    skipped = np.flatnonzero(judgement.asked & ~judgement.runs)
    for position in skipped[:1000]:
        force = view.table.forces[position] or None
        run.skip(force, view.why_not(int(position), judgement.needs))
    if len(skipped) > 1000:
        run.skip(None, "a figure that it needs is blank or could not be read", len(skipped) - 1000)


def _value(spec: CheckSpec, name: str, wanted: Any, collection: Collection) -> Any:
    """A parameter's value as its annotation wants it."""
    value, where = spec.parameters[name], f"{spec.key}.{name}"
    options = typing.get_args(wanted) if isinstance(wanted, types.UnionType) else (wanted,)
    if value is None and type(None) in options:
        return None
    for option in options:
        if option in (float, int) and isinstance(value, (int, float)) and not isinstance(value, bool):
            return option(value)
        if option is str and isinstance(value, str):
            return _column(spec, where, value, collection)
        if typing.get_origin(option) is tuple and isinstance(value, list) and value:
            return tuple(_column(spec, f"{where}[{i}]", item, collection) for i, item in enumerate(value))
        if typing.get_origin(option) in (Mapping, dict) and isinstance(value, dict):
            return _by_force(spec, where, value, collection)
    raise SchemaError(spec.file, where, f"{value!r} is not what {spec.kind} expects here ({_words(options)})")


def _column(spec: CheckSpec, where: str, name: Any, collection: Collection) -> str:
    """A column's name, once it is known to exist."""
    if not isinstance(name, str):
        raise SchemaError(spec.file, where, f"{name!r} should be the name of a column (put it in quotes)")
    return_name, _, column = name.rpartition(".")
    schema: ReturnSchema | None = collection.returns.get(return_name or spec.return_name or "")
    if schema is None:
        raise SchemaError(
            spec.file, where, f"there is no return {return_name!r}{_hint(return_name, collection.returns)}"
        )
    if column not in schema:
        raise SchemaError(
            spec.file, where, f"{schema.name} has no column {column!r}{_hint(column, schema.columns)}"
        )
    return name


def _by_force(
    spec: CheckSpec, where: str, value: Mapping[Any, Any], collection: Collection
) -> dict[str, int]:
    names = [force.name for force in collection.forces]
    for force, number in value.items():
        if force not in names:
            raise SchemaError(
                spec.file, where, f"{force!r} is not one of the forces{_hint(str(force), names)}"
            )
        if not isinstance(number, int) or isinstance(number, bool):
            raise SchemaError(spec.file, f"{where}.{force}", f"{number!r} should be a whole number")
    return dict(value)


def _hint(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"


def _words(options: tuple[Any, ...]) -> str:
    names = {str: "a column", float: "a number", int: "a whole number", type(None): "null"}
    return " or ".join(
        names.get(o, "a list of columns" if typing.get_origin(o) is tuple else "a table") for o in options
    )
