"""Headings that stand in several rows, one below another: wrapped, or in cells merged across and down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from peelcheck.reading.dialect import key, unmarked

_LONGEST_GROUP = 100


class Stack(Struct, frozen=True):
    """Rows of headings, and how they are read.

    Attributes:
        first, last: which rows.
        names: the headings that they give: those of the first row, unless one of the following is so.
        joined: the parts in all rows were read as one, or each column by itself.
        by_column: each column has its lowest part where that is a known heading.
    """

    first: int
    last: int
    names: tuple[str, ...]
    joined: bool = False
    by_column: bool = False


def stacked(rows: Sequence[Sequence[str]], begins: range, known: frozenset[str], usual: Stack) -> Stack:
    """The fewest rows that give more known headings than as they are usually read.

    Args:
        rows: the first rows of a table, down to the last that may hold headings.
        begins: in which of them headings may begin; in the last of these stand most of them.
        known: keys of headings that may be there.
        usual: how they are usually read, which is kept where nothing gives more.
    """
    best, most = usual, asked_for(usual.names, known)
    blocks = [(first, last) for first in begins for last in range(begins[-1], len(rows)) if first < last]
    for first, last in sorted(blocks, key=lambda block: block[1] - block[0]):
        together = rows[first : last + 1]
        for by_column, names in ((False, joined(together)), (True, _by_column(together, known))):
            found = asked_for(names, known)
            if found > most:
                best, most = Stack(first, last, names, joined=True, by_column=by_column), found
    return best


def asked_for(names: Sequence[str], known: frozenset[str]) -> int:
    """How many different known headings there are, marks behind them aside."""
    return len({k for name in names for k in (key(name), key(unmarked(name))) if k in known})


def joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Headings in several rows as one, their parts with a space between them."""
    return tuple(" ".join(_parts(cells)) for cells in zip_longest(*rows, fillvalue=""))


def _by_column(rows: Sequence[Sequence[str]], known: frozenset[str]) -> tuple[str, ...]:
    """Of each column the lowest heading if it is known; otherwise its headings as one, be it with those of its group."""
    names = []
    groups = [""] * len(rows)
    """What stands over this column in each row: a heading of merged cells is written in the first of them alone."""
    for cells in zip_longest(*rows, fillvalue=""):
        parts = _parts(cells)
        groups = [cell.strip()[:_LONGEST_GROUP] or group for cell, group in zip(cells, groups, strict=True)]
        names.append(
            next((name for name in _readings(parts, groups) if asked_for([name], known)), " ".join(parts))
        )
    return tuple(names)


def _readings(parts: Sequence[str], groups: Sequence[str]) -> Iterator[str]:
    """The headings that a column may have, the likeliest first."""
    if parts:
        yield parts[-1]
        yield " ".join(parts)
        yield " ".join(_parts([*groups[:-1], parts[-1]]))


def _parts(cells: Sequence[str]) -> list[str]:
    """The texts in cells that are not blank."""
    return [text for cell in cells if (text := cell.strip())]
