"""Recognise which return a file is, by its column headings; the file's name is only a hint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from itertools import islice

from msgspec import Struct, field

from peelcheck.model import Field, ReturnSchema
from peelcheck.reading.text import key, letters_of, unmarked

_FITS = 0.5
_LONGEST = 400
"""Characters of headings that are compared with the titles of columns."""
_COMPARED = 100
"""So many headings that are not asked for are compared with one that is missing."""

_NEAR = 0.85
"""How alike two headings must be for one to be taken for the other misspelt; 1 is the same."""

_LONGEST_EXTENDED = 200
"""Characters of a heading that may be another one extended."""

_BETWEEN_WORDS = re.compile(r"[\W_]+")

MISSED_BY_NOBODY = ("note", "force_code")
"""Columns that a file need not have."""


class Match(Struct, frozen=True):
    """The result of recognising a header.

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
        return tuple(heading for heading in self.extra if letters_of(heading))

    @property
    def name(self) -> str | None:
        """The return's name; None if no return matches."""
        return self.schema.name if self.schema else None


def return_named(file_name: str, returns: Iterable[str]) -> str | None:
    """The return that a file is named after, be it with other words: `Kent ASB powers (2).xlsx` is `asb_powers`."""
    named = [name for name in returns if key(name) and key(name) in key(file_name)]
    return max(named, key=len, default=None)


def recognise(headings: Sequence[str], hint: str, schemas: Mapping[str, ReturnSchema]) -> Match:
    """The return whose columns the file has. Extra columns of the force's own do not matter.

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
    nearest = named[0] if named else best if best.columns else _likest(headings, hint, matches)
    if named and _lacks_headings_only(nearest):
        return nearest
    return Match(None, nearest.columns, nearest.missing, nearest.extra, nearest=nearest.schema)


def _likest(headings: Sequence[str], hint: str, matches: Sequence[Match]) -> Match:
    """The return whose name, or else whose columns, are most like a file's, of which no column is its own."""
    said = key(" ".join(islice(headings, _COMPARED)))[:_LONGEST]

    def likeness(one: Match) -> tuple[bool, float]:
        schema = one.schema
        if schema is None:
            return False, 0.0
        titles = key(" ".join(field.title for field in schema.fields))[:_LONGEST]
        alike = SequenceMatcher(None, titles, said, autojunk=False).ratio()
        return return_named(hint, [schema.name]) is not None, alike

    return max(matches, key=likeness)


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


def nearly(field: Field, headings: Iterable[str], schema: ReturnSchema) -> str | None:
    """The heading that is probably meant for a field; a file with very many has another fault.

    It is the field's name or title misspelt, or with letters in another order, or extended (`Arrests (12 months)`). A
    heading that extends a longer name in the schema is meant for that one.
    """
    known = {key(heading): heading for heading in islice(headings, _COMPARED)}
    names = (field.name, field.title)
    longer = [
        n
        for other in schema.fields
        for n in (other.name, other.title)
        if _extends(n, field.name) or _extends(n, field.title)
    ]
    for name in names:
        if near := get_close_matches(key(name), known, n=1, cutoff=_NEAR):
            return known[near[0]]
    for name in names:
        for written, heading in known.items():
            extended = _extends(heading, name) and not any(
                _extends(heading, other) for other in longer if key(other) not in map(key, names)
            )
            if extended or sorted(written) == sorted(key(name)):
                return heading
    return None


def _extends(heading: str, name: str) -> bool:
    """Whether a heading is a name with something after it that is not a part of its last word: `arrests1`, `Arrests, all`."""
    words, own = (" ".join(_BETWEEN_WORDS.split(text.casefold())).strip() for text in (heading, name))
    return len(heading) <= _LONGEST_EXTENDED and words.startswith(own) and not words[len(own) :][:1].isalpha()


def _lacks_headings_only(fit: Match) -> bool:
    """Whether there is a column without a heading for every one that is missing, and most columns have theirs."""
    lacking = set(fit.missing).difference(("force", *MISSED_BY_NOBODY))
    return len(lacking) <= len(fit.nameless) == len(fit.extra) < len(fit.columns)


def _share(fit: Match, misspelt: bool = False) -> float:
    """The share of the return's distinctive columns that the file has: its items or, for records, all its columns.

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
    meant = {nearly(schema[name], fit.extra, schema) for name in own if name not in fit.columns} - {None}
    return (there + len(meant)) / (len(own) + 0.5 * (extra - len(meant)))
