"""Files that are no text table, told by their first bytes: workbooks, web pages, PDFs, pictures."""

from __future__ import annotations

import codecs
import re

from peelcheck.reading.observations import Observation
from peelcheck.reading.observations.no_table import NotText, WebPage, Workbook

_XLS = (".xls", ".xlt")
_XLSX = (".xlsx", ".xlsm", ".xlsb", ".xltx")
_WORKBOOKS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook of the older kind (.xls)", _XLS),
    (b"\x09\x08\x10\x00\x00\x06\x05\x00", "an Excel workbook of the oldest kind (.xls)", _XLS),
    (b"ID;P", "a spreadsheet in SYLK format (.slk)", (".slk",)),
)

_OTHERS = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a Word document in RTF format"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7-Zip)"),
    (b"Rar!\x1a\x07", "a compressed file (RAR)"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?"
    rb"<(?:!--|(?:!doctype\s+html|html|head|body|script|table|meta|div|style)\b)",
    re.I | re.S,
)
_JSON = re.compile(rb"\s*(?:\{\s*(?:\"[^\"\n]{0,200}\"\s*:|\})|\[\s*[\[{])")
_LOOKED_AT = 4096
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{1,200})</title", re.I)
_SPREADSHEET_XML = re.compile(
    rb"\s*<\?xml[^>]{0,200}>.{0,500}(?:progid=\"Excel|schemas-microsoft-com:office:spreadsheet)", re.S
)
_XML = re.compile(rb"\s*<\?xml\s")


def not_a_table(head: bytes, ending: str | None = None) -> Observation | None:
    """What a file is that holds no text table; None where it may hold one.

    Args:
        head: the file's first bytes; a few thousand are enough.
        ending: that of its name (`.csv`); None where it has no name.
    """
    if head.startswith(b"PK\x03\x04"):
        return _zip(head, ending)
    for magic, what, endings in _WORKBOOKS:
        if head.startswith(magic):
            return _workbook(what, endings, ending)
    for magic, what in _OTHERS:
        if head.startswith(magic):
            return NotText(what)
    text = _narrow(head)
    if _SPREADSHEET_XML.match(text):
        return _workbook("an Excel workbook in XML format", (*_XLS, ".xml"), ending)
    if _HTML.match(text):
        return _web_page(text)
    if _XML.match(text):
        return NotText("an XML document")
    if _JSON.match(text):
        return NotText("a JSON document")
    return None


def _narrow(head: bytes) -> bytes:
    """The first bytes of a text as in UTF-8, without the mark."""
    if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.removeprefix(codecs.BOM_UTF8)
    return head[:_LOOKED_AT].decode("utf-16", "replace").encode()


def _workbook(what: str, endings: tuple[str, ...], ending: str | None) -> Observation:
    disguised = ending is not None and ending.lower() not in endings
    locked = disguised and endings is _XLS and str(ending).lower() in _XLSX
    return Workbook(what, disguised, locked)


def _zip(head: bytes, ending: str | None) -> Observation:
    if b"xl/" in head or (b"[Content_Types].xml" in head and b"word/" not in head and b"ppt/" not in head):
        return _workbook("an Excel workbook (.xlsx)", _XLSX, ending)
    if b"opendocument.spreadsheet" in head:
        return _workbook("a LibreOffice spreadsheet (.ods)", (".ods",), ending)
    what = "a Word document" if b"word/" in head else "a compressed file (zip)"
    return NotText(what)


def _web_page(head: bytes) -> Observation:
    title = _TITLE.search(head)
    said = " ".join(title.group(1).decode("utf-8", "replace").split()) if title else ""
    return WebPage(said)
