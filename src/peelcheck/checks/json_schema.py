"""The files of a collection as JSON Schema, for editors that complete and mark YAML.

Its keys are those by which the program refuses unknown ones. What an editor cannot know, such as whether a column is there,
`peelcheck schema check` says.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Mapping
from typing import Any

from peelcheck.checks import KINDS
from peelcheck.checks.compiling import parameters_of
from peelcheck.checks.parameters import Matches
from peelcheck.model import Severity, Thresholds
from peelcheck.schema import collections, fields, measures, nouns, periods, returns
from peelcheck.schema.entries import OWN

JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
FILES = ("collection", "return", "measures", "across")
"""The kinds of file: `collection.yaml`, `<return>.yaml`, `measures.yaml` and `across.yaml`."""

_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}
_TEXTS: Mapping[str, Any] = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
_FLAG: Mapping[str, Any] = {"type": "boolean"}
_YEARS: Mapping[str, Any] = {"type": "array", "items": {"type": "integer"}, "minItems": 1}
_VALUE: Mapping[str, Any] = {"type": ["string", "number", "boolean"]}
_CONDITIONS: Mapping[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"anyOf": [_VALUE, {"type": "array", "items": _VALUE, "minItems": 1}]},
}
_ANY: Mapping[str, Any] = {}


def json_schema(file: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file.

    Raises:
        KeyError: there is no such kind of file.
    """
    about = {"collection": _collection, "return": _return, "measures": _measures, "across": _across}[file]
    return {"$schema": JSON_SCHEMA, "title": f"peelcheck: {file}", **about()}


def _table(
    required: Iterable[str], optional: Iterable[str] = (), known: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A table with these keys and no others; what is not said of a key is a text."""
    known, required = known or {}, list(required)
    keys = (*required, *optional)
    return {
        "type": "object",
        "properties": {key: known.get(key, _TEXT) for key in keys},
        "required": required,
        "additionalProperties": False,
    }


def _named(value: Mapping[str, Any]) -> dict[str, Any]:
    """A table whose keys are names."""
    return {"type": "object", "additionalProperties": value}


def _list(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _one_of(words: Iterable[str]) -> dict[str, Any]:
    return {"enum": list(words)}


def _collection() -> dict[str, Any]:
    period = _table((), periods.KINDS, {"as_at_between": _TEXTS})
    known = {
        "year": {"type": "integer"},
        "periods": _named(period),
        "returns": _TEXTS,
        "cuts": _table(
            (),
            Thresholds.__struct_fields__,
            {key: {"type": "number"} for key in Thresholds.__struct_fields__},
        ),
        "groups": _named(_TEXTS),
        "dates": _one_of(collections.DATES),
        "suffixes": _TEXTS,
        "bodies": _table(("one", "many")),
        "codes": _table(("pattern",), ("words",)),
        "rules": _named(_table((), nouns.RULE_WORDS)),
    }
    return _table(collections.REQUIRED, collections.OPTIONAL, known)


def _return() -> dict[str, Any]:
    count = _table(returns.COUNT_REQUIRED, returns.COUNT_OPTIONAL, {"where": _named(_TEXTS)})
    own = {
        "kind": _one_of(returns.KINDS),
        "records": _FLAG,
        "optional": _FLAG,
        "checks": _list(_check(returns.ABOUT)),
        "counts": _named(count),
    }
    known = {
        "fields": _list(_field()),
        "primaryKey": _TEXTS,
        "missingValues": _TEXTS,
        OWN: _table(returns.OWN_REQUIRED, returns.OWN_OPTIONAL, own),
    }
    return _table(returns.REQUIRED, returns.OPTIONAL, known)


def _field() -> dict[str, Any]:
    constraints = {
        "required": _FLAG,
        "unique": _FLAG,
        "minimum": {"type": ["number", "string"]},
        "maximum": {"type": ["number", "string"]},
        "enum": _TEXTS,
    }
    own = {
        "type": _one_of(fields.OWN_TYPES),
        "years": _YEARS,
        "optional": _FLAG,
        "formats": _TEXTS,
        "area_total": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    }
    known = {
        "type": _one_of(fields.TYPES),
        "constraints": _table((), fields.CONSTRAINTS, constraints),
        "missingValues": _TEXTS,
        OWN: _table((), fields.OWN_KEYS, own),
    }
    return _table(fields.REQUIRED, fields.OPTIONAL, known)


def _across() -> dict[str, Any]:
    return _list(_check((*returns.ABOUT, "return")))


def _check(about: Iterable[str]) -> dict[str, Any]:
    """A check: its kind says which parameters it has."""
    about = tuple(about)
    shared = {
        "severity": _one_of(map(str, Severity)),
        "code": {"type": "string", "pattern": "^[A-Z]{2}[0-9]{3}$"},
    }
    kinds = []
    for name, kind in KINDS.items():
        parameters = {each.name: each for each in parameters_of(kind)}
        required = [each.name for each in parameters.values() if each.required]
        known = {each.name: _parameter(each.wanted) for each in parameters.values()}
        optional = [name for name in parameters if name not in required]
        kinds.append(_table((*about, *required), optional, {**shared, **known, "kind": {"const": name}}))
    return {"type": "object", "required": ["kind"], "oneOf": kinds}


def _parameter(wanted: Any) -> Mapping[str, Any]:
    """What a parameter may be, by its annotation."""
    if typing.get_origin(wanted) is typing.Annotated:
        if any(isinstance(each, Matches) for each in wanted.__metadata__):
            return _CONDITIONS
        return _parameter(typing.get_args(wanted)[0])
    options = [option for option in typing.get_args(wanted) if option is not type(None)]
    if type(None) in typing.get_args(wanted):
        return _parameter(options[0])
    if typing.get_origin(wanted) is tuple:
        return _list(_parameter(options[0]))
    if typing.get_origin(wanted) is not None:
        return _named({"type": "integer"})
    return {str: _TEXT, int: {"type": "integer"}, float: {"type": "number"}}.get(wanted, _ANY)


def _measures() -> dict[str, Any]:
    side = _table(
        measures.SIDE_REQUIRED, measures.SIDE_OPTIONAL, {"items": _TEXTS, "years_before": {"type": "integer"}}
    )
    known = {
        "numerator": side,
        "denominator": side,
        "kind": _one_of(measures.KINDS),
        "per": {"type": "integer", "minimum": 1},
        "decimals": {"type": "integer", "minimum": 0, "maximum": 6},
        "years": _YEARS,
        "in_report": _FLAG,
        "in_numbers": _FLAG,
        "figure": _FLAG,
        "notes": _TEXTS,
        "not_comparable_with": _TEXTS,
        "change_of": _one_of(measures.CHANGES),
        "maximum": {"type": "number", "exclusiveMinimum": 0},
    }
    return _list(_table(measures.REQUIRED, measures.OPTIONAL, known))
