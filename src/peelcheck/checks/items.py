"""Items as the kinds of check name them and look them up."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peelcheck.arrays import BoolArray, FloatArray, IntArray, ObjectArray
from peelcheck.checks.view import View
from peelcheck.model import Status
from peelcheck.wording import exact, listed

__all__ = [
    "exact",
    "first_positions",
    "floor_of",
    "inputs",
    "is_count",
    "latest_year",
    "named",
    "percent_of",
    "pointed_at",
    "side_by_side",
    "throughout",
    "unexplained",
]

_MANY = 5
_COUNTS = 25.0
_UNITS = 1.0  # of a percentage or an average, where 25 would be most of what there is


def named(view: View, item: str) -> str:
    """The item's title in quotes, as a message names it; with its return where that is another one."""
    return_name, _, name = view.ref(item).partition(".")
    if return_name == view.table.schema.name:
        return f"“{view.table.schema[name].title}”"
    other = view.schema_of(return_name, name)
    if other is None:  # it was not received: nothing is compared with it, and nothing said of it
        return f"“{item}”"
    title = other[name].title
    return f"“{title}”" if title == other.title else f"“{title}” of “{other.title}”"


def side_by_side(view: View, items: Sequence[str]) -> str:
    """The items' titles; of many that stand side by side, the first and the last."""
    columns = list(view.table.schema.columns)
    at = [columns.index(item) for item in items if item in columns]
    if len(at) == len(items) > _MANY and at == list(range(at[0], at[0] + len(at))):
        return f"{named(view, items[0])} to {named(view, items[-1])}, {len(items)} columns"
    return listed([named(view, item) for item in items])


def pointed_at(*items: str) -> str:
    """The first of the items that is a column of the return itself: only its cell can be pointed at."""
    return next((item for item in items if "." not in item), items[0])


def inputs(view: View, *items: str) -> tuple[str, ...]:
    """The names to look a check's figures up by: as they stand in the row, unless one is another return's.

    A figure that was declared partial or not comparable should still add up within its row. Against other returns
    it is not compared: the full name (`return.item`) finds only what is usable.
    """
    return items if all("." not in item for item in items) else tuple(view.ref(item) for item in items)


def throughout(view: View, value: str) -> ObjectArray:
    """A fact that is the same in every row, without a copy of it for each of millions of rows."""
    return np.broadcast_to(np.array(value, dtype=object), len(view.table))


def unexplained(view: View, item: str, but: Container[Status] = ()) -> BoolArray:
    """Rows in which no declaration accounts for a blank: none says that there is no figure, or has a status of `but`."""
    if view.table.schema.records:  # nothing is declared of single records
        return np.ones(len(view.table), dtype=bool)
    return np.array(
        [
            said is None or (said.speaks_of_figure(force) and said.status not in but)
            for said, force in zip(view.declared(item), view.table.forces, strict=True)
        ],
        dtype=bool,
    )


def first_positions(codes: NDArray[Any]) -> IntArray:
    """Where each code, 0 and up, first stands."""
    first = np.zeros(int(codes.max(initial=-1)) + 1, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes), dtype=np.int64)[
        ::-1
    ]  # the last to be written is the first that stands
    return first


def floor_of(view: View, item: str, floor: float | None, of_counts: float = _COUNTS) -> float:
    """The floor for an item, in its unit: as the check has it, else `of_counts` for whole numbers and 1 for others."""
    if floor is not None:
        return max(floor, 0.0)
    return of_counts if is_count(view, item) else _UNITS


def is_count(view: View, item: str) -> bool:
    """Whether an item is counted in whole numbers, or is a sum of money: not a percentage, an average or full-time posts."""
    return_name, _, name = view.ref(item).partition(".")
    schema = view.schema_of(return_name, name)
    if schema is None:
        return True  # it was not received: nothing is compared with it
    return schema[name].type not in ("number", "percent")


def latest_year(view: View, item: str) -> int:
    """The most recent year for which the item is required; 0 if there is none."""
    return max(view.field(item).years, default=0)


def percent_of(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Hundredths of the whole; NaN where there is no whole or none above 0."""
    return 100 * part / np.where(whole > 0, whole, np.nan)
