"""`ReturnSchema` → pandera → findings. The only module that imports pandera.

pandera judges ranges, allowed values, patterns, presence and uniqueness on a table that is already typed: it is never let
coerce, because one bad cell would leave its whole column as text and hide every other error in it. The checks of its schema
are called one by one for what each makes of every row: the report that `validate` raises has the first failures alone,
and takes longer to make than all checks of a return.
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
from peelcheck.model.collection import OF_THE_ROW
from peelcheck.rules.registry import built_in
from peelcheck.tables.table import Return
from peelcheck.wording import day, listed, number

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

_TEXTS = ("string", "force")


class _Constraint(Struct, frozen=True):
    """One constraint of a field: the rule it belongs to, the test, which a blank passes, and what is said of a failure.

    The test is given the cells as numpy, Arrow or pandas has them, and says of each whether it holds.
    """

    code: str
    holds: Callable[[Any], BoolArray]
    words: str

    def __deepcopy__(self, _: object) -> _Constraint:
        """Itself: pandera copies every check that it is given, and this one cannot change."""
        return self

    def __call__(self, cells: pd.Series[Any]) -> pd.Series[bool] | bool:
        """The test as pandera calls it: in one word where every cell holds, for of many pandera counts what failed."""
        held = self.holds(cells.values)
        return bool(held.all()) or pd.Series(held)


def conform(table: Return, *, items: bool = False) -> tuple[Return, list[Findings]]:
    """Hold a typed table against its schema.

    Args:
        table: the typed rows.
        items: hold only the items, which are what was asked for, and no column that says what a row is about.

    Returns:
        The table with every cell that failed marked as bad, so that nothing else judges it again; and the findings, at most
        one of each kind a column. A cell that would not parse was reported before and is passed over here.
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
    """Fields of one type with the same constraints, and what is said of a failure, by rule."""

    fields: tuple[Field, ...]
    words: Mapping[str, str]


@lru_cache(maxsize=64)
def compile_schema(
    name: str, fields: tuple[Field, ...], records: bool
) -> tuple[DataFrameSchema, Mapping[str, _Group]]:
    """A return's schema as pandera's, and the fields that each of its columns stands for.

    A check costs pandera as much for one cell as for a thousand, and most fields of a return are counts that are not below
    zero: those with the same constraints are one column, one below the other, called after the first. Fields without a
    constraint are left out. Columns of text, and of records, which are long, stand by themselves.
    """
    import pandera.pandas as pa  # late: of records, the first piece is typed meanwhile

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
            nullable=True,  # a required cell is a check of ours, so that its rows come with it
            coerce=False,  # nor is a dtype given: the types were made once, by `normalise`
        )
        groups[first.name] = _Group((first, *others), {c.code: c.words for c in constraints})
    return pa.DataFrameSchema(columns, strict=True, coerce=False, name=name), groups


def _column(table: Return, group: _Group) -> pd.Series[Any]:
    """The typed columns of a group, one below the other, as pandera is to see them; blanks are NaN, NaT or None."""
    columns, of_type = [table.values[field.name] for field in group.fields], group.fields[0].type
    if table.schema.records and group.fields[0].name in table.distinct:
        return pd.Series(categories(*table.distinct[group.fields[0].name]))
    if of_type in _TEXTS and isinstance(columns[0], np.ndarray):
        return pd.Series(columns[0], dtype=object, copy=False)
    cells = columns[0] if len(columns) == 1 else np.concatenate(columns)
    return pd.Series(cells.astype("datetime64[s]") if of_type == "date" else cells, copy=False)


def _constraints(field: Field, records: bool) -> Iterator[_Constraint]:
    """The constraints of a field; whether a record's key is unique is seen over all pieces (`records`), not here."""
    if field.required:
        yield _Constraint("TY101", _there, "")
    if field.minimum is not None:
        low = _bound(field.minimum)
        words = f"the {_least(field.minimum)} allowed is {_shown(field.minimum)}"
        yield _Constraint("TY102", lambda cells: ~(cells < low), words)
    if field.maximum is not None:
        high = _bound(field.maximum)
        words = f"the {_most(field.maximum)} allowed is {_shown(field.maximum)}"
        yield _Constraint("TY103", lambda cells: ~(cells > high), words)
    if field.enum:
        allowed = {value.casefold() for value in field.enum}
        words = f"it can be {listed([quoted(value) for value in field.enum], last='or')}"
        yield _Constraint("TY104", lambda cells: _among(cells, allowed), words)
    if field.pattern is not None:
        pattern = _whole(field.pattern)
        form = f"it should be {field.description}"
        yield _Constraint("TY105", lambda cells: _matches(cells, pattern), form)
    if field.unique and not records:
        words = "another row has the same value"
        yield _Constraint(
            "TY106", lambda cells: ~pd.Series(cells).duplicated(keep=False).to_numpy() | pd.isna(cells), words
        )


def compile_patterns(schema: ReturnSchema) -> None:
    """Make sure that every pattern of a return can be held against its cells.

    Raises:
        SchemaError: RE2 has no such pattern: it looks ahead or behind, refers back, or would be far too large.
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
        limits = "a pattern neither looks ahead or behind nor refers back"
        raise SchemaError(file, key, f"{pattern!r} cannot be used ({problem}); {limits}") from None


def have_form(texts: Sequence[str], pattern: str) -> BoolArray:
    """Which of a few texts have a form as a whole."""
    return _found(pa_array(texts, type="large_string"), _whole(pattern))


def _whole(pattern: str | None) -> str:
    """A pattern for a whole cell, from its first to its last character."""
    return f"^(?:{pattern or ''})$"


def _there(cells: Any) -> BoolArray:
    """Which cells have a value."""
    if isinstance(cells, pd.arrays.ArrowStringArray):
        return np.asarray(arrow_of(cells).is_valid(), dtype=bool)
    return np.asarray(pd.notna(cells))


def _matches(cells: Any, pattern: str) -> BoolArray:
    """Which values have the form. RE2 takes linear time whatever the pattern, where Python's own may take for ever."""
    if isinstance(cells, pd.arrays.ArrowStringArray):
        return _found(arrow_of(cells), pattern)
    codes, distinct = encoded(cells)
    return _found(pa_array(distinct, type="large_string"), pattern)[codes]


def _found(texts: Any, pattern: str) -> BoolArray:
    """Which texts have the form; a missing one is not asked to."""
    return np.asarray(pc.fill_null(pc.match_substring_regex(texts, pattern), True), dtype=bool)


def _among(cells: Any, allowed: Set[str]) -> BoolArray:
    """Which values are allowed, in any case and with spaces around."""

    def is_allowed(text: str | None) -> bool:
        return text is None or text.strip().casefold() in allowed

    return mapped(cells, is_allowed, dtype=bool)


def _say(title: str, words: str, fact: Mapping[str, Any]) -> str:
    """What is wrong with a cell; without words, that there is nothing in it."""
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
    return day(value) if isinstance(value, date) else number(value)
