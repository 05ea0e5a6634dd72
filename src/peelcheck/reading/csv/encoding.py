"""Turn bytes into lines of text: as UTF-8 or UTF-16, else in an encoding used in Britain, else as charset-normalizer says."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from msgspec import Struct

from peelcheck.reading.source import Source

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, because it begins with the mark of UTF-16
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
    "mac_roman": "the encoding of old Macs",
    "cp850": "the encoding of DOS",
}
"""Names of encodings for people."""

_IN_BRITAIN = ("cp1252", "mac_roman", "cp850")
"""The most common first. A byte that is a dash in one may be a letter in another."""

REPLACEMENT = "\ufffd"
MIXED = "peelcheck-mixed"
"""The error handler that reads stray bytes as Windows-1252."""
LONGEST_LINE = 1 << 22
"""Characters in the longest line of text that is read."""

_SIGNS = frozenset("£€§©®°±²³·¼½¾×÷«»\xa0\xad…†‡•–—‘’‚“”„‰™´¨¹ºª¬¦¶")
_FOREIGN = re.compile(
    "[À-ÿ]{3}"
)  # no word in Britain has three accented letters in a row; misread words of other alphabets have
_MOSTLY = 0.6
_SAMPLE = 1 << 16


_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
_CONTROLS = {
    n: text for n in range(0x80, 0xA0) if (text := bytes([n]).decode("cp1252", "replace")) != REPLACEMENT
}
"""What Windows-1252 has in place of control characters that no text has. Programs that take it for Latin-1 save these."""


class LineTooLongError(Exception):
    """A line of more than `LONGEST_LINE` characters; `start` is its beginning."""

    def __init__(self, start: str) -> None:
        super().__init__()
        self.start = start


class Encoding(Struct, frozen=True):
    """The encoding of a file.

    Attributes:
        name: its name in Python.
        mark: the number of bytes of the byte-order mark.
        errors: what happens to bytes that do not fit: they become U+FFFD (`replace`), or are read as Windows-1252 in a file
            that is otherwise UTF-8 (`MIXED`).
        damaged: whether the text may have null characters or U+FFFD.
        controls: whether the text has control characters that stand for Windows-1252's quotation marks and dashes.
    """

    name: str
    mark: int = 0
    errors: str = "replace"
    damaged: bool = False
    controls: bool = False

    def written(self, text: str) -> str:
        """A text with the quotation marks and dashes that its control characters stand for."""
        return text.translate(_CONTROLS) if self.controls else text


def find_encoding(source: Source) -> Encoding:
    """Find the encoding of a file. All bytes are checked."""
    for mark, name in _BOMS:
        if source.head.startswith(mark):
            wide = name.startswith(("utf-16", "utf-32"))
            controls = not wide and _has_controls(source)
            return Encoding(name, len(mark), damaged=wide or _damaged(source), controls=controls)
    wide_name = _unmarked_utf16(source.head)
    if wide_name:
        return Encoding(wide_name, damaged=True)
    if _is_utf8(source):
        return Encoding("utf-8", damaged=_damaged(source), controls=_has_controls(source))
    name, errors = _legacy(source)
    return Encoding(name, errors=errors, damaged=True)


def lines(source: Source, encoding: Encoding) -> Iterator[str]:
    r"""The lines of a file with their ends (`\n`, `\r\n` or `\r`), without the byte-order mark.

    Raises:
        LineTooLongError: a line has more than `LONGEST_LINE` characters.
    """
    stream = source.open()
    stream.seek(encoding.mark)
    name = encoding.name.removesuffix("-sig")
    with io.TextIOWrapper(stream, name, encoding.errors, newline="") as text:
        if source.size <= LONGEST_LINE:
            yield from map(encoding.written, text) if encoding.controls else text
            return
        while line := text.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise LineTooLongError(line)
            yield encoding.written(line)


def _is_utf8(source: Source) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in source.blocks():
            if not block.isascii() or decoder.getstate()[0]:
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _damaged(source: Source) -> bool:
    return any(0 in block or b"\xef\xbf\xbd" in block for block in source.blocks()) or source.data is None


def has_controls(block: bytes, before: bytes = b"") -> bool:
    """Whether UTF-8 has U+0080 to U+009F, the last byte of the block before it included."""
    return not block.isascii() and _CONTROL.search(before + block) is not None


def _has_controls(source: Source) -> bool:
    before = b""
    for block in source.blocks():
        if has_controls(block, before):
            return True
        before = block[-1:]
    return False


def _unmarked_utf16(head: bytes) -> str | None:
    """The name of UTF-16 if the bytes look like it without its mark: every second byte of mostly Latin text is null."""
    half = len(head) // 2
    if half < 2 or head.count(0) * 3 < len(head):
        return None
    if head[1::2].count(0) > 0.8 * half and head[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[::2].count(0) > 0.8 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _legacy(source: Source) -> tuple[str, str]:
    """The encoding and error handler of a file that is neither UTF-8 nor UTF-16.

    Most are UTF-8 with stray bytes, or Windows-1252.
    """
    sample = _beyond_ascii(source)
    lossy = sample.decode("utf-8", "replace")
    letters = len(sample) - len(lossy)  # every character of several bytes makes the text shorter
    if letters and letters >= lossy.count(REPLACEMENT):
        return "utf-8", MIXED
    plausible = {name: _plausible(sample.decode(name, "replace")) for name in _IN_BRITAIN}
    best = max(plausible, key=plausible.__getitem__)
    if plausible[best] >= _MOSTLY:
        return best, "replace"
    from charset_normalizer import from_bytes

    guesses = [guess for guess in from_bytes(sample) if not guess.encoding.startswith(("utf", "ascii"))]
    if not guesses:
        return "cp1252", "replace"
    guess = min(guesses, key=lambda one: (one.chaos, not one.encoding.startswith("cp125"), -one.coherence))
    return guess.encoding, "replace"


def _beyond_ascii(source: Source) -> bytes:
    """The first lines with bytes outside ASCII."""
    found, size = [], 0
    for block in source.blocks():
        if block.isascii():
            continue
        for line in block.splitlines(keepends=True):
            if not line.isascii():
                found.append(line[:_SAMPLE])
                size += len(found[-1])
            if size > _SAMPLE:
                return b"".join(found)
    return b"".join(found)


def _plausible(text: str) -> float:
    """The share, 0 to 1, of the characters outside ASCII that people in Britain would type at that place."""
    if _FOREIGN.search(text):
        return 0.0
    beyond = [n for n, c in enumerate(text) if c > "\x7f"]
    return sum(text[n] in _SIGNS or _in_word(text, n) for n in beyond) / max(len(beyond), 1)


def _in_word(text: str, n: int) -> bool:
    """Whether a letter fits in a word: no capital after a small letter, no small letter at the end of capitals."""
    before, letter, after = text[n - 1 : n], text[n], text[n + 1 : n + 2]
    changes = before.islower() if letter.isupper() else before.isupper() and not after.islower()
    if changes or not "À" <= letter <= "ÿ":
        return False
    return before.isalpha() or after.isalpha()


class _Windows(dict[bytes, str]):
    """Stray bytes decoded as Windows-1252. At most three occur together, so each combination is decoded once and kept."""

    def __missing__(self, stray: bytes) -> str:
        text = self[stray] = stray.decode("cp1252", "replace")
        return text


_WINDOWS = _Windows()


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """The error handler `MIXED`: read stray bytes in UTF-8 as Windows-1252, the encoding that they usually come from."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    end = error.end
    return _WINDOWS[error.object[error.start : end]], end


codecs.register_error(MIXED, _as_windows)
