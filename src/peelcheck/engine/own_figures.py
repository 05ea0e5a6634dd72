"""The figures that a force itself sent, as they were read: what a query is about, and what an acceptance rests on."""

from __future__ import annotations

import math

from peelcheck.model import Collection, OwnFigure, ReturnKind
from peelcheck.queries.queries import OwnFigureOf
from peelcheck.tables.figures import Figures


def own_figure_of(figures: Figures, collection: Collection) -> OwnFigureOf:
    """What finds a figure by force, `return.item` and year.

    It finds none in a table that others supply, where the cell could not be read, and in a record-level return.
    """
    place = {name: i for i, name in enumerate(figures.forces)}

    def find(force: str, ref: str, year: int) -> OwnFigure | None:
        name, _, item = ref.partition(".")
        schema = collection.returns.get(name)
        if schema is None or schema.kind is not ReturnKind.RETURN or item not in schema or force not in place:
            return None
        period = schema[item].period
        value = float(figures.column(ref, year).value[place[force]])
        if period is None or not math.isfinite(value):
            return None
        return OwnFigure(name, item, period.dates(year)[1], value)

    return find
