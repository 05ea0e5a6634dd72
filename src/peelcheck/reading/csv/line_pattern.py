"""The pattern of a line: its separators and quotation marks, without the texts between them.

Lines of one pattern are split at the same places. So among thousands of lines with the same fault, only one has to be worked
out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from peelcheck.reading.csv.dialect import Dialect
from peelcheck.reading.text import to_bytes

LinePattern = tuple[str | bytes, ...]
"""The marks of a line in their order, and whether it begins and ends with a text."""

_LONGEST = 1_000
"""Characters of the longest line that has a pattern."""
_MOST_KEPT = 4_096
"""Outlines whose pattern is remembered."""
_BETWEEN_CELLS = "\x1d"
"""Stands between cells. A line that contains it has no pattern."""


class LinePatterns:
    """The patterns of the lines of one dialect.

    Lines of one outline have the same marks at the same places. Patterns are remembered by outline: without this, a file with
    the same fault in every line takes 1.4 times as long, and with line ends inside its cells 1.7 times.
    """

    def __init__(self, dialect: Dialect) -> None:
        marks = "".join(dict.fromkeys(f"{dialect.delimiter}{dialect.quote}{dialect.escape} \r\n"))
        self._split = re.compile(f"([{re.escape(marks)}]+)").split
        self.texts: Callable[[str], list[str]] = re.compile(f"[^{re.escape(marks)}]+").findall
        """The texts between the marks of a line. Lines of one pattern have the same number of them, each within one cell."""
        kept = marks.encode()
        self._outline = bytes(byte if byte in kept else 0 for byte in range(256))
        self._of_outline: dict[bytes, LinePattern] = {}

    def of(self, line: str) -> LinePattern | None:
        """The pattern of a line; None for a line that is too long or contains `_BETWEEN_CELLS`."""
        if len(line) > _LONGEST or _BETWEEN_CELLS in line:
            return None
        outline = to_bytes(line).translate(self._outline)
        pattern = self._of_outline.get(outline)
        if pattern is None:
            pattern = self._pattern(line)
            if len(self._of_outline) < _MOST_KEPT:
                self._of_outline[outline] = pattern
        return pattern

    def _pattern(self, line: str) -> LinePattern:
        first, *parts = self._split(line)
        last = parts[-1] if parts else first
        return first and "text", last and "text", *parts[::2]

    def with_gaps(self, cells: Sequence[str]) -> str:
        """The cells of a line as one text, with a gap for each of the line's texts; `fill` fills the gaps."""
        return _BETWEEN_CELLS.join(map(self._with_gaps, cells))

    def _with_gaps(self, cell: str) -> str:
        """One cell: marks stay, and each text between them becomes `%s`."""
        parts = self._split(cell)
        parts[::2] = ["%s" if text else "" for text in parts[::2]]
        parts[1::2] = [marks.replace("%", "%%") for marks in parts[1::2]]
        return "".join(parts)


def fill(cells: str, texts: Sequence[str]) -> list[str]:
    """The cells of another line of the same pattern: the gaps of `with_gaps` filled with its texts."""
    return (cells % tuple(texts)).split(_BETWEEN_CELLS)
