"""What the parameters of a check may be: a kind annotates its fields with these, and YAML is checked against them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from msgspec import Struct

from peelcheck.model import NUMBERS, Field
from peelcheck.tables.conditions import Where


class Names(Struct, frozen=True):
    """The parameter names a column: what it must be, in words, and whether it may be another return's (`return.item`)."""

    what: str
    fits: Callable[[Field], bool]
    elsewhere: bool = False


class AtLeast(Struct, frozen=True):
    """The smallest number that a parameter may be, or the smallest number of columns that it names."""

    least: int


class Matches(Struct, frozen=True):
    """The parameter is a table of conditions: columns of the return itself, each with a value or a list of values."""


def _is_number(field: Field) -> bool:
    return field.type in NUMBERS


Column = Annotated[str, Names("a column", lambda field: True)]
Day = Annotated[str, Names("a column of dates", lambda field: field.type == "date")]
Item = Annotated[str, Names("an item (a number with a period)", lambda field: field.is_item)]
OwnNumber = Annotated[str, Names("a column of numbers", _is_number)]
Number = Annotated[str, Names("a column of numbers", _is_number, elsewhere=True)]

Conditions = Annotated[Where, Matches()]

Amount = Annotated[float, AtLeast(0)]
Count = Annotated[int, AtLeast(0)]
Units = Annotated[int, AtLeast(1)]
