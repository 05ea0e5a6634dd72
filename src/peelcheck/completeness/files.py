"""Returns submitted twice, in several files, or with rows of figures above the headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from peelcheck.cells.characters import quoted
from peelcheck.matching.returns import return_named
from peelcheck.matching.sheets import Sheet
from peelcheck.model import Collection, Findings, ReturnKind, ReturnSchema
from peelcheck.model.file_findings import Place, at_places
from peelcheck.reading.observations.rows import FiguresAboveHeadings
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import RETURN_IN_SEVERAL_FILES, RETURN_TWICE
from peelcheck.tables.empty_rows import without_figures
from peelcheck.tables.prepare import type_and_place
from peelcheck.tables.table import NO_YEAR
from peelcheck.wording import count, listed

_SHOWN = 3
"""Cells or headings in which two files differ that are named."""

Unread = Counter[tuple[str | None, str]]
"""How many rows of a return came and were not used, which was said, by the force whose folder they came in and the return."""


class _Version(Struct, frozen=True):
    """One of several files of the same return or table.

    Attributes:
        sheet: the file.
        rows: force, period and year of its rows with figures, so far as they are known; without figures, of all its rows.
        empty: whether it has no figures.
    """

    sheet: Sheet
    rows: frozenset[tuple[str, int, int]] = frozenset()
    empty: bool = False

    @classmethod
    def of(cls, sheet: Sheet, schema: ReturnSchema, collection: Collection) -> _Version:
        table, _ = type_and_place(schema, [sheet], collection)
        blank = without_figures(table)
        empty = bool(blank.all())
        table = table if empty else table.only(~blank)
        rows = zip(table.forces.tolist(), table.periods.tolist(), table.years.tolist(), strict=True)
        return cls(sheet, frozenset(rows), empty)

    @property
    def sure(self) -> frozenset[tuple[str, int, int]]:
        """The rows whose force and period are certain."""
        return frozenset(row for row in self.rows if row[0] and row[2] != NO_YEAR)

    def apart_from(self, other: _Version) -> bool:
        """Whether it is certain that no row of the two is about the same."""
        known = self.rows == self.sure and other.rows == other.sure
        return known and bool(self.rows and other.rows) and not self.rows & other.rows

    def repeats(self, other: _Version) -> bool:
        """Whether some rows of the two are surely about the same; a file without figures takes no other's place."""
        if self.sheet.received.force is None:
            return _about_the_same(self.sheet, other.sheet)
        if self.empty or other.empty:
            return self.empty and other.empty and not self.apart_from(other)
        return bool(self.sure & other.sure) or _cells(self.sheet) == _cells(other.sheet)


def sent_twice(sheets: Sequence[Sheet], collection: Collection) -> tuple[list[Sheet], list[Findings], Unread]:
    """Keep one file of a force's return, the one that bears its name or else the first; RO102 for the others.

    Files that belong to no force's folder are told apart by their rows, but for tables of others: of two that are about the
    same rows, one is another version. Files of a force of which no two are surely about the same are one return (RO126).
    """
    versions: dict[tuple[str | None, str], list[_Version]] = {}
    found: list[Findings] = []
    unread: Unread = Counter()
    unused: set[int] = set()
    for name, version in sorted(
        _rivals(sheets, collection), key=lambda one: (one[1].empty, one[1].sheet.received.stem != one[0])
    ):
        others = versions.setdefault((version.sheet.received.force, name), [])
        other = next((other for other in others if version.repeats(other)), None)
        if other is None:
            others.append(version)
            continue
        unused.add(id(version.sheet))
        found.append(_say_twice(version.sheet, other.sheet, collection.returns[name], collection))
        if not version.empty:
            unread[version.sheet.received.force, name] += len(version.rows - other.rows)
    for (force, name), files in versions.items():
        parts = [
            file
            for file in files
            if not file.empty or all(file is other or file.apart_from(other) for other in files)
        ]
        if force and len(parts) > 1:
            found.append(_say_parts(parts, collection.returns[name]))
    kept = [sheet for sheet in sheets if id(sheet) not in unused]
    return sorted(kept, key=lambda sheet: sheet.received.stem != sheet.match.name), found, unread


def _rivals(sheets: Sequence[Sheet], collection: Collection) -> Iterator[tuple[str, _Version]]:
    """The files of a return of which there may be others, with that return."""
    files = Counter((sheet.received.force, sheet.match.name) for sheet in sheets)
    several = max(files.values(), default=0) > 1
    for sheet in sheets:
        force, schema = sheet.received.force, sheet.match.schema
        if schema is None or schema.records or files[force, schema.name] == 1:
            continue
        if force is None and schema.kind is not ReturnKind.RETURN:
            yield schema.name, _Version(sheet)
        elif force is not None and not (several and _names_another(sheet, force, collection)):
            yield schema.name, _Version.of(sheet, schema, collection)


