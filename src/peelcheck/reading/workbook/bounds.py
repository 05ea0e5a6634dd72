"""What may be unpacked of a workbook: everything is unpacked once and counted before anything else looks at it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

MOST_UNPACKED = 1 << 30
"""Bytes of all parts of a workbook together, unpacked. A million records have a quarter of it."""
MOST_PARTS = 10_000
BLOCK = 1 << 22
MOST_COUNTED = 30_000_000
"""What a part may say that it has of anything: room for so many is made before they are seen."""
_COUNT = re.compile(rb"[cC]ount\s*=\s*[\"']\s*\+?0*(\d{8,})")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


class NotReadError(Exception):
    """A workbook that is not read; the text says why, to follow “because”."""


def refuse_what_is_too_large(package: zipfile.ZipFile) -> None:
    """Unpack everything once and count, whatever the file says of its sizes; look for document types on the way.

    A document type could declare entities; no program writes one into a workbook.

    Raises:
        NotReadError: there is too much, or something that does not belong there.
    """
    parts, left = package.infolist(), MOST_UNPACKED
    if len(parts) > MOST_PARTS:
        raise NotReadError(f"it has {len(parts):,} parts")
    if any(part.flag_bits & 1 for part in parts):
        raise NotReadError("it is protected by a password")
    for part in parts:
        for block in blocks_of(package, part, left):
            left -= len(block)
            if _DOCTYPE.search(block):
                raise NotReadError("a part of it declares a document type, which no workbook does")
            if any(int(count[:20]) > MOST_COUNTED for count in _COUNT.findall(block)):
                raise NotReadError(
                    "it is damaged (a part of it claims to have more of something than there can be)"
                )


def blocks_of(package: zipfile.ZipFile, part: zipfile.ZipInfo, most: int = MOST_UNPACKED) -> Iterator[bytes]:
    """A part, unpacked in blocks.

    Raises:
        NotReadError: it is larger than `most`, or not of the size that the file states.
    """
    read = 0
    try:
        with package.open(part) as file:
            file._left = most + 1  # type: ignore[attr-defined] # the size that the file states may be a lie
            while block := file.read(BLOCK):
                read += len(block)
                if read > most:
                    raise NotReadError("it is too large when it is unpacked")
                yield block
    except (ValueError, RuntimeError) as error:  # a place outside the file; a kind of packing that is none
        raise NotReadError("it is damaged") from error
    if read != part.file_size:
        raise NotReadError("it is damaged")
