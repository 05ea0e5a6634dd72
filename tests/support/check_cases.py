"""From a case as an analyst writes it to what a check makes of it.

A case has columns, a check and rows. Tables are written as CSV; the header is row 1, as in a spreadsheet. A blank or `..` is
missing, and what cannot be read as its column's type counts as found bad before.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from peelcheck.arrays import encoded, objects
from peelcheck.cells.parsed import CellState
from peelcheck.checks import View, compile_check, is_of_counts, run_check
from peelcheck.model import (
    CheckRun,
    CheckSpec,
    Collection,
    Declaration,
    Field,
    Findings,
    Force,
    Period,
    RecordCount,
    ReturnKind,
    ReturnSchema,
    Severity,
    Source,
    Status,
    Thresholds,
)
from peelcheck.rounds.declarations import Declarations
from peelcheck.tables.figures import Figures
from peelcheck.tables.record_counts import MonthTally
from peelcheck.tables.record_level import Tally
from peelcheck.tables.table import Return, blank_of

YEAR = 2017
TWELVE_MONTHS = Period("twelve_months", (7, 1), (6, 30), "12 months to 30 June")
HELD = "figures"
"""The name of the return that the check is held against."""


def schema_of(name: str, about: Mapping[str, Any]) -> ReturnSchema:
    """A schema from `columns`: each with a title, or with a title and a type."""
    fields = [Field("force", "force", "Force", "")]
    for column, told in about["columns"].items():
        more: dict[str, Any] = {"title": told} if isinstance(told, str) else told
        kind = more.get("type", "integer")
        is_item = kind in ("integer", "number")
        period, years = (TWELVE_MONTHS, (YEAR, YEAR - 1)) if is_item else (None, ())
        limits = {key: more[key] for key in ("minimum", "maximum") if key in more}
        fields.append(
            Field(
                column,
                kind,
                more["title"],
                "",
                period=period,
                years=tuple(more.get("years", years)),
                **limits,
            )
        )
    return ReturnSchema(
        name=name,
        title=about.get("title", name.replace("_", " ").capitalize()),
        description="",
        kind=ReturnKind(about.get("comes_from", "returns")),
        owed_by="forces",
        fields=tuple(fields),
        primary_key=("force",),
        records=about.get("records", False),
        checks=(),
        file=f"{name}.yaml",
        counts=(RecordCount("records", "Records", {}),) if about.get("records", False) else (),
    )


def records_of(months: str, column: str) -> str:
    """Rows of records from their numbers by force and month, July 2016 to June 2017; a force without any has one undated."""
    rows = [f"force, {column}"]
    for line in months.splitlines():
        force, *numbers = line.split()
        starts = [date(2016 + (month > 12), (month - 1) % 12 + 1, 28) for month in range(7, 19)]
        dated = [day for day, n in zip(starts, numbers, strict=True) for _ in range(int(n))]
        rows += [f"{force}, {day}" for day in dated] or [f"{force},"]
    return "\n".join(rows)


def return_of(schema: ReturnSchema, rows: str) -> Return:
    """A typed return from CSV text; `year` (2017 unless given) and `file` place a row."""
    held = list(csv.DictReader(io.StringIO(rows), skipinitialspace=True))
    text = {
        f.name: pa.chunked_array([[row.get(f.name) or "" for row in held]], pa.large_string())
        for f in schema.fields
        if held and f.name in held[0]
    }
    files = [row.get("file") or f"{schema.name}.csv" for row in held]
    before: Counter[str] = Counter()
    numbers = []
    for file in files:
        before[file] += 1
        numbers.append(before[file] + 1)
    parsed = {f.name: [cell(row.get(f.name) or "", f) for row in held] for f in schema.fields}
    years = [0 if schema.records else int(row.get("year") or YEAR) for row in held]
    return Return(
        schema=schema,
        text=text,
        values={f.name: typed([value for value, _ in parsed[f.name]], f) for f in schema.fields},
        states={
            f.name: np.array([state for _, state in parsed[f.name]], dtype=np.int8) for f in schema.fields
        },
        sources=objects(map(Source, files)),
        rows=np.array(numbers, dtype=np.int64),
        by_force=encoded(objects(row["force"] for row in held)),
        years=np.array(years, dtype=np.int64),
        periods=np.full(len(held), 0 if any(f.period for f in schema.fields) else -1, dtype=np.int64),
    )


def cell(text: str, field: Field) -> tuple[Any, CellState]:
    """A cell's value and state."""
    if text == "" or text == "..":
        return blank_of(field), CellState.MISSING if text else CellState.BLANK
    if field.type in ("string", "force"):
        return text, CellState.OK
    try:
        return (
            np.datetime64(date.fromisoformat(text)) if field.type == "date" else float(text)
        ), CellState.OK
    except ValueError:
        return blank_of(field), CellState.BAD


