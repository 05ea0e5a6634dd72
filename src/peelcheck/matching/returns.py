"""Which return a file is: told by its column headings, the file's name being only a hint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain, islice
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from peelcheck.errors import UsageError
from peelcheck.model import Field, ReturnSchema
from peelcheck.reading.csv.dialect import key, unmarked
from peelcheck.reading.table import TextTable, read_chunks
from peelcheck.rounds.files import Received

_FITS = 0.5
_COMPARED = 100
"""So many headings that are not asked for are compared with one that is missing."""

_NEAR = 0.85
"""How alike two headings must be for one to be taken for the other misspelt; 1 is the same."""

MISSED_BY_NOBODY = ("note", "force_code")
"""Columns that a file need not have."""

_NAMELESS = re.compile(r"column [A-Z]+")
"""What the reader calls a column without a heading."""

PIECE = 125_000
"""Rows of a large file that are in memory at once."""


class Match(Struct, frozen=True):
    """What a header was recognised as.

    Attributes:
        schema: the return; None where none fits.
        columns: the file's heading for each field that it has.
        missing: fields that the file lacks.
        extra: headings that are no field of the return.
        twice: headings for a field that has one already.
        nearest: where none fits, the return that comes closest.
    """

    schema: ReturnSchema | None
    columns: Mapping[str, str]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    twice: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nearest: ReturnSchema | None = None

    @property
    def nameless(self) -> tuple[str, ...]:
        """What the reader calls the columns without a heading."""
        return tuple(heading for heading in self.extra if _NAMELESS.fullmatch(heading))

    @property
    def name(self) -> str | None:
        """The return's name; None where none fits."""
        return self.schema.name if self.schema else None


class Pieces:
    """A large file piece by piece. The first way through goes on from the piece by which the file was recognised."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._path, self._columns = path, columns
        self._stamp = _stamp(path)
        self._begun: Iterator[TextTable] | None = self._again()
        self.first = next(self._begun)

    def __iter__(self) -> Iterator[TextTable]:
        """The pieces, from the first.

        Raises:
            UsageError: the file is no longer the one that was begun, and its checksum no longer that of what is read.
        """
        begun, self._begun = self._begun, None
        pieces = self._again() if begun is None else chain([self.first], begun)
        try:
            for piece in pieces:
                self._hold_still()
                yield piece
            self._hold_still()
        except OSError as error:
            raise self._moved() from error

    def _hold_still(self) -> None:
        if _stamp(self._path) != self._stamp:
            raise self._moved()

    def _moved(self) -> UsageError:
        return UsageError(f"{self._path}: was changed or taken away while it was read; please check it again")

    def _again(self) -> Iterator[TextTable]:
        return read_chunks(self._path, rows=PIECE, columns=self._columns)


def _stamp(path: Path) -> tuple[int, int, int]:
    """What changes when a file does."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


class Sheet(Struct, frozen=True):
    """A file that was read and recognised.

    Attributes:
        received: the file.
        table: its cells; of a large file only the first of its pieces.
        match: the return that it is.
        rest: all pieces of a large file.
        lacking: columns that it should have and has not, which was said.
        moved: rows with more cells than there are columns, or fewer, which was said; in which column a figure belongs is not
            certain.
        lost: rows that were not split into cells, which was said.
    """

    received: Received
    table: TextTable
    match: Match
    rest: Pieces | None = None
    lacking: tuple[str, ...] = ()
    moved: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()

    def pieces(self) -> Iterator[Sheet]:
        """The file piece by piece, each a sheet of its own; a file that is not large is one piece."""
        if self.rest is None:
            yield self
            return
        for table in self.rest:
            yield replace(self, table=table, rest=None)


def return_named(file_name: str, returns: Iterable[str]) -> str | None:
    """The return that a file is named after, be it with other words: `Kent ASB powers (2).xlsx` is `asb_powers`."""
    named = [name for name in returns if key(name) and key(name) in key(file_name)]
    return max(named, key=len, default=None)


