"""A figure that could not be compared says why, each reason through the whole engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelcheck import engine
from tests.support.running import peelcheck
from tests.support.sample import sample_figures
from tools.make_sample.__main__ import clean_round
from tools.make_sample.files import Files, write_round
from tools.make_sample.spoiling import MARCH, path_of, row_of

pytestmark = pytest.mark.slow

REPEATS, CASES = "MA201", "MA202"


def without_a_past() -> Files:
    """A round in which nothing is known of earlier years, so that figures are held against the other forces alone."""
    files = {path: file for path, file in clean_round().items() if not path.startswith("history/")}
    for path, file in files.items():
        if path.endswith("/marac.csv"):
            file.rows = [row for row in file.rows if row["period_end"] == MARCH]
    return files


def not_run(files: Files, folder: Path, code: str) -> dict[str | None, str]:
    """Why a comparison was not run, by force."""
    write_round(files, folder)
    (run,) = (check for check in engine.validate([folder]).checks if check.code == code)
    return {skipped.force: skipped.reason.words() for skipped in run.not_run}


def test_a_part_greater_than_its_whole(tmp_path: Path) -> None:
    files = without_a_past()
    row_of(files, path_of("Kent", "marac"), MARCH, "Kent").update(cases="500", repeat_cases="1700")
    assert not_run(files, tmp_path, REPEATS) == {
        "Kent": "the part is greater than its whole: 1,700 of 500",
    }


def test_a_whole_of_nothing(tmp_path: Path) -> None:
    files = without_a_past()
    row_of(files, path_of("Kent", "marac"), MARCH, "Kent").update(cases="0", repeat_cases="0")
    assert not_run(files, tmp_path, REPEATS) == {"Kent": "the denominator is 0"}


def test_too_few_others(tmp_path: Path) -> None:
    files = without_a_past()
    returns = sorted(path for path in files if path.endswith("/marac.csv"))
    for path in returns[10:]:
        del files[path]
    row_of(files, path_of("Bedfordshire", "marac"), MARCH, "Bedfordshire").update(cases="", repeat_cases="")
    reasons = not_run(files, tmp_path, CASES)
    assert len(reasons) == 43
    assert reasons["Avon and Somerset"] == "only 8 other forces to compare with (at least 10 are needed)"
    assert reasons["Bedfordshire"] == "cases left blank"
    assert reasons["Kent"] == "cases not received"


def test_a_part_greater_than_its_whole_is_none_of_the_others(tmp_path: Path) -> None:
    files = without_a_past()
    for path in sorted(path for path in files if path.endswith("/marac.csv"))[11:]:
        del files[path]
    row_of(files, path_of("Bedfordshire", "marac"), MARCH, "Bedfordshire").update(cases="5", repeat_cases="9")
    reasons = not_run(files, tmp_path, REPEATS)
    assert reasons["Avon and Somerset"] == "only 9 other forces to compare with (at least 10 are needed)"
    assert reasons["Bedfordshire"] == "the part is greater than its whole: 9 of 5"


def test_a_figure_for_two_forces_is_in_the_sum_for_both(tmp_path: Path) -> None:
    write_round(clean_round(), tmp_path)
    (tmp_path / "declarations.csv").write_text(
        "force,with,return,item,measure,period_end,status,reason,source\n"
        f"Warwickshire,West Mercia,antisocial_behaviour,,,{MARCH},combined,one system,\n",
        encoding="utf-8",
    )
    out = engine.figures([tmp_path]).out["asb_rate"]
    assert out == ()
    page = " ".join(peelcheck("figures", tmp_path, "--measure", "asb_rate").stdout.split())
    assert "West Mercia, incidents included in Warwickshire's figure." in page
    assert "Not in the England and Wales figure" not in page


def test_who_is_in_the_sum_is_decided_once() -> None:
    held = sample_figures()
    for area in held.area:
        own = held.of_measure(area.measure)
        out = {force for force, _ in held.out[area.measure]}
        counted = [figure for figure in own if figure.value is not None]
        assert not out & {figure.force for figure in counted}
        assert area.of == len(counted) == len(own) - len(out)
        assert area.numerator == sum(figure.numerator or 0 for figure in counted)
        assert area.denominator == sum(figure.denominator or 0 for figure in counted)
        included = area.footnote.partition(", far from")[0]
        assert not [force for force in out if force in included]
