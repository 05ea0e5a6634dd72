"""A column by its distinct texts: each is judged once, and the verdict goes back to every cell that holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from peelcheck.cells.parsed import CellIssue, CellState, Parsed

if TYPE_CHECKING:
    import pandas as pd

    Column = pd.Series[str]


class Verdict(NamedTuple):
    """What one text is.

    `value` counts only in state OK. `code` names the rule of an error or a note, and `words` is its hint; for a
    missing cell `words` is the reason.
    """

    state: CellState
    value: Any = None
    code: str = ""
    words: str = ""


Judge = Callable[[str], Verdict]
BLANK = Verdict(CellState.BLANK)


def absent(inner: str, markers: Mapping[str, str]) -> Verdict | None:
    """The verdict on a text, trimmed, that is blank or a marker of something missing; None for any other."""
    if not inner:
        return BLANK
    reason = markers.get(inner.casefold())
    return None if reason is None else Verdict(CellState.MISSING, words=reason)


@dataclass(frozen=True)
class Known:
    """What is known of a column before its texts are judged: which cells are plain, and the values of those."""

    plain: NDArray[np.bool_]
    values: NDArray[Any]


def texts_of(column: Column) -> Any:
    """The cells as an Arrow array of strings, a null as ""."""
    array = pa.array(column, from_pandas=True)
    array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return pc.fill_null(array.cast(pa.large_string()), "")


def matching(texts: Any, pattern: str, markers: Iterable[str]) -> NDArray[np.bool_]:
    """Which texts match the pattern (ASCII, anchored) and are none of the markers, in any case."""
    plain = pc.match_substring_regex(texts, pattern)
    taken = [mark for mark in markers if mark.isascii()]
    if taken:
        is_marker = pc.is_in(pc.ascii_lower(texts), pa.array(taken, pa.large_string()))
        plain = pc.and_not(plain, is_marker)
    return np.asarray(plain.to_numpy(zero_copy_only=False), dtype=bool)


def judged(texts: Any, judge: Judge, dtype: Any, blank: Any, known: Known | None = None) -> Parsed:
    """The column, each distinct text judged once.

    Args:
        texts: the cells, as an Arrow array of strings.
        judge: says what a text is. It must accept any text.
        dtype: of the values.
        blank: what stands where there is no value.
        known: cells whose values are known already.
    """
    n = len(texts)
    values = np.full(n, blank, dtype=dtype)
    state = np.zeros(n, dtype=np.int8)
    at = np.arange(n)
    if known is not None:
        values[known.plain] = known.values[known.plain]
        at = np.flatnonzero(~known.plain)
        texts = texts.filter(pa.array(~known.plain)) if len(at) < n else texts
    if not len(at):
        return Parsed(values, state)
    encoded = texts.dictionary_encode()
    which = encoded.indices.to_numpy()
    verdicts = [judge(text) for text in encoded.dictionary.to_pylist()]
    return _spread(values, state, at, which, verdicts)


def _spread(
    values: NDArray[Any],
    state: NDArray[np.int8],
    at: NDArray[np.int64],
    which: NDArray[np.int64],
    verdicts: list[Verdict],
) -> Parsed:
    """The verdicts laid over the cells `at`, whose texts are `which` of the distinct ones."""
    states = np.fromiter((verdict.state for verdict in verdicts), np.int8, len(verdicts))
    state[at] = states[which]
    known = np.empty(len(verdicts), values.dtype)
    ok = states == CellState.OK
    known[ok] = [verdict.value for verdict in verdicts if verdict.state is CellState.OK]
    fits = ok[which]
    values[at[fits]] = known[which[fits]]
    words = np.empty(len(verdicts), dtype=object)
    words[:] = [verdict.words for verdict in verdicts]
    gone = (states == CellState.MISSING)[which]
    return Parsed(
        values,
        state,
        bad=_issues(at, which, verdicts, words, states == CellState.BAD),
        notes=_issues(at, which, verdicts, words, ok),
        reasons=dict(zip(at[gone].tolist(), words[which[gone]].tolist(), strict=True)),
    )


def _issues(
    at: NDArray[np.int64],
    which: NDArray[np.int64],
    verdicts: list[Verdict],
    words: NDArray[np.object_],
    among: NDArray[np.bool_],
) -> tuple[CellIssue, ...]:
    """One issue for each code that the verdicts `among` them name, in the order of the codes."""
    number = {code: i for i, code in enumerate(sorted({v.code for v in verdicts} - {""}))}
    codes = np.fromiter((number.get(v.code, -1) for v in verdicts), np.int64, len(verdicts))
    codes[~among] = -1
    of_cell = codes[which]
    here = {code: np.flatnonzero(of_cell == i) for code, i in number.items() if (codes == i).any()}
    return tuple(
        CellIssue(code, at[cells].astype(np.int64), tuple(words[which[cells]].tolist()))
        for code, cells in here.items()
    )
