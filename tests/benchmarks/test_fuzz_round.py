"""A short run of the fuzzer of rounds, and that it would see a broken promise."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from benchmarks.fuzz_round.__main__ import fuzz, one, write
from benchmarks.fuzz_round.base import Files, base, parsed, written
from benchmarks.fuzz_round.mutations import CHANGES, WEIGHTS, mutated
from benchmarks.fuzz_round.promises import hold, is_plain, untouched
from peelcheck import engine
from peelcheck.render import RENDERERS
from peelcheck.render.look import Look

pytestmark = pytest.mark.slow


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 (chance, not secrets)


def test_a_short_run_breaks_no_promise(tmp_path: Path) -> None:
    counts = fuzz(25, 11, tmp_path / "kept")
    assert counts["executions"] + counts["not written"] == 25
    assert counts["failures"] == 0, [path.read_text() for path in tmp_path.glob("kept/*.txt")]
    assert counts["cells"] > 50
    assert counts["refused"] < 20


def test_the_round_itself_is_checked_and_its_locations_are_read_again(tmp_path: Path) -> None:
    files = base()
    write(files, tmp_path)
    outcome = one(files, tmp_path, chance(0))
    assert (outcome.refused, outcome.cells > 0) == ("", True)
    untouched(tmp_path, files)


def test_the_same_seed_makes_the_same_rounds_and_every_change_is_made() -> None:
    files = base()
    assert mutated(files, chance(5)) == mutated(files, chance(5))
    assert len(CHANGES) == len(WEIGHTS)
    for change in CHANGES:
        different = 0
        for seed in range(20):
            other = dict(files)
            change(other, chance(seed))
            different += other != files
        assert different > 5, change.__name__


def result_of(folder: Path) -> tuple[dict[str, Any], Files]:
    files = base()
    path = "round/returns/kent/incidents.csv"
    rows = parsed(files[path])
    rows[1][rows[0].index("total")] = "x"
    files[path] = written(rows)
    write(files, folder)
    result = engine.validate([folder / "round"], schemas=folder / "schemas")
    return json.loads(str(RENDERERS["json"](result, Look()))), files


@pytest.mark.parametrize("broken", ["value", "row", "id", "count", "checksum", "held", "total", "number"])
def test_a_broken_promise_is_seen(tmp_path: Path, broken: str) -> None:
    result, files = result_of(tmp_path)
    plain = {name for name in files if is_plain(files[name])}
    assert hold(json.dumps(result), files, plain) > 0
    places = [place for query in result["queries"] for place in query["locations"] if place["value"] == "x"]
    match broken:
        case "value":
            places[0]["value"] = "y"
        case "row":
            places[0]["row"] = 3
        case "id":
            result["queries"][1]["id"] = result["queries"][0]["id"]
        case "count":
            result["summary"]["queries"]["error"] += 1
        case "checksum":
            result["files"][0]["sha256"] = "0" * 64
        case "held":
            result["checks"][0]["held"] += 1
        case "total":
            result["queries"][0]["locations_total"] += 1
        case _:
            result["queries"][0]["score"] = float("nan")
    with pytest.raises(AssertionError):
        hold(json.dumps(result), files, plain)


def test_a_file_that_was_changed_or_added_is_seen(tmp_path: Path) -> None:
    files = base()
    write(files, tmp_path)
    (tmp_path / "round" / "new.csv").write_text("x")
    with pytest.raises(AssertionError, match="other files"):
        untouched(tmp_path, files)
    (tmp_path / "round" / "new.csv").unlink()
    (tmp_path / "round" / "round.yaml").write_text("x")
    with pytest.raises(AssertionError, match="was changed"):
        untouched(tmp_path, files)
