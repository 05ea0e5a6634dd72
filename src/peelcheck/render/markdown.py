"""Queries as Markdown for the comment on a pull request: bounded, and nothing in it but text has an effect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peelcheck.model import Location, Query, Result, Severity
from peelcheck.queries.context import period_in_words
from peelcheck.queries.summary import by_force
from peelcheck.render.forms import Page
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered
from peelcheck.render.safe import quoted, visible
from peelcheck.wording import count

_LONGEST = 60_000
"""Characters. GitHub refuses a comment of more than 65,536."""
_MARK = "<!-- peelcheck: queries -->"
_ACTIVE = re.compile(r"[\\`*_{}\[\]()#+\-.!|~<>&@:=^$]")


def as_markdown(result: Result, look: Look) -> str:
    """A table for each force. Where a comment can hold no more, it says how many queries are left out."""
    lines = [_MARK, f"## {text(result.title)}", "", _numbers(result), ""]
    size = sum(map(len, lines)) + len(lines)
    asked = [query for query in result.queries if query.severity is not Severity.NOTE]
    written = 0
    for block in _blocks(result):
        size += sum(map(len, block)) + len(block)
        if size > _LONGEST:
            left = count(len(asked) - written, "more query", "more queries")
            lines += ["", f"{left} not shown here, because a comment can hold no more."]
            break
        lines += block
        written += sum(line.startswith("| ") for line in block[-1:])
    return "\n".join(lines).rstrip("\n") + "\n"


def text(written: str) -> str:
    """Any text as text: no character of it is taken for Markdown, HTML, a link, a reference or somebody's name."""
    return _ACTIVE.sub(lambda mark: f"&#{ord(mark.group())};", visible(written))


def _numbers(result: Result) -> str:
    parts = [
        f"**{count(n, str(severity), 'queries' if severity is Severity.QUERY else None)}**"
        for severity in Severity
        if (n := result.count(severity))
    ]
    files = count(len(result.files), "file")
    accepted = (
        f" {count(len(result.accepted), 'query', 'queries')} accepted earlier." if result.accepted else ""
    )
    return f"{', '.join(parts) or '**No queries**'} in {files}.{accepted}"


def _blocks(result: Result) -> Iterator[list[str]]:
    """What is written together or left out together: each query, the first of a force with the heading of the table."""
    for force in by_force(result.queries):
        name = force.force or f"Not about a single {result.collection.nouns.one}"
        head = ["", f"### {text(name)}", "", "| | Rule | Where | Question |", "|---|---|---|---|"]
        for query in force.queries:
            yield [*head, _row(query, result)]
            head = []


def _row(query: Query, result: Result) -> str:
    severe = f"{query.severity}{' (severe)' if query.tier == 'severe' else ''}"
    where = [text(part) for part in (query.return_name, query.item) if part]
    where += [text(when)] if (when := period_in_words(query, result.collection)) else []
    places = [_place(place) for place in query.locations[:1]]
    more = query.locations_total - len(places)
    places += [f"and {count(more, 'more location')}"] if places and more > 0 else []
    question = f"{text(query.message)}<br>→ {text(query.ask)}"
    return f"| {severe} | {text(query.code)} | {'<br>'.join([', '.join(where), *places])} | {question} |"


def _place(place: Location) -> str:
    parts = [str(place.source), f"row {place.row:,}" if place.row else "", place.column or ""]
    shown = ", ".join(part for part in parts if part)
    value = "" if place.value is None else f": {quoted(place.value) if place.value else 'blank'}"
    return text(shown + value)


QUERIES = Rendered("markdown", (".md", ".markdown"), Page(f"{re.escape(_MARK)}\\n"), as_markdown)
