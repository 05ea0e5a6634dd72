"""The names of forces, by any spelling that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from peelcheck.arrays import Texts
from peelcheck.cells.characters import LONGEST, quoted, trimmed, typed
from peelcheck.cells.judging import Sparingly, Verdict, absent, judged
from peelcheck.cells.missing import markers_of
from peelcheck.cells.parsed import CellState, Parsed
from peelcheck.model import Spellings
from peelcheck.rules.cell_rules import CHARACTERS, NAME_FORM, NO_SUCH_FORCE, SPACES

HINTS = 300
"""So many unknown names are compared with the known ones; a file with more has another column where the name should be."""

_MARKS = "0123456789⁰¹²³⁴⁵⁶⁷⁸⁹,;:.*†‡ "
_TOTAL = re.compile(r"\b(?:sub-?)?totals?\b", re.IGNORECASE)
_ANY_FORCE = re.compile(r"\b(?:police|constabulary|service|force)\b|[^a-z]+")
"""What tells no force from another."""
_IN_BRACKETS = re.compile(r"[\[(](?:note )?(?:[0-9]{1,2}|[a-z])[\])]$", re.IGNORECASE)


def parse_names(texts: Texts, *, spellings: Spellings, missing: Iterable[str] = ()) -> Parsed:
    """Names as objects, None where there is none.

    Any listed spelling is read without a word, whatever its case. Spaces around a name, unusual spaces in it, hyphens or `&`
    where they are not listed, an apostrophe before it and footnote numbers after it make a note. A row named after a total
    is one of “Total”, if that is known. A name that nobody knows is bad, with the nearest known one as its hint.

    Args:
        texts: the cells as written.
        spellings: the spellings that are known, with their names.
        missing: the field's own marks of something missing.
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
        for code, spelling in ((CHARACTERS, clean), (NAME_FORM, _without_footnotes(clean))):
            name = spellings.find(spelling)
            if name is not None:
                return Verdict(CellState.OK, name, code, quoted(name))
        if _TOTAL.search(clean) and (total := spellings.find("total")) is not None:
            return Verdict(CellState.OK, total)
        return Verdict(CellState.BAD, code=NO_SUCH_FORCE, words=nearest(clean))

    return judged(texts, judge, object, None)


def _without_footnotes(name: str) -> str:
    """The name without the numbers and marks after it: `Surrey5`, `Kent [note 2]`, `Essex*`."""
    name = name.rstrip(_MARKS)
    while name[-1:] in (")", "]") and (found := _IN_BRACKETS.search(name)):
        name = name[: found.start()].rstrip(_MARKS)
    return name


def _nearest(name: str, spellings: Spellings) -> str:
    """The known name that is nearest to an unknown one, as a question."""
    own = {_own(spelling): known for spelling, known in spellings.items()}
    near = get_close_matches(_own(name), own, n=1, cutoff=0.7)
    return f"Is {quoted(own[near[0]])} meant?" if near else ""


def _own(name: str) -> str:
    """What is the name's own: `kent` of `Kent Police` and of `Kent Constabulary`."""
    return " ".join(_ANY_FORCE.sub(" ", name.casefold()).split())
