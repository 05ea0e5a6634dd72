"""Which queries of a result are reported, and as how severe. What is used, and what is not, stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from peelcheck.errors import UsageError
from peelcheck.model import CheckSpec, Query, Result, Selection, Severity, Tier
from peelcheck.rules.registry import all_rules
from peelcheck.schema.entries import did_you_mean, shown


def select(result: Result, selection: Selection) -> Result:
    """The result with the queries that were selected, as severe as was asked for; the others are counted.

    A query is left out only if every finding in it is: another that stands beneath it is never lost with it.

    Raises:
        UsageError: a word is no code, beginning of a code, kind or return; or a rule has no such code.
    """
    if selection == Selection():
        return result
    rules = {rule.code: rule for rule in all_rules(result.collection)}
    _refuse_unknown(selection, rules, result)
    kept: list[Query] = []
    left: Counter[str] = Counter()
    for query in (_as_severe(query, selection.severity, rules) for query in result.queries):
        if any(_is_selected(code, about, selection, rules) for code, about in _parts(query)):
            kept.append(query)
        else:
            left[query.severity] += 1
    kept.sort(key=lambda query: (query.severity.rank, query.tier.rank))
    return replace(result, queries=tuple(kept), left_by_choice={str(s): left[s] for s in Severity if left[s]})


def _parts(query: Query) -> list[tuple[str, str | None]]:
    return [(query.code, query.return_name), *((other.code, other.return_name) for other in query.also)]


def _is_selected(code: str, about: str | None, selection: Selection, rules: Mapping[str, CheckSpec]) -> bool:
    def named(words: Sequence[str]) -> bool:
        return any(code.startswith(word.upper()) or word in (rules[code].kind, about) for word in words)

    return (not selection.select or named(selection.select)) and not named(selection.ignore)


def _as_severe(query: Query, severities: Mapping[str, Severity], rules: Mapping[str, CheckSpec]) -> Query:
    """A query as severe as the worst of its findings; one whose findings all keep their severity stays as it is."""
    codes = [code for code, _ in _parts(query)]
    if not any(code in severities for code in codes):
        return query
    worst = min((severities.get(code, rules[code].severity) for code in codes), key=lambda one: one.rank)
    if worst is Severity.QUERY:
        tier = Tier.SEVERE if query.tier is Tier.SEVERE else Tier.QUERY
    else:
        tier = Tier.HARD if worst is Severity.ERROR else Tier.NOTE
    return replace(query, severity=worst, tier=tier)


def _refuse_unknown(selection: Selection, rules: Mapping[str, CheckSpec], result: Result) -> None:
    kinds = {rule.kind for rule in rules.values()}
    names = [*rules, *kinds, *result.collection.returns]
    for option, words in (("--select", selection.select), ("--ignore", selection.ignore)):
        for word in words:
            begins = len(word) > 1 and any(code.startswith(word.upper()) for code in rules)
            if not begins and word not in names:
                near = did_you_mean(word, names, most=0)
                raise UsageError(f"{option}: there is no rule, kind of check or return {shown(word)}{near}")
    for code in selection.severity:
        if code not in rules:
            raise UsageError(f"--severity: there is no rule {shown(code)}{did_you_mean(code, rules, most=0)}")
