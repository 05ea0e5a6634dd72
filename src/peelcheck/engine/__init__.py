"""The steps of a run: from schemas and a round to queries. Read this file first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from peelcheck.checks import compile_check
from peelcheck.comparison.force_figures import report as figures_of
from peelcheck.completeness.returns import (
    missing_findings,
    missing_returns,
    missing_tables,
    returns_expected,
    returns_received,
    sent_nothing,
)
from peelcheck.engine.accepting import unmatched_note
from peelcheck.engine.assess import compare_all, expected_false_queries, find_all_outliers, run_checks
from peelcheck.engine.given import only_given
from peelcheck.engine.lines import with_letters, with_lines
from peelcheck.engine.load import load
from peelcheck.engine.own_figures import own_figure_of
from peelcheck.engine.self_check import only_own, open_files, owing_forces
from peelcheck.engine.state import Check, RunState
from peelcheck.matching.files import Progress, quietly
from peelcheck.model import Collection, FigureSet, Findings, ReadFile, Result, ReturnKind
from peelcheck.queries.accepted import apply
from peelcheck.queries.queries import Drafts
from peelcheck.rounds.accepted_file import read_accepted
from peelcheck.rounds.declarations import Declarations
from peelcheck.rounds.folder import LARGEST_FILE, is_given_of, none_own, open_round
from peelcheck.rounds.forces import named_force
from peelcheck.rounds.given import ACCEPTED
from peelcheck.rounds.self_check import Material
from peelcheck.rules.registry import refuse_unknown_rules
from peelcheck.schema import within
from peelcheck.schema.collections import COLLECTION_FILE
from peelcheck.schema.problems import each
from peelcheck.tables.constraints import compile_patterns, refuse_pattern


def validate(
    paths: Sequence[Path | str],
    *,
    collection: str | None = None,
    schemas: Path | None = None,
    progress: Progress = quietly,
    on_findings: Callable[[Findings], None] | None = None,
    is_own: Callable[[Path], bool] = none_own,
    max_file_size: int = LARGEST_FILE,
    as_of: date | None = None,
    alone: bool = False,
    material: Material | None = None,
    accepted: Path | None = None,
    names: Mapping[Path, str] | None = None,
    lines: bool = True,
) -> Result:
    """Validate a round, folders or files, and draft the queries.

    Args:
        paths: a round's folder, or any folders and files of returns.
        collection: validate them against this collection instead of the one that the round names.
        schemas: a folder of collections other than those that come with the program.
        progress: called as files are read and checks are run.
        on_findings: called with the findings of each check as they are made; a query names only the first places.
        is_own: whether a file is one of the program's own results, which are not taken for returns.
        max_file_size: in bytes; a larger file is not read, which is a finding.
        as_of: the day for which it is decided whether returns are late; by default that of the round, else today.
        alone: check files and folders of a round by themselves, instead of with their round.
        material: what a force has to check its own files with; they are then checked by themselves.
        accepted: a file of queries that were accepted, instead of the round's own.
        names: what some files are called instead of by their paths.
        lines: find the line of each location, for which the files with queries are read once more.

    Raises:
        PeelcheckError: a path, schema, round file or context is wrong.
        BrokenCheck: a check broke, which is a bug.
    """
    round_ = open_files(
        [Path(path) for path in paths], collection, schemas, is_own, alone=alone, material=material
    )
    called = tuple(
        replace(file, name=names[file.path]) if names and file.path in names else file
        for file in round_.received
    )
    round_ = replace(round_, largest=max_file_size, received=called)
    required = round_.collection
    checks = compile_checks(required)
    state = RunState(Drafts(is_given_of(round_)), on_findings=on_findings)
    loaded = load(round_, checks, state, progress)
    declared = Declarations.of(round_.declarations)
    owing = owing_forces(round_)
    missing = missing_returns(required, loaded.files, loaded.figures.tables, declared) if owing else []
    missing = [pair for pair in missing if pair[0] in owing]
    received = returns_received(required, loaded.files, loaded.figures.tables) if owing else []
    nothing = sent_nothing(missing, received, loaded.files)
    today = as_of or round_.day or (date.today() if round_.whole else None)
    awaited = nothing if today and round_.due and today <= round_.due else []
    missing = [pair for pair in missing if pair[0] not in awaited]
    state.add(missing_findings(required, missing, nothing))
    state.add(missing_tables(required, loaded.files) if round_.whole else ())
    run_checks(checks, loaded.figures, state, progress)
    comparisons = compare_all(round_, loaded.figures)
    find_all_outliers(comparisons, required, loaded.figures, state)
    owed = [pair for pair in returns_expected(required) if pair[0] in owing]
    queries = state.drafts.to_queries(
        required.name,
        state.support,
        required.suppliers,
        required.nouns,
        own_figure_of(loaded.figures, required),
    )
    acceptances = round_.accepted if accepted is None else read_accepted(accepted, required)
    queries = with_letters(queries, loaded.files)
    if lines:
        queries = with_lines(queries, (*round_.received, *round_.history), required)
    known = apply(queries, acceptances, today)
    file = ACCEPTED if accepted is None else accepted.as_posix()
    gone = unmatched_note(known.unmatched, file, required) if round_.given is None else ()
    expected = expected_false_queries(comparisons, required, state.checks)
    result = Result(
        collection=required,
        title=round_.title,
        files=loaded.files,
        checks=tuple(state.checks[code] for code in sorted(state.checks)),
        queries=(*known.queries, *gone),
        returns_expected=len(owed),
        returns_received=tuple(received if owing else _returns_of(loaded.files, required)),
        returns_missing=tuple(missing),
        forces=tuple(sorted({file.force for file in loaded.files if file.force})),
        expected_false_queries=expected.middle,
        expected_false_range=(expected.low, expected.high),
        own=loaded.own,
        alone=not round_.whole,
        day=today,
        due=round_.due,
        awaited=tuple(awaited),
        base=_base(paths, round_.folder),
        accepted=known.accepted,
        proposals=loaded.proposals,
        has_context=material is not None and material.is_given,
    )
    if round_.force is not None:
        return only_own(result, round_)
    return result if round_.given is None else only_given(result, round_.given)


def _base(paths: Sequence[Path | str], folder: Path | None) -> str:
    """What stands before the names of files so that they are paths from the current folder; "" if they are."""
    one = Path(paths[0]) if len(paths) == 1 else None
    root = folder or (one if one is not None and one.is_dir() else None)
    if root is None:
        return ""
    if root.is_absolute() and root.is_relative_to(Path.cwd()):
        root = root.relative_to(Path.cwd())
    return "" if root == Path() else f"{root.as_posix().rstrip('/')}/"


def _returns_of(files: Sequence[ReadFile], collection: Collection) -> list[tuple[str | None, str]]:
    """(force, return) for every force's return that the files are."""
    own = {name for name, schema in collection.returns.items() if schema.kind is ReturnKind.RETURN}
    received = {(file.force, file.return_name) for file in files if file.return_name in own}
    return [(force, name) for force, name in received if name is not None]


