"""`validate --since REVISION`: what git says has changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from peelcheck.errors import UsageError
from peelcheck.render.safe import visible
from peelcheck.rounds.given import OWN_FILES, RECEIVED, ROUND_FILE, round_of
from peelcheck.rounds.received import ARCHIVES, TABLE_ENDINGS

_OWED = "returns"
"""The folder of a round in which a change concerns one file alone; any other change concerns every force."""


def changed_since(revision: str, paths: Sequence[Path], schemas: Path | None) -> tuple[Path, ...]:
    """The files to be checked because they have changed, or were added, since a revision.

    A file that was deleted, and any change to `round.yaml`, declarations, accepted queries, history, tables of others or the
    collection, concerns the round as a whole: then all paths are checked.

    Args:
        revision: a revision of git, as its commands take it.
        paths: what is checked.
        schemas: the folder of collections, where it is not that of the program.

    Returns:
        The paths to be checked; none if nothing among them has changed.

    Raises:
        UsageError: there is no git, no repository here, or no such revision.
    """
    if Path("-") in paths:
        raise UsageError("--since cannot be used with standard input (-)")
    top = Path(_git(paths[0], "rev-parse", "--show-toplevel").removesuffix("\n")).resolve()
    commit = _git(paths[0], "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").strip()
    names = _git(top, "diff", "--no-ext-diff", "--no-renames", "--name-only", "-z", commit, "--")
    names += _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    changed = {top / name for name in names.split("\0") if name}
    if schemas is not None and _any_within(changed, [schemas]):
        return tuple(paths)
    found: dict[Path, None] = {}
    for path in paths:
        own = [file for file in sorted(changed) if file.is_relative_to(path.resolve())]
        root = path if (path / ROUND_FILE).is_file() else round_of(path)
        if root is None:
            found |= {
                file: None
                for file in own
                if file.is_file() and file.suffix.lower() in (*TABLE_ENDINGS, *ARCHIVES)
            }
            continue
        place = root.resolve()
        of_round = [file for file in changed if file.is_relative_to(place) and _is_read(file, place)]
        if any(_concerns_all(file, place) for file in of_round):
            return tuple(paths)
        found |= dict.fromkeys(file for file in own if file in of_round)
    here = Path.cwd().resolve()
    return tuple(file.relative_to(here) if file.is_relative_to(here) else file for file in found)


def _is_read(file: Path, root: Path) -> bool:
    """Whether a round reads the file; letters and results may lie beside its own files."""
    inside = file.relative_to(root).parts
    return inside[0] in RECEIVED or inside in {(name,) for name in OWN_FILES}


def _concerns_all(file: Path, root: Path) -> bool:
    inside = file.relative_to(root).parts
    return inside[0] != _OWED or not file.is_file()


def _any_within(files: Iterable[Path], folders: Iterable[Path]) -> bool:
    places = [folder.resolve() for folder in folders]
    return any(file.is_relative_to(place) for file in files for place in places)


def _git(place: Path, *arguments: str) -> str:
    """What a command of git says.

    Raises:
        UsageError: git is not there, or refuses.
    """
    import subprocess  # not loaded for --help

    folder = place if place.is_dir() else place.parent
    own = {name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_WORK_TREE")}
    try:
        ran = subprocess.run(  # noqa: S603 (the arguments are the program's own; a revision stands behind --end-of-options)
            ["git", *arguments],  # noqa: S607 (git is found as the shell finds it)
            cwd=folder,
            capture_output=True,
            check=False,
            env={**own, "GIT_OPTIONAL_LOCKS": "0"},
        )
    except OSError as error:
        raise UsageError(f"--since needs git, which cannot be run ({error.strerror or error})") from None
    if ran.returncode:
        said = ran.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(f"--since: git says: {visible(said[0] if said else 'nothing')}")
    return os.fsdecode(ran.stdout)
