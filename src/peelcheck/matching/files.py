"""Files → text tables recognised as returns. A file that cannot be read is a finding; the others are still read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from peelcheck.matching.columns import Fit, fit_columns, some
from peelcheck.matching.returns import MISSED_BY_NOBODY, Match, match, recognise, return_named
from peelcheck.matching.sheets import Pieces, Sheet
from peelcheck.matching.workbooks import read_sheets
from peelcheck.model import Collection, Findings, ReadFile, ReturnKind, ReturnSchema
from peelcheck.model.file_findings import Place, at_places, at_rows
from peelcheck.model.proposals import NAME, SHEET_READ_ME, STATUS
from peelcheck.reading.observations import Observation
from peelcheck.reading.observations.headings import NoHeadings, NoRows, OneHeading
from peelcheck.reading.observations.no_table import Workbook as WorkbookSeen
from peelcheck.reading.observations.rows import UnsplitRows
from peelcheck.reading.observations.workbook import OldTemplate, OtherSheets
from peelcheck.reading.source import Source
from peelcheck.reading.table import TextTable, read_table
from peelcheck.rounds.declarations import Declarations
from peelcheck.rounds.received import ARCHIVES, TABLE_ENDINGS, Received
from peelcheck.rules.file_rules import FILE_PASSED_OVER, UNOPENED_FILE
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import FILE_OVER_LIMIT, FILE_TOO_LARGE, UNRECOGNISED
from peelcheck.schema.checksum import checksum_of
from peelcheck.wording import listed, size

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is (0: not known)."""

LARGE = 1 << 25
"""Bytes from which a file is read in pieces. No return of figures is so large; one of records may be."""


def quietly(what: str, done: int, total: int) -> None:
    """Report no progress."""


def read_files(
    received: Sequence[Received],
    collection: Collection,
    progress: Progress,
    past: bool = False,
    declarations: Declarations | None = None,
    largest: int = sys.maxsize,
) -> tuple[list[Sheet], list[ReadFile], list[Findings]]:
    """Read every file and recognise its return.

    Args:
        received: the files.
        collection: its returns.
        progress: told before each file.
        past: the files are accepted history: each is the return that it is named after, and may lack items.
        declarations: what forces said: a column of figures that there are not may be missing.
        largest: bytes of a file; a larger one is refused before it is read.

    Returns:
        The files that hold a return; every file with its checksum; and findings about files that could not be opened or read,
        fit no return, lack a column or have one more.
    """
    intake = _Intake(collection, past, declarations or Declarations(), largest)
    for done, file in enumerate(received):
        progress("reading files", done, len(received))
        intake.take(file)
    progress("reading files", len(received), len(received))
    return intake.sheets, intake.files, intake.found


