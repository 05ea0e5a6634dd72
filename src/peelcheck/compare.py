"""Measures → rates, England and Wales, ranks and scores. Each measure is compared over the forces that are usable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from peelcheck.declarations import Declarations
from peelcheck.figures import Column, Figures
from peelcheck.model import Measure, Side, Status
from peelcheck.statistics import Scores, change_scores, peer_scores
from peelcheck.table import BoolArray, FloatArray, IntArray, ObjectArray, objects

HISTORY_YEARS = 3

Named = tuple[str, Column]
"""A column of a fraction's side, with the words by which a reason calls its figures."""


@dataclass(frozen=True)
class Fraction:
    """A measure in one year over all forces.

    `numerator` and `denominator` are counts, NaN on both sides where the force is out; `why` says why it is out (None
    where it is in); `declared` is what was declared about the figure, None for nothing.
    """

    numerator: FloatArray
    denominator: FloatArray
    why: ObjectArray
    declared: ObjectArray

    def rate(self, per: int) -> FloatArray:
        """The figure of each force, `per` so many of the denominator; NaN where it is out or the denominator is 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = per * self.numerator / self.denominator
        return np.where(np.isfinite(rate), rate, np.nan)

    def national(self, per: int, without: int | None = None) -> float | None:
        """England and Wales: the sum of the numerators over the sum of the denominators of those who are in.

        Never a mean of rates (Annex A). `without` leaves one force out of both sums; None where nobody is in.
        """
        everyone = np.arange(len(self.numerator))
        return self.together(per, everyone if without is None else np.delete(everyone, without))

    def together(self, per: int, forces: IntArray) -> float | None:
        """The figure of some forces as one: a sum over a sum of those of them who are in; None where nobody is."""
        counted = forces[~np.isnan(self.rate(per)[forces])]
        below = float(self.denominator[counted].sum())
        return per * float(self.numerator[counted].sum()) / below if below > 0 else None


@dataclass(frozen=True)
class InGroup:
    """How a force stands among those most similar to it.

    `rate` is theirs together, without the force; `rank` 1 the highest of the `of` forces with a figure, the force among
    them (None where it has none); `size` how many similar forces there are, with a figure or without. None where there
    are none, or none with a figure.
    """

    rate: float | None = None
    rank: int | None = None
    of: int | None = None
    size: int = 0


@dataclass(frozen=True)
class Comparison:
    """One measure in the year of the collection, with what it is held against.

    Arrays have one element a force. `peers` are the scores against the other forces, `peers_before` those of the year
    before, and `changes` those of the numerator against the force's own accepted past. `similar` says where those stand
    that are most similar to a force; not every force has any.
    """

    measure: Measure
    now: Fraction
    before: Fraction
    peers: Scores
    peers_before: Scores
    changes: Scores
    similar: Mapping[int, IntArray]

    @cached_property
    def rates(self) -> FloatArray:
        """The figures in the measure's unit."""
        return self.now.rate(self.measure.per)

    @cached_property
    def previous(self) -> FloatArray:
        """The figures of a year before, in the measure's unit."""
        return self.before.rate(self.measure.per)

    @cached_property
    def compared(self) -> BoolArray:
        """The forces that are compared: those with a figure."""
        return ~np.isnan(self.rates)

    def rank(self, i: int) -> int:
        """1 for the highest of those compared; equal figures share the better place."""
        return 1 + int(np.count_nonzero(self.rates[self.compared] > self.rates[i]))

    def count_before(self, i: int) -> float | None:
        """The force's count a year before; None where there is none, or one for two forces."""
        said, before = self.before.declared[i], float(self.before.numerator[i])
        combined = said is not None and said.status is Status.COMBINED
        return None if combined or np.isnan(before) else before

    def in_group(self, i: int) -> InGroup:
        """How a force stands among those most similar to it."""
        similar = self.similar.get(i)
        rate = None if similar is None else self.now.together(self.measure.per, similar)
        if similar is None or rate is None:
            return InGroup()
        others, own = self.rates[similar], self.rates[i]
        rank = None if np.isnan(own) else 1 + int(np.count_nonzero(others > own))
        of = int(np.count_nonzero(~np.isnan([*others, own])))
        return InGroup(rate, rank, of, len(similar))

    def scores(self, i: int) -> tuple[float, float, float]:
        """A figure's distance from its own past, from the other forces, and from those the year before."""
        return (
            float(self.changes.score[i]),
            float(self.peers.score[i]),
            float(self.peers_before.score[i]),
        )

    def national_without(self, left_out: Sequence[int]) -> float | None:
        """England and Wales without some forces, in the measure's unit; None where nothing is left."""
        return self.now.together(self.measure.per, np.delete(np.arange(len(self.rates)), left_out))

    def change(self, i: int) -> float | None:
        """The change of the figure on the year before, in percent; None where either is missing or was 0."""
        now, then = self.rates[i], self.previous[i]
        return None if np.isnan(now) or np.isnan(then) or then == 0 else float(100 * (now / then - 1))


