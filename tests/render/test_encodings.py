"""Characters that a screen lacks: ASCII stands in for them, and no question mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelcheck.render.encodings import fitted
from peelcheck.render.terminal.strip import ABOVE, AREA, BELOW, OWN

ENCODINGS = ["ascii", "cp437", "cp850", "cp1252", "latin-1", "utf-8"]
MARKS = ["·", ":", "≡", BELOW, ABOVE, AREA, OWN]


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("‹ ·:≡ | ● ›", "ascii", "< .:# | O >"),
        ("‹ ·:≡ | ● ›", "cp1252", "‹ ·:# | O ›"),
        ("‹ ·:≡ | ● ›", "cp437", "< ·:≡ | O >"),
        ("‹ ·:≡ | ● ›", "utf-8", "‹ ·:≡ | ● ›"),
        ("─── → “A–B” …", "ascii", '--- -> "A-B" ...'),
        ("─── → “A–B” …", "cp1252", "--- -> “A–B” …"),
        ("─── → “A–B” …", "cp437", '─── -> "A-B" ...'),
        ("Dŵr, Ynys Môn, ½, £5", "cp1252", "Dwr, Ynys Môn, ½, £5"),
        ("Ynys\u00a0Môn, 1½, 10², £5", "ascii", "Ynys Mon, 1\\xbd, 10\\xb2, \\xa35"),
        ("Кент?", "ascii", "\\u041a\\u0435\\u043d\\u0442?"),
        ("a\ud800", "utf-8", "a\\ud800"),
    ],
)
def test_what_stands_in(text: str, encoding: str, shown: str) -> None:
    assert fitted(text, encoding) == shown


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_marks_of_the_strip_stay_different_and_as_wide(encoding: str) -> None:
    shown = [fitted(mark, encoding) for mark in MARKS]
    assert len(set(shown)) == len(MARKS)
    assert {len(mark) for mark in shown} == {1}


@given(st.text(), st.sampled_from(ENCODINGS))
def test_everything_can_be_written_and_no_question_mark_is_added(text: str, encoding: str) -> None:
    shown = fitted(text, encoding)
    assert shown.encode(encoding).decode(encoding) == shown
    assert "?" in text or "?" not in shown
