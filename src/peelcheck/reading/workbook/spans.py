"""How much room a workbook's cells would take: counted before anything gives it to them.

A few bytes of a workbook can stand for billions of cells, or for a long text again and again. Whatever part holds cells is
looked at, whether or not the workbook names it as a sheet.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import cache

from peelcheck.reading.workbook.bounds import MOST_UNPACKED, NotReadError, blocks_of

_DENSE = 4_000_000
"""Cells that a sheet may span, whatever it holds; one that spans more must be filled to a hundredth."""
_SPARSE = 100
_LONGEST_TAG = 1 << 16

_PLACE = re.compile(rb"<(?:\w+:)?c\b[^>]*?\sr\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr\s*=\s*[\"'](\d{1,7})[\"']")
_LAST_ROW = 1_048_576
_SHARED = re.compile(rb"<(?:\w+:)?c\b[^>]*?\st\s*=\s*[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})")
_ITEM_ENDS = re.compile(rb"</(?:\w+:)?si>")

_ROW_OR_CELL = re.compile(
    rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*?)(/?)>|</table:(table|table-row)>"
)
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"'](\d{1,9})[\"']")
_VALUE_IN_TAG = re.compile(rb"office:(?:value|date-value|boolean-value|string-value|time-value)\s*=")


def refuse_what_takes_too_much(package: zipfile.ZipFile) -> None:
    """Count the cells that the sheets of a workbook span, and the texts that they hold.

    Raises:
        NotReadError: they are very many, and next to all of them are blank or repeated.
    """
    shared = _lengths_of_shared_texts(package)
    for part in package.infolist():
        if part.filename == "content.xml":
            _Spreadsheet().read(blocks_of(package, part))
        elif part.filename.endswith(".bin") and "sheet" in part.filename.lower():
            _measure_records(b"".join(blocks_of(package, part)), shared)
        elif part.filename.endswith(".xml"):
            cells = _measure_xml(blocks_of(package, part))
            if cells * max(shared, default=0) > MOST_UNPACKED:
                _refuse_texts(sum(_texts_of(blocks_of(package, part), shared)))


def _refuse_span(span: int, filled: int) -> None:
    if span > _DENSE and span > _SPARSE * filled:
        raise NotReadError(f"a sheet spans {span:,} cells, but nearly all of them are blank or repeated")


def _refuse_texts(size: int) -> None:
    if size > MOST_UNPACKED:
        raise NotReadError("the texts in its cells would take more than a gigabyte")


def _lengths_of_shared_texts(package: zipfile.ZipFile) -> list[int]:
    """How long each of the texts is that cells share, in bytes of the file."""
    names = {name.lower(): name for name in package.namelist()}
    if name := names.get("xl/sharedstrings.xml"):
        data = b"".join(blocks_of(package, package.getinfo(name)))
        ends = [found.end() for found in _ITEM_ENDS.finditer(data)]
        return [end - start for start, end in zip([0, *ends], ends, strict=False)]
    if name := names.get("xl/sharedstrings.bin"):
        records = _records(b"".join(blocks_of(package, package.getinfo(name))))
        return [size for kind, _, size in records if kind == _SHARED_TEXT]
    return []


def _measure_xml(blocks: Iterator[bytes]) -> int:
    """Refuse a part in the XML of an .xlsx file whose cells span too much; gives how many of them share a text."""
    last_row = last_column = filled = cells = 0
    for block in _at_tags(blocks):
        filled += block.count(b"<v") + block.count(b":v>") + block.count(b"<is")
        rows = _ROW.findall(block)
        last_row = max(last_row, *map(int, rows)) if rows else last_row
        columns = {column for column, _ in _PLACE.findall(block)} if _is_wide(block) else set[bytes]()
        last_column = max(last_column, 26, *map(column_number, columns)) if columns else max(last_column, 26)
        cells += block.count(b'"s"') + block.count(b"'s'")
        if _elsewhere(len(str(last_row))).search(block):
            if _elsewhere(7).search(block):
                raise NotReadError("it is damaged (a cell or a row in it has no place)")
            last_row = max(last_row, *(int(row) for _, row in _PLACE.findall(block)))
    _refuse_span(min(10 ** len(str(last_row)), _LAST_ROW) * last_column, filled)
    return cells


@cache
def _elsewhere(digits: int) -> re.Pattern[bytes]:
    """A cell or a row whose place is none, or whose number has more digits: a cell need not be in the row around it."""
    number = rb"[1-9]\d{0,%d}[\"']" % (digits - 1)
    cell = rb"c\b[^>]*?\sr\s*=\s*[\"'](?![A-Z]{1,3}" + number + rb")"
    row = rb"row\b[^>]*?\sr\s*=\s*[\"'](?!" + number + rb")"
    return re.compile(rb"<(?:\w+:)?(?:" + cell + rb"|" + row + rb")")


def _texts_of(blocks: Iterator[bytes], shared: list[int]) -> Iterator[int]:
    """The length of the text of each cell that shares one."""
    for block in _at_tags(blocks):
        yield sum(shared[n] for n in map(int, _SHARED.findall(block)) if n < len(shared))


def _is_wide(block: bytes) -> bool:
    """Whether a cell may be beyond column Z."""
    return re.search(rb"\sr\s*=\s*[\"'][A-Z]{2,3}\d", block) is not None


def column_number(column: bytes) -> int:
    """`A` → 1, `AA` → 27."""
    number = 0
    for letter in column:
        number = 26 * number + letter - 64
    return number


def _at_tags(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Blocks that end before a tag, so that none is cut in two."""
    rest = b""
    for block in blocks:
        rest += block
        end = rest.rfind(b"<", max(0, len(rest) - _LONGEST_TAG))
        yield rest[: end if end > 0 else len(rest)]
        rest = rest[end:] if end > 0 else b""
    yield rest


