"""What a collection asks for: periods, returns and their fields, checks, measures, forces; and what forces declared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from peelcheck.model.bodies import Force, OutOfScope
from peelcheck.model.enums import ReturnKind, Severity, Subject
from peelcheck.model.nouns import Nouns
from peelcheck.model.spellings import CodeForm, Spellings


class Period(Struct, frozen=True):
    """When a figure is about: twelve months to a day and month, one date, or a stretch between two dates.

    `start` and `end` are (month, day); for an `as_at` period whose date is the force's own they span the dates
    that are accepted.
    """

    kind: Literal["twelve_months", "as_at", "between"]
    start: tuple[int, int]
    end: tuple[int, int]
    words: str  # "12 months to 30 June", "as at 1 July"

    def dates(self, year: int) -> tuple[date, date]:
        """First and last day of the period that belongs to a year; for `as_at`, the accepted dates."""
        return date(year - (self.start > self.end), *self.start), date(year, *self.end)

    def days(self, year: int) -> frozenset[date]:
        """The dates that a row may carry: the first and last day, or any in between where the force chooses."""
        first, last = self.dates(year)
        if not self.floating:
            return frozenset((first, last))
        return frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))

    @property
    def floating(self) -> bool:
        """True where the force chooses the date of an as-at figure."""
        return self.kind == "as_at" and self.start != self.end

    def ends_on(self, day: date) -> bool:
        """Whether a row that ends on a day can be about this period."""
        first, last = self.dates(day.year)
        return first <= day <= last if self.floating else day == last

    def describe(self, year: int) -> str:
        """The period in words: `12 months to 30 June 2017`."""
        return f"{self.words} {year}"


NUMBERS = ("integer", "number", "percent", "money")
"""The types of a field that holds numbers."""


class Field(Struct, frozen=True):
    """One column of a return.

    `period` and `years` are None for fields that identify a row; an item is owed for each of `years` (most recent
    first). `minimum` and `maximum` are numbers, or dates for a date field.
    """

    name: str
    type: Literal["integer", "number", "percent", "money", "date", "string", "force", "boolean"]
    title: str
    description: str
    unit: str | None = None
    required: bool = False
    unique: bool = False
    minimum: float | date | None = None
    maximum: float | date | None = None
    pattern: str | None = None
    enum: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    period: Period | None = None
    years: tuple[int, ...] = ()
    series_break: str | None = None
    optional: bool = False  # an item that a force may leave blank without a declaration

    @property
    def is_item(self) -> bool:
        """True for a column that holds a figure."""
        return self.period is not None


class CheckSpec(Struct, frozen=True):
    """One check as written in YAML, or built in; `parameters` are the kind's own."""

    code: str
    kind: str
    severity: Severity
    title: str
    ask: str
    why: str
    source: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""  # the schema file it stands in
    key: str = ""  # where in that file
    return_name: str | None = None
    about: Subject = Subject.FIGURE
    acceptable: bool = True  # whether a query of it can be accepted: not if it kept figures from being used


class RecordCount(Struct, frozen=True):
    """A figure made from a record-level return: how many of a force's records have certain values.

    `where` names columns and the values that count (compared without case); empty, every record counts. It is a
    figure of the collection's year, and measures name it like any item (`crime_records.charged`).
    """

    name: str
    title: str
    where: Mapping[str, tuple[str, ...]]


class ReturnSchema(Struct, frozen=True, dict=True):
    """One return or table: its columns, who sends it, and its checks.

    `records` is True for a table with one row a record; otherwise there is one row per force and period.
    `primary_key` names the columns that identify a row.
    """

    name: str
    title: str
    description: str
    kind: ReturnKind
    owed_by: str  # "forces", or who publishes it
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    records: bool
    checks: tuple[CheckSpec, ...]
    file: str
    optional: bool = False  # not missed when it does not come
    counts: tuple[RecordCount, ...] = ()

    def __getitem__(self, name: str) -> Field:
        """The field of that name; KeyError if there is none."""
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        """Whether a field has that name."""
        return name in self._by_name

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    @cached_property
    def items(self) -> tuple[Field, ...]:
        """The fields that hold figures."""
        return tuple(f for f in self.fields if f.is_item)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of all fields, in order."""
        return tuple(f.name for f in self.fields)


class Side(Struct, frozen=True):
    """One side of a measure's fraction: the sum of items of one return, some years off."""

    return_name: str
    items: tuple[str, ...]
    year_offset: int = 0

    @property
    def refs(self) -> tuple[str, ...]:
        """The items' full names, `return.item`."""
        return tuple(f"{self.return_name}.{item}" for item in self.items)


