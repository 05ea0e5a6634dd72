"""The rules as a table for a spreadsheet: a row a rule, without its parameters."""

from __future__ import annotations

from collections.abc import Sequence

from peelcheck.model import CheckSpec
from peelcheck.render.csv import spreadsheet
from peelcheck.render.fields import RULE
from peelcheck.render.forms import Csv
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered

_NO_COLUMNS = ("parameters", "file")
_COLUMNS = {name: of for name, of in RULE.items() if name not in _NO_COLUMNS}


def rules_csv(rules: Sequence[CheckSpec], look: Look) -> str:
    """A row a rule, without its parameters."""
    return spreadsheet(_COLUMNS, [{name: of(rule) for name, of in _COLUMNS.items()} for rule in rules])


RULES = Rendered("csv", (".csv",), Csv(tuple(_COLUMNS)), rules_csv)
