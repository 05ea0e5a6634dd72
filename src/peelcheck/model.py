"""The words of the house as types: frozen, without input or output, without pandas logic.

A *return* is what a force sends, a *field* one of its columns, an *item* a field that holds a figure. A *check* is written
in YAML (`CheckSpec`), what it saw are `Findings` (many, columnar, internal), and what is sent to a force is a
`Query` (few, worded, tracked).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    ObjectArray = NDArray[np.object_]
    DateArray = NDArray[np.datetime64]

ENGLAND_AND_WALES = "England and Wales"


class Severity(StrEnum):
    """How much a finding matters, worst first."""

    ERROR = "error"  # the figure cannot be used
    QUERY = "query"  # correct it or explain it
    NOTE = "note"  # for information

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Tier(StrEnum):
    """The order of work: a broken rule, then figures far from what was expected, then the rest."""

    HARD = "hard"
    SEVERE = "severe"
    QUERY = "query"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for what is looked at first."""
        return list(Tier).index(self)


class Status(StrEnum):
    """What a declaration says of a figure (Annex A's own distinctions)."""

    NOT_SUPPLIED = "not_supplied"
    NOT_COMPARABLE = "not_comparable"
    PARTIAL = "partial"
    INCOMPLETE = "incomplete"
    ESTIMATED = "estimated"
    CAVEAT = "caveat"
    COMBINED = "combined"

    @property
    def is_out(self) -> bool:
        """Out of England and Wales and of every comparison, and shown as a dash."""
        return self in (Status.NOT_SUPPLIED, Status.NOT_COMPARABLE, Status.PARTIAL)


class ReturnKind(StrEnum):
    """Where a table comes from, which is also the folder of a round that it stands in."""

    RETURN = "returns"
    REFERENCE = "reference"
    INSPECTION = "inspection"


# --- what a collection asks for -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Period:
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

    @property
    def floating(self) -> bool:
        """True where the force chooses the date of an as-at figure."""
        return self.kind == "as_at" and self.start != self.end

    def describe(self, year: int) -> str:
        """The period in words: `12 months to 30 June 2017`."""
        return f"{self.words} {year}"


NUMBERS = ("integer", "number", "percent", "money")
"""The types of a field that holds numbers."""


@dataclass(frozen=True)
class Field:
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


@dataclass(frozen=True)
class CheckSpec:
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


@dataclass(frozen=True)
class RecordCount:
    """A figure made from a record-level return: how many of a force's records have certain values.

    `where` names columns and the values that count (compared without case); empty, every record counts. It is a
    figure of the collection's year, and measures name it like any item (`crime_records.charged`).
    """

    name: str
    title: str
    where: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ReturnSchema:
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
        return self._by_name()[name]

    def __contains__(self, name: object) -> bool:
        """Whether a field has that name."""
        return name in self._by_name()

    def _by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    @property
    def items(self) -> tuple[Field, ...]:
        """The fields that hold figures."""
        return tuple(f for f in self.fields if f.is_item)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all fields, in order."""
        return tuple(f.name for f in self.fields)


@dataclass(frozen=True)
class Force:
    """A force: its name, its ONS code, and every spelling by which it is known."""

    name: str
    code: str
    country: str
    spellings: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The name of its folder in a round: `west-midlands`."""
        return self.name.lower().replace(" ", "-")


@dataclass(frozen=True)
class OutOfScope:
    """A body that published tables carry and the collection does not, such as British Transport Police or a region."""

    name: str
    code: str
    spellings: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Side:
    """One side of a measure's fraction: the sum of items of one return, some years off."""

    return_name: str
    items: tuple[str, ...]
    year_offset: int = 0


@dataclass(frozen=True)
class Measure:
    """A comparison: numerator over denominator, `per` so many.

    `kind` decides the statistics (a rate of population, a ratio of two counts, a proportion of a whole).
    `noun` words one figure ("risk assessments per domestic abuse crime"); `numerator_noun` its count.
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
    file: str = "measures.yaml"


@dataclass(frozen=True)
class Cuts:
    """Where a score becomes a query and a severe one, and how often a correct figure does (percent of comparisons)."""

    change_query: float = 3.0
    change_severe: float = 4.5
    peer_query: float = 5.0
    peer_severe: float = 7.0
    alone_query: float = 3.5
    alone_severe: float = 6.0
    false_with_history: float = 0.6
    false_alone: float = 0.9


@dataclass(frozen=True)
class Collection:
    """Everything a collection asks for, as loaded from its folder of schemas; `sha256` covers every file of it."""

    name: str
    title: str
    year: int
    returns: Mapping[str, ReturnSchema]
    across: tuple[CheckSpec, ...]
    measures: tuple[Measure, ...]
    forces: tuple[Force, ...]
    out_of_scope: tuple[OutOfScope, ...]
    cuts: Cuts
    groups: Mapping[str, tuple[str, ...]]
    folder: Path
    sha256: str

    @property
    def force_names(self) -> tuple[str, ...]:
        """The names of all forces."""
        return tuple(force.name for force in self.forces)


@dataclass(frozen=True)
class Declaration:
    """What a force said about a figure; a blank item means all items of the return, a measure only that measure."""

    force: str
    partner: str | None  # the other force of a combined figure
    return_name: str | None
    item: str | None
    measure: str | None
    period_end: date | None
    status: Status
    reason: str
    source: str
    row: int

    @property
    def words(self) -> str:
        """Status and reason, as they follow the name of a figure: `not supplied: no system holds them`."""
        status = self.status.value.replace("_", " ")
        return f"{status}: {self.reason}" if self.reason else status


# --- what came up -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Location:
    """A place as the force sees it: the spreadsheet's row (the header is row 1), the column, the cell as written."""

    file: str
    row: int | None
    column: str | None
    value: str | None


