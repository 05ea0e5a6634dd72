"""The form of a line: its separators and quotation marks, whatever stands between them.

Lines of one form are split at the same places, so that of thousands with the same fault in them one is puzzled over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from peelcheck.reading.csv.dialect import Dialect
from peelcheck.reading.text import _bytes_of

Form = tuple[str | bytes, ...]
"""What tells how a line is split: its marks in their order, and whether it begins and ends with a text."""

_LONGEST = 1_000
_KEPT = 4_096
"""Outlines of which the form is remembered."""
_BETWEEN = "\x1d"
"""Stands between cells; a line that holds it has no form."""


class Forms:
    """The forms of lines that are written in one way."""

    def __init__(self, dialect: Dialect) -> None:
        marks = "".join(dict.fromkeys(f"{dialect.delimiter}{dialect.quote}{dialect.escape} \r\n"))
        self._split = re.compile(f"([{re.escape(marks)}]+)").split
        self.texts: Callable[[str], list[str]] = re.compile(f"[^{re.escape(marks)}]+").findall
        """The texts between the marks of a line; lines of one form have as many, each whole in one cell."""
        kept = marks.encode()
        self._outline = bytes(byte if byte in kept else 0 for byte in range(256))
        self._seen: dict[bytes, Form] = {}

    def form_of(self, line: str) -> Form | None:
        """The form of a line; None for one that is long, or holds what no line should."""
        if len(line) > _LONGEST or _BETWEEN in line:
            return None
        outline = _bytes_of(line).translate(self._outline)
        form = self._seen.get(outline)
        if form is None:
            form = self._form(line)
            if len(self._seen) < _KEPT:
                self._seen[outline] = form
        return form

    def _form(self, line: str) -> Form:
        first, *parts = self._split(line)
        last = parts[-1] if parts else first
        return first and "text", last and "text", *parts[::2]

    def pattern(self, cells: Sequence[str]) -> str:
        """The cells of a line of some form with a gap for each of its texts."""
        return _BETWEEN.join(map(self._with_gaps, cells))

    def _with_gaps(self, cell: str) -> str:
        """Marks as they are, and `%s` for each text between them."""
        parts = self._split(cell)
        parts[::2] = ["%s" if text else "" for text in parts[::2]]
        parts[1::2] = [marks.replace("%", "%%") for marks in parts[1::2]]
        return "".join(parts)


def filled(pattern: str, texts: Sequence[str]) -> list[str]:
    """The cells of a line of the same form as that of which the pattern was made."""
    return (pattern % tuple(texts)).split(_BETWEEN)