def compare(
    measure: Measure,
    figures: Figures,
    declarations: Declarations,
    year: int,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Comparison:
    """Compare one measure in one year; `groups` names for a force those most similar to it.

    The numerator is also held against the accepted figures of up to three years before, so that a force's error
    is seen against its own past. Figures that an item's schema declares a break in the series before are no history.
    """
    now = fraction(measure, figures, declarations, year)
    before = fraction(measure, figures, declarations, year - 1, accepted=True)
    peers, peers_before = (peer_scores(f.numerator, f.denominator, measure.kind) for f in (now, before))
    history = np.array(
        [
            fraction(
                measure, figures, declarations, year - back, accepted=True, numerator_only=True
            ).numerator
            for back in range(1, HISTORY_YEARS + 1)
        ]
    )
    changes = change_scores(now.numerator, history)
    place = {force: i for i, force in enumerate(figures.forces)}
    similar = {place[f]: np.array([place[other] for other in own]) for f, own in (groups or {}).items()}
    return Comparison(measure, now, before, peers, peers_before, changes, similar)


def fraction(
    measure: Measure,
    figures: Figures,
    declarations: Declarations,
    year: int,
    accepted: bool = False,
    numerator_only: bool = False,
) -> Fraction:
    """Both sides of a measure in one year.

    Args:
        measure: what to compute.
        figures: the round's figures.
        declarations: who is out, and why; a combined figure stands at the force that gives it, over the sum of both
            forces' denominators.
        year: the year of the numerator.
        accepted: take the accepted figures, where there are any, before those of this round.
        numerator_only: for history: a force is in if its numerator is, and a combined figure is nobody's.
    """
    sides = (measure.numerator, measure.numerator_noun), (measure.denominator, None)
    above, below = ([*_columns(side, noun, figures, year, accepted)] for side, noun in sides)
    if numerator_only:
        total, why, declared = _added(above)
        return Fraction(total, _added(below)[0], why, declared)
    pairs = _pairs([*above, *below], figures.forces)
    numerator, why, declared = _added(_combined(above, pairs, figures.forces))
    denominator, why_below, declared_below = _added(_combined(below, pairs, figures.forces))
    why, declared = _first(why, why_below), _first(declared, declared_below)
    for i, force in enumerate(figures.forces):
        said = declarations.of_measure(force, measure.id, year)
        if said is not None:
            declared[i] = said
            if said.status.is_out:
                why[i] = said.words
    out = why != None  # noqa: E711 (elementwise)
    return Fraction(np.where(out, np.nan, numerator), np.where(out, np.nan, denominator), why, declared)


def _columns(side: Side, noun: str | None, figures: Figures, year: int, accepted: bool) -> Iterator[Named]:
    """The items of one side of a fraction."""
    for item in side.items:
        ref, when = f"{side.return_name}.{item}", year + side.year_offset
        past = accepted and (ref, when) in figures.accepted
        yield (
            noun or item.replace("_", " "),
            figures.history(ref, when) if past else figures.column(ref, when),
        )


def _added(columns: Iterable[Named]) -> tuple[FloatArray, ObjectArray, ObjectArray]:
    """The sum of some items, why a force has none, and what was declared: of each the first that there is."""
    named = list(columns)
    total = np.sum([column.usable for _, column in named], axis=0)
    why: ObjectArray = np.full(len(total), None, dtype=object)
    declared = why
    for name, column in named:
        reasons = objects(None if reason is None else f"{name} {reason}" for reason in column.why)
        why, declared = _first(why, reasons), _first(declared, column.declared)
    return total, why, declared


def _first(one: ObjectArray, other: ObjectArray) -> ObjectArray:
    """One, and the other where that is None."""
    return np.where(one == None, other, one)  # noqa: E711 (elementwise)


def _pairs(columns: Iterable[Named], forces: Sequence[str]) -> dict[int, int]:
    """Forces with one figure for two: where the one stands that gives it → where the other does."""
    place = {force: i for i, force in enumerate(forces)}
    return {
        place[said.force]: place[said.partner]
        for _, column in columns
        for said in column.declared
        if said is not None and said.status is Status.COMBINED and said.partner is not None
    }


def _combined(columns: Iterable[Named], pairs: Mapping[int, int], forces: Sequence[str]) -> Iterator[Named]:
    """Put everything of both forces at the one that gives their figure: that figure, and the sum of what each has."""
    for name, column in columns:
        value, why = column.usable, column.why.copy()
        for giver, partner in pairs.items():
            said = column.declared[giver]
            if said is not None and said.status is Status.COMBINED:
                value[giver] = column.value[giver]
                why[giver] = "missing from the figure for both forces" if np.isnan(value[giver]) else None
            else:
                value[giver] += value[partner]
                why[giver] = why[giver] or why[partner]
            value[partner], why[partner] = np.nan, f"included in {forces[giver]}'s figure"
        yield name, replace(column, value=value, why=why)
