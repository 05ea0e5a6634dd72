"""The names of forces as people write them: one normal form, and one way to find whose a name is; and their codes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

_SEPARATORS = re.compile(r"[\s_‐-―-]+")


def plain(name: str) -> str:
    """The normal form of a name: no capitals, a space for hyphens, dashes and underscores, and `and` for `&`."""
    return _SEPARATORS.sub(" ", name.casefold().replace("&", " and ")).strip()


class Spellings:
    """Every spelling and code by which bodies are known, each with the name that it stands for.

    Args:
        known: (spelling, name) pairs. One that is blank or hyphens alone is none; of two that are the same the last counts.
    """

    def __init__(self, known: Iterable[tuple[str, str]]) -> None:
        pairs = [(spelling, name) for spelling, name in known if plain(spelling)]
        self._listed = {spelling.casefold(): name for spelling, name in pairs}
        self._plain = {plain(spelling): name for spelling, name in pairs}

    def find(self, text: str) -> str | None:
        """The name that a text stands for, even if it is spelt with hyphens or `&`; None if it is not known."""
        listed = self._listed.get(text.casefold())
        return self._plain.get(plain(text)) if listed is None else listed

    def lists(self, text: str) -> bool:
        """Whether a text is a spelling as it is listed, but for capitals."""
        return text.casefold() in self._listed

    def items(self) -> Iterable[tuple[str, str]]:
        """Each listed spelling without capitals, with its name."""
        return self._listed.items()


class CodeForm(Struct, frozen=True):
    """How official codes are written: a pattern for a whole code, and the same in words; None where nothing is said."""

    pattern: str | None = None
    words: str | None = None

    def fits(self, code: str) -> bool:
        """Whether a text is written as a code is; where no form is given, any is."""
        return self.pattern is None or re.fullmatch(self.pattern, code) is not None
