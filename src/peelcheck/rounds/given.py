"""Paths within a round: the round that they are in, and which of its files they are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from peelcheck.errors import UsageError
from peelcheck.model import ReturnKind

ROUND_FILE = "round.yaml"
DECLARATIONS = "declarations.csv"
ACCEPTED = "accepted.csv"
OWN_FILES = (ROUND_FILE, DECLARATIONS, ACCEPTED)
"""Files of a round that say what it is, and hold no returns."""
HISTORY = "history"
RECEIVED = frozenset({*(kind.value for kind in ReturnKind), HISTORY})
"""Folders of a round whose files came from others."""


def round_of(path: Path) -> Path | None:
    """The folder of the round that a path is within: the nearest above it with a `round.yaml`, if it reads the path.

    None for the round itself, and for letters and results that lie beside its own files. Links are not followed.
    """
    place = _absolute(path)
    if os.path.lexists(place / ROUND_FILE):
        return None
    root = next((folder for folder in place.parents if os.path.lexists(folder / ROUND_FILE)), None)
    if root is None:
        return None
    inside = place.relative_to(root).parts
    if inside[0] not in RECEIVED and inside not in {(name,) for name in OWN_FILES}:
        return None
    return root if path.is_absolute() else Path(os.path.relpath(root))


def one_round_of(paths: Sequence[Path]) -> Path | None:
    """The folder of the round that all paths are within; None if none is within a round.

    Raises:
        UsageError: they are in different rounds, or only some are in one.
    """
    roots = [round_of(path) for path in paths]
    first = next(((path, root) for path, root in zip(paths, roots, strict=True) if root is not None), None)
    if first is None:
        return None
    for path, root in zip(paths, roots, strict=True):
        if root is None or _absolute(root) != _absolute(first[1]):
            raise UsageError(
                f"{first[0]}: is in the round {_absolute(first[1]).name}, and {path} is not; please check them apart, "
                "or use --alone to check them without their rounds"
            )
    return first[1]


def names_within(root: Path, paths: Sequence[Path]) -> tuple[str, ...]:
    """What paths are called within their round, each once."""
    real = _absolute(root)
    return tuple(dict.fromkeys(_absolute(path).relative_to(real).as_posix() for path in paths))


def is_given(name: str, given: Sequence[str]) -> bool:
    """Whether a file of a round is one of those that were given, or in a folder that was."""
    return any(name == one or name.startswith(f"{one}/") for one in given)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 (links are not followed)
