"""Rows equal to another force's, held to the plain definition, which looks at every pair of forces."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from peelcheck.completeness.equal_rows import ASKED, CERTAIN, equal_rows
from peelcheck.completeness.row_chance import RowChances
from peelcheck.engine.load import load
from peelcheck.engine.state import RunState
from peelcheck.matching.files import quietly
from peelcheck.model import Severity
from peelcheck.rounds.folder import open_round
from peelcheck.tables.table import Return
from tests.support.rounds import a_round

pytestmark = pytest.mark.slow

HEADINGS = (
    "force,period_start,period_end,criminal_behaviour_orders,community_protection_notices,"
    "civil_injunctions,dispersal_orders,total"
)
FORCES = ("Kent", "Essex", "Surrey", "Sussex", "Dorset", "Durham", "Norfolk", "Suffolk", "Gwent", "Cheshire")
YEARS = ("2016-07-01,2017-06-30", "2015-07-01,2016-06-30")


def lines(chance: random.Random) -> str:
    """Rows of some forces, many of them equal, some sent twice, of counts from which chance can and cannot tell."""
    templates = [
        [chance.choice((0, 1, 40, 777, 3_456, 91_234)) for _ in range(4)]
        for _ in range(chance.choice((1, 3, 8)))
    ]
    rows: list[str] = []
    for force in FORCES:
        own = chance.choice(templates)
        for year in YEARS:
            figures = own if chance.random() < 0.6 else chance.choice(templates)
            row = f"{force},{year},{','.join(map(str, figures))},{sum(figures)}"
            rows += [row] * chance.choice((0, 1, 1, 1, 1, 1, 2))
    chance.shuffle(rows)
    return "\n".join([HEADINGS, *rows]) + "\n"


def table_of(folder: Path, text: str) -> Return:
    folder.mkdir()
    root = a_round(folder)
    (root / "returns" / "asb_powers.csv").write_text(text, encoding="utf-8")
    return load(open_round([root], None, None), (), RunState(), quietly).figures.tables["asb_powers"]


def plain(table: Return, past: Return | None, forces: int) -> dict[tuple[str, int], tuple[str, bool]]:
    """For each row that is asked about its force, the force it is equal to, and whether that is certain."""
    chances, pairs = RowChances.of(table), forces * (forces - 1) / 2
    above = {*np.flatnonzero((chances.figures > 0).any(axis=0)).tolist()}
    mine = {f: [r for r in range(len(table)) if table.forces[r] == f and r in above] for f in FORCES}
    keys = [(table.years[r], table.periods[r], chances.figures[:, r].tobytes()) for r in range(len(table))]
    first = {f: {keys[r]: r for r in reversed(rows)} for f, rows in mine.items()}
    found: dict[tuple[str, int], tuple[str, bool]] = {}
    for force, other in sorted(permutations(FORCES, 2), reverse=True):
        common = [(r, first[other][key]) for key, r in first[force].items() if key in first[other]]
        everything = {r for r, _ in common} == {*mine[force]} and {r for _, r in common} == {*mine[other]}
        together = chances.chance(sorted(r for r, _ in common)) if everything and common else 1.0
        if any(_known(chances, r, past) is True and _known(chances, o, past) is False for r, o in common):
            continue
        for row, _ in common:
            chance = min(together, chances.chance([row])) * pairs
            if chance < ASKED:
                certain = found.get((force, row), ("", False))[1]
                found[force, row] = other, certain or chance < CERTAIN
    return found


def _known(chances: RowChances, row: int, past: Return | None) -> bool | None:
    table = chances.table
    for at in range(0 if past is None else len(past)):
        assert past is not None
        same = all(
            getattr(past, part)[at] == getattr(table, part)[row] for part in ("forces", "years", "periods")
        )
        if same:
            accepted = np.array([past.values[f.name][at] for f in table.schema.items])
            both = ~np.isnan(accepted) & ~np.isnan(chances.figures[:, row])
            return bool((accepted[both] == chances.figures[both, row]).all()) if both.any() else None
    return None


@pytest.mark.parametrize("seed", range(40))
def test_the_forces_asked_and_their_twins_are_those_of_all_pairs(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (chance, not secrets)
    table = table_of(tmp_path / "now", lines(chance))
    past = table_of(tmp_path / "past", lines(chance)) if seed % 2 else None
    found = {
        (force, int(row)): (other, one.spec.severity is Severity.ERROR)
        for one in equal_rows(table, past, 43)
        for force, row, other in zip(one.forces, one.rows, one.facts["other"], strict=True)
    }
    expected = {(f, int(table.rows[r])): twin for (f, r), twin in plain(table, past, 43).items()}
    assert found == expected
