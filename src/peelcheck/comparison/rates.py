"""Numerators and denominators of a measure in one year for all forces, and why any force is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, FloatArray, IntArray, ObjectArray, objects
from peelcheck.model import Measure, Reason, ReasonKind, Side, Status
from peelcheck.rounds.declarations import Declarations
from peelcheck.tables.figures import Column, Figures

Named = tuple[str, Column]
"""A column of a fraction's side, with the words by which a reason calls its figures."""


class Fraction(Struct, frozen=True):
    """A measure in one year over all forces.

    `numerator` and `denominator` are counts, NaN on both sides where the force is out. `why` is the `Reason` why it is out
    (None where it is in). `declared` is what was declared about the figure, None for nothing. `impossible` says where a
    part is greater than its whole, or a rate than the measure's maximum: such a figure is asked about and is no benchmark
    for others. `pairs` are the forces with one figure for two, where the one stands that gives it → where the other does.
    """

    numerator: FloatArray
    denominator: FloatArray
    why: ObjectArray
    declared: ObjectArray
    impossible: BoolArray
    pairs: Mapping[int, int] = field(default_factory=dict)

    def as_sent(self, per: int) -> FloatArray:
        """The figure of each force, `per` so many of the denominator; NaN where it is out or the denominator is 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = per * self.numerator / self.denominator
        return np.where(np.isfinite(rate), rate, np.nan)

    def rate(self, per: int) -> FloatArray:
        """The figures that are compared: NaN for those that are impossible too."""
        return np.where(self.in_sums, self.as_sent(per), np.nan)

    @property
    def in_sums(self) -> BoolArray:
        """Whose figure is compared and in the sums for the area: there is one, and it is not impossible."""
        return ~np.isnan(self.as_sent(1)) & ~self.impossible

    @property
    def possible(self) -> FloatArray:
        """The numerators, NaN for figures that are impossible: these are not compared with others, nor others with them."""
        return np.where(self.impossible, np.nan, self.numerator)

    @property
    def in_anothers(self) -> BoolArray:
        """Who has no figure because another force's figure, which is in the sums, includes it."""
        within = np.zeros(len(self.numerator), dtype=bool)
        for giver, partner in self.pairs.items():
            within[partner] = self.in_sums[giver]
        return within

    def area(self, per: int, without: int | None = None) -> float | None:
        """The area as a whole: the sum of the numerators over the sum of the denominators of those who are in.

        Never a mean of rates (Annex A). `without` leaves one force out of both sums; None where nobody is in.
        """
        everyone = np.arange(len(self.numerator))
        return self.together(per, everyone if without is None else np.delete(everyone, without))

    def together(self, per: int, forces: IntArray) -> float | None:
        """The figure of some forces as one: a sum over a sum of those of them who are compared; None where nobody is."""
        counted = forces[self.in_sums[forces]]
        below = float(self.denominator[counted].sum())
        return per * float(self.numerator[counted].sum()) / below if below > 0 else None


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
        accepted: take each force's accepted figure, where there is one, before that of this round.
        numerator_only: for history: a force is in if its numerator is, and a combined figure is nobody's.
    """
    sides = (measure.numerator, measure.numerator_noun), (measure.denominator, None)
    above, below = ([*_columns(side, noun, figures, year, accepted)] for side, noun in sides)
    if numerator_only:
        total, why, declared = _added(above)
        return Fraction(total, _added(below)[0], why, declared, np.zeros(len(total), dtype=bool))
    pairs = _pairs([*above, *below], figures.forces)
    numerator, why, declared = _added(_combined(above, pairs, figures.forces))
    denominator, why_below, declared_below = _added(_combined(below, pairs, figures.forces))
    why, declared = _first(why, why_below), _first(declared, declared_below)
    for i, force in enumerate(figures.forces):
        said = declarations.of_measure(force, measure.id, year)
        if said is not None:
            declared[i] = said
            if said.status.is_out:
                why[i] = said.why_no_figure
    out = why != None  # noqa: E711 (elementwise)
    numerator, denominator = np.where(out, np.nan, numerator), np.where(out, np.nan, denominator)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = measure.per * numerator / denominator
    impossible = (denominator > 0) & (rate > (np.inf if measure.maximum is None else measure.maximum))
    impossible |= (numerator > denominator) & (measure.kind == "proportion")
    return Fraction(numerator, denominator, why, declared, impossible, pairs)


def _columns(side: Side, noun: str | None, figures: Figures, year: int, accepted: bool) -> Iterator[Named]:
    """The items of one side of a fraction."""
    for item in side.items:
        ref, when = f"{side.return_name}.{item}", year + side.year_offset
        yield (
            noun or item.replace("_", " "),
            figures.past(ref, when) if accepted else figures.column(ref, when),
        )


def _added(columns: Iterable[Named]) -> tuple[FloatArray, ObjectArray, ObjectArray]:
    """The sum of some items, why a force has none, and what was declared: of each the first that there is."""
    named = list(columns)
    total = np.sum([column.usable for _, column in named], axis=0)
    why: ObjectArray = np.full(len(total), None, dtype=object)
    declared = why.copy()
    for name, column in named:
        if any(column.why):
            reasons = objects(None if reason is None else reason.about(name) for reason in column.why)
            why = _first(why, reasons)
        if any(column.declared):
            declared = _first(declared, column.declared)
    return total, why, declared


def _first(one: ObjectArray, other: ObjectArray) -> ObjectArray:
    """The first element by element, or the second where the first is None."""
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
        value, why = column.usable.copy(), column.why.copy()
        for giver, partner in pairs.items():
            said = column.declared[giver]
            if said is not None and said.status is Status.COMBINED:
                value[giver] = column.value[giver]
                why[giver] = Reason(ReasonKind.COMBINED_WITHOUT_FIGURE) if np.isnan(value[giver]) else None
            else:
                value[giver] += value[partner]
                why[giver] = why[giver] or why[partner]
            value[partner] = np.nan
            why[partner] = Reason(ReasonKind.INCLUDED_ELSEWHERE, detail=forces[giver])
        yield name, replace(column, value=value, why=why)
