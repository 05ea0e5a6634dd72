"""The results of a run: findings, the outcome of each check, and queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from peelcheck.model.acceptance import Acceptance, OwnFigure
from peelcheck.model.collection import Collection
from peelcheck.model.enums import Severity, Tier
from peelcheck.model.evidence import Evidence
from peelcheck.model.places import Location, Source
from peelcheck.model.proposals import Proposal
from peelcheck.model.reasons import Reason
from peelcheck.model.returns import CheckSpec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    ObjectArray = NDArray[np.object_]
    DateArray = NDArray[np.datetime64]


class Cells(Struct, frozen=True, kw_only=True):
    """Cells of one column, as arrays with one element a cell.

    `rows` holds spreadsheet rows (0: the whole file), `sources` where each cell is (None: there is no such cell).
    `written` gives some of the cells as the force wrote them: text is only made for what is shown. `headings` has the
    column's heading in those sources that do not call it by its field's name.
    """

    column: str | None
    sources: ObjectArray
    rows: IntArray
    written: Callable[[IntArray], ObjectArray]
    headings: Mapping[Source, str] = field(default_factory=dict)

    def heading(self, i: int) -> str | None:
        """What the column of one cell is called in its own file; None for a row or a file as a whole."""
        return self.headings.get(self.sources[i], self.column)

    def places(self, at: IntArray) -> list[Location | None]:
        """Some of the cells as the force sees them; None for one that is not there."""
        there = at[[self.sources[i] is not None for i in at]]
        texts = iter(self.written(there))
        return [None if self.sources[i] is None else self._place(i, next(texts)) for i in at.tolist()]

    def count(self, at: IntArray) -> int:
        """How many of some cells there are."""
        return sum(source is not None for source in self.sources[at])

    def within(self, is_given: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Which of the cells are in files that were given. Each file is looked at once; no file has the name ""."""
        import numpy as np

        known: dict[int, bool] = {}
        sources = self.sources.tolist()  # keeps every source alive, so that its number stays its own
        for source in sources:
            if id(source) not in known:
                known[id(source)] = is_given("" if source is None else source.file)
        return np.fromiter((known[id(source)] for source in sources), dtype=bool, count=len(sources))

    def _place(self, i: int, written: str | None) -> Location:
        value = None if written is None else str(written)
        source: Source = self.sources[i]
        return Location(source.file, int(self.rows[i]) or None, self.heading(i), value, source.sheet)


