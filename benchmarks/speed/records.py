"""Illustrative record-level returns of any size, clean or spoiled, written fast and always the same for a seed.

python -m benchmarks.speed.records FILE ROWS clean|hundredth|all
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal, cast

import numpy as np
import pyarrow as pa
from pyarrow import csv

Spoiled = Literal["clean", "hundredth", "all"]

COLUMNS = (
    "force",
    "force_code",
    "crime_reference",
    "offence_code",
    "offence_group",
    "date_recorded",
    "date_committed",
    "outcome_type",
    "outcome_date",
    "domestic_abuse",
    "victim_vulnerable",
    "note",
)

_FORCES = (("Kent", "E23000032"), ("Essex", "E23000028"), ("Surrey", "E23000031"), ("Dorset", "E23000039"))
_GROUPS = ("Violence against the person", "Theft offences", "Public order offences", "Drug offences")
_OUTCOMES = ("Charged or summonsed", "No suspect identified", "Not yet assigned", "Out of court, formal")
_BAD_DATES = ("31/02/2017", "06/07/2017x", "not known", "42916")


def write_records(path: Path, rows: int, spoiled: Spoiled, seed: int = 2017, block: int = 500_000) -> None:
    """Write `rows` records, of which a hundredth or all have one bad cell (a date that is none, or an unknown outcome)."""
    random = np.random.default_rng(seed)
    with csv.CSVWriter(path, pa.schema([(name, pa.string()) for name in COLUMNS])) as writer:
        for start in range(0, rows, block):
            writer.write_table(_block(random, start, min(block, rows - start), spoiled))


def _block(random: np.random.Generator, start: int, n: int, spoiled: Spoiled) -> pa.Table:
    who = random.integers(0, len(_FORCES), n)
    recorded = np.datetime64("2016-07-01") + random.integers(0, 365, n).astype("timedelta64[D]")
    committed = recorded - random.integers(0, 30, n).astype("timedelta64[D]")
    closed = recorded + random.integers(0, 90, n).astype("timedelta64[D]")
    outcome = np.array(_OUTCOMES, dtype=object)[random.integers(0, len(_OUTCOMES), n)]
    dates = recorded.astype(str).astype(object)
    share = {"clean": 0.0, "hundredth": 0.01, "all": 1.0}[spoiled]
    bad = random.random(n) < share
    in_date = bad & (random.random(n) < 0.5)
    dates[in_date] = np.array(_BAD_DATES, dtype=object)[
        random.integers(0, len(_BAD_DATES), int(in_date.sum()))
    ]
    outcome[bad & ~in_date] = "Charged maybe"
    columns = (
        np.array([name for name, _ in _FORCES], dtype=object)[who],
        np.array([code for _, code in _FORCES], dtype=object)[who],
        np.char.add("CR/", np.char.zfill((start + np.arange(n)).astype(str), 9)),
        random.integers(1, 200, n).astype(str),
        np.array(_GROUPS, dtype=object)[random.integers(0, len(_GROUPS), n)],
        dates,
        committed.astype(str),
        outcome,
        closed.astype(str),
        np.array(["yes", "no"], dtype=object)[random.integers(0, 2, n)],
        np.array(["yes", "no"], dtype=object)[random.integers(0, 2, n)],
        np.full(n, "", dtype=object),
    )
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.table(dict(zip(COLUMNS, arrays, strict=True)))


if __name__ == "__main__":
    write_records(Path(sys.argv[1]), int(sys.argv[2]), cast("Spoiled", sys.argv[3]))
