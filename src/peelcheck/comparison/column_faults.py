"""A column of a table of others that is wrong as a whole: its unit, its year, or what stands in its cells (RO130)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from peelcheck.arrays import BoolArray, FloatArray, IntArray
from peelcheck.cells.characters import quoted
from peelcheck.cells.numbers import parse_numbers
from peelcheck.cells.parsed import CellState
from peelcheck.comparison.impossible_columns import columns_above_maximum
from peelcheck.model import Collection, Field, Findings, ReturnKind
from peelcheck.rounds.declarations import Declarations
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import COLUMN_IN_ERROR
from peelcheck.statistics import MINIMUM_OTHERS
from peelcheck.tables.figures import Figures
from peelcheck.tables.table import Return
from peelcheck.wording import exact, listed, number

FACTOR = 3.0
"""A column is off if the median of its figures is so many times what was accepted before, or less than one of so many."""
_ALIKE = 0.3
"""Off by the same factor: within so much of the median ratio, in decimal logarithms."""
_WHOLE_POWER = 0.15
"""A factor is called a power of ten if its decimal logarithm is so close to a whole number."""
_LEAST_TIED = 100
"""Smaller figures are often equal to another year's by chance."""
_YEARS_BACK = 5
_POWERS = {
    1: "ten",
    2: "a hundred",
    3: "a thousand",
    4: "ten thousand",
    5: "a hundred thousand",
    6: "a million",
}

Column = tuple[str, int]
"""An item (`return.item`) and a year."""


class ColumnFault(Struct, frozen=True):
    """A column that is wrong in some years: the rows of these, and what shows it."""

    table: Return
    item: str
    rows: BoolArray
    message: str

    def findings(self) -> Findings:
        """RO130 in every cell: one query to those who supply the table."""
        found = self.table.findings(
            built_in()[COLUMN_IN_ERROR], self.item, self.rows, lambda _: self.message, by_period=False
        )
        return replace(found, forces=np.full(len(found), None, dtype=object), speaks_of_all=True)


class _Given(Struct, frozen=True):
    """One item in one year, one element a force: its row (-1 for none), and its figure as far as it is a number at all."""

    field: Field
    ref: str
    year: int
    table: Return
    rows: IntArray
    figures: FloatArray

    @property
    def is_bad(self) -> BoolArray:
        """Whose cell could not be used, for what stands in it."""
        return np.asarray((self.rows >= 0) & _bad_cells(self.table, self.field)[self.rows])


def column_faults(
    collection: Collection, figures: Figures, declarations: Declarations
) -> tuple[ColumnFault, ...]:
    """The columns of tables of others that are wrong as a whole, judged by ten forces or more.

    More than half of a year's figures must be of one fault: they cannot be used; they are off by one factor of at least three
    from what was accepted; they are those of another year; or rates that are divided by them are more than there can be. Or
    their sum is outside the bounds that the schema gives for it. Figures of forces' own returns are judged one by one.
    """
    said: defaultdict[Column, list[str]] = defaultdict(list)
    columns = list(_columns(figures))
    for given in columns:
        said[given.ref, given.year] += [*_unusable(given, figures), *_total(given, figures)]
    doubted = {column for column, own in said.items() if own}
    for given in sorted(columns, key=lambda one: one.year):
        own = said[given.ref, given.year]
        own += [*_off_by_a_factor(given, figures, doubted), *_of_another_year(given, columns, figures)]
        if own:
            doubted.add((given.ref, given.year))
    for column, sentence in columns_above_maximum(collection, figures, declarations, doubted).items():
        said[column].append(sentence)
    by_item: defaultdict[str, list[_Given]] = defaultdict(list)
    for given in columns:
        if said[given.ref, given.year]:
            by_item[given.ref].append(given)
    return tuple(_fault(faulty, said) for faulty in by_item.values())


