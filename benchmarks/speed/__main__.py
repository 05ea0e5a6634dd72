"""Speed, as ratios within one run: `python -m benchmarks.speed [--records 1000000] [--runs 5] [--peers]`.

Floors: importing pandas and pandera; importing click and rich; reading the file with pyarrow. Peers: the same checks, and
some of them, written by hand with pandas; with `--peers`, frictionless, pandera's own command line and polars too, each in
an environment of its own that is made for the run. So is the program: where hypothesis is installed, as beside the tests,
pandera imports it with its first check, which is no cost of a check. Absolute seconds are only good for one machine; quote
the ratios.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from benchmarks.speed.commands import Timing, time_in_turn
from benchmarks.speed.records import Spoiled

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Measure what was asked for and print the ratios."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each command (default 5)")
    parser.add_argument("--records", type=int, default=0, help="also check a return of so many records")
    parser.add_argument("--large", type=int, default=0, help="also check memory at so many records")
    parser.add_argument(
        "--peers", action="store_true", help="also run frictionless, pandera and polars (installs them)"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        python = environment(Path(folder) / "peelcheck", str(ROOT))
        small_commands(python, asked.runs)
        if asked.records:
            large_files(Path(folder), python, asked.records, asked.large, asked.runs, asked.peers)


def environment(home: Path, *packages: str) -> str:
    """An environment with these packages alone; the path of its Python."""
    venv.create(home, with_pip=True)
    python = str(home / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
    return python


def small_commands(python: str, runs: int) -> None:
    """The sample round and the cheap commands, against their imports: thrice the runs, for what is short varies most."""
    peelcheck = [python, "-m", "peelcheck"]
    timings = time_in_turn(
        {
            "import pandas and pandera": [python, "-c", "import pandas, pandera.pandas"],
            "import click and rich": [python, "-c", "import click, rich.console"],
            "sample round": [*peelcheck, "validate", str(ROOT / "sample_returns")],
            "--help": [*peelcheck, "--help"],
            "rules": [*peelcheck, "rules"],
            "explain": [*peelcheck, "explain", "DA201"],
        },
        3 * runs,
    )
    show(timings)
    ratio(timings, "sample round", "import pandas and pandera", "at most 2.0, goal 1.5")
    ratio(timings, "--help", "import click and rich", "at most 2.0")


def large_files(folder: Path, python: str, rows: int, larger: int, runs: int, peers: bool) -> None:
    """A record-level return: a hundredth of the rows bad, all bad, none; and its peers on the same file."""
    peelcheck = [python, "-m", "peelcheck"]
    spoiled: tuple[Spoiled, ...] = ("clean", "hundredth", "all")
    files = {name: folder / f"crime_records_{name}.csv" for name in spoiled}
    for name in spoiled:
        write_records(files[name], rows, name)
    dirty = str(files["hundredth"])
    read = f"from pyarrow import csv; csv.read_csv({dirty!r})"
    commands = {
        "import pandas and pandera": [python, "-c", "import pandas, pandera.pandas"],
        "bare pyarrow read": [python, "-c", read],
        "by hand with pandas, all checks": [python, "-m", "benchmarks.speed.by_hand_all", dirty],
        "by hand with pandas, seven columns": [python, "-m", "benchmarks.speed.by_hand", dirty],
        **{f"peelcheck, {name}": [*peelcheck, "validate", str(files[name])] for name in spoiled},
    }
    timings = time_in_turn(commands, runs)
    if peers:
        timings |= time_in_turn(peer_commands(folder, dirty), 1)
    show(timings)
    ratio(timings, "peelcheck, hundredth", "by hand with pandas, all checks", "at most 0.5")
    ratio(timings, "peelcheck, hundredth", "by hand with pandas, seven columns", "at most 0.5")
    ratio(timings, "peelcheck, all", "peelcheck, clean", "at most 1.5")
    bare, start = timings["bare pyarrow read"], timings["import pandas and pandera"]
    timings |= {"pyarrow read and import": start.then(bare)}
    ratio(timings, "peelcheck, hundredth", "pyarrow read and import", "at most 4")
    if peers:
        ratio(timings, "frictionless", "peelcheck, hundredth", "at least 15")
        ratio(timings, "pandera's own command", "peelcheck, hundredth", "faster than every peer")
    if larger:
        big = folder / "crime_records_larger.csv"
        write_records(big, larger, "hundredth")
        more = time_in_turn({f"peelcheck, {larger:,} rows": [*peelcheck, "validate", str(big)]}, 1)
        show(more)
        peak = next(iter(more.values())).times(timings["peelcheck, hundredth"], "megabytes")
        print(f"peak memory, {larger:,} / {rows:,} rows: {peak:.2f} (at most 1.5)")


def write_records(path: Path, rows: int, spoiled: Spoiled) -> None:
    """Write records in a process of its own: the memory that it takes would count for all that are started later."""
    command = [sys.executable, "-m", "benchmarks.speed.records", str(path), str(rows), spoiled]
    subprocess.run(command, check=True)


HERE = Path(__file__).parent
PEERS = {
    "frictionless": ("frictionless", "pyyaml"),
    "bare polars read": ("polars",),
    "pandera's own command": ("pandera[cli,io,pandas]", "pandas"),
}


def peer_commands(folder: Path, file: str) -> dict[str, list[str]]:
    """Peers on the same file, installed for this run."""
    python = {
        name: environment(folder / packages[0].partition("[")[0], *packages)
        for name, packages in PEERS.items()
    }
    schema = str(folder / "schema.yaml")
    subprocess.run([python["pandera's own command"], str(HERE / "with_pandera.py"), schema], check=True)
    given = {
        "frictionless": [str(HERE / "with_frictionless.py"), file],
        "bare polars read": ["-c", f"import polars; polars.read_csv({file!r}, infer_schema=False)"],
        "pandera's own command": ["-m", "pandera", "validate", "--schema", schema, "--data", file],
    }
    return {name: [python[name], *arguments] for name, arguments in given.items()}


def show(timings: dict[str, Timing]) -> None:
    """A line a command."""
    for name, timing in timings.items():
        clock = f"{timing.median('seconds'):8.2f} s by the clock {timing.median('processor'):8.2f} s of the processor"
        print(f"{name:36} {clock} {timing.median('megabytes'):8.0f} MB", flush=True)


def ratio(timings: dict[str, Timing], name: str, yardstick: str, wanted: str) -> None:
    """One ratio, by the clock and of the processor's time, turn by turn, and what it should be."""
    one, other = timings[name], timings[yardstick]
    clock, processor = one.times(other, "seconds"), one.times(other, "processor")
    both = f"{clock:.2f} by the clock, {processor:.2f} of the processor"
    print(f"{name} / {yardstick}: {both} ({wanted})", flush=True)


if __name__ == "__main__":
    main()
