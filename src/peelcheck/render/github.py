"""Annotations for a run of GitHub Actions: commands on stdout that mark lines of files in a pull request.

The form: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from peelcheck.model import Query, Result, Severity
from peelcheck.render.forms import Never
from peelcheck.render.lines import line
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered
from peelcheck.render.places import spot
from peelcheck.render.safe import visible
from peelcheck.wording import count

_COMMANDS = {Severity.ERROR: "error", Severity.QUERY: "warning", Severity.NOTE: "notice"}
_SHOWN = 10
"""Annotations of one kind that GitHub shows for one step."""


def as_github(result: Result, look: Look) -> str:
    """An annotation for each query; of many of one severity the last says how many more there are, listed below it."""
    from peelcheck.rules.registry import all_rules  # not loaded for --help

    titles = {rule.code: rule.title for rule in all_rules(result.collection)}
    out: list[str] = []
    for severity, command in _COMMANDS.items():
        own = [query for query in result.queries if query.severity is severity]
        shown = own if len(own) <= _SHOWN else own[: _SHOWN - 1]
        out += [_annotation(command, query, result, titles) for query in shown]
        out += _rest(command, own[len(shown) :], severity, result)
    return "".join(f"{_inert(one)}\n" for one in out)


def _annotation(command: str, query: Query, result: Result, titles: Mapping[str, str]) -> str:
    where = spot(query, result)
    title = f"{query.code} {titles[query.code]}"
    parts = {"file": where.file, "line": where.line, "col": where.column, "title": title}
    given = ",".join(f"{name}={_property(str(value))}" for name, value in parts.items() if value)
    return f"::{command} {given}::{_data(f'{query.message} {query.ask}')}"


def _rest(command: str, queries: Sequence[Query], severity: Severity, result: Result) -> list[str]:
    """The annotation that counts the queries that are not shown, and a plain line for each of them."""
    if not queries:
        return []
    more = count(len(queries), f"more {severity}", "more queries" if severity is Severity.QUERY else None)
    are = "is" if len(queries) == 1 else "are"
    # A line that begins with two colons is a command, and a file may be called anything.
    listed = [f"- {line(query, result)}" for query in queries]
    return [f"::{command} title=peelcheck::{_data(f'{more} {are} listed in the log of this step.')}", *listed]


def _inert(line: str) -> str:
    """A line in which `##[` does not begin a command; older runners look for it anywhere in a line."""
    return line.replace("##[", "# #[")


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


QUERIES = Rendered("github", (), Never(), as_github, hides_values=True, shows_lines=True)
