"""Find references that a spreadsheet has changed. A spreadsheet takes a long reference of digits for a number."""

from __future__ import annotations

from math import lgamma, log

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import replace
from numpy.typing import NDArray

from peelcheck.arrays import Texts, blanked
from peelcheck.cells.number_hints import DIGITS, TOO_NARROW
from peelcheck.cells.parsed import CellIssue, CellState, Parsed
from peelcheck.rules.cell_rules import REFERENCE_CHANGED

_MARKS = (b"+", b"E-", b"e-", b"#")
"""A changed reference that is not all digits contains one of these."""
_SCIENTIFIC = r"^\s*'?[0-9]{1,3}(?:(?:[.,][0-9]+)?[Ee]\+[0-9]{2,3}|[.,][0-9]+[Ee]-[0-9]{2,3})\s*$"
_NARROW = r"^\s*#{3,}\s*$"
_NO_RESULT = r"^\s*#(?:REF!|NAME\?|VALUE!|NUM!|NULL!|DIV/0!)\s*$"
_LONG = rf"^\s*'?([0-9]{{{DIGITS + 1},}})\s*$"
_ROUNDED = rf"^\s*'?[0-9]{{{DIGITS}}}0+\s*$"
_BY_CHANCE = log(1e-3)
_SURELY = 3
"""So many zeros at the end of a reference are rounding, even if other references of its length have none."""

_FIRST_DIGITS = "The spreadsheet took the reference for a number and kept only its first digits."
_ZEROS = (
    f"The spreadsheet took the reference for a number, kept {DIGITS} digits and replaced the rest with zeros."
)
_FORMULA = "A formula in the spreadsheet did not work."


def without_changed(parsed: Parsed, texts: Texts) -> Parsed:
    """The column with every reference that a spreadsheet has changed marked as bad (CE010).

    Args:
        parsed: a column of text that identifies records.
        texts: its cells as written.
    """
    hints = _changed(texts)
    positions = np.array([at for at in sorted(hints) if parsed.state[at] == CellState.OK], dtype=np.int64)
    if not len(positions):
        return parsed
    bad = np.zeros(len(texts), dtype=bool)
    bad[positions] = True
    issue = CellIssue(REFERENCE_CHANGED, positions, tuple(hints[at] for at in positions.tolist()))
    notes = [note.but(bad) for note in parsed.notes]
    return replace(
        parsed,
        values=blanked(parsed.values, bad, None),
        state=np.where(bad, np.int8(CellState.BAD), parsed.state),
        bad=(*parsed.bad, issue),
        notes=tuple(note for note in notes if len(note.positions)),
        distinct=None,
    )


def _changed(texts: Texts) -> dict[int, str]:
    """The positions of the changed references, with what happened to each."""
    hints: dict[int, str] = {}
    if _has_a_mark(texts):
        for pattern, hint in (
            (_SCIENTIFIC, _FIRST_DIGITS),
            (_NARROW, TOO_NARROW),
            (_NO_RESULT, _FORMULA),
        ):
            hints.update(dict.fromkeys(np.flatnonzero(_matching(texts, pattern)).tolist(), hint))
    hints.update(dict.fromkeys(_rounded(texts), _ZEROS))
    return hints


def _has_a_mark(texts: Texts) -> bool:
    """Whether some cell may contain one of the marks: a quick look at the bytes of the whole column."""
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    for chunk in chunks:
        _, offsets, data = chunk.buffers()
        bounds = np.frombuffer(offsets, np.int64)[[chunk.offset, chunk.offset + len(chunk)]]
        written = data[bounds[0] : bounds[1]].to_pybytes() if data else b""
        if any(mark in written for mark in _MARKS):
            return True
    return False


def _rounded(texts: Texts) -> list[int]:
    """The positions of references with more than 15 digits that have only zeros after the fifteenth.

    Some references end in zeros by chance. Those of one length count as rounded if it is unlikely that so many do.
    """
    sizes = pc.binary_length(texts)
    if (pc.max(sizes).as_py() or 0) <= DIGITS:
        return []
    at = np.flatnonzero(pc.greater(sizes, DIGITS).to_numpy(zero_copy_only=False))
    at = at[_matching(texts.take(pa.array(at)), _LONG)]
    long = pc.ascii_ltrim(pc.utf8_trim_whitespace(texts.take(pa.array(at))), "'")
    digits = pc.binary_length(long).to_numpy(zero_copy_only=False)
    zeros = _matching(long, _ROUNDED)
    found: list[int] = []
    for length in np.unique(digits[zeros]).tolist():
        ends_so, n = zeros & (digits == length), int((digits == length).sum())
        rounded, kept = int(ends_so.sum()), length - DIGITS
        chance = rounded * (log(n) - kept * log(10)) - lgamma(rounded + 1)
        if chance < _BY_CHANCE and (rounded == n or kept >= _SURELY):
            found += at[ends_so].tolist()
    return found


def _matching(texts: Texts, pattern: str) -> NDArray[np.bool_]:
    return np.asarray(pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False), dtype=bool)
