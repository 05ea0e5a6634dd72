"""The rules as a list, and one rule as a page: the same text on the command line and in the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.table import Table

from peelcheck.model import CheckSpec
from peelcheck.render.look import Look
from peelcheck.render.terminal.page import (
    BLANK,
    QUIET,
    SEVERITY_STYLES,
    STRONG,
    Block,
    beside,
    laid_out,
    words,
)


def rules_table(rules: Sequence[CheckSpec], look: Look) -> str:
    """Code, severity and title, a line a rule."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=QUIET)
    table.add_column("Code", no_wrap=True)
    table.add_column("Severity", no_wrap=True)
    table.add_column("Return", no_wrap=True)
    table.add_column("Title", overflow="fold")
    for rule in rules:
        severity = words(rule.severity, SEVERITY_STYLES[rule.severity])
        table.add_row(
            words(rule.code, STRONG), severity, words(rule.return_name or "", QUIET), words(rule.title)
        )
    return laid_out([table], look)


def rule_page(rule: CheckSpec, look: Look) -> str:
    """One rule in full: the question, the reason, the source, and how it is checked."""
    return laid_out(_page(rule), look)


def _page(rule: CheckSpec) -> Iterator[Block]:
    yield words(f"{rule.code}  {rule.title}", STRONG)
    yield BLANK
    parts = list(described(rule))
    widest = max(len(label) for label, _ in parts)
    for label, text in parts:
        style = SEVERITY_STYLES[rule.severity] if label == "Severity" else ""
        yield beside(words(label, QUIET), words(text, style), widest + 1)


def described(rule: CheckSpec) -> Iterator[tuple[str, str]]:
    """The parts of a rule's page: a label and a text each."""
    yield "Severity", rule.severity
    yield "Asked", rule.ask
    yield "Why", rule.why
    yield "Source", rule.source
    if rule.return_name:
        yield "Return", rule.return_name
    yield "Kind", rule.kind
    for name, value in rule.parameters.items():
        yield f"  {name}", _value(value)
    if rule.file:
        yield "Defined in", rule.file


def _value(value: Any) -> str:
    """A parameter as its YAML file has it, on one line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_value(part)}" for name, part in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_value(part) for part in value)
    return str(value)
