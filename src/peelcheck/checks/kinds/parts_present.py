"""A total that was given without one of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np

from peelcheck.arrays import objects
from peelcheck.checks.items import exact, named, throughout, unexplained
from peelcheck.checks.parameters import Number, OwnNumber
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.model import Status
from peelcheck.wording import listed


class PartsPresent(Kind, frozen=True):
    """If the total is given, every part is given too, or was declared as not supplied.

    A part that is blank or marked as missing (`..`, `[x]`) fails; if every part is missing, the row fails once. A row without
    a total is not run, nor is a part that could not be read, which already has a query. A part that is declared to be left
    out, or incomplete because the total leaves it out, is not queried; a part declared estimated or with a caveat is.
    Nothing is compared, so there is no floor.

    Source: PEEL effectiveness 2017, Annex A (a total without one of its parts is declared and footnoted).
    """

    parts: tuple[OwnNumber, ...]
    total: Number

    scope: ClassVar[Scope] = Scope.ROW

    @property
    def blank_if_incomplete(self) -> tuple[str, ...]:
        """The parts: a total may be declared incomplete without one of them."""
        return self.parts

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement a part; of a row without any part one for all of them."""
        total, whole = view.number(self.total), throughout(view, named(view, self.total))
        required = {
            part: view.due(part, self.total) & unexplained(view, part, but=(Status.INCOMPLETE,))
            for part in self.parts
        }
        blank = {part: required[part] & ~np.isnan(total) & view.blank(part) for part in self.parts}
        none = np.logical_and.reduce([*blank.values()]) & (len(self.parts) > 1)
        if none.any():
            refs = tuple(map(view.ref, self.parts))
            parts = listed([named(view, part) for part in self.parts])
            yield Judgement(
                item=None,
                required=none,
                runs=none,
                failed=none,
                needs=(),
                suspects=(),
                facts={
                    "total": total,
                    "whole": whole,
                    "parts": throughout(view, parts),
                },
                more_suspects=objects([refs] * len(view.table)),
            )
        for part in self.parts:
            alone = required[part] & ~none
            runs = alone & ~np.isnan(total) & (view.blank(part) | ~np.isnan(view.number(part)))
            yield Judgement(
                item=part,
                required=alone,
                runs=runs,
                failed=runs & blank[part],
                needs=(self.total, part),
                suspects=(view.ref(part), view.ref(self.total)),
                facts={
                    "total": total,
                    "whole": whole,
                    "part": throughout(view, named(view, part)),
                },
            )

    def say(self, fact: Mapping[str, Any]) -> str:
        """The total, and how the part, or every part, was left out."""
        if "parts" in fact:
            return f"{fact['whole']} is {exact(fact['total'])}, but none of its parts is given ({fact['parts']})."
        written = (fact["written"] or "").strip()
        missing = f"given as “{written}”" if written else "blank"
        return f"{fact['whole']} is {exact(fact['total'])}, but {fact['part']}, which is a part of it, is {missing}."