def recognise(headings: Sequence[str], hint: str, schemas: Mapping[str, ReturnSchema]) -> Match:
    """The return whose columns the file has; what a force keeps beside them does no harm.

    Of two returns that fit equally well the one that the file is named after wins.
    """
    matches = [match(headings, schema) for schema in schemas.values()]
    best = max(matches, key=lambda m: (_share(m), m.schema is not None and key(hint) == key(m.schema.name)))
    if _share(best) >= _FITS or not set(best.missing) - {"force", *MISSED_BY_NOBODY}:
        return best
    likely = max(matches, key=lambda m: _share(m, misspelt=True))
    if _share(likely, misspelt=True) >= _FITS:
        return likely
    named = [m for m in matches if m.schema and key(hint) == key(m.schema.name)]
    nearest = named[0] if named else best
    if named and _lacks_headings_only(nearest):
        return nearest
    return Match(None, nearest.columns, nearest.missing, nearest.extra, nearest=nearest.schema)


def match(headings: Sequence[str], schema: ReturnSchema) -> Match:
    """How a file's headings fit one return: a heading may be a field's name or its title, in any case and spacing."""
    fields = {key(f.title): f.name for f in schema.fields} | {key(f.name): f.name for f in schema.fields}
    columns: dict[str, str] = {}
    twice: dict[str, tuple[str, ...]] = {}
    extra = []
    there = set(headings)
    for heading in headings:
        plain = unmarked(heading)
        name = fields.get(key(heading)) or (None if plain in there else fields.get(key(plain)))
        if name is None or speaks_of(heading, schema[name]):
            extra.append(heading)
        elif name in columns:
            twice[name] = (*twice.get(name, ()), heading)
        else:
            columns[name] = heading
    missing = tuple(f.name for f in schema.fields if f.name not in columns)
    return Match(schema, columns, missing, tuple(extra), twice)


_SIGNS = {"%": "percentages", "‰": "rates", "£": "money", "€": "money", "$": "money", "±": "differences"}
"""What a sign in a heading says of the figures below it."""


def speaks_of(heading: str, field: Field) -> str | None:
    """What a heading that is called like a field says that it holds, if that is not what the field is."""
    said = next((what for sign, what in _SIGNS.items() if sign in heading and sign not in field.title), None)
    own = {"percent": "percentages", "money": "money"}.get(field.type)
    return None if said == own or not field.is_item else said


def nearly(name: str, headings: Iterable[str]) -> str | None:
    """The heading that is probably meant for a field; a file with very many has another fault."""
    known = {key(heading): heading for heading in islice(headings, _COMPARED)}
    near = get_close_matches(key(name), known, n=1, cutoff=_NEAR)
    return known[near[0]] if near else None


def _lacks_headings_only(fit: Match) -> bool:
    """Whether there is a column without a heading for every one that is missing, and most columns have theirs."""
    lacking = set(fit.missing).difference(("force", *MISSED_BY_NOBODY))
    return len(lacking) <= len(fit.nameless) == len(fit.extra) < len(fit.columns)


def _share(fit: Match, misspelt: bool = False) -> float:
    """How much of what makes the return itself is there: its items, or for records all its columns.

    A heading that is misspelt counts only where that is asked for; one that is blank never counts against it.
    """
    schema = fit.schema
    if schema is None:
        return 0.0
    own = [f.name for f in schema.items] or [
        n for n in schema.columns if n not in ("force", "force_code", "note")
    ]
    there = sum(name in fit.columns for name in own)
    extra = len(fit.extra) - len(fit.nameless)
    if not misspelt:
        return there / (len(own) + 0.5 * extra)
    meant = {nearly(name, fit.extra) for name in own if name not in fit.columns} - {None}
    return (there + len(meant)) / (len(own) + 0.5 * (extra - len(meant)))
