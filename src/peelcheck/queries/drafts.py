"""Findings → drafts of queries: one for each force, return, check, item and period."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from peelcheck.arrays import ByDistinct, as_date, encoded, numbered
from peelcheck.model import CheckSpec, Evidence, Findings, Location, Severity, Tier

SHOWN = 20
"""The most locations listed in a query; the total is always exact."""

_PERIODS = 12
"""More different periods than any return requires of a force."""

Cell = tuple[str, int]
"""An item (`return.item`) and a year; if the year is not known, the negative row number instead."""


class Draft(Struct):
    """One query in the making: what one check has against one item of one force in one period.

    `cells` are those of which one is probably wrong, the likeliest first. `also` are other findings that the same wrong
    cell explains; the query is as severe as the worst of them. `total` counts the findings, `places` the cells they name.
    `figures` are the force's own numbers that the message speaks of: other forces' figures, which move what was expected and
    how a figure ranks, are no part of them. `evidence` is what a comparison found; None for any other check.
    `given` is False where no place, kept or not, is in the files that queries are about.
    """

    spec: CheckSpec
    force: str | None
    return_name: str | None
    item: str | None
    period_end: date | None
    message: str
    figures: Mapping[str, float]
    cells: tuple[Cell, ...]
    evidence: Evidence | None = None
    related_forces: tuple[str, ...] = ()
    speaks_of_all: bool = False
    locations: list[Location] = field(default_factory=list)
    places: int = 0
    total: int = 0
    also: list[Draft] = field(default_factory=list)
    given: bool = True

    @property
    def severity(self) -> Severity:
        """The worst severity among the finding and those that it explains."""
        return min((d.spec.severity for d in (self, *self.also)), key=lambda severity: severity.rank)

    @property
    def tier(self) -> Tier:
        """Errors first, then figures by their scores, notes last."""
        if self.severity is Severity.QUERY:
            tiers = (d.evidence.tier if d.evidence else Tier.QUERY for d in (self, *self.also))
            return min(tiers, key=lambda tier: tier.rank)
        return Tier.HARD if self.severity is Severity.ERROR else Tier.NOTE

    @property
    def subject(self) -> tuple[str, ...]:
        """What the query is about, for its id. Rows, wording and files are no part of it."""
        parts = (self.force, self.return_name, self.spec.code, self.item, self.period_end)
        return tuple("" if part is None else str(part) for part in parts)

    @property
    def key(self) -> tuple[str, ...]:
        """The subject and, for rules about files, the file: each file makes a query of its own."""
        return (*self.subject, *[place.file for place in self.locations[:1] if self.spec.about.is_file])

    @property
    def order(self) -> tuple[Any, ...]:
        """Sort key: tier, then suspicion × impact; the rest only makes the order reproducible."""
        weight = self.evidence.suspicion * self.evidence.impact if self.evidence else 0.0
        return (self.severity.rank, self.tier.rank, -weight, *self.key)

    def take_in(self, other: Draft) -> None:
        """Add the findings of another draft: the totals stay exact, of the places the first are kept."""
        self.total += other.total
        self.places += other.places
        self.given |= other.given
        self.locations += other.locations[: max(SHOWN - len(self.locations), 0)]

    def speaks_of(self, cell: Cell) -> int:
        """How directly the finding is about a cell: 0 if it names it, 1 if it suspects it first, else 2."""
        if self.cells[0] != cell:
            return 2
        return int(f"{self.return_name}.{self.item}" != cell[0])


def drafts_of(found: Findings, is_given: Callable[[str], bool] | None = None) -> Iterator[Draft]:
    """The findings of one check, a draft for each force and, where it tells them apart, each period; notes do not.

    `is_given` says of a file whether queries are about it; None if they are about every file.
    """
    inside = None if is_given is None else found.in_files(is_given)
    forces = encoded(found.forces)[0]
    apart = found.by_period and found.spec.severity is not Severity.NOTE
    ends = _ends(found, forces) if apart else None
    groups = _groups(forces, ends)
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    for members in np.split(order, starts[1:]) if len(order) else ():
        first = int(members[0])
        fact = found.fact(first)
        evidence = found.evidence[first] if found.evidence else None
        more = found.more_suspects[first] if found.more_suspects is not None else ()
        related = found.related_forces[first] if found.related_forces is not None else None
        suspects = (*found.suspects, *more)
        years = dict.fromkeys(found.years[members[:SHOWN]].tolist())
        when = [year for year in years if year] or [-int(found.rows[first])]
        yield Draft(
            spec=found.spec,
            force=found.forces[first] or None,
            return_name=found.return_name,
            item=found.column,
            period_end=None if ends is None else as_date(ends[first]),
            message=found.say(fact),
            figures={"value": evidence.value} if evidence else _own_figures(found, fact),
            cells=tuple(
                (ref, year + found.years_off.get(ref, 0) if year > 0 else year)
                for year in when
                for ref in suspects
            ),
            evidence=evidence,
            related_forces=(related,) if related else (),
            speaks_of_all=found.speaks_of_all,
            locations=list(evidence.locations) if evidence else _locations(found, members[:SHOWN]),
            places=(len(members) if found.sources[first] is not None else found.count(members))
            + sum(cells.count(members) for cells in found.beside),
            total=len(members),
            given=inside is None or bool(inside[members].any()),
        )


def _ends(found: Findings, forces: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """The last day of each finding's period; NaT for a force whose rows have more of them than any return asks for.

    A file of days or months, or of dates that mean nothing, is one mistake.
    """
    ends, distinct = _numbered(found.period_ends)
    pairs = np.unique(forces * max(len(distinct), 1) + ends)
    periods = np.bincount(pairs // max(len(distinct), 1), minlength=1)
    many = periods[forces] > _PERIODS if len(forces) else np.zeros(0, dtype=bool)
    return np.where(many, np.datetime64("NaT", "D"), found.period_ends)


def _groups(forces: NDArray[np.int64], ends: NDArray[np.datetime64] | None) -> NDArray[np.int64]:
    """The group of each finding, numbered from 0: by force, and also by period if periods are kept separate."""
    if ends is None:
        return forces
    which, distinct = _numbered(ends)
    return numbered(forces * max(len(distinct), 1) + which)[0]


def _numbered(days: NDArray[np.datetime64]) -> ByDistinct:
    """Group equal days, numbered from 0; NaT counts as a day."""
    return numbered(days.astype("datetime64[D]").astype(np.int64))


def _own_figures(found: Findings, fact: Mapping[str, Any]) -> dict[str, float]:
    """The numbers in the facts of a finding that come from the force's own figures."""
    return {
        name: number
        for name, number in fact.items()
        if isinstance(number, int | float) and name not in found.facts_of_others
    }


def _locations(found: Findings, members: NDArray[np.int64]) -> list[Location]:
    columns = [cells.places(members) for cells in (found, *found.beside)]
    return [place for places in zip(*columns, strict=True) for place in places if place][:SHOWN]
