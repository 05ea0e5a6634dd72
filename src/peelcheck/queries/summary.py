"""What a result comes to, counted: for the summary of every output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set

from msgspec import Struct

from peelcheck.model import CheckRun, Nouns, Query, Result, Severity, Status, Tier

_KINDS = (
    "not received",
    "in a row whose {force} or period is in doubt",
    "in a row that is missing",
    "marked as missing",
    "left blank",
    "could not be read or used",
    "sent twice with different figures",
    "below zero",
    "given as one figure",
    *(status.value.replace("_", " ") for status in Status if status.is_out),
)
"""Why there is no figure to hold a check against, as it follows the figure's name."""


class Counts(Struct, frozen=True):
    """Returns, checks and reasons of one result. Held, failed and not run are counted in places, not in checks."""

    missing: int
    clean: int
    held: int
    failed: int
    not_run: int
    reasons: tuple[tuple[str, int], ...]
    unread: int


def counts(result: Result) -> Counts:
    """Count a result; a return is clean where its force is asked nothing about it, one of several forces where no force is.

    Of files checked on their own, what could not be held against other forces' figures does not count.
    """
    own = set(result.forces) if result.forces and not result.returns_expected else None
    reasons = _reasons(result.checks, own, result.collection.nouns)
    received = set(result.returns_received)
    asked = {(q.force, q.return_name) for q in result.queries if q.severity is not Severity.NOTE}
    asked |= {(None, name) for _, name in asked}
    return Counts(
        missing=len(result.returns_missing),
        clean=len(received - asked),
        held=sum(check.held for check in result.checks),
        failed=sum(check.failed for check in result.checks),
        not_run=sum(reasons.values()),
        reasons=tuple(reasons.most_common()),
        unread=sum(file.return_name is None for file in result.files),
    )


def _reasons(checks: Iterable[CheckRun], own: Set[str] | None, nouns: Nouns) -> Counter[str]:
    """How often each kind of reason kept a check from running, of `own` forces or of all."""
    reasons: Counter[str] = Counter()
    kinds = [nouns.fill(kind) for kind in _KINDS]
    for check in checks:
        for skipped, n in check.not_run.items():
            if own is None or skipped.force is None or skipped.force in own:
                reasons[_kind(skipped.reason, kinds)] += n
    return reasons


def _kind(reason: str, kinds: Sequence[str]) -> str:
    """A reason without its item before and the force's own words after it: `arrests not supplied: …`."""
    said = reason.partition(": ")[0]
    return next((kind for kind in kinds if f" {kind}" in f" {said}"), said)


class ForceQueries(Struct, frozen=True):
    """The queries of one force (None: of no force), in the order in which they are worth asking, without notes."""

    force: str | None
    queries: tuple[Query, ...]

    @property
    def errors(self) -> int:
        """How many are errors."""
        return sum(q.severity is Severity.ERROR for q in self.queries)

    @property
    def severe(self) -> int:
        """How many are figures far from what was expected."""
        return sum(q.tier is Tier.SEVERE for q in self.queries)


def by_force(queries: Iterable[Query]) -> list[ForceQueries]:
    """Errors and queries grouped by force, the force with the most errors first, then with the most severe queries."""
    groups: dict[str | None, list[Query]] = {}
    for query in queries:
        if query.severity is not Severity.NOTE:
            groups.setdefault(query.force, []).append(query)
    forces = [ForceQueries(force, tuple(own)) for force, own in groups.items()]
    return sorted(forces, key=lambda f: (-f.errors, -f.severe, -len(f.queries), f.force or ""))
