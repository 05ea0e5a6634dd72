"""What a query about a comparison states in numbers."""

from __future__ import annotations

from msgspec import Struct

from peelcheck.model.enums import Tier
from peelcheck.model.places import Location


class Evidence(Struct, frozen=True, kw_only=True):
    """What speaks against one figure of a measure. There are at most as many of these as there are forces.

    `value`, `expected`, `lower`, `upper`, `area_rate`, `group_rate`, `previous` and `peers` are in `unit`, the unit of the
    measure. None where something is not known. `swapped_with` is the item (`return.item`) that the figure was swapped with.
    `without_cause` is the message without the likely cause that it
    names, "" where it names none.
    """

    measure: str
    tier: Tier
    value: float
    unit: str
    expected: float
    lower: float
    upper: float
    score: float
    factor_visible: float
    impact: float
    suspicion: float
    of: int
    rank: int | None = None
    area_rate: float | None = None
    group_rate: float | None = None
    group_rank: int | None = None
    group_of: int | None = None
    previous: float | None = None
    cause: str | None = None
    peers: tuple[float, ...] = ()
    locations: tuple[Location, ...] = ()
    without_cause: str = ""
    swapped_with: str | None = None
