"""Compare a file's columns with those of its return: missing, duplicate, unexpected, or another return's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct
from msgspec.structs import replace

from peelcheck.matching.observations import ReturnBeside, ShiftedLeft, ShiftedRight, SplitNumbers
from peelcheck.matching.returns import MISSED_BY_NOBODY, Match, match, nearly, recognise, speaks_of
from peelcheck.matching.shifted_cells import (
    heading_left_out,
    headings_left_blank,
    of_short_rows,
    pushed_right,
)
from peelcheck.matching.split_numbers import split_numbers, without_split
from peelcheck.model import Field, Findings, ReturnSchema
from peelcheck.model.file_findings import Place, at_places
from peelcheck.model.proposals import is_of_template
from peelcheck.reading.columns import joined
from peelcheck.reading.observations import Observation
from peelcheck.reading.observations.headings import RepeatedHeadings, SimilarHeadings, UnnamedColumns
from peelcheck.reading.observations.rows import LongRows, PaddedRows, UnsplitRows
from peelcheck.reading.table import TextTable
from peelcheck.reading.text import key
from peelcheck.rounds.declarations import Declarations
from peelcheck.rounds.received import Received
from peelcheck.rules.file_rules import REPEATED_HEADING, SIMILAR_HEADINGS
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import MISSING_COLUMN, UNEXPECTED_COLUMN
from peelcheck.wording import count, listed

_REPEATED = re.compile(r" \(\d+\)$")
"""What the reader adds to a heading that repeats an earlier one."""

_ASK_REQUIRED = "Please add the column, and fill in each of its cells."
_ASK_CORRECTED = "If it is, please correct the heading; otherwise "
_HALF = 0.5


class Fit(Struct, frozen=True):
    """The result of matching a file's columns.

    Attributes:
        observations: what the reader saw, as it is seen once the return is known.
        found: findings about columns.
        lacking: fields that the file should have and has not.
        moved: rows of which it is not certain in which column a figure belongs.
        lost: rows that were not split into cells.
        beside: the return that stands beside this one, below or above it, of which nothing was read.
    """

    observations: tuple[Observation, ...]
    found: tuple[Findings, ...] = ()
    lacking: tuple[str, ...] = ()
    moved: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()
    beside: str | None = None


def fit_columns(
    file: Received,
    table: TextTable,
    fit: Match,
    returns: Mapping[str, ReturnSchema],
    declarations: Declarations,
    *,
    whole: bool,
) -> Fit:
    """Compare a file's columns with those of the return that it was recognised as.

    Args:
        file: the file.
        table: its cells; of a large file only the first of its pieces.
        fit: the return that it is.
        returns: all returns that it could be.
        declarations: what forces said about their figures.
        whole: whether all its cells are here.
    """
    schema = fit.schema
    if schema is None:
        return Fit(table.observations)
    if not (table.observations or table.other_names or fit.missing or fit.extra or fit.twice):
        only = tuple(_pushed(table, fit))
        return Fit(only, moved=_rows_of(_MOVED, only))
    other, others = _beside(table, fit, returns)
    beside = [] if other is None else [ReturnBeside(schema, other, rows=(table.header_row,))]
    fit = replace(fit, extra=tuple(name for name in fit.extra if name not in others), twice=_but(fit, others))
    lacking = _lacking(file, fit)
    seen = [one for one in table.observations if not _said_better(one, fit, beside)]
    misspelt = _misspelt_ones(lacking, fit)
    shifted = heading_left_out(table, fit, [name for name in lacking if name not in misspelt])
    if shifted:
        seen = [*(one for one in seen if not isinstance(one, PaddedRows)), shifted]
    seen = [*(one for each in seen for one in of_short_rows(each, table, fit)), *beside]
    told = {*_rows_of(_MOVED, seen), *_rows_of((UnsplitRows,), seen)}
    pushed = [] if shifted else _pushed(table, fit, told)
    for one in pushed:
        seen = without_split(seen, table, one) if isinstance(one, SplitNumbers) else seen
    seen += pushed
    missing = misspelt if shifted else lacking
    asked = [name for name in missing if not _withheld(file, schema[name], schema.name, declarations)]
    if not shifted and _nameless(table, fit):
        blank, meant = headings_left_blank(table, fit, [name for name in asked if name not in misspelt])
        seen = [*(one for one in seen if not isinstance(one, UnnamedColumns)), *blank]
        asked = [name for name in asked if name not in meant]
    found = [
        *_missing(file, table, fit, asked),
        *_twice(file, table, fit, whole=whole),
        *_not_asked_for(file, table, fit, {nearly(schema[name], fit.extra, schema) for name in asked}),
    ]
    moved = (*_rows_of(_MOVED, seen), *(table.padded if shifted else ()))
    second = other.name if other else _elsewhere(table, returns)
    lost = _rows_of((UnsplitRows,), seen)
    return Fit(tuple(map(_unused, seen)), tuple(found), lacking, moved, lost, second)


def _pushed(table: TextTable, fit: Match, told: Collection[int] = ()) -> list[Observation]:
    """FI021 for rows in which a figure moved into the text behind the figures; `told` are rows known to have moved."""
    pushed: list[Observation] = list(pushed_right(table, fit, told))
    split = split_numbers(table, fit, {*told, *_rows_of((ShiftedRight,), pushed)})
    return [*pushed, split] if split else pushed


_MOVED = (LongRows, ShiftedLeft, ShiftedRight, SplitNumbers)
"""Observations about rows whose figures may be in the wrong columns."""


def _rows_of(kinds: tuple[type[Observation], ...], seen: Sequence[Observation]) -> tuple[int, ...]:
    """The rows that the observations of some kinds are about."""
    return tuple(row for one in seen if isinstance(one, kinds) for row in one.rows)


def _lacking(file: Received, fit: Match) -> tuple[str, ...]:
    """The columns that a file should have and has not; with codes, or in a force's folder, it need not name the force."""
    schema = fit.schema
    if schema is None:
        return ()
    told = file.force is not None or ("force_code" in fit.columns and not schema["force"].required)
    known = (*MISSED_BY_NOBODY, "force") if told else MISSED_BY_NOBODY
    return tuple(name for name in fit.missing if not schema[name].optional and name not in known)


