"""What the summary says of comparisons that could not be made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.rounds import SAMPLE, write_return
from tests.support.running import peelcheck

ESSEX = SAMPLE / "returns" / "essex"


def said(page: str) -> str:
    return " ".join(page.split())


def counted(*arguments: str | Path) -> dict[str, int]:
    summary = json.loads(peelcheck("validate", *arguments, "--format", "json").stdout)["summary"]
    found: dict[str, int] = summary["comparisons"]
    return found


def test_no_queries_is_never_said_alone(tmp_path: Path) -> None:
    file = write_return(tmp_path)
    done = peelcheck("validate", file)
    assert done.exit_code == 0
    page = said(done.stdout)
    assert "Returns 1 received, 1 with no queries from the checks that could run Queries" in page
    assert "Queries No queries from the 7 checks that could run. " in page
    found = counted(file)
    sentence = f"{found['not_made']} comparisons could not be made: no accepted figure 10 and not received 8"
    assert sentence in page
    assert f"with a context file {found['would_run_with_context']} of them could." in page


@pytest.mark.slow
def test_a_context_file_allows_what_was_promised(tmp_path: Path) -> None:
    assert peelcheck("context", SAMPLE, "--force", "Essex", "--output", tmp_path).exit_code == 0
    alone = counted(ESSEX, "--alone")
    with_context = counted(ESSEX, "--context", tmp_path)
    assert alone == {"made": 104, "not_made": 45, "would_run_with_context": 32}
    assert with_context["not_made"] == alone["not_made"] - alone["would_run_with_context"]
    assert with_context["made"] >= alone["made"] + alone["would_run_with_context"]
    assert with_context["would_run_with_context"] == 0
    page = said(peelcheck("validate", ESSEX, "--context", tmp_path).stdout)
    assert "other returns or accepted figures" not in page
    assert (
        "13 comparisons could not be made: no other force to compare with (at least 10 are needed) 13."
        in page
    )


def test_what_was_not_run_is_listed_with_what_it_needs(tmp_path: Path) -> None:
    file = write_return(tmp_path)
    page = said(peelcheck("validate", file, "--not-run").stdout)
    assert "Comparisons not made" in page
    assert "DA105 Kent, domestic_abuse: Last year's figure differs from the accepted figure" in page
    assert "(10 times): no accepted figure. Needs a context file." in page
    assert "domestic abuse crimes not received. Needs the whole round." in page
    assert "Comparisons not made" not in peelcheck("validate", file).stdout


def test_the_summary_says_it_beside_queries_too(tmp_path: Path) -> None:
    page = said(peelcheck("validate", write_return(tmp_path, total="665")).stdout)
    assert "Queries 1 error" in page
    assert "comparisons could not be made: " in page


@pytest.mark.slow
def test_a_round_counts_its_comparisons_too() -> None:
    found = counted(SAMPLE)
    assert found["would_run_with_context"] == 0
    assert found["made"] > 5000
