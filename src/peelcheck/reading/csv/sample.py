"""The first lines of a file, by which the whole file is judged."""

from __future__ import annotations

import re

from peelcheck.reading.csv.encoding import REPLACEMENT, Encoding
from peelcheck.reading.observations import UnreadableError
from peelcheck.reading.observations.no_table import NotText
from peelcheck.reading.source import HEAD, Source

_RUBBISH = 0.1
_CONTROLS = re.compile(f"[\x01-\x08\x0b\x0e-\x1b\x7f-\x9f{REPLACEMENT}]")


def sample_of(source: Source, encoding: Encoding) -> tuple[list[str], str]:
    """The first lines without blank lines; and the separator if the first line names it, else "".

    Excel follows a first line such as `sep=;` and hides it.

    Raises:
        UnreadableError: the file is not text.
    """
    name = encoding.name.removesuffix("-sig")
    text = source.head[encoding.mark :].decode(name, encoding.errors).replace("\x00", "")
    if not text.isprintable() and len(_CONTROLS.findall(text)) > _RUBBISH * len(text):
        raise UnreadableError(NotText())
    sample = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if source.size > HEAD and len(sample) > 1:
        del sample[-1]  # it may be cut off
    said = sample[0][4] if sample[0][:4].lower() == "sep=" and len(sample[0]) == 5 else ""
    return [line for line in sample[bool(said) :] if line.strip()], said
