"""What a workbook's own XML (.xlsx, .xlsm) says that the values alone do not: errors, formulas, formats, what is hidden.

The parts are unpacked one after the other within bounds, and searched as text. Nothing in them is followed or expanded: a
file with a document type, which could declare entities, is not read.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from xml.etree import ElementTree

from msgspec import Struct, field

from peelcheck.reading.text import letters
from peelcheck.reading.workbook.bounds import (
    BLOCK,
    DENSE,
    SPARSE,
    NotReadError,
    blocks_of,
    refuse_what_is_too_large,
)
from peelcheck.reading.workbook.formats import Format, format_of
from peelcheck.reading.workbook.other_kinds import refuse_a_span_of_nothing

_MOST_SMALL = 1 << 26
"""Bytes of a part that is read as a tree: the list of sheets, the formats."""
_LONGEST_CELL = 1 << 20
"""Bytes of a cell in a block of XML; a longer one is not looked into."""
_MOST_NOTED = 1_000
"""Cells of one kind that are kept."""
_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\br="([A-Z]{1,3})(\d{1,7})")(?=[^>]*\bs="(\d+)"|)(?=[^>]*\bt="(\w+)"|)[^>]*?'
    rb"(?:/>|>(.*?)</(?:\w+:)?c>)",
    re.S,
)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)<)")
_PLACE = re.compile(rb'<(?:\w+:)?c\b[^>]*\br="([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*\br="(\d{1,7})"[^>]*>')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d{1,7})"')
_HIDDEN_COLUMNS = re.compile(
    rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d{1,5})")(?=[^>]*\bmax="(\d{1,5})")[^>]*>'
)

Cell = tuple[int, int]
"""A row and a column, both from 0."""


class Details(Struct, frozen=True):
    """What a sheet's XML says of its cells.

    Attributes:
        instead: what stands in for a cell without a usable value: an error value, or a formula that was never worked out.
        shown: cells that show something else than they hold, each with both.
        hidden_rows, hidden_columns: from 0.
        hidden: whether the sheet itself is.
    """

    instead: Mapping[Cell, str] = field(default_factory=dict)
    shown: tuple[tuple[str, int, str, str], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    hidden: bool = False

    def within(self, rows: int, *, hidden: bool) -> Details:
        """The details of a sheet with so many rows."""
        return Details(
            self.instead,
            self.shown,
            tuple(row for row in self.hidden_rows if row < rows),
            self.hidden_columns,
            hidden,
        )


def details_of_sheets(data: bytes) -> dict[str, Details]:
    """The details of every sheet by its name; none for a workbook of another kind.

    Raises:
        NotReadError: the file is damaged, or larger than it may be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            refuse_what_is_too_large(package)
            if "xl/workbook.xml" not in package.namelist():
                refuse_a_span_of_nothing(package)
                return {}
            formats = _formats(package)
            return {name: _details(package, part, formats) for name, part in _sheets(package)}
    except _DAMAGED as error:
        raise NotReadError("it is damaged") from error


_DAMAGED = (
    zipfile.BadZipFile,
    ElementTree.ParseError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)


def _small(package: zipfile.ZipFile, part: str) -> ElementTree.Element | None:
    """A part as a tree; None where there is none."""
    if part not in package.namelist():
        return None
    return ElementTree.fromstring(b"".join(blocks_of(package, package.getinfo(part), _MOST_SMALL)))  # noqa: S314 (no document type)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet and the part that holds it."""
    book, links = _small(package, "xl/workbook.xml"), _small(package, "xl/_rels/workbook.xml.rels")
    targets = {} if links is None else {one.get("Id"): one.get("Target", "") for one in links}
    for one in () if book is None else book.iter():
        if _local(one.tag) != "sheet":
            continue
        key = next((value for name, value in one.attrib.items() if _local(name) == "id"), None)
        part = posixpath.normpath(posixpath.join("/xl", targets.get(key, ""))).lstrip("/")
        if part in package.namelist():
            yield one.get("name", ""), part


def _formats(package: zipfile.ZipFile) -> dict[int, Format]:
    """The formats that may show another figure than the cell holds, by the number by which cells name them."""
    styles = _small(package, "xl/styles.xml")
    if styles is None:
        return {}
    own, used = dict[str, str](), list[str]()
    for part in styles:
        if _local(part.tag) == "numFmts":
            own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in part}
        elif _local(part.tag) == "cellXfs":
            used = [one.get("numFmtId", "0") for one in part]
    found = {n: format_of(which, own.get(which)) for n, which in enumerate(used)}
    return {n: form for n, form in found.items() if form is not None}


