"""A result as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Any

from peelcheck.model import Also, CheckRun, Location, Nouns, OwnFigure, Query, Result, Severity
from peelcheck.queries.comparisons import comparisons
from peelcheck.queries.summary import counts, forces_meant
from peelcheck.render.fields import AREA, finite
from peelcheck.render.forms import Json
from peelcheck.render.json import VERSION, checksum, file_row, written
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered
from peelcheck.version import __version__


def as_json(result: Result, look: Look) -> str:
    """The whole result: summary, files, what became of every check, and the queries."""
    return written({key: of(result) for key, of in _KEYS.items()})


def _summary(result: Result) -> dict[str, Any]:
    total, compared = counts(result), comparisons(result)
    return {
        "forces": len(result.forces),
        "returns": {
            "expected": result.returns_expected,
            "received": len(result.returns_received),
            "missing": total.missing,
        },
        "queries": {severity.value: result.count(severity) for severity in Severity},
        "accepted": len(result.accepted),
        "left_out_by_choice": {
            str(severity): result.left_by_choice.get(severity, 0) for severity in Severity
        },
        "left_out": sum(n for _, n in result.left_out),
        "files_left_out": len(result.files_left_out),
        # a check that breaks ends the run, so a result that is shown has none
        "checks": {"held": total.passed, "failed": total.failed, "not_run": total.not_run, "broke": 0},
        "comparisons": {
            "made": compared.made,
            "not_made": compared.missed,
            "would_run_with_context": compared.with_context,
        },
        "expected_false_queries": finite(result.expected_false_queries),
        "expected_false_range": list(result.expected_false_range),
    }


def _round(result: Result) -> dict[str, Any]:
    return {
        "title": result.title,
        "date": result.day.isoformat() if result.day else None,
        "due": result.due.isoformat() if result.due else None,
        "awaited": list(result.awaited),
        "files": [file_row(file) for file in result.own],
    }


def _check(check: CheckRun, nouns: Nouns, own: Set[str] | None) -> dict[str, Any]:
    meant = [
        skipped for skipped in check.not_run if own is None or skipped.force is None or skipped.force in own
    ]
    in_order = sorted(meant, key=lambda skipped: (skipped.force or "", skipped.reason.words(nouns)))
    not_run = [{"force": skipped.force, "reason": skipped.reason.words(nouns)} for skipped in in_order]
    return {"code": check.code, "held": check.passed, "failed": check.failed, "not_run": not_run}


def _query(query: Query) -> dict[str, Any]:
    return {
        "id": query.id,
        "fingerprint": query.fingerprint,
        "code": query.code,
        "severity": query.severity.value,
        "tier": query.tier.value,
        "force": query.force,
        "asked_of": query.asked_of,
        "return": query.return_name,
        "item": query.item,
        "measure": query.measure,
        "period_end": query.period_end.isoformat() if query.period_end else None,
        "value": finite(query.value),
        "unit": query.unit,
        "expected": finite(query.expected),
        "lower": finite(query.lower),
        "upper": finite(query.upper),
        "score": finite(query.score),
        "factor_visible": finite(query.factor_visible),
        AREA: finite(query.area_rate),
        "rank": query.rank,
        "of": query.of,
        "group_rate": finite(query.group_rate),
        "group_rank": query.group_rank,
        "group_of": query.group_of,
        "previous": finite(query.previous),
        "cause": query.cause,
        "related_forces": list(query.related_forces),
        "message": query.message,
        "ask": query.ask,
        "status": query.status,
        "reopened": _acceptance(query),
        "figures": [_figure(figure) for figure in query.figures],
        "also": [_also(other, query) for other in query.also],
        "locations_total": query.locations_total,
        "locations": [_location(place) for place in query.locations],
    }


def _also(other: Also, query: Query) -> dict[str, Any]:
    return {
        "id": other.id,
        "fingerprint": other.fingerprint,
        "code": other.code,
        "return": other.return_name,
        "item": other.item,
        "message": other.message,
        "ask": other.ask or query.ask,
    }


def _figure(figure: OwnFigure) -> dict[str, Any]:
    return {
        "return": figure.return_name,
        "item": figure.item,
        "period_end": figure.period_end.isoformat(),
        "value": figure.value,
    }


def _acceptance(query: Query) -> dict[str, Any] | None:
    """What was accepted of a query that is accepted or open again."""
    one = query.acceptance
    if one is None:
        return None
    return {
        "reason": one.reason,
        "by": one.by,
        "date": one.day.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "figures": [_figure(figure) for figure in one.figures],
    }


def _accepted(query: Query) -> dict[str, Any]:
    """An accepted query in short."""
    about = {"id": query.id, "code": query.code, "force": query.force}
    return {**about, "return": query.return_name, "item": query.item, **(_acceptance(query) or {})}


def _location(place: Location) -> dict[str, Any]:
    return {
        "file": place.file,
        "row": place.row,
        "column": place.column,
        "value": place.value,
        "line": place.line,
        "line_column": place.line_column,
        "sheet": place.sheet,
        "cell": place.cell,
    }


_KEYS: Mapping[str, Callable[[Result], Any]] = {
    "version": lambda result: VERSION,
    "tool": lambda result: __version__,
    "collection": lambda result: result.collection.name,
    "schemas": lambda result: checksum(result.collection),
    "summary": _summary,
    "round": _round,
    "files": lambda result: [file_row(file) for file in result.files],
    "checks": lambda result: [
        _check(check, result.collection.nouns, forces_meant(result)) for check in result.checks
    ],
    "queries": lambda result: [_query(query) for query in result.queries],
    "accepted": lambda result: [_accepted(query) for query in result.accepted],
}

QUERIES = Rendered("json", (".json",), Json(tuple(_KEYS)), as_json, shows_lines=True)
