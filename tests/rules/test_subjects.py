"""What each rule says that it is about."""

from __future__ import annotations

from collections import defaultdict

from peelcheck.model import Subject
from peelcheck.rules.registry import built_in


def test_every_rule_is_about_something() -> None:
    codes: dict[Subject, list[str]] = defaultdict(list)
    for code, rule in built_in().items():
        codes[rule.about].append(code)
    assert codes[Subject.QUOTATION_MARKS] == ["FI009", "FI011"]
    assert codes[Subject.ROW_LENGTH] == ["FI104"]
    assert codes[Subject.NO_RECORD] == ["RO107", "RO119", "RO121"]
    assert {code[:2] for code in codes[Subject.CELL]} == {"CE"}
    assert {code[:2] for code in codes[Subject.VALUE]} == {"TY"}
    assert {code[:2] for code in codes[Subject.ROW]} == {"RO"}
    assert [code for code in codes[Subject.FILE] if not code.startswith("FI")] == ["RO122", "RO128", "RO129"]
    assert codes[Subject.FIGURE] == [
        "RO130",
        "RO131",
    ]  # as checks and comparisons are, which are not built in
