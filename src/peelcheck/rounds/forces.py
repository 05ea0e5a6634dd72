"""Forces as people name them on the command line, and what is meant where a name is not known."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from peelcheck.errors import UsageError
from peelcheck.model import Collection
from peelcheck.wording import listed


def named_force(name: str, collection: Collection) -> str:
    """The force's proper name, from any spelling, its code or its folder's name.

    Raises:
        UsageError: it is none of the forces; the nearest are offered.
    """
    force = collection.find_force(name)
    if force is None:
        both = collection.spellings.several(name)
        near = f"; it names {listed(both)}" if both else nearest(name, collection.force_names)
        raise UsageError(f"{name!r} is not one of the {collection.nouns.many}{near}")
    return force


def nearest(word: str, known: Sequence[str]) -> str:
    """`; did you mean Kent?`, or nothing where no known word is near."""
    near = get_close_matches(word, known, n=3)
    return f"; did you mean {listed(near, 'or')}?" if near else ""
