"""The schema of crime records, which is a Table Schema, as frictionless checks it: `python with_frictionless.py FILE`.

Prints how many cells are wrong. Whether one date comes after another, whose code it is, and the counts are not checked.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import frictionless
import yaml

SCHEMA = Path(__file__).parents[2] / "schemas" / "peel-2017" / "crime_records.yaml"


def schema() -> dict[str, Any]:
    """The schema as it stands, without what is peelcheck's own; dates are given as text there."""
    descriptor = yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))
    for entry in (descriptor, *descriptor["fields"]):
        entry.pop("x-peelcheck", None)
    for field in descriptor["fields"]:
        rules = field.get("constraints", {})
        for bound in {"minimum", "maximum"} & rules.keys():
            rules[bound] = str(rules[bound])
    return dict(descriptor)


def check(path: str) -> int:
    """How many errors there are."""
    with frictionless.system.use_context(trusted=True):
        resource = frictionless.Resource(path=path, schema=frictionless.Schema.from_descriptor(schema()))
        report = resource.validate(limit_errors=sys.maxsize)
    return int(report.stats["errors"])


if __name__ == "__main__":
    print(check(sys.argv[1]))
