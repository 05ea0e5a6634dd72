"""Mutate a round, its tables, history, declarations and schemas, and check it: `python -m benchmarks.fuzz_round`.

    python -m benchmarks.fuzz_round --executions 20000 --seed 7

Starts from part of the sample: twelve forces, the returns of four in folders and of the others in one file each, tables
of others, history, declarations and schemas. Each execution makes one to six changes to cells, columns, headings, rows,
bytes, files, folders or YAML and validates the round in this process; one in eight also writes another output and the
figures. A run may only end with a result that keeps the promises of `promises.py` or with an error that a person can put
right (exit code 2). Every location in a file that is still plain is read again with Python's csv module. A round that
fails is kept. Exit code 1 if there was one.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from benchmarks.fuzz_round.base import Files, base
from benchmarks.fuzz_round.mutations import Chance, mutated
from benchmarks.fuzz_round.promises import hold, is_plain, untouched
from peelcheck import engine
from peelcheck.errors import BrokenCheck, PeelcheckError
from peelcheck.render import FIGURES, RENDERERS
from peelcheck.render.look import Look

OTHERS = sorted({*RENDERERS} - {"json"})
ONE_OUTPUT_IN = 8
SLOW = 5.0


class Outcome(NamedTuple):
    """What became of a round: `refused` with its reason, or the number of cells that were read again."""

    refused: str
    cells: int


def write(files: Files, folder: Path) -> None:
    """Write all files of a round and its schemas."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def one(files: Files, folder: Path, chance: Chance) -> Outcome:
    """Check a round; raises for a broken promise and for whatever is no error of the person at the keyboard."""
    round_, schemas = folder / "round", folder / "schemas"
    round_.mkdir(exist_ok=True)
    try:
        result = engine.validate([round_], schemas=schemas)
        cells = hold(
            RENDERERS["json"](result, Look()), files, {name for name in files if is_plain(files[name])}
        )
        if not chance.randrange(ONE_OUTPUT_IN):
            RENDERERS[chance.choice(OTHERS)].render(result, Look())
            figures = engine.figures([round_], schemas=schemas)
            FIGURES[chance.choice(sorted(FIGURES))](figures, Look())
    except BrokenCheck:
        raise
    except PeelcheckError as error:
        said = error.messages
    else:
        return Outcome("", cells)
    assert all(said), "an error without a message"
    return Outcome(said[0], 0)


def fuzz(executions: int, seed: int, keep: Path) -> Counter[str]:
    """Run, and count what happened."""
    chance, start, counts = random.Random(seed), base(), Counter[str]()  # noqa: S311 (chance, not secrets)
    for n in range(executions):
        files = mutated(start, chance)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            try:
                write(files, folder)
            except OSError:
                counts["not written"] += 1  # a file where a folder stands, or a name that the system has not
                continue
            began = time.process_time()
            try:
                outcome = one(files, folder, chance)
                untouched(folder, files)
            except Exception as error:
                counts["failures"] += 1
                kept(folder, keep, f"{seed}-{n}", error)
            else:
                counts["refused"] += bool(outcome.refused)
                counts["cells"] += outcome.cells
            counts["slow"] += time.process_time() - began > SLOW
        counts["executions"] += 1
        if n and not n % 1_000:
            print(f"{n:,} of {executions:,}: {dict(counts)}", flush=True)
    return counts


def kept(folder: Path, keep: Path, name: str, error: Exception) -> None:
    """Keep a round that failed, and say why."""
    keep.mkdir(parents=True, exist_ok=True)
    shutil.copytree(folder, keep / name, dirs_exist_ok=True)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    (keep / f"{name}.txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    print(f"{keep / name}: {place}: {type(error).__name__}: {str(error)[:300]}", flush=True)


def main() -> int:
    """Fuzz, and say what was found."""
    parser = argparse.ArgumentParser(description="Check mutated rounds.")
    parser.add_argument("--executions", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("fuzz"), help="where a round that fails is kept")
    given = parser.parse_args()
    counts = fuzz(given.executions, given.seed, given.keep)
    print(
        f"{counts['executions']:,} executions, {counts['failures']} failures, {counts['refused']:,} rounds refused, "
        f"{counts['cells']:,} cells read again, {counts['slow']} over {SLOW:g} s"
    )
    return int(counts["failures"] > 0)


if __name__ == "__main__":
    sys.exit(main())
