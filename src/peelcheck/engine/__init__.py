"""The road: schemas and a round in, few and well-worded queries out. Read this file first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from peelcheck.checks import compile_check
from peelcheck.comparison.force_figures import report
from peelcheck.completeness.returns import (
    missing_findings,
    missing_returns,
    missing_tables,
    returns_expected,
    returns_received,
)
from peelcheck.engine.assess import ask, compare_all, expected_false_queries, hold
from peelcheck.engine.load import load
from peelcheck.engine.state import Check, Run
from peelcheck.matching.files import Progress, quietly
from peelcheck.model import Collection, FigureSet, Findings, ReadFile, Result, ReturnKind
from peelcheck.rounds.declarations import Declarations
from peelcheck.rounds.folder import open_round
from peelcheck.rounds.forces import named_force
from peelcheck.rules.registry import refuse_unknown_rules
from peelcheck.schema import within
from peelcheck.schema.collections import COLLECTION_FILE
from peelcheck.tables.constraints import compile_patterns, refuse_pattern


def validate(
    paths: Sequence[Path | str],
    *,
    collection: str | None = None,
    schemas: Path | None = None,
    progress: Progress = quietly,
    told: Callable[[Findings], None] | None = None,
) -> Result:
    """Check a round, folders or files, and word the queries.

    Args:
        paths: a round's folder, or any folders and files of returns.
        collection: hold them against this collection instead of the one that the round names.
        schemas: a folder of collections other than those that come with the program.
        progress: called as files are read and checks are run.
        told: called with every finding as it comes; a query names only the first places.

    Raises:
        PeelcheckError: a path, schema or round file is wrong.
        BrokenCheck: a check broke, which is a bug.
    """
    round_ = open_round([Path(path) for path in paths], collection, schemas)
    asked = round_.collection
    checks, run = compile_checks(asked), Run(told=told)
    loaded = load(round_, checks, run, progress)
    declared = Declarations.of(round_.declarations)
    missing = missing_returns(asked, loaded.files, loaded.figures.tables, declared) if round_.whole else []
    run.add(missing_findings(asked, missing))
    run.add(missing_tables(asked, loaded.files) if round_.whole else ())
    hold(checks, loaded.figures, run, progress)
    comparisons = compare_all(round_, loaded.figures)
    ask(comparisons, asked, loaded.figures, run)
    owed = returns_expected(asked) if round_.whole else []
    return Result(
        collection=asked,
        title=round_.title,
        files=loaded.files,
        checks=tuple(run.checks[code] for code in sorted(run.checks)),
        queries=run.drafts.to_queries(asked.name, run.held, asked.suppliers, asked.nouns),
        returns_expected=len(owed),
        returns_received=tuple(
            returns_received(asked, loaded.files, loaded.figures.tables)
            if round_.whole
            else _returns_of(loaded.files, asked)
        ),
        returns_missing=tuple(missing),
        forces=tuple(sorted({file.force for file in loaded.files if file.force})),
        expected_false_queries=expected_false_queries(comparisons, asked),
        own=loaded.own,
    )


def _returns_of(files: Sequence[ReadFile], collection: Collection) -> list[tuple[str | None, str]]:
    """(force, return) for every force's return that the files are."""
    own = {name for name, schema in collection.returns.items() if schema.kind is ReturnKind.RETURN}
    came = {(file.force, file.return_name) for file in files if file.return_name in own}
    return [(force, name) for force, name in came if name is not None]


def figures(
    paths: Sequence[Path | str],
    *,
    collection: str | None = None,
    schemas: Path | None = None,
    progress: Progress = quietly,
    force: str | None = None,
) -> FigureSet:
    """Every measure as the report would state it, for all forces or one in any spelling. Raises as `validate`."""
    round_ = open_round([Path(path) for path in paths], collection, schemas)
    compile_checks(round_.collection)  # what is wrong in a schema stops this command too
    named = None if force is None else named_force(force, round_.collection)
    loaded = load(round_, (), Run(), progress)
    return report(round_, compare_all(round_, loaded.figures), loaded, named)


def compile_checks(collection: Collection) -> list[Check]:
    """Every check of a collection, ready to run; raises SchemaError for what is wrong in one, in a pattern or a rule."""
    refuse_unknown_rules(collection)
    if pattern := collection.code_form.pattern:
        refuse_pattern(pattern, str(collection.folder / COLLECTION_FILE), "codes.pattern")
    of_returns = (check for schema in collection.returns.values() for check in schema.checks)
    with within(collection.folder):
        for schema in collection.returns.values():
            compile_patterns(schema)
        return [(spec, compile_check(spec, collection)) for spec in (*of_returns, *collection.across)]
