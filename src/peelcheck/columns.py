"""Columns of text, which Arrow holds, and columns of objects, of which each distinct one is looked at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Texts: TypeAlias = "pa.Array | pa.ChunkedArray"
"""A column of text as Arrow has it, of type `large_string`; cells as written have no nulls."""
TEXT = pd.StringDtype("pyarrow", na_value=np.nan)


_FIRST, _FEW = 1000, 500
"""So many texts at the start of a column tell whether it holds few different ones."""


def few_different(texts: Texts) -> bool:
    """Whether the column probably holds few different texts."""
    return len(texts[:_FIRST].unique()) < _FEW


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


def by_distinct(texts: Texts) -> tuple[NDArray[np.int64], list[Any]]:
    """Arrow text by its distinct values: which of them each cell is, and those values; a null is None."""
    codes = texts.dictionary_encode(null_encoding="encode")
    codes = codes.combine_chunks() if isinstance(codes, pa.ChunkedArray) else codes
    return codes.indices.to_numpy().astype(np.int64), codes.dictionary.to_pylist()


def encoded(values: Any) -> tuple[NDArray[np.int64], list[Any]]:
    """A column by its distinct values: which of them each cell is, and those values; what is missing is None.

    A column that is given by its distinct values already is left as it is.
    """
    if isinstance(values, tuple):
        return values
    if isinstance(values, pd.arrays.ArrowStringArray):
        return by_distinct(arrow_of(values))
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return by_distinct(values)
    if len(values) and (values == values[0]).all():
        return np.zeros(len(values), dtype=np.int64), [values[0]]
    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    return codes.astype(np.int64), [None if value != value else value for value in distinct]


def mapped(values: Any, to: Callable[[Any], Any], dtype: Any = object) -> NDArray[Any]:
    """What each value is turned into; every distinct value is turned once, a missing one as None."""
    codes, distinct = encoded(values)
    turned = np.empty(len(distinct), dtype=dtype)
    for i, value in enumerate(distinct):
        turned[i] = to(value)
    return turned[codes]


def distinct_rows(*columns: Any) -> tuple[NDArray[np.int64], list[tuple[Any, ...]]]:
    """Several columns as one: which of the distinct rows each row is, and those rows; what is missing is None."""
    which = np.zeros(len(columns[0]), dtype=np.int64)
    rows: list[tuple[Any, ...]] = [()]
    for column in columns:
        codes, values = encoded(column)
        if len(values) == 1:
            rows = [(*row, values[0]) for row in rows]
            continue
        which, pairs = pd.factorize(which * len(values) + codes)
        rows = [(*rows[pair // len(values)], values[pair % len(values)]) for pair in pairs.tolist()]
    return which, rows