class Findings(Cells, frozen=True, kw_only=True):
    """What one check saw in one column, as arrays with one element a finding, so that ten million stay cheap.

    The cells are those that are pointed at; `beside` has others that the findings speak of, each with a cell a finding.
    `years` holds the year of the period (0: none). `facts` are the numbers that `say` speaks of, aligned with the findings;
    `facts_of_others` names those of them that rest on other forces' figures.
    `suspects` are the items (`return.item`) of which one is probably wrong, the likeliest first; `years_off` says of those
    whose figure is another year's than the finding's how many years later that is. `by_period` is False where those of all
    periods are one mistake, which is asked about once.

    What only some findings have: `more_suspects` has for each finding a tuple of further suspects, `related_forces` the other
    force that it is about, `evidence` what a comparison found. `speaks_of_all` is True where each message speaks of all
    findings already.
    """

    spec: CheckSpec
    return_name: str | None
    forces: ObjectArray
    years: IntArray
    period_ends: DateArray
    facts: Mapping[str, Any]
    say: Callable[[Mapping[str, Any]], str]
    suspects: tuple[str, ...] = ()
    years_off: Mapping[str, int] = field(default_factory=dict)
    by_period: bool = True
    beside: tuple[Cells, ...] = ()
    facts_of_others: tuple[str, ...] = ()
    more_suspects: ObjectArray | None = None
    related_forces: ObjectArray | None = None
    evidence: tuple[Evidence, ...] | None = None
    speaks_of_all: bool = False

    def __len__(self) -> int:
        """How many findings there are."""
        return len(self.rows)

    def only(self, keep: NDArray[np.bool_]) -> Findings:
        """Those of the findings that are marked, of a check with no evidence, cells beside or other forces."""
        import numpy as np
        from msgspec.structs import replace

        positions = np.flatnonzero(keep)
        return replace(
            self,
            sources=self.sources[keep],
            rows=self.rows[keep],
            written=lambda at: self.written(positions[at]),
            forces=self.forces[keep],
            years=self.years[keep],
            period_ends=self.period_ends[keep],
            facts={name: np.asarray(array)[keep] for name, array in self.facts.items()},
        )

    def in_files(self, is_given: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Which findings name some cell in a file that was given."""
        inside = self.within(is_given)
        for cells in self.beside:
            inside = inside | cells.within(is_given)
        for i, one in enumerate(self.evidence or ()):
            inside[i] |= any(is_given(place.file) for place in one.locations)
        return inside

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


class NotRun(Struct, frozen=True):
    """A check that was not run for a force (None: for any), and why."""

    force: str | None
    reason: Reason


class CheckRun(Struct):
    """The outcome of one check: how often it passed or failed, and where it was not run and why."""

    code: str
    passed: int = 0
    failed: int = 0
    not_run: dict[NotRun, int] = field(default_factory=dict)

    def skip(self, force: str | None, reason: Reason, count: int = 1) -> None:
        """Record that the check was not run for a force."""
        key = NotRun(force, reason)
        self.not_run[key] = self.not_run.get(key, 0) + count


class Also(Struct, frozen=True):
    """Another finding that the same wrong cell explains; `ask` is its question, "" where it asks nothing else.

    `id` and `fingerprint` are those that it would have as a query of its own.
    """

    code: str
    message: str
    ask: str = ""
    id: str = ""
    fingerprint: str = ""
    return_name: str | None = None
    item: str | None = None


class Query(Struct, frozen=True):
    """What is asked. What does not apply is None; `expected`, `lower` and `upper` are in the value's unit.

    `force` is the force that it is about, `asked_of` who supplies the table: the force itself, or those who publish it.
    """

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
    area_rate: float | None = None
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
    asked_of: str | None = None
    peers: tuple[float, ...] = ()  # the other forces' values, for the strip that shows where this one stands
    figures: tuple[OwnFigure, ...] = ()  # those of the force itself that the query is about
    acceptance: Acceptance | None = None  # of a query that was accepted, now or once


class ReadFile(Struct, frozen=True):
    """A file as received, or a sheet of a workbook; `beside` names a return that it holds too, of which nothing was read.

    `force` is the one whose folder it is in, or whose all its rows are; `forces` are all that its rows name. `letters` are
    those of its columns in a spreadsheet, by their headings.
    """

    path: str
    sha256: str | None
    force: str | None
    return_name: str | None
    rows: int
    beside: str | None = None
    forces: tuple[str, ...] = ()
    sheet: str | None = None
    letters: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> Source:
        """What identifies the table that the file, or the sheet of it, holds."""
        return Source(self.path, self.sheet)


class Result(Struct, frozen=True):
    """Everything a run found, ready for a renderer, which computes nothing.

    `files` are those that were received, `own` those that the round itself consists of: its two files and its history.
    `left_out` counts, where only some forces' queries are shown, those about tables that others supply, by who does;
    `files_left_out` are then the files of the others. `alone` is True of files that were checked without a round,
    `has_context` if they were checked with the context of a force or with parts of one. `given` are the files and folders of
    a round that were named, where only some were: `files_left_out` are then the others.

    `day` is that of the run, `due` the last day on which returns are on time; until then `awaited` are the forces that
    have sent nothing, of whose returns none is counted as missing.

    `left_by_choice` counts the queries that were left out because other rules were chosen, by severity.

    `accepted` are queries that were accepted and whose figures have not moved since; they are not among `queries`.

    `base` is what has to stand before the paths of the files so that they can be opened from the current folder.
    """

    collection: Collection
    title: str
    files: tuple[ReadFile, ...]
    checks: tuple[CheckRun, ...]
    queries: tuple[Query, ...]
    returns_expected: int
    returns_received: tuple[tuple[str | None, str], ...]  # (force, return): of a round those that are owed
    returns_missing: tuple[tuple[str, str], ...]  # (force, return)
    forces: tuple[str, ...]  # those this run has files of
    expected_false_queries: float
    left_out: tuple[tuple[str, int], ...] = ()
    own: tuple[ReadFile, ...] = ()
    files_left_out: tuple[ReadFile, ...] = ()
    alone: bool = False
    day: date | None = None
    due: date | None = None
    awaited: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    has_context: bool = False
    proposals: tuple[Proposal, ...] = ()
    base: str = ""
    expected_false_range: tuple[float, float] = (0.0, 0.0)
    accepted: tuple[Query, ...] = ()
    left_by_choice: Mapping[str, int] = field(default_factory=dict)

    def count(self, severity: Severity) -> int:
        """How many queries have this severity."""
        return sum(q.severity is severity for q in self.queries)
