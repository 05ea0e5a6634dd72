"""Cells that moved: rows that end too soon, and rows that are longer than the headings because one of these is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peelcheck.model import ReturnSchema
from peelcheck.reading.frames import joined
from peelcheck.reading.problem import Problem, named, problem
from peelcheck.reading.shape import is_figure
from peelcheck.reading.table import TextTable
from peelcheck.recognise import Match

_LOOKED_AT = 100
_HALF = 0.5


def of_short_rows(one: Problem, table: TextTable, fit: Match) -> Iterator[Problem]:
    """FI104, and FI021 for those of its rows that end before the last figure that they should have.

    A row that is not half as long is no record with a cell too few.
    """
    if one.code != "FI104":
        yield one
        return
    needed, title = _reach(table, fit)
    doubtful = sorted(
        row for reach, rows in table.short.items() if _HALF * needed <= reach < needed for row in rows
    )
    if not doubtful:
        yield one
        return
    rest = sorted(set(one.rows).difference(doubtful))
    if rest:
        said = one.message.removeprefix(named(one.rows))
        yield problem("FI104", f"{named(rest)}{said}", rest)
    row = "the row" if len(doubtful) == 1 else "these rows"
    message = (
        f"{named(doubtful)}: fewer cells than headings, and nothing under “{title}”. If a cell was deleted, those behind it "
        f"stand one column too far to the left. No figure of {row} was used."
    )
    yield problem("FI021", message, doubtful)


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


def heading_left_out(table: TextTable, fit: Match, lacking: Sequence[str]) -> Problem | None:
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
    lacks = " or ".join(f"“{schema[name].title}” ({name})" for name in lacking)
    why = f"there is no heading {lacks}" if lacks else f"what stands under “{strayed}” is no date"
    message = (
        f"{len(table.padded):,} rows have one cell more than the headings in row {table.header_row}, and {why}. If a heading "
        "was deleted, every figure behind it stands under another's. No figure of these rows was used."
    )
    return problem("FI022", message, [table.header_row])


def _no_date(table: TextTable, fit: Match, schema: ReturnSchema) -> str:
    """The heading of the first column of dates, if an optional column is missing and no date stands under it."""
    dates = [f.name for f in schema.fields if f.type == "date" and f.name in fit.columns]
    if not dates or not set(fit.missing) - {"note"}:
        return ""
    heading = fit.columns[dates[0]]
    column = table.cells.columns[table.cells.names.index(heading)][:_LOOKED_AT]
    cells: list[str] = joined([column]).to_pylist()
    return "" if any(map(is_figure, cells)) or not any(map(str.strip, cells)) else heading
