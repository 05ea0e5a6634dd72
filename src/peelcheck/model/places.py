"""Where something stands, as the force sees it."""

from __future__ import annotations

from msgspec import Struct


class Location(Struct, frozen=True):
    """A place as the force sees it: the spreadsheet's row (the header is row 1), the column, the cell as written.

    The column is named by the file's own heading or, where the file has none for it, by the schema's field.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
