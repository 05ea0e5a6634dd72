"""What every kind of check is: a frozen struct whose fields are its parameters in YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, ClassVar

from msgspec import Struct, field

from peelcheck.arrays import BoolArray, ObjectArray
from peelcheck.checks.parameters import Conditions
from peelcheck.checks.view import View
from peelcheck.model import Reason, ReasonKind
from peelcheck.model.file_findings import Place


class Scope(StrEnum):
    """What a check must see at once: a row, all rows of a group, the whole table, or numbers of records by month."""

    ROW = "row"
    GROUP = "group"
    TABLE = "table"
    MONTHS = "months"


class Judgement(Struct, frozen=True):
    """What a check made of one item, with one element a row of the table.

    Attributes:
        item: the column that is pointed at; None for the row as a whole.
        required: rows that the check is about.
        runs: those of them in which every figure it needs is there; the others are *not run*.
        failed: those that failed.
        needs: the items a row needs, to say why it was not run.
        facts: the numbers that the message speaks of.
        suspects: items (`return.item`) of which one is probably wrong.
        more_suspects: for each row a tuple of further ones; None where there are none.
        pair: the two items that are compared: a finding names both cells.
        absent: what is to be said of forces that have no row to point at; each counts as failed.
        lacking: why a row was not run where all that it needs is there.
    """

    item: str | None
    required: BoolArray
    runs: BoolArray
    failed: BoolArray
    needs: tuple[str, ...]
    suspects: tuple[str, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    more_suspects: ObjectArray | None = None
    pair: tuple[str, ...] = ()
    absent: tuple[Place, ...] = ()
    lacking: Reason = Reason(ReasonKind.NO_EARLIER_FIGURE)


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of check. Bad data is what it finds; an exception in it is a bug and ends the run with exit code 3.

    Every kind sets `scope`, `judge` and `say`. What else it has to declare, it overrides. `where` is a parameter of all
    kinds: only rows that meet these conditions are checked, and no others are counted.
    """

    where: Conditions = ()

    scope: ClassVar[Scope]
    facts_of_others: ClassVar[tuple[str, ...]] = ()
    """Names of facts that rest on other forces' figures: a query stays the same when only these change."""

    def judge(self, view: View) -> Iterable[Judgement]:
        """Run the check on every row."""
        raise NotImplementedError

    def say(self, fact: Mapping[str, Any]) -> str:
        """One finding in one plain sentence, with both numbers."""
        raise NotImplementedError

    @property
    def counted_by_month(self) -> tuple[str, ...]:
        """Columns of dates of a record-level return by which its records are counted; the rows themselves are not kept."""
        return ()

    @property
    def blank_if_incomplete(self) -> tuple[str, ...]:
        """Items of the return that may be blank where they are declared incomplete: parts that a total leaves out."""
        return ()
