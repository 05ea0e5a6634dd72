"""Figures with decimals are shown as they were sent: 33.9 full-time posts are not 34."""

from __future__ import annotations

from pathlib import Path

from tests.support.collections import copied
from tests.support.rounds import a_round
from tests.support.running import peelcheck

HEADINGS = (
    "force,period_start,period_end,registered_sex_offenders,staff,offender_managers,sergeants,support_staff"
)
RETURN = f"""{HEADINGS},outstanding_visits
Kent,2017-09-01,2017-09-01,1817,44.9,33.9,5,6,0.2
"""


def of_full_time_posts(folder: Path) -> Path:
    """The collection with posts counted in full-time equivalents, and a limit with a decimal; the folder that it is in."""
    collection = copied(folder)
    file = collection / "sex_offenders.yaml"
    own, *others = file.read_text(encoding="utf-8").split("  - name: ")
    numbers = {"staff", "offender_managers", "outstanding_visits"}
    changed = [
        one.replace("type: integer", "type: number").replace("minimum: 0", "minimum: 0.5")
        if one.split("\n")[0] in numbers
        else one
        for one in others
    ]
    file.write_text("  - name: ".join([own, *changed]), encoding="utf-8")
    return collection.parent


def test_posts_are_not_rounded(tmp_path: Path) -> None:
    root, schemas = a_round(tmp_path, RETURN, "sex_offenders.csv"), of_full_time_posts(tmp_path / "schemas")
    page = peelcheck("figures", root, "--force", "Kent", "--schemas", schemas).stdout
    rows = [line.split() for line in page.splitlines()]
    assert next(row[-2] for row in rows if row[:2] == ["Offender", "managers"]) == "33.9"
    assert next(row[-2] for row in rows if row[:1] == ["Sergeants"]) == "5"


def test_a_limit_is_not_rounded(tmp_path: Path) -> None:
    root, schemas = a_round(tmp_path, RETURN, "sex_offenders.csv"), of_full_time_posts(tmp_path / "schemas")
    page = peelcheck("validate", root, "--schemas", schemas, "--format", "lines", "--select", "TY102").stdout
    assert page.strip().endswith("“Outstanding visits” is “0.2”; the smallest value allowed is 0.5.")
