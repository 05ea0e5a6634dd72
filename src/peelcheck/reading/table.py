"""A file → a table of text that knows its rows, and what is wrong with the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from peelcheck.reading.dialect import Dialect, find_dialect, key
from peelcheck.reading.encoding import TITLES, Encoding, decode, find_encoding
from peelcheck.reading.kinds import not_a_table
from peelcheck.reading.problem import Problem, Recognised, named, problem
from peelcheck.reading.shape import Shape, blank, find_shape
from peelcheck.reading.split import Rows, split

SAMPLE = 1 << 16
WIDEST = 16_384
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


@dataclass(frozen=True)
class TextTable:
    """A table as it was sent.

    Attributes:
        frame: every cell as text, blank ones "", under the headings as written; the index is the spreadsheet's row.
        recognised: how the file is written.
        problems: what is wrong with it, and what was put right.
        sha256: of the file's bytes, in hexadecimal.
        header_row: the row with the headings; 0 where there is none.
    """

    frame: pd.DataFrame
    recognised: Recognised
    problems: tuple[Problem, ...]
    sha256: str
    header_row: int


def read_table(source: Path | bytes, *, columns: Sequence[str] = ()) -> TextTable:
    """Read a file that may be written in any way.

    Args:
        source: a file, or its bytes.
        columns: headings that it may have; they help to find the row of headings and the separator.

    Returns:
        The table; without columns where the file holds none, and then a problem says why.

    Raises:
        OSError: the file cannot be opened.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    wrong = _unreadable(data)
    if wrong:
        return TextTable(_empty(), Recognised(), (wrong,), sha256, 0)
    return replace(_read_text(data, frozenset(map(key, columns))), sha256=sha256)


def read_chunks(source: Path | bytes, *, rows: int) -> Iterator[TextTable]:
    """Read a large file in pieces of at most `rows` rows; what is wrong with it stands with the first piece.

    Raises:
        OSError: the file cannot be opened.
    """
    table = read_table(source)
    yield replace(table, frame=table.frame.iloc[:rows])
    for start in range(rows, len(table.frame), rows):
        yield replace(table, frame=table.frame.iloc[start : start + rows], problems=())


def _unreadable(data: bytes) -> Problem | None:
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        return problem(
            "FI002", "The file is empty." if not data else "The file holds nothing but blank lines."
        )
    return not_a_table(data[:SAMPLE])


def _read_text(data: bytes, known: frozenset[str]) -> TextTable:
    encoding = find_encoding(data)
    text = decode(data, encoding)
    put_right = (
        []
        if encoding.name.startswith("utf-8")
        else [f"letters in {TITLES.get(encoding.name, encoding.name)}"]
    )
    problems = []
    if "\x00" in text:
        problems.append(
            problem("FI008", "The file holds null characters, which are no text. They were left out.")
        )
        text = text.replace("\x00", "")
    dialect, text = _dialect(text, known)
    rows = split(text, dialect)
    if dialect.delimiter != "," and max(map(len, rows.cells)) > 1:
        put_right.append(f"{_DELIMITERS.get(dialect.delimiter, repr(dialect.delimiter))} between cells")
    if not any(not blank(row) for row in rows.cells):
        wrong = problem("FI002", "The file holds no text.")
        return TextTable(_empty(), _recognised(encoding, dialect, None), (*problems, wrong), "", 0)
    shape = find_shape(rows.cells, known)
    frame, more = _frame(rows, shape)
    if put_right:
        more.append(problem("FI101", f"The file has {' and '.join(put_right)}. It was read nevertheless."))
    recognised = replace(_recognised(encoding, dialect, shape), put_right=tuple(put_right))
    return TextTable(frame, recognised, (*problems, *more), "", shape.headings)


def _recognised(encoding: Encoding, dialect: Dialect, shape: Shape | None) -> Recognised:
    written = Recognised(encoding.name, dialect.delimiter, dialect.quote, dialect.escape)
    if shape is None:
        return written
    return replace(written, header_rows=shape.header_rows, preamble=shape.preamble, footer=shape.footer)


