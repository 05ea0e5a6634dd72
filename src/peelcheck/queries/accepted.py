"""Queries that were accepted before: those whose figures have not moved are not asked again; others are, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from peelcheck.model import Acceptance, CheckSpec, Query, Severity
from peelcheck.wording import day, exact, listed

OPEN, REOPENED, ACCEPTED = "open", "reopened", "accepted"
"""The states of a query."""


class Sorted(Struct, frozen=True):
    """The queries of a run: those to ask, those that are accepted, and acceptances of which there is no query any more."""

    queries: tuple[Query, ...]
    accepted: tuple[Query, ...]
    unmatched: tuple[Acceptance, ...]


def apply(queries: Sequence[Query], acceptances: Iterable[Acceptance], today: date | None) -> Sorted:
    """Take out the queries that are accepted and whose figures are within their bands.

    Args:
        queries: all queries.
        acceptances: what was accepted, by id of a query.
        today: the day of the run; None if the round has none, and then no acceptance has run out.
    """
    by_id = {one.id: one for one in acceptances}
    asked: list[Query] = []
    accepted: list[Query] = []
    for query in queries:
        one = by_id.get(query.id)
        if one is None:
            asked.append(query)
        elif still_holds(one, query, today):
            accepted.append(replace(query, status=ACCEPTED, acceptance=one))
        else:
            said = f"{query.message} {accepted_before(one)}{_what_moved(one, query)}"
            asked.append(replace(query, status=REOPENED, acceptance=one, message=said))
    there = {query.id for query in queries} | {other.id for query in queries for other in query.also}
    return Sorted(tuple(asked), tuple(accepted), tuple(one for one in by_id.values() if one.id not in there))


def still_holds(one: Acceptance, query: Query, today: date | None) -> bool:
    """Whether an acceptance still counts: not run out, and every figure that the query is about is within the band.

    A query about no figure is the same as long as its fingerprint is.
    """
    if one.until is not None and today is not None and today > one.until:
        return False
    if not query.figures or not one.figures:
        return not query.figures and not one.figures and one.fingerprint == query.fingerprint
    before = {figure.about: figure.value for figure in one.figures}
    return all(
        figure.about in before and one.within.holds(figure.value, before[figure.about])
        for figure in query.figures
    )


def accepted_before(one: Acceptance) -> str:
    """What was accepted, and why, of a query that is open again."""
    figures = listed([f"{figure.item} {exact(figure.value)}" for figure in one.figures])
    by = f" by {one.by}" if one.by else ""
    until = f" until {day(one.until)}" if one.until else ""
    about = f" at {figures}" if figures else ""
    return f"Accepted before, on {day(one.day)}{by}{until}{about}: “{one.reason}”."


def _what_moved(one: Acceptance, query: Query) -> str:
    """Which figures of an accepted query have left their bands since; "" if none has."""
    before = {figure.about: figure.value for figure in one.figures}
    moved = [
        f"{figure.item} is now {exact(figure.value)}"
        for figure in query.figures
        if figure.about in before and not one.within.holds(figure.value, before[figure.about])
    ]
    return f" Since then {listed(moved)}." if moved else ""


def can_be_accepted(query: Query, rules: Mapping[str, CheckSpec]) -> bool:
    """Whether a query can be accepted: not a note, and not one that kept figures from being used."""
    parts = (query.code, *(other.code for other in query.also))
    return query.severity is not Severity.NOTE and all(rules[code].acceptable for code in parts)