class Measure(Struct, frozen=True):
    """A comparison: numerator over denominator, `per` so many.

    `kind` decides the statistics (a rate of population, a ratio of two counts, a proportion of a whole).
    `noun` words one figure ("risk assessments per domestic abuse crime"); `numerator_noun` its count. `change_of` is what
    the change on the year is of: the rate, or the count, as the report has it.
    """

    id: str
    code: str
    title: str
    numerator: Side
    denominator: Side
    kind: Literal["rate", "ratio", "proportion"]
    per: int
    unit: str
    noun: str
    numerator_noun: str
    decimals: int
    years: tuple[int, ...]
    period: Period
    in_report: bool
    ask: str
    why: str
    source: str
    change_of: Literal["count", "rate"] = "rate"
    file: str = "measures.yaml"


class Thresholds(Struct, frozen=True):
    """Where a score becomes a query and a severe one, and how often a correct figure does (percent of comparisons)."""

    change_query: float = 3.0
    change_severe: float = 4.5
    peer_query: float = 5.0
    peer_severe: float = 7.0
    alone_query: float = 3.5
    alone_severe: float = 6.0
    false_with_history: float = 0.6
    false_alone: float = 0.9
    false_high: float = 1.7
    false_item: float = 0.3
    false_item_high: float = 0.6


class Collection(Struct, frozen=True, dict=True):
    """Everything a collection asks for, as loaded from its folder of schemas; `sha256` covers every file of it.

    `rule_words` holds what the collection says of rules that are built in: their `why` and their `source`.
    """

    name: str
    title: str
    year: int
    returns: Mapping[str, ReturnSchema]
    across: tuple[CheckSpec, ...]
    measures: tuple[Measure, ...]
    forces: tuple[Force, ...]
    out_of_scope: tuple[OutOfScope, ...]
    thresholds: Thresholds
    groups: Mapping[str, tuple[str, ...]]
    folder: Path
    sha256: str
    dates: Literal["day", "month"] | None = None  # what comes first in files that do not show their order
    time_zone: str | None = None  # where days are counted, for times whose own zone is written
    nouns: Nouns = Nouns()
    code_form: CodeForm = CodeForm()
    suffixes: tuple[str, ...] = ()  # words that may follow a force's name
    rule_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # of built-in rules, by code

    @cached_property
    def zone(self) -> tzinfo | None:
        """The time zone in which days are counted; None if the collection names none."""
        from zoneinfo import ZoneInfo  # not loaded for --help

        return ZoneInfo(self.time_zone) if self.time_zone else None

    @property
    def suppliers(self) -> dict[str, str]:
        """Who supplies each table that the forces do not send themselves."""
        return {
            name: schema.owed_by
            for name, schema in self.returns.items()
            if schema.kind is not ReturnKind.RETURN
        }

    @property
    def force_names(self) -> tuple[str, ...]:
        """The names of all forces."""
        return tuple(force.name for force in self.forces)

    @cached_property
    def bodies(self) -> tuple[Force | OutOfScope, ...]:
        """The bodies that are out of scope, and the forces."""
        return (*self.out_of_scope, *self.forces)

    @cached_property
    def spellings(self) -> Spellings:
        """Every known spelling and code, each with the name of the force or of the body that is out of scope."""
        known = (
            (spelling, body.name)
            for body in self.bodies
            for spelling in (body.name, body.code, *body.spellings)
        )
        return Spellings(known, self.suffixes, self._names)

    @cached_property
    def by_code(self) -> Mapping[str, str]:
        """The name of the force or body out of scope by its code, in capitals; a body without a code has no part in it."""
        return {body.code.upper(): body.name for body in self.bodies if body.code}

    @cached_property
    def force_codes(self) -> frozenset[str]:
        """The codes of the forces that have one, in capitals."""
        return frozenset(force.code.upper() for force in self.forces if force.code)

    def find_force(self, text: str) -> str | None:
        """The proper name of the force that a text names, in any spelling, by its code or as a folder; None for none."""
        name = self.spellings.find(text)
        return name if name in self._names else None

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.force_names)


OF_THE_ROW = ("force", "force_code", "period_start", "period_end")
"""Columns that say what a row is about. What is wrong in them is mostly the same in all rows of a file, and one mistake."""
