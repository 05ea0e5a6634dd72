"""A force checks its own files: whose they are, and which part of the result is about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from pathlib import Path

from msgspec.structs import replace

from peelcheck.engine.load import load
from peelcheck.engine.state import RunState
from peelcheck.matching.files import quietly
from peelcheck.model import Result
from peelcheck.rounds.folder import Round, none_own, open_round
from peelcheck.rounds.self_check import Material, force_of, with_material


def open_files(
    paths: Sequence[Path],
    collection: str | None = None,
    schemas: Path | None = None,
    is_own: Callable[[Path], bool] = none_own,
    *,
    alone: bool = False,
    material: Material | None = None,
) -> Round:
    """A round, a part of one, or files on their own; with `material`, files on their own as those of one force.

    Raises:
        PeelcheckError: as `open_round` and `with_material`.
    """
    if material is None or not material.is_given:
        return open_round(paths, collection, schemas, is_own, alone=alone)
    round_ = open_round(paths, collection, schemas, is_own)
    return with_material(round_, material, None if round_.whole else force_of(round_) or _named_in(round_))


def _named_in(round_: Round) -> str | None:
    """The force that all rows of the files name; None if they name several, or none."""
    files = load(round_, (), RunState(), quietly).files
    named = {force for file in files for force in file.forces}
    return next(iter(named)) if len(named) == 1 else None


def owing_forces(round_: Round) -> Set[str]:
    """The forces whose returns are expected: of a round all, of a force's own files itself, else none."""
    if round_.force is not None:
        return {round_.force}
    return set(round_.collection.force_names) if round_.whole else set()


def only_own(result: Result, round_: Round) -> Result:
    """What is about the force's own files; the tables to compare with are no part of it."""
    own = (round_.force, None)
    return replace(
        result,
        title=f"Files of {round_.force}, checked with its context",
        files=tuple(file for file in result.files if file.path not in round_.beside),
        queries=tuple(
            query
            for query in result.queries
            if query.force in own and query.return_name not in result.collection.suppliers
        ),
        returns_received=tuple(pair for pair in result.returns_received if pair[0] == round_.force),
        forces=tuple(force for force in result.forces if force == round_.force),
    )
