"""Headings that stand in several rows, one below another: wrapped, or in cells merged across and down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from peelcheck.reading.text import key, unmarked

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
        names = _by_column(together, known)
        found = asked_for(names, known)
        if found > most:
            best = Stack(first, last, names, joined=True, by_column=names != joined(together))
            most = found
    return best


def asked_for(names: Sequence[str], known: frozenset[str]) -> int:
    """How many different known headings there are, marks behind them aside."""
    return len({k for name in names for k in (key(name), key(unmarked(name))) if k in known})


def joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Headings in several rows as one, their parts with a space between them."""
    return tuple(" ".join(_parts(cells)) for cells in zip_longest(*rows, fillvalue=""))


def _by_column(rows: Sequence[Sequence[str]], known: frozenset[str]) -> tuple[str, ...]:
    """Of each column its headings as one, be it with those of its group, or else the lowest, whichever is known.

    The lowest alone is not taken where what stands above it is known too, nor where it is the lowest of two columns: it is
    the groups above that tell what is meant, `All incidents` or `Domestic abuse` over `total`.
    """
    columns = [[cell.strip() for cell in cells] for cells in zip_longest(*rows, fillvalue="")]
    wholes = [_with_groups(above, cells) for above, cells in zip(_groups(columns), columns, strict=True)]
    lowest = [parts[-1] if (parts := _parts(cells)) else "" for cells in columns]
    often = Counter(map(key, lowest))
    names = []
    for cells, whole, last in zip(columns, wholes, lowest, strict=True):
        as_one, own = " ".join(whole), " ".join(_parts(cells))
        in_doubt = often[key(last)] > 1 or any(asked_for([above], known) for above in whole[:-1])
        readings = [as_one, own, last]
        if in_doubt:
            readings = [as_one] if own == last else [as_one, own]
        names.append(
            next((name for name in readings if asked_for([name], known)), as_one if in_doubt else own)
        )
    return tuple(names)


def _groups(columns: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """What stands over each column in each row: a heading of merged cells is written in the first of them alone.

    One with nothing below it is its own column's.
    """
    groups = [""] * max(map(len, columns), default=0)
    for cells in columns:
        for n, cell in enumerate(cells):
            if cell:
                groups[n] = cell[:_LONGEST_GROUP] if any(cells[n + 1 :]) else ""
        yield [*groups]


def _with_groups(groups: Sequence[str], cells: Sequence[str]) -> list[str]:
    """A column's headings with those of its groups, from above."""
    lowest = max((n for n, cell in enumerate(cells) if cell), default=-1)
    return _parts(
        [
            *(cell or group for cell, group in zip(cells[:lowest], groups, strict=False)),
            *cells[lowest : lowest + 1],
        ]
    )


def _parts(cells: Sequence[str]) -> list[str]:
    """The texts in cells that are not blank."""
    return [text for cell in cells if (text := cell.strip())]
