"""Nothing that a force wrote is obeyed by a terminal or a spreadsheet."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelcheck.render.safe import defused, quoted, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12,345", "12,345"),
        ("Dyfed–Powys £5", "Dyfed–Powys £5"),
        ("no\u00a0break", "no\u00a0break"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("one\r\ntwo\tthree", r"one\r\ntwo\tthree"),
        ("\u202e123", r"\u202e123"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("\ud800", r"\ud800"),
        ("\x9b2J", r"\x9b2J"),
        ("[bold]text[/bold]", "[bold]text[/bold]"),
    ],
)
def test_what_a_terminal_would_obey_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_visible_text_holds_nothing_that_acts(text: str) -> None:
    shown = visible(text)
    assert {unicodedata.category(c) for c in shown}.isdisjoint({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    assert visible(shown) == shown


@pytest.mark.parametrize("cell", ["=1+1", "+44+x", "-5-2", "-x", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_cell_that_would_start_a_formula_is_read_as_text(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "5", "a=1", "'=1", "–5", " =1", "+44", "-5", "-1,234.5", "-3.5%"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert defused(cell) == cell


def test_a_long_cell_says_how_long_it_is() -> None:
    assert quoted("x" * 5000) == f"“{'x' * 60}…” (5,000 characters)"
    assert quoted("118480") == "“118480”"
