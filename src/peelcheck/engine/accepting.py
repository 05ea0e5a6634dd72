"""Accept queries of a result, and say which accepted ones are no longer raised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from peelcheck.errors import UsageError
from peelcheck.model import Acceptance, Band, CheckSpec, Collection, Query, Result, Severity, Source
from peelcheck.model.file_findings import Place, at_places
from peelcheck.queries.accepted import ACCEPTED, can_be_accepted
from peelcheck.queries.queries import Drafts
from peelcheck.rules.registry import all_rules, built_in
from peelcheck.rules.round_rules import ACCEPTED_AND_GONE
from peelcheck.schema.entries import did_you_mean, shown
from peelcheck.wording import listed

_NAMED = 20
"""Acceptances that a note names."""


class Terms(Struct, frozen=True):
    """Who accepts queries, why, how far their figures may move, and for how long (None: for ever)."""

    reason: str
    by: str
    day: date
    within: Band = Band()
    until: date | None = None


def unmatched_note(unmatched: Sequence[Acceptance], file: str, collection: Collection) -> tuple[Query, ...]:
    """A note that names the acceptances of which there is no query any more; none where there are none.

    Args:
        unmatched: those acceptances.
        file: the path of the file that they stand in.
        collection: the collection of the run.
    """
    if not unmatched:
        return ()
    shown = [_named(one) for one in unmatched[:_NAMED]]
    shown += [f"{len(unmatched) - _NAMED:,} more"] if len(unmatched) > _NAMED else []
    message = f"No longer raised: {listed(shown)}."
    places = [Place(None, message, Source(file), one.row) for one in unmatched]
    drafts = Drafts()
    drafts.add(replace(at_places(built_in()[ACCEPTED_AND_GONE], None, None, places), speaks_of_all=True))
    return drafts.to_queries(collection.name, {}, nouns=collection.nouns)


def _named(one: Acceptance) -> str:
    about = " ".join(part for part in (one.code, one.force, one.item) if part)
    return f"{about} ({one.id})"


def accept(
    result: Result, ids: Sequence[str] | None, terms: Terms
) -> tuple[Result, tuple[Acceptance, ...], int]:
    """Accept open queries of a result.

    Args:
        result: the result.
        ids: the ids of queries; None for all that can be accepted.
        terms: who accepts them, why and for how long.

    Returns:
        The result with them accepted; the new acceptances; and how many errors and queries cannot be accepted.

    Raises:
        UsageError: an id is not that of an open query, or that query cannot be accepted.
    """
    rules = {rule.code: rule for rule in all_rules(result.collection)}
    asked = [query for query in result.queries if query.severity is not Severity.NOTE]
    wanted = [query for query in asked if can_be_accepted(query, rules)]
    left = len(asked) - len(wanted)
    if ids is not None:
        wanted = [_by_id(result, identity, rules) for identity in dict.fromkeys(ids)]
        left = 0
    new = {query.id: _acceptance(query, terms) for query in wanted}
    accepted = tuple(
        replace(query, status=ACCEPTED, acceptance=new[query.id])
        for query in result.queries
        if query.id in new
    )
    queries = tuple(query for query in result.queries if query.id not in new)
    return replace(result, queries=queries, accepted=(*result.accepted, *accepted)), tuple(new.values()), left


def _by_id(result: Result, identity: str, rules: Mapping[str, CheckSpec]) -> Query:
    for query in result.queries:
        if identity in {other.id for other in query.also}:
            raise UsageError(f"{identity} stands under the query {query.id}; please accept that one")
        if query.id == identity and can_be_accepted(query, rules):
            return query
        if query.id == identity:
            raise UsageError(
                f"{identity} ({query.code}) cannot be accepted: "
                + (
                    "it is only a note"
                    if query.severity is Severity.NOTE
                    else "what it is about is not used until it is corrected"
                )
            )
    if identity in {query.id for query in result.accepted}:
        raise UsageError(f"{identity} is accepted already")
    near = did_you_mean(identity, [query.id for query in result.queries], most=0)
    raise UsageError(f"there is no open query with the id {shown(identity)}{near}")


def _acceptance(query: Query, terms: Terms) -> Acceptance:
    return Acceptance(
        id=query.id,
        code=query.code,
        force=query.force,
        return_name=query.return_name,
        item=query.item,
        period_end=query.period_end,
        figures=query.figures,
        fingerprint=query.fingerprint,
        within=terms.within,
        until=terms.until,
        reason=terms.reason,
        by=terms.by,
        day=terms.day,
    )
