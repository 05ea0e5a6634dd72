"""Where the locations of queries stand in the text of their files, and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from msgspec.structs import replace

from peelcheck.model import Collection, Location, Query, ReadFile, Source
from peelcheck.reading.physical_lines import Place, Wanted, find_lines
from peelcheck.reading.source import Source as Bytes
from peelcheck.rounds.received import Received

_UNKNOWN: Place = (None, None)


def with_lines(
    queries: Sequence[Query], files: Sequence[Received], collection: Collection
) -> tuple[Query, ...]:
    """The queries with the line and column of each location. Only files in which some query has a location are read again."""
    wanted: dict[str, set[Wanted]] = {}
    for place in (place for query in queries for place in query.locations if place.row and not place.sheet):
        wanted.setdefault(place.file, set()).add(_wanted(place))
    known = tuple(
        {n: 0 for schema in collection.returns.values() for f in schema.fields for n in (f.name, f.title)}
    )
    paths = {file.name: file for file in files if not file.refused and file.content is None}
    found: dict[str, Mapping[Wanted, Place]] = {}
    for name in wanted.keys() & paths.keys():
        with suppress(OSError):  # a file that has gone since it was read has no lines any more
            found[name] = find_lines(Bytes(paths[name].path), known, wanted[name])
    return tuple(
        replace(query, locations=tuple(_placed(place, found) for place in query.locations))
        for query in queries
    )


def with_letters(queries: Sequence[Query], files: Iterable[ReadFile]) -> tuple[Query, ...]:
    """The queries with the letter of each location's column, as a spreadsheet calls it."""
    letters = {file.source: file.letters for file in files}
    return tuple(
        replace(query, locations=tuple(_lettered(place, letters) for place in query.locations))
        for query in queries
    )


def _lettered(place: Location, letters: Mapping[Source, Mapping[str, str]]) -> Location:
    letter = letters.get(place.source, {}).get(place.column or "")
    return place if letter is None else replace(place, letter=letter)


def _wanted(place: Location) -> Wanted:
    return place.row or 0, place.column, place.value


def _placed(place: Location, found: Mapping[str, Mapping[Wanted, Place]]) -> Location:
    line, column = found.get(place.file, {}).get(_wanted(place), _UNKNOWN)
    return replace(place, line=line, line_column=column)
