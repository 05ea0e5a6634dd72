"""All that the schema of crime records asks, as a data team writes it by hand with pandas: `by_hand` has the least of it.

python -m benchmarks.speed.by_hand_all FILE
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

SCHEMAS = Path(__file__).parents[2] / "schemas" / "peel-2017"
DATES = ("date_recorded", "date_committed", "outcome_date")
SHOWN = 20


class Checks:
    """The records, and what is wrong with them, one line a kind with the first rows of the spreadsheet."""

    def __init__(self, path: str) -> None:
        self.schema = yaml.safe_load((SCHEMAS / "crime_records.yaml").read_text(encoding="utf-8"))
        self.forces = pd.read_csv(SCHEMAS / "forces.csv", dtype=str)
        self.frame = pd.read_csv(path, dtype=str, keep_default_na=False, engine="c")
        self.bad = 0

    def report(self, column: str, what: str, wrong: Any) -> None:
        """Count the rows that are wrong and print the first."""
        rows = self.frame.index[wrong]
        self.bad += len(rows)
        values = self.frame.loc[rows[:SHOWN], column].tolist() if len(rows) else []
        print(column, what, len(rows), [*zip((rows[:SHOWN] + 2).tolist(), values, strict=True)])

    def run(self) -> int:
        """Every check; how many cells or rows are wrong."""
        parsed = {field["name"]: self.field(field) for field in self.schema["fields"]}
        self.report("force", "is not known", ~self.frame["force"].isin(self.forces["name"]))
        code_of = self.forces.set_index("name")["code"]
        other = self.frame["force"].map(code_of) != self.frame["force_code"]
        self.report("force_code", "is not the force's", other & (self.frame["force_code"] != ""))
        for earlier, later in (("date_committed", "date_recorded"), ("date_recorded", "outcome_date")):
            self.report(later, f"is before {earlier}", parsed[later] < parsed[earlier])
        by_force = self.frame.groupby("force")
        print(by_force.size().to_dict())
        for column, value in (("outcome_type", "Charged or summonsed"), ("domestic_abuse", "yes")):
            print(value, self.frame[self.frame[column] == value].groupby("force").size().to_dict())
        return self.bad

    def field(self, field: dict[str, Any]) -> Any:
        """One column against its constraints; its values."""
        name, rules = field["name"], field.get("constraints", {})
        column = self.frame[name].str.strip()
        filled = column != ""
        self.report(name, "has spaces around", column != self.frame[name])
        if rules.get("required"):
            self.report(name, "is blank", ~filled)
        if rules.get("unique"):
            self.report(name, "is there twice", column.duplicated(keep=False) & filled)
        if "enum" in rules:
            self.report(name, "is not allowed", ~column.isin(rules["enum"]) & filled)
        if "pattern" in rules:
            self.report(name, "has another form", ~column.str.fullmatch(rules["pattern"]) & filled)
        if field["type"] != "date":
            return column
        days = pd.to_datetime(column, format="%Y-%m-%d", errors="coerce")
        self.report(name, "is no date", days.isna() & filled)
        if "minimum" in rules:
            self.report(name, "is too early", days < pd.Timestamp(rules["minimum"]))
            self.report(name, "is too late", days > pd.Timestamp(rules["maximum"]))
        return days


if __name__ == "__main__":
    sys.exit(1 if Checks(sys.argv[1]).run() else 0)
