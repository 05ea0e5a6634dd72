"""The round that is mutated: part of the sample for twelve forces, its tables, history and schemas, as bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import yaml

from benchmarks.many_bodies import returns_in
from peelcheck.schema import find_collection

SAMPLE = Path(__file__).parents[2] / "sample_returns"
FORCES = (
    "kent", "essex", "surrey", "sussex", "dorset", "durham", "norfolk", "suffolk", "gwent", "cheshire",
    "cumbria", "derbyshire",
)  # fmt: skip
ALONE = FORCES[:4]
"""Forces with a folder; the others have one file together for each return."""
RETURNS = ("asb_powers", "incidents", "marac", "crime_records")
TABLES = ("population", "recorded_crime")
ACCEPTED = "id,code,force,return,item,reason,by,date,until,figures\n"

Files = dict[str, bytes]
"""What a folder contains: path within it → bytes. The round is in `round/`, the schemas are in `schemas/`."""
Rows = list[list[str]]


def parsed(data: bytes) -> Rows:
    """The rows of a plain file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def written(rows: Sequence[Sequence[str]]) -> bytes:
    """A plain file of these rows, which the csv module reads back as they are."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8")


def base() -> Files:
    """The round and its schemas before any mutation."""
    return {**_schemas(), **_round()}


def _schemas() -> Files:
    real, own = find_collection("peel-2017"), "schemas/peel-2017"
    required = yaml.safe_load((real / "collection.yaml").read_text(encoding="utf-8"))
    required["returns"] = [*RETURNS, *TABLES]
    files = {f"{own}/collection.yaml": yaml.safe_dump(required, sort_keys=False).encode()}
    headings, *forces = parsed((real / "forces.csv").read_bytes())
    files[f"{own}/forces.csv"] = written([headings, *(row for row in forces if _is_own(row[0]) or row[4])])
    for name in (*RETURNS, *TABLES):
        files[f"{own}/{name}.yaml"] = (real / f"{name}.yaml").read_bytes()
    for name in ("measures.yaml", "across.yaml"):
        entries = yaml.safe_load((real / name).read_text(encoding="utf-8"))
        here = [entry for entry in entries if returns_in(entry) <= {*RETURNS, *TABLES}]
        files[f"{own}/{name}"] = yaml.safe_dump(here, sort_keys=False).encode()
    return files


def _round() -> Files:
    files = {"round/round.yaml": b"collection: peel-2017\ntitle: Mutated (illustrative)\ndate: 2017-10-31\n"}
    declared = parsed((SAMPLE / "declarations.csv").read_bytes())
    files["round/declarations.csv"] = written(
        [declared[0], *(row for row in declared[1:] if row[2] in RETURNS and _is_own(row[0]))]
    )
    for name in RETURNS:
        together: Rows = []
        for force in FORCES:
            path = SAMPLE / "returns" / force / f"{name}.csv"
            rows = parsed(path.read_bytes())[:15] if path.exists() else []
            if force in ALONE and rows:
                files[f"round/returns/{force}/{name}.csv"] = written(rows)
            elif rows and (not together or together[0] == rows[0]):
                together += rows[1 if together else 0 :]
        files[f"round/returns/{name}.csv"] = written(together)
    for part in ("reference", "history"):
        for name in (*RETURNS, *TABLES):
            path = SAMPLE / part / f"{name}.csv"
            if path.exists():
                headings, *rows = parsed(path.read_bytes())
                own = [headings, *(row for row in rows if _is_own(row[0]))]
                files[f"round/{part}/{name}.csv"] = written(own)
    return files


def _is_own(force: str) -> bool:
    return force.lower().replace(" ", "-") in FORCES
