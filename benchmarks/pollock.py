"""How well readers load polluted files when they are told nothing: ours, and those that are installed.

    python -m benchmarks.pollock            every 7th row polluted
    python -m benchmarks.pollock --every 1  every row

Scored as Pollock does: success (no exception), and precision, recall and F1 of headings, records and cells, each taken as a
multiset of text; averaged over all files and added up, 10 is perfect. The weighted sum gives each file the weight that the
paper's survey of real files gives its pollution. See `pollock_files` for the files.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import io
import sys
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from operator import mul
from pathlib import Path
from typing import Any

from benchmarks.pollock_files import Polluted, polluted, weights

Loaded = tuple[list[str], list[list[str]]]
"""Headings and records."""
Reader = Callable[[Path], Loaded]
MEASURES = (
    "success",
    *(f"{what} {how}" for what in ("header", "record", "cell") for how in ("P", "R", "F1")),
)


def with_peelcheck(path: Path) -> Loaded:
    from peelcheck.reading.table import read_table

    table = read_table(path)
    return list(table.frame.columns), table.frame.to_numpy().tolist()


def with_pandas(path: Path) -> Loaded:
    import pandas as pd

    frame = pd.read_csv(path, dtype="str", keep_default_na=False, index_col=False)
    return list(frame.columns), frame.fillna("").to_numpy().tolist()


def with_pandas_sniffing(path: Path) -> Loaded:
    import pandas as pd

    frame = pd.read_csv(
        path, dtype="str", keep_default_na=False, sep=None, engine="python", on_bad_lines="skip"
    )
    return list(frame.columns), frame.fillna("").to_numpy().tolist()


def with_sniffer(path: Path) -> Loaded:
    text = path.read_bytes().decode()
    dialect = csv.Sniffer().sniff(text)
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), dialect) if row]
    return rows[0], rows[1:]


def with_clevercsv(path: Path) -> Loaded:
    import clevercsv

    rows = [row for row in clevercsv.read_table(str(path)) if row]
    return rows[0], rows[1:]


def with_duckdb(path: Path) -> Loaded:
    return _duckdb(path, "")


def with_duckdb_lenient(path: Path) -> Loaded:
    return _duckdb(path, ", strict_mode = false, null_padding = true, ignore_errors = true")


def _duckdb(path: Path, options: str) -> Loaded:
    import duckdb

    found: Any = duckdb.sql(f"select * from read_csv(?, all_varchar = true{options})", params=[str(path)])  # noqa: S608
    return list(found.columns), [["" if cell is None else cell for cell in row] for row in found.fetchall()]


READERS: dict[str, tuple[str, Reader]] = {
    "peelcheck": ("peelcheck", with_peelcheck),
    "pandas": ("pandas", with_pandas),
    "pandas, sep=None": ("pandas", with_pandas_sniffing),
    "csv.Sniffer": ("csv", with_sniffer),
    "clevercsv": ("clevercsv", with_clevercsv),
    "duckdb": ("duckdb", with_duckdb),
    "duckdb, lenient": ("duckdb", with_duckdb_lenient),
}
"""Readers, each with the module that it needs."""


def agreement(expected: Iterable[str], loaded: Iterable[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 in the paper's sense: of what is there, and of what was loaded."""
    there, got = Counter(expected), Counter(loaded)
    both = (there & got).total()
    if not there:
        return 1.0, 1.0, 1.0
    if not both:
        return 0.0, 0.0, 0.0
    precision, recall = both / there.total(), both / got.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def score(file: Polluted, loaded: Loaded | None) -> tuple[float, ...]:
    """The ten measures; all 0 where the reader raised."""
    if loaded is None:
        return (0.0,) * len(MEASURES)
    header, records = loaded
    return (
        1.0,
        *agreement(file.header, header),
        *agreement(map(_joined, file.records), map(_joined, records)),
        *agreement((c for row in file.records for c in row), (c for row in records for c in row)),
    )


def _joined(row: Sequence[str]) -> str:
    return "".join(cell or "null" for cell in row)


def run(
    name: str, reader: Reader, files: Sequence[Polluted], folder: Path
) -> dict[str, list[tuple[float, ...]]]:
    """The scores of all files by kind of pollution."""
    scores = defaultdict(list)
    for file in files:
        path = folder / "file.csv"
        path.write_bytes(file.text.encode())
        loaded = None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                loaded = reader(path)
        except Exception as error:
            print(f"{name}: {file.name}: {type(error).__name__}", file=sys.stderr)
        scores[file.kind].append(score(file, loaded))
        if name == "peelcheck" and min(scores[file.kind][-1]) < 1:
            print(f"{name}: {file.name}: {min(scores[file.kind][-1]):.3f}", file=sys.stderr)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description="Load polluted files with several readers.")
    parser.add_argument("--every", type=int, default=7, help="of the rows, pollute each n-th")
    parser.add_argument("--only", help="one reader")
    given = parser.parse_args()
    files = list(polluted(given.every))
    results, seconds = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (module, reader) in READERS.items():
            if (given.only and given.only != name) or importlib.util.find_spec(module) is None:
                continue
            start = time.process_time()
            results[name] = run(name, reader, files, Path(folder))
            seconds[name] = time.process_time() - start
    show(results, seconds, files)


def show(
    results: dict[str, dict[str, list[tuple[float, ...]]]],
    seconds: dict[str, float],
    files: Sequence[Polluted],
) -> None:
    kinds = list(dict.fromkeys(file.kind for file in files))
    print(f"{len(files)} files\n")
    print("| Reader | " + " | ".join(MEASURES) + " | simple | weighted | CPU ms a file |")
    print("|---|" + "--:|" * (len(MEASURES) + 3))
    counted = weights(sorted(files, key=lambda file: kinds.index(file.kind)))
    for name, by_kind in results.items():
        every = [scores for found in by_kind.values() for scores in found]
        means, weighted = _means(every), _means(every, counted)
        cells = [
            *(f"{mean:.3f}" for mean in means),
            f"**{sum(means):.2f}**",
            f"**{sum(weighted):.2f}**",
            f"{1000 * seconds[name] / len(files):.1f}",
        ]
        print(f"| {name} | " + " | ".join(cells) + " |")
    print("\n| Simple score by kind (files) | " + " | ".join(results) + " |")
    print("|---|" + "--:|" * len(results))
    for kind in kinds:
        count = sum(file.kind == kind for file in files)
        sums = [f"{sum(_means(by_kind[kind])):.3f}" for by_kind in results.values()]
        print(f"| {kind} ({count}) | " + " | ".join(sums) + " |")


def _means(scores: Sequence[tuple[float, ...]], counted: Sequence[float] = ()) -> list[float]:
    counted = counted or [1.0] * len(scores)
    return [sum(map(mul, column, counted)) / sum(counted) for column in zip(*scores, strict=True)]


if __name__ == "__main__":
    main()
