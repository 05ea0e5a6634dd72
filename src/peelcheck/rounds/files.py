"""The files that lie in a round's folder. Links are not followed out of it, and what is no file is never opened."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from peelcheck.errors import SchemaError
from peelcheck.model import Collection, ReturnKind
from peelcheck.rounds.archives import unpacked
from peelcheck.rounds.received import ARCHIVES, TABLE_ENDINGS, Received, is_hidden

DEEPEST = 20
"""The most levels of folders that are searched; a round needs two."""

_NOWHERE = "is a broken link"


def loose(path: Path, collection: Collection, is_own: Callable[[Path], bool]) -> Iterator[Received]:
    """The tables of a folder but for the program's own results, or the one file, that was named on the command line."""
    if path.is_dir():
        yield from (file for file in tables(path, path, collection, None) if not is_own(file.path))
    else:
        yield from unpacked(
            Received(path, path.as_posix(), None, collection.find_force(_folder_of(path))), collection
        )


def tables(folder: Path, root: Path, collection: Collection, kind: ReturnKind | None) -> Iterator[Received]:
    """Every table below a folder, in a stable order, and whatever may hold tables but is not opened, with the reason.

    Among the forces' returns that is every file: what it is will be seen, and said.
    """

    def refused(path: Path, why: str) -> Received:
        force = collection.find_force(path.name) or collection.find_force(_folder_of(path))
        return Received(path, path.relative_to(root).as_posix(), kind, force, why)

    if not os.path.lexists(folder):
        return
    why = refusal(folder, root, wanted=stat.S_ISDIR)
    if why is not None:
        yield refused(folder, why)
        return
    closed: list[OSError] = []
    real = root.resolve()  # it is there, or its folder would not be
    for here, folders, names in os.walk(folder, onerror=closed.append):
        outside, owner = (
            _leads_out(Path(here), real),
            _owner(Path(here), folder, collection, named=kind is None),
        )
        shown = Path(here).relative_to(root).as_posix()
        above = "" if shown == "." else f"{shown}/"
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(here, name) for name in sorted(names) if not is_hidden(name)):
            if path.suffix.lower() in (*TABLE_ENDINGS, *ARCHIVES) or (
                kind is ReturnKind.RETURN and not _is_link(path)
            ):
                leads = root if outside or _is_link(path) else None  # a file by itself leads nowhere
                found = Received(path, above + path.name, kind, owner, refusal(path, leads))
                yield from unpacked(found, collection)
            elif _is_link(path) and (why := refusal(path, None, wanted=bool)):  # it may have been a folder
                yield refused(path, why)
        for path in (Path(here, name) for name in folders):
            if _is_link(path):
                yield refused(path, "is a link to a folder, and such links are not followed")
        if len(Path(here).relative_to(folder).parts) == DEEPEST and folders:
            yield refused(Path(here), f"was not opened: it is more than {DEEPEST} folders deep")
            folders.clear()
    for error in closed:
        yield refused(Path(error.filename), f"cannot be opened ({error.strerror})")


def _owner(here: Path, folder: Path, collection: Collection, *, named: bool) -> str | None:
    """The force whose folder this is, or one within it; with `named`, `folder` itself may be one."""
    inside = here.relative_to(folder).parts
    folders = [*reversed(inside), *([Path(os.path.abspath(folder)).name] if named else [])]  # noqa: PTH100
    return next((force for name in folders if (force := collection.find_force(name))), None)


def refusal(path: Path, root: Path | None, wanted: Callable[[int], bool] = stat.S_ISREG) -> str | None:
    """Why a path is not opened at all; None where it may be.

    Args:
        path: a file or a folder.
        root: the folder that it may not lead out of; None where it may lead anywhere.
        wanted: whether a mode is that of a file (unless another test is given) as it should be.
    """
    try:
        mode = path.stat().st_mode
        if wanted(mode) and root is not None and _leads_out(path, root.resolve()):
            return "is a link to a place outside the round's folder"
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP, errno.ENAMETOOLONG) and _is_link(path):
            return _NOWHERE
        return f"cannot be opened ({error.strerror or error})"
    if not wanted(mode):
        return "is not a folder" if wanted is stat.S_ISDIR else "is not a file (a device, a pipe or a folder)"
    return None


def _leads_out(path: Path, root: Path) -> bool:
    """Whether a path, its links followed, is not below a folder; so is one whose links lead round in circles.

    `root` is where the folder really is.
    """
    try:
        return not path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return True


def _folder_of(path: Path) -> str:
    """The name of the folder that a file lies in, whichever folder is the present one."""
    return Path(os.path.abspath(path)).parent.name  # noqa: PTH100 (links are not followed)


def _is_link(path: Path) -> bool:
    """Whether there is a link; none can be made where the path is longer than paths may be."""
    try:
        return path.is_symlink()
    except OSError:
        return False


def stay_inside(path: Path) -> None:
    """Refuse a file of the round itself that is none, or a link to somewhere else."""
    why = refusal(path, path.parent)
    if why is not None:
        raise SchemaError(str(path), "", why)
