"""The first lines of a file, by which the rest is judged."""

from __future__ import annotations

from peelcheck.reading.encoding import REPLACEMENT, Encoding
from peelcheck.reading.found import UnreadableError
from peelcheck.reading.problem import problem
from peelcheck.reading.source import HEAD, Source

_RUBBISH = 0.1
_CONTROLS = frozenset(chr(n) for n in (*range(1, 9), 11, *range(14, 28), *range(0x7F, 0xA0))) | {REPLACEMENT}


def sample_of(source: Source, encoding: Encoding) -> tuple[list[str], str]:
    """The first lines that are not blank, and the separator if the first says so (`sep=;`; Excel obeys it and hides it).

    Raises:
        UnreadableError: they are no text.
    """
    name = encoding.name.removesuffix("-sig")
    text = source.head[encoding.mark :].decode(name, encoding.errors).replace("\x00", "")
    if not text.isprintable() and sum(map(text.count, _CONTROLS)) > _RUBBISH * len(text):
        message = "The file is not text."
        raise UnreadableError(problem("FI004", message))
    sample = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if source.size > HEAD and len(sample) > 1:
        del sample[-1]  # it may go on
    said = sample[0][4] if sample[0][:4].lower() == "sep=" and len(sample[0]) == 5 else ""
    return [line for line in sample[bool(said) :] if line.strip()], said
