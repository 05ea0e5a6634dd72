"""Every rule the program knows: those built in, the checks of a collection, and its comparisons. Loads no pandas."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from peelcheck.model import CheckSpec, Collection, Measure, Severity, Subject, Thresholds
from peelcheck.rules.cell_rules import CELL_RULES
from peelcheck.rules.file_rules import FILE_RULES
from peelcheck.rules.round_rules import ROUND_RULES, rule

COMPARISON = "comparison"


@cache
def built_in() -> dict[str, CheckSpec]:
    """The rules that need no schema, by code: files (FI), cells (CE), types (TY) and the round (RO)."""
    files = [rule(r.code, Severity(r.severity), r.title, r.ask, r.why, about=r.about) for r in FILE_RULES]
    cells = [
        rule(r.code, Severity(r.severity), r.title, r.ask, r.why, about=Subject.CELL) for r in CELL_RULES
    ]
    return {r.code: r for r in sorted((*files, *cells, *ROUND_RULES), key=lambda r: r.code)}


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
        parameters={"measure": measure.id},
        file=measure.file,
        return_name=measure.numerator.return_name,
    )


def _explained(rule: CheckSpec, cuts: Thresholds) -> CheckSpec:
    """A comparison with what it takes to be asked about."""
    said = {
        "asked": (
            f"more than {cuts.change_query:g} standard deviations from the force's own trend, or more than "
            f"{cuts.peer_query:g} from the other forces if it was not already an outlier last year; without earlier figures, "
            f"more than {cuts.alone_query:g} from the other forces"
        ),
        "severe": f"more than {cuts.change_severe:g}, {cuts.peer_severe:g} and {cuts.alone_severe:g} in the same three cases",
        "method": "docs/method.md",
    }
    return replace(rule, parameters={**rule.parameters, **said})


def all_rules(collection: Collection) -> tuple[CheckSpec, ...]:
    """Every rule that a run with this collection can speak of, in the order of their codes."""
    checks = [check for schema in collection.returns.values() for check in schema.checks]
    measures = [_explained(of_measure(measure), collection.thresholds) for measure in collection.measures]
    return tuple(
        sorted((*built_in().values(), *checks, *collection.across, *measures), key=lambda rule: rule.code)
    )
