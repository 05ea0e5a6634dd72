"""The rules about values that do not have the type of their column (TY). Loads no pandas."""

from __future__ import annotations

from peelcheck.model import CheckSpec, Severity, Subject
from peelcheck.rules.built_in_rule import rule

REQUIRED_BLANK = "TY101"
BELOW_MINIMUM = "TY102"
ABOVE_MAXIMUM = "TY103"
VALUE_NOT_ALLOWED = "TY104"
WRONG_FORM = "TY105"
REPEATED_VALUE = "TY106"


def _rule(code: str, title: str, ask: str, why: str) -> CheckSpec:
    return rule(code, Severity.ERROR, title, ask, why, about=Subject.VALUE, acceptable=False)


TYPE_RULES = (
    _rule(
        REQUIRED_BLANK,
        "Required cell is blank",
        "Please fill in the cell.",
        "Without it the row cannot be used.",
    ),
    _rule(
        BELOW_MINIMUM,
        "Below the smallest value allowed",
        "Please check the value and correct it.",
        "The schema sets the smallest value for the item. A count cannot be negative unless the schema allows it.",
    ),
    _rule(
        ABOVE_MAXIMUM,
        "Above the largest value allowed",
        "Please check the value and correct it.",
        "The schema sets the largest value for the item.",
    ),
    _rule(
        VALUE_NOT_ALLOWED,
        "Not one of the values allowed",
        "Please use one of the values allowed, spelt as in the template.",
        "A value that is spelt differently is counted as a different category.",
    ),
    _rule(
        WRONG_FORM,
        "Not in the required format",
        "Please write the value in the format that the template shows.",
        "References and codes in another format cannot be matched.",
    ),
    _rule(
        REPEATED_VALUE,
        "Same value more than once",
        "Please check whether the record was entered twice.",
        "The column identifies a record, so each value may appear in it only once.",
    ),
)
