"""Record-level returns: one row a record, taken in pieces, so that memory hardly grows with the file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from msgspec import Struct, field
from msgspec.structs import replace
from numpy.typing import NDArray

from peelcheck.arrays import BoolArray, Texts, arrow_of, distinct_rows, encoded, mapped
from peelcheck.cells.parsed import CellState
from peelcheck.cells.text import TRUTH
from peelcheck.matching.sheets import PIECE, Sheet
from peelcheck.model import Collection, Findings, RecordCount, ReturnSchema
from peelcheck.model.file_findings import Place, at_places
from peelcheck.reading.columns import joined
from peelcheck.rules.registry import built_in
from peelcheck.tables.constraints import compile_schema, conform
from peelcheck.tables.key_hashes import KeyArray, Keys, hashed
from peelcheck.tables.prepare import type_and_place
from peelcheck.tables.table import Return
from peelcheck.wording import listed

_T = TypeVar("_T")
_MANY = 20
"""Records of a force from which it is no chance that none of them says anything."""


class Tally(Struct):
    """What is kept of the records of a return: how many there are, and how many of them each count takes in, by force.

    `read` has the rows of each file, and `whose` the forces that they are of ("" for none); `told` how many of the records
    say, in the columns that a count looks at, whether they belong to it, and `silent` how many have nothing there.
    """

    schema: ReturnSchema
    read: Counter[str] = field(default_factory=Counter)
    whose: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    rows: Counter[str] = field(default_factory=Counter)
    counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    told: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    silent: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, table: Return) -> None:
        """Count the records of a piece; those whose force is not known count for nobody."""
        which, forces = table.by_force
        for file, force in distinct_rows(table.files, table.by_force)[1]:
            self.whose[file].add(force)
        self.rows.update(_per_force(which, forces))
        for count in self.schema.counts:
            taken_in, told = _taken_in(table, count)
            self.counts[count.name].update(_per_force(which[taken_in], forces))
            self.told[count.name].update(_per_force(which[told], forces))
            self.silent[count.name].update(_per_force(which[_silent(table, count)], forces))

    def findings(self) -> Iterator[Findings]:
        """RO125 for each figure of a force none of whose records, if they are many, has anything where it is counted by."""
        (file, *others) = self.read
        for count in self.schema.counts:
            for force, n in self.silent[count.name].items():
                if n < max(self.rows[force], _MANY):
                    continue
                columns = listed([f"“{self.schema[column].title}”" for column in count.where])
                message = f"None of the {n:,} records of {force} has a value in {columns}, so “{count.title}” is not known."
                place = Place(force, message, None if others else file)
                yield at_places(built_in()["RO125"], self.schema.name, next(iter(count.where)), [place])

    @property
    def counted(self) -> tuple[str, ...]:
        """The names of the figures that the records make."""
        return tuple(count.name for count in self.schema.counts)

    def of(self, name: str) -> dict[str, int | None]:
        """One of these figures by force: 0 for a force that has records, but none of that kind.

        None for one none of whose records say what kind they are: missing is not zero.
        """
        return {force: self.counts[name][force] if self.told[name][force] else None for force in self.rows}


def _per_force(which: NDArray[np.int64], forces: Sequence[str]) -> dict[str, int]:
    """How many records each force has; which of the forces, or of none (""), each record is of."""
    counted = np.bincount(which, minlength=len(forces))
    return {force: n for force, n in zip(forces, counted.tolist(), strict=True) if force and n}


def _taken_in(table: Return, count: RecordCount) -> tuple[BoolArray, BoolArray]:
    """The records that a count takes in, and those that say whether they belong to it."""
    rows, told = np.ones(len(table), dtype=bool), np.ones(len(table), dtype=bool)
    for column, values in count.where.items():
        told &= table.states[column] == CellState.OK
        if column in table.text:
            rows &= _among(table, column, {value.casefold() for value in values})
    return rows & told, told


def _silent(table: Return, count: RecordCount) -> BoolArray:
    """The records with nothing in a column that a count looks at, which their file has."""
    silent = np.zeros(len(table), dtype=bool)
    for column in count.where:
        if column in table.text:
            silent |= np.isin(table.states[column], (CellState.BLANK, CellState.MISSING))
    return silent


def _texts(table: Return, column: str) -> Texts:
    """A column's values, if it is text, with null where there is none; of any other the cells as written."""
    is_text = table.schema[column].type == "string"
    return arrow_of(table.values[column]) if is_text else table.text[column]


def _among(table: Return, column: str, wanted: Set[str]) -> BoolArray:
    """The rows whose value, as it was read, is wanted."""
    if table.schema[column].type == "boolean":
        return np.isin(table.values[column], [TRUTH[word] for word in wanted if word in TRUTH])
    cells = table.by_distinct(column) if column in table.distinct else _texts(table, column)
    return mapped(cells, lambda text: (text or "").strip().casefold() in wanted, dtype=bool)


