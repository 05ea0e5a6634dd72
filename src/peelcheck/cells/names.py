"""Parse the names of forces in any known spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from peelcheck.arrays import Texts
from peelcheck.cells.characters import LONGEST, quoted, trimmed, typed
from peelcheck.cells.judging import Sparingly, Verdict, absent, judged
from peelcheck.cells.missing import markers_of
from peelcheck.cells.parsed import CellState, Parsed
from peelcheck.model import Spellings
from peelcheck.rules.cell_rules import CHARACTERS, NAME_FORM, NO_SUCH_FORCE, SPACES
from peelcheck.wording import listed

HINTS = 300
"""Unknown names of a column that get a hint. A column with more of them is not a column of names."""

_NEAR = 0.7
"""How alike two names, or two words of names, must be for one to be offered for the other; 1 is the same."""

_NEAR_TOGETHER = 0.85
"""How alike they must be without spaces if their words differ: `Bedford shire`."""

_TOTAL = re.compile(r"\b(?:sub-?)?totals?\b", re.IGNORECASE)
_ANY_FORCE = re.compile(r"\b(?:police|constabulary|service|force)\b|[^a-z]+")
"""Words and characters that do not distinguish one force from another."""


def parse_names(texts: Texts, *, spellings: Spellings, missing: Iterable[str] = ()) -> Parsed:
    """Names as objects, None for none.

    Any listed spelling is read without a note, ignoring case. Spaces around a name, unusual spaces in it, hyphens or `&`
    where they are not listed, an apostrophe before it, and whatever else `Spellings.find` allows make a note. A name with the
    word “total” is read as “Total”, if that is known. An unknown name is bad; its hint is the nearest known name, or those
    that it joins.

    Args:
        texts: the cells as written.
        spellings: the spellings that are known, with their names.
        missing: the field's own marks for missing values.
    """
    markers = markers_of(missing)
    nearest = Sparingly(lambda name: _nearest(name, spellings), HINTS)

    def judge(text: str) -> Verdict:
        inner = trimmed(text)
        name = spellings.find(inner) if spellings.lists(inner) else None
        if name is not None:
            return Verdict(CellState.OK, name, "" if inner == text else SPACES, quoted(name))
        if (gone := absent(inner, markers)) is not None:
            return gone
        if len(inner) > LONGEST:
            return Verdict(CellState.BAD, code=NO_SUCH_FORCE)
        clean = " ".join(typed(inner).split())
        for code, name in ((CHARACTERS, spellings.listed(clean)), (NAME_FORM, spellings.find(typed(inner)))):
            if name is not None:
                return Verdict(CellState.OK, name, code, quoted(name))
        if _TOTAL.search(clean) and (total := spellings.find("total")) is not None:
            return Verdict(CellState.OK, total)
        return Verdict(CellState.BAD, code=NO_SUCH_FORCE, words=nearest(clean))

    return judged(texts, judge, object, None)


def _nearest(name: str, spellings: Spellings) -> str:
    """A question with the known name that is nearest to an unknown one, or the names that it joins; "" for neither."""
    joined = spellings.several(name)
    if joined and not any(_is_named_in_part(one, name) for one in joined):
        return f"It names {listed([quoted(one) for one in joined])}."
    own = {_own(spelling): known for spelling, known in spellings.items()}
    near = get_close_matches(_own(name), own, n=1, cutoff=_NEAR)
    return f"Is {quoted(own[near[0]])} meant?" if near and _is_misspelt(_own(name), near[0]) else ""


def _is_named_in_part(known: str, name: str) -> bool:
    """Whether a name has some words of a known one but not all: `Kent - East` does not name the east of a country."""
    words = set(_own(known).split())
    return 0 < len(words.intersection(_own(name).split())) < len(words)


def _is_misspelt(name: str, known: str) -> bool:
    """Whether each word of a name is like a word of a known one, so that `kent east` is not `north east`."""
    words = known.split()
    together = SequenceMatcher(None, name.replace(" ", ""), known.replace(" ", "")).ratio() >= _NEAR_TOGETHER
    return together or all(get_close_matches(word, words, n=1, cutoff=_NEAR) for word in name.split())


def _own(name: str) -> str:
    """The distinctive part of a name: `kent` for `Kent Police` and for `Kent Constabulary`."""
    return " ".join(_ANY_FORCE.sub(" ", name.casefold()).split())
