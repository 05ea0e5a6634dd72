"""Forces as people name them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from peelcheck.errors import UsageError
from peelcheck.model import Collection, Force
from peelcheck.wording import listed


def find_force(name: str, forces: Sequence[Force]) -> str:
    """The force's proper name, from any spelling, its code or its folder's name.

    Raises:
        UsageError: it is none of the forces; the nearest are offered.
    """
    for force in forces:
        if _plain(name) in {
            _plain(known) for known in (force.name, force.code, force.slug, *force.spellings)
        }:
            return force.name
    raise UsageError(f"{name!r} is not one of the forces{nearest(name, [force.name for force in forces])}")


def nearest(word: str, known: Sequence[str]) -> str:
    """`; did you mean Kent?`, or nothing where no known word is near."""
    near = get_close_matches(word, known, n=3)
    return f"; did you mean {listed(near, 'or')}?" if near else ""


def _plain(name: str) -> str:
    return name.casefold().replace("-", " ").strip()


def force_of(folder_name: str, collection: Collection) -> str | None:
    """The force whose folder has this name: `west-midlands`, however it is written."""
    slug = folder_name.lower().replace("_", "-").replace(" ", "-")
    return next((force.name for force in collection.forces if force.slug == slug), None)