def _dialect(text: str, known: frozenset[str]) -> tuple[Dialect, str]:
    """How the cells are written, and the text without the line that says so to Excel (`sep=;`)."""
    first, end, _ = text[:8].partition("\n")
    said = first.rstrip("\r")
    if end and said.lower().startswith("sep=") and len(said) == 5:
        return Dialect(said[4]), text[len(first) + 1 :]
    sample = text[:SAMPLE].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return find_dialect([line for line in sample if line.strip()], known), text


def _empty() -> pd.DataFrame:
    return pd.DataFrame(index=pd.RangeIndex(0))


def _frame(rows: Rows, shape: Shape) -> tuple[pd.DataFrame, list[Problem]]:
    """The body as a frame, and what is wrong with its rows."""
    width = shape.width
    names, problems = _names(rows, shape)
    if width > WIDEST:
        return _empty(), [problem("FI016", f"The file has {width:,} columns.", [shape.headings])]
    numbers, body, short, long = [], [], [], []
    for number in range(shape.first, shape.last + 1):
        row = rows.cells[number - 1]
        if blank(row):
            continue
        if len(row) < width:
            short.append(number)
            row = row + [""] * (width - len(row))
        elif len(row) > width:
            if any(cell.strip() for cell in row[width:]):
                long.append(number)
            row = row[:width]
        numbers.append(number)
        body.append(row)
    kept = [i for i in range(width) if names[i].strip() or any(row[i].strip() for row in body)]
    problems += _row_problems(rows, shape, short, long)
    headings = _unique([names[i] or f"column {i + 1}" for i in kept])
    columns = list(zip(*body, strict=True)) or [()] * width
    index = pd.Index(numbers, dtype="int64")
    arrays = {name: pd.array(columns[i], dtype="str") for name, i in zip(headings, kept, strict=True)}
    if not numbers:
        problems.append(problem("FI006", "The file has headings and no rows below them.", [shape.headings]))
    return pd.DataFrame(arrays, index=index, columns=headings), problems


def _names(rows: Rows, shape: Shape) -> tuple[list[str], list[Problem]]:
    if not shape.headings:
        message = f"Row {shape.first} should hold the headings and holds figures."
        return [f"column {i + 1}" for i in range(shape.width)], [problem("FI015", message, [shape.first])]
    names = [*rows.cells[shape.headings - 1], *[""] * shape.width][: shape.width]
    twice = (
        sorted({name for name in names if name.strip() and names.count(name) > 1})
        if len(names) < 1000
        else []
    )
    said = [
        f"The heading “{name}” stands more than once. Only the first of the columns is used."
        for name in twice
    ]
    return names, [
        problem("FI012", message, [shape.headings], name) for message, name in zip(said, twice, strict=True)
    ]


def _unique(names: Sequence[str]) -> list[str]:
    """The names, a repeated one with its number: `a`, `a (2)`."""
    out: dict[str, None] = {}
    for name in names:
        candidate, n = name, 1
        while candidate in out:
            n += 1
            candidate = f"{name} ({n})"
        out[candidate] = None
    return list(out)


def _row_problems(rows: Rows, shape: Shape, short: Sequence[int], long: Sequence[int]) -> list[Problem]:
    found = []
    inside = [row for row in rows.unclosed if shape.headings <= row]
    if inside:
        found.append(problem("FI009", f"{named(inside)}: a quotation mark is never closed.", inside))
    if rows.odd:
        found.append(
            problem("FI011", f"{named(rows.odd)}: a quotation mark stands inside a quoted cell.", rows.odd)
        )
    if long:
        found.append(problem("FI010", f"{named(long)}: more cells than the {shape.width} headings.", long))
    if short:
        found.append(problem("FI104", f"{named(short)}: fewer cells than the {shape.width} headings.", short))
    if shape.preamble:
        found.append(
            problem("FI102", f"{named(shape.preamble)}: set aside, above the headings.", shape.preamble)
        )
    if shape.footer:
        found.append(problem("FI103", f"{named(shape.footer)}: set aside, below the table.", shape.footer))
    return found
