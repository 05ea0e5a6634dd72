"""A page on a screen that lacks some characters: each has a counterpart in ASCII, and none becomes a question mark."""

from __future__ import annotations

import codecs
import unicodedata

_PLAIN = "peelcheck.plain"
_COUNTERPARTS = {
    "●": "O", "·": ".", "≡": "#", "‹": "<", "›": ">", "─": "-", "→": "->", "–": "-", "—": "-", "…": "...",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "×": "x", "−": "-", "‑": "-", "•": "*",
}  # fmt: skip
"""Marks of the page and signs of its texts. The marks of the strip stay different from each other."""


def fitted(text: str, encoding: str) -> str:
    r"""The text in the characters of an encoding.

    Others become their counterparts in ASCII; of a letter with an accent the letter stays. What has no counterpart is written
    out, such as `\u0416`.
    """
    return text.encode(encoding, _PLAIN).decode(encoding)


def _in_ascii(character: str) -> str:
    if unicodedata.category(character) == "Zs":
        return " "
    apart = unicodedata.normalize("NFD", character)  # not NFKD, of which 10² would become 102
    plain = "".join(_COUNTERPARTS.get(c, c) for c in apart if not unicodedata.combining(c))
    return plain if plain and plain.isascii() else character.encode("unicode_escape").decode("ascii")


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_in_ascii, error.object[error.start : error.end])), error.end


codecs.register_error(_PLAIN, _plain)