class _Intake:
    def __init__(self, collection: Collection, past: bool, declarations: Declarations, largest: int) -> None:
        self._declarations, self._largest = declarations, largest
        self.sheets: list[Sheet] = []
        self.files: list[ReadFile] = []
        self.found: list[Findings] = []
        self._past = past
        self._collection = collection
        self._known = tuple(
            {n: 0 for schema in collection.returns.values() for f in schema.fields for n in (f.name, f.title)}
        )
        self._matches: dict[tuple[Sequence[str], str, ReturnKind | None], Match] = {}

    def take(self, file: Received) -> None:
        """Read and recognise one file; of a workbook, each of its sheets."""
        table, rest = self._read(file)
        if table is not None and isinstance(next(iter(table.observations), None), WorkbookSeen):
            self._take_workbook(file, table)
        else:
            self._take_table(file, table, rest)

    def _take_table(self, file: Received, table: TextTable | None, rest: Pieces | None = None) -> None:
        """Recognise one table, and keep it if it is a return; None for a file of which none was read."""
        name, beside, rows = None, None, len(table.cells) if table is not None else 0
        if table is not None and not table.cells.names:
            self._say(file, Fit(table.observations))
        elif table is not None:
            fit = self._match(file, table)
            if fit.schema is None:
                self._say_unrecognised(file, table, fit)
            elif not fit.schema.records and file.size >= LARGE:
                self.found.append(_too_large(file, fit, self._collection))
                rows = 0
            else:
                name = fit.schema.name
                fitted = self._fit(file, table, fit, whole=rest is None)
                beside = fitted.beside
                self._say(file, fitted, fit)
                self.sheets.append(Sheet(file, table, fit, rest, fitted.lacking, fitted.moved, fitted.lost))
        digest = table.sha256 if table else None
        self.files.append(
            ReadFile(
                file.name,
                digest,
                file.force,
                name,
                rows,
                beside,
                sheet=file.sheet,
                letters=table.letters if name and table else {},
            )
        )

    def _take_workbook(self, file: Received, refused: TextTable) -> None:
        """Every sheet that is a return, or seems to be meant as one; the others are named. Nothing else in it is opened."""
        try:
            found = read_sheets(file, self._known)
        except OSError as error:
            self.found.append(_unopened(file, f"cannot be opened ({error.strerror or error})"))
            found = None
        if found is None:
            self._take_table(file, refused)
            return
        if found.why is not None:
            self._take_table(file, replace(refused, observations=(found.why,)))
            return
        meant, others = self._sorted(file, found.tables)
        for sheet, table in meant:
            self._take_table(sheet, self._dated(sheet, table, found.names))
        if any(STATUS in table.cells.names for _, table in meant):  # a template, which explains itself
            others = [name for name in others if name != SHEET_READ_ME]
        if others:
            self._say(file, Fit((OtherSheets(tuple(others)),)))

    def _sorted(
        self, file: Received, tables: Mapping[str, TextTable]
    ) -> tuple[list[tuple[Received, TextTable]], list[str]]:
        """The sheets that are returns or are nearly returns, and the names of the others. At least one is among the first."""
        each = [(replace(file, sheet=name), table) for name, table in tables.items()]
        fits = [self._match(sheet, table) if table.cells.names else None for sheet, table in each]
        meant = [
            one
            for one, fit in zip(each, fits, strict=True)
            if fit is not None and (fit.schema is not None or self._seems_meant(one[0], fit))
        ]
        if not meant and each:
            shares = [0 if fit is None else 1 + len(fit.columns) for fit in fits]
            meant = [each[shares.index(max(shares))]]
        read = {sheet.sheet for sheet, _ in meant}
        return meant, [name for name in tables if name not in read]

    def _dated(self, sheet: Received, table: TextTable, names: Mapping[str, str]) -> TextTable:
        """The table; one that was made from a template of another version of its return says so."""
        schema = self._match(sheet, table).schema if table.cells.names else None
        made_from = names.get(f"{NAME}{schema.name}") if schema else None
        if schema is None or made_from in (None, checksum_of(schema)):
            return table
        return replace(table, observations=(*table.observations, OldTemplate()))

    def _seems_meant(self, sheet: Received, fit: Match) -> bool:
        """Whether a sheet that is no return is one with faulty headings: half of these are there, or it is named after it."""
        named = return_named(sheet.sheet or "", self._collection.returns) is not None
        return named or (fit.nearest is not None and 2 * len(fit.columns) > len(fit.nearest.fields))

    def _read(self, file: Received) -> tuple[TextTable | None, Pieces | None]:
        """A file's table; of a large file the first piece, and all of them."""
        if file.refused:
            self.found.append(_unopened(file, file.refused))
            return None, None
        if file.kind is ReturnKind.RETURN and not _may_be_table(file.path) and self._named(file) is None:
            self.found.append(_passed_over(file, "its name is not that of a table or a return"))
            return None, None
        try:
            if file.size > self._largest:
                self.found.append(_refused(file, self._largest))
                return None, None
            whole = file.path if file.content is None else file.content
            if file.size < LARGE:
                table, rest = read_table(whole, columns=self._known), None
            elif begun := self._figures_begun(file):
                return begun, None
            else:
                rest = Pieces(whole, self._known)
                table = rest.first
        except OSError as error:
            self.found.append(_unopened(file, f"cannot be opened ({error.strerror or error})"))
            return None, None
        return table, rest

    def _fit(self, file: Received, table: TextTable, fit: Match, *, whole: bool) -> Fit:
        """Match a file's columns; in accepted history, columns may be missing or extra."""
        if self._past:
            return Fit(table.observations)
        return fit_columns(file, table, fit, self._collection.returns, self._declarations, whole=whole)

    def _named(self, file: Received) -> str | None:
        """The return that a sheet, or else the file, is named after."""
        by_sheet = return_named(file.sheet, self._collection.returns) if file.sheet else None
        return by_sheet or return_named(file.path.name, self._collection.returns)

    def _hint(self, file: Received) -> str:
        """What a file is called, or the return that its sheet is named after."""
        return file.stem if file.sheet is None else self._named(file) or file.stem

    def _say(self, file: Received, fitted: Fit, fit: Match | None = None) -> None:
        """Take in what comes of a file, under the name of its return; of one that is none, of that it is named after."""
        about = (fit.name if fit else None) or self._named(file) or file.stem
        self.found += [*(_finding(file, one, about) for one in fitted.observations), *fitted.found]

    def _figures_begun(self, file: Received) -> TextTable | None:
        """The first rows of a file that holds a return of figures, of which a large file is not read; None for any other."""
        source = Source(file.path if file.content is None else file.content)
        begun = read_table(source.head[: source.head.rfind(b"\n") + 1], columns=self._known)
        fit = self._match(file, begun) if begun.cells.names else None
        if fit is None or fit.schema is None or fit.schema.records:
            return None
        return replace(begun, sha256=source.sha256())

    def _match(self, file: Received, table: TextTable) -> Match:
        """The return of a file; files with the same headings are looked at once."""
        key = (tuple(table.cells.names), self._hint(file), file.kind)
        if key not in self._matches:
            self._matches[key] = (self._as_named if self._past else self._recognised)(file, table)
        return self._matches[key]

    def _recognised(self, file: Received, table: TextTable) -> Match:
        returns = self._collection.returns
        if file.kind is not None:
            returns = {name: schema for name, schema in returns.items() if schema.kind is file.kind}
        if not returns:  # of this kind
            return Match(None, {}, (), ())
        return recognise(table.cells.names, self._hint(file), returns)

    def _say_unrecognised(self, file: Received, table: TextTable, fit: Match) -> None:
        """A file that is none of the returns; a line of text among the forces' files is no matter."""
        if file.kind is ReturnKind.RETURN and self._named(file) is None and _is_a_line(table, fit):
            self.found.append(_passed_over(file, "it contains only one line, not a table"))
            return
        self._say(file, Fit(table.observations))
        if not _is_no_table(table):
            self.found.append(_unrecognised(file, table, fit, self._of_another_kind(file, table)))

    def _of_another_kind(self, file: Received, table: TextTable) -> ReturnSchema | None:
        """The return that a file is recognised as, whatever its folder."""
        returns = {
            name: schema
            for name, schema in self._collection.returns.items()
            if file.kind not in (None, schema.kind)
        }
        return recognise(table.cells.names, self._hint(file), returns).schema if returns else None

    def _as_named(self, file: Received, table: TextTable) -> Match:
        schema = self._collection.returns.get(self._hint(file))
        if schema is None:
            return Match(None, {}, (), ())
        fit = match(table.cells.names, schema)
        some_item = {item.name for item in schema.items} & fit.columns.keys()
        return fit if some_item else Match(None, {}, fit.missing, fit.extra, nearest=schema)


