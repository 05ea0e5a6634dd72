"""Numbers, lists and ranks in plain English, as the report writes them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

_MOST_DECIMALS = 6
_ANY_DOUBLE = Context(prec=400)  # digits enough for the largest there is
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ORDINALS = (
    "",
    "",
    "second ",
    "third ",
    "fourth ",
    "fifth ",
    "sixth ",
    "seventh ",
    "eighth ",
    "ninth ",
    "tenth ",
)


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
BYTES = {"kB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
"""Units of the size of a file, in bytes."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(date_: date) -> str:
    """`30 June 2017`, in English whatever the machine speaks."""
    return f"{date_.day} {MONTHS[date_.month - 1]} {date_.year}"


def size(count: int) -> str:
    """A number of bytes as file managers show it: `850 bytes`, `1.2 MB`, `2 GB`; a thousand of each make one of the next."""
    for unit, bytes_ in reversed(BYTES.items()):
        if count >= bytes_:
            return f"{number(count / bytes_, 1).removesuffix('.0')} {unit}"
    return f"{count:,} bytes"


def number(value: float, decimals: int = 0) -> str:
    """A number with thousands separated, rounded half up as in print: 1,234 or 26.5."""
    if not math.isfinite(value):
        return "–"
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP, _ANY_DOUBLE)
    if rounded == 0:
        rounded = abs(rounded)
    return f"{rounded:,}"


def exact(value: float) -> str:
    """A figure in full, as precisely as it was sent: 1,234 or 12.5; of one that is next to nothing, how little it is."""
    if value == round(value):
        return number(value)
    return number(value, 4).rstrip("0") if abs(value) >= 5e-5 else f"{value:g}"


def about(value: float) -> str:
    """A number that is only an estimate: whole, but with one decimal below 10."""
    return number(value, 1 if abs(value) < 10 and value != round(value) else 0)


def count(n: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun in the right number: `1 query`, `3 queries`."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def counted(value: float, noun: str) -> str:
    """A number with a noun that is given in the plural: `1 repeat case`, `1,234 repeat cases`."""
    shown = exact(value) if math.isfinite(value) else number(value)
    return f"{shown} {singular(noun) if shown == '1' else noun}"


def singular(noun: str) -> str:
    """A plural noun for one: `risk assessments per crime` is `risk assessment per crime`, and `summonses` is `summons`."""
    head, *rest = re.split(r"(?= (?:per|of|in|for|from|with|to|by|on|at) )", noun, maxsplit=1)
    return " ".join([_one(word) for word in head.split(" ")]) + "".join(rest)


_PLURALS = (
    ("summonses", "summons"),
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("ies", "y"),
    ("ss", "ss"),
    ("s", ""),
)


def _one(word: str) -> str:
    for plural, one in _PLURALS:
        if word.endswith(plural):
            return word.removesuffix(plural) + one
    return word


def spelled(n: int) -> str:
    """Small numbers in words, others in figures."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def ordinal(n: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`, `22nd`."""
    suffix = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


def ranked(above: int, below: int, of: int) -> str:
    """A rank among those compared, counted from the nearer end: `highest`, `joint second lowest`, `17th highest`.

    Args:
        above: how many are higher.
        below: how many are lower.
        of: how many there are; those that are neither, but for the one spoken of, are equal.
    """
    place, end = (above + 1, "highest") if above <= below else (below + 1, "lowest")
    word = _ORDINALS[place] if place < len(_ORDINALS) else f"{ordinal(place)} "
    return f"{'joint ' if above + below + 1 < of else ''}{word}{end}"


def small(value: float, decimals: int = 0) -> str:
    """A number as `number` has it, but with as many decimals as it takes that what is not nothing is not 0."""
    shown = number(value, decimals)
    while value and not shown.strip("-0.") and decimals < _MOST_DECIMALS:
        decimals += 1
        shown = number(value, decimals)
    return shown


def against(value: float, yardstick: float) -> str:
    """How far a value is from a benchmark: `37 percent below`, `in line with`, `12 times`."""
    if yardstick == 0 or not math.isfinite(yardstick):
        return ""
    percent = 100 * (value - yardstick) / yardstick
    if abs(percent) < 0.5:
        return "in line with"
    if percent > 400:
        return f"{number(value / yardstick)} times"
    if value > 0 and percent <= -99.5:
        return "more than 99 percent below"
    return f"{number(abs(percent))} percent {'above' if percent > 0 else 'below'}"


def bounded(text: str) -> str:
    """The text of a cell for an output; of more than 1,000 characters the first, and how many there are."""
    if len(text) <= _LONGEST_CELL_SHOWN:
        return text
    return f"{text[:_LONGEST_CELL_SHOWN]}… (shortened: the cell has {len(text):,} characters)"


_LONGEST_CELL_SHOWN = 1_000


def sentence(text: str) -> str:
    """The text with a capital letter at its start."""
    return text[:1].upper() + text[1:]
