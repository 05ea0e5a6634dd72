"""What the report says of a force: its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from peelcheck.model.collection import Collection
from peelcheck.model.results import ReadFile


class Figure(Struct, frozen=True):
    """One measure for one force in the year of the collection. `value` and the other rates are in the measure's unit.

    None where there is no figure: a dash, with its reason in `footnote`. `rank` 1 is the highest of the `of` forces
    compared. `group_rate`, `group_rank` and `group_of` say the same of the forces most similar to it, the rate being
    theirs together without the force; None without a group. `previous` is the figure a year before, made of
    `previous_numerator` and `previous_denominator`; `change` is the change on the year in percent, of the rate or of the
    count, as `change_of` says. What stands for the area as a whole and the
    ranks are None where fewer than half of the forces are compared.
    `status` is what was declared ("incomplete", "estimated", …), "" for nothing. `sentence` is the figure in the report's
    language.
    """

    measure: str
    title: str
    period: str
    force: str
    numerator: float | None
    denominator: float | None
    value: float | None
    area_rate: float | None
    area_without: float | None
    rank: int | None
    of: int
    group_rate: float | None
    group_rank: int | None
    group_of: int | None
    previous: float | None
    previous_numerator: float | None
    previous_denominator: float | None
    change: float | None
    change_of: str
    status: str
    footnote: str
    sentence: str
    unit: str
    decimals: int
    in_report: bool


class ItemFigure(Struct, frozen=True):
    """One item that a force sent, as it is used: the count in the item's own year and the year before.

    `value` is None where there is none, or where it is declared out: `footnote` says why. `previous` is the figure
    accepted for the year before or, where history has none, the one in this return. `status` and `footnote` as in `Figure`.
    """

    return_name: str
    return_title: str
    item: str
    title: str
    period: str
    force: str
    value: float | None
    previous: float | None
    status: str
    footnote: str
    unit: str


class FigureSet(Struct, frozen=True):
    """Figures of one force or of all; `area` holds one row a measure for the area as a whole, `out` who is out and why.

    `out` maps a measure's id to (force, reason) pairs of forces that are not in the area's sums.
    `items` is what a force sent, where figures of one were asked for.
    `collection`, `files` and `own` say what they were made from, as in `Result`.
    """

    title: str
    collection: Collection
    figures: tuple[Figure, ...]
    area: tuple[Figure, ...]
    out: Mapping[str, tuple[tuple[str, str], ...]]
    items: tuple[ItemFigure, ...] = ()
    files: tuple[ReadFile, ...] = ()
    own: tuple[ReadFile, ...] = ()

    def of_measure(self, measure: str) -> list[Figure]:
        """One figure for each force, in the order of the forces."""
        return [figure for figure in self.figures if figure.measure == measure]

    def out_by_reason(self, measure: str) -> dict[str, list[str]]:
        """Each reason why forces are out, and those forces."""
        reasons: dict[str, list[str]] = {}
        for force, reason in self.out.get(measure, ()):
            reasons.setdefault(reason, []).append(force)
        return reasons


def highest_first(figures: Iterable[Figure]) -> list[Figure]:
    """Those figures that there are, the highest first; equal ones in the order in which they came."""
    return [
        figure
        for _, figure in sorted(
            ((figure.value, figure) for figure in figures if figure.value is not None),
            key=lambda pair: -pair[0],
        )
    ]
