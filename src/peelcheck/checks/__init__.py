"""Checks of consistency: one module a *kind*, listed here; what is checked stands in the schemas.

To add a kind, write a frozen struct that is a `protocol.Kind` in a module of its own and list it in `KINDS`.
"""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from peelcheck.checks.compiling import compiled
from peelcheck.checks.kinds.at_most import AtMost
from peelcheck.checks.kinds.date_order import DateOrder
from peelcheck.checks.kinds.not_same_as import NotSameAs
from peelcheck.checks.kinds.one_per_group import OnePerGroup
from peelcheck.checks.kinds.own_past import OwnPast
from peelcheck.checks.kinds.parts_present import PartsPresent
from peelcheck.checks.kinds.ratio_between import RatioBetween
from peelcheck.checks.kinds.restated import Restated
from peelcheck.checks.kinds.rows_per_force import RowsPerForce
from peelcheck.checks.kinds.same_as_last_year import SameAsLastYear
from peelcheck.checks.kinds.steady import Steady
from peelcheck.checks.kinds.sums_to import SumsTo
from peelcheck.checks.kinds.unexpected_zero import UnexpectedZero
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.errors import BrokenCheck
from peelcheck.model import CheckRun, CheckSpec, Collection, Findings, ReturnKind, ReturnSchema
from peelcheck.model.file_findings import at_places
from peelcheck.schema.entries import Entry, did_you_mean, shown

__all__ = ["KINDS", "Judgement", "Kind", "Scope", "View", "columns_of", "compile_check", "run_check"]

KINDS: dict[str, type[Kind]] = {
    "at_most": AtMost,
    "date_order": DateOrder,
    "not_same_as": NotSameAs,
    "one_per_group": OnePerGroup,
    "own_past": OwnPast,
    "parts_present": PartsPresent,
    "ratio_between": RatioBetween,
    "restated": Restated,
    "rows_per_force": RowsPerForce,
    "same_as_last_year": SameAsLastYear,
    "steady": Steady,
    "sums_to": SumsTo,
    "unexpected_zero": UnexpectedZero,
}


_MANY_ROWS = 10


def compile_check(spec: CheckSpec, collection: Collection) -> Kind:
    """Turn a check as written into one that runs.

    Raises:
        SchemaError: the kind or one of its parameters is not known, is missing, has the wrong type, or names a column
            that is not there.
    """
    if spec.kind not in KINDS:
        where = Entry(spec.file, f"{spec.key}.kind", spec.kind)
        where.refuse(f"there is no kind of check {shown(spec.kind)}{did_you_mean(spec.kind, KINDS)}")
    return compiled(spec, KINDS[spec.kind], collection)


def columns_of(spec: CheckSpec, schema: ReturnSchema) -> set[str]:
    """The columns of a return that a check names."""
    named: set[str] = set()
    for value in spec.parameters.values():
        named.update(
            item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)
        )
    return {"force", *named} & set(schema.columns)


def run_check(spec: CheckSpec, kind: Kind, view: View, run: CheckRun) -> list[Findings]:
    """Run one check on a return; how often it passed, failed or was not run is added to `run`.

    Raises:
        BrokenCheck: the check itself broke, which is a bug.
    """
    found = []
    try:
        for judgement in kind.judge(view):
            run.passed += int(np.count_nonzero(judgement.runs & ~judgement.failed))
            run.failed += int(np.count_nonzero(judgement.failed)) + len(judgement.absent)
            _note_not_run(judgement, view, run)
            if judgement.failed.any():
                one = _findings(spec, kind, judgement, view)
                found.append(_as_one(one) if _of_a_column(judgement, view) else one)
            if judgement.absent:
                found.append(at_places(spec, view.table.schema.name, judgement.item, judgement.absent))
    except Exception as error:
        raise BrokenCheck(spec.code, f"{type(error).__name__}: {error}") from error
    return found


def _findings(spec: CheckSpec, kind: Kind, judgement: Judgement, view: View) -> Findings:
    found = view.table.findings(
        spec, judgement.item, judgement.failed, kind.say, judgement.facts, suspects=judgement.suspects
    )
    at = np.flatnonzero(judgement.failed)
    others = (view.cells(item, at) for item in judgement.pair if item != judgement.item)
    more = judgement.more_suspects
    return replace(
        found,
        beside=tuple(cells for cells in others if cells),
        facts_of_others=kind.facts_of_others,
        more_suspects=None if more is None else more[at],
    )


def _of_a_column(judgement: Judgement, view: View) -> bool:
    """Whether most rows of a table of others failed, ten or more: one mistake of those who supply it, not of each force."""
    failed, run = np.count_nonzero(judgement.failed), np.count_nonzero(judgement.runs)
    of_others = view.table.schema.kind is not ReturnKind.RETURN and not view.table.schema.records
    return bool(of_others and failed >= _MANY_ROWS and 2 * failed > run)


def _as_one(found: Findings) -> Findings:
    """The findings as one query, about no force in particular."""
    return replace(found, forces=np.full(len(found), None, dtype=object), by_period=False)


def _note_not_run(judgement: Judgement, view: View, run: CheckRun) -> None:
    """Count the rows in which the check was not run, with their reasons."""
    skipped = np.flatnonzero(judgement.required & ~judgement.runs)
    for position, n in view.alike(skipped, judgement.needs):
        force = view.table.forces[position] or None
        run.skip(force, view.why_not(position, judgement.needs) or judgement.lacking, n)
