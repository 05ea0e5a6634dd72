"""Record-level returns: one row per record, read in pieces, so that memory hardly grows with the file."""

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
from peelcheck.model import Collection, Findings, RecordCount, ReturnSchema, Source
from peelcheck.model.file_findings import Place, at_places
from peelcheck.reading.columns import joined
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import NOTHING_RECORDED
from peelcheck.rules.type_rules import REPEATED_VALUE
from peelcheck.tables.constraints import compile_schema, conform
from peelcheck.tables.key_hashes import KeyArray, Keys, hashed
from peelcheck.tables.prepare import type_and_place
from peelcheck.tables.record_counts import ByMonth, Counted, MonthTally, table_of_counts
from peelcheck.tables.table import Return
from peelcheck.wording import listed

_T = TypeVar("_T")
_MANY = 20
"""If so many records of a force are all blank in a column, that is no coincidence."""


class Tally(Struct):
    """The numbers of records of a return. A *count* is a figure that is counted from records, such as those with a value.

    Attributes:
        schema: the return.
        read: the number of rows by file.
        whose: the forces of the rows by file; "" for rows whose force is not known.
        rows: the number of records by force.
        counts: by count, the number of records that it includes, by force.
        answered: by count, the number of records with a valid value in all columns that it looks at, by force.
        unanswered: by count, the number of records with a blank or missing cell in one of these columns, by force.
        months: the number of records by month, for each column of dates by which they are counted.
    """

    schema: ReturnSchema
    read: Counter[Source] = field(default_factory=Counter)
    whose: defaultdict[Source, set[str]] = field(default_factory=lambda: defaultdict(set))
    rows: Counter[str] = field(default_factory=Counter)
    counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    answered: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    unanswered: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    months: tuple[MonthTally, ...] = ()

    def add(self, table: Return) -> None:
        """Add the records of one piece. Records whose force is not known are not counted for any force."""
        which, forces = table.by_force
        for source, force in distinct_rows(table.sources, table.by_force)[1]:
            self.whose[source].add(force)
        self.rows.update(_per_force(which, forces))
        for months in self.months:
            months.add(table)
        for count in self.schema.counts:
            taken_in, answered = _taken_in(table, count)
            self.counts[count.name].update(_per_force(which[taken_in], forces))
            self.answered[count.name].update(_per_force(which[answered], forces))
            self.unanswered[count.name].update(_per_force(which[_unanswered(table, count)], forces))

    def findings(self) -> Iterator[Findings]:
        """RO125 for each figure that cannot be counted: a force has many records, all blank in a column that it needs."""
        (source, *others) = self.read
        for count in self.schema.counts:
            for force, n in self.unanswered[count.name].items():
                if n < max(self.rows[force], _MANY):
                    continue
                columns = listed([f"“{self.schema[column].title}”" for column in count.where])
                message = f"None of the {n:,} records of {force} has a value in {columns}, so “{count.title}” is not known."
                place = Place(force, message, None if others else source)
                yield at_places(
                    built_in()[NOTHING_RECORDED], self.schema.name, next(iter(count.where)), [place]
                )

    @property
    def counted(self) -> tuple[str, ...]:
        """The names of the figures that are counted from the records."""
        return tuple(count.name for count in self.schema.counts)

    def counted_as(self, year: int) -> Counted:
        """The return in numbers: its counts, which are of that year, and its records by month."""
        sources = {
            force: source for source, forces in reversed(self.whose.items()) for force in forces if force
        }
        sources = {force: sources[force] for force in self.rows}
        laid_out = {
            (one.column, one.where): one.laid_out(list(sources), self.schema[one.column])
            for one in self.months
        }
        return Counted(
            table_of_counts(self.schema, {name: self.of(name) for name in self.counted}, sources, year),
            {key: months for key, months in laid_out.items() if months is not None},
            self.schema,
        )

    def of(self, name: str) -> dict[str, int | None]:
        """One of these figures by force; 0 for a force that has records, but none of this kind.

        None for one none of whose records say what kind they are: missing is not zero.
        """
        return {
            force: self.counts[name][force] if self.answered[name][force] else None for force in self.rows
        }


def _per_force(which: NDArray[np.int64], forces: Sequence[str]) -> dict[str, int]:
    """The number of records by force. Records with no force ("") are left out; so are forces without records."""
    counted = np.bincount(which, minlength=len(forces))
    return {force: n for force, n in zip(forces, counted.tolist(), strict=True) if force and n}


