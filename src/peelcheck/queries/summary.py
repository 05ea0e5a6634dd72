"""Counts of a result, for the summary of every output."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Set

from msgspec import Struct

from peelcheck.model import CheckRun, Nouns, Query, Result, Severity, Tier


class Counts(Struct, frozen=True):
    """Returns, checks and reasons of one result. Passed, failed and not run are counted in places, not in checks."""

    missing: int
    clean: int
    passed: int
    failed: int
    not_run: int
    reasons: tuple[tuple[str, int], ...]
    unread: int


def counts(result: Result) -> Counts:
    """Count a result; a return is clean where its force is asked nothing about it, one of several forces where no force is.

    Of files checked on their own, what could not be held against other forces' figures does not count.
    """
    reasons = _reasons(result.checks, forces_meant(result), result.collection.nouns)
    received = set(result.returns_received)
    asked = {(q.force, q.return_name) for q in result.queries if q.severity is not Severity.NOTE}
    asked |= {(None, name) for _, name in asked}
    return Counts(
        missing=len(result.returns_missing),
        clean=len(received - asked),
        passed=sum(check.passed for check in result.checks),
        failed=sum(check.failed for check in result.checks),
        not_run=sum(reasons.values()),
        reasons=tuple(reasons.most_common()),
        unread=sum(file.return_name is None for file in result.files),
    )


def forces_meant(result: Result) -> Set[str] | None:
    """The forces that a result is about: of files checked on their own, those that have files; None for all."""
    in_part = result.has_context or not result.returns_expected
    return set(result.forces) if result.forces and in_part else None


def _reasons(checks: Iterable[CheckRun], own: Set[str] | None, nouns: Nouns) -> Counter[str]:
    """How often each kind of reason kept a check from running, of `own` forces or of all."""
    reasons: Counter[str] = Counter()
    for check in checks:
        for skipped, n in check.not_run.items():
            if own is None or skipped.force is None or skipped.force in own:
                reasons[skipped.reason.heading(nouns)] += n
    return reasons


class ForceQueries(Struct, frozen=True):
    """The queries of one force (None: about no single force), most important first, without notes."""

    force: str | None
    queries: tuple[Query, ...]

    @property
    def errors(self) -> int:
        """The number of errors."""
        return sum(q.severity is Severity.ERROR for q in self.queries)

    @property
    def severe(self) -> int:
        """The number of severe queries: figures far from what was expected."""
        return sum(q.tier is Tier.SEVERE for q in self.queries)


def by_force(queries: Iterable[Query]) -> list[ForceQueries]:
    """Errors and queries grouped by force, the force with the most errors first, then with the most severe queries."""
    groups: dict[str | None, list[Query]] = {}
    for query in queries:
        if query.severity is not Severity.NOTE:
            groups.setdefault(query.force, []).append(query)
    forces = [ForceQueries(force, tuple(own)) for force, own in groups.items()]
    return sorted(forces, key=lambda f: (-f.errors, -f.severe, -len(f.queries), f.force or ""))


def places_by_rule(queries: Iterable[Query]) -> dict[str, list[tuple[str | None, int]]]:
    """For each rule's code, in order, its forces and in how many places, the force with the most first; None is no force."""
    rules: defaultdict[str, Counter[str | None]] = defaultdict(Counter)
    for query in queries:
        rules[query.code][query.force] += max(query.locations_total, 1)
    return {code: rules[code].most_common() for code in sorted(rules)}


def missing_by_return(result: Result) -> dict[str, list[str]]:
    """For each return that some forces have not submitted, by name, those forces."""
    forces: defaultdict[str, list[str]] = defaultdict(list)
    for force, name in result.returns_missing:
        forces[name].append(force)
    return dict(sorted(forces.items()))
