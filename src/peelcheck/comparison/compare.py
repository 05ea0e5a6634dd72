"""Measures → rates, the area as a whole, ranks and scores. Each measure is compared over the forces that are usable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import cast

import numpy as np
from msgspec import Struct

from peelcheck.arrays import BoolArray, FloatArray, IntArray
from peelcheck.comparison.rates import Fraction, fraction
from peelcheck.model import Measure, Nouns, Reason, ReasonKind, Status
from peelcheck.rounds.declarations import Declarations
from peelcheck.statistics import Scores, change_scores, peer_scores
from peelcheck.tables.figures import Figures
from peelcheck.wording import exact

HISTORY_YEARS = 3


class Standing(Struct, frozen=True):
    """Where a figure stands among those of `of` forces, its own among them.

    `above` forces have a higher figure, `below` a lower one; the others, but for itself, have the same.
    """

    above: int
    below: int
    of: int

    @classmethod
    def among(cls, own: float, others: FloatArray) -> Standing | None:
        """Where a figure stands among others', of which those that are NaN do not count; None for NaN itself."""
        if np.isnan(own):
            return None
        above, below = int(np.count_nonzero(others > own)), int(np.count_nonzero(others < own))
        return cls(above, below, 1 + int(np.count_nonzero(~np.isnan(others))))

    @property
    def rank(self) -> int:
        """The rank: 1 for the highest; equal figures share the better rank."""
        return self.above + 1


class InGroup(Struct, frozen=True):
    """How a force stands among those most similar to it.

    `rate` is theirs together, without the force; `standing` where the force stands among those of them with a figure (None
    where it has none); `size` how many similar forces there are, with a figure or without; `of` how many have one, the
    force among them. None where there are none, or none with a figure.
    """

    rate: float | None = None
    standing: Standing | None = None
    size: int = 0
    of: int | None = None


class Comparison(Struct, frozen=True, dict=True):
    """One measure in the year of the collection, with what it is compared with.

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
    nouns: Nouns = Nouns()

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
        """The forces that are compared, and in the sums for the area."""
        return self.now.in_sums

    def why_no_rate(self, i: int) -> Reason:
        """Why a force has no figure that is compared."""
        now = self.now
        if now.why[i] is not None:
            return cast("Reason", now.why[i])
        if now.impossible[i]:
            both = f"{exact(now.numerator[i])} of {exact(now.denominator[i])}"
            part = self.measure.kind == "proportion"
            return Reason(ReasonKind.PART_ABOVE_WHOLE if part else ReasonKind.ABOVE_MAXIMUM, detail=both)
        return Reason(ReasonKind.DENOMINATOR_ZERO)

    def standing(self, i: int) -> Standing | None:
        """Where a force's figure stands among those compared; None where it has none."""
        return Standing.among(float(self.rates[i]), np.delete(self.rates, i))

    @property
    def has_benchmark(self) -> bool:
        """Whether at least half of the forces are compared, so that there is a figure for the whole area.

        A force that checks its own files is no benchmark for itself.
        """
        compared = int(np.count_nonzero(self.compared))
        return compared > 1 and 2 * compared >= len(self.compared)

    def count_before(self, i: int) -> float | None:
        """The force's count a year before; None where there is none, or one for two forces."""
        said, before = self.before.declared[i], float(self.before.numerator[i])
        combined = said is not None and said.status is Status.COMBINED
        return None if combined or np.isnan(before) else before

    def in_group(self, i: int, left_out: Sequence[int] = ()) -> InGroup:
        """How a force stands among those most similar to it, but for those that are left out."""
        similar = self.similar.get(i)
        if similar is None:
            return InGroup()
        there = np.setdiff1d(similar, left_out)
        rate = self.now.together(self.measure.per, there)
        if rate is None:
            return InGroup()
        of = int(np.count_nonzero(~np.isnan(self.rates[[*there, i]])))
        return InGroup(rate, Standing.among(float(self.rates[i]), self.rates[there]), len(similar), of)

    def scores(self, i: int) -> tuple[float, float, float]:
        """A figure's distance from its own past, from the other forces, and from those the year before."""
        return (
            float(self.changes.score[i]),
            float(self.peers.score[i]),
            float(self.peers_before.score[i]),
        )

    def area_without(self, left_out: Sequence[int]) -> float | None:
        """The figure for the area without some forces, in the measure's unit; None if no force is left."""
        return self.now.together(self.measure.per, np.delete(np.arange(len(self.rates)), left_out))

    def change(self, i: int) -> float | None:
        """The change on the year before, in percent, of the count or of the rate, as the measure has it.

        None where either is missing or was 0, or where one of them is one figure for two forces and the other is not.
        """
        paired = [{*year.pairs, *year.pairs.values()} for year in (self.now, self.before)]
        if (i in paired[0]) != (i in paired[1]):
            return None
        if self.measure.change_of == "count":
            now, then = self.now.numerator[i], self.before.numerator[i]
        else:
            now, then = self.rates[i], self.previous[i]
        return None if np.isnan(now) or np.isnan(then) or then == 0 else float(100 * (now / then - 1))

    def area_change(self) -> float | None:
        """The change of the area as a whole, over the forces with a figure in both years.

        Forces with one figure for both of them in one year are in with both of theirs in the other.
        """
        here = [self.now.in_sums, self.before.in_sums]
        for has, year in zip(here, (self.now, self.before), strict=True):
            for giver, partner in year.pairs.items():
                has[partner] = has[giver]
        both = here[0] & here[1]
        for pairs in (self.now.pairs, self.before.pairs):
            for giver, partner in pairs.items():
                both[[giver, partner]] = both[giver] and both[partner]
        forces = np.flatnonzero(both)
        if self.measure.change_of == "count":
            now, then = (float(np.nansum(year.numerator[forces])) for year in (self.now, self.before))
        else:
            together = [year.together(self.measure.per, forces) for year in (self.now, self.before)]
            now, then = (0.0 if rate is None else rate for rate in together)
        return 100 * (now / then - 1) if len(forces) and then > 0 else None


def compare(
    measure: Measure,
    figures: Figures,
    declarations: Declarations,
    year: int,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Comparison:
    """Compare one measure in one year; `groups` names for a force those most similar to it.

    The numerator is also compared with the accepted figures of up to three years before, so that a force's error
    is seen against its own past. Figures that an item's schema declares a break in the series before are no history.
    """
    now = fraction(measure, figures, declarations, year)
    before = fraction(measure, figures, declarations, year - 1, accepted=True)
    peers, peers_before = (peer_scores(f.possible, f.denominator, measure.kind) for f in (now, before))
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
    return Comparison(measure, now, before, peers, peers_before, changes, similar, figures.nouns)