def _details(package: zipfile.ZipFile, part: str, formats: Mapping[int, Format]) -> Details:
    seen = _Seen(formats)
    for block in _whole_rows(blocks_of(package, package.getinfo(part))):
        seen.look_at(block)
    seen.refuse_a_span_of_nothing()
    return Details(
        seen.instead, tuple(seen.shown), tuple(seen.hidden_rows), tuple(sorted(seen.hidden_columns))
    )


def _whole_rows(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Blocks that end with a row, so that no cell is cut in two."""
    rest = b""
    for block in blocks:
        rest += block
        end = max(rest.rfind(b"</row>"), rest.rfind(b":row>")) + 1
        if end or len(rest) > 8 * BLOCK:
            yield rest[: end or len(rest)]
            rest = rest[end:] if end else b""
    yield rest


class _Seen:
    """What was seen in a sheet so far."""

    def __init__(self, formats: Mapping[int, Format]) -> None:
        self._formats = formats
        self._styled = tuple(b's="%d"' % n for n in formats)
        self._last_row = self._last_column = self._filled = 0
        self.instead: dict[Cell, str] = {}
        self.shown: list[tuple[str, int, str, str]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: set[int] = set()

    def look_at(self, block: bytes) -> None:
        """Take in whole rows of the sheet's XML."""
        for found in _HIDDEN_COLUMNS.finditer(block):
            self.hidden_columns.update(range(int(found[1]) - 1, min(int(found[2]), 16_384)))
        if b"hidden=" in block:
            self.hidden_rows += [int(row) - 1 for row in _HIDDEN_ROW.findall(block)]
        self._measure(block)
        if (
            b't="e"' in block
            or b"<f" in block
            or b":f" in block
            or any(map(block.__contains__, self._styled))
        ):
            for found in _CELL.finditer(block):
                self._cell(*found.groups())

    def _measure(self, block: bytes) -> None:
        """How far the sheet reaches, and about how many cells have something in them."""
        rows = _ROW.findall(block)
        if rows:
            self._last_row = (
                max(self._last_row, *map(int, rows))
                if len(rows) < 2
                else max(self._last_row, int(rows[0]), int(rows[-1]))
            )
        self._filled += block.count(b"<v") + block.count(b":v>") + block.count(b"<is>")
        for column in {letters_ for letters_, _ in _PLACE.findall(block)} if self._may_be_wide(block) else ():
            self._last_column = max(self._last_column, _number_of(column))

    @staticmethod
    def _may_be_wide(block: bytes) -> bool:
        return re.search(rb'\br="[A-Z]{2,3}\d', block) is not None

    def refuse_a_span_of_nothing(self) -> None:
        """A sheet that reaches far and holds next to nothing would take all memory.

        Raises:
            NotReadError: it is one.
        """
        span = self._last_row * max(self._last_column, 26)
        if span > DENSE and span > SPARSE * self._filled:
            raise NotReadError(
                f"a sheet reaches down to row {self._last_row:,} and to column {letters(max(self._last_column, 1) - 1)}, but "
                "nearly all of it is blank"
            )

    def _cell(
        self, column: bytes, row: bytes, style: bytes | None, kind: bytes | None, inside: bytes | None
    ) -> None:
        if not inside or len(inside) > _LONGEST_CELL:
            return
        value, formula = _VALUE.search(inside), _FORMULA.search(inside)
        at = int(row) - 1, _number_of(column) - 1
        if kind == b"e" and len(self.instead) < _MOST_NOTED * 100:
            self.instead[at] = _decoded(value[1]) if value else "#ERROR"
        elif formula is not None and not (value and value[1]) and b"<is" not in inside and kind != b"str":
            self.instead[at] = "=" + _decoded(formula[1] or b"")[:100]
        elif value and kind in (None, b"n") and style and len(self.shown) < _MOST_NOTED:
            form = self._formats.get(int(style))
            other = form.shows(_decoded(value[1])) if form else None
            if other is not None:
                self.shown.append((f"{column.decode()}{int(row)}", int(row), *other))


def _number_of(column: bytes) -> int:
    """`A` → 1, `AA` → 27."""
    number = 0
    for letter in column:
        number = 26 * number + letter - 64
    return number


def _decoded(text: bytes) -> str:
    return unescape(text.decode("utf-8", "replace"))