class _Spreadsheet:
    """The rows and cells of an .ods file's XML as they are told; what is repeated counts as often."""

    def __init__(self) -> None:
        self._rows = self._blank_rows = self._times = 0
        self._width = self._widest = self._filled = self._texts = 0
        self._row_is_filled = False

    def read(self, blocks: Iterator[bytes]) -> None:
        """All of the file, in blocks."""
        for block in _at_tags(blocks):
            found = list(_ROW_OR_CELL.finditer(block))
            ends = [one.start() for one in found[1:]] + [len(block)]
            for one, end in zip(found, ends, strict=False):
                self._take(one, end - one.start())
        self._end_of_table()

    def _take(self, found: re.Match[bytes], size: int) -> None:
        if found[4] == b"table":
            self._end_of_table()
        elif found[4] == b"table-row":
            self._end_of_row()
        elif found[1] == b"table-row":
            self._times, self._width, self._row_is_filled = _repeats(found[2]), 0, False
            if found[3]:
                self._end_of_row()
        else:
            self._cell(found[2], bool(found[3]), size)

    def _cell(self, inside: bytes, closed: bool, size: int) -> None:
        self._width += _repeats(inside)
        if closed and not _VALUE_IN_TAG.search(inside):
            return
        self._row_is_filled = True
        self._filled += 1
        self._widest = max(self._widest, self._width)
        self._texts += size * _repeats(inside) * max(self._times, 1)
        if self._texts > MOST_UNPACKED and _repeats(inside) * self._times > 1:
            _refuse_texts(self._texts)

    def _end_of_row(self) -> None:
        if self._row_is_filled:
            self._rows += self._blank_rows + self._times
            self._blank_rows = 0
        else:
            self._blank_rows += self._times
        self._row_is_filled = False

    def _end_of_table(self) -> None:
        _refuse_span(self._rows * self._widest, self._filled)
        self._rows = self._blank_rows = self._widest = self._filled = 0


def _repeats(inside: bytes) -> int:
    found = _REPEATED.search(inside)
    return int(found[1]) if found else 1


_ROW_HEADER, _BLANK_CELL, _SHARED_CELL, _SHARED_TEXT = 0, 1, 7, 19
_CELLS = range(1, 12)
"""Kinds of records in an .xlsb file ([MS-XLSB] 2.3.2): cells of every type, the first of them blank."""


def _measure_records(data: bytes, shared: list[int]) -> None:
    """The cells that the records of an .xlsb sheet span, and the texts that they share."""
    row = last_row = last_column = filled = texts = 0
    for kind, at, _ in _records(data):
        if kind == _ROW_HEADER:
            row = int.from_bytes(data[at : at + 4], "little")
        elif kind in _CELLS and kind != _BLANK_CELL:
            filled += 1
            last_row = max(last_row, row + 1)
            last_column = max(last_column, int.from_bytes(data[at : at + 4], "little") + 1)
            if kind == _SHARED_CELL:
                which = int.from_bytes(data[at + 8 : at + 12], "little")
                texts += shared[which] if which < len(shared) else 0
    _refuse_texts(texts)
    _refuse_span(last_row * last_column, filled)


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """The kind, the place and the size of each record: both numbers are written seven bits at a time."""
    at, end = 0, len(data)
    while at < end:
        kind, at = _seven_bits(data, at, 2)
        size, at = _seven_bits(data, at, 4)
        yield kind, at, size
        at += size


def _seven_bits(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number, the lowest bits first, and the place after it."""
    number = 0
    for shift, byte in zip(range(0, 7 * most, 7), data[at : at + most], strict=False):
        number |= (byte & 0x7F) << shift
        at += 1
        if not byte & 0x80:
            break
    return number, at
