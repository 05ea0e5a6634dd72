"""What is asked when one figure is wrong: `python -m benchmarks.one_wrong_cell --cells 60 --seeds 1 2`.

In a round without faults one count of this year, drawn at random, is made ten times or twice too large or too small. Is the
query led by that figure, does it stand beneath another figure's query, is only another figure asked about, or nothing?
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from peelcheck import engine
from peelcheck.model import Query, ReturnKind, Severity
from peelcheck.schema import find_collection, load_collection
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import write_round

FACTORS = {"times 10": 10.0, "a tenth": 0.1, "twice": 2.0, "half": 0.5}
LEAST = 30
"""Counts below this are not changed: an error in them is within chance."""
OUTCOMES = ("led by it", "named beneath", "only another figure", "nothing")

Cell = tuple[Path, int, str]


def cells(root: Path) -> Iterator[Cell]:
    """Every count of this year in the forces' own returns: file, place among its rows, column."""
    collection = load_collection(find_collection("peel-2017"))
    own = {n: s for n, s in collection.returns.items() if s.kind is ReturnKind.RETURN and not s.records}
    for path in sorted(root.glob("returns/*/*.csv")):
        schema = own.get(path.stem)
        for n, row in enumerate(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())):
            for item in schema.items if schema and row["period_end"][:4] == str(collection.year) else ():
                text = row.get(item.name) or ""
                if item.type == "integer" and text.isdecimal() and int(text) >= LEAST:
                    yield path, n, item.name


def spoilt(cell: Cell, factor: float) -> tuple[str, str]:
    """The file as it was, and with the cell changed."""
    path, place, column = cell
    text = path.read_text(encoding="utf-8-sig")
    reader = csv.DictReader(text.splitlines())
    rows, names = list(reader), list(reader.fieldnames or ())
    rows[place][column] = str(round(int(rows[place][column]) * factor))
    lines = [",".join(names), *(",".join(row[name] or "" for name in names) for row in rows)]
    return text, "\n".join(lines) + "\n"


def outcome(queries: list[Query], before: set[str], cell: Cell, name: str) -> str:
    """What became of the wrong figure; queries that the round raises anyway do not count."""
    new = [q for q in queries if q.severity is not Severity.NOTE and q.id not in before]
    own = [q for q in new if any(p.file == name for p in q.locations)]
    if any(q.item == cell[2] for q in own):
        return OUTCOMES[0]
    if any(cell[2] in {f.item for f in q.figures} or cell[2] in {o.item for o in q.also} for q in own):
        return OUTCOMES[1]
    return OUTCOMES[2] if new else OUTCOMES[3]


def run(seeds: list[int], cells_each: int) -> None:
    """Spoil and check, and print the shares."""
    counted: dict[str, Counter[str]] = {factor: Counter() for factor in FACTORS}
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write_round(clean_round(seed), root)
            before = {query.id for query in engine.validate([root]).queries}
            chosen = random.Random(seed).sample(list(cells(root)), cells_each)  # noqa: S311 (no secret)
            for cell in chosen:
                for words, factor in FACTORS.items():
                    text, changed = spoilt(cell, factor)
                    cell[0].write_text(changed, encoding="utf-8")
                    found = list(engine.validate([root]).queries)
                    counted[words][outcome(found, before, cell, cell[0].relative_to(root).as_posix())] += 1
                    cell[0].write_text(text, encoding="utf-8")
    for words, outcomes in counted.items():
        total = sum(outcomes.values())
        shares = ", ".join(f"{name} {100 * outcomes[name] / total:.0f}%" for name in OUTCOMES)
        print(f"{words} ({total} figures): {shares}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=60)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    given = parser.parse_args()
    run(given.seeds, given.cells)
