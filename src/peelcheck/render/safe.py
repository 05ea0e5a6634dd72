"""Text from a file is data: made visible for a terminal, and harmless in a spreadsheet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Characters that Python calls printable and that are shown as nothing: fillers, joiners, variation selectors."""


def _written_out(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def visible(text: str, written_out: Callable[[str], str] = _written_out) -> str:
    r"""The text with every character that a terminal would obey or hide written out, such as `\x1b` or `\u202e`.

    Those are control characters (line ends and tabs among them), formatting characters (bidirectional overrides, zero-width
    spaces, byte-order marks), fillers, lone surrogates and code points without a meaning. Letters, accents and spaces of all
    kinds stay.
    """
    if text.isprintable() and not _UNSEEN.search(text):
        return text
    return "".join(c if _is_seen(c) else written_out(c) for c in text)


def _is_seen(character: str) -> bool:
    kind = unicodedata.category(character)
    return (character.isprintable() or kind == "Zs") and not _UNSEEN.match(character)


def quoted(text: str, longest: int = 60) -> str:
    """A cell as the force wrote it, visible and in quotation marks; of a long one the beginning, and its length."""
    if len(text) <= longest:
        return f"“{visible(text)}”"
    return f"“{visible(text[:longest])}…” ({len(text):,} characters)"


_NUMBER = re.compile("[+-][0-9]+(?:[.,][0-9]+)*%?")


def defused(cell: str) -> str:
    """A cell for a spreadsheet: one that would start a formula gets an apostrophe in front, and is read as text.

    A cell that is wholly a number, such as -238, is none.
    """
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) and not _NUMBER.fullmatch(cell) else cell
