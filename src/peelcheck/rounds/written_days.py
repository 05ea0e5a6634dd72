"""Days in files that people write for the program, also as a spreadsheet rewrites them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Literal


def days_of(text: str, first: Literal["day", "month"] | None) -> list[date]:
    """The days that a text may be: `2017-06-30`, or with the year last, as a spreadsheet writes it (`30/06/2017`).

    Args:
        text: what was written.
        first: what comes first in a date with the year last; where that is not known, both orders are tried.

    Returns:
        None, one or two days; none if the text is no date.
    """
    parts = re.fullmatch("([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    last = re.fullmatch("([0-9]{1,2})([/.-])([0-9]{1,2})\\2([0-9]{4})", text)
    numbers = []
    if parts:
        numbers = [(int(parts[1]), int(parts[2]), int(parts[3]))]
    elif last:
        one, other, year = int(last[1]), int(last[3]), int(last[4])
        orders = {"day": (year, other, one), "month": (year, one, other)}
        numbers = list(orders.values()) if first is None else [orders[first]]
    days: dict[date, None] = {}
    for each in numbers:
        with suppress(ValueError):
            days[date(*each)] = None
    return list(days)
