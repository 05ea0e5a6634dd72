"""What a force sends: returns, their fields and the periods these are about, and the checks written for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct, field

from peelcheck.model.enums import ReturnKind, Severity, Subject

OF_THE_ROW = ("force", "force_code", "period_start", "period_end")
"""Columns that say what a row is about. What is wrong in them is mostly the same in all rows of a file, and one mistake."""


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
    first). `minimum` and `maximum` are numbers, or dates for a date field. `area_total` are the bounds of the sum over all
    forces, of an item of which that is known, such as a population.
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
    area_total: tuple[float, float] | None = None

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
    published: str = ""  # where the table is published, as a source line has it
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
