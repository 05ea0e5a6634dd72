"""Rounds to check: Kent's return with nothing wrong in it, by itself, in a round, or with any text in a cell."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from peelcheck.schema import find_collection

ROOT = Path(__file__).parents[2]
"""The repository."""
SAMPLE = ROOT / "sample_returns"
"""The sample round. Tests that only read what is found in it take the fixtures of `tests/conftest.py`."""

COLUMNS = "force,period_start,period_end,arrests,risk_assessments,charged_summonsed,out_of_court_disposals,"
COLUMNS += "victim_does_not_support,other_outcomes,outcomes_total,dvpns_issued,dvpos_applied,dvpos_granted,dvpos_breached"
RETURN = f"""{COLUMNS}
Kent,2016-07-01,2017-06-30,1201,1507,311,102,203,50,666,5,4,3,1
Kent,2015-07-01,2016-06-30,1104,1489,283,91,192,41,607,4,3,2,1
"""
"""Kent's return on domestic abuse, with nothing wrong in it."""
ROUND = "collection: peel-2017\ntitle: A small round\ndate: 2017-10-31\n"
DECLARATIONS = "force,with,return,item,measure,period_end,status,reason,source\n"
"""The headings of `declarations.csv`."""

HEADINGS = (
    "force", "force_code", "period_start", "period_end", "arrests", "risk_assessments", "charged_summonsed",
    "out_of_court_disposals", "victim_does_not_support", "other_outcomes", "outcomes_total", "dvpns_issued",
    "dvpos_applied", "dvpos_granted", "dvpos_breached", "note",
)  # fmt: skip
KENT = ("Kent", "E23000032")
NOW = (
    *KENT,
    "2016-07-01",
    "2017-06-30",
    "1201",
    "1507",
    "311",
    "102",
    "203",
    "50",
    "666",
    "5",
    "4",
    "3",
    "1",
    "",
)
BEFORE = (
    *KENT,
    "2015-07-01",
    "2016-06-30",
    "1104",
    "1489",
    "283",
    "91",
    "192",
    "41",
    "607",
    "4",
    "3",
    "2",
    "1",
    "",
)
TABLE = (HEADINGS, NOW, BEFORE)
"""The same return as cells, with the columns that may be left out: the code of the force, and a note."""

SMALL_COLLECTION = {
    "collection.yaml": """\
title: One return
year: 2017
periods:
  year_to_june: {twelve_months_to: 30 June}
returns: [domestic_abuse]
""",
    "measures.yaml": "[]\n",
    "across.yaml": "[]\n",
}
"""A collection that is read and held in no time, with a return and the forces of the one that comes with the program."""


def write_return(folder: Path, *, arrests: str = "1201", total: str = "666") -> Path:
    """Write Kent's return, in the folder of the force; by default there is nothing wrong with it."""
    file = folder / "kent" / "domestic_abuse.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    changed = RETURN.replace(",1201,", f",{arrests},").replace(",666,", f",{total},")
    file.write_text(changed, encoding="utf-8")
    return file


def a_round(
    folder: Path, data: bytes | str = RETURN, name: str = "domestic_abuse.csv", settings: str = ROUND
) -> Path:
    """A round's folder with one file of Kent, by default its return; `settings` is its `round.yaml`."""
    root = folder / "round"
    kent = root / "returns" / "kent"
    kent.mkdir(parents=True)
    (root / "round.yaml").write_text(settings, encoding="utf-8")
    (kent / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return root


def a_small_round(folder: Path, data: bytes | str | None = None, name: str = "domestic_abuse.csv") -> Path:
    """The same with a collection of one return beside it, which `running.validate` checks it by; by default with `TABLE`."""
    schemas = folder / "schemas" / "one-return"
    schemas.mkdir(parents=True)
    for file, text in SMALL_COLLECTION.items():
        (schemas / file).write_text(text, encoding="utf-8")
    for file in ("forces.csv", "domestic_abuse.yaml"):
        shutil.copyfile(find_collection("peel-2017") / file, schemas / file)
    settings = "collection: one-return\ntitle: A small round\n"
    return a_round(folder, csv_of(TABLE) if data is None else data, name, settings)


def csv_of(table: Sequence[Sequence[str]], separator: str = ",") -> str:
    """Cells as CSV, every cell in quotation marks that needs them."""
    special = {separator, '"', "\n", "\r"}
    cells = [
        [f'"{c.replace(chr(34), chr(34) * 2)}"' if special & set(c) else c for c in row] for row in table
    ]
    return "".join(separator.join(row) + "\n" for row in cells)


def with_cell(row: int, heading: str, text: str) -> list[list[str]]:
    """Kent's return with another text in one cell; row 1 is the headings."""
    table = [list(line) for line in TABLE]
    table[row - 1][HEADINGS.index(heading)] = text
    return table
