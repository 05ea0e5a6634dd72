"""Replace characters that look like others: the spaces, dashes and digits of spreadsheets and word processors."""

from __future__ import annotations

LONGEST = 100
"""Characters in the longest number, date or name. Longer text gets no hint."""

APOSTROPHES = ("'", "’")
"""Characters that people write before a value so that a spreadsheet keeps it as text."""

_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff\u00ad\u2400"  # zero-width, direction marks, byte-order mark, soft hyphen, a null
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"  # hyphens, figure and en dash, minus; not the em dash
_ORDINARY = str.maketrans(
    {
        **dict.fromkeys(_INVISIBLE, ""),
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_DASHES, "-"),
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    }
)
_LEFT, _RIGHT = "“", "”"


def trimmed(text: str) -> str:
    """The text without spaces, line ends and invisible characters around it."""
    inner = text.strip()
    while not inner.isascii() and (bare := inner.strip(_INVISIBLE).strip()) != inner:
        inner = bare
    return inner


def ordinary(text: str) -> str:
    """The text with ordinary spaces, hyphens and digits in place of their look-alikes, and without invisible characters."""
    return text if text.isascii() else text.translate(_ORDINARY)


def typed(text: str) -> str:
    """A trimmed text in ordinary characters, and without the apostrophe that keeps it as text in a spreadsheet."""
    return ordinary(text[1:] if text[:1] in APOSTROPHES else text)


def quoted(text: str, longest: int = 60) -> str:
    """The text in quotation marks, shortened to `longest` characters."""
    return f"{_LEFT}{shortened(text, longest)}{_RIGHT}"


def shortened(text: str, longest: int = 60) -> str:
    """The text, shortened to `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def blank_or_quoted(written: str | None) -> str:
    """The content of a cell without a value, in words: `blank`, or its marker in quotation marks."""
    marker = trimmed(written or "")
    return quoted(marker) if marker else "blank"
