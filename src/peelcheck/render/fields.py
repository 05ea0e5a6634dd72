"""The fields that JSON and CSV share, and where each comes from: names that programs rely on, whatever ours are."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from peelcheck.model import CheckSpec, Figure

Cell = str | float | int | date | None

AREA = "england_and_wales"
AREA_WITHOUT = "england_and_wales_without"
"""The figure of all forces together, and the same without the force that the row is about."""


def finite(value: float | None) -> float | None:
    """The number if it is finite, else None."""
    return None if value is None or not math.isfinite(value) else float(value)


FIGURE: Mapping[str, Callable[[Figure], Cell]] = {
    "measure": lambda f: f.measure,
    "title": lambda f: f.title,
    "period": lambda f: f.period,
    "force": lambda f: f.force,
    "numerator": lambda f: finite(f.numerator),
    "denominator": lambda f: finite(f.denominator),
    "value": lambda f: finite(f.value),
    AREA: lambda f: finite(f.area_rate),
    AREA_WITHOUT: lambda f: finite(f.area_without),
    "rank": lambda f: f.rank,
    "of": lambda f: f.of,
    "group_rate": lambda f: finite(f.group_rate),
    "group_rank": lambda f: f.group_rank,
    "group_of": lambda f: f.group_of,
    "previous": lambda f: finite(f.previous),
    "previous_numerator": lambda f: finite(f.previous_numerator),
    "previous_denominator": lambda f: finite(f.previous_denominator),
    "change": lambda f: finite(f.change),
    "change_of": lambda f: f.change_of,
    "status": lambda f: f.status,
    "footnote": lambda f: f.footnote,
    "sentence": lambda f: f.sentence,
    "unit": lambda f: f.unit,
    "decimals": lambda f: f.decimals,
    "in_report": lambda f: f.in_report,
}
"""The fields of one measure for one force, in the order of the columns."""


def figure_row(figure: Figure) -> dict[str, Cell]:
    """One measure for one force as a flat row; what does not apply is None."""
    return {name: of(figure) for name, of in FIGURE.items()}


RULE: Mapping[str, Callable[[CheckSpec], Any]] = {
    "code": lambda rule: rule.code,
    "severity": lambda rule: rule.severity.value,
    "title": lambda rule: rule.title,
    "return": lambda rule: rule.return_name,
    "kind": lambda rule: rule.kind,
    "parameters": lambda rule: dict(rule.parameters),
    "ask": lambda rule: rule.ask,
    "why": lambda rule: rule.why,
    "source": lambda rule: rule.source,
    "file": lambda rule: rule.file or None,
}
"""The fields of a rule, in the order in which they are written."""
