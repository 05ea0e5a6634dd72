"""Which queries a person wants reported, and as how severe."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from peelcheck.model.enums import Severity


class Selection(Struct, frozen=True):
    """What to report: rules by code (`DA101`), the beginning of a code (`DA`), kind (`sums_to`) or return (`marac`).

    Without `select` everything is, but for what `ignore` names. `severity` gives rules another severity, by code.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
