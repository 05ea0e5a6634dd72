"""How many comparisons a result rests on, and which could not be made. No query about a figure does not make it right."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from peelcheck.model import CheckRun, Collection, NotRun, ReasonKind, Result, ReturnKind
from peelcheck.queries.summary import forces_meant
from peelcheck.wording import count, listed

_OF_THE_PAST = ("own_past", "restated", "same_as_last_year", "steady", "unexpected_zero")
"""Kinds of check that compare a figure with an earlier one."""


class NotMade(Struct, frozen=True):
    """Comparisons of one rule that could not be made for a force (None: for any), why, and what would let them run."""

    code: str
    title: str
    return_name: str
    force: str | None
    reason: str
    times: int
    remedy: str


class Comparisons(Struct, frozen=True):
    """Comparisons of forces' own figures with other returns, other years or other forces, in places.

    `with_context` of those that were not made could be made with a context file. `reasons` counts them by reason, most first.
    `checks_run` is the number of rules of any kind that were run at least once.
    """

    made: int
    with_context: int
    not_made: tuple[NotMade, ...]
    reasons: tuple[tuple[str, int], ...]
    checks_run: int

    @property
    def missed(self) -> int:
        """How many could not be made."""
        return sum(one.times for one in self.not_made)

    @property
    def words(self) -> str:
        """How many could not be made, why, and how many a context file would help; "" if there are none."""
        if not self.missed:
            return ""
        why = listed([f"{reason} {n:,}" for reason, n in self.reasons])
        helps = f"; with a context file {self.with_context:,} of them could" if self.with_context else ""
        return f"{count(self.missed, 'comparison')} could not be made: {why}{helps}."


def comparisons(result: Result) -> Comparisons:
    """Count the comparisons of a result, of the forces that it is about.

    Of files on their own, those of returns that are not among them do not count: nobody asked about these.
    """
    meant, nouns = forces_meant(result), result.collection.nouns
    of_figures = _rules(result.collection)
    if result.alone:
        received = {name for _, name in result.returns_received}
        of_figures = {code: rule for code, rule in of_figures.items() if rule[1] in received}
    made, with_context = 0, 0
    not_made: list[NotMade] = []
    reasons: Counter[str] = Counter()
    for check in result.checks:
        if check.code not in of_figures:
            continue
        title, return_name = of_figures[check.code]
        made += check.passed + check.failed
        for skipped, times in _in_order(check):
            if meant is not None and skipped.force is not None and skipped.force not in meant:
                continue
            helps = (
                result.alone and not result.has_context and _is_in_context(skipped, check, result.collection)
            )
            with_context += times if helps else 0
            reasons[skipped.reason.heading(nouns)] += times
            remedy = "a context file" if helps else _remedy(skipped, check, result)
            words = skipped.reason.words(nouns)
            not_made.append(NotMade(check.code, title, return_name, skipped.force, words, times, remedy))
    run = sum(check.passed + check.failed > 0 for check in result.checks)
    return Comparisons(made, with_context, tuple(not_made), tuple(reasons.most_common()), run)


def _rules(collection: Collection) -> dict[str, tuple[str, str]]:
    """The title and the return of every rule that compares a figure of the forces' own returns, by code."""
    of_returns = [check for schema in collection.returns.values() for check in schema.checks]
    found = {
        check.code: (check.title, check.return_name or "")
        for check in (*(one for one in of_returns if one.kind in _OF_THE_PAST), *collection.across)
    }
    found |= {m.code: (m.title, m.numerator.return_name) for m in collection.measures}
    own = {name for name, schema in collection.returns.items() if schema.kind is ReturnKind.RETURN}
    return {code: rule for code, rule in found.items() if rule[1] in own}


def _in_order(check: CheckRun) -> list[tuple[NotRun, int]]:
    return sorted(check.not_run.items(), key=lambda pair: (pair[0].force or "", pair[0].reason.words()))


def _is_measure(check: CheckRun, collection: Collection) -> bool:
    return any(measure.code == check.code for measure in collection.measures)


def _is_in_context(skipped: NotRun, check: CheckRun, collection: Collection) -> bool:
    """Whether what is missing is an accepted figure, or one of a reference table; a measure needs other forces besides."""
    if _is_measure(check, collection):
        return False
    if skipped.reason.kind is ReasonKind.NO_ACCEPTED_FIGURE:
        return True
    schema = collection.returns.get(skipped.reason.item.partition(".")[0])
    absent = skipped.reason.kind in (ReasonKind.NOT_RECEIVED, ReasonKind.RETURN_NOT_RECEIVED)
    return absent and schema is not None and schema.kind is ReturnKind.REFERENCE


_ABSENT = (ReasonKind.NOT_RECEIVED, ReasonKind.RETURN_NOT_RECEIVED, ReasonKind.TOO_FEW_OTHERS)


def _remedy(skipped: NotRun, check: CheckRun, result: Result) -> str:
    """What would let a comparison run that a context file does not."""
    if skipped.reason.kind in _ABSENT and result.alone and _is_measure(check, result.collection):
        return "the whole round"
    if skipped.reason.kind is ReasonKind.TOO_FEW_OTHERS:
        return f"figures of more {result.collection.nouns.many}"
    if skipped.reason.kind in (
        ReasonKind.NO_ACCEPTED_FIGURE,
        ReasonKind.NO_EARLIER_FIGURE,
        ReasonKind.BEFORE_BREAK,
    ):
        return "an earlier figure"
    return "the figure itself"
