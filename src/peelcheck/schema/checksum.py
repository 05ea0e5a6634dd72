"""What a return asks for, in a short checksum: it stays when texts are reworded, and changes with figures or rules."""

from __future__ import annotations

import hashlib

import msgspec

from peelcheck.model import ReturnSchema

_LENGTH = 16
_TEXTS = ("title", "description", "series_break")


def checksum_of(schema: ReturnSchema) -> str:
    """The checksum of a return's columns, periods, years and checks, in hexadecimal; texts have no part in it."""
    fields = []
    for field in schema.fields:
        own = msgspec.to_builtins(field)
        fields.append({name: value for name, value in sorted(own.items()) if name not in _TEXTS})
    checks = [
        {
            "code": one.code,
            "kind": one.kind,
            "severity": one.severity.value,
            "parameters": dict(one.parameters),
        }
        for one in schema.checks
    ]
    asked = {"name": schema.name, "key": schema.primary_key, "records": schema.records}
    text = msgspec.json.encode({**asked, "fields": fields, "checks": checks}, order="sorted")
    return hashlib.sha256(text).hexdigest()[:_LENGTH]
