"""A result as JSON that programs can rely on: version 1. What does not apply is null; numbers are finite."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from peelcheck.model import CheckRun, Collection, Location, Query, ReadFile, Result, Severity
from peelcheck.queries.summary import counts
from peelcheck.render.look import Look
from peelcheck.render.safe import visible
from peelcheck.version import __version__

VERSION = 1


def as_json(result: Result, look: Look) -> str:
    """The whole result: summary, files, what became of every check, and the queries."""
    total = counts(result)
    return written(
        {
            "version": VERSION,
            "tool": __version__,
            **told_by(result.collection),
            "summary": {
                "forces": len(result.forces),
                "returns": {
                    "expected": result.returns_expected,
                    "received": len(result.returns_received),
                    "missing": total.missing,
                },
                "queries": {severity.value: result.count(severity) for severity in Severity},
                "left_out": sum(n for _, n in result.left_out),
                # a check that breaks ends the run, so a result that is shown has none
                "checks": {"held": total.held, "failed": total.failed, "not_run": total.not_run, "broke": 0},
                "expected_false_queries": finite(result.expected_false_queries),
            },
            "round": {"title": result.title, "files": [file_row(file) for file in result.own]},
            "files": [file_row(file) for file in result.files],
            "checks": [_check(check) for check in result.checks],
            "queries": [_query(query) for query in result.queries],
        }
    )


def written(content: Mapping[str, Any]) -> str:
    """JSON as text; characters that a terminal would obey or hide are written as escapes, which mean the same."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)
    return "".join(f"{visible(line, _escaped)}\n" for line in text.split("\n"))


def told_by(collection: Collection) -> dict[str, str]:
    """The collection, and one checksum over all files of its schemas."""
    return {"collection": collection.name, "schemas": f"sha256:{collection.sha256}"}


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1]


def finite(value: float | None) -> float | None:
    """The number, or None where there is none."""
    return None if value is None or not math.isfinite(value) else float(value)


def file_row(file: ReadFile) -> dict[str, Any]:
    """A file that was read, with the checksum of its bytes."""
    return {
        "path": file.path,
        "sha256": file.sha256,
        "force": file.force,
        "return": file.return_name,
        "rows": file.rows,
    }


def _check(check: CheckRun) -> dict[str, Any]:
    in_order = sorted(check.not_run, key=lambda skipped: (skipped.force or "", skipped.reason))
    not_run = [{"force": skipped.force, "reason": skipped.reason} for skipped in in_order]
    return {"code": check.code, "held": check.held, "failed": check.failed, "not_run": not_run}


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
        "england_and_wales": finite(query.area_rate),
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
        "also": [{"code": o.code, "message": o.message, "ask": o.ask or query.ask} for o in query.also],
        "locations_total": query.locations_total,
        "locations": [_location(place) for place in query.locations],
    }


def _location(place: Location) -> dict[str, Any]:
    return {"file": place.file, "row": place.row, "column": place.column, "value": place.value}
