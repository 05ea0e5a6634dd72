"""The names of forces as people write them: one normal form, and one way to find whose a name is; and their codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache

from msgspec import Struct

# Patterns are compiled when they are first used: --help needs none.
_SEPARATORS = r"[\s_‐-―-]+"
_SIDES = r"\s*[/|\r\n]+\s*|\s+[‐-―-]\s+"
"""What stands between the names of one body in two languages."""
_NAMES = rf"(?i:{_SIDES}|\s*[,;+&]\s*|\s+and\s+)"
"""What may stand between the names of two bodies."""
_BRACKETS = r"[(\[]([^()\[\]]*)[)\]]$"
_MARKS = "0123456789⁰¹²³⁴⁵⁶⁷⁸⁹,;:.*†‡ \t\r\n\u00a0"
"""What footnotes leave after a name."""
_FOOTNOTE = r"(?i:(?:see )?(?:(?:foot)?notes? )?(?:[0-9]{1,2}(?:(?: ?[,&] ?| and )[0-9]{1,2})*|[a-z]))"
_JOINING = ("and", "of", "the")
"""Words that initials may leave out."""
_LONGEST = 200
"""Characters of the longest text in which a name is looked for."""


def plain(name: str) -> str:
    """The normal form of a name: no capitals, a space for hyphens, dashes and underscores, and `and` for `&`."""
    composed = name if name.isascii() else unicodedata.normalize("NFC", name)
    return re.sub(_SEPARATORS, " ", composed.casefold().replace("&", " and ")).strip()


class Spellings:
    """Every spelling and code by which bodies are known, each with the name that it stands for.

    Args:
        known: (spelling, name) pairs. One that is blank or hyphens alone is none; of two that are the same the last counts.
        suffixes: words that may follow a name, or stand for those that do: `Police`, `Constabulary`.
        may_have_suffix: the names that they may follow: a total or a region has none.
    """

    def __init__(
        self,
        known: Iterable[tuple[str, str]],
        suffixes: Iterable[str] = (),
        may_have_suffix: Collection[str] = (),
    ) -> None:
        pairs = [(spelling, name) for spelling, name in known if plain(spelling)]
        self._listed = {spelling.casefold(): name for spelling, name in pairs}
        self._plain = {plain(spelling): name for spelling, name in pairs}
        self._suffixes = sorted(map(plain, suffixes), key=len, reverse=True)
        self._stems: dict[str, set[str]] = {}
        for spelling, name in self._plain.items():
            if name in may_have_suffix:
                self._stems.setdefault(self._stem(spelling), set()).add(name)
        self._initials = cache(self._find_initials)

    def find(self, text: str) -> str | None:
        """The name that a text stands for; None for one that is not known, or that may stand for two.

        A name that is listed counts first, however hyphens and `&` are written. Otherwise it may have one of the suffixes,
        then footnote marks, and brackets with its initials, its code or a footnote; and it may be given in two languages.
        """
        return self.listed(text) or self._combined(text)

    def listed(self, text: str) -> str | None:
        """The name of a text that is listed, but for capitals, hyphens and `&`; None for any other."""
        name = self._listed.get(text.casefold())
        return self._plain.get(plain(text)) if name is None else name

    def lists(self, text: str) -> bool:
        """Whether a text is a spelling as it is listed, but for capitals."""
        return text.casefold() in self._listed

    def several(self, text: str) -> tuple[str, ...]:
        """The names that a text joins, such as `A / B` or `A and B`; none where it joins no two that are known."""
        if len(text) > _LONGEST or self.listed(text):
            return ()
        for between in (_SIDES, _NAMES):
            named = dict.fromkeys(self._one(part) for part in re.split(between, text) if part.strip())
            if len(named) > 1 and None not in named:
                return tuple(name for name in named if name)
        return ()

    def items(self) -> Iterable[tuple[str, str]]:
        """Each listed spelling without capitals, with its name."""
        return self._listed.items()

    def _combined(self, text: str) -> str | None:
        if len(text) > _LONGEST:
            return None
        sides = {self._one(side) for side in re.split(_SIDES, text.strip())}
        ways = {self._one(text), sides.pop() if len(sides) == 1 else None} - {None}
        return ways.pop() if len(ways) == 1 else None

    def _one(self, text: str) -> str | None:
        """The name that a text in one language stands for, whatever may be added to a name."""
        text, added = text.strip(), []
        while (name := self._suffixed(text)) is None and (found := re.search(_BRACKETS, text.rstrip(_MARKS))):
            added.append(found[1].strip())
            text = text[: found.start()].rstrip()
        if name is None:
            name = self._suffixed(text.rstrip(_MARKS))
        return name if name and all(self._may_follow(name, words) for words in added) else None

    def _suffixed(self, text: str) -> str | None:
        """The name of a text that is listed, or is a listed one with a suffix, or with another suffix."""
        if name := self.listed(text):
            return name
        words = plain(text)
        stem = self._stem(words)
        names = self._stems.get(stem, set()) if stem != words else set()
        return next(iter(names)) if len(names) == 1 else None

    def _stem(self, words: str) -> str:
        """The words without the longest suffix that they end with."""
        return next((words[: -len(s) - 1] for s in self._suffixes if words.endswith(f" {s}")), words)

    def _may_follow(self, name: str, words: str) -> bool:
        """Whether words may stand in brackets after a name: a footnote, its initials, its code or another spelling of it."""
        if re.fullmatch(_FOOTNOTE, words) or self._suffixed(words) == name:
            return True
        letters = re.sub(r"[\W_]", "", words.casefold())
        return len(letters) > 1 and self._initials(name).fullmatch(letters) is not None

    def _find_initials(self, name: str) -> re.Pattern[str]:
        """A pattern for the initials of every spelling of a name."""
        ends = "|".join("".join(word[0] for word in suffix.split()) for suffix in self._suffixes)
        stems = {self._stem(spelling) for spelling, own in self._plain.items() if own == name}
        initials = ["".join(re.escape(w[0]) + "?" * (w in _JOINING) for w in stem.split()) for stem in stems]
        return re.compile(f"(?:{'|'.join(sorted(initials))})(?:{ends})?")


class CodeForm(Struct, frozen=True):
    """How official codes are written: a pattern for a whole code, and the same in words; None where nothing is said."""

    pattern: str | None = None
    words: str | None = None

    def fits(self, code: str) -> bool:
        """Whether a text is written as a code is; where no form is given, any is."""
        return self.pattern is None or re.fullmatch(self.pattern, code) is not None
