"""What has come up so far on the road: findings as queries in the making, and what became of every check."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from msgspec import Struct, field

from peelcheck.checks import Kind
from peelcheck.model import CheckRun, CheckSpec, Findings
from peelcheck.queries.drafts import Cell
from peelcheck.queries.queries import Drafts

Check = tuple[CheckSpec, Kind]


class Run(Struct):
    """What has come up so far.

    `held` counts, for each force and cell, the comparisons that rest on the cell and found nothing: they speak for it.
    `told` is called with all findings as they come.
    """

    drafts: Drafts = field(default_factory=Drafts)
    checks: dict[str, CheckRun] = field(default_factory=dict)
    held: defaultdict[str, Counter[Cell]] = field(default_factory=lambda: defaultdict(Counter))
    told: Callable[[Findings], None] | None = None

    def add(self, findings: Iterable[Findings]) -> None:
        """Take in what a step of the road has found."""
        for found in findings:
            self.drafts.add(found)
            if self.told is not None:
                self.told(found)

    def of(self, code: str) -> CheckRun:
        """The record of one check."""
        return self.checks.setdefault(code, CheckRun(code))
