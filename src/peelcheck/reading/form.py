"""The form of a line: its separators and quotation marks, whatever stands between them.

Lines of one form are split at the same places, so that of thousands with the same fault in them one is puzzled over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from peelcheck.reading.dialect import Dialect

Marks = tuple[str | bytes, ...]

_ANY_DIGIT = bytes.maketrans(b"123456789", b"000000000")
_LONGEST = 1_000
_BETWEEN = "\x1d"
"""Stands between cells; a line that holds it has no form."""


class Form(Struct, frozen=True):
    """What tells how a line is split, and the texts that stand between: each whole in one cell, in the same order."""

    marks: Marks
    texts: tuple[str, ...]


class Forms:
    """The forms of lines that are written in one way."""

    def __init__(self, dialect: Dialect) -> None:
        marks = f"{dialect.delimiter}{dialect.quote}{dialect.escape} \r\n"
        self._split = re.compile(f"([{''.join(map(re.escape, dict.fromkeys(marks)))}]+)").split

    def form_of(self, line: str) -> Form | None:
        """The form of a line; None for one that is long, or holds what no line should."""
        if len(line) > _LONGEST or _BETWEEN in line:
            return None
        parts = self._split(line)
        texts = parts[::2]
        begins, ends = texts[0] and "text", texts[-1] and "text"
        return Form((begins, ends, *parts[1::2]), tuple(filter(None, texts)))

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


def digitless(text: str) -> bytes:
    """A text as it is compared with others that may have other digits, but as many; as bytes, which is ten times as fast."""
    return text.encode("utf-8", "surrogatepass").translate(_ANY_DIGIT)
