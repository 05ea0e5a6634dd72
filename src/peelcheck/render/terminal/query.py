"""One query as a person reads it: where, what, how it stands among the others, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text

from peelcheck.model import Also, Collection, Location, Query, ReturnKind, Tier
from peelcheck.queries.context import decimals_of, period_in_words
from peelcheck.render.safe import quoted
from peelcheck.render.terminal.page import (
    ASKED,
    QUIET,
    SEVERITY_STYLES,
    STRONG,
    Block,
    beside,
    indented,
    joined,
    words,
)
from peelcheck.render.terminal.strip import AREA, OWN, strip
from peelcheck.wording import count, number

_LABEL = 14
_PLACES = 4


def query_block(query: Query, collection: Collection) -> Block:
    """Severity and code at the left, everything else beside them."""
    severity = words(f"{query.severity:<6} ", SEVERITY_STYLES[query.severity])
    label = joined(severity, words(query.code, STRONG))
    body: list[Block] = [
        about(query, collection),
        words(query.message),
        *_standing(query, collection),
    ]
    body.append(beside(words("→", ASKED), words(query.ask, ASKED), 1))
    body += _also(query)
    body += _places(query)
    return beside(label, body, _LABEL)


def about(query: Query, collection: Collection) -> Text:
    """The return, the item and the period: `domestic_abuse · arrests · 12 months to 30 June 2017`."""
    parts = [part for part in (query.return_name, query.item) if part]
    when, schema = period_in_words(query, collection), collection.returns.get(query.return_name or "")
    others = f" · supplied by {schema.owed_by}" if schema and schema.kind is not ReturnKind.RETURN else ""
    return joined(
        words(" · ".join(parts) or "the round", STRONG),
        words(others, QUIET),
        words(f" · {when}" if when else "", QUIET),
        words(" · severe" if query.tier is Tier.SEVERE else "", SEVERITY_STYLES[query.severity]),
    )


def _standing(query: Query, collection: Collection) -> Iterator[Text]:
    """The line that shows where the figure stands among the other forces'."""
    if query.value is None or not query.peers:
        return
    drawn = strip(query.value, query.peers, query.area_rate)
    decimals = decimals_of(query, collection)
    styles = {OWN: SEVERITY_STYLES[query.severity], AREA: STRONG}
    yield joined(
        words(f"{number(drawn.low, decimals)}  ", QUIET),
        *(
            words("".join(run), style)
            for style, run in groupby(drawn.marks, lambda mark: styles.get(mark, QUIET))
        ),
        words(f"  {number(drawn.high, decimals)}", QUIET),
    )


def _also(query: Query) -> Iterator[Block]:
    if query.also:
        yield words("Also explained by this:", QUIET)
        for other in query.also:
            yield beside(words(other.code, QUIET), words(_explained(other), QUIET), 6)


def _explained(other: Also) -> str:
    """A finding beneath another, with its question where that is a different one."""
    return f"{other.message} {other.ask}".rstrip()


def _places(query: Query) -> Iterator[Block]:
    """The file, with the row, the column and the cell as written; of many places the first, and how many more."""
    shown = query.locations[:_PLACES]
    if len(shown) == 1 and query.locations_total == 1:
        yield words(_on_one_line(shown[0]), QUIET)
        return
    for file, places in groupby(shown, key=lambda place: str(place.source)):
        yield words(file, QUIET)
        yield from (indented(line, 2) for line in _rows(list(places)))
    more = query.locations_total - len(shown)
    if shown and more > 0:
        yield indented(words(f"and {count(more, 'more location')}", QUIET), 2)


def _on_one_line(place: Location) -> str:
    if place.sheet and place.cell:
        where = [str(place.source), f"cell {place.cell} ({_name(place)})"]
    else:
        where = [str(place.source), f"row {place.row:,}" if place.row else "", _heading(place)]
    line = ", ".join(part for part in where if part)
    return line if place.value is None else f"{line}: {_as_written(place.value)}"


def _rows(places: Sequence[Location]) -> Iterator[Text]:
    widest = max(len(f"{place.row or 0:,}") for place in places)
    for place in places:
        row = f"row {place.row:>{widest},}" if place.row else "the whole file"
        cell = "" if place.value is None else _as_written(place.value)
        yield words("  ".join(part for part in (row, _heading(place), cell) if part), QUIET)


def _heading(place: Location) -> str:
    """The column by its letter and as the file calls it."""
    return f"column {place.letter} ({_name(place)})" if place.letter else _name(place)


def _name(place: Location) -> str:
    """The column as the file calls it, in quotes if it is more than a plain name: a heading may hold anything."""
    name = place.column or ""
    return name if not name or name.isidentifier() else quoted(name)


def _as_written(value: str) -> str:
    return quoted(value) if value else "blank"
