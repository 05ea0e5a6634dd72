"""A module for each output; none of them computes anything.

Modules are imported when they are used: naming the formats must not load what lays out a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

from peelcheck.model import CheckSpec, FigureSet, Result
from peelcheck.render.look import Look


def _from(module: str, function: str) -> Callable[[Any, Look], str]:
    def render(what: Any, look: Look) -> str:
        rendered: str = getattr(import_module(f"{__name__}.{module}"), function)(what, look)
        return rendered

    return render


RENDERERS: Mapping[str, Callable[[Result, Look], str]] = {
    "table": _from("terminal.queries", "table"),
    "json": _from("json", "as_json"),
    "csv": _from("csv", "as_csv"),
}

FIGURES: Mapping[str, Callable[[FigureSet, Look], str]] = {
    "table": _from("figures", "figures_table"),
    "json": _from("figures", "figures_json"),
    "csv": _from("figures", "figures_csv"),
}

RULES: Mapping[str, Callable[[Sequence[CheckSpec], Look], str]] = {
    "table": _from("rules", "rules_table"),
    "json": _from("rules", "rules_json"),
    "csv": _from("rules", "rules_csv"),
}
