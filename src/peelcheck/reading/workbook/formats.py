"""Number formats of cells: where one shows another figure than the cell holds."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from msgspec import Struct

_BUILT_IN = {"1": "0", "3": "#,##0", "9": "0%", "10": "0.00%", "37": "#,##0", "38": "#,##0"}
"""Formats that have no code in the file, of those that may hide digits which a figure of a return has.

Two decimal places (2 and 4) hide nothing that is asked for.
"""
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Parts of a format that show no digit: texts, spaces, colours, conditions."""
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([#0?]*))?(,*)")
_DATE = re.compile(r"[ymdhsYMDHS]|General|@|[eE][+-]|/")


class Format(Struct, frozen=True):
    """How a figure is shown: with how many decimal places, in percent, in how many thousands."""

    places: int
    percent: bool
    thousands: int

    def shows(self, text: str) -> tuple[str, str] | None:
        """What a cell with a number shows and what it holds, if that is not the same figure; else None."""
        try:
            value = Decimal(text)
            held = Decimal(f"{float(value):.15g}")
            scaled = held * (100 if self.percent else 1) / Decimal(1000) ** self.thousands
            shown = scaled.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)
        except (InvalidOperation, ValueError, OverflowError):
            return None
        if shown == held and not self.percent:
            return None
        return f"{shown:,f}{'%' * self.percent}", f"{held:f}"


def format_of(number: str, code: str | None) -> Format | None:
    """The format of a number and, where the file gives one, its code; None where it cannot show another figure.

    A format of dates or of scientific notation is none: such a cell is told by its value.
    """
    code = _BUILT_IN.get(number) if code is None else code
    if code is None:
        return None
    positive = _ASIDE.sub("", code).split(";")[0]
    if _DATE.search(positive):
        return None
    digits = _DIGITS.search(positive)
    if digits is None:
        return None
    thousands = len(digits[2]) if digits[1] is not None else len(digits[0]) - len(digits[0].rstrip(","))
    places, percent = len(digits[1] or ""), "%" in positive
    return Format(places, percent, thousands) if percent or thousands or places < 2 else None
