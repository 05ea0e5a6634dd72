"""Findings → queries: grouped, one for each probable wrong cell, worded, ordered, with an id that a resupply keeps."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from peelcheck.model import Also, Evidence, Findings, Location, Nouns, OwnFigure, Query
from peelcheck.model.nouns import NEUTRAL
from peelcheck.model.returns import OF_THE_ROW
from peelcheck.queries.drafts import Draft, drafts_of
from peelcheck.queries.wrong_cells import Support, explained
from peelcheck.wording import bounded, count

OwnFigureOf = Callable[[str, str, int], OwnFigure | None]


class Drafts:
    """Collects findings, piece by piece, into one draft for each force, return, check, item and period."""

    def __init__(self, is_given: Callable[[str], bool] | None = None) -> None:
        """`is_given` says of a file whether queries are about it; None if they are about every file."""
        self._is_given = is_given
        self._drafts: dict[tuple[str, ...], Draft] = {}

    def add(self, found: Findings) -> None:
        """Add findings. The totals stay exact; only the first locations are kept."""
        for draft in drafts_of(found, self._is_given):
            earlier = self._drafts.setdefault(draft.key, draft)
            if earlier is not draft:
                earlier.take_in(draft)

    def to_queries(
        self,
        collection: str,
        support: Support,
        suppliers: Mapping[str, str] | None = None,
        nouns: Nouns = NEUTRAL,
        own_figure: OwnFigureOf | None = None,
    ) -> tuple[Query, ...]:
        """The queries to send back: one for each probable wrong cell, the most important first.

        Args:
            collection: the collection's name, part of every id.
            support: comparisons without a finding, by force and cell.
            suppliers: who is asked about a table that forces do not send themselves, by the table's name.
            nouns: those of the collection, for what the built-in rules ask.
            own_figure: finds a figure that a force sent, by force, `return.item` and year; None where there is none.
        """
        by_force: dict[str | None, list[Draft]] = {}
        for draft in self._drafts.values():
            by_force.setdefault(draft.force, []).append(draft)
        drafts = [
            draft
            for force, own in by_force.items()
            for draft in explained(own, support.get(force or "", Counter()))
            if draft.given
        ]
        others = suppliers or {}
        alike = Counter(draft.subject for draft in self._drafts.values())

        def id_of(draft: Draft) -> str:
            """From what the draft is about: a file's name only where force and return do not tell files apart."""
            told = alike[draft.subject] == 1 and (draft.force or draft.return_name in others)
            return _digest(collection, *(draft.subject if told else draft.key))

        return tuple(
            replace(
                _query(draft, id_of, others.get(draft.return_name or "", draft.force), nouns),
                figures=_own_figures(draft, own_figure),
            )
            for draft in sorted(drafts, key=lambda d: d.order)
        )


def _own_figures(draft: Draft, own_figure: OwnFigureOf | None) -> tuple[OwnFigure, ...]:
    """The force's own figures that a query and what stands under it are about."""
    if own_figure is None or draft.force is None:
        return ()
    cells = {cell for one in (draft, *draft.also) for cell in one.cells}
    found = [own_figure(draft.force, ref, year) for ref, year in cells if year > 0]
    return tuple(sorted(figure for figure in found if figure is not None))


def _query(draft: Draft, id_of: Callable[[Draft], str], asked_of: str | None, nouns: Nouns) -> Query:
    message = draft.message
    if draft.total > 1 and not draft.speaks_of_all:
        whole_file = bool(draft.locations) and draft.locations[0].row is None
        noun = f"other {'file' if whole_file else 'row' if _is_about_rows(draft) else 'cell'}"
        message += (
            f" {count(draft.total - 1, noun)} {'has' if draft.total == 2 else 'have'} the same problem."
        )
    query = Query(
        id=id_of(draft),
        fingerprint=_digest(*_figures(draft)),
        code=draft.spec.code,
        severity=draft.severity,
        tier=draft.tier,
        force=draft.force,
        asked_of=asked_of,
        return_name=draft.return_name,
        item=draft.item,
        measure=None,
        period_end=draft.period_end,
        message=message,
        ask=nouns.fill(draft.spec.ask),
        locations=tuple(_bounded(place) for place in draft.locations),
        locations_total=max(draft.places, len(draft.locations)),
        related_forces=draft.related_forces,
        also=tuple(_also(d, draft, id_of, nouns) for d in sorted(draft.also, key=lambda d: d.order)),
    )
    return query if draft.evidence is None else _compared(query, draft.evidence)


def _bounded(place: Location) -> Location:
    """A location whose cell is not shown in full if it is very long."""
    return place if place.value is None else replace(place, value=bounded(place.value))


def _compared(query: Query, evidence: Evidence) -> Query:
    """A query with the numbers of its comparison."""
    return replace(
        query,
        measure=evidence.measure,
        value=evidence.value,
        unit=evidence.unit,
        expected=evidence.expected,
        lower=evidence.lower,
        upper=evidence.upper,
        score=evidence.score,
        factor_visible=evidence.factor_visible,
        area_rate=evidence.area_rate,
        rank=evidence.rank,
        of=evidence.of,
        group_rate=evidence.group_rate,
        group_rank=evidence.group_rank,
        group_of=evidence.group_of,
        previous=evidence.previous,
        cause=evidence.cause,
        impact=evidence.impact,
        suspicion=evidence.suspicion,
        peers=evidence.peers,
    )


def _is_about_rows(draft: Draft) -> bool:
    """Whether the query is about rows, not cells, even if its locations are in a column such as force or period."""
    return not draft.item or (draft.item in OF_THE_ROW and draft.spec.about.is_row)


def _figures(draft: Draft) -> Iterator[str]:
    """The force's own figures that a query was asked about: the cells as written, and every number that it speaks of."""
    yield str(draft.total)
    yield from (str(place.value) for place in draft.locations)
    for name, figure in sorted(draft.figures.items()):
        yield f"{name} {figure:.12g}"


def _also(explained: Draft, by: Draft, id_of: Callable[[Draft], str], nouns: Nouns) -> Also:
    """A finding that is explained by another, with its question where it asks something else.

    A comparison asks to check the figure that it is about, which goes without saying beneath another that is wrong.
    """
    same = explained.spec.ask == by.spec.ask or explained.evidence is not None
    own = {cell for cell in explained.cells if cell[0] == f"{explained.return_name}.{explained.item}"}
    without_cause = explained.evidence.without_cause if explained.evidence else ""
    fits = own & set(by.cells) or not without_cause
    message = explained.message if fits else without_cause
    return Also(
        explained.spec.code,
        message,
        "" if same else nouns.fill(explained.spec.ask),
        id_of(explained),
        _digest(*_figures(explained)),
        explained.return_name,
        explained.item,
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
