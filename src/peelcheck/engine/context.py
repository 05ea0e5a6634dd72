"""A round → the contexts of its forces: what each needs to check its own files, and nothing about any other force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from peelcheck.engine.load import load
from peelcheck.engine.state import RunState
from peelcheck.errors import UsageError
from peelcheck.matching.files import Progress, quietly
from peelcheck.model import Collection, Declaration, ReturnKind, ReturnSchema, Status
from peelcheck.model.returns import NUMBERS
from peelcheck.rounds.context import EARLIEST, Context, Row, Tables
from peelcheck.rounds.folder import open_round
from peelcheck.rounds.forces import named_force
from peelcheck.tables.figures import Column, Figures

Columns = Mapping[tuple[str, int], Column]
"""Figures by ref and year."""


def contexts(
    path: Path,
    forces: Sequence[str] | None,
    *,
    collection: str | None = None,
    schemas: Path | None = None,
    progress: Progress = quietly,
) -> list[Context]:
    """The context of each force.

    Args:
        path: a round's folder.
        forces: their names in any spelling; None for all forces.
        collection: as for `validate`.
        schemas: as for `validate`.
        progress: as for `validate`.

    Raises:
        PeelcheckError: as `validate`; or the path is no round.
    """
    round_ = open_round([path], collection, schemas)
    if not round_.whole:
        raise UsageError(
            f"{path}: is not a round (it has no round.yaml), so it has no accepted figures to hand out"
        )
    required = round_.collection
    names = required.force_names if forces is None else [named_force(name, required) for name in forces]
    public = tuple(file for file in round_.received if file.kind is ReturnKind.REFERENCE)
    figures = load(replace(round_, received=public), (), RunState(), progress).figures
    slugs = {force.name: force.slug for force in required.forces}
    return [
        Context(
            force=force,
            slug=slugs[force],
            collection=required.name,
            schemas=f"sha256:{required.sha256}",
            title=round_.title,
            history=_tables(figures, figures.accepted, required, force),
            declarations=tuple(
                _about(one, force) for one in round_.declarations if force in (one.force, one.partner)
            ),
            reference=_tables(figures, figures.current, required, force),
        )
        for force in dict.fromkeys(names)
    ]


def _about(declared: Declaration, force: str) -> Declaration:
    """A declaration as this force may see it: what another force gave as its reason stays with that force."""
    if declared.force == force or declared.status is not Status.COMBINED:
        return declared
    return replace(declared, reason="one figure for both", source="")


def _tables(figures: Figures, columns: Columns, collection: Collection, force: str) -> Tables:
    """A force's rows of every table, from the columns of `figures`; periods without any figure have no row."""
    at = figures.forces.index(force)
    tables = {}
    for name, schema in collection.returns.items():
        years = sorted({year for ref, year in columns if ref.startswith(f"{name}.")}, reverse=True)
        rows = [
            row
            for year in years
            if collection.year - EARLIEST <= year <= collection.year
            for row in _rows(columns, schema, year, at)
        ]
        if rows:
            tables[name] = tuple(rows)
    return tables


def _rows(columns: Columns, schema: ReturnSchema, year: int, at: int) -> Iterator[Row]:
    """A row for each period of a table in a year."""
    for period in dict.fromkeys(item.period for item in schema.items if item.period is not None):
        start, end = period.dates(year)
        figures = {
            item.name: None
            if np.isnan(value := columns[f"{schema.name}.{item.name}", year].value[at])
            else float(value)
            for item in schema.items
            if item.period == period
            and item.type in NUMBERS
            and (f"{schema.name}.{item.name}", year) in columns
        }
        if any(figure is not None for figure in figures.values()):
            yield Row(end if period.kind == "as_at" else start, end, figures)
