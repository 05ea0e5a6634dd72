"""The first lines of a file, by which the whole file is judged."""

from __future__ import annotations

import re

from msgspec import Struct

from peelcheck.reading.csv.dialect import Dialect, find_dialect
from peelcheck.reading.csv.encoding import REPLACEMENT, Encoding, find_encoding
from peelcheck.reading.observations import UnreadableError
from peelcheck.reading.observations.no_table import NotText
from peelcheck.reading.source import HEAD, Source

_RUBBISH = 0.1
_CONTROLS = re.compile(f"[\x01-\x08\x0b\x0e-\x1b\x7f-\x9f{REPLACEMENT}]")


class Beginning(Struct, frozen=True):
    """How a file is written, as far as its first lines show.

    Attributes:
        lines: the first lines, without blank lines.
        hidden: how many lines Excel hides at the top: 1 where the first names the separator.
    """

    encoding: Encoding
    lines: list[str]
    dialect: Dialect
    hidden: int


def beginning_of(source: Source, known: frozenset[str]) -> Beginning:
    """Find how a file is written.

    Args:
        source: the file.
        known: keys of headings that it may have, which help to find the separator.

    Raises:
        UnreadableError: the file is not text.
    """
    encoding = find_encoding(source)
    sample, said = sample_of(source, encoding)
    return Beginning(
        encoding, sample, Dialect(said) if said else find_dialect(sample, known), hidden=int(bool(said))
    )


def sample_of(source: Source, encoding: Encoding) -> tuple[list[str], str]:
    """The first lines without blank lines; and the separator if the first line names it, else "".

    Excel follows a first line such as `sep=;` and hides it.

    Raises:
        UnreadableError: the file is not text.
    """
    name = encoding.name.removesuffix("-sig")
    text = encoding.written(source.head[encoding.mark :].decode(name, encoding.errors)).replace("\x00", "")
    if not text.isprintable() and len(_CONTROLS.findall(text)) > _RUBBISH * len(text):
        raise UnreadableError(NotText())
    sample = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if source.size > HEAD and len(sample) > 1:
        del sample[-1]  # it may be cut off
    said = sample[0][4] if sample[0][:4].lower() == "sep=" and len(sample[0]) == 5 else ""
    return [line for line in sample[bool(said) :] if line.strip()], said
