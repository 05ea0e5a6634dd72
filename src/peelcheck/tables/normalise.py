"""Turn the text tables of a return into one typed table, with a finding for every cell that could not be parsed.

Types are made here, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from msgspec.structs import replace

from peelcheck.arrays import ByDistinct, merged, objects
from peelcheck.cells.characters import shortened
from peelcheck.cells.parsed import CellState, Parsed
from peelcheck.matching.sheets import Sheet
from peelcheck.model import Collection, Findings, Nouns, ReturnSchema, Source
from peelcheck.model.returns import OF_THE_ROW
from peelcheck.reading.columns import joined
from peelcheck.rules.cell_rules import CELL_RULES, TWO_DATES
from peelcheck.rules.registry import built_in
from peelcheck.tables.parse_fields import parse_fields
from peelcheck.tables.row_origin import RowOrigin
from peelcheck.tables.row_status import find_row_status
from peelcheck.tables.row_status_findings import row_status_findings
from peelcheck.tables.table import Return

_TEMPLATES = {rule.code: rule.message for rule in CELL_RULES}


def normalise(
    schema: ReturnSchema,
    sheets: Sequence[Sheet],
    collection: Collection,
    years: Sequence[int],
    past: bool = False,
) -> tuple[Return, list[Findings]]:
    """Turn all files of one return into one typed table.

    Args:
        schema: the return.
        sheets: its files; their rows are stacked in this order.
        collection: for the spellings of the forces' names.
        years: the years that a row's period may belong to.
        past: whether the files are accepted history.

    Returns:
        The table has one row for each row of every file, except remarks and bodies outside the collection (`RowStatus`).
        Its rows are not yet placed: forces are as written in the file, and there are no periods. `text` holds the cells as
        written.

        The findings are about rows that are not records, and about the cells of the other rows: cells that could not be
        parsed (errors), and cells that were corrected (notes). They are addressed to the force whose folder the file
        came in, else to the force that the row names.
    """
    origin = RowOrigin.of(sheets)
    text = _stacked(schema, sheets)
    parsed = parse_fields(schema, sheets, text, len(origin), collection, years)
    by_force = _named_forces(parsed["force"], len(origin))
    parsed = _completed(parsed, sheets, origin)
    table = _typed(schema, sheets, text, parsed, by_force, origin)
    status = find_row_status(table, parsed, collection, sheets, origin, past)
    addressed, not_judged = origin.addressed(table), status.not_judged
    found = [
        finding
        for name, cells in parsed.items()
        for finding in _cell_findings(addressed, name, cells.but(not_judged), collection.nouns)
    ]
    found += row_status_findings(addressed, status, collection, origin)
    return status.applied_to(table, collection), found


def _stacked(schema: ReturnSchema, sheets: Sequence[Sheet]) -> dict[str, pa.ChunkedArray]:
    """The cells of all files, one column per field that some file has. A column that a file lacks is blank there."""
    return {
        field.name: joined([_cells_of(sheet, field.name) for sheet in sheets])
        for field in schema.fields
        if any(field.name in sheet.match.columns for sheet in sheets)
    }


def _cells_of(sheet: Sheet, name: str) -> Any:
    """The cells of one field in one file."""
    cells, heading = sheet.table.cells, sheet.match.columns.get(name)
    return [""] * len(cells) if heading is None else cells.column(heading)


def _named_forces(names: Parsed, size: int) -> ByDistinct:
    """The force that each row names; "" for none."""
    which, distinct = names.distinct or (np.zeros(size, np.int64), [None])
    return merged(which, [name or "" for name in distinct])


def _completed(parsed: Mapping[str, Parsed], sheets: Sequence[Sheet], origin: RowOrigin) -> dict[str, Parsed]:
    """The parsed columns, with what the files leave out.

    A file in a force's folder need not name the force: where it has no such column, the folder's force is filled in. Where
    a file lacks a column that it should have, which was reported, all cells of that column are marked as bad.
    """
    parsed = dict(parsed)
    unnamed = origin.in_folder & ~origin.has_names
    if unnamed.any():
        names = parsed["force"]
        senders = np.where(unnamed, objects(origin.senders)[origin.sheet], names.values)
        parsed["force"] = replace(names, values=senders, state=_with_state(names, unnamed, CellState.OK))
    for n, sheet in enumerate(sheets):
        for name in sheet.lacking:
            cells = parsed[name]
            parsed[name] = replace(cells, state=_with_state(cells, origin.sheet == n, CellState.BAD))
    return parsed


def _with_state(cells: Parsed, rows: Any, state: CellState) -> Any:
    return np.where(rows, np.int8(state), cells.state)


def _typed(
    schema: ReturnSchema,
    sheets: Sequence[Sheet],
    text: Mapping[str, pa.ChunkedArray],
    parsed: Mapping[str, Parsed],
    by_force: ByDistinct,
    origin: RowOrigin,
) -> Return:
    """The typed table of all rows; no row has a period yet."""
    return Return(
        schema=schema,
        text=text,
        values={name: column.values for name, column in parsed.items()},
        states={name: column.state for name, column in parsed.items()},
        sources=origin.sources,
        rows=np.concatenate([sheet.table.cells.row_numbers for sheet in sheets]),
        by_force=by_force,
        years=np.zeros(len(origin), np.int64),
        periods=np.full(len(origin), -1, np.int64),
        headings=_own_headings(sheets),
        distinct={
            name: merged(*column.distinct)
            for name, column in parsed.items()
            if column.distinct and schema[name].type == "string"
        },
    )


def _own_headings(sheets: Sequence[Sheet]) -> Mapping[str, Mapping[Source, str]]:
    """The headings that differ from the field's name, by field and then by file."""
    headings: dict[str, dict[Source, str]] = {}
    for sheet in sheets:
        for name, heading in sheet.match.columns.items():
            if heading != name:
                headings.setdefault(name, {})[sheet.source] = heading
    return headings


def _cell_findings(table: Return, column: str, cells: Parsed, nouns: Nouns) -> Iterator[Findings]:
    """One `Findings` for each cell rule that has something to say about this column."""
    for issue in (*cells.bad, *cells.notes):
        spec = built_in()[issue.code]
        title = table.schema[column].title
        say = _sayer(nouns.fill(_TEMPLATES[issue.code]), title)
        apart = (
            column not in OF_THE_ROW and issue.code != TWO_DATES
        )  # an order of dates is one question for all periods
        found = table.findings(spec, column, issue.positions, say, by_period=apart)
        hints = objects([*issue.hints, *[""] * (len(issue.positions) - len(issue.hints))])
        yield replace(found, facts={"hint": hints})


def _sayer(template: str, title: str) -> Any:
    """A function that fills the template of a cell rule with the facts of one finding."""

    def say(fact: Mapping[str, Any]) -> str:
        words = {"value": shortened(fact["written"] or ""), "hint": fact["hint"], "title": title}
        sentence = re.sub(r"\{(value|hint|title)\}", lambda m: str(words[m.group(1)]), template)
        return sentence.rstrip()

    return say
