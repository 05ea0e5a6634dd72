"""Where a query is, for tools that open files: the path from the current folder, the line and the column."""

from __future__ import annotations

from msgspec import Struct

from peelcheck.model import Location, Query, Result


class Spot(Struct, frozen=True):
    """A place in a file as an editor knows it. `file` is "" for a query about no file; lines and columns count from 1."""

    file: str
    line: int | None = None
    column: int | None = None


def spot(query: Query, result: Result) -> Spot:
    """The first place of a query; of one about no file, none."""
    return spot_of(query.locations[0], result) if query.locations else Spot("")


def spot_of(place: Location, result: Result) -> Spot:
    """A place with the path of its file as it can be opened from the current folder."""
    return Spot(f"{result.base}{place.file}", place.line, place.line_column)
