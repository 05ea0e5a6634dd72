"""Parts that must add up to their total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np

from peelcheck.arrays import BoolArray, ObjectArray
from peelcheck.checks.by_shares import likeliest_by_shares
from peelcheck.checks.items import exact, inputs, named, pointed_at, side_by_side, throughout
from peelcheck.checks.likeliest import likeliest
from peelcheck.checks.parameters import Amount, Number
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View

_NOISE = 1e-9  # of adding decimals in binary, as a share of the total


class SumsTo(Kind, frozen=True):
    """The parts add up to the total, within `tolerance` (for parts that were rounded).

    By each cell's own past, or where there is none by the shares of others, the message names the cell that is probably
    wrong, and what it would have to be.
    A row with a blank part or a blank total is not run: `parts_present` deals with missing parts. The tolerance is in the
    unit of the total, so it is also the floor.

    Source: PEEL effectiveness 2017, Annex A (internally inconsistent figures are queried).
    """

    parts: tuple[Number, ...]
    total: Number
    tolerance: Amount = 0

    scope: ClassVar[Scope] = Scope.ROW

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement, at the total."""
        needs = inputs(view, self.total, *self.parts)
        total, *parts = (view.number(item) for item in needs)
        added = np.sum(parts, axis=0)
        required = view.due(self.total, *self.parts)
        runs = required & ~np.isnan(added) & ~np.isnan(total)
        failed = runs & (np.abs(added - total) > self.tolerance + _NOISE * np.abs(total))
        refs = tuple(view.ref(item) for item in (self.total, *self.parts))
        likely, order = self._likely(view, failed, refs)
        yield Judgement(
            item=pointed_at(self.total, *self.parts),
            required=required,
            runs=runs,
            failed=failed,
            needs=needs,
            suspects=refs if order is None else (),
            more_suspects=order,
            facts={
                "total": total,
                "added": added,
                "title": throughout(view, named(view, self.total)),
                "likely": likely,
                "parts": throughout(view, side_by_side(view, self.parts)),
            },
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """The total, what the parts add up to, and how far apart they are."""
        off = fact["added"] - fact["total"]
        return (
            f"{fact['title']} is {exact(fact['total'])}, but its parts ({fact['parts']}) add up to "
            f"{exact(fact['added'])}, which is {exact(abs(off))} {'more' if off > 0 else 'less'}.{fact['likely']}"
        )

    def _likely(
        self, view: View, failed: BoolArray, refs: tuple[str, ...]
    ) -> tuple[ObjectArray, ObjectArray | None]:
        """For each row what its message says of the likeliest cell, and its suspects, the likeliest first."""
        said = np.full(len(failed), "", dtype=object)
        if view.table.schema.records or not failed.any():  # a record has no past, and there may be millions
            return said, None
        order = np.full(len(failed), None, dtype=object)
        rows = np.flatnonzero(failed)
        by_past = likeliest(view, rows, self.total, self.parts)
        left = np.array(
            [row for row, own in zip(rows.tolist(), by_past, strict=True) if not own], dtype=np.int64
        )
        by_shares = likeliest_by_shares(view, left, self.total, self.parts, float(self.tolerance))
        of_row = dict(zip(left.tolist(), by_shares, strict=True))
        for row, past in zip(rows.tolist(), by_past, strict=True):
            repairs = past or of_row[row]
            first = [view.ref(one.item) for one in repairs]
            order[row] = (*first, *(ref for ref in refs if ref not in first))
            if repairs:
                cells = [
                    f"{named(view, one.item)} (it would have to be {exact(one.figure)})" for one in repairs
                ]
                by = "last year's figures" if past else "the shares that others have"
                said[row] = f" By {by}, the wrong one is probably {' or '.join(cells)}."
        return said, order
