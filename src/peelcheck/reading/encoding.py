"""Bytes → text. UTF-8 if it is; else UTF-16, Windows-1252, or what charset-normalizer says."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

TITLES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16-le": "UTF-16 (Excel’s “Unicode text”)",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "cp1252": "Windows-1252",
}
"""Encodings as a person calls them."""

_USUAL = frozenset("£€§©®°±²³·¼½¾×÷«»\xa0\xad…†‡•–—‘’‚“”„‰™´¨¹ºª¬¦¶")
_REPLACEMENT = "\ufffd"
MIXED = "peelcheck-mixed"
_SAMPLE = 1 << 16


@dataclass(frozen=True)
class Encoding:
    """How a file's bytes are text.

    Attributes:
        name: as Python names it; a mark at the start of the file belongs to none of the names but `utf-8-sig`.
        mark: bytes of the byte-order mark at the start.
        errors: how bytes that do not fit are decoded: `strict` where there are none, `MIXED` where they are Windows-1252
            in a file that is otherwise UTF-8, `replace` where they cannot be read.
    """

    name: str
    mark: int = 0
    errors: str = "strict"


def find_encoding(data: bytes) -> Encoding:
    """How these bytes are text: all bytes of a file, or as many as there are to judge by."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Encoding(name, len(mark), _errors(data[len(mark) :], name))
    sixteen = _unmarked_utf16(data)
    if sixteen:
        return Encoding(sixteen, 0, _errors(data, sixteen))
    if _fits(data, "utf-8"):
        return Encoding("utf-8")
    return _legacy(data)


def decode(data: bytes, encoding: Encoding) -> str:
    """The text, without the byte-order mark. Never raises: what does not fit becomes U+FFFD."""
    name = encoding.name.removesuffix("-sig")
    return str(memoryview(data)[encoding.mark :], name, encoding.errors)


def _fits(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _errors(data: bytes, name: str) -> str:
    return "strict" if _fits(data, name.removesuffix("-sig")) else "replace"


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of mostly Latin text is null."""
    sample = data[:_SAMPLE]
    if sample.count(0) * 3 < len(sample) or len(sample) < 4:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.8 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.8 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _legacy(data: bytes) -> Encoding:
    """Neither UTF-8 nor UTF-16: mostly UTF-8 with stray bytes, Windows-1252, or something rarer."""
    stray = data.decode("utf-8", "replace")
    unread = stray.count(_REPLACEMENT)
    if len(data) - len(stray) > unread:  # each letter of two bytes or more makes the text shorter
        return Encoding("utf-8", 0, MIXED)
    if _fits(data, "cp1252") and _plausible(data.decode("cp1252")):
        return Encoding("cp1252")
    return _guessed(data)


def _plausible(text: str) -> bool:
    """Whether the letters beyond ASCII are those that people in Britain type."""
    beyond = [c for c in text if c > "\x7f"]
    usual = sum(c in _USUAL or "À" <= c <= "ÿ" for c in beyond)
    return usual >= 0.9 * len(beyond)


def _guessed(data: bytes) -> Encoding:
    from charset_normalizer import from_bytes

    lines = [line for line in data[: 1 << 22].splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:_SAMPLE]
    best = from_bytes(sample).best()
    for name in (best.encoding if best else "", "cp1252"):
        if name and not name.startswith("utf") and _fits(data, name):
            return Encoding(name)
    return Encoding("cp1252", 0, "replace")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Stray bytes in UTF-8 are read as Windows-1252, which is where they come from."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return bytes(stray).decode("cp1252", "replace"), error.end


codecs.register_error(MIXED, _as_windows)
