"""A return of one force, and the command line on it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from peelcheck.cli import main

COLUMNS = "force,period_start,period_end,arrests,risk_assessments,charged_summonsed,out_of_court_disposals,"
COLUMNS += "victim_does_not_support,other_outcomes,outcomes_total,dvpns_issued,dvpos_applied,dvpos_granted,dvpos_breached"
NOW = "Kent,2016-07-01,2017-06-30,{arrests},1507,311,102,203,50,{total},5,4,3,1"
BEFORE = "Kent,2015-07-01,2016-06-30,1104,1489,283,91,192,41,607,4,3,2,1"


def write_return(folder: Path, *, arrests: str = "1201", total: str = "666") -> Path:
    """Kent's return on domestic abuse; by default there is nothing wrong with it."""
    file = folder / "kent" / "domestic_abuse.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = [COLUMNS, NOW.format(arrests=arrests, total=total), BEFORE]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def peelcheck(*arguments: str | Path) -> Result:
    """Run the program in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="peelcheck")