def rows_above_headings(sheets: Sequence[Sheet]) -> Unread:
    """The rows of figures above the headings (reported already), without those of another table."""
    unread: Unread = Counter()
    for sheet in sheets:
        if sheet.match.name and not sheet.table.other_names:
            above = [one.rows for one in sheet.table.observations if isinstance(one, FiguresAboveHeadings)]
            unread[sheet.received.force, sheet.match.name] += sum(map(len, above))
    return unread


def _say_twice(sheet: Sheet, other: Sheet, schema: ReturnSchema, collection: Collection) -> Findings:
    """RO102 for a file that is another version of one that is used."""
    same = other.table.sha256 == sheet.table.sha256
    cells, others = _cells(sheet), _cells(other)
    alike = same or cells == others
    message = (
        f"{sheet.received.shown} contains the return “{schema.title}”, which is also in {other.received.shown}"
        f"{_compared(same, alike, _same_rows(cells, others))}."
    )
    if not alike and not _same_rows(cells, others):
        message += f" {_difference(sheet, other)}"
    named = return_named(sheet.received.path.name, collection.returns)
    if named not in (None, schema.name):
        message += f" From its name, it should contain “{collection.returns[named].title}”."
    place = Place(sheet.received.force, message, sheet.source)
    return at_places(built_in()[RETURN_TWICE], schema.name, None, [place])


def _say_parts(versions: Sequence[_Version], schema: ReturnSchema) -> Findings:
    """RO126 for the files that together make up a force's return."""
    names = [version.sheet.received.shown for version in versions]
    certain = all(version.rows == version.sure for version in versions)
    message = (
        f"The rows of “{schema.title}” are in several files{', for different periods' * certain}: {listed(names)}. "
        "All of them were read."
    )
    place = Place(versions[0].sheet.received.force, message, versions[-1].sheet.source)
    return at_places(built_in()[RETURN_IN_SEVERAL_FILES], schema.name, None, [place])


def _about_the_same(sheet: Sheet, earlier: Sheet) -> bool:
    """Whether half of the rows of a file, or more, are about what the other file has rows about."""
    rows, others = _about(sheet), _about(earlier)
    return 2 * len(rows & others) >= min(len(rows), len(others)) > 0


def _about(sheet: Sheet) -> set[tuple[str, ...]]:
    """The forces and dates of a file's rows, as written."""
    headings = [
        sheet.match.columns[name]
        for name in ("force", "force_code", "period_start", "period_end")
        if name in sheet.match.columns
    ]
    return set(sheet.table.frame[headings].itertuples(index=False, name=None))


def _names_another(sheet: Sheet, force: str, collection: Collection) -> bool:
    """Whether every row names one and the same other force: no second copy, but that force's file in the wrong folder."""
    heading = sheet.match.columns.get("force")
    if heading is None:
        return False
    cells = sheet.table.cells.column(heading)
    texts = set(cells if isinstance(cells, list) else cells.to_pylist())
    named = {collection.spellings.find(text.strip()) for text in texts}
    return len(named) == 1 and named.isdisjoint({None, force})


def _same_rows(cells: list[list[str]], others: list[list[str]]) -> bool:
    """Whether two files have the same headings and, in whatever order, the same rows."""
    return cells[0] == others[0] and sorted(cells[1:]) == sorted(others[1:])


def _cells(sheet: Sheet) -> list[list[str]]:
    """The contents of a file, headings first, whatever its encoding and separators."""
    frame = sheet.table.frame
    return [list(frame.columns), *frame.to_numpy().tolist()]


def _difference(sheet: Sheet, other: Sheet) -> str:
    """In which cells two files differ, or which headings or how many rows one has and the other has not."""
    mine, theirs = sheet.table.frame, other.table.frame
    only = [name for name in mine.columns if name not in set(theirs.columns)]
    if only or len(mine.columns) != len(theirs.columns):
        extra = only or [name for name in theirs.columns if name not in set(mine.columns)]
        where = sheet.received.shown if only else other.received.shown
        return f"Only {where} has {listed([quoted(name) for name in extra[:_SHOWN]])}."
    if len(mine) != len(theirs):
        rows = count(len(mine), "row"), count(len(theirs), "row")
        return f"{sheet.received.shown} has {rows[0]}, {other.received.shown} {rows[1]}."
    places = [
        (row, name, mine[name].iloc[n], theirs[name].iloc[n])
        for n, row in enumerate(mine.index.tolist())
        for name in mine.columns
        if mine[name].iloc[n] != theirs[name].iloc[n]
    ]
    shown = [f"row {row:,}, {name}: {_cell(one)} and {_cell(two)}" for row, name, one, two in places[:_SHOWN]]
    more = f"; {count(len(places) - _SHOWN, 'more cell')} differ" if len(places) > _SHOWN else ""
    return f"They differ in {'; '.join(shown)}{more}."


def _cell(text: str) -> str:
    return quoted(text) if text else "blank"


def _compared(same: bool, alike: bool, in_another_order: bool) -> str:
    if same:
        return " (the two files are identical)"
    if alike:
        return " (the two have the same contents but are saved in different formats)"
    if in_another_order:
        return " (the two have the same rows in a different order)"
    return " (the two differ; the other file was used)"
