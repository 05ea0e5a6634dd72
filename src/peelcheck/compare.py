"""Measures → rates, England and Wales, ranks and scores. Each measure is compared over the forces that are usable."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from peelcheck.declarations import Declarations
from peelcheck.figures import Figures
from peelcheck.model import Declaration, Measure, Side, Status
from peelcheck.statistics import Scores, change_scores, peer_scores
from peelcheck.table import BoolArray, FloatArray, ObjectArray, objects

HISTORY_YEARS = 3
_IN_THE_OTHERS_FIGURE = "its figure is part of {force}'s"


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

    @property
    def usable(self) -> BoolArray:
        """The forces that are in."""
        return np.asarray(self.why == None)  # noqa: E711 (elementwise)

    def rate(self, per: int) -> FloatArray:
        """The figure of each force, `per` so many of the denominator; NaN where it is out or the denominator is 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = per * self.numerator / self.denominator
        return np.where(np.isfinite(rate), rate, np.nan)

    def national(self, per: int, without: int | None = None) -> float | None:
        """England and Wales: the sum of the numerators over the sum of the denominators of those who are in.

        Never a mean of rates (Annex A). `without` leaves one force out of both sums; None where nobody is in.
        """
        counted = self.usable & ~np.isnan(self.rate(per))
        if without is not None:
            counted = counted.copy()
            counted[without] = False
        below = float(self.denominator[counted].sum())
        return per * float(self.numerator[counted].sum()) / below if below > 0 else None


@dataclass(frozen=True)
class Comparison:
    """One measure in the year of the collection, with what it is held against.

    Arrays have one element a force. `peers` are the scores against the other forces, `peers_before` those of the year
    before, and `changes` those of the numerator against the force's own accepted past.
    """

    measure: Measure
    now: Fraction
    before: Fraction
    peers: Scores
    peers_before: Scores
    changes: Scores

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

    def change(self, i: int) -> float | None:
        """The change of the figure on the year before, in percent; None where either is missing or was 0."""
        now, then = self.rates[i], self.previous[i]
        return None if np.isnan(now) or np.isnan(then) or then == 0 else float(100 * (now / then - 1))


def compare(measure: Measure, figures: Figures, declarations: Declarations, year: int) -> Comparison:
    """Compare one measure in one year.

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
    return Comparison(measure, now, before, peers, peers_before, change_scores(now.numerator, history))


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
    above, why, declared = _side(measure.numerator, figures, year, accepted)
    below, why_below, declared_below = _side(measure.denominator, figures, year, accepted)
    if numerator_only:
        return Fraction(above, below, why, declared)
    why = np.where(why == None, why_below, why)  # noqa: E711 (elementwise)
    _combine(above, below, why, declared, figures, measure, year)
    declared = np.where(declared == None, declared_below, declared)  # noqa: E711
    for i, force in enumerate(figures.forces):
        said = declarations.of_measure(force, measure.id, year)
        if said is not None:
            declared[i] = said
            if said.status.is_out:
                why[i] = f"{said.status.value.replace('_', ' ')}: {said.reason}"
    out = why != None  # noqa: E711 (elementwise)
    return Fraction(np.where(out, np.nan, above), np.where(out, np.nan, below), why, declared)


def _side(
    side: Side, figures: Figures, year: int, accepted: bool
) -> tuple[FloatArray, ObjectArray, ObjectArray]:
    """One side of a fraction: the sum of its items, why a force has none, and what was declared."""
    total = np.zeros(len(figures.forces))
    why: ObjectArray = np.full(len(figures.forces), None, dtype=object)
    declared: ObjectArray = np.full(len(figures.forces), None, dtype=object)
    for item in side.items:
        ref, when = f"{side.return_name}.{item}", year + side.year_offset
        column = (
            figures.history(ref, when)
            if accepted and (ref, when) in figures.accepted
            else figures.column(ref, when)
        )
        total = total + column.usable
        reasons = objects(None if reason is None else f"{item}: {reason}" for reason in column.why)
        why = np.where(why == None, reasons, why)  # noqa: E711
        declared = np.where(declared == None, column.declared, declared)  # noqa: E711
    return total, why, declared


def _combine(
    above: FloatArray,
    below: FloatArray,
    why: ObjectArray,
    declared: ObjectArray,
    figures: Figures,
    measure: Measure,
    year: int,
) -> None:
    """Put a combined figure over the sum of both forces' denominators, at the force that gives it."""
    place = {force: i for i, force in enumerate(figures.forces)}
    side = measure.numerator
    for i, force in enumerate(figures.forces):
        said: Declaration | None = declared[i]
        if said is None or said.status is not Status.COMBINED or said.partner is None or said.force != force:
            continue
        partner = place[said.partner]
        columns = [figures.history(f"{side.return_name}.{item}", year) for item in side.items]
        if np.isnan(columns[0].value[i]):
            columns = [figures.column(f"{side.return_name}.{item}", year) for item in side.items]
        value = sum(float(column.value[i]) for column in columns)
        if np.isnan(value):
            continue
        above[i], below[i], why[i] = value, below[i] + below[partner], None
        why[partner] = _IN_THE_OTHERS_FIGURE.format(force=force)
