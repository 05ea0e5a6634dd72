"""Columns of text, which Arrow holds, and columns of objects, of which each distinct one is looked at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)


def as_text(column: pa.Array | pa.ChunkedArray) -> pd.arrays.ArrowStringArray:
    """Arrow text as pandas has it, without a copy."""
    return pd.arrays.ArrowStringArray(column, dtype=TEXT)  # type: ignore[call-arg]


def mapped(values: Any, to: Callable[[Any], Any]) -> NDArray[np.object_]:
    """What each value is turned into, as objects; every distinct value is turned once, a missing one as None."""
    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    turned = np.empty(len(distinct), dtype=object)
    for i, value in enumerate(distinct):
        turned[i] = to(None if value is None or value != value else value)
    return turned[codes]


def distinct_rows(*columns: Any) -> tuple[NDArray[np.int64], list[tuple[Any, ...]]]:
    """Several columns of objects as one: which of the distinct rows each row is, and those rows; what is missing is None."""
    which = np.zeros(len(columns[0]), dtype=np.int64)
    rows: list[tuple[Any, ...]] = [()]
    for column in columns:
        codes, distinct = pd.factorize(column, use_na_sentinel=False)
        values = [None if value is None or value != value else value for value in distinct]
        which, pairs = pd.factorize(which * len(values) + codes)
        rows = [(*rows[pair // len(values)], values[pair % len(values)]) for pair in pairs.tolist()]
    return which, rows
