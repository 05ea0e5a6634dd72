"""The report as data: what its pages show of each force, computed once; the pages only lay it out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from peelcheck.model.collection import Collection
from peelcheck.model.figures import Figure
from peelcheck.model.results import Query, ReadFile


class Past(Struct, frozen=True):
    """A force's figures of a measure by year, the earliest first, this year's last; None for a year without one.

    `lower` and `upper` are the figures between which this year's would not be queried on its own past; None where it has
    too little. `broken` are years from which on the series is another one.
    """

    years: tuple[tuple[int, float | None], ...]
    lower: float | None
    upper: float | None
    broken: tuple[int, ...]


class Limits(Struct, frozen=True):
    """Between which figures a force with this denominator would not be queried, compared with the others."""

    denominator: float
    lower: float
    upper: float


class MeasureView(Struct, frozen=True):
    """A measure over all forces, in the order of the forces.

    `area` is the figure for the area, `area_in_doubt` the same without the figures in doubt (None where there are none).
    `doubted` are the forces whose figure is an open error or severe. `out` has forces without a figure by their reasons,
    `marked` those with a declared figure. `past` is by force; `limits` are in the order of their denominators.
    `is_figure` marks those that the report shows as bars, `in_numbers` those of *Force in numbers*, `has_change`
    those of which it states the change.
    """

    id: str
    title: str
    period: str
    unit: str
    noun: str
    decimals: int
    percent: bool
    in_report: bool
    figures: tuple[Figure, ...]
    area: Figure
    area_in_doubt: float | None
    doubted: tuple[str, ...]
    out: Mapping[str, tuple[str, ...]]
    marked: Mapping[str, tuple[str, ...]]
    past: Mapping[str, Past]
    limits: tuple[Limits, ...]
    source: str
    is_figure: bool
    in_numbers: bool
    has_change: bool
    notes: tuple[str, ...]

    def of(self, force: str) -> Figure:
        """A force's figure."""
        return next(figure for figure in self.figures if figure.force == force)


class Standing(Struct, frozen=True):
    """A force in the matrix of all forces: for each return whether it came, and the number of errors and of queries."""

    force: str
    slug: str
    returns: Mapping[str, tuple[str, int, int]]
    errors: int
    queries: int


class Report(Struct, frozen=True):
    """Everything that the pages of a round show.

    `queries` are those of a force by its name. `chosen` are the forces that get a page. `ranges` say between
    which numbers the inspectorate's own figures lie.
    """

    collection: Collection
    title: str
    day: date | None
    illustrative: bool
    measures: tuple[MeasureView, ...]
    queries: Mapping[str, tuple[Query, ...]]
    standings: tuple[Standing, ...]
    chosen: tuple[str, ...]
    slugs: Mapping[str, str]
    files: tuple[ReadFile, ...]
    ranges: tuple[str, ...]

    def doubts(self, force: str) -> tuple[str, ...]:
        """The titles of measures in which this force's own figure is in doubt."""
        return tuple(view.title for view in self.measures if force in view.doubted)

    @property
    def in_doubt(self) -> tuple[str, ...]:
        """The titles of the report's measures in which any figure is in doubt."""
        return tuple(view.title for view in self.measures if view.in_report and view.doubted)
