"""What was found in a file → observations of its text, its headings and its rows, in the order in which they are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from peelcheck.reading.found import Found
from peelcheck.reading.layout.header import Header
from peelcheck.reading.layout.rows import Walked
from peelcheck.reading.observations import Observation
from peelcheck.reading.observations.headings import (
    HeadingsAgain,
    NoHeadings,
    NoRows,
    OneHeading,
    RepeatedHeadings,
    SeveralHeadingRows,
    SimilarHeadings,
    UnnamedColumns,
)
from peelcheck.reading.observations.rows import (
    LAST_ROW,
    FiguresAboveHeadings,
    LastSpreadsheetRow,
    LongRows,
    PaddedRows,
    RowsAboveTable,
    RowsBelowTable,
    SecondTable,
    ShortRows,
    UnsplitRows,
    Width,
)
from peelcheck.reading.observations.text import (
    LongCells,
    LostCharacters,
    NotPlainCsv,
    NullCharacters,
    StrayQuotes,
    UnclosedQuotes,
)
from peelcheck.reading.recognised import Recognised
from peelcheck.reading.text import key, letters

_SEPARATORS = (",", ";", "\t", "|", ":")


def observed(found: Found, kept: Collection[int], recognised: Recognised) -> Iterator[Observation]:
    """All that is to be said of a file with a table.

    Args:
        found: what was found in the file.
        kept: the columns that have a heading or a value, numbered from 0.
        recognised: how the file is written.
    """
    header, walked = found.header, found.walked
    if found.lost:
        yield LostCharacters(rows=tuple(found.lost))
    if found.nulls:
        yield NullCharacters(rows=tuple(found.nulls))
    yield from of_headings(header, kept, walked.repeated)
    if found.unclosed:
        yield UnclosedQuotes(rows=tuple(found.unclosed))
    if found.odd:
        yield StrayQuotes(rows=tuple(found.odd))
    yield from of_rows(header, walked)
    if found.long:
        yield LongCells(rows=tuple(found.long))
    if recognised.put_right:
        yield NotPlainCsv(recognised)


def of_headings(header: Header, kept: Collection[int], repeated: Sequence[int]) -> Iterator[Observation]:
    """What is wrong with the headings; `repeated` are the rows in which they stand again."""
    if not header.row:
        yield NoHeadings(rows=(header.first,))
        return
    at = (header.named,)
    names = [header.names[n] for n in sorted(kept)]
    several = {name: n for name, n in Counter(filter(str.strip, names)).items() if n > 1}
    if several:
        yield RepeatedHeadings(several, rows=at)
    yield from (SimilarHeadings(one, other, rows=at) for one, other in _alike(names))
    unnamed = tuple(letters(n) for n in sorted(kept) if not header.names[n].strip())
    if unnamed:
        yield UnnamedColumns(unnamed, rows=at)
    if len(header.rows) > 1:
        yield SeveralHeadingRows(header.joined, header.by_column, rows=header.rows)
    if repeated:
        yield HeadingsAgain(rows=tuple(repeated))


def of_rows(header: Header, walked: Walked) -> Iterator[Observation]:
    """What is wrong with the rows, and what stands around the table."""
    if not walked.records and not header.above:
        yield NoRows(rows=(header.row,))
    if header.width == 1 and walked.records and any(header.names[0].count(d) > 1 for d in _SEPARATORS):
        yield OneHeading(header.names[0], rows=(header.row,))
    yield from _of_cells(header, walked)
    if walked.other:
        yield SecondTable(header.row, walked.other_title, rows=(walked.other,))
    if walked.last == LAST_ROW:
        yield LastSpreadsheetRow(rows=(LAST_ROW,))
    top = header.rows[0] if header.rows else header.first
    if header.above:
        yield FiguresAboveHeadings(top, rows=header.above)
    if header.preamble:
        yield RowsAboveTable(top, bool(header.rows), rows=header.preamble)
    if walked.footer:
        yield RowsBelowTable(rows=tuple(walked.footer))


def _of_cells(header: Header, walked: Walked) -> Iterator[Observation]:
    """Rows that have not as many cells as there are columns."""
    width = Width(header.width, all(map(str.strip, header.names)))
    if walked.joined:
        yield UnsplitRows(walked.text, rows=tuple(walked.joined))
    if walked.long:
        yield LongRows(width, walked.beyond, rows=tuple(walked.long))
    if walked.padded:
        at = (header.named,) if header.row else ()
        yield PaddedRows(len(walked.padded), walked.records, width, rows=at)
    if walked.short:
        yield ShortRows(width, rows=tuple(sorted(chain.from_iterable(walked.short.values()))))


def _alike(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of different headings that are the same but for case, spaces and signs."""
    seen: dict[str, str] = {}
    for name in names:
        plain = key(name)
        if plain and seen.setdefault(plain, name) != name:
            yield seen[plain], name
