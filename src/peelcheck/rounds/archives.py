"""The files in a zip, as if it were a folder. They are unpacked in memory, within bounds; nothing is written to disk."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from peelcheck.model import Collection, ReturnKind
from peelcheck.rounds.received import ARCHIVES, TABLE_ENDINGS, Received, is_hidden
from peelcheck.wording import size

MOST_FILES = 2_000
MOST_BYTES = 1 << 29
"""Bytes of all files of a zip together, unpacked; they are in memory at once."""
_MOST_OF_ONE = 1_000
"""How many times larger than packed a file may be, if it is no small one: a table of figures is 5 to 50 times larger."""
_SMALL = 1 << 22
_BLOCK = 1 << 20
_OF_A_MAC = "__MACOSX"
_FAULTS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError)


def unpacked(file: Received, collection: Collection) -> Iterator[Received]:
    """The file itself or, if it is a zip, the files in it: in the order of their names, each with its bytes.

    Whatever is not read has the reason in `refused`: a zip in a zip, a name that leads out, a link, an encrypted file, a name
    that is there twice, a file that is too large. No file is read twice, and nothing else is opened.
    """
    if file.refused or file.path.suffix.strip().lower() not in ARCHIVES:
        yield file
        return
    try:
        with zipfile.ZipFile(file.path) as archive:
            yield from _files_in(archive, file, collection)
    except _FAULTS:
        yield replace(file, refused="is damaged, or is not a zip")


def _files_in(archive: zipfile.ZipFile, file: Received, collection: Collection) -> Iterator[Received]:
    members = sorted(
        (one for one in archive.infolist() if not one.is_dir() and not _is_left_out(one.filename)),
        key=lambda one: one.filename,
    )
    if len(members) > MOST_FILES:
        yield replace(file, refused=f"was not opened: it contains {len(members):,} files")
        return
    seen, left, any_table = set[str](), MOST_BYTES, False
    for member in members:
        found = _member(file, member, collection)
        if not found.refused and not _may_matter(found):
            continue
        any_table = True
        if member.filename in seen:
            found = replace(found, refused="was not read: the zip contains another file of this name")
        seen.add(member.filename)
        if not found.refused:
            found = _with_bytes(archive, member, found, left)
            left -= len(found.content or b"")
        yield found
    if not any_table:
        yield replace(file, refused="contains no tables")


def _member(file: Received, member: zipfile.ZipInfo, collection: Collection) -> Received:
    """A file of a zip with its force: that of its folder in the zip, else of the zip's own folder or name."""
    inside = PurePosixPath(member.filename.replace("\\", "/"))
    folders = [*reversed(inside.parts[:-1])]
    own = next((force for name in folders if (force := collection.find_force(name))), None)
    force = own or file.force or collection.find_force(file.path.stem)
    shown = f"{file.name}/{inside.as_posix().lstrip('/')}"
    why = _refusal(member, inside)
    path = file.path / (inside if why is None else inside.name)  # a name that leads out leads nowhere
    return Received(path, shown, file.kind, force, why)


def _refusal(member: zipfile.ZipInfo, inside: PurePosixPath) -> str | None:
    """Why a file of a zip is not opened; None where it is."""
    if inside.is_absolute() or ".." in inside.parts or ":" in inside.parts[0]:
        return "was not opened: its name leads out of the zip"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link, and links in a zip are not followed"
    if member.flag_bits & 1:
        return "was not opened: it is protected by a password"
    if inside.suffix.lower() in ARCHIVES:
        return "was not opened: it is a zip in a zip"
    if member.file_size > max(_SMALL, _MOST_OF_ONE * member.compress_size):
        return f"was not opened: unpacked it would be {_MOST_OF_ONE:,} times larger, or more"
    return None


def _with_bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo, found: Received, most: int) -> Received:
    """The file with its bytes, whatever size the zip gives for it."""
    blocks, read = list[bytes](), 0
    try:
        with archive.open(member) as opened:
            while block := opened.read(_BLOCK):
                read += len(block)
                if read > most:
                    limit = f"the files of one zip may have {size(MOST_BYTES)} together"
                    return replace(found, refused=f"was not read: {limit}")
                blocks.append(block)
    except _FAULTS:
        return replace(found, refused="is damaged")
    return replace(found, content=b"".join(blocks))


def _may_matter(found: Received) -> bool:
    """Whether a file may be a table; among the forces' returns every file is looked at, and said."""
    return found.kind is ReturnKind.RETURN or found.path.suffix.strip().lower() in TABLE_ENDINGS


def _is_left_out(name: str) -> bool:
    """Whether a program put the file there, not a person."""
    parts = Path(name).parts
    return any(part == _OF_A_MAC or is_hidden(part) for part in parts if part not in (".", ".."))
