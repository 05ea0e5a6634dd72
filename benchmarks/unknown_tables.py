"""Tables that no schema describes: how well readers find headings and records: `python -m benchmarks.unknown_tables`.

Files of the kinds that published open data has: row names as R writes them, headings in two or three rows, several tables in
one file, titles as wide as the table, numbers alone, lines of keys above, years and dates as headings. Each is written from a
small table drawn for it, with the headings and records that a person reads in it. Scored as in `pollock`, F1 of headings,
records and cells; headings that are blank, or that a reader made up for a column without one, do not count.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.pollock import READERS, Loaded, Reader, agreement

Chance = random.Random
Rows = list[list[str]]
_MADE_UP = re.compile(r"column ?[A-Z]+|column\d+|Unnamed: \d+")
_PLACES = (
    "Kent",
    "Essex",
    "Surrey",
    "Sussex",
    "Dorset",
    "Durham",
    "Norfolk",
    "Suffolk",
    "Gwent",
    "Cheshire",
    "Cumbria",
)
_WORDS = (
    "arrests",
    "charged",
    "cautions",
    "released",
    "searches",
    "stops",
    "incidents",
    "crimes",
    "officers",
    "staff",
)


class Table(NamedTuple):
    """A file of one kind, and what a person reads in it."""

    kind: str
    text: str
    header: list[str]
    records: Rows


def _line(rows: Rows) -> str:
    """Rows as text; a cell with a comma stands in quotation marks."""
    return "".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) + "\n" for row in rows)


def _drawn(chance: Chance) -> tuple[list[str], Rows]:
    """Headings and records of a plain table: a place and three to six figures."""
    columns = chance.randrange(3, 7)
    header = ["area", *chance.sample(_WORDS, columns)]
    places = chance.sample(_PLACES, chance.randrange(4, 10))
    return header, [[place, *(str(chance.randrange(5, 9_000)) for _ in range(columns))] for place in places]


def row_names(chance: Chance) -> Table:
    header, records = _drawn(chance)
    named = [[str(n), *row] for n, row in enumerate(records, start=1)]
    text = _line([[f'"{name}"' for name in header], *([f'"{row[0]}"', *row[1:]] for row in named)])
    return Table("row names", text, header, named)


def row_names_words(chance: Chance) -> Table:
    header, records = _drawn(chance)
    return Table("row names of words", _line([header[1:], *records]), header[1:], records)


def groups(chance: Chance) -> Table:
    _, records = _drawn(chance)
    records = [row[:1] + row[1:4] + row[1:4] for row in records]
    years = chance.choice((("2016", "2017"), ("Boys", "Girls"), ("All offences", "Of these, violent")))
    low = chance.sample(_WORDS, 3)
    above = ["", years[0], "", "", years[1], "", ""]
    below = ["area", *low, *low]
    names = ["area", *(f"{year} {name}" for year in years for name in low)]
    return Table("groups over headings", _line([above, below, *records]), names, records)


def three_rows(chance: Chance) -> Table:
    _, records = _drawn(chance)
    records = [[*row[:3], *row[2:4]] for row in records]
    top, low = ["", "Recorded", "", "", ""], ["area", "men", "women", "men", "women"]
    middle = ["", "arrested", "", "charged", ""]
    names = [
        "area",
        *(f"Recorded {what} {who}" for what in ("arrested", "charged") for who in ("men", "women")),
    ]
    return Table("three rows of headings", _line([top, middle, low, *records]), names, records)


def several_tables(chance: Chance) -> Table:
    header, records = _drawn(chance)
    other, more = _drawn(chance)
    other[0] = "region"
    more = [[f"North {row[0]}", *row[1:]] for row in more] * chance.choice((1, 3))
    ways: tuple[Rows, ...] = ([[]], [[], ["Table 2"], []])
    return Table(
        "several tables", _line([header, *records, *chance.choice(ways), other, *more]), header, records
    )


def wide_title(chance: Chance) -> Table:
    header, records = _drawn(chance)
    title = chance.choice(
        (
            ["Crimes in England and Wales by area"] * len(header),
            [
                "Table 1: crimes by area, year to March",
                *("provisional", "revised", "not for release", "x", "y", "z"),
            ][: len(header)],
        )
    )
    return Table("title as wide as the table", _line([title, header, *records]), header, records)


def numbers(chance: Chance) -> Table:
    _, records = _drawn(chance)
    records = [[f"{int(cell) / 7:.2f}" for cell in row[1:]] for row in records]
    return Table("numbers alone", _line(records), [], records)


def counted_columns(chance: Chance) -> Table:
    _, records = _drawn(chance)
    records = [[f"{int(cell) / 7:.1e}" for cell in row[1:]] for row in records]
    header = [str(n) for n in range(len(records[0]))]
    return Table("numbered columns", _line([header, *records]), header, records)


def keys_above(chance: Chance) -> Table:
    header, records = _drawn(chance)
    above = [["#TITLE: ", "Crimes"], ["#UNIT: ", "number"], ["#UPDATED: ", "2017-06-30"]]
    padding = [""] * (len(header) - 2) if chance.random() < 0.5 else []
    return Table("keys above", _line([*(row + padding for row in above), header, *records]), header, records)


def years(chance: Chance) -> Table:
    header, records = _drawn(chance)
    start = chance.randrange(1995, 2012)
    header = ["area", *(str(start + n) for n in range(len(header) - 1))]
    return Table("headings that are years", _line([header, *records]), header, records)


def dates(chance: Chance) -> Table:
    header, records = _drawn(chance)
    form = chance.choice(("2017-{:02}-01", "01/{:02}/2017", "{}/1/17"))
    header = ["area", *(form.format(n + 1) for n in range(len(header) - 1))]
    return Table("headings that are dates", _line([header, *records]), header, records)


def exponents(chance: Chance) -> Table:
    header, records = _drawn(chance)
    records = [[row[0], *(f"{int(cell) / 1e4:.1e}" for cell in row[1:])] for row in records]
    records.append(["Total", *records[0][1:]])
    return Table("exponents", _line([header, *records]), header, records)


def plain(chance: Chance) -> Table:
    header, records = _drawn(chance)
    return Table("plain", _line([header, *records]), header, records)


def plain_words(chance: Chance) -> Table:
    header, records = _drawn(chance)
    records = [[row[0], *(chance.choice(_WORDS) for _ in row[1:])] for row in records]
    return Table("words alone", _line([header, *records]), header, records)


KINDS: tuple[Callable[[Chance], Table], ...] = (
    plain, plain_words, row_names, row_names_words, groups, three_rows, several_tables, wide_title, numbers, counted_columns,
    keys_above, years, dates, exponents,
)  # fmt: skip


def tables(each: int, seed: int) -> Iterator[Table]:
    """So many files of each kind."""
    chance = random.Random(seed)  # noqa: S311 (chance, not secrets)
    for kind in KINDS:
        yield from (kind(chance) for _ in range(each))


def score(table: Table, loaded: Loaded | None) -> tuple[float, float, float]:
    """F1 of headings, records and cells; all 0 where the reader raised."""
    if loaded is None:
        return 0.0, 0.0, 0.0
    header, records = loaded
    names = [name for name in header if name.strip() and not _MADE_UP.fullmatch(name)]
    headings = agreement(table.header, names)[2] if table.header else float(not names)
    return (
        headings,
        agreement(map("\0".join, table.records), map("\0".join, records))[2],
        agreement((c for row in table.records for c in row), (c for row in records for c in row))[2],
    )


def run(reader: Reader, files: Sequence[Table], folder: Path) -> dict[str, list[tuple[float, float, float]]]:
    """The scores of all files by kind."""
    scores = defaultdict(list)
    for file in files:
        path = folder / "file.csv"
        path.write_text(file.text, encoding="utf-8", newline="")
        try:
            loaded: Loaded | None = reader(path)
        except Exception as error:
            print(f"{file.kind}: {type(error).__name__}", file=sys.stderr)
            loaded = None
        scores[file.kind].append(score(file, loaded))
    return scores


def _mean(scores: Sequence[tuple[float, float, float]]) -> str:
    return " / ".join(f"{sum(column) / len(scores):.2f}".lstrip("0") for column in zip(*scores, strict=True))


def main() -> None:
    """Print the scores of every reader that is installed, by kind."""
    parser = argparse.ArgumentParser(description="Read tables that no schema describes with several readers.")
    parser.add_argument("--each", type=int, default=20, help="files of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one reader")
    given = parser.parse_args()
    files = list(tables(given.each, given.seed))
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (module, reader) in READERS.items():
            if (not given.only or given.only == name) and importlib.util.find_spec(module):
                results[name] = run(reader, files, Path(folder))
    print(f"{len(files)} files: F1 of headings / records / cells\n\n| kind | " + " | ".join(results) + " |")
    print("|---|" + "---|" * len(results))
    for kind in dict.fromkeys(file.kind for file in files):
        print(f"| {kind} | " + " | ".join(_mean(scores[kind]) for scores in results.values()) + " |")
    every = [[one for found in scores.values() for one in found] for scores in results.values()]
    print("| **all** | " + " | ".join(f"**{_mean(scores)}**" for scores in every) + " |")


if __name__ == "__main__":
    main()