def _columns(figures: Figures) -> Iterator[_Given]:
    """The items of the tables of others, in each year that they are due."""
    for table in figures.tables.values():
        if table.schema.kind is ReturnKind.RETURN or table.schema.records:
            continue
        for field in table.schema.items:
            numbers = _as_numbers(table, field)
            for year in field.years:
                rows = figures.column(f"{table.schema.name}.{field.name}", year).row
                if np.count_nonzero(rows >= 0) >= MINIMUM_OTHERS:
                    there = np.where(rows >= 0, numbers[rows], np.nan)
                    yield _Given(field, f"{table.schema.name}.{field.name}", year, table, rows, there)


def _as_numbers(table: Return, field: Field) -> FloatArray:
    """The figures of a column; those that could not be used too, as far as they are numbers."""
    values = np.asarray(table.values[field.name], dtype=np.float64)
    bad = _bad_cells(table, field)
    if not bad.any() or field.name not in table.text:
        return values
    return np.where(bad, parse_numbers(table.text[field.name], missing=field.missing).values, values)


def _bad_cells(table: Return, field: Field) -> BoolArray:
    """Cells of a column that could not be used, not counting those that another column's text may have moved into."""
    bad = table.states[field.name] == CellState.BAD
    return np.asarray(bad if table.shifted is None else bad & ~table.shifted)


def _fault(faulty: Sequence[_Given], said: Mapping[Column, Sequence[str]]) -> ColumnFault:
    """The fault of a column: the years that have it, the latest first, and what shows it in the latest."""
    first = faulty[0]
    years = [given.year for given in faulty]
    rows = first.table.due(first.field.name) & first.table.known & np.isin(first.table.years, years)
    when = listed([str(year) for year in years])
    sentences = " ".join(said[first.ref, first.year])
    message = f"“{first.field.title}” cannot be right in the rows for {when}. {sentences} None of these figures was used."
    return ColumnFault(first.table, first.field.name, np.asarray(rows), message)


def _unusable(given: _Given, figures: Figures) -> Iterator[str]:
    """More than half of the cells could not be used."""
    bad, there = given.is_bad, given.rows >= 0
    if np.count_nonzero(bad) >= MINIMUM_OTHERS and 2 * np.count_nonzero(bad) > np.count_nonzero(there):
        i = int(np.argmax(bad))
        written = quoted(given.table.written(given.field.name, given.rows[i : i + 1])[0] or "")
        n, of = np.count_nonzero(bad), np.count_nonzero(there)
        many = (
            f"None of the {of:,} figures for {given.year} can"
            if n == of
            else f"{n:,} of {of:,} figures cannot"
        )
        yield f"{many} be used, such as {written} ({figures.forces[i]})."


def _total(given: _Given, figures: Figures) -> Iterator[str]:
    """The sum over all forces is out of its bounds, at least half of them having a figure."""
    if _sum_fits(given) is not False or given.field.area_total is None:
        return
    there = ~np.isnan(given.figures)
    low, high = given.field.area_total
    yield (
        f"The {np.count_nonzero(there):,} figures for {given.year} add up to {exact(float(given.figures[there].sum()))}; "
        f"{figures.nouns.area_name} has between {exact(low)} and {exact(high)}."
    )


def _sum_fits(given: _Given) -> bool | None:
    """Whether the sum is within its bounds; None where there are none, or too few figures. A gap is filled by the mean."""
    there = ~np.isnan(given.figures)
    if given.field.area_total is None or 2 * np.count_nonzero(there) < len(there):
        return None
    low, high = given.field.area_total
    total = float(given.figures[there].sum())
    return bool(low <= total * len(there) / np.count_nonzero(there) and total <= high)


