"""The way of a file that is just as the template asks: small, known headings in its first row, every row a usual one.

Nothing is left to find out about it. A round holds hundreds of such files; whatever else a file is, it goes the careful way.
"""

from __future__ import annotations

from collections.abc import Set

from peelcheck.reading.dialect import key
from peelcheck.reading.frames import Cells
from peelcheck.reading.problem import Recognised

_LARGEST = 1 << 16
_NOT_PLAIN = frozenset("\"'\\;|\t`\ufffd")
"""Characters that may separate, quote or escape, and the one that stands for a letter that was lost."""


def read_template(data: bytes, known: Set[str]) -> tuple[Cells, Recognised] | None:
    """The table of a file that is as the template asks; None where it is not, or where that is not certain at once.

    Args:
        data: the file.
        known: keys of headings, all of which may be there.
    """
    if len(data) > _LARGEST or data.startswith(b"\xef\xbb\xbf"):
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    if not _NOT_PLAIN.isdisjoint(text) or not all(map(str.isprintable, lines)):
        return None
    names, *rows = (line.split(",") for line in lines)
    keys = {key(name) for name in names}
    if not rows or len(names) < 3 or len(keys) < len(names) or not keys <= known:
        return None
    if not all(_usual(row, names) for row in rows):
        return None
    cells = Cells(names, list(map(list, zip(*rows, strict=True))), range(2, len(rows) + 2))
    return cells, Recognised(encoding="utf-8", delimiter=",", quote='"', header_rows=(1,))


def _usual(row: list[str], names: list[str]) -> bool:
    """Whether a row is a record at first sight: as wide as the headings, with a figure, and no note or headings."""
    begins = [cell[:1] for cell in row]
    return (
        len(row) == len(names)
        and begins[0].isalpha()
        and begins[1].isalnum()
        and any(map(str.isdecimal, begins))
    )
