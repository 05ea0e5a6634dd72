"""Open a workbook within bounds, and turn each of its sheets into rows of text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from peelcheck.reading.observations import Observation
from peelcheck.reading.observations.workbook import UnreadableWorkbook
from peelcheck.reading.workbook.bounds import NotReadError
from peelcheck.reading.workbook.sheets import Book
from peelcheck.reading.workbook.xml import Details, details_of_sheets, names_in

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlt", ".xlsb", ".ods")
"""Endings of workbooks that are read."""


class WorkbookSheet(Struct, frozen=True):
    """A sheet of a workbook as text.

    Attributes:
        name: as on its tab.
        rows: the cells of each row from the first row on, from column A on; a blank row is empty.
        details: what the file says of the cells beyond their values; nothing is known of it in the older kinds of workbook.
    """

    name: str
    rows: list[list[str]]
    details: Details


class Workbook(Struct, frozen=True):
    """The sheets that have any cells, in their order; or why there are none that can be read.

    Attributes:
        sheets: each with its rows.
        why: what is wrong with the file; None where it was read.
        sha256: of the file's bytes, in hexadecimal.
        names: texts that the workbook (.xlsx) defines by a name.
    """

    sheets: tuple[WorkbookSheet, ...]
    why: Observation | None
    sha256: str
    names: Mapping[str, str] = field(default_factory=dict)


def is_workbook(head: bytes) -> bool:
    """Whether a file may be a workbook that can be opened, by its first bytes."""
    return head.startswith((_OLE, b"\x09\x08\x10\x00\x00\x06\x05\x00")) or (
        head.startswith(_ZIP)
        and (b"xl/" in head or b"[Content_Types].xml" in head or b"opendocument" in head)
    )


def read_workbook(source: Path | bytes) -> Workbook:
    """Read every sheet of a workbook (.xlsx, .xlsm, .xls, .xlsb, .ods). No macro, link or picture in it is opened.

    Args:
        source: the path of the file, or its bytes.

    Returns:
        The sheets that have cells, or the reason why none was read.

    Raises:
        OSError: the file cannot be opened.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(_OLE) and _ENCRYPTED in data:
        return Workbook((), UnreadableWorkbook("it is protected by a password"), digest)
    try:
        known = details_of_sheets(data) if data.startswith(_ZIP) else {}
        return Workbook(tuple(_sheets(data, known)), None, digest, names_in(data))
    except NotReadError as error:
        return Workbook((), UnreadableWorkbook(str(error)), digest)


def _sheets(data: bytes, known: dict[str, Details]) -> Iterator[WorkbookSheet]:
    book = Book(data)
    for name in book.names:
        details = known.get(name, Details())
        rows = book.rows(name, details)
        if rows:
            yield WorkbookSheet(name, rows, details.within(len(rows), hidden=book.is_hidden(name)))