def _withheld(file: Received, field: Field, return_name: str, declarations: Declarations) -> bool:
    """Whether the file's force declared that there are no figures for a column."""
    return file.force is not None and declarations.withhold(file.force, return_name, field.name, field.years)


def _said_better(one: Observation, fit: Match, beside: Sequence[Observation]) -> bool:
    """Whether more is said of what was seen, once it is known what the columns are."""
    if isinstance(one, SimilarHeadings):
        twice = any(one.second in headings for headings in fit.twice.values())
        return twice or bool(beside) or _is_another_kind(one.second, fit)
    return isinstance(one, RepeatedHeadings) and bool(beside)


def _is_another_kind(heading: str, fit: Match) -> bool:
    """Whether a heading is like a field's but for a sign that says that one of the two columns holds something else."""
    like = [other for other in fit.extra if key(other) == key(heading)]
    items = fit.schema.items if fit.schema else ()
    return any(speaks_of(other, item) for other in like for item in items)


def _nameless(table: TextTable, fit: Match) -> tuple[str, ...]:
    """The columns without a heading, of which the reader said so; another may be called like one."""
    return fit.nameless if any(isinstance(one, UnnamedColumns) for one in table.observations) else ()


def _unused(one: Observation) -> Observation:
    """The observation of rows with too many cells, which says what becomes of the figures too."""
    return replace(one, unused=True) if isinstance(one, LongRows) else one


# --- columns ------------------------------------------------------------------------------------------------------


def _missing(file: Received, table: TextTable, fit: Match, lacking: Sequence[str]) -> Iterator[Findings]:
    """RO104 for every column that is missing."""
    schema = fit.schema
    for name in lacking if schema else ():
        assert schema is not None  # noqa: S101
        message = f"{file.shown} has no column {name} (“{schema[name].title}”).{_misspelt(schema[name], fit.extra, schema)}"
        place = Place(file.force, message, file.source, table.header_row)
        rule = built_in()[MISSING_COLUMN]
        ask = _ASK_REQUIRED if schema[name].required or not schema[name].is_item else rule.ask
        meant = nearly(schema[name], fit.extra, schema)
        if meant and not speaks_of(meant, schema[name]):
            ask = f"{_ASK_CORRECTED}{ask.removeprefix('Please ')}"
        yield at_places(replace(rule, ask=ask), schema.name, name, [place])


_NUMBERS = {"percent": "percentages are", "money": "amounts of money are", "number": "numbers are"}


def _misspelt(field: Field, extra: Sequence[str], schema: ReturnSchema) -> str:
    """The heading that is probably this column's, as a question; or what it speaks of instead."""
    meant = nearly(field, extra, schema)
    if meant and (what := speaks_of(meant, field)):
        return (
            f" The heading “{meant}” suggests {what}, but {_NUMBERS.get(field.type, 'counts are')} expected."
        )
    return f" Is “{meant}” meant to be this column?" if meant else ""