def take_in(
    schema: ReturnSchema,
    sheets: Sequence[Sheet],
    collection: Collection,
    found: Callable[[list[Findings]], None],
    each: Callable[[Return], None],
    kept: Sequence[str] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> tuple[Tally, Return | None]:
    """Take in a record-level return piece by piece.

    Args:
        schema: the return.
        sheets: its files.
        collection: for the forces and the year.
        found: gets what came up in every piece.
        each: is called with every piece, for the checks that need only see a row at a time.
        kept: columns to keep of every row, for the checks that must see all rows at once.
        progress: is called with how many rows were taken in.

    Returns:
        The counts by force; and one table of all rows with the columns kept and none else, or None if nothing is to
        be kept or there was no row.
    """
    tally, slim = Tally(schema), []
    unique = {f.name: Keys() for f in schema.fields if f.unique}
    ready = partial(compile_schema, schema.name, schema.fields, schema.records)
    for together, piece, findings in _ahead(_placed(schema, sheets, collection), ready):
        piece, constraints = conform(piece)
        found([*findings, *constraints])
        for sheet in together:
            tally.read[sheet.received.name] += len(sheet.table.cells)
        tally.add(piece)
        each(piece)
        progress(tally.read.total())
        for name, keys in unique.items():
            if name in piece.text:
                keys.add(_texts(piece, name), piece.by_force)
        if kept:
            slim.append(_narrow(piece, kept))
    found([*tally.findings()])
    for name, keys in unique.items():
        repeated = keys.repeated()
        if len(repeated):
            for repeats in _repeats(schema, name, repeated, sheets, collection):
                found([repeats])
    return tally, _joined(slim)


def _placed(
    schema: ReturnSchema, sheets: Sequence[Sheet], collection: Collection
) -> Iterator[tuple[list[Sheet], Return, list[Findings]]]:
    """Each piece of the files, typed and placed, with what came up; and the sheets that it is made of."""
    for together in _together(sheets):
        yield together, *type_and_place(schema, together, collection)


def _together(sheets: Sequence[Sheet]) -> Iterator[list[Sheet]]:
    """The pieces of large files one by one; of small files many at once, as a piece costs as much for one row as for many."""
    together: list[Sheet] = []
    rows = 0
    for piece in chain.from_iterable(sheet.pieces() for sheet in sheets):
        if together and rows + len(piece.table.cells) > PIECE:
            yield together
            together, rows = [], 0
        together.append(piece)
        rows += len(piece.table.cells)
        if rows >= PIECE:  # not only when the next is read
            yield together
            together, rows = [], 0
    if together:
        yield together


def _ahead(items: Iterator[_T], first: Callable[[], object] = lambda: None) -> Iterator[_T]:
    """The same items; the next is made by another thread while one is worked at, and the first while `first` is done."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(next, items, None)
        first()
        while (item := coming.result()) is not None:
            coming = maker.submit(next, items, None)
            yield item


def _repeats(
    schema: ReturnSchema,
    name: str,
    repeated: KeyArray,
    sheets: Sequence[Sheet],
    collection: Collection,
) -> Iterator[Findings]:
    """TY106 for every row with a value that stands in another row too; the files are read again to find them."""
    title = schema[name].title

    def say(fact: Any) -> str:
        return f"“{title}” is “{fact['written']}”; another row has the same value."

    for _, piece, _ in _ahead(_placed(schema, sheets, collection)):
        if name in piece.text:
            twice = np.isin(hashed(_texts(piece, name), piece.by_force), repeated)
            if twice.any():
                yield piece.findings(built_in()["TY106"], name, twice, say)


def _narrow(table: Return, columns: Sequence[str]) -> Return:
    """The same rows with only some columns."""
    return replace(
        table,
        text={name: table.text[name] for name in columns if name in table.text},
        values={name: table.values[name] for name in columns},
        distinct={},
        states={name: table.states[name] for name in columns},
    )


def _joined(pieces: Sequence[Return]) -> Return | None:
    """All pieces as one table."""
    if not pieces:
        return None
    if len(pieces) == 1:
        return pieces[0]
    first = pieces[0]
    return replace(
        first,
        text={name: joined([piece.text[name] for piece in pieces]) for name in first.text},
        values={name: pd.concat([pd.Series(p.values[name]) for p in pieces]).array for name in first.values},
        states={name: np.concatenate([p.states[name] for p in pieces]) for name in first.states},
        files=np.concatenate([piece.files for piece in pieces]),
        rows=np.concatenate([piece.rows for piece in pieces]),
        by_force=encoded(np.concatenate([piece.forces for piece in pieces])),
        years=np.concatenate([piece.years for piece in pieces]),
        periods=np.concatenate([piece.periods for piece in pieces]),
        headings={
            name: {file: own for piece in pieces for file, own in piece.headings.get(name, {}).items()}
            for name in first.schema.columns
        },
    )