def _off_by_a_factor(given: _Given, figures: Figures, doubted: set[Column]) -> Iterator[str]:
    """Most figures are off by the same factor from those accepted for the year, or else from the year before."""
    if _sum_fits(given):
        return
    for year in range(given.year, given.year - _YEARS_BACK, -1):
        base, source = figures.history(given.ref, year).usable, "accepted"
        if year < given.year and np.isnan(base).all() and (given.ref, year) not in doubted:
            base, source = figures.past(given.ref, year).usable, "given"
        there = (base > 0) & (given.figures > 0)
        if np.count_nonzero(there) < MINIMUM_OTHERS:
            continue
        ratios = np.log10(given.figures[there] / base[there])
        middle = float(np.median(ratios))
        if abs(middle) >= np.log10(FACTOR) and np.mean(np.abs(ratios - middle) < _ALIKE) > 0.5:
            i = int(np.flatnonzero(there)[np.argmin(np.abs(ratios - middle))])
            yield (
                f"The figures for {given.year} are about {_times(middle)} than those {source} for {year}: "
                f"{exact(given.figures[i])} instead of {exact(base[i])} for {figures.forces[i]}."
            )
        return


def _times(log: float) -> str:
    """A factor in words, from its decimal logarithm: `a thousand times smaller`, `12 times larger`."""
    power = round(abs(log))
    whole = power in _POWERS and abs(abs(log) - power) < _WHOLE_POWER
    times = _POWERS[power] if whole else number(10 ** abs(log))
    return f"{times} times {'larger' if log > 0 else 'smaller'}"


def _of_another_year(given: _Given, columns: Sequence[_Given], figures: Figures) -> Iterator[str]:
    """Most figures are those of another year, as accepted or as given in the same table."""
    if _is_as_accepted(given, figures):
        return
    for year in (*range(given.year - 1, given.year - _YEARS_BACK, -1), given.year + 1):
        if n := _equal(given.figures, figures.history(given.ref, year).usable):
            yield f"{n:,} figures for {given.year} are exactly those accepted for {year}."
            return
    for other in columns:
        if (
            other.ref == given.ref
            and other.year != given.year
            and (n := _equal(given.figures, other.figures))
        ):
            mine, theirs = _is_as_accepted(given, figures), _is_as_accepted(other, figures)
            if mine is False or (mine is None and theirs is not False and given.year > other.year):
                yield f"{n:,} figures for {given.year} are exactly those for {other.year}."
                return


def _is_as_accepted(given: _Given, figures: Figures) -> bool | None:
    """Whether most figures are those accepted for the year; None where too few were."""
    accepted = figures.history(given.ref, given.year).usable
    both = ~np.isnan(accepted) & ~np.isnan(given.figures)
    if np.count_nonzero(both) < MINIMUM_OTHERS:
        return None
    return bool(np.mean(accepted[both] == given.figures[both]) > 0.5)


def _equal(figures: FloatArray, others: FloatArray) -> int:
    """How many figures are equal to others, if these are more than half of ten or more that are no small ones; else 0.

    Different figures must be equal: a quota is the same for all, and in every year.
    """
    both = (figures >= _LEAST_TIED) & ~np.isnan(others)
    equal = both & (figures == others)
    n, least = int(np.count_nonzero(equal)), np.count_nonzero(both) / 2
    return n if np.count_nonzero(both) >= MINIMUM_OTHERS and len(np.unique(figures[equal])) > least else 0


def without_faulty_columns(
    tables: Sequence[Return], faults: Sequence[ColumnFault], found: Sequence[Findings]
) -> tuple[list[Return], list[Findings]]:
    """The tables with the cells of faulty columns marked as bad, and of the findings those that are about no such cell."""
    by_table: defaultdict[str, dict[str, BoolArray]] = defaultdict(dict)
    for fault in faults:
        by_table[fault.table.schema.name][fault.item] = fault.rows
    kept: list[Findings] = []
    for one in found:
        rows = by_table.get(one.return_name or "", {}).get(one.column or "")
        table = next((t for t in tables if t.schema.name == one.return_name), None)
        if rows is None or table is None or not one.spec.about.is_cell:
            kept.append(one)
            continue
        places = set(zip(table.sources[rows], table.rows[rows].tolist(), strict=True))
        left = [place not in places for place in zip(one.sources, one.rows.tolist(), strict=True)]
        if any(left):
            kept.append(one.only(np.array(left, dtype=bool)))
    cleaned = [table.without(by_table.get(table.schema.name, {})) for table in tables]
    return cleaned, [*kept, *(fault.findings() for fault in faults)]