def _misspelt_ones(lacking: Sequence[str], fit: Match) -> list[str]:
    """The columns that are there under another heading, it seems."""
    return [name for name in lacking if fit.schema and nearly(fit.schema[name], fit.extra, fit.schema)]


def _not_asked_for(
    file: Received, table: TextTable, fit: Match, misspelt: Collection[str | None]
) -> Iterator[Findings]:
    """RO105 for columns of the force's own; one that was there before was asked about, and so was one that is misspelt."""
    said = any(isinstance(one, RepeatedHeadings) for one in table.observations)
    again = {_REPEATED.sub("", name) for name in table.cells.names if said and _REPEATED.search(name)}
    said_of = {*_nameless(table, fit), *misspelt}
    extra = [
        name
        for name in fit.extra
        if _REPEATED.sub("", name) not in again and name not in said_of and not is_of_template(name)
    ]
    if extra and fit.schema:
        besides = f"{count(len(extra), 'column')} not expected in “{fit.schema.title}”"
        message = f"{file.shown} has {besides}: {listed(some(extra))}."
        place = Place(file.force, message, file.source, table.header_row)
        yield at_places(built_in()[UNEXPECTED_COLUMN], fit.schema.name, None, [place])


def some(names: Sequence[str], most: int = 20) -> list[str]:
    """The names, or the first of them and how many more there are; a heading may be of any length."""
    shown = [name if len(name) <= 60 else f"{name[:60]}…" for name in names[:most]]
    return [*shown, f"{len(names) - most:,} more"] if len(names) > most else shown


def _twice(file: Received, table: TextTable, fit: Match, *, whole: bool) -> Iterator[Findings]:
    """Two headings for one field: FI012 if their cells differ, else FI107."""
    schema = fit.schema
    for name, others in fit.twice.items() if schema else ():
        assert schema is not None  # noqa: S101
        headings = listed([f"“{heading}”" for heading in some([fit.columns[name], *others])])
        both = f"The headings {headings} in row {table.header_row} are {'both' if len(others) == 1 else 'all'} for"
        differ = _first_difference(table, fit.columns[name], others) if whole else ""
        code = SIMILAR_HEADINGS if differ is None else REPEATED_HEADING
        what = "the same in each" if differ is None else f"not the same{differ}"
        message = (
            f"{both} “{schema[name].title}” ({name}); their cells are {what}. Only the first column is used."
        )
        place = Place(file.force, message, file.source, table.header_row)
        found = at_places(built_in()[code], schema.name, name, [place])
        yield replace(found, headings={file.source: fit.columns[name]})


def _first_difference(table: TextTable, heading: str, others: Sequence[str]) -> str | None:
    """Where the cells of columns first differ, in words; None where they do not."""
    cells = {name: pc.utf8_trim_whitespace(joined([column])) for name, column in _columns(table).items()}
    for other in others:
        same = pc.equal(cells[heading], cells[other])
        at = pc.index(same, value=False).as_py()
        if at >= 0:
            row, one, two = table.cells.rows[at], cells[heading][at].as_py(), cells[other][at].as_py()
            return f" (in row {row:,}: “{one}” and “{two}”)"
    return None


def _columns(table: TextTable) -> Mapping[str, list[str] | pa.ChunkedArray]:
    return dict(zip(table.cells.names, table.cells.columns, strict=True))


# --- another return beside this one -------------------------------------------------------------------------------


def _beside(
    table: TextTable, fit: Match, returns: Mapping[str, ReturnSchema]
) -> tuple[ReturnSchema | None, frozenset[str]]:
    """Another return whose columns are beside this one's, if any, with its headings."""
    spare = [*fit.extra, *(heading for others in fit.twice.values() for heading in others)]
    order = {name: n for n, name in enumerate(table.cells.names)}
    first = {
        _REPEATED.sub("", heading): heading for heading in sorted(spare, key=order.__getitem__, reverse=True)
    }
    for schema in returns.values() if fit.schema and first else ():
        other = match(list(first), schema)
        items = [field.name for field in schema.items]
        there = sum(name in other.columns for name in items)
        again = {"force", "period_start", "period_end"} & other.columns.keys()
        if schema is not fit.schema and again and there and there >= _HALF * len(items):
            return schema, frozenset(first[heading] for heading in other.columns.values())
    return None, frozenset()


def _elsewhere(table: TextTable, returns: Mapping[str, ReturnSchema]) -> str | None:
    """Another return below or above the table that was read, if any."""
    return recognise(table.other_names, "", returns).name if table.other_names else None


def _but(fit: Match, others: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Extra headings for a field that already has one, without those of another return."""
    kept = {name: tuple(h for h in headings if h not in others) for name, headings in fit.twice.items()}
    return {name: headings for name, headings in kept.items() if headings}
