"""Columns of Arrow text, and columns given by their distinct values, so that each distinct value is handled once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Texts: TypeAlias = "pa.Array | pa.ChunkedArray"
"""A column of Arrow text, of type `large_string`. Cells as written have no nulls."""
ByDistinct: TypeAlias = "tuple[NDArray[np.int64], list[Any]]"
"""A column given by its distinct values: the position of each cell's value, and the values; None for a missing value."""
BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
ObjectArray = NDArray[np.object_]
TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
"""The pandas type of Arrow text."""
_SAMPLE_SIZE = 1_000
"""The first cells of a column, by which `few_different` judges it."""
_FEW_IN_SAMPLE = 500
"""With fewer distinct texts in the sample, a column counts as one of few different texts. Handling it by distinct texts then
takes a sixth of the time. It is faster up to some 940, but the texts below the sample may be more diverse."""
_MOST_BY_DICTIONARY = 500
"""Up to this many cells are told apart with a Python dictionary: pandas takes long to begin."""


def few_different(texts: Texts) -> bool:
    """Whether the column probably holds few different texts."""
    return len(texts[:_SAMPLE_SIZE].unique()) < _FEW_IN_SAMPLE


def one_word(texts: Texts) -> NDArray[np.bool_]:
    """Which texts are one word of ASCII characters without an apostrophe. Their bytes are checked without a copy."""
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


def as_text(column: Texts) -> pd.arrays.ArrowStringArray:
    """Arrow text as a pandas array, without a copy."""
    return pd.arrays.ArrowStringArray(column, dtype=TEXT)  # type: ignore[call-arg]


def arrow_of(values: Any) -> pa.ChunkedArray:
    """The Arrow text of a pandas array that `as_text` made, without a copy."""
    return values.__arrow_array__()


def blanked(values: Any, mask: NDArray[np.bool_], blank: Any) -> Any:
    """The column with `blank` in the cells that are marked in `mask`."""
    if isinstance(values, pd.arrays.ArrowStringArray):
        return as_text(pc.if_else(pa.array(~mask), arrow_of(values), pa.scalar(None, pa.large_string())))
    out = values.copy()
    out[mask] = blank
    return out


def by_distinct(texts: Texts) -> ByDistinct:
    """Arrow text, given by its distinct values."""
    if not len(texts):  # a column without any piece, which Arrow up to 24 cannot combine
        return np.zeros(0, dtype=np.int64), []
    codes = texts.dictionary_encode(null_encoding="encode")
    codes = codes.combine_chunks() if isinstance(codes, pa.ChunkedArray) else codes
    return codes.indices.to_numpy().astype(np.int64), codes.dictionary.to_pylist()


def encoded(values: Any) -> ByDistinct:
    """Any column, given by its distinct values. A column that already has this form is returned unchanged."""
    if isinstance(values, tuple):
        return values
    if isinstance(values, pd.arrays.ArrowStringArray):
        return by_distinct(arrow_of(values))
    if isinstance(values, pd.Categorical):
        return values.codes.astype(np.int64), [*values.categories, None]  # a missing value has the code -1
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return by_distinct(values)
    if len(values) <= _MOST_BY_DICTIONARY and values.dtype == object:
        return _told_apart([None if value != value else value for value in values])
    if len(values) and (values == values[0]).all():
        return np.zeros(len(values), dtype=np.int64), [values[0]]
    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    return codes.astype(np.int64), [None if value != value else value for value in distinct]


def categories(which: NDArray[np.int64], distinct: Sequence[str | None]) -> pd.Categorical:
    """Text given by its distinct values, as a pandas categorical."""
    there = [n for n, text in enumerate(distinct) if text is not None]
    place = np.full(len(distinct), -1, dtype=np.int32)
    place[there] = np.arange(len(there))
    texts = pd.Index([distinct[n] for n in there], dtype=object)
    return pd.Categorical.from_codes(place[which], categories=texts, validate=False)


def merged(which: NDArray[np.int64], values: Sequence[Any]) -> ByDistinct:
    """The column with each distinct value listed once, where `values` may list some several times."""
    place, once = _told_apart(values)
    return (place[which] if len(once) < len(values) else which), once


def mapped(values: Any, to: Callable[[Any], Any], dtype: Any = object) -> NDArray[Any]:
    """The result of `to` for each value. It is called once for each distinct value, and with None for a missing one."""
    codes, distinct = encoded(values)
    turned = np.empty(len(distinct), dtype=dtype)
    for i, value in enumerate(distinct):
        turned[i] = to(value)
    return turned[codes]


def _told_apart(values: Sequence[Any]) -> ByDistinct:
    """A short column, given by its distinct values in order of first occurrence."""
    once = list(dict.fromkeys(values))
    places = dict(zip(once, range(len(once)), strict=True))
    return np.fromiter(map(places.__getitem__, values), np.int64, len(values)), once


def numbered(numbers: NDArray[np.int64]) -> ByDistinct:
    """Whole numbers, given by their distinct values in order of first occurrence."""
    if len(numbers) <= _MOST_BY_DICTIONARY:
        return _told_apart(numbers.tolist())
    which, pairs = pd.factorize(numbers)
    return which, pairs.tolist()


def distinct_rows(*columns: Any) -> tuple[NDArray[np.int64], list[tuple[Any, ...]]]:
    """Several columns as one: the position of each row among the distinct rows, and those rows; None for a missing value."""
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


def objects(values: Any) -> ObjectArray:
    """An object array of the values. They may be sequences, which numpy would otherwise unpack."""
    listed = list(values)
    out = np.empty(len(listed), dtype=object)
    out[:] = listed
    return out


def as_date(day: np.datetime64) -> date | None:
    """A date, or None for NaT."""
    return None if np.isnat(day) else day.astype("datetime64[D]").item()


def among(values: NDArray[Any], wanted: Iterable[Any]) -> NDArray[np.bool_]:
    """Which objects are among some others; they need be hashable and nothing else."""
    known = set(wanted)
    return np.fromiter((value in known for value in values), bool, len(values))
