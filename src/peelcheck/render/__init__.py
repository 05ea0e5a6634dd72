"""Every output there is: a module each, and a line here. None of them computes anything.

Naming the outputs must load neither tables nor what lays out a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from peelcheck.model import CheckSpec, FigureSet, Result
from peelcheck.render import github, junit, lines, markdown, sarif, terminal, xlsx
from peelcheck.render.csv import figures as csv_figures
from peelcheck.render.csv import findings as csv_findings
from peelcheck.render.csv import queries as csv_queries
from peelcheck.render.csv import rules as csv_rules
from peelcheck.render.html import pages as html_pages
from peelcheck.render.json import context as json_context
from peelcheck.render.json import figures as json_figures
from peelcheck.render.json import queries as json_queries
from peelcheck.render.json import rules as json_rules
from peelcheck.render.output import Output, Rendered

T = TypeVar("T")


def _by_name(*outputs: Rendered[T]) -> dict[str, Rendered[T]]:
    return {output.name: output for output in outputs}


RENDERERS: dict[str, Rendered[Result]] = _by_name(
    terminal.QUERIES,
    json_queries.QUERIES,
    csv_queries.QUERIES,
    xlsx.QUERIES,
    markdown.QUERIES,
    html_pages.QUERIES,
    junit.QUERIES,
    sarif.QUERIES,
    github.QUERIES,
    lines.QUERIES,
)
"""Outputs of queries, for `validate`."""

FIGURES: dict[str, Rendered[FigureSet]] = _by_name(
    terminal.FIGURES,
    json_figures.FIGURES,
    csv_figures.FIGURES,
)

RULES: dict[str, Rendered[Sequence[CheckSpec]]] = _by_name(
    terminal.RULES,
    json_rules.RULES,
    csv_rules.RULES,
)

CONTEXT = json_context.CONTEXT
"""A force's context, for `context`."""

FINDINGS: Output = csv_findings.FINDINGS
"""Outputs of every finding, each written when it is found."""


def every_output() -> Iterator[Output]:
    """The outputs of everything, by which the program knows its own results."""
    yield from RENDERERS.values()
    yield from FIGURES.values()
    yield from RULES.values()
    yield CONTEXT
    yield FINDINGS
