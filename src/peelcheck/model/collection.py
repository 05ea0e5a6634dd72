"""What a collection asks for as a whole: returns, measures, forces, and where a score becomes a query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from peelcheck.model.bodies import Force, OutOfScope
from peelcheck.model.enums import ReturnKind
from peelcheck.model.nouns import Nouns
from peelcheck.model.returns import CheckSpec, Period, ReturnSchema
from peelcheck.model.spellings import CodeForm, Spellings


class Side(Struct, frozen=True):
    """One side of a measure's fraction: the sum of items of one return, some years off."""

    return_name: str
    items: tuple[str, ...]
    year_offset: int = 0

    @property
    def refs(self) -> tuple[str, ...]:
        """The items' full names, `return.item`."""
        return tuple(f"{self.return_name}.{item}" for item in self.items)


class Measure(Struct, frozen=True):
    """A comparison: numerator over denominator, `per` so many.

    `kind` decides the statistics (a rate of population, a ratio of two counts, a proportion of a whole).
    `noun` words one figure ("risk assessments per domestic abuse crime"); `numerator_noun` its count. `change_of` is what
    the change on the year is of: the rate, or the count, as the report has it. `maximum`, in the measure's unit, is more
    than any figure can be: of people, one a head; None if there is no such limit.
    `in_numbers` says that the report's page of numbers has it, `is_figure` that the report shows it by force, as bars.
    `notes` are what every reader of the figure should know; `not_comparable_with` are measures that look alike and are not.
    """

    id: str
    code: str
    title: str
    numerator: Side
    denominator: Side
    kind: Literal["rate", "ratio", "proportion"]
    per: int
    unit: str
    noun: str
    numerator_noun: str
    decimals: int
    years: tuple[int, ...]
    period: Period
    in_report: bool
    ask: str
    why: str
    source: str
    change_of: Literal["count", "rate"] = "rate"
    file: str = "measures.yaml"
    maximum: float | None = None
    is_figure: bool = False
    in_numbers: bool = False
    notes: tuple[str, ...] = ()
    not_comparable_with: tuple[str, ...] = ()


class Thresholds(Struct, frozen=True):
    """Where a score becomes a query and a severe one, and how often a correct figure does (percent of comparisons)."""

    change_query: float = 3.0
    change_severe: float = 4.5
    peer_query: float = 5.0
    peer_severe: float = 7.0
    alone_query: float = 3.5
    alone_severe: float = 6.0
    false_with_history: float = 0.6
    false_alone: float = 0.9
    false_high: float = 1.7
    false_item: float = 0.3
    false_item_high: float = 0.6


class Collection(Struct, frozen=True, dict=True):
    """Everything a collection asks for, as loaded from its folder of schemas; `sha256` covers every file of it.

    `rule_words` holds what the collection says of rules that are built in: their `why` and their `source`.
    """

    name: str
    title: str
    year: int
    returns: Mapping[str, ReturnSchema]
    across: tuple[CheckSpec, ...]
    measures: tuple[Measure, ...]
    forces: tuple[Force, ...]
    out_of_scope: tuple[OutOfScope, ...]
    thresholds: Thresholds
    groups: Mapping[str, tuple[str, ...]]
    folder: Path
    sha256: str
    dates: Literal["day", "month"] | None = None  # what comes first in files that do not show their order
    time_zone: str | None = None  # where days are counted, for times whose own zone is written
    nouns: Nouns = Nouns()
    code_form: CodeForm = CodeForm()
    suffixes: tuple[str, ...] = ()  # words that may follow a force's name
    rule_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # of built-in rules, by code

    @cached_property
    def zone(self) -> tzinfo | None:
        """The time zone in which days are counted; None if the collection names none."""
        from zoneinfo import ZoneInfo  # not loaded for --help

        return ZoneInfo(self.time_zone) if self.time_zone else None

    @property
    def suppliers(self) -> dict[str, str]:
        """Who supplies each table that the forces do not send themselves."""
        return {
            name: schema.owed_by
            for name, schema in self.returns.items()
            if schema.kind is not ReturnKind.RETURN
        }

    @property
    def force_names(self) -> tuple[str, ...]:
        """The names of all forces."""
        return tuple(force.name for force in self.forces)

    @cached_property
    def bodies(self) -> tuple[Force | OutOfScope, ...]:
        """The bodies that are out of scope, and the forces."""
        return (*self.out_of_scope, *self.forces)

    @cached_property
    def spellings(self) -> Spellings:
        """Every known spelling and code, each with the name of the force or of the body that is out of scope."""
        known = (
            (spelling, body.name)
            for body in self.bodies
            for spelling in (body.name, body.code, *body.spellings)
        )
        return Spellings(known, self.suffixes, self._names)

    @cached_property
    def by_code(self) -> Mapping[str, str]:
        """The name of the force or body out of scope by its code, in capitals; a body without a code has no part in it."""
        return {body.code.upper(): body.name for body in self.bodies if body.code}

    @cached_property
    def force_codes(self) -> frozenset[str]:
        """The codes of the forces that have one, in capitals."""
        return frozenset(force.code.upper() for force in self.forces if force.code)

    def find_force(self, text: str) -> str | None:
        """The proper name of the force that a text names, in any spelling, by its code or as a folder; None for none."""
        name = self.spellings.find(text)
        return name if name in self._names else None

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.force_names)
