"""Findings → queries: grouped, one for each probable wrong cell, worded, ordered, with an id that a resupply keeps."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from peelcheck.model import Also, CheckSpec, Findings, Location, Query, Severity, Tier
from peelcheck.table import as_date
from peelcheck.wording import count

SHOWN = 20
"""Places named in a query; the total is always exact."""

_PERIODS = 12
"""More periods than a return asks a force for."""
_OF_FILES = "FI"
"""What the codes of rules about files begin with."""

_OF_MARKS = ("FI009", "FI011")
"""The rules about quotation marks that do not fit, which name the row and not the cell."""
_OF_CELLS = "CE"

Cell = tuple[str, int]
"""An item (`return.item`) in a year; of a cell whose year is not known, its row below zero."""


@dataclass
class Draft:
    """One query in the making: what one check has against one item of one force in one period.

    `cells` are those of which one is probably wrong, the likeliest first. `also` are other findings that the same wrong
    cell explains; the query is as severe as the worst of them. `without_cause` is the message without the likely cause that
    it names, for a finding that another cell explains. `total` counts the findings, `places` the cells that they name.
    """

    spec: CheckSpec
    force: str | None
    return_name: str | None
    item: str | None
    period_end: date | None
    message: str
    facts: Mapping[str, Any]
    cells: tuple[Cell, ...]
    without_cause: str = ""
    locations: list[Location] = field(default_factory=list)
    places: int = 0
    total: int = 0
    also: list[Draft] = field(default_factory=list)

    @property
    def severity(self) -> Severity:
        """The worst of the finding's own and those that are explained with it."""
        return min((d.spec.severity for d in (self, *self.also)), key=lambda severity: severity.rank)

    @property
    def tier(self) -> Tier:
        """Errors first, then figures by their scores, notes last."""
        if self.severity is Severity.QUERY:
            return min(
                (Tier(d.facts.get("tier", Tier.QUERY)) for d in (self, *self.also)), key=lambda t: t.rank
            )
        return Tier.HARD if self.severity is Severity.ERROR else Tier.NOTE

    @property
    def key(self) -> tuple[str, ...]:
        """What the query is about, for its id: never row numbers, never wording. A rule about files tells them apart."""
        parts = (self.force, self.return_name, self.spec.code, self.item, self.period_end)
        files = [place.file for place in self.locations[:1] if self.spec.code.startswith(_OF_FILES)]
        return tuple("" if part is None else str(part) for part in (*parts, *files))

    @property
    def order(self) -> tuple[Any, ...]:
        """Tier, then suspicion × impact; the rest only makes the order certain."""
        weight = float(self.facts.get("suspicion", 0.0)) * float(self.facts.get("impact", 0.0))
        return (self.severity.rank, self.tier.rank, -weight, *self.key)

    def speaks_of(self, cell: Cell) -> int:
        """How plainly the finding is about a cell: 0 if it points at it, 1 if it suspects it first, else 2."""
        if self.cells[0] != cell:
            return 2
        return int(f"{self.return_name}.{self.item}" != cell[0])


Held = Mapping[str, Counter[Cell]]
"""For each force, how many comparisons that rest on a cell found nothing: they speak for the cell."""


class Drafts:
    """Findings as they come, in pieces, gathered into one draft for each force, return, check, item and period."""

    def __init__(self) -> None:
        self._drafts: dict[tuple[str, ...], Draft] = {}

    def add(self, found: Findings) -> None:
        """Take in findings: the totals stay exact, of the places the first are kept."""
        for draft in _drafts(found):
            earlier = self._drafts.setdefault(draft.key, draft)
            if earlier is not draft:
                earlier.total += draft.total
                earlier.places += draft.places
                earlier.locations += draft.locations[: max(SHOWN - len(earlier.locations), 0)]

    def to_queries(
        self, collection: str, held: Held, suppliers: Mapping[str, str] | None = None
    ) -> tuple[Query, ...]:
        """What is sent back: one query for each probable wrong cell, in the order in which they are worth asking.

        Args:
            collection: the collection's name, part of every id.
            held: comparisons without a finding, by force and cell.
            suppliers: who is asked about a table that forces do not send themselves, by the table's name.
        """
        by_force: dict[str | None, list[Draft]] = {}
        for draft in self._drafts.values():
            by_force.setdefault(draft.force, []).append(draft)
        drafts = [
            draft
            for force, own in by_force.items()
            for draft in _explain(_marked(own), held.get(force or "", Counter()))
        ]
        others = suppliers or {}
        return tuple(
            _query(draft, collection, others.get(draft.return_name or "", draft.force))
            for draft in sorted(drafts, key=lambda d: d.order)
        )


