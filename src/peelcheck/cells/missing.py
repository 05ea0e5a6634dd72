"""Marks that say that there is no figure, and why. Missing is never zero.

Sources: the markers seen in published police tables, and the shorthand of the Government Statistical Service's guidance
on symbols in tables.
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
"""What a letter in square brackets says of the number before it; alone it stands in place of a number."""

DASHES = ("-", "–", "—", "−")
"""No figure to most who write them; accounting formats show a zero so."""

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
"""Reason by marker, casefolded."""


def markers_of(missing: Iterable[str], known: Mapping[str, str] = MARKERS) -> Mapping[str, str]:
    """The known markers and a field's own, casefolded, with the reason that each stands for.

    A field's own marker that is blank is left out: a blank cell is blank.
    """
    own = {mark.strip().casefold() for mark in missing} - {""}
    return {**dict.fromkeys(own, "marked as missing"), **known}
