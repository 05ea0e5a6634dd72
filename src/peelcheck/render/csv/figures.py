"""Figures as a table for a spreadsheet: a row a measure and force."""

from __future__ import annotations

from peelcheck.model import FigureSet, ItemFigure
from peelcheck.render.csv import spreadsheet
from peelcheck.render.fields import FIGURE, Cell, figure_row, finite
from peelcheck.render.forms import Csv
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered


def figures_csv(figures: FigureSet, look: Look) -> str:
    """One row per measure and force, including the whole area; then one row per item that the force sent."""
    rows = [figure_row(figure) for figure in (*figures.figures, *figures.area)]
    return spreadsheet(FIGURE, [*rows, *map(_item_row, figures.items)])


def _item_row(item: ItemFigure) -> dict[str, Cell]:
    """An item as a row of figures: a count that is divided by nothing."""
    own: dict[str, Cell] = {
        "measure": f"{item.return_name}.{item.item}",
        "title": item.title,
        "period": item.period,
        "force": item.force,
        "numerator": finite(item.value),
        "previous_numerator": finite(item.previous),
        "status": item.status,
        "footnote": item.footnote,
        "unit": item.unit,
    }
    return {**dict.fromkeys(FIGURE), **own}


FIGURES = Rendered("csv", (".csv",), Csv(tuple(FIGURE)), figures_csv)
