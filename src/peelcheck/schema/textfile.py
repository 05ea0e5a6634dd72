"""Files that people write for the program, not forces: small, whole and in UTF-8, or refused."""

from __future__ import annotations

import csv
import hashlib
import io
import stat
from collections.abc import MutableMapping, Sequence
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
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SchemaError(
            name, f"byte {error.start}", "is not UTF-8; please save the file as UTF-8"
        ) from None


def read_rows(
    path: Path, columns: Sequence[str], name: str | None = None, digests: Digests | None = None
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file, each with its number in the spreadsheet (the headings are row 1), cells trimmed.

    Rows of blanks are passed over; cells that a row lacks at its end are blank.

    Raises:
        SchemaError: as `read_text`; or the file is not CSV, has other columns, or a row has more cells than columns.
    """
    name = name or str(path)
    reader = csv.reader(io.StringIO(read_text(path, name, digests), newline=""), strict=True)
    rows = []
    try:
        if tuple(next(reader, ())) != tuple(columns):
            raise SchemaError(name, "row 1", f"expected the columns {', '.join(columns)}")
        for number, cells in enumerate(reader, start=2):
            if len(cells) > len(columns):
                raise SchemaError(name, f"row {number}", "has more cells than there are columns")
            trimmed = [cell.strip() for cell in cells] + [""] * (len(columns) - len(cells))
            if any(trimmed):
                rows.append((number, dict(zip(columns, trimmed, strict=True))))
    except csv.Error as error:
        raise SchemaError(name, f"line {reader.line_num}", f"is not CSV ({error})") from None
    return rows
