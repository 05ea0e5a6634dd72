"""What a workbook's own XML (.xlsx, .xlsm) says that the values alone do not: errors, formulas, formats, what is hidden.

The parts are unpacked one after the other within bounds, and searched as text. Nothing in them is followed or expanded: a
file with a document type, which could declare entities, is not read.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from html import unescape

from msgspec import Struct, field

from peelcheck.reading.workbook.bounds import BLOCK, NotReadError, blocks_of, refuse_what_is_too_large
from peelcheck.reading.workbook.formats import Format, format_of
from peelcheck.reading.workbook.spans import column_number, refuse_what_takes_too_much

_MOST_AT_ONCE = 1 << 26
"""Bytes of a part that is held in memory as a whole."""
_LONGEST_CELL = 1 << 20
"""Bytes of a cell in a block of XML; a longer one is not looked into."""
_LONGEST_FORMULA = 100
_MOST_NOTED = 1_000
_MOST_STANDING_IN = 1_000_000
_WIDEST = 16_384
_TRUE = ("1", "true")

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)>(.*?)</(?:\w+:)?c>", re.S)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)<)")
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMNS = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_OWN_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*)>")
_USED_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.S)
_USED_FORMAT = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
_NAME = re.compile(
    rb"<(?:\w+:)?definedName\b([^>]*)>\s*&quot;([^<&]{0,200})&quot;|"
    rb"<(?:\w+:)?definedName\b([^>]*)>\s*\"([^<\"]{0,200})\""
)
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PLACE = re.compile("([A-Z]{1,3})([0-9]{1,7})")

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
        with _opened(data) as package:
            refuse_what_is_too_large(package)
            refuse_what_takes_too_much(package)
            if "xl/workbook.xml" not in package.namelist():
                return {}
            formats = _formats(package)
            return {name: _details(package, part, formats) for name, part in _sheets(package)}
    except _DAMAGED as error:
        raise NotReadError("it is damaged") from error


def names_in(data: bytes) -> dict[str, str]:
    """The texts that an .xlsx workbook, which was looked through before, defines by a name."""
    if not data.startswith(b"PK"):
        return {}
    with _opened(data) as package:
        found = _NAME.findall(_part(package, "xl/workbook.xml"))
    return {
        _attributes(one or other).get("name", ""): _decoded(text or same) for one, text, other, same in found
    }


_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    EOFError,
    OSError,
)


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (ValueError, struct.error, IndexError) as error:  # a name or a date that is none
        raise NotReadError("it is damaged") from error


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    """A part that is held in memory as a whole: the list of sheets, the formats; nothing where there is none."""
    if name not in package.namelist():
        return b""
    return b"".join(blocks_of(package, package.getinfo(name), _MOST_AT_ONCE))


def _attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a tag by their names without the name space."""
    return {
        name.rpartition(b":")[2].decode(): _decoded(one or other)
        for name, one, other in _ATTRIBUTE.findall(tag)
    }


def _tags(pattern: re.Pattern[bytes], text: bytes) -> Iterator[dict[str, str]]:
    return map(_attributes, pattern.findall(text))


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet and the part that holds it."""
    links = _tags(_LINK, _part(package, "xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id", ""): one.get("Target", "") for one in links}
    for one in _tags(_SHEET, _part(package, "xl/workbook.xml")):
        part = posixpath.normpath(posixpath.join("/xl", targets.get(one.get("id", ""), ""))).lstrip("/")
        if part in package.namelist():
            yield one.get("name", ""), part


def _formats(package: zipfile.ZipFile) -> dict[str, Format]:
    """The formats that may show another figure than the cell holds, by the number by which cells name them."""
    styles = _part(package, "xl/styles.xml")
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in _tags(_OWN_FORMAT, styles)}
    used = _USED_FORMATS.search(styles)
    found = {}
    for n, one in enumerate(_tags(_USED_FORMAT, used[0] if used else b"")):
        which = one.get("numFmtId", "0")
        form = format_of(which, own.get(which))
        if form is not None:
            found[str(n)] = form
    return found


def _details(package: zipfile.ZipFile, part: str, formats: Mapping[str, Format]) -> Details:
    seen = _Seen(formats)
    for block in _whole_rows(blocks_of(package, package.getinfo(part))):
        seen.look_at(block)
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

    def __init__(self, formats: Mapping[str, Format]) -> None:
        self._formats = formats
        self._styled = tuple(f'"{n}"'.encode() for n in formats) + tuple(f"'{n}'".encode() for n in formats)
        self.instead: dict[Cell, str] = {}
        self.shown: list[tuple[str, int, str, str]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: set[int] = set()

    def look_at(self, block: bytes) -> None:
        """Take in whole rows of the sheet's XML. Most have no cell that needs a second look."""
        if b"hidden" in block:
            self._hidden(block)
        if (
            b'"e"' in block
            or b"'e'" in block
            or _HAS_FORMULA.search(block)
            or any(style in block for style in self._styled)
        ):
            for attributes, inside in _CELL.findall(block):
                if not attributes.endswith(b"/"):
                    self._cell(_attributes(attributes), inside)

    def _hidden(self, block: bytes) -> None:
        for one in _tags(_COLUMNS, block):
            first, last = one.get("min", ""), one.get("max", "")
            if one.get("hidden") in _TRUE and first.isdecimal() and last.isdecimal():
                self.hidden_columns.update(range(int(first) - 1, min(int(last), _WIDEST)))
        for one in _tags(_ROW, block):
            if one.get("hidden") in _TRUE and one.get("r", "").isdecimal():
                self.hidden_rows.append(int(one["r"]) - 1)

    def _cell(self, attributes: Mapping[str, str], inside: bytes) -> None:
        place, kind = _PLACE.fullmatch(attributes.get("r", "")), attributes.get("t", "n")
        if place is None or len(inside) > _LONGEST_CELL:
            return
        value, formula = _VALUE.search(inside), _FORMULA.search(inside)
        at = int(place[2]) - 1, column_number(place[1].encode()) - 1
        if kind == "e" and len(self.instead) < _MOST_STANDING_IN:
            self.instead[at] = _decoded(value[1]) if value else "#ERROR!"
        elif formula and not (value and value[1]) and kind not in ("str", "inlineStr"):
            self.instead[at] = "=" + _decoded(formula[1] or b"")[:_LONGEST_FORMULA]
        elif value and kind == "n" and len(self.shown) < _MOST_NOTED:
            form = self._formats.get(attributes.get("s", ""))
            other = form.shows(_decoded(value[1])) if form else None
            if other is not None:
                self.shown.append((place[0], int(place[2]), *other))


def _decoded(text: bytes) -> str:
    return unescape(text.decode("utf-8", "replace"))
