"""The status of each row of a return: a record, a remark, a body outside the collection, or a row with shifted cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, ByDistinct, mapped
from peelcheck.cells.parsed import CellState, Parsed
from peelcheck.matching.sheets import Sheet
from peelcheck.model import Collection
from peelcheck.model.returns import OF_THE_ROW
from peelcheck.tables.non_records import find_non_records
from peelcheck.tables.outside_bodies import find_outside_bodies, is_outside
from peelcheck.tables.row_origin import RowOrigin
from peelcheck.tables.table import NAME_COLUMNS, Return, code_of


class RowStatus(Struct, frozen=True, dict=True):
    """The status of each row; masks with one value per row.

    A row that none of the first five attributes marks is a record. A row may have two marks: a row about a body outside the
    collection may be a remark, or have shifted cells.

    Attributes:
        remark: a title, a note, or a row of the template that was not filled in (RO119). It is removed.
        bodies: the body outside the collection that the row is about (RO107); None for other rows. Such a row is removed.
        unidentified: a row with figures but no dates (in record-level returns: no force and no dates); or a remark, if its
            sender sent nothing else (RO121). It may be a record that is required, so it stays, but its values are not used.
        shifted: a row with more or fewer cells than columns, which was reported when the file was read. A figure may be in
            the wrong column. The row stays; of its values only the force, the code and the dates are used.
        unsplit: a row whose cells could not be separated, which was reported when the file was read. It stays; none of its
            values is used. Every such row is also `shifted`.
        nameless: a row with no text like a force's name and no known code. Findings say so; it is not a status by itself.
        dateless: a row with no text like a date in the date columns of its file. Findings say so, too.
        units: a row below the headings that says what each column holds, such as `text` or `number`. It is a remark, too.
    """

    remark: BoolArray
    bodies: ByDistinct
    unidentified: BoolArray
    shifted: BoolArray
    unsplit: BoolArray
    nameless: BoolArray
    dateless: BoolArray
    units: BoolArray

    @cached_property
    def outside(self) -> BoolArray:
        """Rows about a body outside the collection."""
        return is_outside(self.bodies)

    @cached_property
    def removed(self) -> BoolArray:
        """Rows that are certainly not records that are required."""
        return self.remark | self.outside

    @property
    def not_judged(self) -> BoolArray:
        """Rows whose single cells give no findings: the row as a whole has one."""
        return self.removed | self.unidentified | self.shifted

    def applied_to(self, table: Return, collection: Collection) -> Return:
        """The table without the removed rows, and with every value that cannot be used marked as bad."""
        if self.shifted.any():
            table = replace(table, shifted=self.shifted)
            table = table.without({name: self.shifted for name in table.values if name not in OF_THE_ROW})
            table = table.without(
                {
                    name: self.shifted & _unusable(table, name, collection)
                    for name in OF_THE_ROW
                    if name in table.values
                }
            )
        if self.unsplit.any():
            table = table.without(dict.fromkeys(table.values, self.unsplit))
        if self.unidentified.any():
            table = table.without(dict.fromkeys(table.values, self.unidentified & self.nameless))
            table = table.without(
                {name: self.unidentified for name in table.values if name not in NAME_COLUMNS}
            )
        return table.only(~self.removed) if self.removed.any() else table


def find_row_status(
    table: Return,
    parsed: Mapping[str, Parsed],
    collection: Collection,
    sheets: Sequence[Sheet],
    origin: RowOrigin,
    past: bool,
) -> RowStatus:
    """The status of every row.

    Args:
        table: the rows, not yet placed.
        parsed: the parsed columns.
        collection: for its forces, and the bodies outside it.
        sheets: the files that the rows came from, in the order of the rows.
        origin: where each row came from.
        past: whether the rows are accepted history.
    """
    unsplit = np.concatenate([_listed(sheet.lost, sheet) for sheet in sheets])
    shifted = np.concatenate([_listed(sheet.moved, sheet) for sheet in sheets]) | unsplit
    bodies = find_outside_bodies(table, collection, origin, past)
    none = find_non_records(table, parsed, collection, origin, ~shifted, is_outside(bodies))
    return RowStatus(
        remark=none.remarks,
        bodies=bodies,
        unidentified=none.unidentified,
        shifted=shifted,
        unsplit=unsplit,
        nameless=none.nameless,
        dateless=none.dateless,
        units=none.units,
    )


def _listed(rows: Sequence[int], sheet: Sheet) -> BoolArray:
    """Which of a file's rows are in a list of spreadsheet rows. Most lists are empty."""
    if not len(rows):
        return np.zeros(len(sheet.table.cells), dtype=bool)
    return np.isin(sheet.table.cells.row_numbers, rows)


def _unusable(table: Return, name: str, collection: Collection) -> BoolArray:
    """Cells of a column that do not identify the row: the text may belong in another column."""
    if name != "force_code":
        return np.asarray(table.states[name] != CellState.OK)
    return ~mapped(table.codes, lambda code: code_of(code) in collection.force_codes, dtype=bool)
