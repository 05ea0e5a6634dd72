"""Parse a column by its distinct texts: each is judged once, and every cell with that text gets the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from peelcheck.arrays import Texts, as_text, by_distinct, one_word
from peelcheck.cells.parsed import CellIssue, CellState, Parsed


class Verdict(NamedTuple):
    """The result of judging one text.

    `value` is used only if the state is OK. `code` is the rule of an error or a note, "" for neither, and `words` is its
    hint. For a missing value, `words` is the reason.
    """

    state: CellState
    value: Any = None
    code: str = ""
    words: str = ""


Judge = Callable[[str], Verdict]
BLANK = Verdict(CellState.BLANK)


def absent(inner: str, markers: Mapping[str, str]) -> Verdict | None:
    """The verdict on a trimmed text that is blank or a marker for a missing value; None for any other text."""
    if not inner:
        return BLANK
    reason = markers.get(inner.casefold())
    return None if reason is None else Verdict(CellState.MISSING, words=reason)


class Sparingly:
    """Gives a hint for the first `most` texts of a column, and "" for the others: nobody reads a million hints."""

    def __init__(self, hint: Callable[[str], str], most: int = 1000) -> None:
        self._hint, self._left = hint, most

    def __call__(self, text: str) -> str:
        """The hint for a text; "" after the last one."""
        if self._left == 0:
            return ""
        self._left -= 1
        return self._hint(text)


class Known(Struct, frozen=True):
    """What is known about a column before its texts are judged: which cells are plain, and their values."""

    plain: NDArray[np.bool_]
    values: NDArray[Any]


def matching(texts: Texts, pattern: str, markers: Iterable[str], sure: bool = False) -> NDArray[np.bool_]:
    """Which texts match the pattern (ASCII, anchored) and are not markers, ignoring case.

    With `sure`, it is certain that every single word of ASCII characters without an apostrophe matches.
    """
    plain: NDArray[np.bool_] = one_word(texts) if sure else np.zeros(len(texts), dtype=bool)
    at, rest = _but(texts, plain)
    plain[at] = pc.match_substring_regex(rest, pattern).to_numpy(zero_copy_only=False)
    is_marker = pc.is_in(pc.ascii_lower(texts), pa.array(list(markers), pa.large_string()))
    plain &= ~is_marker.to_numpy(zero_copy_only=False)
    return plain


def judged(texts: Texts, judge: Judge, dtype: Any, blank: Any, known: Known | None = None) -> Parsed:
    """Parse a column; each distinct text is judged once.

    Args:
        texts: the cells.
        judge: gives the verdict on a text. It must accept any text.
        dtype: the type of the values.
        blank: the value where there is none.
        known: the cells whose values are already known.
    """
    if known is None:
        which, verdicts = _judge(texts, judge, blank, dtype)
        parsed = _laid_out(verdicts.values[which], None, which, verdicts)
        return replace(parsed, distinct=(which, verdicts.values.tolist())) if dtype is object else parsed
    at, rest = _but(texts, known.plain)
    if not len(at):
        return Parsed(known.values, np.zeros(len(texts), dtype=np.int8))
    which, verdicts = _judge(rest, judge, blank, dtype)
    values = np.where(known.plain, known.values, np.full(1, blank, dtype=dtype))
    values[at] = verdicts.values[which]
    return _laid_out(values, at, which, verdicts)


def judged_text(texts: Texts, judge: Judge, plain: NDArray[np.bool_] | None = None) -> Parsed:
    """Parse a column of text; each distinct text is judged once. Values are Arrow text, null for none.

    Args:
        texts: the cells.
        judge: gives the verdict on a text. It must accept any text.
        plain: the cells that are known to be right as written; None if none are known.
    """
    at, rest = (None, texts) if plain is None else _but(texts, plain)
    if not len(rest):
        return Parsed(as_text(texts), np.zeros(len(texts), dtype=np.int8))
    which, verdicts = _judge(rest, judge, None, object)
    values = texts
    if verdicts.states.any() or any(verdicts.codes):  # otherwise every text is right as written
        values = pa.array(verdicts.values, pa.large_string()).take(pa.array(which))
        if plain is not None and len(rest) < len(texts):
            values = pc.replace_with_mask(texts, pa.array(~plain), values)
    parsed = _laid_out(as_text(values), at, which, verdicts)
    return replace(parsed, distinct=(which, verdicts.values.tolist())) if plain is None else parsed


def _but(texts: Texts, plain: NDArray[np.bool_]) -> tuple[NDArray[np.int64], Texts]:
    """The positions and texts of the cells that are not plain."""
    at = np.flatnonzero(~plain)
    return at, texts.filter(pa.array(~plain)) if len(at) < len(texts) else texts


def _judge(texts: Texts, judge: Judge, blank: Any, dtype: Any) -> tuple[NDArray[np.int64], _Verdicts]:
    """The verdicts on the distinct texts, and the position of each cell's verdict among them."""
    which, distinct = by_distinct(texts)
    return which, _verdicts(distinct, judge, blank, dtype)


def _laid_out(
    values: Any, at: NDArray[np.int64] | None, which: NDArray[np.int64], verdicts: _Verdicts
) -> Parsed:
    """The parsed column, from the verdicts on the cells `at`; all other cells are OK. None means all cells."""
    state = verdicts.states[which]
    if at is not None:
        of_rest, state = state, np.zeros(len(values), dtype=np.int8)
        state[at] = of_rest
    issues = list(_issues(at, which, verdicts))
    reasons: dict[int, str] = {}
    if (missing := verdicts.states == CellState.MISSING).any():
        gone = np.flatnonzero(missing[which])
        places = gone if at is None else at[gone]
        reasons = dict(zip(places.tolist(), verdicts.words[which[gone]].tolist(), strict=True))
    return Parsed(
        values,
        state,
        bad=tuple(issue for issue in issues if state[issue.positions[0]] == CellState.BAD),
        notes=tuple(issue for issue in issues if state[issue.positions[0]] == CellState.OK),
        reasons=reasons,
    )


class _Verdicts(Struct, frozen=True):
    """The verdicts on many texts, with one array or list for each part."""

    states: NDArray[np.int8]
    values: NDArray[Any]
    codes: list[str]
    words: NDArray[np.object_]


def _verdicts(texts: Iterable[str], judge: Judge, blank: Any, dtype: Any) -> _Verdicts:
    states, values, codes, words = bytearray(), [], [], []
    for (
        text
    ) in texts:  # the verdicts are not kept: a million small objects would slow down the garbage collector
        state, value, code, said = judge(text)
        states.append(state)
        values.append(value if state == CellState.OK else blank)
        codes.append(code)
        words.append(said)
    of_text, hints = np.empty(len(states), dtype), np.empty(len(states), object)
    of_text[:], hints[:] = values, words
    return _Verdicts(np.frombuffer(states, np.int8), of_text, codes, hints)


def _issues(
    at: NDArray[np.int64] | None, which: NDArray[np.int64], verdicts: _Verdicts
) -> Iterator[CellIssue]:
    """One issue for each code in the verdicts, in the order of the codes."""
    if not any(verdicts.codes):
        return
    number = {code: i for i, code in enumerate(sorted(set(verdicts.codes) | {""}))}
    of_cell = np.fromiter(map(number.__getitem__, verdicts.codes), np.int8, len(verdicts.codes))[which]
    for code, i in number.items():
        if code:
            cells = np.flatnonzero(of_cell == i)
            yield CellIssue(
                code, cells if at is None else at[cells], tuple(verdicts.words[which[cells]].tolist())
            )
