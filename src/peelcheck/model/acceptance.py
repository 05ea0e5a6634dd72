"""A query that somebody looked at and accepted, with the figures that it was about."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class OwnFigure(Struct, frozen=True, order=True):
    """A figure that a force sent, as it was read: `103,110` and `103110` are the same. `value` is in the item's unit."""

    return_name: str
    item: str
    period_end: date
    value: float

    @property
    def about(self) -> tuple[str, str, date]:
        """What the figure is of."""
        return self.return_name, self.item, self.period_end


class Band(Struct, frozen=True):
    """How far a figure may move before it is asked about again: by a percentage, by a number, or by whichever is more."""

    percent: float = 1.0
    number: float = 2.0

    def holds(self, value: float, accepted: float) -> bool:
        """Whether a figure is within the band around the one that was accepted."""
        return abs(value - accepted) <= max(abs(accepted) * self.percent / 100, self.number)


class Acceptance(Struct, frozen=True):
    """One row of `accepted.csv`.

    `figures` are those of the force at the time; none for a query that is about no figure, which is then known by its
    `fingerprint`. `until` is the last day on which it counts; None for ever. `row` is the row of the file.
    """

    id: str
    code: str
    force: str | None
    return_name: str | None
    item: str | None
    period_end: date | None
    figures: tuple[OwnFigure, ...]
    fingerprint: str
    within: Band
    until: date | None
    reason: str
    by: str
    day: date
    row: int = 0
