"""The road: schemas and a round in, few and well-worded queries out. Read this file first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from peelcheck.checks import Kind, Scope, View, columns_of, compile_check, run_check
from peelcheck.collection import Round, open_round
from peelcheck.compare import Comparison, compare
from peelcheck.completeness import (
    check_rows,
    missing_findings,
    missing_returns,
    returns_expected,
    sent_twice,
)
from peelcheck.declarations import Declarations
from peelcheck.figures import Figures
from peelcheck.intake import Progress, quietly, read_files
from peelcheck.model import (
    CheckRun,
    CheckSpec,
    Collection,
    FigureSet,
    Findings,
    ReadFile,
    Result,
    ReturnKind,
    ReturnSchema,
)
from peelcheck.outliers import find_outliers
from peelcheck.prepare import prepare
from peelcheck.queries import Cell, Drafts
from peelcheck.recognise import Sheet
from peelcheck.records import Tally, take_in
from peelcheck.report import report
from peelcheck.table import Return

Check = tuple[CheckSpec, Kind]


@dataclass
class Run:
    """What has come up so far on the road."""

    drafts: Drafts = field(default_factory=Drafts)
    checks: dict[str, CheckRun] = field(default_factory=dict)
    held: defaultdict[str, Counter[Cell]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, findings: Iterable[Findings]) -> None:
        """Take in what a step of the road has found."""
        for found in findings:
            self.drafts.add(found)

    def of(self, code: str) -> CheckRun:
        """The record of one check."""
        return self.checks.setdefault(code, CheckRun(code))


def validate(
    paths: Sequence[Path | str],
    *,
    collection: str | None = None,
    schemas: Path | None = None,
    progress: Progress = quietly,
) -> Result:
    """Check a round, folders or files, and word the queries.

    Args:
        paths: a round's folder, or any folders and files of returns.
        collection: hold them against this collection instead of the one that the round names.
        schemas: a folder of collections other than those that come with the program.
        progress: called as files are read and checks are run.

    Raises:
        PeelcheckError: a path, schema or round file is wrong.
        BrokenCheck: a check broke, which is a bug.
    """
    round_ = open_round([Path(path) for path in paths], collection, schemas)
    checks = compile_checks(round_.collection)
    run = Run()
    sheets, files, figures = load(round_, checks, run, progress)
    missing = missing_returns(round_.collection, sheets, figures.tables) if round_.whole else []
    run.add(missing_findings(round_.collection, missing))
    hold(checks, figures, run, progress)
    comparisons = compare_all(round_, figures)
    ask(comparisons, round_.collection, figures, run)
    return _result(round_, run, files, missing, comparisons)


def figures(
    paths: Sequence[Path | str],
    *,
    collection: str | None = None,
    schemas: Path | None = None,
    progress: Progress = quietly,
    force: str | None = None,
) -> FigureSet:
    """Every measure for all forces or one, as the report would state it. Raises as `validate`."""
    round_ = open_round([Path(path) for path in paths], collection, schemas)
    _, _, held = load(round_, (), Run(), progress)
    return report(round_.title, compare_all(round_, held), held, force)


def compile_checks(collection: Collection) -> list[Check]:
    """Every check of a collection, ready to run; raises SchemaError for one that is wrong."""
    specs = [
        *(check for schema in collection.returns.values() for check in schema.checks),
        *collection.across,
    ]
    return [(spec, compile_check(spec, collection)) for spec in specs]


def load(
    round_: Round, checks: Sequence[Check], run: Run, progress: Progress
) -> tuple[list[Sheet], list[ReadFile], Figures]:
    """Read, type and place every table, and lay out the figures; what came up on the way goes into `run`."""
    collection, declarations = round_.collection, Declarations.of(round_.declarations)
    sheets, files, found = read_files(round_.received, collection, progress)
    sheets, twice = sent_twice(sheets)
    run.add([*found, *twice])
    tables, tallies = [], []
    for name, schema in collection.returns.items():
        own = [sheet for sheet in sheets if sheet.match.name == name]
        if own and schema.records:
            tally, table = _records(schema, own, collection, checks, run)
            tallies.append(tally)
        elif own:
            table, found = prepare(schema, own, collection)
            run.add([*found, *check_rows(table, collection, declarations)])
        if own and table is not None:
            tables.append(table)
    figures = Figures.gather(collection.force_names, tables, _history(round_), declarations)
    for tally in tallies:
        for name in tally.counted:
            figures.add_counts(tally.schema.name, name, collection.year, tally.of(name))
    return sheets, files, figures


def _history(round_: Round) -> list[Return]:
    """The accepted figures of earlier rounds; nothing in them is a finding."""
    sheets, _, _ = read_files(round_.history, round_.collection, quietly)
    by_name = {name: [s for s in sheets if s.match.name == name] for name in round_.collection.returns}
    return [
        prepare(round_.collection.returns[name], own, round_.collection, past=True)[0]
        for name, own in by_name.items()
        if own
    ]


def _records(
    schema: ReturnSchema, sheets: Sequence[Sheet], collection: Collection, checks: Sequence[Check], run: Run
) -> tuple[Tally, Return | None]:
    """Take in a record-level return in pieces; checks that see a row at a time are held against each."""
    own = [(spec, kind) for spec, kind in checks if spec.return_name == schema.name]
    nothing = Figures(collection.force_names)

    def each(piece: Return) -> None:
        for spec, kind in own:
            if kind.scope is Scope.ROW:
                run.add(run_check(spec, kind, View(piece, nothing), run.of(spec.code)))

    whole = [spec for spec, kind in own if kind.scope is not Scope.ROW]
    kept = sorted({column for spec in whole for column in columns_of(spec, schema)})
    return take_in(schema, sheets, collection, run.add, each, kept)


def hold(checks: Sequence[Check], figures: Figures, run: Run, progress: Progress) -> None:
    """Hold every check against its return; one whose return did not come is not run, and says so.

    Checks that see a row at a time were held against records as they came.
    """
    for done, (spec, kind) in enumerate(checks):
        progress("checking", done, len(checks))
        table = figures.tables.get(spec.return_name or "")
        if spec.code in run.checks:
            continue
        if table is None:
            run.of(spec.code).skip(None, f"{spec.return_name} was not received")
            continue
        run.add(run_check(spec, kind, View(table, figures), run.of(spec.code)))
    progress("checking", len(checks), len(checks))


def compare_all(round_: Round, figures: Figures) -> list[Comparison]:
    """Every measure, compared over the forces that are usable."""
    declarations = Declarations.of(round_.declarations)
    return [compare(m, figures, declarations, m.years[0]) for m in round_.collection.measures]


def ask(comparisons: Sequence[Comparison], collection: Collection, figures: Figures, run: Run) -> None:
    """Find the figures that are notably different; remember which comparisons speak for a cell."""
    for comparison in comparisons:
        measure = comparison.measure
        siblings = [
            other
            for other in comparisons
            if other is not comparison
            and other.measure.numerator.return_name == measure.numerator.return_name
        ]
        found = find_outliers(comparison, siblings, figures, collection.cuts, run.of(measure.code))
        if found is not None:
            run.add([found])
        asked = set(found.forces) if found is not None else set()
        cells = [
            (f"{side.return_name}.{item}", measure.years[0])
            for side in (measure.numerator, measure.denominator)
            for item in side.items
        ]
        for i, force in enumerate(figures.forces):
            if force not in asked and comparison.compared[i]:
                run.held[force].update(cells)


def _result(
    round_: Round,
    run: Run,
    files: Sequence[ReadFile],
    missing: Sequence[tuple[str, str]],
    comparisons: Sequence[Comparison],
) -> Result:
    collection = round_.collection
    expected = len(returns_expected(collection)) if round_.whole else 0
    received = sum(
        file.force is not None
        and file.return_name is not None
        and collection.returns[file.return_name].kind is ReturnKind.RETURN
        for file in files
    )
    return Result(
        collection=collection,
        title=round_.title,
        files=tuple(files),
        checks=tuple(run.checks[code] for code in sorted(run.checks)),
        queries=run.drafts.to_queries(collection.name, run.held),
        returns_expected=expected,
        returns_received=received,
        returns_missing=tuple(missing),
        forces=tuple(sorted({file.force for file in files if file.force})),
        expected_false_queries=_expected_false(comparisons, collection),
    )


def _expected_false(comparisons: Sequence[Comparison], collection: Collection) -> float:
    """How many correct figures a round of this size would ask about, from the rates that the collection states."""
    cuts = collection.cuts
    with_history = sum(int(np.isfinite(c.changes.score).sum()) for c in comparisons)
    scored = sum(int(np.isfinite(c.peers.score).sum()) for c in comparisons)
    alone = max(scored - with_history, 0)
    return (with_history * cuts.false_with_history + alone * cuts.false_alone) / 100
