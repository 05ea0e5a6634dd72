"""`accepted.csv`: queries that were looked at and accepted, each with its figures and how far they may move."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from peelcheck.model import Acceptance, Band, Collection, OwnFigure
from peelcheck.rounds.files import stay_inside
from peelcheck.rounds.written_days import days_of
from peelcheck.schema.entries import Entry, shown
from peelcheck.schema.textfile import Digests, read_rows

COLUMNS = (
    *("id", "code", "force", "return", "item", "period_end", "figures", "fingerprint"),
    *("within", "until", "reason", "by", "date"),
)
_ID = re.compile("[0-9a-f]{12}")
_A_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?")
_FIGURE = re.compile(
    r"(?P<return>[a-z][a-z0-9_]*)\.(?P<item>[a-z][a-z0-9_]*) (?P<end>[0-9-]{10}) = (?P<value>-?[0-9]+(?:\.[0-9]+)?)"
)
_NUMBER = r"[0-9]{1,12}(?:\.[0-9]{1,6})?"
_WITHIN = re.compile(f"(?P<percent>{_NUMBER})%(?: or (?P<number>{_NUMBER}))?|(?P<alone>{_NUMBER})")
USUAL = Band()
"""The band where none is given: 1 percent or 2, whichever is more."""


def read_accepted(
    path: Path, collection: Collection, digests: Digests | None = None
) -> tuple[Acceptance, ...]:
    """The queries that were accepted; none where the file is not there. `digests` takes the file's.

    Raises:
        SchemaError: a row is not as `as_row` writes it, or an id stands twice.
    """
    if not os.path.lexists(path):
        return ()
    stay_inside(path)
    accepted: dict[str, Acceptance] = {}
    for number, cells in read_rows(path, COLUMNS, digests=digests, by_spreadsheet=True):
        row = {
            column: Entry(str(path), f"row {number}, {column}", _undefused(cells[column]) or None)
            for column in cells
        }
        one = _acceptance(row, number, collection)
        if one.id in accepted:
            row["id"].refuse(f"the same query is accepted in row {accepted[one.id].row}")
        accepted[one.id] = one
    return tuple(accepted.values())


def as_row(one: Acceptance) -> dict[str, str]:
    """An acceptance as a row of the file."""
    return {
        "id": one.id,
        "code": one.code,
        "force": one.force or "",
        "return": one.return_name or "",
        "item": one.item or "",
        "period_end": one.period_end.isoformat() if one.period_end else "",
        "figures": "; ".join(figure_text(figure) for figure in one.figures),
        "fingerprint": one.fingerprint,
        "within": band_text(one.within),
        "until": one.until.isoformat() if one.until else "",
        "reason": one.reason,
        "by": one.by,
        "date": one.day.isoformat(),
    }


def figure_text(figure: OwnFigure) -> str:
    """`domestic_abuse.arrests 2017-06-30 = 8772`."""
    return f"{figure.return_name}.{figure.item} {figure.period_end} = {_plain(figure.value)}"


def band_text(band: Band) -> str:
    """`1% or 2`, and without a part that is 0."""
    parts = [f"{_plain(band.percent)}%"] * (band.percent > 0) + [_plain(band.number)] * (band.number > 0)
    return " or ".join(parts) or "0"


def band_of(entry: Entry) -> Band:
    """A band as `band_text` writes it: `5%`, `10` or `5% or 10`.

    Raises:
        SchemaError: it is written otherwise.
    """
    text = entry.text()
    found = _WITHIN.fullmatch(text)
    if not found:
        entry.refuse(f"expected a percentage, a number or both, such as 5% or 10, not {shown(text)}")
    return Band(float(found["percent"] or 0), float(found["number"] or found["alone"] or 0))


def day_of(entry: Entry, collection: Collection, *, last: bool = False) -> date:
    """A date as 2017-12-31 or as a spreadsheet rewrites it; where it is the last day of something, a year is its 31 December.

    Raises:
        SchemaError: it is neither, or may be two days.
    """
    text = entry.text()
    if last and re.fullmatch("[0-9]{4}", text):
        text = f"{text}-12-31"
    days = days_of(text, collection.dates)
    if len(days) > 1:
        entry.refuse(f"{shown(text)} may be {days[0]} or {days[1]}; please write it as {days[0]}")
    if not days:
        entry.refuse(f"expected a date such as 2017-12-31{', or a year' if last else ''}, not {shown(text)}")
    return days[0]


def _acceptance(row: dict[str, Entry], number: int, collection: Collection) -> Acceptance:
    """One row; the value of a blank cell is None."""
    identity = row["id"].text()
    if not _ID.fullmatch(identity):
        why = "; a spreadsheet has made a number of it" if _A_NUMBER.fullmatch(identity) else ""
        row["id"].refuse(f"{shown(identity)} is not the id of a query (12 letters and digits){why}")
    return Acceptance(
        id=identity,
        code=row["code"].text(),
        force=row["force"].known(collection.force_names, collection.nouns.one)
        if row["force"].value
        else None,
        return_name=row["return"].value,
        item=row["item"].value,
        period_end=day_of(row["period_end"], collection) if row["period_end"].value else None,
        figures=tuple(_figures(row["figures"], collection)),
        fingerprint=row["fingerprint"].value or "",
        within=band_of(row["within"]) if row["within"].value else USUAL,
        until=day_of(row["until"], collection, last=True) if row["until"].value else None,
        reason=row["reason"].text(),
        by=row["by"].value or "",
        day=day_of(row["date"], collection),
        row=number,
    )


def _figures(entry: Entry, collection: Collection) -> Iterable[OwnFigure]:
    for text in (entry.value or "").split(";"):
        if not text.strip():
            continue
        found = _FIGURE.fullmatch(" ".join(text.split()))
        if not found:
            entry.refuse(
                f"expected figures such as domestic_abuse.arrests 2017-06-30 = 8772, not {shown(text)}"
            )
        end = Entry(entry.file, entry.key, found["end"])
        yield OwnFigure(found["return"], found["item"], day_of(end, collection), float(found["value"]))


def _undefused(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from reading it as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
