"""The least that a data team writes by hand with pandas to check the same records: seven of the twelve columns.

python -m benchmarks.speed.by_hand FILE
"""

from __future__ import annotations

import sys

import pandas as pd

OUTCOMES = ("Charged or summonsed", "No suspect identified", "Not yet assigned", "Out of court, formal")


def check(path: str) -> int:
    """Print what is wrong, one line a kind; the number of bad cells."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, engine="c")
    bad = 0
    for column in ("date_recorded", "date_committed", "outcome_date"):
        parsed = pd.to_datetime(frame[column], format="%Y-%m-%d", errors="coerce")
        wrong = frame[parsed.isna() & (frame[column] != "")]
        bad += len(wrong)
        print(column, len(wrong), wrong.index[:20].tolist())
        if column == "date_recorded":
            outside = frame[(parsed < pd.Timestamp("2016-07-01")) | (parsed > pd.Timestamp("2017-06-30"))]
            bad += len(outside)
            print(column, "outside the period", len(outside), outside.index[:20].tolist())
    for column, allowed in (
        ("outcome_type", OUTCOMES),
        ("domestic_abuse", ("yes", "no")),
        ("victim_vulnerable", ("yes", "no")),
    ):
        wrong = frame[~frame[column].isin(allowed)]
        bad += len(wrong)
        print(column, len(wrong), wrong.index[:20].tolist())
    twice = frame[frame["crime_reference"].duplicated(keep=False)]
    print("crime_reference", len(twice))
    for column in ("force", "crime_reference", "offence_code"):
        print(column, "blank", int((frame[column] == "").sum()))
    return bad + len(twice)


if __name__ == "__main__":
    sys.exit(1 if check(sys.argv[1]) else 0)
