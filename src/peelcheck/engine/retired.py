"""What stands in the accepted figures and declarations of a round, and what the collection no longer has.

A collection changes from year to year, and its past does not. What was retired is said and left out. What is only misspelt
stops the run: a figure that is not read would be a past that nothing is compared with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from msgspec import Struct
from msgspec.structs import replace

from peelcheck.errors import SchemaError
from peelcheck.matching.sheets import Sheet
from peelcheck.model import Collection, Findings, Source
from peelcheck.model.file_findings import Place, at_places
from peelcheck.reading.text import key
from peelcheck.rounds.received import Received
from peelcheck.rules.registry import built_in
from peelcheck.rules.round_rules import RETIRED
from peelcheck.schema.entries import shown
from peelcheck.wording import listed

_LONGEST = 100
"""Characters of a heading that are compared with the names of columns."""
_NEAR = 0.7
"""How alike two names are of which one is probably a misspelling of the other: 1 is the same."""


class Retired(Struct, frozen=True):
    """Something that the collection does not have: where it stands (row 0: the whole file), and what it is, in words."""

    source: Source
    row: int
    what: str


def is_retired(file: Received, collection: Collection) -> bool:
    """Whether a file of accepted figures is named after no return.

    Raises:
        SchemaError: its name is nearly that of a return.
    """
    if file.stem in collection.returns:
        return False
    near = get_close_matches(file.stem[:_LONGEST], collection.returns, n=1, cutoff=_NEAR)
    if near:
        raise SchemaError(
            file.name,
            "",
            "a file of accepted figures must be named after its return, and no return has this name; "
            f"did you mean {near[0]!r}?",
        )
    return True


def retired_columns(sheets: Sequence[Sheet]) -> Iterator[Retired]:
    """The columns of accepted figures that their returns do not have.

    Raises:
        SchemaError: the heading is nearly that of a column that is missing.
    """
    for sheet in sheets:
        for heading in sheet.match.extra:
            name, missing = sheet.match.name, {key(column): column for column in sheet.match.missing}
            near = get_close_matches(key(heading[:_LONGEST]), missing, n=1)
            row = sheet.table.header_row
            if near:
                raise SchemaError(
                    sheet.received.name,
                    f"row {row}",
                    f"{name} has no column {shown(heading)}; did you mean {missing[near[0]]!r}?",
                )
            yield Retired(sheet.source, row, f"a column {shown(heading)} of {name}")


def retired(found: Sequence[Retired], collection: Collection) -> list[Findings]:
    """A note for each file, which names everything in it that is left out."""
    files: dict[Source, list[Retired]] = {}
    for one in found:
        files.setdefault(one.source, []).append(one)
    return [_note(source, own, collection) for source, own in files.items()]


def _note(source: Source, own: Sequence[Retired], collection: Collection) -> Findings:
    names = list(dict.fromkeys(one.what for one in own))
    were = "It was" if len(names) == 1 else "They were"
    message = f"{collection.name} does not have {listed(names)}. {were} left out."
    places = [Place(None, message, source, row) for row in dict.fromkeys(one.row for one in own)]
    return replace(at_places(built_in()[RETIRED], None, None, places), speaks_of_all=True)
