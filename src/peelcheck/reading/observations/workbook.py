"""What was seen in a workbook beyond its cells."""

from __future__ import annotations

from typing import ClassVar

from peelcheck.reading.observations import Observation
from peelcheck.rules import file_rules
from peelcheck.wording import listed

_SHOWN = 5


class UnreadableWorkbook(Observation, frozen=True):
    """A workbook of which nothing was read; `why` follows “because”."""

    code: ClassVar[str] = file_rules.WORKBOOK
    why: str

    def words(self) -> str:
        """The sentence."""
        return f"The workbook was not read, because {self.why}."


class HiddenCells(Observation, frozen=True):
    """A hidden sheet, or hidden rows or columns in it; they were read like all others."""

    code: ClassVar[str] = file_rules.HIDDEN_CELLS
    sheet: bool
    columns: tuple[str, ...] = ()

    def words(self) -> str:
        """The sentence."""
        parts = ["the sheet is hidden"] if self.sheet else []
        if self.rows:
            some = [f"{row:,}" for row in self.rows[:_SHOWN]]
            more = [f"{len(self.rows) - _SHOWN:,} more"] * (len(self.rows) > _SHOWN)
            parts.append(
                f"row{'s' * (len(self.rows) > 1)} {listed([*some, *more])} {_are(len(self.rows))} hidden"
            )
        if self.columns:
            columns = listed(self.columns[:_SHOWN])
            parts.append(f"column{'s' * (len(self.columns) > 1)} {columns} {_are(len(self.columns))} hidden")
        said = listed(parts)
        return f"{said[0].upper()}{said[1:]}. What is hidden was read like everything else."


class ShownOtherwise(Observation, frozen=True):
    """Cells that show something else than they hold: each with its name, what it shows and what it holds."""

    code: ClassVar[str] = file_rules.SHOWN_OTHERWISE
    cells: tuple[tuple[str, str, str], ...]

    def words(self) -> str:
        """The sentence."""
        some = [f"{cell} shows {shown} and holds {held}" for cell, shown, held in self.cells[:_SHOWN]]
        more = len(self.cells) - _SHOWN
        others = f" {more:,} other cell{'s' * (more > 1)} {_are(more)} like this." if more > 0 else ""
        return f"Cell {listed(some)}. What a cell holds was used.{others}"


class OtherSheets(Observation, frozen=True):
    """Sheets of a workbook that are no return."""

    code: ClassVar[str] = file_rules.OTHER_SHEETS
    names: tuple[str, ...]

    def words(self) -> str:
        """The sentence."""
        shown = [f"“{name}”" for name in self.names[:_SHOWN]]
        more = [f"{len(self.names) - _SHOWN:,} more"] * (len(self.names) > _SHOWN)
        several = len(self.names) > 1
        return (
            f"The sheet{'s' * several} {listed([*shown, *more])} {'fit' if several else 'fits'} no return and "
            f"{'were' if several else 'was'} not used."
        )


class OldTemplate(Observation, frozen=True):
    """A sheet made from a template of another version of its return."""

    code: ClassVar[str] = file_rules.OLD_TEMPLATE

    def words(self) -> str:
        """The sentence."""
        return "The sheet was made from a template of another version of this return."


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
