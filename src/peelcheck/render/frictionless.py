"""A collection as plain Frictionless Table Schema, which other tools read: without peelcheck's own part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from peelcheck.cells.missing import MARKERS
from peelcheck.model import Collection, Field, ReturnSchema

_TYPES = {"percent": "number", "money": "number", "force": "string"}
_PROFILE = "tabular-data-package"


def table_schema(schema: ReturnSchema) -> dict[str, Any]:
    """The Table Schema of a return (https://specs.frictionlessdata.io/table-schema/)."""
    own = (marker for field in schema.fields for marker in field.missing)
    known = (form for marker in MARKERS for form in (marker, marker.upper()))
    markers = list(dict.fromkeys(("", *known, *own)))
    return {
        "name": schema.name,
        "title": schema.title,
        "description": schema.description,
        "fields": [_field(field) for field in schema.fields],
        "missingValues": markers,
        **({"primaryKey": list(schema.primary_key)} if schema.primary_key else {}),
    }


def data_package(collection: Collection) -> dict[str, Any]:
    """The data package of a collection: a resource for each return, whose file is called as the return."""
    return {
        "name": collection.name,
        "title": collection.title,
        "profile": _PROFILE,
        "resources": [
            {
                "name": schema.name.replace("_", "-"),
                "title": schema.title,
                "path": f"{schema.name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "encoding": "utf-8",
                "schema": f"{schema.name}.schema.json",
            }
            for schema in collection.returns.values()
        ],
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": _TYPES.get(field.type, field.type),
        "title": field.title,
        "description": field.description,
        **({"trueValues": ["yes"], "falseValues": ["no"]} if field.type == "boolean" else {}),
        **({"constraints": found} if (found := _constraints(field)) else {}),
    }


def _constraints(field: Field) -> Mapping[str, Any]:
    given = {
        "required": field.required or None,
        "unique": field.unique or None,
        "minimum": _bound(field.minimum),
        "maximum": _bound(field.maximum),
        "pattern": field.pattern,
        "enum": list(field.enum) or None,
    }
    return {name: value for name, value in given.items() if value is not None}


def _bound(value: float | date | None) -> float | str | None:
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value
