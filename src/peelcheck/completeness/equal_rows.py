"""RO113: a row whose figures are all equal to another force's, unless that may well be chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from peelcheck.arrays import FloatArray, ObjectArray
from peelcheck.model import CheckSpec, Findings, ReturnKind, Severity
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import ROW_OF_ANOTHER_FORCE
from peelcheck.statistics import median_deviation, tie_chance
from peelcheck.tables.table import Return

ASKED, CERTAIN = 0.005, 1e-6
"""Equal rows are asked about if some pair of forces would have them by chance less often than this in a round; and they are
an error if less often than the second."""
_SPREAD = 0.5
"""Standard deviation of a figure between forces on the log scale, where too few have one to tell. A small one: forces that
are alike are more often equal by chance."""
_ENOUGH = 8
"""Forces with a figure above 0 from which a spread is told."""
_OTHER_YEAR = 0.1
"""Standard deviation of a figure of another year, given that of this year: forces that were equal once stay alike."""
Common = Mapping[tuple[str, str], Sequence[tuple[int, int]]]
"""For two forces the positions of their rows that are equal: the first force's, and the second's."""


class _Rows(Struct, frozen=True):
    """The required figures of a return: one row for each item, one column for each row of the table; NaN for none."""

    table: Return
    figures: FloatArray

    @classmethod
    def of(cls, table: Return) -> _Rows:
        owed = [np.where(table.due(f.name), table.values[f.name], np.nan) for f in table.schema.items]
        return cls(table, np.array(owed))

    def of_force(self, force: str) -> set[int]:
        """The force's rows that have a figure above 0."""
        above = (self.figures > 0).any(axis=0)
        return set(np.flatnonzero((self.table.forces == force) & above).tolist())

    def chance(self, rows: Sequence[int]) -> float:
        """The chance that another force has the figures of these rows.

        The product over the figures: the largest one has the spread of that item between forces, the others that of their
        ratio to the largest one, since forces of one size have figures of one size. Totals say nothing beside their parts,
        nor does a 0 beyond how many forces have one. Rows of other years add what changes from year to year.
        """
        first, *others = rows
        chance = self._of_row(first)
        for row in others:
            above = self.figures[:, row][self._free & (self.figures[:, row] > 0)]
            chance *= float(np.prod(tie_chance(above, _OTHER_YEAR)))
        return chance

    @property
    def _free(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Items that are no total of others."""
        totals = {
            check.parameters.get("total") for check in self.table.schema.checks if check.kind == "sums_to"
        }
        return np.array([f.name not in totals for f in self.table.schema.items])

    def _of_row(self, row: int) -> float:
        own = self.figures[:, row]
        alike = (self.table.years == self.table.years[row]) & (self.table.periods == self.table.periods[row])
        others = self.figures[:, alike & (self.table.forces != "")]
        free = np.flatnonzero(self._free & ~np.isnan(own))
        if not len(free):
            return 1.0
        largest = free[np.argmax(own[free])]
        chance = 1.0
        for item in free.tolist():
            if own[item] <= 0:
                known = others[item][~np.isnan(others[item])]
                chance *= float(np.mean(known == 0)) if len(known) else 1.0
                continue
            base = np.ones(others.shape[1]) if item == largest else others[largest]
            chance *= float(tie_chance(own[item], np.sqrt(2) * _spread(others[item], base)))
        return chance


def _spread(figures: FloatArray, base: FloatArray) -> float:
    """The standard deviation between forces of the logarithm of a figure over another, from the median deviation."""
    there = (figures > 0) & (base > 0)
    if there.sum() < _ENOUGH:
        return _SPREAD
    return median_deviation(np.log(figures[there] / base[there]))


def equal_rows(table: Return, past: Return | None, forces: int) -> list[Findings]:
    """RO113: a row whose figures are all equal to another force's, or all rows of a file; one query for each force.

    It is asked about if the chance that some two of the collection's `forces` have such rows is below 0.005, and is an error
    below 0.000001. Where the accepted figures say that the earlier ones are the other force's own, that one is not asked.

    Source: docs/method.md, the chance of a tie.
    """
    if table.schema.kind is not ReturnKind.RETURN:
        return []
    rows = _Rows.of(table)
    common = _common(rows)
    if not common:
        return []
    pairs = max(forces * (forces - 1) / 2, 1)
    twins: ObjectArray = np.full(len(table), None, dtype=object)
    certain = np.zeros(len(table), dtype=bool)
    for (force, other), equal in sorted(common.items(), reverse=True):
        for own, chance in _chances(rows, force, other, equal):
            if chance * pairs < ASKED and not _proved(rows, past, equal, force, other):
                twins[own] = other
                certain[own] |= chance * pairs < CERTAIN  # of several twins the least likely counts
    spec = built_in()[ROW_OF_ANOTHER_FORCE]
    weaker = replace(spec, severity=Severity.QUERY)
    there = twins != None  # noqa: E711 (elementwise)
    found = [
        _findings(table, one, twins, rows_)
        for one, rows_ in ((spec, there & certain), (weaker, there & ~certain))
    ]
    return [one for one in found if len(one)]


def _findings(table: Return, spec: CheckSpec, twins: ObjectArray, equal: Any) -> Findings:
    def say(fact: Mapping[str, Any]) -> str:
        return f"Every figure in this row is the same as in the row for {fact['other']}."

    suspects = tuple(f"{table.schema.name}.{f.name}" for f in table.schema.items)
    found = table.findings(spec, None, equal, say, {"other": twins}, suspects=suspects)
    return _one_a_force(replace(found, related_forces=found.facts["other"]))


def _common(rows: _Rows) -> Common:
    """The equal rows of each pair of forces that have some."""
    table = rows.table
    alike: dict[Any, dict[str, int]] = {}
    some = (rows.figures > 0).any(axis=0) & (table.forces != "")
    for row in np.flatnonzero(some).tolist():
        key = (table.years[row], table.periods[row], rows.figures[:, row].tobytes())
        alike.setdefault(key, {}).setdefault(table.forces[row], row)
    common: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for by_force in alike.values():
        for one, other in permutations(by_force, 2):
            common.setdefault((one, other), []).append((by_force[one], by_force[other]))
    return common


def _chances(
    rows: _Rows, force: str, other: str, common: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, float]]:
    """The equal rows of a force, each with its chance: that of all together if the two have no others, else of each alone."""
    own, others = ({pair[side] for pair in common} for side in (0, 1))
    everything = own == rows.of_force(force) and others == rows.of_force(other)
    together = rows.chance(sorted(own)) if everything else 1.0
    for row, _ in common:
        yield row, min(together, rows.chance([row]))


def _proved(
    rows: _Rows, past: Return | None, common: Sequence[tuple[int, int]], force: str, other: str
) -> bool:
    """Whether the figures are the force's own: its accepted ones are the same, and the other force's are not."""
    if past is None:
        return False
    known = [
        (_as_accepted(rows, own, past, force), _as_accepted(rows, others, past, other))
        for own, others in common
    ]
    return any(mine is True and theirs is False for mine, theirs in known)


def _as_accepted(rows: _Rows, row: int, past: Return, force: str) -> bool | None:
    """Whether a row's figures are those accepted for the force; None where none of them are known."""
    table = rows.table
    there = np.flatnonzero(
        (past.forces == force) & (past.years == table.years[row]) & (past.periods == table.periods[row])
    )
    if not len(there):
        return None
    accepted = np.array([past.values[f.name][there[0]] for f in table.schema.items])
    here = rows.figures[:, row]
    both = ~np.isnan(accepted) & ~np.isnan(here)
    return bool((accepted[both] == here[both]).all()) if both.any() else None


def _one_a_force(found: Findings) -> Findings:
    """The findings as one query for each force, about its latest period."""
    ends = found.period_ends.copy()
    for force in set(found.forces):
        own = found.forces == force
        ends[own] = ends[own].max()
    return replace(found, period_ends=ends)
