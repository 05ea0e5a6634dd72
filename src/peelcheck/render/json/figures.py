"""Figures as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import asdict

from peelcheck.model import FigureSet, ItemFigure
from peelcheck.render.fields import AREA, Cell, figure_row, finite
from peelcheck.render.forms import Json
from peelcheck.render.json import VERSION, checksum, file_row, written
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered


def figures_json(figures: FigureSet, look: Look) -> str:
    """A row a measure and force, the rows of the area as a whole, what one force sent, and who is out and why."""
    return written({key: of(figures) for key, of in _KEYS.items()})


def _item(item: ItemFigure) -> dict[str, Cell]:
    return {name: finite(v) if isinstance(v, float) else v for name, v in asdict(item).items()}


def _out(figures: FigureSet) -> dict[str, list[dict[str, str]]]:
    return {
        measure: [{"force": force, "reason": reason} for force, reason in out]
        for measure, out in figures.out.items()
    }


_KEYS: Mapping[str, Callable[[FigureSet], Any]] = {
    "version": lambda figures: VERSION,
    "title": lambda figures: figures.title,
    "collection": lambda figures: figures.collection.name,
    "schemas": lambda figures: checksum(figures.collection),
    "round": lambda figures: {"title": figures.title, "files": [file_row(file) for file in figures.own]},
    "files": lambda figures: [file_row(file) for file in figures.files],
    "figures": lambda figures: [figure_row(figure) for figure in figures.figures],
    AREA: lambda figures: [figure_row(figure) for figure in figures.area],
    "items": lambda figures: [_item(item) for item in figures.items],
    "out": _out,
}

FIGURES = Rendered("json", (".json",), Json(tuple(_KEYS)), figures_json)
