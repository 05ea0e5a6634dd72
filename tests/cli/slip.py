"""Two outputs that the program does not have: the codes of the queries as a text, and as what begins like a workbook."""

from __future__ import annotations

from peelcheck.model import Result
from peelcheck.render.forms import FileSeen, Form
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered


class Slip(Form, frozen=True):
    """Known by a first line of its own; whole with its last."""

    first: bytes

    def begins(self, file: FileSeen) -> bool:
        return file.head.startswith(self.first)

    def is_whole(self, file: FileSeen) -> bool:
        return file.content[0].endswith(b"\nend\n")


def slip(result: Result, look: Look) -> str:
    return "\n".join(["codes of queries", *(query.code for query in result.queries), "end", ""])


def workbook(result: Result, look: Look) -> bytes:
    return b"PK\x03\x04\xff" + slip(result, look).encode()


SLIP = Rendered("slip", (".slip", ".tsv"), Slip(b"codes of queries\n"), slip)
WORKBOOK = Rendered("book", (".ods",), Slip(b"PK\x03\x04\xffcodes of queries\n"), workbook)
