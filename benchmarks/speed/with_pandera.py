"""The checks of `by_hand`, written as a schema for pandera's own command line: `python with_pandera.py SCHEMA.yaml`."""

from __future__ import annotations

import sys
from pathlib import Path

import pandera.pandas as pa

DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
OUTCOMES = ["Charged or summonsed", "No suspect identified", "Not yet assigned", "Out of court, formal"]


def schema() -> pa.DataFrameSchema:
    """Of all records; what stands in a cell is text, since no type but text survives a bad cell."""
    dates = {
        name: pa.Column(str, pa.Check.str_matches(f"^{DATE}$"))
        for name in ("date_recorded", "date_committed")
    }
    return pa.DataFrameSchema(
        {
            **dates,
            "force": pa.Column(str),
            "crime_reference": pa.Column(str, unique=True),
            "outcome_type": pa.Column(str, pa.Check.isin(OUTCOMES)),
            "outcome_date": pa.Column(str, pa.Check.str_matches(f"^{DATE}$")),
            "domestic_abuse": pa.Column(str, pa.Check.isin(["yes", "no"])),
            "victim_vulnerable": pa.Column(str, pa.Check.isin(["yes", "no"])),
        }
    )


if __name__ == "__main__":
    schema().to_yaml(Path(sys.argv[1]))
