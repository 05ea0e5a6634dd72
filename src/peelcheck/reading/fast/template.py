"""Read a file that follows the template exactly: small, with known headings in its first row, and only ordinary rows.

Such a file needs no further examination, and a round has hundreds of them. Every other file is read carefully.
"""

from __future__ import annotations

from collections.abc import Set

from peelcheck.reading.columns import TextColumns
from peelcheck.reading.recognised import Recognised
from peelcheck.reading.text import key

_LARGEST = 1 << 16
_NOT_PLAIN = "\"'\\;|\t`\ufffd"
"""Characters that may be separators, quotation marks or escapes, and the one that replaces an unreadable character."""


def read_template(data: bytes, known: Set[str]) -> tuple[TextColumns, Recognised] | None:
    """The table of a file that follows the template; None if it does not, or if that is not certain at once.

    Args:
        data: the bytes of the file.
        known: keys of the known headings.
    """
    if len(data) > _LARGEST or data.startswith(b"\xef\xbb\xbf"):
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    if any(map(text.__contains__, _NOT_PLAIN)) or not all(map(str.isprintable, lines)):
        return None
    names, rows = tuple(lines[0].split(",")), [line.split(",") for line in lines[1:]]
    if not rows or not _all_known(names, known):
        return None
    if not all(_usual(row, len(names)) for row in rows):
        return None
    cells = TextColumns(names, list(map(list, zip(*rows, strict=True))), range(2, len(rows) + 2))
    return cells, Recognised(encoding="utf-8", delimiter=",", quote='"', header_rows=(1,))


def _all_known(names: tuple[str, ...], known: Set[str]) -> bool:
    """Whether there are at least three headings, all different and all known."""
    keys = set(map(key, names))
    return len(names) >= 3 and len(keys) == len(names) and keys <= known


def _usual(row: list[str], width: int) -> bool:
    """Whether a row is certainly a record: as wide as the headings, with a figure, and not a note or repeated headings."""
    if len(row) != width or not row[0][:1].isalpha():
        return False
    second = row[1][:1]
    return second.isdecimal() or (second.isalnum() and any(cell[:1].isdecimal() for cell in row[2:]))
