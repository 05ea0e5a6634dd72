"""How much of what a round asks a force sees alone: `python -m benchmarks.self_check`.

The sample round as it is, and without its planted faults. Each force's folder is checked by itself, with nothing and with its
context. A query of the round counts as seen if the same rule asks about the same item of the same period, and its figure as
seen if any rule asks about it.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from peelcheck import engine
from peelcheck.cli import main
from peelcheck.model import Query, Severity
from peelcheck.rounds.self_check import Material
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import write_round

SAMPLE = Path(__file__).parents[1] / "sample_returns"
Key = tuple[object, ...]


def keys(queries: tuple[Query, ...]) -> set[Key]:
    """What the errors and queries to forces are about; those to the publishers of tables are left out."""
    asked = (q for q in queries if q.severity is not Severity.NOTE and q.force and q.asked_of == q.force)
    return {(q.force, q.code, q.return_name, q.item, q.period_end) for q in asked}


def cells(queries: tuple[Query, ...]) -> set[Key]:
    """The figures that errors and queries to forces are about, what stands beneath them included."""
    asked = [q for q in queries if q.severity is not Severity.NOTE and q.force and q.asked_of == q.force]
    own = {(q.force, q.return_name, q.item, q.period_end) for q in asked}
    return own | {(q.force, f.return_name, f.item, f.period_end) for q in asked for f in q.figures}


def compare(round_: Path, contexts: Path, title: str) -> None:
    """Print how many queries of a round each force sees alone, and what differs."""
    main(["context", str(round_), "--all", "--output", str(contexts)], standalone_mode=False)
    whole = engine.validate([round_])
    asked = keys(whole.queries)
    print(f"{title}: {len(asked)} queries in the round")
    for words, helped in (("nothing but the folder", False), ("a context file", True)):
        found: set[Key] = set()
        figures: set[Key] = set()
        for force in whole.collection.forces:
            material = Material(context=contexts / f"{force.slug}.json") if helped else None
            result = engine.validate([round_ / "returns" / force.slug], alone=True, material=material)
            found |= keys(result.queries)
            figures |= cells(result.queries)
        seen = {key for key in asked if key in found or (key[0], *key[2:]) in figures}
        print(f"  with {words}: {len(asked & found)} seen by the same rule, {len(seen)} figures seen")
        for sign, different in (("not seen", asked - found), ("other", found - asked)):
            for key in sorted(map(str, different)):
                print(f"    {sign}: {key}")


def run() -> None:
    """Compare both rounds."""
    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder) / "clean"
        clean.mkdir()
        for name in ("round.yaml", "declarations.csv"):
            shutil.copy(SAMPLE / name, clean / name)
        write_round(clean_round(), clean)
        compare(SAMPLE, Path(folder) / "contexts", "Sample round")
        compare(clean, Path(folder) / "clean-contexts", "Clean round")


if __name__ == "__main__":
    run()
