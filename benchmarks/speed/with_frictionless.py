"""The checks of `by_hand`, by frictionless: `python with_frictionless.py FILE`; prints how many cells are wrong."""

from __future__ import annotations

import sys
from typing import Any

import frictionless

OUTCOMES = ["Charged or summonsed", "No suspect identified", "Not yet assigned", "Out of court, formal"]
PERIOD = {"minimum": "2016-07-01", "maximum": "2017-06-30"}


def schema() -> dict[str, Any]:
    """All columns, those that are checked with their constraints."""
    flag = {"enum": ["yes", "no"]}
    constraints = {
        "force": {"required": True},
        "crime_reference": {"required": True, "unique": True},
        "offence_code": {"required": True},
        "date_recorded": PERIOD,
        "outcome_type": {"enum": OUTCOMES},
        "domestic_abuse": flag,
        "victim_vulnerable": flag,
    }
    names = ["force", "force_code", "crime_reference", "offence_code", "offence_group", "date_recorded"]
    names += ["date_committed", "outcome_type", "outcome_date", "domestic_abuse", "victim_vulnerable", "note"]
    dates = {"date_recorded", "date_committed", "outcome_date"}
    kinds = {name: "date" if name in dates else "string" for name in names}
    return {
        "fields": [
            {"name": name, "type": kinds[name], "constraints": constraints.get(name, {})} for name in names
        ]
    }


def check(path: str) -> int:
    """How many errors there are."""
    with frictionless.system.use_context(trusted=True):
        resource = frictionless.Resource(path=path, schema=frictionless.Schema.from_descriptor(schema()))
        report = resource.validate(limit_errors=sys.maxsize)
    return int(report.stats["errors"])


if __name__ == "__main__":
    print(check(sys.argv[1]))
