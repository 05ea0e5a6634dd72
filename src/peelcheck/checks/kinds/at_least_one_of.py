"""Columns of which one at least must be filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar

import numpy as np

from peelcheck.checks.items import side_by_side, throughout, unexplained
from peelcheck.checks.parameters import AtLeast, Column
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View


class AtLeastOneOf(Kind, frozen=True):
    """At least one of the `items` is filled in, in each row in which they are due.

    A row fails if all of them are blank or marked as missing; one that could not be read was filled in. Items that are
    declared to be left out are not expected; a row in which all are is not counted. Nothing is compared, so there is no
    floor.

    Source: PEEL effectiveness 2017, Annex A (what could not be supplied is said).
    """

    items: Annotated[tuple[Column, ...], AtLeast(2)]

    scope: ClassVar[Scope] = Scope.ROW

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement of the row as a whole."""
        expected = [view.due(item) & unexplained(view, item) for item in self.items]
        required = np.logical_or.reduce(expected)
        given = [due & ~view.blank(item) for item, due in zip(self.items, expected, strict=True)]
        yield Judgement(
            item=None,
            required=required,
            runs=required,
            failed=required & ~np.logical_or.reduce(given),
            needs=(),
            suspects=tuple(view.ref(item) for item in self.items),
            facts={"items": throughout(view, side_by_side(view, self.items))},
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """The items that are all blank."""
        return f"None of {fact['items']} is filled in."
