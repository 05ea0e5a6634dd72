"""How a file is written: its encoding, its separator, its quotation marks, and the rows around its table."""

from __future__ import annotations

from msgspec import Struct

from peelcheck.reading.csv.encoding import TITLES

_DELIMITERS = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "vertical bars",
    " ": "spaces",
    ":": "colons",
}


class Recognised(Struct, frozen=True):
    """How the file is written.

    Attributes:
        encoding: as Python names it: `utf-8`, `utf-8-sig`, `utf-16-le`, `cp1252`, …; empty where it is no text.
        delimiter: what stands between cells; empty where there is one column.
        quote: what stands around cells; empty where nothing does.
        escape: what stands before a quotation mark inside a cell; empty where it is written twice.
        header_rows: the rows of headings; empty where there are none.
        preamble: rows above them that were set aside.
        footer: rows below the table that were set aside.
        mixed: whether the letters are partly in UTF-8 and partly in Windows-1252.
        controls: whether control characters stood for Windows-1252's quotation marks and dashes.
        names_delimiter: whether the first line names the separator (`sep=;`).
    """

    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    escape: str = ""
    header_rows: tuple[int, ...] = ()
    preamble: tuple[int, ...] = ()
    footer: tuple[int, ...] = ()
    mixed: bool = False
    controls: bool = False
    names_delimiter: bool = False

    @property
    def put_right(self) -> tuple[str, ...]:
        """What is not as in a plain CSV file and was read nevertheless, in a few words each."""
        out = []
        if self.mixed:
            out.append("characters partly in UTF-8 and partly in Windows-1252")
        elif self.encoding and not self.encoding.startswith("utf-8"):
            out.append(f"characters in {TITLES.get(self.encoding, self.encoding)}")
        if self.controls:
            out.append(
                "quotation marks, dashes or other characters of Windows-1252 saved as control characters"
            )
        if self.delimiter and self.delimiter != ",":
            out.append(f"{_DELIMITERS.get(self.delimiter, f'“{self.delimiter}”')} between cells")
        if self.quote == "'":
            out.append("apostrophes around cells")
        if self.escape:
            out.append(f"“{self.escape}” before quotation marks inside cells")
        if self.names_delimiter:
            out.append("“sep=” in the first line")
        return tuple(out)