def figures(
    paths: Sequence[Path | str],
    *,
    collection: str | None = None,
    schemas: Path | None = None,
    progress: Progress = quietly,
    force: str | None = None,
    is_own: Callable[[Path], bool] = none_own,
    max_file_size: int = LARGEST_FILE,
) -> FigureSet:
    """Every measure as the report would state it, for all forces or one in any spelling. Raises as `validate`."""
    round_ = open_round([Path(path) for path in paths], collection, schemas, is_own)
    round_ = replace(round_, largest=max_file_size)
    compile_checks(round_.collection)  # what is wrong in a schema stops this command too
    named = None if force is None else named_force(force, round_.collection)
    loaded = load(round_, (), RunState(), progress)
    return figures_of(round_, compare_all(round_, loaded.figures), loaded, named)


def compile_checks(collection: Collection) -> list[Check]:
    """Every check of a collection, ready to run; raises SchemaError for what is wrong in one, in a pattern or a rule."""
    refuse_unknown_rules(collection)
    if pattern := collection.code_form.pattern:
        refuse_pattern(pattern, str(collection.folder / COLLECTION_FILE), "codes.pattern")
    of_returns = (check for schema in collection.returns.values() for check in schema.checks)
    with within(collection.folder):
        each(compile_patterns, collection.returns.values())
        return each(lambda spec: (spec, compile_check(spec, collection)), (*of_returns, *collection.across))
