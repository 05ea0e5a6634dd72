"""How the time of a run grows with the number of bodies: `python -m benchmarks.many_bodies 43 2000 16000`.

A collection of so many made-up bodies is written with part of the sample's schemas, and a round for it: three returns,
two tables of others and history. The figures are those of the sample's round without faults, times a factor for each
body and year; one row in 500 has a figure with a digit too many. Each size is run as a process of its own, with all
bodies in one file for each return or (`--folders`) with a folder for each body; and the statistics alone, in this
process, on the figures of one measure.
"""

from __future__ import annotations

import argparse
import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml

from peelcheck.schema import find_collection
from peelcheck.statistics import change_scores, peer_scores
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import write_round

RETURNS = ("incidents", "asb_powers", "domestic_abuse")
TABLES = ("population", "recorded_crime")
SEED = 11
YEARS = range(2010, 2019)
NO_COUNTS = ("force", "force_code", "period_start", "period_end", "note")
SUMS = {
    "incidents": ("total", ("immediate", "priority", "scheduled", "resolved_without_deployment")),
    "asb_powers": (
        "total",
        (
            "criminal_behaviour_orders",
            "community_protection_notices",
            "civil_injunctions",
            "dispersal_orders",
        ),
    ),
    "domestic_abuse": (
        "outcomes_total",
        ("charged_summonsed", "out_of_court_disposals", "victim_does_not_support", "other_outcomes"),
    ),
}


def name_of(body: int) -> str:
    return f"Council {body:05}"


def write_collection(folder: Path, bodies: int) -> Path:
    """A collection of the returns and tables above for made-up bodies, with the measures and checks that these allow."""
    real, own = find_collection("peel-2017"), folder / "councils"
    own.mkdir(parents=True)
    required = yaml.safe_load((real / "collection.yaml").read_text(encoding="utf-8"))
    required |= {"returns": [*RETURNS, *TABLES], "bodies": {"one": "council", "many": "councils"}}
    required.pop("groups", None)
    required.pop("rules", None)
    _dump(own / "collection.yaml", required)
    for name in (*RETURNS, *TABLES):
        described = yaml.safe_load((real / f"{name}.yaml").read_text(encoding="utf-8"))
        for field in described["fields"]:
            field.get("x-peelcheck", {}).pop(
                "area_total", None
            )  # made-up councils do not add up to a country
        _dump(own / f"{name}.yaml", described)
    for file in ("measures.yaml", "across.yaml"):
        entries = yaml.safe_load((real / file).read_text(encoding="utf-8"))
        _dump(own / file, [entry for entry in entries if returns_in(entry) <= {*RETURNS, *TABLES}])
    with (own / "forces.csv").open("w", encoding="utf-8", newline="") as listed:
        rows = csv.writer(listed)
        rows.writerow(["name", "code", "country", "spellings", "out_of_scope"])
        rows.writerows([name_of(body), f"E{body:08}", "England", "", ""] for body in range(bodies))
    return own


