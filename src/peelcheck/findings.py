"""Findings about files and forces, which have no row of a typed table to stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from peelcheck.model import CheckSpec, Findings
from peelcheck.table import objects


@dataclass(frozen=True)
class Place:
    """Where a finding about a file or a force is; `row` 0 is the whole file."""

    force: str | None
    message: str
    file: str | None = None
    row: int = 0
    value: str | None = None
    period_end: date | None = None


def at_places(
    spec: CheckSpec,
    return_name: str | None,
    column: str | None,
    places: Sequence[Place],
    *,
    of_all: bool = False,
) -> Findings:
    """Findings with a message of their own each, or (`of_all`) with one that speaks of all of them."""
    ends = [np.datetime64(p.period_end, "D") if p.period_end else np.datetime64("NaT", "D") for p in places]
    values = objects(p.value for p in places)
    return Findings(
        spec=spec,
        return_name=return_name,
        column=column,
        forces=objects(p.force for p in places),
        files=objects(p.file for p in places),
        rows=np.array([p.row for p in places], dtype=np.int64),
        written=lambda at: values[at],
        years=np.array([p.period_end.year if p.period_end else 0 for p in places], dtype=np.int64),
        period_ends=np.array(ends, dtype="datetime64[D]"),
        facts={"message": objects(p.message for p in places), "of_all": np.full(len(places), of_all)},
        say=lambda fact: str(fact["message"]),
        suspects=(f"{return_name}.{column}",) if return_name and column else (),
    )
