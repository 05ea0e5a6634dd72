"""Findings about files and forces, which have no row of a typed table to stand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from peelcheck.arrays import distinct_rows, objects
from peelcheck.model import CheckSpec, Findings, Source


class Place(Struct, frozen=True):
    """Where a finding about a file or a force is; `row` 0 is the whole file."""

    force: str | None
    message: str
    source: Source | None = None
    row: int = 0
    value: str | None = None
    period_end: date | None = None


def at_places(
    spec: CheckSpec, return_name: str | None, column: str | None, places: Sequence[Place]
) -> Findings:
    """Findings with a message of their own each."""
    ends = [np.datetime64(p.period_end, "D") if p.period_end else np.datetime64("NaT", "D") for p in places]
    values = objects(p.value for p in places)
    return Findings(
        spec=spec,
        return_name=return_name,
        column=column,
        forces=objects(p.force for p in places),
        sources=objects(p.source for p in places),
        rows=np.array([p.row for p in places], dtype=np.int64),
        written=lambda at: values[at],
        years=np.array([p.period_end.year if p.period_end else 0 for p in places], dtype=np.int64),
        period_ends=np.array(ends, dtype="datetime64[D]"),
        facts={"message": objects(p.message for p in places)},
        say=lambda fact: str(fact["message"]),
        suspects=(f"{return_name}.{column}",) if return_name and column else (),
    )


def at_files(spec: CheckSpec, message: str, sources: Sequence[Source]) -> Findings:
    """A finding in each of several files, with one message that speaks of all of them."""
    found = at_places(spec, None, None, [Place(None, message, source) for source in sources])
    return replace(found, speaks_of_all=True)


def addressed(found: Sequence[Findings], whose: Mapping[Source, str]) -> list[Findings]:
    """Findings that are addressed to nobody, addressed to the force whose all rows of their file are.

    Args:
        found: findings about files.
        whose: the force of a source, where it is known.
    """
    return [_addressed(one, whose) for one in found]


def _addressed(one: Findings, whose: Mapping[Source, str]) -> Findings:
    which, places = distinct_rows(one.forces, one.sources)
    return replace(one, forces=objects(force or whose.get(source) for force, source in places)[which])


def at_rows(
    spec: CheckSpec, return_name: str | None, column: str | None, place: Place, rows: Sequence[int]
) -> Findings:
    """A finding in each of many rows of one file, with one message that speaks of all of them; they take little room."""
    one = at_places(spec, return_name, column, [place])
    values = objects([place.value])

    def every(array: NDArray[Any]) -> NDArray[Any]:
        return np.broadcast_to(array, len(rows))

    return replace(
        one,
        forces=every(one.forces),
        sources=every(one.sources),
        rows=np.array(rows, dtype=np.int64),
        written=lambda at: np.broadcast_to(values, len(at)),
        years=every(one.years),
        period_ends=every(one.period_ends),
        facts={"message": every(one.facts["message"])},
        speaks_of_all=True,
    )
