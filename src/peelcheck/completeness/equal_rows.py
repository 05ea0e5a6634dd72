"""RO113: a row whose figures are all equal to another force's, unless that may well be chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from peelcheck.arrays import ObjectArray
from peelcheck.completeness.row_chance import RowChances
from peelcheck.model import CheckSpec, Findings, ReturnKind, Severity
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import ROW_OF_ANOTHER_FORCE
from peelcheck.tables.table import Return

ASKED, CERTAIN = 0.005, 1e-6
"""Equal rows are asked about if some pair of forces would have them by chance less often than this in a round; and they are
an error if less often than the second."""

Key = tuple[int, int, bytes]
"""Year, period and figures of a row: rows with the same key are equal."""


def equal_rows(table: Return, past: Return | None, forces: int) -> list[Findings]:
    """RO113: a row whose figures are all equal to another force's, or all rows of a file; one query for each force.

    It is asked about if the chance that some two of the collection's `forces` have such rows is below 0.005, and is an error
    below 0.000001. Where the accepted figures say that the earlier ones are the other force's own, that one is not asked.

    Source: docs/method.md, the chance of a tie.
    """
    if table.schema.kind is not ReturnKind.RETURN:
        return []
    chances = RowChances.of(table)
    rows = _rows_by_key(chances)
    alike = [by_force for by_force in rows.values() if len(by_force) > 1]
    if not alike:
        return []
    pairs = max(forces * (forces - 1) / 2, 1)
    same = _Equal.of(chances, rows, past, pairs)
    twins: ObjectArray = np.full(len(table), None, dtype=object)
    certain = np.zeros(len(table), dtype=bool)
    for by_force in alike:
        single = chances.chance([next(iter(by_force.values()))])  # that of every row of these
        names = sorted(by_force)
        for force, row in by_force.items():
            twins[row], certain[row] = same.twin(force, names, single)
    spec = built_in()[ROW_OF_ANOTHER_FORCE]
    weaker = replace(spec, severity=Severity.QUERY)
    there = twins != None  # noqa: E711 (elementwise)
    found = [
        _findings(table, one, twins, rows_)
        for one, rows_ in ((spec, there & certain), (weaker, there & ~certain))
    ]
    return [one for one in found if len(one)]


def _rows_by_key(chances: RowChances) -> dict[Key, dict[str, int]]:
    """The first row of each force with each key; rows of no force, and without a figure above 0, have none."""
    table = chances.table
    found: dict[Key, dict[str, int]] = {}
    for row in _with_figures(chances):
        key = int(table.years[row]), int(table.periods[row]), chances.figures[:, row].tobytes()
        found.setdefault(key, {}).setdefault(table.forces[row], row)
    return found


def _with_figures(chances: RowChances) -> list[int]:
    some = (chances.figures > 0).any(axis=0) & (chances.table.forces != "")
    found: list[int] = np.flatnonzero(some).tolist()
    return found


class _Equal(Struct, frozen=True):
    """The rows of all forces, and which forces have all rows in common, found without looking at every pair.

    `rows` are each force's rows by key. `whole` are the forces that have all of a force's rows and no others (none
    for a force with two equal rows), and `together` is the chance of all rows of such a force. `accepted` says
    whether the figures of each row are those accepted (True) or not (False); rows of which nothing is known are
    left out.
    """

    rows: Mapping[str, Mapping[Key, int]]
    whole: Mapping[str, Sequence[str]]
    together: Mapping[str, float]
    accepted: Mapping[str, Mapping[Key, bool]]
    pairs: float

    @classmethod
    def of(
        cls, chances: RowChances, rows: Mapping[Key, Mapping[str, int]], past: Return | None, pairs: float
    ) -> _Equal:
        by_force: dict[str, dict[Key, int]] = {}
        for key, own in rows.items():
            for force, row in own.items():
                by_force.setdefault(force, {})[key] = row
        sent = Counter(chances.table.forces[row] for row in _with_figures(chances))
        sharing: dict[frozenset[Key], list[str]] = {}
        for force in sorted(by_force):
            if sent[force] == len(by_force[force]):
                sharing.setdefault(frozenset(by_force[force]), []).append(force)
        whole = {force: forces for forces in sharing.values() if len(forces) > 1 for force in forces}
        together = {force: chances.chance(sorted(by_force[force].values())) for force in whole}
        known = {} if past is None else _as_accepted(chances, by_force, past)
        return cls(by_force, whole, together, known, pairs)

    def twin(self, force: str, alike: Sequence[str], single: float) -> tuple[str | None, bool]:
        """The first other force that a row is asked about, None if it may well be chance; and whether it is certain.

        The chance is that of all rows of the two together if they have no others, else that of the row alone, `single`.
        """
        whole, together = self.whole.get(force, ()), self.together.get(force, 1.0)
        twin = None
        if single * self.pairs < ASKED:
            twin = self._unproved(force, alike)
        elif together * self.pairs < ASKED:
            twin = self._unproved(force, whole)
        if twin is None:
            return None, False
        if single * self.pairs < CERTAIN:
            return twin, True
        return twin, together * self.pairs < CERTAIN and self._unproved(force, whole) is not None

    def _unproved(self, force: str, others: Iterable[str]) -> str | None:
        """The first of the other forces against which the past does not say that the figures are the force's own."""
        return next((o for o in others if o != force and not self._proved(force, o)), None)

    def _proved(self, force: str, other: str) -> bool:
        """Whether the figures are the force's own: its accepted ones are the same, and the other force's are not."""
        theirs = self.accepted.get(other, {})
        return any(
            own and key in self.rows[other] and theirs.get(key) is False
            for key, own in self.accepted.get(force, {}).items()
        )


def _as_accepted(
    chances: RowChances, by_force: Mapping[str, Mapping[Key, int]], past: Return
) -> dict[str, dict[Key, bool]]:
    """Whether each row's figures are those accepted for the force; rows of which none are known are left out."""
    place: dict[tuple[str, int, int], int] = {}
    for at, known in enumerate(
        zip(past.forces.tolist(), past.years.tolist(), past.periods.tolist(), strict=True)
    ):
        place.setdefault(known, at)
    accepted = np.array([past.values[f.name] for f in chances.table.schema.items], dtype=np.float64)
    found: dict[str, dict[Key, bool]] = {}
    for force, rows in by_force.items():
        for key, row in rows.items():
            at = place.get((force, *key[:2]), -1)
            both = ~np.isnan(accepted[:, at]) & ~np.isnan(chances.figures[:, row]) if at >= 0 else None
            if both is not None and both.any():
                same = accepted[both, at] == chances.figures[both, row]
                found.setdefault(force, {})[key] = bool(same.all())
    return found


def _findings(table: Return, spec: CheckSpec, twins: ObjectArray, equal: Any) -> Findings:
    def say(fact: Mapping[str, Any]) -> str:
        return f"Every figure in this row is the same as in the row for {fact['other']}."

    suspects = tuple(f"{table.schema.name}.{f.name}" for f in table.schema.items)
    found = table.findings(spec, None, equal, say, {"other": twins}, suspects=suspects)
    return _one_a_force(replace(found, related_forces=found.facts["other"]))


def _one_a_force(found: Findings) -> Findings:
    """The findings as one query for each force, about its latest period."""
    _, first, which = np.unique(found.forces.astype(str), return_index=True, return_inverse=True)
    latest = found.period_ends[first]
    np.maximum.at(latest, which, found.period_ends)
    return replace(found, period_ends=latest[which])
