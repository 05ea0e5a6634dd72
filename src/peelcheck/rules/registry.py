"""Every rule the program knows: those built in, the checks of a collection, and its comparisons. Loads no pandas."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from msgspec.structs import replace

from peelcheck.errors import SchemaError
from peelcheck.model import CheckSpec, Collection, Measure, Nouns, Severity, Subject, Thresholds
from peelcheck.rules.built_in_rule import rule
from peelcheck.rules.cell_rules import CELL_RULES
from peelcheck.rules.file_rules import FILE_RULES
from peelcheck.rules.round_rules import ROUND_RULES
from peelcheck.rules.type_rules import TYPE_RULES
from peelcheck.wording import exact

COMPARISON = "comparison"


@cache
def built_in() -> dict[str, CheckSpec]:
    """The rules that need no schema, by code: files (FI), cells (CE), types (TY) and the round (RO).

    Their texts hold the placeholders of `Nouns`, which `all_rules` and the queries fill.
    """
    files = [
        rule(r.code, Severity(r.severity), r.title, r.ask, r.why, about=r.about, acceptable=False)
        for r in FILE_RULES
    ]
    cells = [
        rule(r.code, Severity(r.severity), r.title, r.ask, r.why, about=Subject.CELL, acceptable=False)
        for r in CELL_RULES
    ]
    return {r.code: r for r in sorted((*files, *cells, *TYPE_RULES, *ROUND_RULES), key=lambda r: r.code)}


def of_measure(measure: Measure) -> CheckSpec:
    """A measure's comparison as a rule."""
    return CheckSpec(
        measure.code,
        COMPARISON,
        Severity.QUERY,
        measure.title,
        measure.ask,
        measure.why,
        measure.source,
        parameters={"measure": measure.id, **_maximum(measure)},
        file=measure.file,
        return_name=measure.numerator.return_name,
    )


def _maximum(measure: Measure) -> dict[str, str]:
    """The most that a figure can be, where the collection states it."""
    if measure.maximum is None or measure.kind == "proportion":
        return {}
    return {"maximum": f"{exact(measure.maximum)} {measure.unit}"}


def refuse_unknown_rules(collection: Collection) -> None:
    """Raise SchemaError where the collection says something of a built-in rule that there is not."""
    for code in collection.rule_words:
        if code not in built_in():
            near = get_close_matches(code, built_in(), n=1)
            meant = f"; did you mean {near[0]!r}?" if near else ""
            file = str(collection.folder / "collection.yaml")
            raise SchemaError(file, f"rules.{code}", f"there is no built-in rule {code!r}{meant}")


def _in_its_words(rule: CheckSpec, collection: Collection) -> CheckSpec:
    """A built-in rule with the collection's nouns, and with what it says of the rule itself."""
    texts = {name: getattr(rule, name) for name in ("title", "ask", "why", "source")}
    texts |= collection.rule_words.get(rule.code, {})
    return replace(rule, **{name: collection.nouns.fill(text) for name, text in texts.items()})


def _explained(rule: CheckSpec, cuts: Thresholds, nouns: Nouns) -> CheckSpec:
    """A comparison with what it takes to be asked about."""
    said = {
        "asked": (
            f"more than {cuts.change_query:g} standard deviations from the {nouns.one}'s own trend, or more than "
            f"{cuts.peer_query:g} from the other {nouns.many} if it was not already an outlier last year; without earlier "
            f"figures, more than {cuts.alone_query:g} from the other {nouns.many}"
        ),
        "severe": (
            f"the same, with {cuts.change_severe:g} instead of {cuts.change_query:g}, {cuts.peer_severe:g} instead of "
            f"{cuts.peer_query:g}, and {cuts.alone_severe:g} instead of {cuts.alone_query:g}"
        ),
        "method": "docs/method.md",
    }
    return replace(rule, parameters={**rule.parameters, **said})


def all_rules(collection: Collection) -> tuple[CheckSpec, ...]:
    """Every rule that a run with this collection can speak of, in the order of their codes and in its words.

    Raises:
        SchemaError: the collection says something of a built-in rule that there is not.
    """
    refuse_unknown_rules(collection)
    own = [_in_its_words(rule, collection) for rule in built_in().values()]
    checks = [check for schema in collection.returns.values() for check in schema.checks]
    measures = [
        _explained(of_measure(m), collection.thresholds, collection.nouns) for m in collection.measures
    ]
    return tuple(sorted((*own, *checks, *collection.across, *measures), key=lambda rule: rule.code))
