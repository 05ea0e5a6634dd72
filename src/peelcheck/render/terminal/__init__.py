"""Pages for a person. What lays them out is loaded when a page is made, so that naming the outputs does not load it."""

from __future__ import annotations

from collections.abc import Sequence

from peelcheck.model import CheckSpec, FigureSet, Result
from peelcheck.render.forms import Page
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered


def _queries(result: Result, look: Look) -> str:
    from peelcheck.render.terminal.queries import table

    return table(result, look)


def _figures(figures: FigureSet, look: Look) -> str:
    if look.summary_only:
        return ""
    from peelcheck.render.terminal.figures import figures_table

    return figures_table(figures, look)


def _rules(rules: Sequence[CheckSpec], look: Look) -> str:
    if look.summary_only:
        return ""
    from peelcheck.render.terminal.rules import rules_table

    return rules_table(rules, look)


_QUERIES = (
    r"""[^─]*? (Summary | \d\ (errors? | query | queries | notes?) (\ \(\d[\d,]*\ severe\))?) \n ─{60,}\n"""
)
_FIGURES = r"""
      [^─]* \n ─{60,}\n (\ .*\n){0,3} Rank\ +\S.*\ Count\b  # all forces
    | [^─]* \b in \s+ numbers\b [^─]* \n ─{60,}\n     # one force
"""
_RULES = r"""Code\ +Severity\ +Return\ +Title\n"""

QUERIES = Rendered("table", (), Page(_QUERIES), _queries)
FIGURES = Rendered("table", (), Page(_FIGURES), _figures)
RULES = Rendered("table", (), Page(_RULES), _rules)
