"""Bytes → text table: encoding, separator, quotes, title rows, ragged rows. The index is the spreadsheet's row.

A file is either read right, with a note of what was put right, or gets a finding that says where and what to do. Nothing a
force sends makes the reader raise. `from peelcheck.reading import read_table` loads pandas only when it is called for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from peelcheck.reading.table import TextTable, read_chunks, read_table

__all__ = ["TextTable", "read_chunks", "read_table"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(importlib.import_module("peelcheck.reading.table"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
