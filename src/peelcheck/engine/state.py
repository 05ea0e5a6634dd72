"""Results accumulated during a run: findings as drafts of queries, and how often each check passed, failed or was not run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from msgspec import Struct, field

from peelcheck.checks import Kind
from peelcheck.model import CheckRun, CheckSpec, Findings
from peelcheck.queries.drafts import Cell
from peelcheck.queries.queries import Drafts

Check = tuple[CheckSpec, Kind]


class RunState(Struct):
    """Results accumulated during a run.

    `support` counts, for each force and cell, the comparisons that rest on the cell and found nothing: they speak for it.
    `on_findings` is called with all findings as they are made.
    """

    drafts: Drafts = field(default_factory=Drafts)
    checks: dict[str, CheckRun] = field(default_factory=dict)
    support: defaultdict[str, Counter[Cell]] = field(default_factory=lambda: defaultdict(Counter))
    on_findings: Callable[[Findings], None] | None = None

    def add(self, findings: Iterable[Findings]) -> None:
        """Add the findings of one step."""
        for found in findings:
            self.drafts.add(found)
            if self.on_findings is not None:
                self.on_findings(found)

    def of(self, code: str) -> CheckRun:
        """The record of one check."""
        return self.checks.setdefault(code, CheckRun(code))
