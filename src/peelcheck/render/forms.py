"""How a file that the program wrote is known again: CSV by its columns, JSON by its keys, a page by how it is laid out."""

from __future__ import annotations

import re
import stat
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from zipfile import ZipFile

HEAD = 4096
"""Bytes in which a result shows what it is: the longest beginning is a heading with the title of a round in it."""
_MOST = 1 << 25
"""Bytes of a result that are looked at: all findings may be many times as much."""
_MARK = b"\xef\xbb\xbf"
_CELL = rb'(?:"[^"\r]*(?:""[^"\r]*)*"|[-+.0-9e]*)'
_LARGEST_PART = 1 << 20
"""Bytes of one part of a workbook that are looked at."""
_AROUND = ' "\ufeff\ufffd'
"""What may stand around a heading: the byte-order mark before the first, as it is or undone."""
_SEPARATED = "[,;\t|]"


class FileSeen:
    """A file as a form sees it. What is no file is not opened; one that cannot be opened has no bytes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def head(self) -> bytes:
        """The first bytes, in which a result shows what it is."""
        return self._read(HEAD) or b""

    @cached_property
    def text(self) -> str:
        """The first bytes as text, without those that are none in UTF-8."""
        return self.head.decode(errors="ignore")

    @cached_property
    def rows(self) -> list[set[str]]:
        """The cells of each of the first lines, whatever separates them, without what may stand around a heading.

        The headings are ASCII, so that without its zero bytes UTF-16 reads the same.
        """
        lines = self.head.replace(b"\0", b"").decode(errors="replace").splitlines()
        return [{cell.strip(_AROUND) for cell in re.split(_SEPARATED, line)} for line in lines]

    @cached_property
    def content(self) -> tuple[bytes, bool]:
        """All bytes, and whether that is so: of a very large file only the beginning is read."""
        data = self._read(_MOST) or b""
        return data, len(data) < _MOST

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to lose in it; so it is not of a file that cannot be opened."""
        head = self._read(HEAD)
        return head is not None and len(head) < HEAD and not head.strip()

    def _read(self, most: int) -> bytes | None:
        try:
            if not stat.S_ISREG(self._path.stat().st_mode):
                return None
            with self._path.open("rb") as handle:
                return handle.read(most)
        except OSError:
            return None


class Form(Struct, frozen=True):
    """How files of one output are known. No two outputs begin alike."""

    def begins(self, file: FileSeen) -> bool:
        """Whether the beginning is as the program writes it."""
        raise NotImplementedError

    def is_whole(self, file: FileSeen) -> bool:
        """Whether the rest of a file that begins so is as the program writes it, too."""
        raise NotImplementedError

    def resembles(self, file: FileSeen) -> bool:
        """Whether a file was such a result before somebody added to it or saved it in another form."""
        return self.begins(file)


class Csv(Form, frozen=True):
    """A table with these columns, each heading in `quote`, and lines that end in `ends`. Spreadsheets write it otherwise."""

    columns: tuple[str, ...]
    quote: str = '"'
    ends: str = "\r\n"

    @property
    def heading(self) -> bytes:
        """The first line as the program writes it; Excel knows UTF-8 by the mark before it."""
        quote = self.quote
        return _MARK + (quote + f"{quote},{quote}".join(self.columns) + quote + self.ends).encode()

    def begins(self, file: FileSeen) -> bool:
        """Whether the first line is the program's own."""
        return file.head.startswith(self.heading)

    def is_whole(self, file: FileSeen) -> bool:
        """Whether every line is a row as the program writes it, a cell for each column; no cell has a line end in it."""
        data, complete = file.content
        row = re.compile(rb"%s(,%s){%d}\r?" % (_CELL, _CELL, len(self.columns) - 1))
        *rows, rest = data.split(b"\n")
        return (not rest or not complete) and all(map(row.fullmatch, rows[1:]))

    def resembles(self, file: FileSeen) -> bool:
        """Whether a line has all the headings, whatever separates them and whatever stands beside them."""
        return any(row.issuperset(self.columns) for row in file.rows)


class Json(Form, frozen=True):
    """A JSON object with these keys; the first is the version."""

    keys: tuple[str, ...]

    def begins(self, file: FileSeen) -> bool:
        """Whether the first two keys are those, set out as the program does."""
        return file.head.startswith(f'{{\n "{self.keys[0]}": 1,\n "{self.keys[1]}": '.encode())

    def is_whole(self, file: FileSeen) -> bool:
        """Whether there is one object with these keys and no other, and nothing after it; a very large one is trusted."""
        import json  # not loaded for --help

        data, complete = file.content
        if not complete:
            return True
        try:
            return tuple(json.loads(data)) == self.keys
        except (ValueError, RecursionError):
            return False


class Page(Form, frozen=True):
    """A page for a person, known by its first heading with the line beneath it; `layout` is a verbose pattern of them."""

    layout: str

    def begins(self, file: FileSeen) -> bool:
        """Whether the page begins so."""
        return re.compile(self.layout, re.VERBOSE).match(file.text) is not None

    def is_whole(self, file: FileSeen) -> bool:
        """Always true: a line that somebody added to a page cannot be recognised."""
        return True


class Never(Form, frozen=True):
    """An output that is only ever written to stdout, so that no file is one."""

    def begins(self, file: FileSeen) -> bool:
        """Never."""
        return False

    def is_whole(self, file: FileSeen) -> bool:
        """Never."""
        return False


class Xml(Form, frozen=True):
    """XML that begins with this text."""

    start: str

    def begins(self, file: FileSeen) -> bool:
        """Whether the beginning is the program's own."""
        return file.head.startswith(self.start.encode())

    def is_whole(self, file: FileSeen) -> bool:
        """Whether nothing stands after the end; what was changed in the middle cannot be recognised."""
        data, complete = file.content
        return not complete or data.endswith(b"</testsuites>\n")


class Workbook(Form, frozen=True):
    """A workbook of this author with this first sheet. Whoever saves it puts the date of that into it."""

    author: str
    sheet: str

    def begins(self, file: FileSeen) -> bool:
        """Whether it is such a workbook, saved again or not."""
        return bool(self._properties(file))

    def is_whole(self, file: FileSeen) -> bool:
        """Whether nobody has saved it since: it was changed when it was made."""
        dates = re.findall(r"<dcterms:(?:created|modified)[^>]*>([^<]*)<", self._properties(file))
        return len(dates) == 2 and dates[0] == dates[1]

    def _properties(self, file: FileSeen) -> str:
        """The properties of the document; "" for any other file."""
        if not file.head.startswith(b"PK\x03\x04"):
            return ""
        import zipfile  # not loaded for --help
        from io import BytesIO

        data, complete = file.content
        try:
            with zipfile.ZipFile(BytesIO(data if complete else b"")) as members:
                core = _member(members, "docProps/core.xml")
                sheets = _member(members, "xl/workbook.xml")
        except (
            zipfile.BadZipFile,
            zipfile.LargeZipFile,
            KeyError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ):
            return ""
        is_own = f"<dc:creator>{self.author}</dc:creator>" in core and f'<sheet name="{self.sheet}"' in sheets
        return core if is_own else ""


def _member(members: ZipFile, name: str) -> str:
    """The beginning of a file in a zip, whatever size the zip says that it has."""
    with members.open(name) as part:
        return part.read(_LARGEST_PART).decode(errors="replace")
