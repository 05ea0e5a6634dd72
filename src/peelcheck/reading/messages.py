"""What the reader found, in words: each problem says what was seen, where, and what was made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from peelcheck.reading.csv.dialect import Dialect
from peelcheck.reading.csv.encoding import MIXED, TITLES, Encoding
from peelcheck.reading.layout.header import Header
from peelcheck.reading.layout.rows import Walked
from peelcheck.reading.problems import Problem, named, problem, some
from peelcheck.reading.text import key, letters

_DELIMITERS = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "vertical bars",
    " ": "spaces",
    ":": "colons",
}
_SHOWN = 60
LAST_ROW = 1_048_576
"""The last row of a spreadsheet; an export through one ends there, however many records there are."""


def about_headings(header: Header, kept: Collection[int], repeated: Sequence[int]) -> Iterator[Problem]:
    """What is wrong with the headings."""
    if not header.row:
        yield problem(
            "FI015",
            f"Row {header.first} is the first row of the table, but it contains figures, not headings. "
            "The columns are named by their letters.",
            [header.first],
        )
        return
    names = [header.names[n] for n in sorted(kept)]
    several = {name: n for name, n in Counter(filter(str.strip, names)).items() if n > 1}
    if several:
        yield _several(several, header)
    for one, other in _alike(names):
        message = f"The headings “{_short(one)}” and “{_short(other)}” in row {header.named} differ only in case or spaces."
        yield problem("FI107", message, [header.named], other)
    unnamed = [n for n in sorted(kept) if not header.names[n].strip()]
    if unnamed:
        yield about_unnamed([letters(n) for n in unnamed], header.named)
    if len(header.rows) > 1:
        message = f"{named(header.rows)} contain headings, but one row was expected. {_made(header)}"
        yield problem("FI106", message, header.rows)
    if repeated:
        message = f"{named(repeated)}: the headings are repeated. The rows below were read as part of the same table."
        yield problem("FI108", message, repeated)


def _made(header: Header) -> str:
    """How headings in several rows were read."""
    if header.by_column:
        return (
            "In each column, the lowest heading was used if it is an expected one; otherwise all the headings above the "
            "column were combined."
        )
    return "They were combined." if header.joined else "The first of them was used."


def _several(several: Mapping[str, int], header: Header) -> Problem:
    """Headings that stand more than once, one of which is named as the column if it is the only one."""
    names = [f"“{_short(name)}”" for name in several]
    where = f"in row {header.named}. Only the first column is used."
    if len(names) == 1:
        (name,) = several
        return problem(
            "FI012", f"The heading {names[0]} appears {several[name]} times {where}", [header.named], name
        )
    most = max(several.values())
    times = "twice" if most == 2 else f"up to {most} times"
    where = where.replace("column is", "column of each is")
    return problem("FI012", f"The headings {some(names)} appear {times} {where}", [header.named])


def about_unnamed(columns: Sequence[str], row: int) -> Problem:
    """Columns without a heading in which something stands."""
    called = some([f"“column {column}”" for column in columns])
    if len(columns) == 1:
        message = f"Column {columns[0]} has values but no heading in row {row}. It was named {called}."
    else:
        which = some(columns)
        message = f"Columns {which} have values but no heading in row {row}. They were named {called}."
    return problem("FI105", message, [row])


def about_rows(header: Header, walked: Walked) -> Iterator[Problem]:
    """What is wrong with the rows."""
    if not walked.records and not header.above:
        yield problem(
            "FI006", f"There are headings in row {header.row} and no rows below them.", [header.row]
        )
    if (
        header.width == 1
        and walked.records
        and any(header.names[0].count(d) > 1 for d in _DELIMITERS if d != " ")
    ):
        message = (
            f"All cells are in one column: its heading in row {header.row} is “{_short(header.names[0])}”."
        )
        yield problem("FI019", message, [header.row])
    yield from _about_cells(header, walked)
    if walked.other:
        message = (
            f"The file contains more than one table. The one with its headings in row {header.row:,} was read; "
            f"the one with its headings in row {walked.other:,}, and everything below it, was not."
        )
        yield problem("FI014", message, [walked.other])
    if walked.last == LAST_ROW:
        message = f"The table ends in row {LAST_ROW:,}, the last row of a spreadsheet; the rows after it may be missing."
        yield problem("FI020", message, [LAST_ROW])
    if header.above:
        message = (
            f"{named(header.above)}: figures above the headings in row {header.rows[0] if header.rows else header.first}. "
            "They were not read."
        )
        yield problem("FI018", message, header.above)
    if header.preamble:
        above = (
            f"the headings in row {header.rows[0]}"
            if header.rows
            else f"the table, which begins in row {header.first}"
        )
        yield problem("FI102", f"{named(header.preamble)}: ignored (above {above}).", header.preamble)
    if walked.footer:
        yield problem("FI103", f"{named(walked.footer)}: ignored as notes below the table.", walked.footer)


def _about_cells(header: Header, walked: Walked) -> Iterator[Problem]:
    """Rows that have not as many cells as there are columns."""
    width = _width(header)
    if walked.joined:
        written = f"with the separators in its text (“{_short(walked.text)}”)"
        message = f"{named(walked.joined)}: the cells were not split; all are in one cell, {written}. None of them was used."
        yield problem("FI019", message, walked.joined, value=walked.text if len(walked.joined) == 1 else None)
    if walked.long:
        beyond = f" (“{_short(walked.beyond)}”)" if walked.beyond else ""
        message = (
            f"{named(walked.long)}: more cells than the {width}. There may be an extra separator, or a text that contains "
            f"a separator may need quotation marks. Anything beyond the last heading{beyond} was ignored."
        )
        yield problem("FI010", message, walked.long, value=walked.beyond if len(walked.long) == 1 else None)
    if walked.padded:
        message = (
            f"{len(walked.padded):,} of {walked.records:,} rows have a blank cell beyond the {width}. It was ignored. "
            "If a separator is missing from the headings, the columns are misaligned."
        )
        yield problem("FI109", message, [header.named] if header.row else [])
    if walked.short:
        yield about_short(sorted(chain.from_iterable(walked.short.values())), width)


def about_short(rows: Sequence[int], width: str) -> Problem:
    """Rows with fewer cells than there are columns; `width` is how many there are, in words."""
    message = f"{named(rows)}: fewer cells than the {width}. The missing ones were read as blank."
    return problem("FI104", message, rows)


def _width(header: Header) -> str:
    """How many columns there are: headings where each has one."""
    if header.width == 1:
        return "one heading"
    return f"{header.width:,} {'headings' if all(map(str.strip, header.names)) else 'columns'}"


def about_quotes(unclosed: Sequence[int], odd: Sequence[int]) -> Iterator[Problem]:
    """Quotation marks that do not fit."""
    if unclosed:
        message = f"{named(unclosed)}: a quotation mark is opened but not closed. It was read as an ordinary character."
        yield problem("FI009", message, unclosed)
    if odd:
        message = f"{named(odd)}: a quotation mark is inside a cell that is itself in quotation marks."
        yield problem("FI011", message, odd)


def about_letters(lost: Sequence[int], nulls: Sequence[int]) -> Iterator[Problem]:
    """Letters that could not be read."""
    if lost:
        message = f"{named(lost)}: unreadable characters, which were replaced by “\ufffd”."
        yield problem("FI007", message, lost)
    if nulls:
        message = f"{named(nulls)}: null characters, which are not text; they were removed."
        yield problem("FI008", message, nulls)


def put_right(encoding: Encoding, dialect: Dialect, width: int, more: Sequence[str]) -> tuple[str, ...]:
    """What is not as in a plain CSV file, in a few words each."""
    out = []
    if encoding.errors == MIXED:
        out.append("characters partly in UTF-8 and partly in Windows-1252")
    elif not encoding.name.startswith("utf-8"):
        out.append(f"characters in {TITLES.get(encoding.name, encoding.name)}")
    if width > 1 and dialect.delimiter != ",":
        out.append(f"{_DELIMITERS.get(dialect.delimiter, f'“{dialect.delimiter}”')} between cells")
    if dialect.quote == "'":
        out.append("apostrophes around cells")
    if dialect.escape:
        out.append(f"“{dialect.escape}” before quotation marks inside cells")
    return (*out, *more)


def _alike(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of different headings that are the same but for case, spaces and signs."""
    seen: dict[str, str] = {}
    for name in names:
        plain = key(name)
        if plain and seen.setdefault(plain, name) != name:
            yield seen[plain], name


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
