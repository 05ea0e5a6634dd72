"""Parse free text, text that is compared with something (codes), and yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from peelcheck.arrays import Texts, few_different
from peelcheck.cells.characters import ordinary, quoted, trimmed, typed
from peelcheck.cells.judging import Judge, Verdict, absent, judged, judged_text, matching
from peelcheck.cells.missing import MARKERS, SHORTHAND, markers_of
from peelcheck.cells.parsed import CellState, Parsed
from peelcheck.rules.cell_rules import CHARACTERS, NOT_YES_NO, OTHER_WORD, SPACES

_PLAIN_TEXT = r"^[!-~]([ -~]*[!-~])?$"
_PLAIN_CODE = r"^[!-&(-~][!-~]*( [!-~]+)*$"
"""Plain text that does not begin with an apostrophe, with single spaces between its words."""
_SPACES_BETWEEN = re.compile(" {2,}")
TRUTH = {
    **dict.fromkeys(("yes", "y", "true", "1"), 1.0),
    **dict.fromkeys(("no", "n", "false", "0"), 0.0),
}


def parse_text(texts: Texts, *, missing: Iterable[str] = (), required: bool = False) -> Parsed:
    """Text as written. Spaces around a text are removed, with a note.

    Only the shorthand in square brackets ([x], [z], [c], [low], …) and the field's own `missing` marks mean missing: a dash,
    `NA` or `none` may be the intended text. In a `required` field, every known marker means missing. Values are Arrow text,
    null for none.
    """
    markers = markers_of(missing, MARKERS if required else SHORTHAND)

    def judge(text: str) -> Verdict:
        inner = trimmed(text)
        if (gone := absent(inner, markers)) is not None:
            return gone
        if inner != text:
            return Verdict(CellState.OK, inner, SPACES, quoted(inner))
        return Verdict(CellState.OK, text)

    # with few different texts, it is cheap to judge each of them
    plain = None if few_different(texts) else matching(texts, _PLAIN_TEXT, markers, sure=True)
    return judged_text(texts, judge, plain)


def parse_codes(
    texts: Texts, *, missing: Iterable[str] = (), allowed: Iterable[str] = (), pattern: str | None = None
) -> Parsed:
    """Text that is compared with a list, a pattern, or other rows: as Arrow text, null for none.

    Extra spaces, an apostrophe at the start, and unusual spaces and dashes are hard to see and would match nothing. They are
    corrected with a note; they stay if the text would still not be right. Every known marker means missing, unless it is
    an `allowed` value or matches the `pattern`; so do the field's own `missing` marks. If the allowed values are yes and no,
    then Y and N, true and false, and 1 and 0 are read too.
    """
    known = {_joined(ordinary(value)).casefold(): value for value in allowed}
    fits = _fits(pattern)
    meant = known.keys() | _fitting_markers(pattern)
    markers = markers_of(missing, {m: why for m, why in MARKERS.items() if m not in meant})
    judge = _judge_code(known, fits, markers)
    # with a list of allowed values, a plain text may still be another word for one of them
    plain = None if known or few_different(texts) else matching(texts, _PLAIN_CODE, markers, sure=True)
    return judged_text(texts, judge, plain)


def _fits(pattern: str | None) -> Callable[[str], bool]:
    """A test whether a whole text matches the pattern, with the same engine as in `conform`."""
    if pattern is None:
        return lambda _: True
    whole = f"^(?:{pattern})$"
    return lambda text: bool(pc.match_substring_regex(pa.scalar(text, pa.large_string()), whole).as_py())


@lru_cache(maxsize=64)
def _fitting_markers(pattern: str | None) -> frozenset[str]:
    """The markers for missing values that match the pattern, as they are or in capitals.

    Cached: without the cache, the sample round takes 1.09 times as long.
    """
    if pattern is None:
        return frozenset()
    fits = _fits(pattern)
    return frozenset(marker for marker in MARKERS if fits(marker) or fits(marker.upper()))


def _judge_code(known: Mapping[str, str], fits: Callable[[str], bool], markers: Mapping[str, str]) -> Judge:
    truths = {word: "yes" if truth else "no" for word, truth in TRUTH.items() if set(known) == {"yes", "no"}}

    def judge(text: str) -> Verdict:
        inner = trimmed(text)
        if (gone := absent(inner, markers)) is not None:
            return gone
        clean = _joined(typed(inner)) or inner
        if clean != inner and (gone := absent(clean, markers)) is not None:
            return gone
        word = clean.casefold()
        if (truth := truths.get(word, word)) != word:
            return Verdict(CellState.OK, known[truth], OTHER_WORD, quoted(known[truth]))
        value = inner
        if word in known:
            value = inner if inner.casefold() == known[word].casefold() else known[word]
        elif not known and clean != inner and fits(clean):
            value = clean
        if value == text:
            return Verdict(CellState.OK, text)
        return Verdict(CellState.OK, value, SPACES if value == inner else CHARACTERS, quoted(value))

    return judge


def _joined(text: str) -> str:
    """The text with single spaces in place of several."""
    return _SPACES_BETWEEN.sub(" ", text).strip(" ")


def parse_booleans(texts: Texts, *, missing: Iterable[str] = ()) -> Parsed:
    """Yes, no, y, n, true, false, 1 and 0, in any case, as 1.0 and 0.0; NaN for none.

    Spaces around the text make a note. Known markers and the field's own `missing` marks mean missing. All other text is bad.
    """
    markers = markers_of(missing)

    def judge(text: str) -> Verdict:
        inner = trimmed(text)
        if (gone := absent(inner, markers)) is not None:
            return gone
        truth = TRUTH.get(ordinary(inner).casefold())
        if truth is None:
            return Verdict(CellState.BAD, code=NOT_YES_NO)
        if inner != text:
            return Verdict(CellState.OK, truth, SPACES, "yes" if truth else "no")
        return Verdict(CellState.OK, truth)

    return judged(texts, judge, np.float64, np.nan)