def _is_no_table(table: TextTable) -> bool:
    """Whether there are no rows, no headings or one column; a few rows in one column are another matter."""
    unsplit = any(isinstance(one, OneHeading | UnsplitRows) for one in table.observations)
    headless = any(isinstance(one, NoRows | NoHeadings) for one in table.observations)
    return headless or (len(table.cells.names) == 1 and unsplit)


def _is_a_line(table: TextTable, fit: Match) -> bool:
    """Whether there is one cell in all, and it is no heading that is known."""
    return len(table.cells.names) == 1 and not len(table.cells) and not fit.columns


def _unopened(file: Received, why: str) -> Findings:
    place = Place(file.force, f"{file.shown} {why}.", file.source)
    return at_places(built_in()[UNOPENED_FILE], file.stem, None, [place])


def _refused(file: Received, largest: int) -> Findings:
    message = (
        f"{file.name} has {file.size:,} bytes ({size(file.size)}). Files of more than {size(largest)} are not read; "
        "--max-file-size sets the limit."
    )
    return at_places(built_in()[FILE_OVER_LIMIT], file.stem, None, [Place(file.force, message, file.source)])


def _may_be_table(path: Path) -> bool:
    """Whether a file's ending, if it has one, is one that tables have."""
    ending = path.suffix.strip().lower()
    return not ending or ending in (*TABLE_ENDINGS, *ARCHIVES)


def _passed_over(file: Received, why: str) -> Findings:
    message = f"{file.name} was not read: {why}."
    return at_places(built_in()[FILE_PASSED_OVER], file.stem, None, [Place(file.force, message, file.source)])


def _finding(file: Received, seen: Observation, about: str) -> Findings:
    """An observation in words, in each of its rows; row 0 is the whole file."""
    place = Place(file.force, seen.words(), file.source, value=seen.value)
    return at_rows(built_in()[seen.code], about, seen.column, place, seen.rows or (0,))


def _too_large(file: Received, fit: Match, collection: Collection) -> Findings:
    title = fit.schema.title if fit.schema else ""
    usual = f"“{title}” should have a few rows per {collection.nouns.one}"
    message = f"{file.shown} is larger than {LARGE // 2**20} megabytes; {usual}."
    return at_places(built_in()[FILE_TOO_LARGE], fit.name, None, [Place(file.force, message, file.source)])


def _unrecognised(file: Received, table: TextTable, fit: Match, other: ReturnSchema | None) -> Findings:
    nearest = fit.nearest
    message = f"The column headings of {file.shown} do not match any return."
    if other is not None and file.kind is not None:
        message = (
            f"The column headings of {file.shown} do not match any return that belongs in {file.kind.value}/. They match "
            f"“{other.title}” ({other.name}), which belongs in {other.kind.value}/."
        )
    elif nearest is not None and fit.columns:
        message += f" The closest is “{nearest.title}” ({nearest.name})"
        differs = []
        if fit.missing:
            differs.append(f"{listed(some(fit.missing))} {'is' if len(fit.missing) == 1 else 'are'} missing")
        if fit.extra:
            differs.append(f"{listed(some(fit.extra))} {'is' if len(fit.extra) == 1 else 'are'} not expected")
        message += f"{': ' * bool(differs)}{'; '.join(differs)}."
    elif nearest is not None:
        columns = [name for name in nearest.columns if name not in MISSED_BY_NOBODY]
        message += (
            f" The closest is “{nearest.title}” ({nearest.name}). Its columns are {listed(some(columns))}."
        )
    place = Place(file.force, message, file.source, table.header_row)
    return at_places(built_in()[UNRECOGNISED], file.stem, None, [place])
