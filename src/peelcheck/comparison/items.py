"""Counts that no measure compares: each is held against the force's own figure of the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, objects
from peelcheck.comparison.causes import likely_cause
from peelcheck.comparison.compare import HISTORY_YEARS, Comparison
from peelcheck.model import CheckRun, Collection, Findings, Reason, ReasonKind, ReturnKind
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import FAR_FROM_LAST_YEAR
from peelcheck.statistics import MINIMUM_OTHERS, change_scores, expected_range
from peelcheck.tables.figures import Figures
from peelcheck.tables.table import Return
from peelcheck.wording import about, exact, listed

WITHOUT_OTHERS = 0.25
"""τ where too few other forces are known: at a threshold of 4, a large figure may be 2.7 times its last one."""


class ItemChanges(Struct, frozen=True):
    """What came of comparing items with their past: findings, how many were compared, and cells that fit.

    `supported` has (force, item, year) of each figure that is within half of the threshold.
    """

    findings: list[Findings]
    compared: int
    supported: list[tuple[str, str, int]]


class _Far(Struct, frozen=True):
    """A figure far from its past; `sentence` says so, without the title."""

    item: str
    score: float
    alone: bool
    sentence: str


def find_item_changes(
    collection: Collection, figures: Figures, comparisons: Sequence[Comparison], run: CheckRun
) -> ItemChanges:
    """Compare every count of every return with its own past, unless a measure compares it.

    A figure beyond `item_query` is a finding at its cell. Where too few other forces are known, several of them in one
    row are one finding, about the row. A force without an earlier figure is counted as not run.
    """
    scored = {c.measure.numerator.refs: c for c in comparisons}
    found: list[Findings] = []
    compared, supported = 0, []
    for name, table in figures.tables.items():
        if table.schema.kind is not ReturnKind.RETURN or table.schema.records:
            continue
        far: defaultdict[int, list[_Far]] = defaultdict(list)
        for item in table.schema.items:
            if item.type != "integer" or not item.years:
                continue
            ref, year = f"{name}.{item.name}", item.years[0]
            rows, fits, n = _compare(ref, year, figures, scored.get((ref,)), collection, run, far)
            compared += n
            supported += [(figures.forces[i], ref, year) for i in fits]
            run.passed += n - rows
            run.failed += rows
        found += _findings(table, far)
    return ItemChanges(found, compared, supported)


def _compare(
    ref: str,
    year: int,
    figures: Figures,
    measured: Comparison | None,
    collection: Collection,
    run: CheckRun,
    far: Mapping[int, list[_Far]],
) -> tuple[int, list[int], int]:
    """Compare one item: how many figures are far off, the places of those that fit, how many were compared."""
    cuts = collection.thresholds
    column = figures.column(ref, year)
    now = column.usable
    past = np.array([figures.past(ref, year - back).usable for back in range(1, HISTORY_YEARS + 1)])
    scores = change_scores(now, past, WITHOUT_OTHERS)
    asked = np.isfinite(scores.score) & (column.row >= 0)
    if measured is not None:
        asked &= ~(np.isfinite(measured.changes.score) & (measured.now.denominator > 0))
    low, high = expected_range(scores, cuts.item_query)
    table = figures.tables[ref.partition(".")[0]]
    beyond = asked & (np.abs(scores.score) > cuts.item_query)
    for i in np.flatnonzero(beyond):
        last = next((float(p) for p in past[:, i] if not np.isnan(p)), np.nan)
        field = table.schema[ref.partition(".")[2]]
        over_months = field.period is not None and field.period.kind == "twelve_months"
        cause = likely_cause(float(now[i]), float(scores.expected[i]), last, None, over_months)
        words = (
            f"is {exact(now[i])}; the last figure before it was {exact(last)}. About "
            f"{about(float(scores.expected[i]))} was expected, between {about(float(low[i]))} and {about(float(high[i]))}."
        )
        few = bool(scores.others[i] < MINIMUM_OTHERS)
        words += f" Likely cause: {cause}." if cause else ""
        far[int(column.row[i])].append(_Far(field.name, float(scores.score[i]), few, words))
    for i in np.flatnonzero(~np.isnan(now) & (column.row >= 0) & np.isnan(scores.score)):
        if measured is None:
            run.skip(figures.forces[i], Reason(ReasonKind.NO_EARLIER_FIGURE))
    fits = np.flatnonzero(asked & (np.abs(scores.score) <= cuts.item_query / 2))
    return int(np.count_nonzero(beyond)), fits.tolist(), int(np.count_nonzero(asked))


def _findings(table: Return, far: Mapping[int, Sequence[_Far]]) -> Iterator[Findings]:
    """The findings of one return: of a cell, or of a row in which several figures are far off."""
    spec = built_in()[FAR_FROM_LAST_YEAR]
    by_item: defaultdict[str | None, dict[int, Sequence[_Far]]] = defaultdict(dict)
    for row, several in far.items():
        if len(several) > 1 and all(one.alone for one in several):
            by_item[None][row] = several
            continue
        for one in several:
            by_item[one.item][row] = [one]
    for item, rows in by_item.items():
        at = sorted(rows)
        failed: BoolArray = np.zeros(len(table), dtype=bool)
        failed[at] = True
        messages = np.full(len(table), "", dtype=object)
        for row in at:
            messages[row] = _say(table, rows[row])
        ref = table.schema.name
        found = table.findings(
            spec,
            item,
            failed,
            _message,
            {"message": messages},
            suspects=() if item is None else (f"{ref}.{item}",),
        )
        if item is None:
            cells = objects(tuple(f"{ref}.{one.item}" for one in rows[row]) for row in at)
            found = replace(found, more_suspects=cells)
        yield found


def _message(fact: Mapping[str, Any]) -> str:
    return str(fact["message"])


def _say(table: Return, several: Sequence[_Far]) -> str:
    """One figure, or all of a row, the furthest first."""
    ordered = sorted(several, key=lambda one: -abs(one.score))
    if len(ordered) == 1:
        return f"“{table.schema[ordered[0].item].title}” {ordered[0].sentence}"
    titles = listed([f"“{table.schema[one.item].title}”" for one in ordered])
    first = ordered[0]
    return (
        f"These figures are far from those of the year before: {titles}. "
        f"The furthest is “{table.schema[first.item].title}”: it {first.sentence}"
    )
