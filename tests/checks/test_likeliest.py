"""A failed sum names the cell that is probably wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from peelcheck import engine
from peelcheck.model import Query
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import write_round
from tools.make_sample.spoiling import JUNE, row_of

pytestmark = pytest.mark.slow


def test_a_failed_sum_names_the_part_that_is_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "round"
    files = clean_round()
    row = row_of(files, "reference/crime_outcomes.csv", JUNE, "Gwent")
    right = row["charged_summonsed"]
    row["charged_summonsed"] = f"{right}0"
    write_round(files, folder)
    queries = [q for q in engine.validate([folder]).queries if q.force == "Gwent"]
    (query,) = (q for q in queries if "CO101" in (q.code, *(a.code for a in q.also)))
    messages = [query.message, *(a.message for a in query.also)]
    wanted = f"“Charged or summonsed” (it would have to be {int(right):,})."
    assert [m for m in messages if f"the wrong one is probably {wanted}" in m]


def said(queries: list[Query]) -> list[str]:
    """What is said of the sum of incidents, by itself or beneath another query."""
    own = [query.message for query in queries if query.code == "IN101"]
    return own + [also.message for query in queries for also in query.also if also.code == "IN101"]


@pytest.mark.parametrize(
    ("item", "title", "wrong"),
    [
        ("priority", "Priority response", lambda n: n * 10),
        ("scheduled", "Scheduled response", lambda n: n // 10),
        ("total", "All incidents", lambda n: n * 2),
    ],
)
def test_without_a_past_the_shares_of_others_name_it(
    item: str, title: str, wrong: Callable[[int], int], tmp_path: Path
) -> None:
    files = clean_round()
    row = files["returns/surrey/incidents.csv"].rows[0]
    right = int(row[item])
    row[item] = str(wrong(right))
    write_round(files, tmp_path)
    messages = said([query for query in engine.validate([tmp_path]).queries if query.force == "Surrey"])
    wanted = f"By the shares that others have, the wrong one is probably “{title}” (it would have to be {right:,})."
    assert len(messages) == 1
    assert messages[0].endswith(wanted)


def test_a_force_by_itself_has_no_others_to_be_like(tmp_path: Path) -> None:
    files = clean_round()
    row = files["returns/surrey/incidents.csv"].rows[0]
    row["priority"] = f"{row['priority']}0"
    write_round(files, tmp_path)
    queries = engine.validate([tmp_path / "returns" / "surrey"], alone=True).queries
    messages = said(list(queries))
    assert messages
    assert not any("probably" in message for message in messages)
