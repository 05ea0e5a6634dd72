"""Write the sample round: `python -m tools.make_sample sample_returns`, or `--clean FOLDER` for the one without faults."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from peelcheck.schema import find_collection, load_collection
from tools.make_sample.faults import spoil
from tools.make_sample.files import Files, make_files, write_round
from tools.make_sample.readme import write_readme
from tools.make_sample.world import make_world

SEED = 2017


def clean_round(seed: int = SEED) -> Files:
    """The files of the round without faults."""
    return make_files(make_world(seed), load_collection(find_collection("peel-2017")), seed)


def spoiled_round(seed: int = SEED) -> Files:
    """The files of the round with every planted fault."""
    files = clean_round(seed)
    spoil(files)
    return files


def main() -> None:
    """Write one of the two rounds into a folder; the tables that are there are replaced."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--clean", action="store_true", help="without the planted faults")
    asked = parser.parse_args()
    files = clean_round() if asked.clean else spoiled_round()
    for kind in ("returns", "reference", "inspection", "history"):
        shutil.rmtree(asked.folder / kind, ignore_errors=True)
    write_round(files, asked.folder)
    if not asked.clean:
        write_readme(asked.folder / "README.md")


if __name__ == "__main__":
    main()
