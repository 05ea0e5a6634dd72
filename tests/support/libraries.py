"""A collection of another kind: twelve libraries of Northshire, which have no codes, and a round of theirs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NAMES = (
    "Alder Street", "Beech Lane", "Cedar Row", "Elm Road", "Fir Court", "Hazel & Oak", "Larch-Hill", "Maple Way",
    "Old Town", "Pine Walk", "Rowan Park", "Willow Bank",
)  # fmt: skip
NOUNS = "bodies: {one: library, many: libraries}\narea: Northshire\n"
COLLECTION = """title: Libraries 2020
year: 2020
{nouns}periods:
  year_to_march: {{twelve_months_to: 31 March}}
returns: [visits]
"""
FORCES = "name,code,country,spellings,out_of_scope\n" + "".join(f"{name},,,,\n" for name in NAMES)
OUTSIDE = "Mobile library,,,,it has no building\nTotal,,,,totals are worked out afresh\n"
MEASURES = """- code: VI201
  id: loan_rate
  title: Loans per visit
  numerator: {return: visits, items: [loans]}
  denominator: {return: visits, items: [visits]}
  kind: ratio
  per: 1
  unit: per visit
  noun: loans per visit
  numerator_noun: loans
  decimals: 1
  years: [2020, 2019]
  period: year_to_march
  in_report: true
  ask: Please check the number of loans.
  why: A wrong count misleads.
  source: none
"""


def _field(name: str, type_: str, own: str = "") -> dict[str, Any]:
    return {
        "name": name,
        "type": type_,
        "title": name.capitalize(),
        "description": f"The {name}.",
        **json.loads(own or "{}"),
    }


def _visits(code_column: bool) -> dict[str, Any]:
    item = '{"constraints": {"minimum": 0}, "x-peelcheck": {"period": "year_to_march", "years": [2020, 2019], "unit": "x"}}'
    code = [_field("force_code", "string")] if code_column else []
    return {
        "name": "visits",
        "title": "Visits",
        "description": "Visits and loans.",
        "primaryKey": ["force", "period_start", "period_end"],
        "fields": [
            _field("force", "string", '{"x-peelcheck": {"type": "force"}}'),
            *code,
            _field("period_start", "date"),
            _field("period_end", "date"),
            _field("visits", "integer", item),
            _field("loans", "integer", item),
        ],
        "x-peelcheck": {"kind": "return", "owed_by": "forces"},
    }


def collection(
    folder: Path, nouns: str = NOUNS, forces: str = FORCES + OUTSIDE, code_column: bool = False
) -> Path:
    """Write the collection; `nouns` are the lines of collection.yaml about them."""
    root = folder / "schemas" / "libraries-2020"
    root.mkdir(parents=True)
    files = {
        "collection.yaml": COLLECTION.format(nouns=nouns),
        "forces.csv": forces,
        "measures.yaml": MEASURES,
        "across.yaml": "[]\n",
        "visits.yaml": json.dumps(_visits(code_column)),
    }
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def rows(name: str, now: tuple[int, int], before: tuple[int, int], code: str | None = None) -> str:
    """A library's file: visits and loans of both years."""
    own = "" if code is None else f",{code}"
    return (
        f"force{'' if code is None else ',force_code'},period_start,period_end,visits,loans\n"
        f"{name}{own},2019-04-01,2020-03-31,{now[0]},{now[1]}\n"
        f"{name}{own},2018-04-01,2019-03-31,{before[0]},{before[1]}\n"
    )


def a_round(folder: Path, code: str | None = None) -> Path:
    """A round in which Old Town's loans are ten times what they were."""
    root = folder / "round"
    for i, name in enumerate(NAMES):
        loans = 2000 + 37 * i
        sent = 10 * loans if name == "Old Town" else loans + 11
        own = root / "returns" / name.lower().replace(" ", "-")
        own.mkdir(parents=True)
        text = rows(name, (1000 + 10 * i, sent), (1003 + 10 * i, loans), code)
        (own / "visits.csv").write_text(text, encoding="utf-8")
    (root / "round.yaml").write_text("collection: libraries-2020\ntitle: Northshire\n", encoding="utf-8")
    return root
