"""A result as a page for a person: the queries of each force, the notes in short, and what it all comes to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from rich.text import Text

from peelcheck.model import Nouns, Result, Severity
from peelcheck.queries.summary import Counts, ForceQueries, by_force, counts
from peelcheck.render.look import Look
from peelcheck.render.terminal.page import (
    BLANK,
    QUIET,
    SEVERITY_STYLES,
    STRONG,
    Block,
    Heading,
    beside,
    laid_out,
    words,
)
from peelcheck.render.terminal.query import query_block
from peelcheck.render.terminal.strip import legend
from peelcheck.rules.registry import all_rules
from peelcheck.wording import about, count, listed

_LABEL = 9
_FEW = 6


def no_force(nouns: Nouns) -> str:
    """Where a query is about none of the forces."""
    return f"No {nouns.one} in particular"


def table(result: Result, look: Look) -> str:
    """Every query, worst force first; then the notes, and the summary where the eye ends up."""
    return laid_out(_page(result, look), look)


def _page(result: Result, look: Look) -> Iterator[Block]:
    forces = by_force(result.queries)
    for force in forces:
        yield from _force(force, result)
    yield from _notes(result, look)
    yield from _summary(result, counts(result))


def _force(force: ForceQueries, result: Result) -> Iterator[Block]:
    yield Heading(words(force.force or no_force(result.collection.nouns), STRONG), _tally(force))
    for query in force.queries:
        yield query_block(query, result.collection)
        yield BLANK


def _tally(force: ForceQueries) -> Text:
    parts = []
    if force.errors:
        parts.append(words(count(force.errors, "error"), SEVERITY_STYLES["error"]))
    others = len(force.queries) - force.errors
    if others:
        severe = f" ({force.severe} severe)" if force.severe else ""
        parts.append(words(count(others, "query", "queries") + severe, SEVERITY_STYLES["query"]))
    return Text(", ").join(parts)


def _notes(result: Result, look: Look) -> Iterator[Block]:
    """A line a kind of note with its forces; every note only where that is wanted."""
    notes = [query for query in result.queries if query.severity is Severity.NOTE]
    if not notes:
        return
    nobody = no_force(result.collection.nouns)
    yield Heading(words("Notes", STRONG), words(count(len(notes), "note"), SEVERITY_STYLES["note"]))
    if look.all_notes:
        for note in notes:
            yield words(note.force or nobody, STRONG)
            yield query_block(note, result.collection)
            yield BLANK
        return
    forces: defaultdict[str, Counter[str]] = defaultdict(Counter)
    titles = {rule.code: rule.title for rule in all_rules(result.collection)}
    for note in notes:
        forces[note.code][note.force or f"{nobody[:1].lower()}{nobody[1:]}"] += max(note.locations_total, 1)
    for code in sorted(forces):
        yield beside(words(code, STRONG), _note(titles[code], forces[code]), _LABEL)
    yield beside(words(""), words("To see each of them, add --notes.", QUIET), _LABEL)
    yield BLANK


def _note(title: str, forces: Counter[str]) -> Text:
    return words(f"{title}: ").append(
        words(_few([f"{force} {n:,}" for force, n in forces.most_common()]), QUIET)
    )


def _few(parts: list[str]) -> str:
    """The first few of a list, and how many more there are."""
    if len(parts) <= _FEW + 1:
        return listed(parts)
    return f"{', '.join(parts[:_FEW])} and {len(parts) - _FEW:,} more"


def _summary(result: Result, total: Counts) -> Iterator[Block]:
    yield Heading(words("Summary", STRONG), words(""))
    lines = {
        "Round": words(result.title),
        "Returns": _returns(result, total),
        "Queries": _queries(result),
        **({"Others": _others(result)} if result.left_out else {}),
        "Checks": _checks(result, total),
        "Files": _files(result, total),
    }
    for label, line in lines.items():
        yield beside(words(label, QUIET), line, _LABEL)
    if any(query.peers for query in result.queries):
        yield beside(words("Lines", QUIET), words(legend(result.collection.nouns), QUIET), _LABEL)


def _returns(result: Result, total: Counts) -> Text:
    received = len(result.returns_received)
    line = words(f"{received:,} received")
    if result.returns_expected:
        line = words(f"{received:,} of {result.returns_expected:,} received")
    line.append(f", {total.clean:,} with nothing to ask")
    if total.missing:
        forces: defaultdict[str, list[str]] = defaultdict(list)
        for force, name in result.returns_missing:
            forces[name].append(force)
        missing = "; ".join(f"{name}: {_few(own)}" for name, own in sorted(forces.items()))
        line.append(f", {total.missing:,} missing", style=SEVERITY_STYLES["error"])
        line.append(words(f" ({missing})", QUIET))
    return line


def _queries(result: Result) -> Text:
    parts = [
        words(
            count(n, str(severity), "queries" if severity is Severity.QUERY else None),
            SEVERITY_STYLES[severity],
        )
        for severity in Severity
        if (n := result.count(severity))
    ]
    if not parts:
        return words("nothing to ask")
    line = Text(", ").join(parts)
    if result.expected_false_queries:
        expected = about(round(result.expected_false_queries, 1))
        line.append(f"; comparisons would raise about {expected} if every figure were right", style=QUIET)
    return line


def _others(result: Result) -> Text:
    """How many queries are asked of others than the forces that were named, and where they are."""
    n = sum(n for _, n in result.left_out)
    line = words(f"{count(n, 'query', 'queries')} about tables that others supply left out")
    who = listed([f"{who} {n:,}" for who, n in result.left_out])
    return line.append(words(f" ({who}); to see them, run without --force", QUIET))


def _checks(result: Result, total: Counts) -> Text:
    line = words(
        f"held in {count(total.held, 'place')}, failed in {total.failed:,}, not run in {total.not_run:,}"
    )
    if total.reasons:
        shown = total.reasons if len(total.reasons) <= _FEW + 1 else total.reasons[:_FEW]
        other = total.not_run - sum(n for _, n in shown)
        why = listed([f"{reason} {n:,}" for reason, n in shown] + [f"other reasons {other:,}"] * (other > 0))
        line.append(words(f": {why}", QUIET))
    if not result.returns_expected:
        line.append(
            words(
                f"; other {result.collection.nouns.many}, other returns and accepted figures were not there to compare with",
                QUIET,
            )
        )
    return line


def _files(result: Result, total: Counts) -> Text:
    line = words(f"{len(result.files):,} found")
    if total.unread:
        unread = [file.path for file in result.files if file.return_name is None]
        line.append(f", no return read from {total.unread:,} of them")
        line.append(words(f" ({_few(unread)})", QUIET))
    return line
