"""Markers that mean that there is no figure, and why. Missing is never zero.

Sources: markers found in published police tables, and the shorthand in the Government Statistical Service's guidance on
symbols in tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

NOT_AVAILABLE = "not available"
NO_FIGURE = "no figure given"

NOTES: Mapping[str, str] = MappingProxyType(
    {
        "e": "estimated",
        "p": "provisional",
        "r": "revised",
        "u": "of low reliability",
        "b": "a break in the series",
    }
)
"""The meaning of a letter in square brackets after a number. Without a number, it means that there is none."""

DASHES = ("-", "–", "—", "−")
"""Most people write a dash for no figure; accounting formats show zero as a dash."""

SHORTHAND: Mapping[str, str] = MappingProxyType(
    {
        "[x]": NOT_AVAILABLE,
        "[z]": "not applicable",
        "[c]": "confidential",
        "[low]": "low, but not zero",
        **{f"[{letter}]": f"marked as {words}, without a figure" for letter, words in NOTES.items()},
    }
)

MARKERS: Mapping[str, str] = MappingProxyType(
    {
        **SHORTHAND,
        "..": NOT_AVAILABLE,
        **dict.fromkeys(DASHES, NO_FIGURE),
        ":": NO_FIGURE,
        "*": NO_FIGURE,
        "+": NO_FIGURE,
        "n/a": "not available or not applicable",
        "na": "not available or not applicable",
        "null": NO_FIGURE,
        "none": NO_FIGURE,
    }
)
"""The reason for each marker; markers are casefolded."""


def markers_of(missing: Iterable[str], known: Mapping[str, str] = MARKERS) -> Mapping[str, str]:
    """The known markers and a field's own, casefolded, with the reason for each.

    A blank marker is left out: a blank cell is blank, not missing.
    """
    own = {mark.strip().casefold() for mark in missing} - {""}
    return {**dict.fromkeys(own, "marked as missing"), **known}