@dataclass(frozen=True)
class Findings:
    """What one check saw in one column, as arrays with one element a finding, so that ten million stay cheap.

    `rows` holds spreadsheet rows (0: the whole file), `files` paths relative to the round (None: no file), `years` the
    year of the period (0: none). `written` gives the cells of some of the findings as the force wrote them: text is only
    made for what is shown. `facts` are the numbers that `say` speaks of, aligned with the findings. `suspects` are the
    items (`return.item`) of which one is probably wrong.
    """

    spec: CheckSpec
    return_name: str | None
    column: str | None
    forces: ObjectArray
    files: ObjectArray
    rows: IntArray
    written: Callable[[IntArray], ObjectArray]
    years: IntArray
    period_ends: DateArray
    facts: Mapping[str, Any]
    say: Callable[[Mapping[str, Any]], str]
    suspects: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many findings there are."""
        return len(self.rows)

    def fact(self, i: int) -> dict[str, Any]:
        """The facts of one finding, with its force, column, year and the cell as written."""
        import numpy as np

        own = {name: array[i] for name, array in self.facts.items()}
        written = self.written(np.array([i], dtype=np.int64))[0]
        return {
            "force": self.forces[i],
            "written": written,
            "column": self.column,
            "year": self.years[i],
            **own,
        }


@dataclass(frozen=True)
class NotRun:
    """A check that could not be held against a force's figures, and why."""

    force: str | None
    reason: str


@dataclass
class CheckRun:
    """What became of one check: in how many places it held or failed, and where it was not run and why."""

    code: str
    held: int = 0
    failed: int = 0
    not_run: dict[NotRun, int] = field(default_factory=dict)

    def skip(self, force: str | None, reason: str, count: int = 1) -> None:
        """Record that the check was not run for a force."""
        key = NotRun(force, reason)
        self.not_run[key] = self.not_run.get(key, 0) + count


@dataclass(frozen=True)
class Also:
    """Another finding that the same wrong cell explains."""

    code: str
    message: str


@dataclass(frozen=True)
class Query:
    """What is sent to a force. What does not apply is None; `expected`, `lower` and `upper` are in the value's unit."""

    id: str
    fingerprint: str
    code: str
    severity: Severity
    tier: Tier
    force: str | None
    return_name: str | None
    item: str | None
    measure: str | None
    period_end: date | None
    message: str
    ask: str
    locations: tuple[Location, ...]
    locations_total: int
    value: float | None = None
    unit: str | None = None
    expected: float | None = None
    lower: float | None = None
    upper: float | None = None
    score: float | None = None
    factor_visible: float | None = None
    england_and_wales: float | None = None
    rank: int | None = None
    of: int | None = None
    group_rate: float | None = None
    group_rank: int | None = None
    group_of: int | None = None
    previous: float | None = None
    cause: str | None = None
    related_forces: tuple[str, ...] = ()
    status: str = "open"
    also: tuple[Also, ...] = ()
    impact: float = 0.0
    suspicion: float = 0.0
    peers: tuple[float, ...] = ()  # the other forces' values, for the strip that shows where this one stands


@dataclass(frozen=True)
class ReadFile:
    """A file as received."""

    path: str
    sha256: str | None
    force: str | None
    return_name: str | None
    rows: int


@dataclass(frozen=True)
class Result:
    """Everything a run found, ready for a renderer, which computes nothing."""

    collection: Collection
    title: str
    files: tuple[ReadFile, ...]
    checks: tuple[CheckRun, ...]
    queries: tuple[Query, ...]
    returns_expected: int
    returns_received: int
    returns_missing: tuple[tuple[str, str], ...]  # (force, return)
    forces: tuple[str, ...]  # those this run has files of
    expected_false_queries: float

    def count(self, severity: Severity) -> int:
        """How many queries have this severity."""
        return sum(q.severity is severity for q in self.queries)


# --- figures: what the report says of a force ---------------------------------------------------------------------


@dataclass(frozen=True)
class Figure:
    """One measure for one force in the year of the collection. `value` and the other rates are in the measure's unit.

    None where there is no figure: a dash, with its reason in `footnote`. `rank` 1 is the highest of the `of` forces
    compared. `group_rate`, `group_rank` and `group_of` say the same of the forces most similar to it, the rate being
    theirs together without the force; None without a group. `previous` is the figure a year before, `change` the change
    on it in percent. `status` is what was declared ("incomplete", "estimated", …), "" for nothing. `sentence` is the
    figure in the report's language.
    """

    measure: str
    title: str
    period: str
    force: str
    numerator: float | None
    denominator: float | None
    value: float | None
    england_and_wales: float | None
    england_and_wales_without: float | None
    rank: int | None
    of: int
    group_rate: float | None
    group_rank: int | None
    group_of: int | None
    previous: float | None
    change: float | None
    status: str
    footnote: str
    sentence: str
    unit: str
    decimals: int
    in_report: bool


@dataclass(frozen=True)
class FigureSet:
    """Figures of one force or of all; `national` holds one row a measure for England and Wales, `out` who is out and why.

    `out` maps a measure's id to (force, reason) pairs.
    """

    title: str
    figures: tuple[Figure, ...]
    national: tuple[Figure, ...]
    out: Mapping[str, tuple[tuple[str, str], ...]]