def typed(values: list[Any], field: Field) -> Any:
    """A column of values as the typed table holds them."""
    if field.type in ("string", "force"):
        return objects(values)
    return np.array(values, dtype="datetime64[D]" if field.type == "date" else np.float64)


@dataclass(frozen=True)
class Outcome:
    """What became of a check: findings as (row, column, code, message)."""

    found: list[tuple[int, str | None, str, str]]
    held: int
    failed: int
    not_run: list[str]
    findings: list[Findings]


def run(case: Mapping[str, Any]) -> Outcome:
    """Hold a case's check against its rows."""
    if "months" in case:
        case = {**case, "rows": records_of(case["months"], case["check"]["date"])}
    about = {HELD: case, **case.get("others", {})}
    schemas = {name: schema_of(name, other) for name, other in about.items()}
    tables = [return_of(schemas[name], other["rows"]) for name, other in about.items() if "rows" in other]
    history = [
        return_of(schemas[name], other["history"]) for name, other in about.items() if "history" in other
    ]
    forces = [
        str(name) for name in dict.fromkeys(name for t in (*tables, *history) for name in t.forces) if name
    ]
    forces += case.get("forces_without_rows", [])
    figures = Figures.gather(forces, tables, history, Declarations.of(declarations(case)), {})
    spec = CheckSpec(
        "XX101",
        case["kind"],
        Severity.QUERY,
        "",
        "",
        "",
        "",
        case["check"],
        "figures.yaml",
        "checks[0]",
        HELD,
    )
    record = CheckRun(spec.code)
    kind = compile_check(spec, collection(schemas, forces))
    table = tables[0]
    if is_of_counts(spec, schemas[HELD], kind):
        tally = Tally(
            schemas[HELD], months=tuple(MonthTally(column, kind.where) for column in kind.counted_by_month)
        )
        tally.add(table)
        figures.add_counts(tally.counted_as(YEAR), YEAR, Declarations.of(declarations(case)))
        table = figures.counted[HELD].table
    found = run_check(spec, kind, View(table, figures), record)
    not_run = [f"{key.force}: {key.reason.words()}" for key, n in record.not_run.items() for _ in range(n)]
    return Outcome(list(told(found)), record.passed, record.failed, not_run, found)


def declarations(case: Mapping[str, Any]) -> Iterator[Declaration]:
    for row, made in enumerate(case.get("declared", []), start=2):
        end = date(made.get("year", YEAR), 6, 30)
        status = Status(made["status"])
        yield Declaration(made["force"], None, HELD, made["item"], None, end, status, made["reason"], "", row)


def collection(schemas: Mapping[str, ReturnSchema], forces: list[str]) -> Collection:
    known = tuple(Force(name, f"E{i:08}", "England", ()) for i, name in enumerate(forces))
    return Collection("test", "Test", YEAR, schemas, (), (), known, (), Thresholds(), {}, Path(), "")


def told(found: list[Findings]) -> Iterator[tuple[int, str | None, str, str]]:
    for findings in found:
        for i in range(len(findings)):
            yield int(findings.rows[i]), findings.column, findings.spec.code, findings.say(findings.fact(i))
