"""Queries as SARIF 2.1.0, which GitHub's code scanning and many editors read.

The standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from peelcheck.model import CheckSpec, Location, Query, Result, Severity
from peelcheck.queries.accepted import ACCEPTED
from peelcheck.render.forms import FileSeen, Form
from peelcheck.render.json import written
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered
from peelcheck.render.places import spot_of
from peelcheck.render.safe import visible
from peelcheck.version import __version__

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.QUERY: "warning", Severity.NOTE: "note"}
_KEYS = ("$schema", "version", "runs")


def as_sarif(result: Result, look: Look) -> str:
    """One run: the rules that have queries, with their help, and a result for each query with its first locations.

    The fingerprints are the query's `id` and `fingerprint`: the same question stays the same when rows move.
    """
    from peelcheck.rules.registry import all_rules  # not loaded for --help

    every = (*result.queries, *result.accepted)
    asked = {query.code for query in every}
    rules = [rule for rule in all_rules(result.collection) if rule.code in asked]
    numbers = {rule.code: n for n, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {"name": "peelcheck", "version": __version__, "rules": [_rule(rule) for rule in rules]}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(query, numbers, result) for query in every],
    }
    return written(dict(zip(_KEYS, (_SCHEMA, "2.1.0", [run]), strict=True)))


def _rule(rule: CheckSpec) -> dict[str, Any]:
    parts = [("", rule.ask), ("Why: ", rule.why), ("Source: ", rule.source)]
    said = [visible(f"{name}{text}") for name, text in parts if text]
    return {
        "id": rule.code,
        "shortDescription": {"text": visible(rule.title)},
        "help": {"text": "\n".join(said)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(query: Query, numbers: Mapping[str, int], result: Result) -> dict[str, Any]:
    about = {"force": query.force, "return": query.return_name, "item": query.item, "status": query.status}
    accepted = query.status == ACCEPTED and query.acceptance
    reason = accepted.reason if accepted else ""
    suppressed = (
        [{"kind": "external", "status": "accepted", "justification": visible(reason)}] if accepted else []
    )
    return {
        "ruleId": query.code,
        "ruleIndex": numbers[query.code],
        "level": _LEVELS[query.severity],
        "message": {"text": visible(f"{query.message} {query.ask}")},
        "locations": _locations(query.locations, result),
        "partialFingerprints": {"peelcheck/id": query.id, "peelcheck/figures": query.fingerprint},
        "suppressions": suppressed,
        "properties": {name: value for name, value in about.items() if value is not None},
    }


def _locations(places: Sequence[Location], result: Result) -> list[dict[str, Any]]:
    """The places, or the folder that was checked: code scanning shows no result that is nowhere."""
    return [_location(place, result) for place in places] or [_physical(result.base or ".", {})]


def _location(place: Location, result: Result) -> dict[str, Any]:
    spot = spot_of(place, result)
    region = {"startLine": spot.line, "startColumn": spot.column}
    return _physical(spot.file, {name: n for name, n in region.items() if n is not None})


def _physical(file: str, region: Mapping[str, int]) -> dict[str, Any]:
    from urllib.parse import quote  # not loaded for --help

    place: dict[str, Any] = {"artifactLocation": {"uri": quote(file, errors="surrogateescape")}}
    return {"physicalLocation": place | ({"region": region} if region else {})}


class Sarif(Form, frozen=True):
    """SARIF that peelcheck wrote: its keys in their order, and its name as the tool's."""

    def begins(self, file: FileSeen) -> bool:
        """Whether the beginning is laid out as the program does."""
        tool = '  {\n   "tool": {\n    "driver": {\n     "name": "peelcheck"'
        start = f'{{\n "$schema": "{_SCHEMA}",\n "version": "2.1.0",\n "runs": [\n{tool}'
        return file.head.startswith(start.encode())

    def is_whole(self, file: FileSeen) -> bool:
        """Whether there is one JSON object with these keys and nothing after it; a very large one is trusted."""
        import json  # not loaded for --help

        data, complete = file.content
        try:
            return not complete or tuple(json.loads(data)) == _KEYS
        except (ValueError, RecursionError):
            return False


QUERIES = Rendered("sarif", (".sarif",), Sarif(), as_sarif, shows_lines=True)
