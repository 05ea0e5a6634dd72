"""The files of a round, in memory: made from the world, spoiled by the faults, then written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from peelcheck.model import Collection, Period, ReturnKind, ReturnSchema
from tools.make_sample.declared import declarations, given
from tools.make_sample.published import CODES, FORCES, YEARS, accepted_asb
from tools.make_sample.world import World

Row = dict[str, str]
LINES = "\r\n"
MARKERS = ("", "..", "[x]")


@dataclass
class File:
    """A table before it is written; a fault may change rows, headings, encoding, separator or what stands above."""

    columns: list[str]
    rows: list[Row]
    encoding: str = "utf-8"
    delimiter: str = ","
    above: list[str] = field(default_factory=list)

    def content(self) -> bytes:
        """The file as bytes."""
        text = io.StringIO()
        text.writelines(line + LINES for line in self.above)
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator=LINES)
        writer.writerow(self.columns)
        writer.writerows([row.get(name, "") for name in self.columns] for row in self.rows)
        return text.getvalue().encode(self.encoding)


Files = dict[str, File]
"""Path in the round → file."""


def make_files(world: World, collection: Collection, seed: int) -> Files:
    """The round without faults."""
    random = np.random.default_rng(seed + 1)
    files: Files = {}
    for schema in collection.returns.values():
        if schema.optional:
            continue
        if schema.records:
            files[f"inspection/{schema.name}.csv"] = File(list(schema.columns), list(_case_files(random)))
        elif schema.kind is ReturnKind.RETURN:
            for force in FORCES:
                rows = list(_rows(schema, force, world, _owed(schema)))
                files[f"returns/{slug(force)}/{schema.name}.csv"] = File(list(schema.columns), rows)
        elif schema.name == "survey_responses":
            files[f"inspection/{schema.name}.csv"] = File(list(schema.columns), list(_surveys(random)))
        else:
            rows = [row for force in FORCES for row in _rows(schema, force, world, _owed(schema))]
            files[f"reference/{schema.name}.csv"] = File(list(schema.columns), rows)
    files |= _history(world, collection)
    return files


def slug(force: str) -> str:
    """The folder of a force."""
    return force.lower().replace(" ", "-")


def _owed(schema: ReturnSchema) -> Mapping[Period, tuple[int, ...]]:
    """The periods of a return and the years for which each is owed, the most recent first."""
    owed: dict[Period, set[int]] = {}
    for item in schema.items:
        if item.period is not None:
            owed.setdefault(item.period, set()).update(item.years)
    return {period: tuple(sorted(years, reverse=True)) for period, years in owed.items()}


def _rows(
    schema: ReturnSchema, force: str, world: World, owed: Mapping[Period, tuple[int, ...]], past: bool = False
) -> Iterator[Row]:
    for period, years in owed.items():
        for year in years:
            start, end = period.dates(year)
            if period.floating:
                start = end = date(year, 9, 1)
            row = {
                "force": force,
                "force_code": CODES[force],
                "period_start": start.isoformat(),
                "period_end": end.isoformat(),
            }
            for item in schema.items:
                if item.period == period and (past or year in item.years):
                    row[item.name] = _cell(schema.name, force, item.name, year, world, past)
            yield row


def _cell(return_name: str, force: str, item: str, year: int, world: World, past: bool) -> str:
    i = FORCES.index(force)
    if not given(return_name, force, item, year):
        return "" if past else MARKERS[i % len(MARKERS)]
    column = YEARS.index(year + (return_name == "population"))
    return str(int(world[f"{return_name}.{item}"][i, column]))


def _history(world: World, collection: Collection) -> Files:
    """What was accepted in earlier rounds: the three years before this one."""
    past = world | {"antisocial_behaviour.asb_incidents": accepted_asb()}
    files: Files = {}
    for schema in collection.returns.values():
        if (
            schema.records
            or schema.optional
            or schema.kind is ReturnKind.INSPECTION
            or schema.name == "sex_offenders"
        ):
            continue
        earlier = YEARS[1:] if schema.name != "population" else tuple(year - 1 for year in YEARS[1:])
        owed = dict.fromkeys(_owed(schema), earlier)
        items = [item.name for item in schema.items if len(item.years) > 1]
        rows = [row for force in FORCES for row in _rows(schema, force, past, owed, past=True)]
        columns = [name for name in schema.columns if name in items or not schema[name].is_item]
        files[f"history/{schema.name}.csv"] = File(columns, rows)
    return files


def _surveys(random: np.random.Generator) -> Iterator[Row]:
    for i, force in enumerate(FORCES):
        staff = {0: 16, 1: 1678}.get(i, int(random.integers(40, 900)))
        yield {
            "force": force,
            "force_code": CODES[force],
            "period_start": "2017-07-01",
            "period_end": "2017-08-31",
            "staff_survey": str(staff),
            "public_survey": str({0: 300, 1: 321}.get(i, int(random.integers(300, 322)))),
        }


_CRIME_TYPES = (
    "theft from person",
    "rape including attempts",
    "stalking",
    "harassment",
    "common assault",
    "grievous bodily harm",
    "actual bodily harm",
)


def _case_files(random: np.random.Generator) -> Iterator[Row]:
    number = 0
    for force in FORCES:
        files = 90 if force in ("Metropolitan Police", "West Midlands", "West Yorkshire") else 60
        for i in range(files):
            number += 1
            recorded = np.datetime64("2017-01-01") + np.timedelta64(int(random.integers(0, 90)), "D")
            yield {
                "force": force,
                "force_code": CODES[force],
                "case_reference": f"CF/2017/{number:04}",
                "crime_type": _CRIME_TYPES[i % len(_CRIME_TYPES)],
                "date_committed": str(recorded - np.timedelta64(int(random.integers(0, 40)), "D")),
                "date_recorded": str(recorded),
                "victim_needs_assessed": str(
                    random.choice(["yes", "no", "not applicable"], p=[0.7, 0.2, 0.1])
                ),
                "supervised": str(random.choice(["yes", "no"], p=[0.75, 0.25])),
                "effective": str(random.choice(["yes", "no"], p=[0.8, 0.2])),
            }


def write_round(files: Files, folder: Path) -> None:
    """Write a round; returns, reference, inspection and history folders are written afresh."""
    for path, file in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content())
    with (folder / "declarations.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(
            ("force", "with", "return", "item", "measure", "period_end", "status", "reason", "source")
        )
        writer.writerows(declared.cells() for declared in declarations())
    (folder / "round.yaml").write_text(
        "collection: peel-2017\ntitle: PEEL effectiveness 2017, sample round (illustrative)\ndate: 2017-10-31\n",
        encoding="utf-8",
    )
