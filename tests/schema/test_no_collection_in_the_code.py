"""The program's sources name no collection: what is particular to one stands in its own folder."""

from __future__ import annotations

import re
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src"
NAMES = re.compile(r"england|wales|home office|british transport|territorial", re.IGNORECASE)
CONTRACT = re.compile(r"\"england_and_wales(_without)?\"")
"""Names of the JSON and CSV, which stay as they are; they stand only where the outputs declare them."""
DECLARED = "render/fields.py"


def test_no_source_names_a_collection() -> None:
    hits = []
    for path in sorted(SOURCES.rglob("*.py")):
        name = path.relative_to(SOURCES / "peelcheck").as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            rest = CONTRACT.sub("", line) if name == DECLARED else line
            if NAMES.search(rest):
                hits.append(f"{name}:{number}: {line.strip()}")
    assert hits == []