def _drafts(found: Findings) -> Iterator[Draft]:
    """The findings of one check, a draft for each force and, where it tells them apart, each period; notes do not."""
    ends = _ends(found) if found.by_period and found.spec.severity is not Severity.NOTE else None
    groups = _groups(found, ends)
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    for members in np.split(order, starts[1:]) if len(order) else ():
        first = int(members[0])
        fact = found.fact(first)
        suspects = (*found.suspects, *fact.get("also_in_doubt", ()))
        years = dict.fromkeys(found.years[members[:SHOWN]].tolist())
        when = [year for year in years if year] or [-int(found.rows[first])]
        yield Draft(
            spec=found.spec,
            force=found.forces[first] or None,
            return_name=found.return_name,
            item=found.column,
            period_end=None if ends is None else as_date(ends[first]),
            message=found.say(fact),
            facts=fact,
            cells=tuple(
                (ref, year + found.years_off.get(ref, 0) if year > 0 else year)
                for year in when
                for ref in suspects
            ),
            without_cause=found.say({**fact, "cause": None}) if fact.get("cause") else "",
            locations=_locations(found, fact, members[:SHOWN]),
            places=len(members) + sum(cells.count(members) for cells in found.beside),
            total=len(members),
        )


def _ends(found: Findings) -> NDArray[np.datetime64]:
    """The last day of each finding's period; NaT for a force whose rows have more of them than any return asks for.

    A file of days or months, or of dates that mean nothing, is one mistake.
    """
    forces, _ = pd.factorize(found.forces, use_na_sentinel=False)
    ends, distinct = pd.factorize(found.period_ends.astype("datetime64[s]"), use_na_sentinel=False)
    pairs = np.unique(forces.astype(np.int64) * max(len(distinct), 1) + ends)
    periods = np.bincount(pairs // max(len(distinct), 1), minlength=1)
    many = periods[forces] > _PERIODS if len(forces) else np.zeros(0, dtype=bool)
    return np.where(many, np.datetime64("NaT", "D"), found.period_ends)


def _groups(found: Findings, ends: NDArray[np.datetime64] | None) -> NDArray[np.int64]:
    """The group of each finding, numbered from 0: its force, and its period if these are told apart."""
    forces, _ = pd.factorize(found.forces, use_na_sentinel=False)
    if ends is None:
        return forces.astype(np.int64)
    which, distinct = pd.factorize(ends.astype("datetime64[s]"), use_na_sentinel=False)
    groups, _ = pd.factorize(forces.astype(np.int64) * max(len(distinct), 1) + which)
    return groups.astype(np.int64)


def _locations(found: Findings, fact: Mapping[str, Any], members: NDArray[np.int64]) -> list[Location]:
    if "locations" in fact:
        return list(fact["locations"])
    columns = [cells.places(members) for cells in (found, *found.beside)]
    return [place for places in zip(*columns, strict=True) for place in places if place][:SHOWN]


# --- one wrong cell makes one query -------------------------------------------------------------------------------


def _explain(drafts: Sequence[Draft], held: Counter[Cell]) -> list[Draft]:
    """Put under one query all that one probable wrong cell explains.

    A finding about a whole row, or two items that were swapped, explains what is said of their items. Then, as long as some
    cell is suspected by more findings than there are comparisons that speak for it, the most suspected one makes one query,
    led by the finding that is most plainly about that cell, and as severe as the worst of them.
    """
    notes = [d for d in drafts if d.spec.severity is Severity.NOTE]
    open_ = sorted((d for d in drafts if d.spec.severity is not Severity.NOTE), key=lambda d: d.order)
    done: list[Draft] = []
    for whole in [d for d in open_ if d.item is None and d.cells]:
        if not any(d is whole for d in open_):
            continue  # another finding about the row explains it
        open_ = _absorb(
            whole, [d for d in open_ if d is not whole and set(d.cells[:1]) & set(whole.cells)], open_
        )
        done.append(whole)
        open_.remove(whole)
    while True:
        cell = _most_suspected(open_, held)
        if cell is None:
            return [*done, *open_, *notes]
        about = [d for d in open_ if cell in d.cells]
        primary = min(about, key=lambda d: (d.speaks_of(cell), not d.facts.get("measure_id"), d.order))
        open_ = _absorb(primary, [d for d in about if d is not primary], open_)
        done.append(primary)
        open_.remove(primary)


def _marked(drafts: list[Draft]) -> list[Draft]:
    """Put what is said of rows for their quotation marks under what is said of the cells in which the marks stand.

    It is left alone where it names a row of which no cell is spoken of, or more rows than are kept.
    """
    cells = [d for d in drafts if d.spec.code.startswith(_OF_CELLS)]
    for mark in [d for d in drafts if d.spec.code in _OF_MARKS and d.total == len(d.locations)]:
        rows = {(place.file, place.row) for place in mark.locations}
        about = {d.key: _rows_marked(d) & rows for d in cells}
        if set().union(*about.values()) == rows:
            primary = min((d for d in cells if about[d.key]), key=lambda d: d.order)
            drafts = _absorb(primary, [mark], drafts)
    return drafts


def _rows_marked(draft: Draft) -> set[tuple[str, int | None]]:
    """The rows, each with its file, in which a cell of the draft has a quotation mark."""
    return {(place.file, place.row) for place in draft.locations if '"' in (place.value or "")}


def _absorb(primary: Draft, others: Sequence[Draft], open_: list[Draft]) -> list[Draft]:
    primary.also += others
    return [d for d in open_ if not any(d is other for other in others)]


def _most_suspected(drafts: Sequence[Draft], held: Counter[Cell]) -> Cell | None:
    """The cell that more than one finding speaks against, and fewer comparisons for."""
    against: Counter[Cell] = Counter(cell for d in drafts for cell in d.cells)
    first: Counter[Cell] = Counter(d.cells[0] for d in drafts if d.cells)
    suspected = [cell for cell, n in against.items() if n > 1 and n > held[cell]]
    if not suspected:
        return None
    return min(suspected, key=lambda cell: (held[cell] - against[cell], -first[cell], cell))


# --- what is sent -------------------------------------------------------------------------------------------------


def _query(draft: Draft, collection: str, asked_of: str | None) -> Query:
    facts = draft.facts
    related = facts.get("related_force")
    message = draft.message
    if draft.total > 1 and not facts.get("of_all"):
        whole_file = bool(draft.locations) and draft.locations[0].row is None
        noun = f"more {'file' if whole_file else 'cell' if draft.item else 'row'}"
        message += f" There {'is' if draft.total == 2 else 'are'} {count(draft.total - 1, noun)} like it."
    return Query(
        id=_digest(collection, *draft.key),
        fingerprint=_digest(*_figures(draft)),
        code=draft.spec.code,
        severity=draft.severity,
        tier=draft.tier,
        force=draft.force,
        asked_of=asked_of,
        return_name=draft.return_name,
        item=draft.item,
        measure=facts.get("measure_id"),
        period_end=draft.period_end,
        message=message,
        ask=draft.spec.ask,
        locations=tuple(draft.locations),
        locations_total=max(draft.places, len(draft.locations)),
        **{name: facts[name] for name in _COMPARED if "measure_id" in facts},
        related_forces=(related,) if related else (),
        also=tuple(_also(d, draft) for d in sorted(draft.also, key=lambda d: d.order)),
    )


def _figures(draft: Draft) -> Iterator[str]:
    """The force's own figures that a query was asked about: the cells as written, and every number that it speaks of.

    Other forces' figures, which move what was expected and how a figure ranks, are no part of it.
    """
    yield str(draft.total)
    yield from (str(place.value) for place in draft.locations)
    compared = "measure_id" in draft.facts
    for name, fact in sorted(draft.facts.items()):
        own = name == "value" if compared else name not in _OF_OTHERS
        if own and isinstance(fact, int | float):
            yield f"{name} {fact:.12g}"


def _also(explained: Draft, by: Draft) -> Also:
    """A finding that is explained by another, with its question where it asks something else.

    A comparison asks to check the figure that it is about, which goes without saying beneath another that is wrong.
    """
    same = explained.spec.ask == by.spec.ask or "measure_id" in explained.facts
    own = {cell for cell in explained.cells if cell[0] == f"{explained.return_name}.{explained.item}"}
    fits = own & set(by.cells) or not explained.without_cause
    message = explained.message if fits else explained.without_cause
    return Also(explained.spec.code, message, "" if same else explained.spec.ask)


_OF_OTHERS = ("chance", "by_population", "by_median")
"""Numbers in the facts of checks that rest on other forces' figures."""

_COMPARED = (
    "value",
    "unit",
    "expected",
    "lower",
    "upper",
    "score",
    "factor_visible",
    "england_and_wales",
    "rank",
    "of",
    "group_rate",
    "group_rank",
    "group_of",
    "previous",
    "cause",
    "impact",
    "suspicion",
    "peers",
)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
