"""Why a figure cannot be used: the text in full, and what the summary counts it under."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from peelcheck.model import CheckRun, Reason, ReasonKind, Status
from peelcheck.queries.summary import counts
from tests.support import made_result as made

SAID = [
    (Reason(ReasonKind.NOT_RECEIVED, "arrests"), "arrests not received", "not received"),
    (Reason(ReasonKind.RETURN_NOT_RECEIVED, "marac"), "marac was not received", "not received"),
    (Reason(ReasonKind.LEFT_BLANK), "left blank", "left blank"),
    (
        Reason(ReasonKind.NOT_SUPPLIED, "arrests", "no system: none"),
        "arrests not supplied: no system: none",
        "not supplied",
    ),
    (Reason(ReasonKind.PARTIAL, "arrests"), "arrests partial", "partial"),
    (
        Reason(ReasonKind.COMBINED, "cases", "A and B"),
        "cases combined in one figure for A and B",
        "combined in one figure",
    ),
    (
        Reason(ReasonKind.INCLUDED_ELSEWHERE, "groups", "Warwickshire"),
        "groups included in Warwickshire's figure",
        "included in another force's figure",
    ),
    (Reason(ReasonKind.BELOW_ZERO, "cases"), "cases below zero", "below zero"),
    (Reason(ReasonKind.DENOMINATOR_BELOW_ZERO), "the denominator is below zero", "below zero"),
    (
        Reason(ReasonKind.PART_ABOVE_WHOLE, detail="9 of 5"),
        "the part is greater than its whole: 9 of 5",
        "the part is greater than its whole",
    ),
    (
        Reason(ReasonKind.TOO_FEW_OTHERS, "no other force", "at least 10"),
        "no other force to compare with (at least 10 are needed)",
        "no other force to compare with (at least 10 are needed)",
    ),
]


@pytest.mark.parametrize(("reason", "text", "heading"), SAID)
def test_a_reason_in_full_and_in_the_summary(reason: Reason, text: str, heading: str) -> None:
    assert (reason.words(), reason.heading()) == (text, heading)


@pytest.mark.parametrize("kind", ReasonKind)
def test_every_kind_has_a_text(kind: ReasonKind) -> None:
    assert Reason(kind, "arrests", "{detail}").words()
    assert Reason(kind).heading()


def test_every_status_that_is_out_is_a_reason() -> None:
    assert {status.value for status in Status if status.is_out} < {kind.value for kind in ReasonKind}


def test_words_of_a_force_that_look_like_another_reason_are_not_counted_as_one() -> None:
    check = CheckRun("DA201")
    check.skip("Kent", Reason(ReasonKind.NOT_SUPPLIED, "arrests", "left blank"))
    check.skip("Durham", Reason(ReasonKind.NOT_COUNTED, "cases that were not received"))
    result = replace(made.result(), checks=(check,))
    assert dict(counts(result).reasons) == {"not supplied": 1, "could not be counted": 1}
