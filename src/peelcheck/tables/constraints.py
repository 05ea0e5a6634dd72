"""Validate a typed table with pandera. This is the only module that imports pandera.

pandera checks ranges, allowed values, patterns, presence and uniqueness on a table that is already typed. It never converts
types: one bad cell would leave its whole column as text and hide every other error in it. The checks of the pandera schema
are called one by one, because each then gives a result for every row. The report of pandera's `validate` names only the
first failures, and takes longer to make than all checks of a return.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from msgspec import Struct
from pyarrow import ArrowInvalid
from pyarrow import array as pa_array

from peelcheck.arrays import BoolArray, arrow_of, categories, encoded, mapped
from peelcheck.cells.characters import blank_or_quoted, quoted
from peelcheck.cells.parsed import CellState
from peelcheck.errors import SchemaError
from peelcheck.model import Field, Findings, ReturnSchema
from peelcheck.model.returns import OF_THE_ROW
from peelcheck.rules.registry import built_in
from peelcheck.rules.type_rules import (
    ABOVE_MAXIMUM,
    BELOW_MINIMUM,
    REPEATED_VALUE,
    REQUIRED_BLANK,
    VALUE_NOT_ALLOWED,
    WRONG_FORM,
)
from peelcheck.tables.table import Return
from peelcheck.wording import day, exact, listed

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

_TEXTS = ("string", "force")


class _Constraint(Struct, frozen=True):
    """One constraint of a field.

    Attributes:
        code: the rule that a failure belongs to.
        holds: the test. It takes a column of numpy, Arrow or pandas and gives a mask of the cells that pass. Blanks pass.
        words: the end of the sentence about a failure.
    """

    code: str
    holds: Callable[[Any], BoolArray]
    words: str

    def __deepcopy__(self, _: object) -> _Constraint:
        """The constraint itself: pandera copies every check, and a constraint never changes."""
        return self

    def __call__(self, cells: pd.Series[Any]) -> pd.Series[bool] | bool:
        """The test as pandera calls it. If all cells pass it gives one `True`: in a series pandera would count failures."""
        held = self.holds(cells.values)
        return bool(held.all()) or pd.Series(held)


def conform(table: Return, *, items: bool = False) -> tuple[Return, list[Findings]]:
    """Validate a typed table against its schema.

    Args:
        table: the typed rows.
        items: validate only the items, and not the columns that say what a row is about.

    Returns:
        The table with every cell that failed marked as bad, so that it is not judged again; and the findings, at most one
        of each kind per column. A cell that could not be parsed was reported before and is skipped here.
    """
    if not len(table):
        return table, []
    schema, n = table.schema, len(table)
    compiled, groups = compile_schema(schema.name, schema.fields, schema.records)
    found: list[Findings] = []
    bad: dict[str, BoolArray] = {}
    for first, judged in compiled.columns.items():
        if items and not any(field.is_item for field in groups[first].fields):
            continue
        cells = _column(table, groups[first])
        for check in judged.checks:
            result = check(cells)
            if result.check_passed:
                continue
            failures = ~result.check_output.to_numpy(dtype=bool)
            for i, field in enumerate(groups[first].fields):
                failed = failures[i * n : (i + 1) * n] & (table.states[field.name] != CellState.BAD)
                if failed.any():
                    say = partial(_say, field.title, groups[first].words[check.name])
                    one = field.name not in OF_THE_ROW
                    found.append(
                        table.findings(built_in()[check.name], field.name, failed, say, by_period=one)
                    )
                    bad[field.name] = bad.get(field.name, np.zeros(n, dtype=bool)) | failed
    return table.without(bad), found


class _Group(Struct, frozen=True):
    """Fields of one type with the same constraints, and the words about a failure by rule."""

    fields: tuple[Field, ...]
    words: Mapping[str, str]


@lru_cache(maxsize=64)
def compile_schema(
    name: str, fields: tuple[Field, ...], records: bool
) -> tuple[DataFrameSchema, Mapping[str, _Group]]:
    """Turn a return's schema into a pandera schema.

    Fields with the same constraints become one pandera column, named after the first of them, with their cells stacked: a
    pandera check takes as long for one cell as for a thousand, and most fields are counts that must not be negative. Text
    columns stay separate, and so do the long columns of record-level returns. Fields without a constraint are left out.

    Cached, so that a return in many pieces is compiled once. Without the cache, the sample round takes 1.01 times as long.

    Returns:
        The pandera schema, and the group of fields behind each of its columns.
    """
    import pandera.pandas as pa  # imported late: another thread types the first records meanwhile

    alike: dict[Any, list[Field]] = {}
    for field in fields:
        bounds = field.required, field.minimum, field.maximum
        own_name = field.name if records or field.type in _TEXTS or field.unique else ""
        alike.setdefault((own_name, field.type == "date", *bounds), []).append(field)
    columns, groups = {}, {}
    for first, *others in alike.values():
        constraints = tuple(_constraints(first, records))
        if not constraints:
            continue
        columns[first.name] = pa.Column(
            checks=[pa.Check(c, name=c.code, ignore_na=False, n_failure_cases=1) for c in constraints],
            nullable=True,  # blanks are found by our own check, which gives the rows
            coerce=False,  # no dtype either: `normalise` made the types
        )
        groups[first.name] = _Group((first, *others), {c.code: c.words for c in constraints})
    return pa.DataFrameSchema(columns, strict=True, coerce=False, name=name), groups


def _column(table: Return, group: _Group) -> pd.Series[Any]:
    """The typed columns of a group, stacked, as a pandas series; blanks are NaN, NaT or None."""
    columns, of_type = [table.values[field.name] for field in group.fields], group.fields[0].type
    if table.schema.records and group.fields[0].name in table.distinct:
        return pd.Series(categories(*table.distinct[group.fields[0].name]))
    if of_type in _TEXTS and isinstance(columns[0], np.ndarray):
        return pd.Series(columns[0], dtype=object, copy=False)
    cells = columns[0] if len(columns) == 1 else np.concatenate(columns)
    return pd.Series(cells.astype("datetime64[s]") if of_type == "date" else cells, copy=False)


def _constraints(field: Field, records: bool) -> Iterator[_Constraint]:
    """The constraints of a field. The unique keys of record-level returns are left out: `record_level` checks all pieces."""
    if field.required:
        yield _Constraint(REQUIRED_BLANK, _there, "")
    if field.minimum is not None:
        low = _bound(field.minimum)
        words = f"the {_least(field.minimum)} allowed is {_shown(field.minimum)}"
        yield _Constraint(BELOW_MINIMUM, lambda cells: ~(cells < low), words)
    if field.maximum is not None:
        high = _bound(field.maximum)
        words = f"the {_most(field.maximum)} allowed is {_shown(field.maximum)}"
        yield _Constraint(ABOVE_MAXIMUM, lambda cells: ~(cells > high), words)
    if field.enum:
        allowed = {value.casefold() for value in field.enum}
        words = f"it must be {listed([quoted(value) for value in field.enum], last='or')}"
        yield _Constraint(VALUE_NOT_ALLOWED, lambda cells: _among(cells, allowed), words)
    if field.pattern is not None:
        pattern = _whole(field.pattern)
        form = f"it should be {field.description}"
        yield _Constraint(WRONG_FORM, lambda cells: _matches(cells, pattern), form)
    if field.unique and not records:
        words = "another row has the same value"
        yield _Constraint(
            REPEATED_VALUE,
            lambda cells: ~pd.Series(cells).duplicated(keep=False).to_numpy() | pd.isna(cells),
            words,
        )


def compile_patterns(schema: ReturnSchema) -> None:
    """Check that every pattern of a return can be used.

    Raises:
        SchemaError: RE2 does not support a pattern: it looks ahead or behind, refers back, or is far too large.
    """
    for i, field in enumerate(schema.fields):
        if field.pattern is None:
            continue
        refuse_pattern(field.pattern, schema.file, f"fields[{i}].constraints.pattern")


def refuse_pattern(pattern: str, file: str, key: str) -> None:
    """Raise SchemaError for a pattern that RE2 has not."""
    try:
        have_form([""], pattern)
    except ArrowInvalid as error:
        problem = str(error).removeprefix("Invalid regular expression: ")
        limits = "a pattern cannot look ahead, look behind or refer back"
        raise SchemaError(file, key, f"{pattern!r} cannot be used ({problem}); {limits}") from None


def have_form(texts: Sequence[str], pattern: str) -> BoolArray:
    """Which of a few texts have a form as a whole."""
    return _found(pa_array(texts, type="large_string"), _whole(pattern))


def _whole(pattern: str | None) -> str:
    """A pattern, anchored so that it must match the whole cell."""
    return f"^(?:{pattern or ''})$"


def _there(cells: Any) -> BoolArray:
    """Which cells have a value."""
    if isinstance(cells, pd.arrays.ArrowStringArray):
        return np.asarray(arrow_of(cells).is_valid(), dtype=bool)
    return np.asarray(pd.notna(cells))


def _matches(cells: Any, pattern: str) -> BoolArray:
    """Which values match the pattern. RE2 takes linear time with any pattern; Python's `re` can take for ever."""
    if isinstance(cells, pd.arrays.ArrowStringArray):
        return _found(arrow_of(cells), pattern)
    codes, distinct = encoded(cells)
    return _found(pa_array(distinct, type="large_string"), pattern)[codes]


def _found(texts: Any, pattern: str) -> BoolArray:
    """Which texts match the pattern; nulls pass."""
    return np.asarray(pc.fill_null(pc.match_substring_regex(texts, pattern), True), dtype=bool)


def _among(cells: Any, allowed: Set[str]) -> BoolArray:
    """Which values are allowed, ignoring case and the spaces around them; None passes."""

    def is_allowed(text: str | None) -> bool:
        return text is None or text.strip().casefold() in allowed

    return mapped(cells, is_allowed, dtype=bool)


def _say(title: str, words: str, fact: Mapping[str, Any]) -> str:
    """The sentence about a cell that failed; without `words`, the cell is required and blank."""
    if not words:
        return f"“{title}” is {blank_or_quoted(fact['written'])}."
    return f"“{title}” is {quoted(fact['written'] or '')}; {words}."


def _bound(value: float | date) -> Any:
    return np.datetime64(value, "s") if isinstance(value, date) else value


def _least(value: float | date) -> str:
    return "earliest date" if isinstance(value, date) else "smallest value"


def _most(value: float | date) -> str:
    return "latest date" if isinstance(value, date) else "largest value"


def _shown(value: float | date) -> str:
    return day(value) if isinstance(value, date) else exact(value)
