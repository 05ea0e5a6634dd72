"""Columns of text, which Arrow holds, and columns of objects, of which each distinct one is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Texts: TypeAlias = "pa.Array | pa.ChunkedArray"
"""A column of text as Arrow has it, of type `large_string`; cells as written have no nulls."""
ByDistinct: TypeAlias = "tuple[NDArray[np.int64], list[Any]]"
"""A column given by its distinct values: which of them each cell is, and those values, what is missing being None."""
TEXT = pd.StringDtype("pyarrow", na_value=np.nan)


_FIRST, _FEW = 1000, 500
"""So many texts at the start of a column tell whether it holds few different ones."""


def few_different(texts: Texts) -> bool:
    """Whether the column probably holds few different texts."""
    return len(texts[:_FIRST].unique()) < _FEW


def one_word(texts: Texts) -> NDArray[np.bool_]:
    """Which texts are one word, of ASCII alone and without an apostrophe; their bytes are looked at where they lie."""
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    return np.concatenate([np.zeros(0, dtype=bool), *map(_one_word, chunks)])


def _one_word(texts: pa.LargeStringArray) -> NDArray[np.bool_]:
    _, offsets, data = texts.buffers()
    bounds = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    out = np.zeros(len(texts), dtype=bool)
    full = np.flatnonzero(np.diff(bounds))
    if len(full):
        letters = np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]]
        usual = (letters > ord(" ")) & (letters <= ord("~")) & (letters != ord("'"))
        out[full] = np.logical_and.reduceat(usual, bounds[full] - bounds[0])
    return out


_FEW = 500
"""Cells that a dictionary tells apart sooner than pandas, which looks at a column in many ways before it begins."""


def as_text(column: Texts) -> pd.arrays.ArrowStringArray:
    """Arrow text as pandas has it, without a copy."""
    return pd.arrays.ArrowStringArray(column, dtype=TEXT)  # type: ignore[call-arg]


def arrow_of(values: Any) -> pa.ChunkedArray:
    """What `as_text` was made of, without a copy."""
    return values.__arrow_array__()


def blanked(values: Any, mask: NDArray[np.bool_], blank: Any) -> Any:
    """The same column with `blank` in some of its cells."""
    if isinstance(values, pd.arrays.ArrowStringArray):
        return as_text(pc.if_else(pa.array(~mask), arrow_of(values), pa.scalar(None, pa.large_string())))
    out = values.copy()
    out[mask] = blank
    return out


def by_distinct(texts: Texts) -> ByDistinct:
    """Arrow text by its distinct values."""
    if not len(texts):  # a column without any piece, which Arrow up to 24 cannot combine
        return np.zeros(0, dtype=np.int64), []
    codes = texts.dictionary_encode(null_encoding="encode")
    codes = codes.combine_chunks() if isinstance(codes, pa.ChunkedArray) else codes
    return codes.indices.to_numpy().astype(np.int64), codes.dictionary.to_pylist()


def encoded(values: Any) -> ByDistinct:
    """A column by its distinct values; one that is given by them already is left as it is."""
    if isinstance(values, tuple):
        return values
    if isinstance(values, pd.arrays.ArrowStringArray):
        return by_distinct(arrow_of(values))
    if isinstance(values, pd.Categorical):
        return values.codes.astype(np.int64), [*values.categories, None]  # the code of what is missing is -1
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return by_distinct(values)
    if len(values) <= _FEW and values.dtype == object:
        return _told_apart([None if value != value else value for value in values])
    if len(values) and (values == values[0]).all():
        return np.zeros(len(values), dtype=np.int64), [values[0]]
    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    return codes.astype(np.int64), [None if value != value else value for value in distinct]


def categories(which: NDArray[np.int64], distinct: Sequence[str | None]) -> pd.Categorical:
    """Text that is given by its distinct values, as pandas has it."""
    there = [n for n, text in enumerate(distinct) if text is not None]
    place = np.full(len(distinct), -1, dtype=np.int32)
    place[there] = np.arange(len(there))
    texts = pd.Index([distinct[n] for n in there], dtype=object)
    return pd.Categorical.from_codes(place[which], categories=texts, validate=False)


def merged(which: NDArray[np.int64], values: Sequence[Any]) -> ByDistinct:
    """The same column with each of its values once, where some were given several times."""
    place, once = _told_apart(values)
    return (place[which] if len(once) < len(values) else which), once


def mapped(values: Any, to: Callable[[Any], Any], dtype: Any = object) -> NDArray[Any]:
    """What each value is turned into; every distinct value is turned once, a missing one as None."""
    codes, distinct = encoded(values)
    turned = np.empty(len(distinct), dtype=dtype)
    for i, value in enumerate(distinct):
        turned[i] = to(value)
    return turned[codes]


def _told_apart(values: Sequence[Any]) -> ByDistinct:
    """Few values by those of them that are distinct, in the order in which they come."""
    once = list(dict.fromkeys(values))
    places = dict(zip(once, range(len(once)), strict=True))
    return np.fromiter(map(places.__getitem__, values), np.int64, len(values)), once


def numbered(numbers: NDArray[np.int64]) -> ByDistinct:
    """Whole numbers by those of them that are distinct, in the order in which they come."""
    if len(numbers) <= _FEW:
        return _told_apart(numbers.tolist())
    which, pairs = pd.factorize(numbers)
    return which, pairs.tolist()


def distinct_rows(*columns: Any) -> tuple[NDArray[np.int64], list[tuple[Any, ...]]]:
    """Several columns as one: which of the distinct rows each row is, and those rows; what is missing is None."""
    first, *others = map(encoded, columns)
    which = first[0]
    rows: list[tuple[Any, ...]] = [(value,) for value in first[1]]
    for codes, values in others:
        if len(values) == 1:
            rows = [(*row, values[0]) for row in rows]
            continue
        n = len(values)
        which, pairs = numbered(which * n + codes)
        rows = [(*rows[pair // n], values[pair % n]) for pair in pairs]
    return which, rows


BoolArray = NDArray[np.bool_]


FloatArray = NDArray[np.float64]


IntArray = NDArray[np.int64]


ObjectArray = NDArray[np.object_]


def objects(values: Any) -> ObjectArray:
    """An object array of the values, whatever they are (numpy would otherwise look inside sequences)."""
    held = list(values)
    out = np.empty(len(held), dtype=object)
    out[:] = held
    return out


def as_date(day: np.datetime64) -> date | None:
    """A date, or None for NaT."""
    return None if np.isnat(day) else day.astype("datetime64[D]").item()
