"""One clean table, and the ways in which Pollock pollutes it, each with what a reader should make of it.

After Vitagliano, Hameed, Jiang, Reisener, Wu and Naumann, “Pollock: A Data Loading Benchmark”, PVLDB 16(8), 2023. The
table is our own and has the traits of theirs: separators, quotation marks and apostrophes in cells, and a blank last column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

HEADER = ["date", "time", "count", "reference", "value", "offence", "summary", "page", "comments"]
ROWS = 84
_FREQUENT = {
    "source": 1, "file_no_payload": 15, "file_no_trailing_newline": 184, "file_double_trailing_newline": 5,
    "file_no_header": 470, "file_header_multirow_2": 47, "file_header_multirow_3": 47, "file_preamble": 282,
    "file_multitable_same": 188 / 3, "file_multitable_more": 188 / 3, "file_multitable_less": 188 / 3,
    "file_header_only": 3, "file_one_data_row": 4, "file_record_delimiter_0xD": 7, "file_record_delimiter_0xA": 1691,
    "file_field_delimiter_0x9": 4, "file_field_delimiter_0x3B": 834, "file_field_delimiter_0x20": 4,
    "file_field_delimiter_0x2C_0x20": 101, "file_quotation_char_0x27": 11, "file_escape_char_0x5C": 1,
    "file_escape_char_0x00": 7,
}  # fmt: skip
"""How many of the files that the paper's authors surveyed have the trait (their `pollock_weights.json`)."""
_FREQUENT_ROWS = {"row_less_sep": 260, "row_more_sep": 260, "row_extra_quote": 10}
"""The same for what is wrong in a row, all such files together."""
_OFFENCES = (
    "Burglary",
    "Theft from person",
    "Assault, common",
    "Public order",
    "Drugs, possession of",
    "Stalking",
)
_SUMMARIES = (
    "Entry by the rear window, between 2 and 4 in the morning.",
    'The caller said "nothing was taken", and asked for no visit.',
    "Victim's phone; seen on cameras in the High Street",
    "A 48\" television, two bicycles and the neighbour's ladder were taken from the shed.",
    "No further lines of enquiry",
    "Passed to the officer in the case; awaiting a reply from the laboratory (sent twice).",
)


@dataclass(frozen=True)
class Written:
    """How a table is written: the marks, and which cells stand in quotation marks beside those that must."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    end: str = "\r\n"
    ended: bool = True

    def cell(self, text: str, column: int) -> str:
        """A cell; those of the longest columns are always quoted, as in the paper's file."""
        plain = not any(mark in text for mark in (self.delimiter, self.quote, "\r", "\n"))
        if plain and column not in (6, 7):
            return text
        return self.quote + text.replace(self.quote, self.escape + self.quote) + self.quote

    def row(self, cells: list[str]) -> str:
        """A row without its end."""
        return self.delimiter.join(self.cell(text, n) for n, text in enumerate(cells))

    def file(self, rows: list[list[str]]) -> str:
        """All rows."""
        return self.end.join(map(self.row, rows)) + self.end * self.ended


@dataclass(frozen=True)
class Polluted:
    """A file, and what is in it.

    Attributes:
        name: as in the paper.
        kind: the group under which it is reported.
        text: the file.
        header: its headings; none where it has none.
        records: its records.
    """

    name: str
    kind: str
    text: str
    header: list[str]
    records: list[list[str]]


def clean() -> list[list[str]]:
    """The records of the clean table."""
    start = date(2018, 1, 28)
    return [
        [
            (start + timedelta(days=n)).strftime("%d/%m/%Y"),
            f"{n % 24:02}:{15 * n % 60:02}",
            str(7 * n % 13),
            f"WM-{8000 + 37 * n % 1999}",
            f"£{n * 4.37 + 0.5:.2f}",
            _OFFENCES[n % len(_OFFENCES)],
            _SUMMARIES[n * 5 % 7 % len(_SUMMARIES)],
            f"https://www.example.com/crime/WM_{8000 + 37 * n % 1999}.html",
            "",
        ]
        for n in range(ROWS)
    ]


def polluted(every: int) -> Iterator[Polluted]:
    """All files; of those with one polluted row, each `every`-th row."""
    yield from _whole_files()
    yield from _tables()
    for row in range(0, ROWS + 1, every):
        for column in range(len(HEADER)):
            yield from _in_row(row, column)


