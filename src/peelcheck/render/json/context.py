"""The context of a force as JSON, for the force itself to check its files with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from peelcheck.model import Declaration
from peelcheck.render.forms import Json
from peelcheck.render.json import VERSION, written
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered
from peelcheck.version import __version__

if TYPE_CHECKING:
    from peelcheck.rounds.context import Context, Tables


def context_json(context: Context, look: Look) -> str:
    """Everything in a context, under the keys that `rounds.context` reads."""
    return written({key: of(context) for key, of in _KEYS.items()})


def _tables(tables: Tables) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [
            {
                "period_start": row.start.isoformat(),
                "period_end": row.end.isoformat(),
                **{item: _number(figure) for item, figure in row.figures.items()},
            }
            for row in rows
        ]
        for name, rows in tables.items()
    }


def _number(figure: float | None) -> float | int | None:
    return int(figure) if figure is not None and figure == int(figure) else figure


def _declaration(declared: Declaration) -> dict[str, str | None]:
    return {
        "force": declared.force,
        "with": declared.partner,
        "return": declared.return_name,
        "item": declared.item,
        "measure": declared.measure,
        "period_end": declared.period_end.isoformat() if declared.period_end else None,
        "status": declared.status.value,
        "reason": declared.reason,
        "source": declared.source or None,
    }


_KEYS: Mapping[str, Callable[[Context], Any]] = {
    "version": lambda context: VERSION,
    "force": lambda context: context.force,
    "tool": lambda context: __version__,
    "collection": lambda context: context.collection,
    "schemas": lambda context: context.schemas,
    "title": lambda context: context.title,
    "history": lambda context: _tables(context.history),
    "declarations": lambda context: [_declaration(one) for one in context.declarations],
    "reference": lambda context: _tables(context.reference),
}

CONTEXT = Rendered("context", (".json",), Json(tuple(_KEYS)), context_json)
