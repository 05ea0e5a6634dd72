"""Cells that moved, and headings left out: rows that end too soon, or are longer than the headings; columns without one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from peelcheck.matching.returns import Match
from peelcheck.model import ReturnSchema
from peelcheck.reading.columns import joined
from peelcheck.reading.messages import about_unnamed
from peelcheck.reading.problems import Problem, named, problem, some
from peelcheck.reading.table import TextTable
from peelcheck.reading.text import is_figure

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
    message = (
        f"{named(doubtful)}: fewer cells than headings, and nothing under “{title}”. If a cell was deleted, the cells after "
        f"it are one column too far to the left. No figure in {_these(doubtful)} was used."
    )
    yield problem("FI021", message, doubtful)


def pushed_right(table: TextTable, fit: Match, told: Collection[int] = ()) -> Iterator[Problem]:
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
        message = (
            f"{named(rows)}: a number under “{title}”, and nothing under “{blank_title}”. If a cell was inserted, the "
            f"cells after it are one column too far to the right. No figure in {_these(rows)} was used."
        )
        yield problem("FI021", message, rows)


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


def _these(rows: Sequence[int]) -> str:
    return "the row" if len(rows) == 1 else "these rows"


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
    why = f"there is no heading {lacks}" if lacks else f"the values under “{strayed}” are not dates"
    message = (
        f"{len(table.padded):,} rows have one cell more than the headings in row {table.header_row}, and {why}. If a heading "
        "was deleted, every figure after it is under the wrong heading. No figure in these rows was used."
    )
    return problem("FI022", message, [table.header_row])


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
) -> tuple[list[Problem], set[str]]:
    """FI022 where columns without a heading stand where fields are missing, FI105 for the others; and which fields.

    Args:
        table: the file's cells.
        fit: the return that it is.
        lacking: fields that it should have, and has under no heading that is misspelt either.
    """
    between = {heading: _between(heading, table, fit, lacking) for heading in fit.nameless}
    letters = {heading: heading.removeprefix("column ") for heading in between}
    blank = [letters[heading] for heading, names in between.items() if names]
    others = [letters[heading] for heading, names in between.items() if not names]
    meant = {name for names in between.values() for name in names}
    problems = [about_unnamed(others, table.header_row)] if others else []
    return [*([_left_blank(blank, table, fit, meant)] if blank else []), *problems], meant


def _between(heading: str, table: TextTable, fit: Match, lacking: Sequence[str]) -> list[str]:
    """The missing fields that belong between the nearest known columns on both sides of one without a heading."""
    order = {name: n for n, name in enumerate(fit.schema.columns)} if fit.schema else {}
    places = {column: order[name] for name, column in fit.columns.items()}
    names = table.cells.names
    at = names.index(heading)
    before = next((places[name] for name in reversed(names[:at]) if name in places), -1)
    after = next((places[name] for name in names[at + 1 :] if name in places), len(order))
    return [name for name in lacking if before < order[name] < after]


def _left_blank(columns: Sequence[str], table: TextTable, fit: Match, meant: Collection[str]) -> Problem:
    """FI022 for columns without a heading and fields without a column."""
    assert fit.schema is not None  # noqa: S101
    titles = [f"“{field.title}” ({field.name})" for field in fit.schema.fields if field.name in meant]
    one = len(columns) == 1
    have = f"Column {columns[0]} has" if one else f"Columns {some(columns)} have"
    if len(titles) > 1:
        which = f"Which of these {'is it' if one else 'are they'}?"
    else:
        which = "Is that what it holds?" if one else "Which of them holds that?"
    message = (
        f"{have} values but no heading in row {table.header_row}, and no column is headed {' or '.join(titles)}. {which} "
        f"{'Its' if one else 'Their'} cells were not used."
    )
    return problem("FI022", message, [table.header_row])
