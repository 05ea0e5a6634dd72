"""Files that people write for the program, not forces: small, whole and as they should be, or refused."""

from __future__ import annotations

import csv
import hashlib
import io
import stat
from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path

from peelcheck.errors import SchemaError

LARGEST = 1_000_000

Digests = MutableMapping[str, str]
"""The SHA-256 of the bytes that were read, in hexadecimal, by the file's own name."""


class DigestsOfLines(dict[str, str]):
    """Digests of files whose line ends do not count: version control may change them."""


def read_text(path: Path, name: str | None = None, digests: Digests | None = None) -> str:
    """All of a text file, without a byte-order mark. Whatever is not a file (a pipe, a device) is never opened.

    Args:
        path: the file.
        name: what messages call it, if not by its path.
        digests: takes the file's.

    Raises:
        SchemaError: it cannot be read, is not a file, is larger than `LARGEST` bytes, or is not UTF-8.
    """
    name = name or str(path)
    content = _read_bytes(path, name, digests)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SchemaError(
            name, f"byte {error.start}", "is not UTF-8; please save the file as UTF-8"
        ) from None


def _read_bytes(path: Path, name: str, digests: Digests | None) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SchemaError(name, "", "is not a file")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) else None
        raise SchemaError(name, "", f"cannot be read ({why or error})") from None
    if digests is not None:
        counted = content.replace(b"\r\n", b"\n") if isinstance(digests, DigestsOfLines) else content
        digests[path.name] = hashlib.sha256(counted).hexdigest()
    if len(content) > LARGEST:
        raise SchemaError(name, "", f"is larger than the limit of {LARGEST:,} bytes")
    return content


def read_rows(
    path: Path,
    columns: Sequence[str],
    name: str | None = None,
    digests: Digests | None = None,
    *,
    by_spreadsheet: bool = False,
    optional: Sequence[str] = (),
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file, each with its number in the spreadsheet (the headings are row 1), cells trimmed.

    Rows of blanks are passed over; cells that a row lacks at its end are blank.

    Args:
        path: the file.
        columns: its headings, all of them and in this order.
        name: what messages call it, if not by its path.
        digests: takes the file's.
        by_spreadsheet: whether the file may be as a spreadsheet saves it: in UTF-16 or Windows-1252, with semicolons or tabs,
            and with blank columns at the end.
        optional: headings that may follow the others, all or none; they are blank in every row where they do not.

    Raises:
        SchemaError: as `read_text`; or the file is not CSV, has other columns, or a row has more cells than columns.
    """
    name = name or str(path)
    text = (
        _decoded(_read_bytes(path, name, digests), name) if by_spreadsheet else read_text(path, name, digests)
    )
    delimiter = _delimiter(text, columns) if by_spreadsheet else ","
    said = by_spreadsheet and text[:4].lower() == "sep=" and text.find("\n") in (5, 6)
    text = text[text.index("\n") + 1 :] if said else text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    first = 2 if said else 1
    rows = []
    try:
        headings = next(reader, [])
        there = tuple(_without_blanks(headings) if by_spreadsheet else headings)
        absent: Mapping[str, str] = dict.fromkeys(optional, "")
        if optional and there == (*columns, *optional):
            columns, absent = there, {}
        elif there != tuple(columns):
            raise SchemaError(name, f"row {first}", f"expected the columns {', '.join(columns)}")
        for number, cells in enumerate(reader, start=first + 1):
            own = _without_blanks(cells) if by_spreadsheet else [cell.strip() for cell in cells]
            if len(own) > len(columns):
                raise SchemaError(name, f"row {number}", "has more cells than there are columns")
            if any(own):
                trimmed = own + [""] * (len(columns) - len(own))
                rows.append((number, {**dict(zip(columns, trimmed, strict=True)), **absent}))
    except csv.Error as error:
        raise SchemaError(name, f"line {reader.line_num}", f"is not CSV ({error})") from None
    return rows


def _decoded(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, in UTF-16 or, if in neither, in Windows-1252."""
    utf_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}.get(content[:2])
    if utf_16 is None and b"\0" in content[:4]:
        utf_16 = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        return content.decode(utf_16 or "utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            if utf_16 is None:
                return content.decode("cp1252")
        except UnicodeDecodeError:
            pass
        raise SchemaError(
            name, f"byte {error.start}", "is not UTF-8; please save the file as UTF-8"
        ) from None


def _delimiter(text: str, columns: Sequence[str]) -> str:
    """The separator with which some of the first lines is the headings; a comma if none is."""
    lines = [line.replace('"', "") for line in text.splitlines()[:2]]
    for delimiter in ",;\t|":
        if any(_without_blanks(line.split(delimiter)) == list(columns) for line in lines):
            return delimiter
    return ","


def _without_blanks(cells: Sequence[str]) -> list[str]:
    """The cells, trimmed, without the blank ones at the end."""
    trimmed = [cell.strip() for cell in cells]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed
