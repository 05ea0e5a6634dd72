"""Checks the data returns of police forces, compares the forces, and words the queries to send back.

import peelcheck
result = peelcheck.validate("sample_returns")
result.queries, result.to_frame(), result.to_json()
peelcheck.figure_set("sample_returns", force="West Midlands")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from peelcheck.version import __version__

if TYPE_CHECKING:
    from peelcheck.api import Checked, figure_set, validate


__all__ = ["Checked", "__version__", "figure_set", "validate"]


def __getattr__(name: str) -> Any:
    """Load pandas and what stands on it when it is first asked for: `peelcheck --help` must not wait for it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from peelcheck import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted(__all__)
