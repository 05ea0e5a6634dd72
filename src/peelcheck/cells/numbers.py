"""Parse numbers as people write them. If the meaning is certain, a number is corrected with a note; else it is an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from peelcheck.arrays import Texts
from peelcheck.cells.characters import LONGEST, trimmed, typed
from peelcheck.cells.judging import Judge, Known, Sparingly, Verdict, absent, judged, matching
from peelcheck.cells.missing import NOTES, markers_of
from peelcheck.cells.number_hints import DIGITS, hint_for
from peelcheck.cells.parsed import CellState, Parsed
from peelcheck.rules.cell_rules import (
    CHARACTERS,
    NOT_NUMBER,
    NOT_WHOLE,
    REMARK,
    SPACES,
    THOUSANDS,
    TOO_LONG,
    ZEROS,
)
from peelcheck.wording import listed

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?=\.?[0-9])"
    r"(?P<digits>[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)|[0-9]*)"
    r"(?P<decimals>\.[0-9]*)?(?P<remarks>(?: ?\[[eprub]\])*)",
    re.IGNORECASE,
)
"""All ways to write a number whose meaning is certain, in ordinary characters."""

_DIGITS_ALONE = re.compile(r"[+-]?[0-9][0-9, ]*(?:\.[0-9]*)?")
"""A number of any length."""


class _Kind(Struct, frozen=True):
    """One kind of number.

    Attributes:
        code: the rule of an error.
        plain: the pattern of a number without any need for correction.
        unit: the unit that may be written with the number.
        whole: whether it must be a whole number.
    """

    code: str
    plain: str
    unit: re.Pattern[str] | None = None
    whole: bool = False

    def without_unit(self, text: str) -> str:
        return text if self.unit is None else self.unit.sub(r"\1", text, count=1)


_DECIMAL = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,80})?$"
_COUNT = _Kind(NOT_WHOLE, r"^(0|-?[1-9][0-9]{0,14})$", whole=True)
_DECIMALS = _Kind(NOT_NUMBER, _DECIMAL)
_PERCENT = _Kind(NOT_NUMBER, _DECIMAL, re.compile(r"(?<=[0-9.]) ?%((?: ?\[[a-z]+\])*)$", re.IGNORECASE))
_MONEY = _Kind(NOT_NUMBER, _DECIMAL, re.compile(r"^([+-]?)£ ?"))


def parse_counts(texts: Texts, *, missing: Iterable[str] = (), required: bool = False) -> Parsed:
    """Whole numbers as float64, NaN for none.

    Blank cells are blank. Known markers and the field's own `missing` marks mean missing, never zero. Numbers below zero are
    valid here: the schema says whether they are allowed. Decimals are bad unless they are zeros. In a `required` field, no
    hint suggests leaving the cell blank.
    """
    return _parse(texts, missing, _COUNT, required)


def parse_numbers(texts: Texts, *, missing: Iterable[str] = (), required: bool = False) -> Parsed:
    """Numbers with or without decimals after a full stop, as float64, NaN for none; see `parse_counts`."""
    return _parse(texts, missing, _DECIMALS, required)


def parse_percent(texts: Texts, *, missing: Iterable[str] = (), required: bool = False) -> Parsed:
    """Percentages from 0 to 100 as float64, with or without a percent sign: `12%` is 12; see `parse_numbers`."""
    return _parse(texts, missing, _PERCENT, required)


def parse_money(texts: Texts, *, missing: Iterable[str] = (), required: bool = False) -> Parsed:
    """Pounds as float64, with or without a pound sign before them; see `parse_numbers`."""
    return _parse(texts, missing, _MONEY, required)


def _parse(texts: Texts, missing: Iterable[str], kind: _Kind, required: bool) -> Parsed:
    markers = markers_of(missing)
    plain = matching(texts, kind.plain, markers)
    written = pc.if_else(pa.array(plain), texts, pa.scalar("0", pa.large_string()))
    values = pc.cast(written, pa.float64()).to_numpy(zero_copy_only=False) + 0.0  # which makes 0 of -0
    return judged(texts, _judge(kind, markers, required), np.float64, np.nan, Known(plain, values))


def _judge(kind: _Kind, markers: Mapping[str, str], required: bool) -> Judge:
    is_plain = re.compile(kind.plain[1:-1]).fullmatch
    hint = Sparingly(lambda text: hint_for(text, kind.whole, required))

    def judge(text: str) -> Verdict:
        inner = trimmed(text)
        if (gone := absent(inner, markers)) is not None:
            return gone
        if len(inner) > LONGEST:
            return Verdict(CellState.BAD, code=TOO_LONG if _DIGITS_ALONE.fullmatch(inner) else kind.code)
        if is_plain(inner):
            value = float(inner) + 0.0
            return Verdict(CellState.OK, value, "" if inner == text else SPACES, _plainly(value))
        clean = typed(inner)
        number = kind.without_unit(clean)
        found = _NUMBER.fullmatch(number)
        if found is None:
            return Verdict(CellState.BAD, None, kind.code, hint(number))
        return _verdict(found, kind, CHARACTERS if clean != inner else SPACES if inner != text else "", hint)

    return judge


def _verdict(found: re.Match[str], kind: _Kind, code: str, hint: Callable[[str], str]) -> Verdict:
    """The verdict on a text that has the form of a number. `code` is its note unless there is a more important one."""
    sign, written, decimals, remarks = found.groups("")
    digits, places = written.replace(",", "").replace(" ", ""), decimals[1:]
    if len(digits) > DIGITS and len(digits.lstrip("0")) > DIGITS:
        return Verdict(CellState.BAD, code=TOO_LONG)
    if kind.whole and places and (places.strip("0") or _may_be_thousands(written, places)):
        return Verdict(CellState.BAD, None, kind.code, hint(sign + written + decimals))
    value = float(f"{sign}{digits}{decimals}") + 0.0
    read = _plainly(value)
    if remarks:
        return Verdict(CellState.OK, value, REMARK, f"{read}, {_in_words(remarks)}")
    if len(digits) < len(written):
        code = THOUSANDS
    elif code != CHARACTERS and (
        sign == "+"
        or (written[:1] in ("0", "") and written != "0")
        or (decimals and (kind.whole or not places))
        or (sign and not value)
    ):
        code = ZEROS
    return Verdict(CellState.OK, value, code, read)


def _may_be_thousands(digits: str, decimals: str) -> bool:
    """Whether `1.000` may be a thousand: some countries separate thousands with a full stop."""
    return len(decimals) == 3 and len(digits) <= 3 and digits[:1] not in ("0", "")


def _in_words(remarks: str) -> str:
    """The meaning of marks such as `[p] [r]`, in words."""
    return listed(list(dict.fromkeys(NOTES[letter] for letter in re.findall("[a-z]", remarks.lower()))))


def _plainly(value: float) -> str:
    """The number as text, as it should be written."""
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
