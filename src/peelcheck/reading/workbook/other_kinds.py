"""Workbooks that are no .xlsx: how many cells they span is counted before anything gives them room.

A few bytes of an .ods or .xlsb file can stand for billions of cells.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from peelcheck.reading.workbook.bounds import DENSE, SPARSE, NotReadError, blocks_of

_ROW_OR_CELL = re.compile(
    rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*?)(/?)>|</table:(table|table-row)>"
)
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')
_VALUE_IN_TAG = re.compile(rb"office:(?:value|date-value|boolean-value|string-value|time-value)=")
_LONGEST_TAG = 1 << 16
_ROW_HEADER = 0
_CELLS = range(1, 12)
"""Records of cells in an .xlsb: 1 is a blank one, the others have values."""


def refuse_a_span_of_nothing(package: zipfile.ZipFile) -> None:
    """Count the cells that the sheets of an .ods or .xlsb file span.

    Raises:
        NotReadError: they are very many, and next to all of them are blank or repeated.
    """
    names = package.namelist()
    if "content.xml" in names:
        _Spreadsheet().read(blocks_of(package, package.getinfo("content.xml")))
    for name in names:
        if name.startswith("xl/worksheets/") and name.endswith(".bin"):
            _measure_records(b"".join(blocks_of(package, package.getinfo(name))))


def _refuse(span: int, filled: int) -> None:
    if span > DENSE and span > SPARSE * filled:
        raise NotReadError(f"a sheet spans {span:,} cells, but nearly all of them are blank or repeated")


class _Spreadsheet:
    """The rows and cells of an .ods file's XML as they are told; what is repeated counts as often."""

    def __init__(self) -> None:
        self._rows = self._width = self._widest = self._filled = self._times = 0

    def read(self, blocks: Iterator[bytes]) -> None:
        """All of the file, in blocks."""
        rest = b""
        for block in blocks:
            rest += block
            end = rest.rfind(b"<")
            self._look_at(rest[:end])
            rest = rest[end:] if len(rest) - end < _LONGEST_TAG else b""
        self._look_at(rest)
        self._end_of_table()

    def _look_at(self, block: bytes) -> None:
        for found in _ROW_OR_CELL.finditer(block):
            if found[4] == b"table":
                self._end_of_table()
            elif found[4] == b"table-row" or (found[1] == b"table-row" and found[3]):
                self._end_of_row()
            elif found[1] == b"table-row":
                self._times, self._width, self._has_any = self._repeats(found[2]), 0, False
            elif found[1]:
                self._cell(found[2], closed=bool(found[3]))

    def _cell(self, inside: bytes, *, closed: bool) -> None:
        self._width += self._repeats(inside)
        if not closed or _VALUE_IN_TAG.search(inside):
            self._has_any = True
            self._filled += 1
            self._widest = max(self._widest, self._width)
            self._reaches = True

    @staticmethod
    def _repeats(inside: bytes) -> int:
        found = _REPEATED.search(inside)
        return int(found[1]) if found else 1

    _has_any = _reaches = False
    _empty = 0

    def _end_of_row(self) -> None:
        if self._has_any:
            self._rows += self._empty + self._times
            self._empty = 0
        else:
            self._empty += self._times
        self._has_any = False

    def _end_of_table(self) -> None:
        _refuse(self._rows * self._widest, self._filled)
        self._rows = self._widest = self._filled = self._empty = 0


def _measure_records(data: bytes) -> None:
    """The cells that the records of an .xlsb sheet span."""
    at, row, last_row, last_column, filled, end = 0, 0, 0, 0, 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        for _ in range(4):
            if at >= end:
                break
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if kind == _ROW_HEADER:
            row = int.from_bytes(data[at : at + 4], "little")
        elif kind in _CELLS and kind != 1:
            filled += 1
            last_row = max(last_row, row + 1)
            last_column = max(last_column, int.from_bytes(data[at : at + 4], "little") + 1)
        at += size
    _refuse(last_row * last_column, filled)
