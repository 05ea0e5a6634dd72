"""Proposed declarations in the form of `declarations.csv`, so that lines can be taken over from it."""

from __future__ import annotations

from collections.abc import Sequence

from peelcheck.model.proposals import Proposal
from peelcheck.render.csv import spreadsheet

_COLUMNS = ("force", "with", "return", "item", "measure", "period_end", "status", "reason", "source")


def as_declarations(proposals: Sequence[Proposal]) -> str:
    """A row for each proposal, in the order of forces, returns and rows; `source` says where it stands."""
    in_order = sorted(
        proposals, key=lambda one: (one.force, one.return_name, one.source, one.row, one.item or "")
    )
    return spreadsheet(
        _COLUMNS,
        [
            {
                **dict.fromkeys(_COLUMNS),
                "force": one.force,
                "return": one.return_name,
                "item": one.item,
                "period_end": one.period_end,
                "status": one.status.value,
                "reason": one.reason,
                "source": f"{one.source}, row {one.row}",
            }
            for one in in_order
        ],
    )
