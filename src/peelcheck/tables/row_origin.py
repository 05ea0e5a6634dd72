"""Which file each row of a return came from, and which force sent that file."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, IntArray, ObjectArray, merged, objects
from peelcheck.matching.sheets import Sheet
from peelcheck.model import Source
from peelcheck.tables.table import Return


class RowOrigin(Struct, frozen=True):
    """Where the rows of one return came from.

    Attributes:
        sheet: the position of each row's sheet, one value per row.
        senders: the force whose folder each sheet came in, one value per sheet; "" for a sheet in no force's folder.
        names: what identifies each sheet, one value per sheet.
        in_folder: rows of sheets that came in a force's folder, one value per row.
        has_names: rows of sheets that have a column for the force's name, one value per row.
    """

    sheet: IntArray
    senders: Sequence[str]
    names: Sequence[Source]
    in_folder: BoolArray
    has_names: BoolArray

    @classmethod
    def of(cls, sheets: Sequence[Sheet]) -> RowOrigin:
        """The origin of the rows of these sheets, which are stacked in their order."""
        lengths = [len(sheet.table.cells) for sheet in sheets]
        senders = [sheet.received.force or "" for sheet in sheets]
        has_names = ["force" in sheet.match.columns for sheet in sheets]
        return cls(
            sheet=np.repeat(np.arange(len(sheets)), lengths),
            senders=senders,
            names=[sheet.source for sheet in sheets],
            in_folder=np.repeat(np.array(senders, dtype=bool), lengths),
            has_names=np.repeat(np.array(has_names, dtype=bool), lengths),
        )

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.sheet)

    @property
    def sources(self) -> ObjectArray:
        """The source of each row."""
        return objects(self.names)[self.sheet]

    @property
    def sender_numbers(self) -> IntArray:
        """A number for the sender of each row: the same number for all files of one force, else one number per file."""
        return merged(
            self.sheet, [sender or name for sender, name in zip(self.senders, self.names, strict=True)]
        )[0]

    def addressed(self, table: Return) -> Return:
        """The table with each row given to the sender of its file; a row in no force's folder keeps its own force.

        Findings are made from this table, because the sender is the one to ask.
        """
        if not self.in_folder.any():
            return table
        which, forces = table.by_force
        which = np.where(self.in_folder, self.sheet, len(self.senders) + which)
        return replace(table, by_force=merged(which, [*self.senders, *forces]))
