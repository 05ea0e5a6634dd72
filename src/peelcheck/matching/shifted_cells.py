"""Shifted cells and missing headings: rows that are too short or longer than the headings, and columns without a heading."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from peelcheck.matching.observations import HeadingLeftOut, HeadingsLeftBlank, ShiftedLeft, ShiftedRight
from peelcheck.matching.returns import Match
from peelcheck.model import ReturnSchema
from peelcheck.reading.columns import joined
from peelcheck.reading.observations import Observation
from peelcheck.reading.observations.headings import UnnamedColumns
from peelcheck.reading.observations.rows import ShortRows
from peelcheck.reading.table import TextTable
from peelcheck.reading.text import is_figure, letters_of

_LOOKED_AT = 100
_HALF = 0.5


def of_short_rows(one: Observation, table: TextTable, fit: Match) -> Iterator[Observation]:
    """FI104, and FI021 for those of its rows that end before the last figure that they should have.

    A row that is not half as long is no record with a cell too few.
    """
    if not isinstance(one, ShortRows):
        yield one
        return
    needed, title = _reach(table, fit)
    doubtful = sorted(
        row for reach, rows in table.short.items() if _HALF * needed <= reach < needed for row in rows
    )
    if not doubtful:
        yield one
        return
    rest = tuple(sorted(set(one.rows).difference(doubtful)))
    if rest:
        yield replace(one, rows=rest)
    yield ShiftedLeft(title, rows=tuple(doubtful))


def pushed_right(table: TextTable, fit: Match, told: Collection[int] = ()) -> Iterator[Observation]:
    """FI021 for rows with a number where the text behind the figures stands, and one blank among the figures.

    Where a spreadsheet pads all rows to one width, a cell that was inserted makes no row longer. Rows that are known (`told`)
    to have moved are left out.
    """
    schema = fit.schema
    title, at = _numbers_behind(table, fit)
    if schema is None or not at:
        return
    items = [item for item in schema.items if item.name in fit.columns]
    figures = {item.title: table.cells.column(fit.columns[item.name]) for item in items}
    blank_in: dict[str, list[int]] = {}
    for n in (n for n in at if table.cells.rows[n] not in told):
        blank = [heading for heading, cells in figures.items() if not str(cells[n]).strip()]
        if len(blank) == 1:
            blank_in.setdefault(blank[0], []).append(table.cells.rows[n])
    for blank_title, rows in blank_in.items():
        yield ShiftedRight(title, blank_title, rows=tuple(rows))


def _numbers_behind(table: TextTable, fit: Match) -> tuple[str, list[int]]:
    """The text that stands right behind the last figure, and at which of its cells a number does."""
    schema, names = fit.schema, table.cells.names
    if schema is None or schema.records:
        return "", []
    for field in schema.fields:
        if field.type != "string" or field.enum or field.pattern or field.name not in fit.columns:
            continue
        cells = table.cells.column(fit.columns[field.name])
        at = [n for n, cell in enumerate(cells) if str(cell).strip().isdecimal()]
        before = names[names.index(fit.columns[field.name]) - 1] if at else ""
        if before in {fit.columns.get(item.name) for item in schema.items}:
            return field.title, at
    return "", []


def _reach(table: TextTable, fit: Match) -> tuple[int, str]:
    """How many columns a row must fill at least, to the last that is asked for in it, and the title of that column.

    A return may have rows of several kinds, each for a period and year of its own; the kind that is soonest full counts.
    """
    schema = fit.schema
    places = {name: n for n, name in enumerate(table.cells.names, start=1)}
    always, kinds = (0, ""), dict[object, tuple[int, str]]()
    for field in schema.fields if schema else ():
        if field.name not in fit.columns or not (field.required or (field.is_item and not field.optional)):
            continue
        here = places[fit.columns[field.name]], field.title
        if not field.is_item:
            always = max(always, here)
        for year in field.years:
            kinds[field.period, year] = max(kinds.get((field.period, year), (0, "")), here)
    return max(always, min(kinds.values(), default=(0, "")))


def heading_left_out(table: TextTable, fit: Match, lacking: Sequence[str]) -> Observation | None:
    """FI022 where the rows are a cell longer than the headings because one of these is missing.

    Args:
        table: the file's cells.
        fit: the return that it is.
        lacking: fields that it should have, and has under no heading that is misspelt either.
    """
    schema = fit.schema
    strayed = "" if lacking or schema is None else _no_date(table, fit, schema)
    if not table.padded or schema is None or not (lacking or strayed):
        return None
    fields = tuple(schema[name] for name in lacking)
    return HeadingLeftOut(len(table.padded), fields, strayed, rows=(table.header_row,))


def _no_date(table: TextTable, fit: Match, schema: ReturnSchema) -> str:
    """The heading of the first column of dates, if an optional column is missing and no date stands under it."""
    dates = [f.name for f in schema.fields if f.type == "date" and f.name in fit.columns]
    if not dates or not set(fit.missing) - {"note"}:
        return ""
    heading = fit.columns[dates[0]]
    column = table.cells.column(heading)[:_LOOKED_AT]
    cells: list[str] = joined([column]).to_pylist()
    return "" if any(map(is_figure, cells)) or not any(map(str.strip, cells)) else heading


def headings_left_blank(
    table: TextTable, fit: Match, lacking: Sequence[str]
) -> tuple[list[Observation], set[str]]:
    """FI022 where columns without a heading stand where fields are missing, FI105 for the others; and which fields.

    Args:
        table: the file's cells.
        fit: the return that it is.
        lacking: fields that it should have, and has under no heading that is misspelt either.
    """
    between = {heading: _between(heading, table, fit, lacking) for heading in fit.nameless}
    blank = tuple(letters_of(heading) for heading, names in between.items() if names)
    others = tuple(letters_of(heading) for heading, names in between.items() if not names)
    meant = {name for names in between.values() for name in names}
    fields = tuple(field for field in (fit.schema.fields if fit.schema else ()) if field.name in meant)
    seen: list[Observation] = []
    if blank:
        seen.append(HeadingsLeftBlank(blank, fields, rows=(table.header_row,)))
    if others:
        seen.append(UnnamedColumns(others, rows=(table.header_row,)))
    return seen, meant


def _between(heading: str, table: TextTable, fit: Match, lacking: Sequence[str]) -> list[str]:
    """The missing fields that belong between the nearest known columns on both sides of one without a heading."""
    order = {name: n for n, name in enumerate(fit.schema.columns)} if fit.schema else {}
    places = {column: order[name] for name, column in fit.columns.items()}
    names = table.cells.names
    at = names.index(heading)
    before = next((places[name] for name in reversed(names[:at]) if name in places), -1)
    after = next((places[name] for name in names[at + 1 :] if name in places), len(order))
    return [name for name in lacking if before < order[name] < after]
