"""Headings that are spread over several rows: wrapped, or in cells merged across and down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from peelcheck.reading.text import key, unmarked

_LONGEST_GROUP = 100


class Stack(Struct, frozen=True):
    """The rows of the headings, and how they are read.

    Attributes:
        first, last: the positions of the first and the last of these rows.
        names: the headings. They are those of the first row, unless one of the next two attributes is true.
        joined: the parts in all rows were joined, or each column was read by itself.
        by_column: a column has only its lowest part as its heading, if that is a known heading.
    """

    first: int
    last: int
    names: tuple[str, ...]
    joined: bool = False
    by_column: bool = False


def stacked(rows: Sequence[Sequence[str]], begins: range, known: frozenset[str], usual: Stack) -> Stack:
    """The smallest number of rows that gives more known headings than the usual reading.

    Args:
        rows: the first rows of a table, down to the last that may have headings.
        begins: the rows in which the headings may begin; the last of them has the most known headings.
        known: keys of the known headings.
        usual: the usual reading, which is returned if nothing gives more known headings.
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
    """The number of different known headings, ignoring the marks after them."""
    return len({k for name in names for k in (key(name), key(unmarked(name))) if k in known})


def joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Headings in several rows joined into one row, with spaces between the parts."""
    return tuple(" ".join(_parts(cells)) for cells in zip_longest(*rows, fillvalue=""))


def grouped(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Headings in several rows joined into one row, each with the groups over it, which are only in their first column."""
    columns = [[cell.strip() for cell in cells] for cells in zip_longest(*rows, fillvalue="")]
    return tuple(
        " ".join(_with_groups(above, cells)) for above, cells in zip(_groups(columns), columns, strict=True)
    )


def _by_column(rows: Sequence[Sequence[str]], known: frozenset[str]) -> tuple[str, ...]:
    """One heading for each column: its parts joined, with its groups or without, or its lowest part, whichever is known.

    The lowest part alone is not used if the text above it is known too, or if two columns have the same lowest part. Then the
    groups above decide the meaning, such as `All incidents` or `Domestic abuse` over `total`.
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
    """The group headings over each column, one per row. The text of merged cells is only in the first of them.

    A heading with nothing below it belongs to its own column only.
    """
    groups = [""] * max(map(len, columns), default=0)
    for cells in columns:
        for n, cell in enumerate(cells):
            if cell:
                groups[n] = cell[:_LONGEST_GROUP] if any(cells[n + 1 :]) else ""
        yield [*groups]


def _with_groups(groups: Sequence[str], cells: Sequence[str]) -> list[str]:
    """A column's headings together with its group headings, from top to bottom."""
    lowest = max((n for n, cell in enumerate(cells) if cell), default=-1)
    return _parts(
        [
            *(cell or group for cell, group in zip(cells[:lowest], groups, strict=False)),
            *cells[lowest : lowest + 1],
        ]
    )


def _parts(cells: Sequence[str]) -> list[str]:
    """The texts of the cells that are not blank."""
    return [text for cell in cells if (text := cell.strip())]