def _dump(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def returns_in(entry: object) -> set[str]:
    """The returns that an entry of measures or checks names, whatever its keys."""
    if isinstance(entry, dict):
        own = {entry["return"]} if isinstance(entry.get("return"), str) else set[str]()
        return own.union(*(returns_in(value) for value in entry.values()))
    if isinstance(entry, list):
        return set[str]().union(*map(returns_in, entry))
    name, dot, _ = entry.partition(".") if isinstance(entry, str) else ("", "", "")
    return {name} if dot and name.replace("_", "").isalpha() and name.islower() else set()


def write_bodies(folder: Path, bodies: int, apart: bool) -> Path:
    """A round of the collection, figures made from the sample's; `apart` writes a folder for each body."""
    sample, round_ = folder / "sample", folder / "round"
    write_round(clean_round(), sample)
    random = np.random.default_rng(SEED)
    sizes = np.exp(random.normal(0, 0.7, bodies)[:, None] + random.normal(0, 0.008, (bodies, len(YEARS))))
    (round_ / "history").mkdir(parents=True)
    (round_ / "reference").mkdir()
    (round_ / "round.yaml").write_text("collection: councils\ntitle: Made-up councils\ndate: 2017-10-31\n")
    for name in RETURNS:
        drawn = _drawn(sorted(sample.glob(f"returns/*/{name}.csv")), name, sizes, random)
        if apart:
            for body, rows in enumerate(drawn[1:]):
                _write(round_ / "returns" / name_of(body) / f"{name}.csv", [*drawn[0], *rows])
        else:
            _write(round_ / "returns" / f"{name}.csv", [row for rows in drawn for row in rows])
    for path in (
        *(f"reference/{name}.csv" for name in TABLES),
        *(f"history/{n}.csv" for n in (*RETURNS, *TABLES)),
    ):
        if (sample / path).exists():
            drawn = _drawn([sample / path], Path(path).stem, sizes, random)
            _write(round_ / path, [row for rows in drawn for row in rows])
    return round_


def _drawn(
    files: Sequence[Path], name: str, sizes: np.ndarray, random: np.random.Generator
) -> list[list[list[str]]]:
    """The headings, and the rows of each body: those of a force of the sample, times the body's size in that year."""
    headings: list[str] = []
    by_force: dict[str, list[dict[str, str]]] = {}
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            headings = list(reader.fieldnames or headings)
            for row in reader:
                by_force.setdefault(row["force"], []).append(row)
    own = [by_force[force] for force in sorted(by_force)]
    return [
        [headings],
        *(
            [_row(row, name, body, factors, random) for row in own[body % len(own)]]
            for body, factors in enumerate(sizes)
        ),
    ]


def _row(
    row: dict[str, str], name: str, body: int, factors: np.ndarray, random: np.random.Generator
) -> list[str]:
    made = {**row, "force": name_of(body), "force_code": f"E{body:08}"}
    factor = factors[int(row["period_end"][:4]) - YEARS[0]]  # one a year, so that no part is above its whole
    items = [item for item in row if item not in NO_COUNTS and row[item].isdecimal()]
    made |= {item: str(round(int(row[item]) * factor)) for item in items}
    total, parts = SUMS.get(name, ("", ()))
    if {total, *parts} <= {*items}:
        made[total] = str(sum(int(made[part]) for part in parts))
    if items and random.random() < 0.002:
        made[items[0]] += "0"
    return [made[heading] for heading in row]


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def statistics_alone(bodies: int) -> float:
    """Processor seconds for the scores of one measure: between bodies in two years, and against three years of the past."""
    random = np.random.default_rng(SEED)
    people = np.round(np.exp(random.normal(12, 0.7, bodies)))
    now, *past = (random.poisson(people * 0.01).astype(float) for _ in range(4))
    past[0][::9] = np.nan
    start = time.process_time()
    for year in (now, past[0]):
        peer_scores(year, people, "rate")
    change_scores(now, np.array(past))
    return time.process_time() - start


def whole_run(bodies: int, apart: bool, command: Sequence[str]) -> tuple[float, float]:
    """Processor seconds and peak megabytes of a command on a round of so many bodies."""
    with tempfile.TemporaryDirectory() as folder:
        collection = write_collection(Path(folder) / "schemas", bodies)
        round_ = write_bodies(Path(folder), bodies, apart)
        words = [
            sys.executable,
            "-m",
            "peelcheck",
            *command,
            str(round_),
            "--schemas",
            str(collection.parent),
        ]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([*words, "--output", f"{folder}/out.json"], capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


def main() -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser(description="Time a run with many bodies.")
    parser.add_argument("bodies", type=int, nargs="*", default=[43, 2_000, 16_000])
    parser.add_argument("--folders", action="store_true", help="a folder for each body")
    parser.add_argument("--command", default="validate", help="validate, or figures")
    given = parser.parse_args()
    print(
        "| bodies | statistics of a measure, processor s | whole run, processor s | peak so far, MB |\n|--:|--:|--:|--:|"
    )
    for bodies in given.bodies:
        alone = min(statistics_alone(bodies) for _ in range(3))
        seconds, peak = whole_run(bodies, given.folders, [given.command])
        print(f"| {bodies:,} | {alone:.4f} | {seconds:.2f} | {peak:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
