"""What every kind of check is: a frozen struct whose fields are its parameters in YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from msgspec import Struct, field

from peelcheck.arrays import BoolArray
from peelcheck.checks.view import View
from peelcheck.model import Reason, ReasonKind
from peelcheck.model.file_findings import Place


class Scope(StrEnum):
    """What a check must see at once: a row, all rows of a group, or the whole table."""

    ROW = "row"
    GROUP = "group"
    TABLE = "table"


class Judgement(Struct, frozen=True):
    """What a check made of one item, with one element a row of the table.

    Attributes:
        item: the column that is pointed at; None for the row as a whole.
        asked: rows that the check is about.
        runs: those of them in which every figure it needs is there; the others are *not run*.
        failed: those that failed.
        needs: the items a row needs, to say why it was not run.
        facts: the numbers that the message speaks of.
        suspects: items (`return.item`) of which one is probably wrong.
        pair: the two items that are held against one another: a finding names both cells.
        absent: what is to be said of forces that have no row to point at; each counts as failed.
        lacking: why a row was not run where all that it needs is there.
    """

    item: str | None
    asked: BoolArray
    runs: BoolArray
    failed: BoolArray
    needs: tuple[str, ...]
    suspects: tuple[str, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    pair: tuple[str, ...] = ()
    absent: tuple[Place, ...] = ()
    lacking: Reason = Reason(ReasonKind.NO_EARLIER_FIGURE)


class Kind(Protocol):
    """A kind of check. Bad data is what it finds; an exception in it is a bug and ends the run with exit code 3."""

    scope: ClassVar[Scope]

    def judge(self, view: View) -> Iterable[Judgement]:
        """Hold the check against every row."""
        ...

    def say(self, fact: Mapping[str, Any]) -> str:
        """One finding in one plain sentence, with both numbers."""
        ...
