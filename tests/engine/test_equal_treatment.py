"""Every force is treated alike: order decides nothing, and one force's mistake is nobody else's query."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import asdict, replace

from benchmarks.equal_treatment import clean_figures, measure_moves
from peelcheck.engine import compile_checks
from peelcheck.engine.assess import compare_all, find_all_outliers, run_checks
from peelcheck.engine.load import load
from peelcheck.engine.state import RunState
from peelcheck.matching.files import quietly
from peelcheck.model import Query
from peelcheck.rounds.folder import open_round
from peelcheck.schema import find_collection
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import Files, write_round
from tools.make_sample.spoiling import JUNE, MARCH, nine_months, path_of, row_of, times

pytestmark = pytest.mark.slow

SPOILED = (
    ("Kent", "domestic_abuse", "arrests", JUNE, 10.0),
    ("Essex", "mental_health", "detentions", JUNE, 0.1),
    ("Gwent", "domestic_abuse", "dvpos_granted", JUNE, 40.0),
    ("Surrey", "marac", "repeat_cases", MARCH, 0.01),
    ("Dorset", "asb_powers", "total", JUNE, 3.0),
)
"""Force, return, item, period and factor: enough wrong figures for there to be something to say."""


@dataclass(frozen=True)
class Said:
    """All that a round led to: scores by measure and force, and queries in their order."""

    scores: dict[tuple[str, str], tuple[float, ...]]
    queries: list[tuple[Any, ...]]


def wrong_round() -> Files:
    files = clean_round()
    for force, name, item, period_end, factor in SPOILED:
        row = row_of(files, path_of(force, name), period_end, force)
        row[item] = times(item, factor)(row)
    row = row_of(files, path_of("Norfolk", "incidents"), JUNE, "Norfolk")
    row.update(nine_months(row))
    return files


def shuffled(files: Files, by: random.Random) -> Files:
    """The same round with the rows and columns of every table in another order."""
    for file in files.values():
        by.shuffle(file.rows)
        by.shuffle(file.columns)
    return files


def shuffle_lines(path: Path, by: random.Random) -> None:
    """Another order for the lines of a table below its headings."""
    heading, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    by.shuffle(lines)
    path.write_text("".join([heading, *lines]), encoding="utf-8")


def said_of(folder: Path, schemas: Path, by: random.Random | None = None) -> Said:
    """The road from a round's folder to its queries, with its files in another order where `by` is given."""
    round_ = open_round([folder], None, schemas)
    if by is not None:
        received, history = (by.sample(files, len(files)) for files in (round_.received, round_.history))
        round_ = replace(round_, received=tuple(received), history=tuple(history))
    checks, run = compile_checks(round_.collection), RunState()
    figures = load(round_, checks, run, quietly).figures
    run_checks(checks, figures, run, quietly)
    comparisons = compare_all(round_, figures)
    find_all_outliers(comparisons, round_.collection, figures, run)
    scores = {
        (c.measure.id, force): tuple(
            float(values[i]) for s in (c.changes, c.peers) for values in asdict(s).values()
        )
        for c in comparisons
        for i, force in enumerate(figures.forces)
    }
    queries = run.drafts.to_queries(round_.collection.name, run.support)
    return Said(scores, [without_rows(query) for query in queries])


def without_rows(query: Query) -> tuple[Any, ...]:
    """A query but for the rows of its places, which are where the force has put them."""
    places = sorted((p.file, p.column or "", p.value or "") for p in query.locations)
    return (*asdict(replace(query, locations=())).values(), places)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Said:
    folder = tmp_path_factory.mktemp("plain")
    write_round(wrong_round(), folder)
    return said_of(folder, find_collection("peel-2017").parent)


def test_there_is_something_to_say(plain: Said) -> None:
    assert {force for force, *_ in SPOILED} <= {query[5] for query in plain.queries}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_order_changes_no_score_no_query_and_no_word(plain: Said, seed: int, tmp_path: Path) -> None:
    by = random.Random(seed)  # noqa: S311 (an order, not a secret)
    folder, schemas = tmp_path / "round", tmp_path / "schemas"
    write_round(shuffled(wrong_round(), by), folder)
    shuffle_lines(folder / "declarations.csv", by)
    shutil.copytree(find_collection("peel-2017"), schemas / "peel-2017")
    shuffle_lines(schemas / "peel-2017" / "forces.csv", by)
    said = said_of(folder, schemas, by)
    assert said.scores.keys() == plain.scores.keys()
    moved = {
        key for key, own in plain.scores.items() if not np.array_equal(own, said.scores[key], equal_nan=True)
    }
    assert moved == set()
    assert said.queries == plain.queries


def test_a_wrong_figure_is_no_other_forces_query(tmp_path: Path) -> None:
    """Only a score that was within 0.5 of a cut may cross it when another force's figure is spoiled."""
    round_, figures = clean_figures(tmp_path)
    measures = [
        measure
        for measure in round_.collection.measures
        if measure.id in ("organised_crime_group_rate", "da_arrest_rate", "marac_repeat_share")
    ]
    assert [measure.kind for measure in measures] == ["ratio", "rate", "proportion"]
    moves = measure_moves(round_, figures, measures)
    assert len(moves.before) > 20_000
    assert 0 < moves.sizes.max() < np.inf
    assert not moves.far_crossed.any()
