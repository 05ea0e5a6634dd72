"""Checks of consistency: one module a *kind*, listed here; what is checked stands in the schemas.

To add a kind, write a frozen struct that is a `protocol.Kind` in a module of its own and list it in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec.structs import replace

from peelcheck.arrays import BoolArray
from peelcheck.checks.compiling import compiled, named_in, names_counts
from peelcheck.checks.kinds.at_least_one_of import AtLeastOneOf
from peelcheck.checks.kinds.at_most import AtMost
from peelcheck.checks.kinds.complete_months import CompleteMonths
from peelcheck.checks.kinds.date_order import DateOrder
from peelcheck.checks.kinds.not_same_as import NotSameAs
from peelcheck.checks.kinds.one_per_group import OnePerGroup
from peelcheck.checks.kinds.own_past import OwnPast
from peelcheck.checks.kinds.parts_present import PartsPresent
from peelcheck.checks.kinds.ratio_between import RatioBetween
from peelcheck.checks.kinds.required_when import RequiredWhen
from peelcheck.checks.kinds.restated import Restated
from peelcheck.checks.kinds.rows_per_force import RowsPerForce
from peelcheck.checks.kinds.same_as_last_year import SameAsLastYear
from peelcheck.checks.kinds.steady import Steady
from peelcheck.checks.kinds.sums_to import SumsTo
from peelcheck.checks.kinds.unexpected_zero import UnexpectedZero
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.errors import BrokenCheck
from peelcheck.model import CheckRun, CheckSpec, Collection, Findings, Reason, ReturnKind, ReturnSchema
from peelcheck.model.file_findings import at_places
from peelcheck.schema.entries import Entry, did_you_mean, shown
from peelcheck.tables.conditions import matching

__all__ = [
    "KINDS",
    "Judgement",
    "Kind",
    "Scope",
    "View",
    "columns_of",
    "compile_check",
    "is_of_counts",
    "run_check",
]

KINDS: dict[str, type[Kind]] = {
    "at_least_one_of": AtLeastOneOf,
    "at_most": AtMost,
    "complete_months": CompleteMonths,
    "date_order": DateOrder,
    "not_same_as": NotSameAs,
    "one_per_group": OnePerGroup,
    "own_past": OwnPast,
    "parts_present": PartsPresent,
    "ratio_between": RatioBetween,
    "required_when": RequiredWhen,
    "restated": Restated,
    "rows_per_force": RowsPerForce,
    "same_as_last_year": SameAsLastYear,
    "steady": Steady,
    "sums_to": SumsTo,
    "unexpected_zero": UnexpectedZero,
}


_MANY_ROWS = 10
"""From so many rows of a table of others on, a check that most of them fail is about the table, not about each force."""


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
    return {"force", *named_in(spec)} & set(schema.columns)


def is_of_counts(spec: CheckSpec, schema: ReturnSchema, kind: Kind) -> bool:
    """Whether a check of a record-level return is about what is counted from its records, not about the records."""
    return kind.scope is Scope.MONTHS or names_counts(spec, schema)


def run_check(spec: CheckSpec, kind: Kind, view: View, run: CheckRun) -> list[Findings]:
    """Run one check on a return; how often it passed, failed or was not run is added to `run`.

    Raises:
        BrokenCheck: the check itself broke, which is a bug.
    """
    found = []
    try:
        view, limited = _chosen(kind, view, run)
        for judgement in map(limited, kind.judge(view)):
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


def _chosen(kind: Kind, view: View, run: CheckRun) -> tuple[View, Callable[[Judgement], Judgement]]:
    """What a check sees if only rows that meet its conditions are checked, and what then is left of each of its judgements.

    A check that sees a row at a time judges all rows, and what it makes of the others is left out. Any other check sees the
    rows that meet the conditions and nothing else. (Records were counted by month under their conditions.) A row of which it
    is not known whether it meets them counts as not run.
    """
    if not kind.where or kind.scope is Scope.MONTHS:
        return view, lambda judgement: judgement
    matches, unknown = matching(view.table, kind.where)
    needs = tuple(column for column, _ in kind.where)
    if kind.scope is not Scope.ROW:
        _note(view, view.table.known & unknown, needs, run)
        return View(view.table.only(matches), view.figures), lambda judgement: judgement

    def limited(judgement: Judgement) -> Judgement:
        _note(view, judgement.required & unknown, needs, run)
        return replace(
            judgement,
            required=judgement.required & matches,
            runs=judgement.runs & matches,
            failed=judgement.failed & matches,
        )

    return view, limited


def _note_not_run(judgement: Judgement, view: View, run: CheckRun) -> None:
    """Count the rows in which the check was not run, with their reasons."""
    _note(view, judgement.required & ~judgement.runs, judgement.needs, run, judgement.lacking)


def _note(
    view: View, skipped: BoolArray, needs: tuple[str, ...], run: CheckRun, lacking: Reason | None = None
) -> None:
    """Count rows in which a check was not run, each with what it lacks of its needs, or else with what it is `lacking`."""
    for position, n in view.alike(np.flatnonzero(skipped), needs):
        why = view.why_not(position, needs) or lacking
        if why is not None:
            run.skip(view.table.forces[position] or None, why, n)
