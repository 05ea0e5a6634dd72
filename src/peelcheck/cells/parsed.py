"""The result of parsing a column of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace
from numpy.typing import NDArray

from peelcheck.arrays import ByDistinct


class CellState(IntEnum):
    """The kind of content that a cell has."""

    OK = 0  # there is a value
    BLANK = 1  # empty, or only spaces
    MISSING = 2  # a marker that means that there is no value
    BAD = 3  # text that is not a value of the field's type


class CellIssue(Struct, frozen=True):
    """The cells of a column that one cell rule is about.

    Attributes:
        code: the rule, one of `CELL_RULES`.
        positions: the positions of the cells, in ascending order.
        hints: one text for each cell. In an error it is a helpful sentence, or "" for none; in a note it is the value that
            was read. There may be fewer hints than positions.
    """

    code: str
    positions: NDArray[np.int64]
    hints: tuple[str, ...] = ()

    def but(self, excluded: NDArray[np.bool_]) -> CellIssue:
        """The issue without the cells that are marked in `excluded`."""
        kept = ~excluded[self.positions]
        hints = tuple(hint for hint, keep in zip(self.hints, kept, strict=False) if keep)
        return CellIssue(self.code, self.positions[kept], hints)

    def part(self, first: int, last: int) -> CellIssue:
        """The issue for the cells from `first` up to `last`; positions count from `first`."""
        start, end = np.searchsorted(self.positions, (first, last))
        return CellIssue(self.code, self.positions[start:end] - first, self.hints[start:end])


class Parsed(Struct, frozen=True):
    """A typed column, with one value per cell.

    Attributes:
        values: float64, datetime64[D], objects, or Arrow text; NaN, NaT, None or null where the state is not OK.
        state: the `CellState` of every cell, as int8.
        bad: the cells that could not be parsed, by rule.
        notes: the cells that were corrected, by rule; their state is OK. A cell is in at most one note.
        reasons: the reason for each missing cell, by position.
        distinct: the column by its distinct values, for names and for text with few different values; None for other
            columns. A value may be listed more than once.
    """

    values: Any
    state: NDArray[np.int8]
    bad: tuple[CellIssue, ...] = ()
    notes: tuple[CellIssue, ...] = ()
    reasons: Mapping[int, str] = field(default_factory=dict)
    distinct: ByDistinct | None = None

    def part(self, first: int, last: int) -> Parsed:
        """The cells from `first` up to `last`, as a column of its own."""
        return Parsed(
            self.values[first:last],
            self.state[first:last],
            bad=tuple(issue for one in self.bad if len((issue := one.part(first, last)).positions)),
            notes=tuple(issue for one in self.notes if len((issue := one.part(first, last)).positions)),
            reasons={at - first: why for at, why in self.reasons.items() if first <= at < last},
        )

    def but(self, excluded: NDArray[np.bool_]) -> Parsed:
        """The column without the issues of the cells that are marked in `excluded`."""
        if not excluded.any():
            return self
        return replace(
            self,
            bad=tuple(issue.but(excluded) for issue in self.bad),
            notes=tuple(issue.but(excluded) for issue in self.notes),
        )


def in_turn(parts: Sequence[Parsed]) -> Parsed:
    """Columns one below the other as one. What is known by distinct values is not kept so."""
    starts = np.cumsum([0, *(len(part.state) for part in parts[:-1])]).tolist()
    return Parsed(
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.state for part in parts]),
        bad=_issues_in_turn([part.bad for part in parts], starts),
        notes=_issues_in_turn([part.notes for part in parts], starts),
        reasons={
            at + start: why
            for part, start in zip(parts, starts, strict=True)
            for at, why in part.reasons.items()
        },
    )


def _issues_in_turn(parts: Sequence[tuple[CellIssue, ...]], starts: Sequence[int]) -> tuple[CellIssue, ...]:
    """The issues of columns one below the other, one for each code."""
    positions: dict[str, list[NDArray[np.int64]]] = {}
    hints: dict[str, list[str]] = {}
    for issues, start in zip(parts, starts, strict=True):
        for issue in issues:
            positions.setdefault(issue.code, []).append(issue.positions + start)
            hints.setdefault(issue.code, []).extend(issue.hints)
    return tuple(
        CellIssue(code, np.concatenate(positions[code]), tuple(hints[code])) for code in sorted(positions)
    )
