"""Failed sums without a past: which cell the message names. `python -m benchmarks.failed_sums --seed 1`.

In a round without faults the incidents by grade and the staff who manage sex offenders have no earlier figures. One cell of a
quarter of the forces is made wrong at a time, and the message is read: the right cell alone, as one of two, another, or none.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from peelcheck import engine
from peelcheck.schema import find_collection, load_collection
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import write_round

LEAST = 20
ERRORS: dict[str, Callable[[int], int]] = {
    "times 10": lambda n: n * 10,
    "a tenth": lambda n: n // 10,
    "twice": lambda n: n * 2,
    "9 of 12": lambda n: round(n * 9 / 12),
    "two digits swapped": lambda n: int(_swapped(str(n))),
}
SUMS = {"incidents": "IN101", "sex_offenders": "SO101"}


def _swapped(digits: str) -> str:
    """The first two digits that differ in the other order."""
    for n in range(len(digits) - 1):
        if digits[n] != digits[n + 1]:
            return digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]
    return digits + "1"


def outcomes(seed: int, name: str, code: str, wrong: Callable[[int], int], *, total: bool) -> Counter[str]:
    """What the messages name, if one cell of every force's row is wrong; each force has another part."""
    schema = load_collection(find_collection("peel-2017")).returns[name]
    check = next(one for one in schema.checks if one.code == code).parameters
    found: Counter[str] = Counter()
    for turn in range(1 if total else len(check["parts"])):
        files, made = clean_round(seed), {}
        for n, path in enumerate(
            sorted(path for path in files if path.endswith(f"/{name}.csv") and "returns/" in path)
        ):
            row = files[path].rows[0]
            item = check["total"] if total else check["parts"][(n + turn) % len(check["parts"])]
            sent = row[item]
            if (
                n % 4 or not sent.isdecimal() or int(sent) < LEAST
            ):  # a quarter of the forces, so that the others are right
                continue
            row[item] = str(wrong(int(sent)))
            if row[item] != sent:
                made[row["force"]] = f"“{schema[item].title}” (it would have to be {int(sent):,})"
        with tempfile.TemporaryDirectory() as folder:
            write_round(files, Path(folder))
            queries = engine.validate([Path(folder)], lines=False).queries
        for force, right in made.items():
            own = [q for q in queries if q.force == force]
            messages = [q.message for q in own if q.code == code]
            messages += [also.message for q in own for also in q.also if also.code == code]
            message = next(iter(messages), "")
            named = message.partition("probably ")[2]
            found[
                "right alone"
                if named == f"{right}."
                else "one of two"
                if right in named
                else "another"
                if named
                else "none"
            ] += 1
    return found


def main() -> None:
    """Print a line for each sum and error."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.failed_sums")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(
        f"{'sum':<26} {'error':<20} {'n':>4} {'right alone':>12} {'one of two':>11} {'another':>8} {'none':>5}"
    )
    for name, code in SUMS.items():
        for total in (False, True):
            for error, wrong in ERRORS.items():
                seen = outcomes(asked.seed, name, code, wrong, total=total)
                n = sum(seen.values()) or 1
                shares = [
                    f"{100 * seen[kind] / n:.0f}" for kind in ("right alone", "one of two", "another", "none")
                ]
                what = f"{name}, {'total' if total else 'a part'}"
                print(
                    f"{what:<26} {error:<20} {n:>4} {shares[0]:>12} {shares[1]:>11} {shares[2]:>8} {shares[3]:>5}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
