"""One probable wrong cell makes one query: which findings are about it, and which of them leads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from peelcheck.model import Severity, Subject
from peelcheck.queries.drafts import Cell, Draft

_NUMBER = re.compile("[0-9][0-9.,]*")

Row = tuple[str, int | None]
"""A file, and a row in it."""
Support = Mapping[str, Counter[Cell]]
"""For each force, how many comparisons that use a cell found nothing wrong, which suggests that the cell is right."""


def explained(drafts: Sequence[Draft], support: Counter[Cell]) -> list[Draft]:
    """The drafts of one force, each wrong cell's findings under one of them.

    Args:
        drafts: all of the force.
        support: how many comparisons that rest on a cell found nothing.
    """
    return _explain(_throughout_a_row(_short(_marked(list(drafts)))), support)


def _explain(drafts: Sequence[Draft], support: Counter[Cell]) -> list[Draft]:
    """Put under one query all that one probable wrong cell explains.

    A finding about a whole row, or two items that were swapped, explains what is said of their items. Then, as long as some
    cell is suspected by more findings than there are comparisons that speak for it, the most suspected one makes one query,
    led by the finding that is most plainly about that cell, and as severe as the worst of them.
    """
    notes = [d for d in drafts if d.spec.severity is Severity.NOTE]
    open_ = sorted((d for d in drafts if d.spec.severity is not Severity.NOTE), key=lambda d: d.order)
    done: list[Draft] = []
    for whole in [d for d in open_ if d.item is None and d.cells]:
        if not any(d is whole for d in open_):
            continue  # another finding about the row explains it
        about = [d for d in open_ if d is whole or set(d.cells[:1]) & set(whole.cells)]
        errors = [d for d in about if d.spec.severity is Severity.ERROR and d is not whole]
        leads = whole if whole.spec.severity is Severity.ERROR or not errors else errors[0]
        open_ = _absorb(leads, [d for d in about if d is not leads], open_)
        done.append(leads)
        open_.remove(leads)
    while True:
        cell = _most_suspected(open_, support)
        if cell is None:
            return [*done, *open_, *notes]
        about = [d for d in open_ if cell in d.cells]
        primary = min(about, key=lambda d: (not _swaps(d), d.speaks_of(cell), d.evidence is None, d.order))
        open_ = _absorb(primary, [d for d in about if d is not primary], open_)
        done.append(primary)
        open_.remove(primary)


def _swaps(draft: Draft) -> bool:
    """Whether a comparison found that two figures were swapped, which explains what is said of both."""
    return draft.evidence is not None and draft.evidence.swapped_with is not None


def _marked(drafts: list[Draft]) -> list[Draft]:
    """Put findings about quotation marks in rows under those about the cells that contain the marks."""
    about = {d.key: _rows_marked(d) for d in drafts if d.spec.about.is_cell}
    return _beneath(drafts, Subject.QUOTATION_MARKS, about)


def _short(drafts: list[Draft]) -> list[Draft]:
    """Put findings about rows with too few cells under those that say that the same rows are not records."""
    about = {d.key: _rows(d) for d in drafts if d.spec.about is Subject.NO_RECORD}
    return _beneath(drafts, Subject.ROW_LENGTH, about)


def _beneath(drafts: list[Draft], subject: Subject, about: Mapping[tuple[str, ...], set[Row]]) -> list[Draft]:
    """Put drafts about rows under those that say more of the same rows; `about` has their rows, by key.

    One is left alone where it names a row of which no more is said, or more rows than are kept.
    """
    for below in [d for d in drafts if d.spec.about is subject and d.total == len(d.locations)]:
        rows = _rows(below)
        if rows == rows & set().union(*about.values()):
            primary = min((d for d in drafts if about.get(d.key, set()) & rows), key=lambda d: d.order)
            drafts = _absorb(primary, [below], drafts)
    return drafts


def _throughout_a_row(drafts: list[Draft]) -> list[Draft]:
    """Make one draft of three or more cells of one row that could not be read for the same reason; each stays a place of it.

    Percentages throughout a row are one mistake. Three cells with three different mistakes are three.
    """
    alike: dict[tuple[str, str, int | None, tuple[str, str]], list[Draft]] = {}
    for draft in drafts:
        if draft.spec.about is Subject.CELL and draft.spec.severity is Severity.ERROR and draft.places == 1:
            place = draft.locations[0]
            alike.setdefault((draft.spec.code, place.file, place.row, _reason(draft)), []).append(draft)
    for first, *others in alike.values():
        if len(others) > 1:
            for other in others:
                first.take_in(other)
            drafts = [draft for draft in drafts if not any(draft is other for other in others)]
    return drafts


def _reason(draft: Draft) -> tuple[str, str]:
    """What is wrong with a cell: how it is written and what is said of it, whatever the numbers."""
    written, said = draft.locations[0].value or "", draft.message.rpartition("”")[2]
    return _NUMBER.sub("0", written.casefold().replace(" ", "")), _NUMBER.sub("0", said)


def _rows(draft: Draft) -> set[Row]:
    return {(place.file, place.row) for place in draft.locations}


def _rows_marked(draft: Draft) -> set[Row]:
    """The rows in which a cell of the draft has a quotation mark."""
    return {(place.file, place.row) for place in draft.locations if '"' in (place.value or "")}


def _absorb(primary: Draft, others: Sequence[Draft], open_: list[Draft]) -> list[Draft]:
    primary.also += others
    return [d for d in open_ if not any(d is other for other in others)]


def _most_suspected(drafts: Sequence[Draft], support: Counter[Cell]) -> Cell | None:
    """The cell that more than one finding suggests is wrong, and fewer comparisons suggest is right."""
    against: Counter[Cell] = Counter(cell for d in drafts for cell in d.cells)
    first: Counter[Cell] = Counter(d.cells[0] for d in drafts if d.cells)
    suspected = [cell for cell, n in against.items() if n > 1 and n > support[cell]]
    if not suspected:
        return None
    return min(suspected, key=lambda cell: (support[cell] - against[cell], -first[cell], cell))