def _whole_files() -> Iterator[Polluted]:
    """Marks and structure of the file as a whole."""
    records = clean()
    rows, plain = [HEADER, *records], Written()

    def whole(name: str, kind: str, how: Written) -> Polluted:
        return Polluted(name, kind, how.file(rows), HEADER, records)

    yield whole("source", "clean", plain)
    yield whole("file_no_trailing_newline", "structure", replace(plain, ended=False))
    yield replace(
        whole("file_double_trailing_newline", "structure", plain), text=plain.file(rows) + plain.end
    )
    for name, delimiter in (
        ("0x20", " "),
        ("0x2C_0x20", ", "),
        ("0x3B", ";"),
        ("0x9", "\t"),
        ("0x7C_0x7C", "||"),
        ("0x7C", "|"),
    ):
        yield whole(f"file_field_delimiter_{name}", "delimiter", replace(plain, delimiter=delimiter))
    yield whole("file_quotation_char_0x27", "quotes", replace(plain, quote="'", escape="'"))
    yield whole("file_escape_char_0x5C", "quotes", replace(plain, escape="\\"))
    yield whole("file_escape_char_0x00", "quotes", replace(plain, escape=""))
    for name, end in (("0xA", "\n"), ("0xD", "\r")):
        yield whole(f"file_record_delimiter_{name}", "record delimiter", replace(plain, end=end))
    yield Polluted("file_no_payload", "structure", "", [], [])
    yield Polluted("file_header_only", "structure", plain.file([HEADER]), HEADER, [])
    yield Polluted("file_no_header", "header", plain.file(records), [], records)
    yield Polluted("file_one_data_row", "structure", plain.file(rows[:2]), HEADER, records[:1])
    for several in (2, 3):
        text = plain.file([HEADER] * several + records)
        yield Polluted(
            f"file_header_multirow_{several}",
            "header",
            text,
            [" ".join([name] * several) for name in HEADER],
            records,
        )


def _tables() -> Iterator[Polluted]:
    """Rows above, rows below, and other tables."""
    records, plain = clean(), Written()
    table = plain.file([HEADER, *records])
    padding = plain.delimiter * (len(HEADER) - 1)
    above = [("", "PREAMBLE"), ("_delimited", "PREAMBLE" + padding)]
    for name, line in above:
        for gap, blank in (("", ""), ("_empty_row", plain.end)):
            text = (line + plain.end) * 3 + blank + table
            yield Polluted(f"file_preamble{name}{gap}", "preamble", text, HEADER, records)
            note = line.replace("PREAMBLE", "FOOTNOTE")
            yield Polluted(
                f"file_footnote{name}{gap}",
                "footnote",
                table + blank + (note + plain.end) * 3,
                HEADER,
                records,
            )
    same = plain.file([HEADER, *records[:30]])
    yield Polluted("file_multitable_same", "tables", table + same, HEADER, records + records[:30])
    less = plain.file([row[:5] for row in [HEADER, *records[:30]]])
    more = plain.file([[*HEADER, "col1", "col2"], *([*row, *row[:2]] for row in records[:30])])
    for name, other in (("less", less), ("more", more)):
        yield Polluted(f"file_multitable_{name}", "tables", table + other, HEADER, records)
        yield Polluted(
            f"file_multitable_{name}_empty_row", "tables", table + plain.end + other, HEADER, records
        )


def _in_row(row: int, column: int) -> Iterator[Polluted]:
    """One row in which a separator or a quotation mark is missing or too many."""
    records, plain = clean(), Written()
    rows = [HEADER, *records]
    cells = [plain.cell(text, n) for n, text in enumerate(rows[row])]

    def with_row(name: str, line: str, now: list[str]) -> Polluted:
        changed = [*rows[:row], now, *rows[row + 1 :]]
        lines = [line if n == row else plain.row(cells) for n, cells in enumerate(rows)]
        text = plain.end.join(lines) + plain.end
        return Polluted(f"{name}{row}_col{column}", name.rstrip("_"), text, changed[0], changed[1:])

    quoted = [*cells[:column], plain.quote + cells[column], *cells[column + 1 :]]
    if rows[row][column] or column == len(HEADER) - 1:
        now = [*rows[row][:column], plain.quote + rows[row][column], *rows[row][column + 1 :]]
        yield with_row("row_extra_quote", plain.delimiter.join(quoted), now)
    now = [*rows[row][:column], "", *rows[row][column:]]
    yield with_row("row_more_sep", plain.delimiter.join([*cells[:column], "", *cells[column:]]), now)
    if column and not any(cell.startswith(plain.quote) for cell in cells[column - 1 : column + 1]):
        merged = [*cells[: column - 1], cells[column - 1] + cells[column], *cells[column + 1 :]]
        now = [*rows[row][: column - 1], rows[row][column - 1] + rows[row][column], *rows[row][column + 1 :]]
        yield with_row("row_less_sep", plain.delimiter.join(merged), [*now, ""])


def weights(files: Sequence[Polluted]) -> list[float]:
    """The weight of each file: how often its pollution is met with; 0 for those that are not the paper's."""
    alike = Counter(file.kind for file in files)
    return [_FREQUENT.get(file.name, _FREQUENT_ROWS.get(file.kind, 0) / alike[file.kind]) for file in files]
