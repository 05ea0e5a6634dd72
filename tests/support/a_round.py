"""A small round: Kent's return on domestic abuse, with nothing wrong in it, and the program on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from peelcheck.cli import main

COLUMNS = "force,period_start,period_end,arrests,risk_assessments,charged_summonsed,out_of_court_disposals,"
COLUMNS += "victim_does_not_support,other_outcomes,outcomes_total,dvpns_issued,dvpos_applied,dvpos_granted,dvpos_breached"
RETURN = f"""{COLUMNS}
Kent,2016-07-01,2017-06-30,1201,1507,311,102,203,50,666,5,4,3,1
Kent,2015-07-01,2016-06-30,1104,1489,283,91,192,41,607,4,3,2,1
"""
ROUND = "collection: peel-2017\ntitle: A small round\ndate: 2017-10-31\n"
HEADINGS = "force,with,return,item,measure,period_end,status,reason,source\n"


def a_round(folder: Path) -> Path:
    """A round's folder with one return."""
    root = folder / "round"
    kent = root / "returns" / "kent"
    kent.mkdir(parents=True)
    (root / "round.yaml").write_text(ROUND, encoding="utf-8")
    (kent / "domestic_abuse.csv").write_text(RETURN, encoding="utf-8")
    return root


def peelcheck(*arguments: str | Path) -> Result:
    """Run the program in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="peelcheck")


def refused(root: Path) -> str:
    """What is said of a round that cannot be checked: exit code 2 of both commands, and nothing on stdout."""
    said = []
    for command in ("validate", "figures"):
        ran = peelcheck(command, root)
        assert (ran.exit_code, ran.stdout) == (2, ""), ran.stderr
        assert "Traceback" not in ran.stderr
        said.append(ran.stderr)
    assert said[0] == said[1]
    return said[0].removeprefix("Error: ").removesuffix("\n")


def unopened(*paths: Path) -> list[tuple[str | None, str]]:
    """Force and message of every file that could not be opened, for which the run ends with exit code 1."""
    ran = peelcheck("validate", *paths, "--format", "json")
    assert ran.exit_code == 1, ran.stderr
    assert ran.stderr == ""
    found: list[dict[str, Any]] = [q for q in json.loads(ran.stdout)["queries"] if q["code"] == "FI001"]
    for query in found:
        assert [place["row"] for place in query["locations"]] == [None]
    assert peelcheck("figures", *paths).exit_code == 0
    return [(query["force"], query["message"]) for query in found]
