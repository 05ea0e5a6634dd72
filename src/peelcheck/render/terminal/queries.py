"""A result as a page for a person: the queries of each force, the notes in short, and a summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from peelcheck.model import Nouns, ReadFile, Result, Severity
from peelcheck.queries.comparisons import Comparisons, comparisons
from peelcheck.queries.summary import (
    Counts,
    ForceQueries,
    by_force,
    counts,
    missing_by_return,
    places_by_rule,
)
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
from peelcheck.wording import about, count, day, listed, number

_LABEL = 9
_MOST_LISTED = 6
"""Reasons or parts that are listed; of more, only the number of the rest is given."""


def no_force(nouns: Nouns) -> str:
    """The heading for queries that are not about a single force."""
    return f"Not about a single {nouns.one}"


def table(result: Result, look: Look) -> str:
    """Every query, worst force first, then the notes, and last the summary."""
    return laid_out(_page(result, look), look)


def _page(result: Result, look: Look) -> Iterator[Block]:
    compared = comparisons(result)
    if not look.summary_only:
        for force in by_force(result.queries):
            yield from _force(force, result)
        yield from _notes(result, look)
        if look.not_run:
            yield from _not_made(compared)
    yield from _summary(result, counts(result), compared)


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
    """One line for each kind of note with its forces, or every note if that was asked for."""
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
    titles = {rule.code: rule.title for rule in all_rules(result.collection)}
    for code, forces in places_by_rule(notes).items():
        yield beside(words(code, STRONG), _note(titles[code], forces, nobody), _LABEL)
    yield beside(words(""), words("To see every note, add --notes.", QUIET), _LABEL)
    yield BLANK


def _note(title: str, forces: Sequence[tuple[str | None, int]], nobody: str) -> Text:
    parts = [f"{force or nobody[:1].lower() + nobody[1:]} {n:,}" for force, n in forces]
    return words(f"{title}: ").append(words(_few(parts), QUIET))


def _few(parts: list[str]) -> str:
    """The first few of a list, and how many more there are."""
    if len(parts) <= _MOST_LISTED + 1:
        return listed(parts)
    return f"{', '.join(parts[:_MOST_LISTED])} and {len(parts) - _MOST_LISTED:,} more"


def _not_made(compared: Comparisons) -> Iterator[Block]:
    """Every comparison that could not be made, a line for each rule and reason, and what would let it run."""
    if not compared.missed:
        return
    yield Heading(words("Comparisons not made", STRONG), words(f"{compared.missed:,}"))
    for one in compared.not_made:
        times = f" ({one.times:,} times)" if one.times > 1 else ""
        who = f"{one.force}, " if one.force else ""
        line = words(f"{who}{one.return_name}: {one.title}{times}: {one.reason}. ")
        yield beside(words(one.code, STRONG), line.append(words(f"Needs {one.remedy}.", QUIET)), _LABEL)
    yield BLANK


def _summary(result: Result, total: Counts, compared: Comparisons) -> Iterator[Block]:
    yield Heading(words("Summary", STRONG), words(""))
    lines = {
        "Round": words(result.title),
        "Returns": _returns(result, total, compared),
        **({"Awaited": _awaited(result)} if result.awaited else {}),
        "Queries": _queries(result, compared),
        **({"Accepted": _accepted(result)} if result.accepted else {}),
        **({"Left out": _left_out(result)} if result.left_by_choice else {}),
        **({"Others": _others(result)} if result.left_out else {}),
        "Checks": _checks(result, total),
        "Files": _files(result, total),
    }
    for label, line in lines.items():
        yield beside(words(label, QUIET), line, _LABEL)
    if any(query.peers for query in result.queries):
        yield beside(words("Lines", QUIET), words(legend(result.collection.nouns), QUIET), _LABEL)


def _returns(result: Result, total: Counts, compared: Comparisons) -> Text:
    received = len(result.returns_received)
    line = words(f"{received:,} received")
    if result.returns_expected:
        line = words(f"{received:,} of {result.returns_expected:,} received")
    line.append(f", {total.clean:,} with no queries")
    if result.left_by_choice:
        line.append(" among those shown")
    if result.alone and compared.missed:
        line.append(" from the checks that could run")
    if total.missing:
        missing = "; ".join(f"{name}: {_few(own)}" for name, own in missing_by_return(result).items())
        line.append(f", {total.missing:,} missing", style=SEVERITY_STYLES["error"])
        line.append(words(f" ({missing})", QUIET))
    return line


def _awaited(result: Result) -> Text:
    """Every force that has sent nothing and is not late."""
    nouns = result.collection.nouns
    n = len(result.awaited)
    line = words(f"{count(n, nouns.one, nouns.many)} {'has' if n == 1 else 'have'} sent nothing yet")
    due = f" (due {day(result.due)})" if result.due else ""
    return line.append(words(f"{due}: {listed(result.awaited)}", QUIET))


def _queries(result: Result, compared: Comparisons) -> Text:
    parts = [
        words(
            count(n, str(severity), "queries" if severity is Severity.QUERY else None),
            SEVERITY_STYLES[severity],
        )
        for severity in Severity
        if (n := result.count(severity))
    ]
    not_made = f"{compared.words} To see them, add --not-run." if compared.words else ""
    asked = any(result.count(severity) for severity in (Severity.ERROR, Severity.QUERY))
    if not asked and not_made and not result.left_by_choice:
        notes = Text(", ").join([Text(""), *parts]) if parts else Text("")
        ran = count(compared.checks_run, "check")
        return words(f"No queries from the {ran} that could run").append(notes).append(f". {not_made}")
    if not parts:
        return words("none shown" if result.left_by_choice else "no queries")
    line = Text(", ").join(parts)
    if expected := _expected(result):
        among = " among all rules" if result.left_by_choice else ""
        line.append(f"; {expected} would be expected{among} even if every figure were correct", style=QUIET)
    return line.append(f". {not_made}") if result.alone and not_made else line


def _expected(result: Result) -> str:
    """How many comparison queries correct figures would raise: as a range if that is more than one; "" for hardly any."""
    false = result.expected_false_queries
    if not round(false, 1):  # of a file or two none is expected
        return ""
    low, high = (number(one) for one in result.expected_false_range)
    if false >= 1 and low != high:
        return f"about {low} to {high} comparison queries"
    expected = number(false) if false >= 1 else about(round(false, 1))
    return f"about {expected} comparison {'query' if expected == '1' else 'queries'}"


def _accepted(result: Result) -> Text:
    """How many queries are not asked because they were accepted."""
    n = len(result.accepted)
    return words(
        f"{count(n, 'query', 'queries')} accepted earlier, with figures that are still within their bands"
    )


def _left_out(result: Result) -> Text:
    """How many queries were left out because other rules were chosen."""
    left = result.left_by_choice
    parts = [
        count(left[severity], str(severity), "queries" if severity is Severity.QUERY else None)
        for severity in Severity
        if severity in left
    ]
    return words(f"{listed(parts)} not shown because of --select or --ignore")


def _others(result: Result) -> Text:
    """How many queries are asked of others than the forces that were named, and where they are."""
    n = sum(n for _, n in result.left_out)
    line = words(f"{count(n, 'query', 'queries')} about reference and inspection tables not shown")
    who = listed([f"{who} {n:,}" for who, n in result.left_out])
    return line.append(words(f" ({who}); to see them, run without --force", QUIET))


def _checks(result: Result, total: Counts) -> Text:
    line = words(f"{total.passed:,} passed, {total.failed:,} failed, {total.not_run:,} not run")
    if total.reasons:
        shown = total.reasons if len(total.reasons) <= _MOST_LISTED + 1 else total.reasons[:_MOST_LISTED]
        other = total.not_run - sum(n for _, n in shown)
        why = listed([f"{reason} {n:,}" for reason, n in shown] + [f"other reasons {other:,}"] * (other > 0))
        line.append(words(f": {why}", QUIET))
    if result.alone:
        besides = "" if result.has_context else ", other returns or accepted figures"
        line.append(
            words(f"; nothing could be compared with other {result.collection.nouns.many}{besides}", QUIET)
        )
    return line


def _files(result: Result, total: Counts) -> Text:
    line = words(f"{len(result.files):,} found")
    if total.unread:
        unread = [file.path for file in result.files if file.return_name is None]
        line.append(f", {total.unread:,} could not be matched to a return")
        line.append(words(f" ({_few(unread)})", QUIET))
    if result.given and result.files_left_out:
        line.append(f", {len(result.files_left_out):,} others of the round not shown")
    elif result.files_left_out:
        line.append(f", {len(result.files_left_out):,} left out by --force")
        if result.alone:
            others = [f"{file.path}: {_owner(file)}" for file in result.files_left_out]
            line.append(words(f" ({_few(others)})", QUIET))
    return line


def _owner(file: ReadFile) -> str:
    return file.force or listed(file.forces)
