"""Text as it is, and yes or no."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from peelcheck.cells.characters import ordinary, quoted, trimmed
from peelcheck.cells.distinct import Verdict, absent, judged, judged_text, matching
from peelcheck.cells.missing import SHORTHAND, markers_of
from peelcheck.cells.parsed import CellState, Parsed
from peelcheck.cells.rules import NOT_YES_NO, SPACES
from peelcheck.columns import Texts, few_different

_PLAIN_TEXT = r"^[!-~]([ -~]*[!-~])?$"
_TRUTH = {
    **dict.fromkeys(("yes", "y", "true", "1"), 1.0),
    **dict.fromkeys(("no", "n", "false", "0"), 0.0),
}


def parse_text(texts: Texts, *, missing: Iterable[str] = ()) -> Parsed:
    """Text as written, apart from the spaces around it, which make a note.

    Only the shorthand in square brackets ([x], [z], [c], [low], …) and the field's own `missing` marks are missing: a dash,
    `NA` or `none` may be what was meant. Values are Arrow text, null where there is none.
    """
    markers = markers_of(missing, SHORTHAND)

    def judge(text: str) -> Verdict:
        inner = trimmed(text)
        if (gone := absent(inner, markers)) is not None:
            return gone
        if inner != text:
            return Verdict(CellState.OK, inner, SPACES, quoted(inner))
        return Verdict(CellState.OK, text)

    # where few are different, to judge each distinct text is cheap
    plain = None if few_different(texts) else matching(texts, _PLAIN_TEXT, markers)
    return judged_text(texts, judge, plain)


def parse_booleans(texts: Texts, *, missing: Iterable[str] = ()) -> Parsed:
    """Yes, no, y, n, true, false, 1 and 0, in any case, as 1.0 and 0.0; NaN where there is none.

    Spaces around make a note; markers of something missing and the field's own `missing` are missing; all else is bad.
    """
    markers = markers_of(missing)

    def judge(text: str) -> Verdict:
        inner = trimmed(text)
        if (gone := absent(inner, markers)) is not None:
            return gone
        truth = _TRUTH.get(ordinary(inner).casefold())
        if truth is None:
            return Verdict(CellState.BAD, code=NOT_YES_NO)
        if inner != text:
            return Verdict(CellState.OK, truth, SPACES, "yes" if truth else "no")
        return Verdict(CellState.OK, truth)

    return judged(texts, judge, np.float64, np.nan)
