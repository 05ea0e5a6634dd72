"""What the reader found, in words: each problem says what was seen, where, and what was made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from peelcheck.reading.body import Walked
from peelcheck.reading.dialect import Dialect, key
from peelcheck.reading.encoding import MIXED, TITLES, Encoding
from peelcheck.reading.problem import Problem, named, problem
from peelcheck.reading.shape import Header

_DELIMITERS = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "vertical bars",
    " ": "spaces",
    ":": "colons",
}
_SHOWN = 60


def about_headings(header: Header, kept: Collection[int], repeated: Sequence[int]) -> Iterator[Problem]:
    """What is wrong with the headings."""
    if not header.row:
        yield problem(
            "FI015",
            f"Row {header.first} is the first of the table and holds figures, not headings. The columns were numbered.",
            [header.first],
        )
        return
    names = [header.names[n] for n in sorted(kept)]
    for name, times in Counter(name for name in names if name.strip()).items():
        if times > 1:
            message = f"The heading “{_short(name)}” stands {times} times in row {header.row}. Only the first column is used."
            yield problem("FI012", message, [header.row], name)
    for one, other in _alike(names):
        message = f"The headings “{_short(one)}” and “{_short(other)}” in row {header.row} differ only in case or spaces."
        yield problem("FI107", message, [header.row], other)
    for n in sorted(kept):
        if not header.names[n].strip():
            message = f"Column {n + 1} has values and no heading in row {header.row}. It was called “column {n + 1}”."
            yield problem("FI105", message, [header.row])
    if len(header.rows) > 1:
        made = "The first of them was taken." if header.known else "They were read as one."
        message = f"{named(header.rows)} hold headings, and one row was expected. {made}"
        yield problem("FI106", message, header.rows)
    if repeated:
        message = (
            f"{named(repeated)}: the headings again. What stands below was read as part of the same table."
        )
        yield problem("FI108", message, repeated)


def about_rows(header: Header, walked: Walked) -> Iterator[Problem]:
    """What is wrong with the rows."""
    width = f"{header.width:,} headings" if header.width > 1 else "one heading"
    if not walked.records:
        yield problem(
            "FI006", f"There are headings in row {header.row} and no rows below them.", [header.row]
        )
    if (
        header.width == 1
        and walked.records
        and any(header.names[0].count(d) > 1 for d in _DELIMITERS if d != " ")
    ):
        message = (
            f"All cells stand in one column: its heading in row {header.row} is “{_short(header.names[0])}”."
        )
        yield problem("FI019", message, [header.row])
    if walked.long:
        beyond = f" (“{_short(walked.beyond)}”)" if walked.beyond else ""
        message = (
            f"{named(walked.long)}: more cells than the {width}. A separator may be too many, or a text with a separator "
            f"in it may lack its quotation marks. What stands beyond the last heading{beyond} was left out."
        )
        yield problem("FI010", message, walked.long, value=walked.beyond if len(walked.long) == 1 else None)
    if walked.padded:
        message = (
            f"{walked.padded:,} of {walked.records:,} rows have a blank cell beyond the {width}. It was left out. "
            "If a separator is missing in the headings, the columns have moved."
        )
        yield problem("FI109", message, [header.row] if header.row else [])
    if walked.short:
        yield problem(
            "FI104",
            f"{named(walked.short)}: fewer cells than the {width}. The missing ones were read as blank.",
            walked.short,
        )
    if walked.other:
        message = (
            f"The file holds more than one table. The one with its headings in row {header.row:,} was read; "
            f"the one with its headings in row {walked.other:,} was set aside, with what stands below it."
        )
        yield problem("FI014", message, [walked.other])
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
        yield problem("FI102", f"{named(header.preamble)}: set aside, above {above}.", header.preamble)
    if walked.footer:
        yield problem("FI103", f"{named(walked.footer)}: set aside as notes below the table.", walked.footer)


def about_quotes(unclosed: Sequence[int], odd: Sequence[int]) -> Iterator[Problem]:
    """Quotation marks that do not fit."""
    if unclosed:
        message = f"{named(unclosed)}: a quotation mark is opened and not closed. It was read as an ordinary character."
        yield problem("FI009", message, unclosed)
    if odd:
        message = f"{named(odd)}: a quotation mark stands inside a cell that is itself in quotation marks."
        yield problem("FI011", message, odd)


def about_letters(lost: Sequence[int], nulls: Sequence[int]) -> Iterator[Problem]:
    """Letters that could not be read."""
    if lost:
        message = f"{named(lost)}: letters that could not be read; “\ufffd” stands in their place."
        yield problem("FI007", message, lost)
    if nulls:
        message = f"{named(nulls)}: null characters, which are no text; they were left out."
        yield problem("FI008", message, nulls)


def put_right(encoding: Encoding, dialect: Dialect, width: int, more: Sequence[str]) -> tuple[str, ...]:
    """What is not as in a plain CSV file, in a few words each."""
    out = []
    if encoding.errors == MIXED:
        out.append("letters partly in UTF-8 and partly in Windows-1252")
    elif not encoding.name.startswith("utf-8"):
        out.append(f"letters in {TITLES.get(encoding.name, encoding.name)}")
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
