"""Titles between two tables with the same headings: do they make the second one another table, or is it the next page?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct, field

from peelcheck.reading.layout.row_kinds import NOTE
from peelcheck.reading.text import Row, filled, is_figure, key

_NUMBERED = re.compile(r"\s*\(?\d{1,2}[.)]\s")
_TABLE = re.compile(r"\s*(?:table|section|annex|appendix)\b", re.I)
_SAME_TABLE = re.compile(
    r"\b(?:page|sheet|p\.?)\s*\d+(?:\s*(?:of|/)\s*\d+)?|\b(?:continued|continues|cont['’]?d|cont)\b\.?(?:\s+(?:from|on|over).*)?"
    r"|\(?\b\d+ (?:rows?|records?)\b(?: affected| selected| returned)?\)?",
    re.I,
)
"""What is said of a page of a table, and not of the table."""


class Titles(Struct):
    """The rows with a text in one cell since the last other record, which may be the title of another table.

    Attributes:
        texts: what they say, with their rows.
        records, last: how many records stood above the first of them, and the last of these.
        below: how many records there were with the last of them: if there are more, a record stands below.
    """

    texts: list[tuple[int, str]] = field(default_factory=list)
    records: int = 0
    last: int = 0
    below: int = -1

    def other_than(self, titles: Iterable[str]) -> str:
        """The first text that is a title and none of these; "" if there is none, and the table goes on."""
        numbered = any(map(_NUMBERED.match, titles))
        known = {_plain(title) for title in titles} | {""}
        for _, text in self.texts:
            note = NOTE.match(text) is not None and not (numbered and _NUMBERED.match(text))
            if not note and _plain(text) not in known:
                return text.strip()
        return ""


def title_in(row: Row) -> str:
    """The text of a row that may be a title: one cell with words, or two, the first of which is called a table."""
    texts = [cell for cell in row if cell and not cell.isspace()]
    if len(texts) == 1 and any(map(str.isalpha, texts[0])) and not is_figure(texts[0]):
        return texts[0]
    return " ".join(texts) if filled(row) == 2 and _TABLE.match(texts[0]) else ""


def _plain(title: str) -> str:
    """A title for comparison, without the number of its page."""
    return key(_SAME_TABLE.sub(" ", title))