def _taken_in(table: Return, count: RecordCount) -> tuple[BoolArray, BoolArray]:
    """The records that a count includes, and the records with a valid value in all columns that it looks at."""
    rows, answered = np.ones(len(table), dtype=bool), np.ones(len(table), dtype=bool)
    for column, values in count.where.items():
        answered &= table.states[column] == CellState.OK
        if column in table.text:
            rows &= _among(table, column, {value.casefold() for value in values})
    return rows & answered, answered


def _unanswered(table: Return, count: RecordCount) -> BoolArray:
    """The records with a blank or missing cell in a column that a count looks at. A column that no file has is skipped."""
    unanswered = np.zeros(len(table), dtype=bool)
    for column in count.where:
        if column in table.text:
            unanswered |= np.isin(table.states[column], (CellState.BLANK, CellState.MISSING))
    return unanswered


def _texts(table: Return, column: str) -> Texts:
    """The values of a text column, null for none; the cells as written of any other column."""
    is_text = table.schema[column].type == "string"
    return arrow_of(table.values[column]) if is_text else table.text[column]


def _among(table: Return, column: str, wanted: Set[str]) -> BoolArray:
    """The rows whose parsed value is one of those wanted, ignoring case."""
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
    by_month: Sequence[ByMonth] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> tuple[Tally, Return | None]:
    """Read a record-level return piece by piece.

    Args:
        schema: the return.
        sheets: its files.
        collection: for the forces and the year.
        found: is called with the findings of every piece.
        each: is called with every piece; it runs the checks that need one row at a time.
        kept: columns to keep of every row, for the checks that need all rows at once.
        by_month: columns of dates by whose months records are counted, each with the conditions for a record to count.
        progress: is called with the number of rows read so far.

    Returns:
        The counts by force; and one table of all rows with only the columns to keep. The table is None if there are no such
        columns or no rows.
    """
    tally, slim = Tally(schema, months=tuple(MonthTally(*one) for one in by_month)), []
    unique = {f.name: Keys() for f in schema.fields if f.unique}
    ready = partial(compile_schema, schema.name, schema.fields, schema.records)
    for together, piece, findings in _ahead(_placed(schema, sheets, collection), ready):
        piece, constraints = conform(piece)
        found([*findings, *constraints])
        for sheet in together:
            tally.read[sheet.source] += len(sheet.table.cells)
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
    """Each piece of the files: its sheets, its typed and placed table, and the findings about it."""
    for together in _together(sheets):
        yield together, *type_and_place(schema, together, collection)


def _together(sheets: Sequence[Sheet]) -> Iterator[list[Sheet]]:
    """The pieces of large files one by one; small files together in one piece, because each piece has a fixed cost."""
    together: list[Sheet] = []
    rows = 0
    for piece in chain.from_iterable(sheet.pieces() for sheet in sheets):
        if together and rows + len(piece.table.cells) > PIECE:
            yield together
            together, rows = [], 0
        together.append(piece)
        rows += len(piece.table.cells)
        if rows >= PIECE:  # at once: the next piece need not be read first
            yield together
            together, rows = [], 0
    if together:
        yield together


def _ahead(items: Iterator[_T], first: Callable[[], object] = lambda: None) -> Iterator[_T]:
    """The same items. Another thread makes the next item while the caller works on one, and the first during `first()`."""
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
    """TY106 for every row whose value is repeated in another row. The files are read again to find these rows."""
    title = schema[name].title

    def say(fact: Any) -> str:
        return f"“{title}” is “{fact['written']}”; another row has the same value."

    for _, piece, _ in _ahead(_placed(schema, sheets, collection)):
        if name in piece.text:
            twice = np.isin(hashed(_texts(piece, name), piece.by_force), repeated)
            if twice.any():
                yield piece.findings(built_in()[REPEATED_VALUE], name, twice, say)


def _narrow(table: Return, columns: Sequence[str]) -> Return:
    """The table with only some of its columns."""
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
        sources=np.concatenate([piece.sources for piece in pieces]),
        rows=np.concatenate([piece.rows for piece in pieces]),
        by_force=encoded(np.concatenate([piece.forces for piece in pieces])),
        years=np.concatenate([piece.years for piece in pieces]),
        periods=np.concatenate([piece.periods for piece in pieces]),
        headings={
            name: {source: own for piece in pieces for source, own in piece.headings.get(name, {}).items()}
            for name in first.schema.columns
        },
    )
