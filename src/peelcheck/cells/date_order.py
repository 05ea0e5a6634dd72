"""One order of day and month for a whole file: the dates that can be read in one way only decide for those that cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date

from msgspec import Struct

from peelcheck.cells.date_forms import ISO, Order, day_of, form_of
from peelcheck.wording import count

ENOUGH = 3
"""Votes with which a column decides for itself; with fewer, all date columns of its file decide together."""
MAJORITY = 0.95
"""The share of the votes that an order needs: one typing error among twenty dates does not make a question."""


class Limits(Struct, frozen=True):
    """The dates that a column can hold.

    Attributes:
        owed: the first and last days of the periods that are asked for; empty where any date may stand.
        earliest, latest: the first and last day that is allowed; None for no such bound.
    """

    owed: Set[date] = frozenset()
    earliest: date | None = None
    latest: date | None = None

    def allows(self, day: date) -> bool:
        """Whether the day is one of them; without periods and bounds every day is."""
        if self.owed:
            return day in self.owed
        return (self.earliest or date.min) <= day <= (self.latest or date.max)

    @property
    def decide(self) -> bool:
        """Whether there are any limits."""
        return bool(self.owed or self.earliest or self.latest)

    @property
    def words(self) -> str:
        """What a date within the limits is called."""
        return "a date asked for" if self.owed else "allowed"


class Ballot(Struct):
    """The dates of one column in one file, counted by what they say about the order.

    Attributes:
        votes: how many cells can only be read in each order.
        open: how many cells can be read in more than one.
        fits: for each order, whether every date read so is within the column's limits.
    """

    votes: dict[Order, int]
    open: int = 0
    fits: dict[Order, bool] | None = None

    @classmethod
    def of(cls, cells: Mapping[str, int], limits: Limits) -> Ballot | None:
        """Count the votes of a column's distinct texts, each with its number of cells; None if no order is in question."""
        ballot = cls({})
        for text, n in cells.items():
            ballot._count(text, n, limits)
        return ballot if ballot.votes or ballot.open else None

    def _count(self, text: str, n: int, limits: Limits) -> None:
        if ISO.fullmatch(text) or not any(map(str.isdigit, text)) or (form := form_of(day_of(text))) is None:
            return
        if form.certain:
            return
        days = {way: frozenset(form.readings(way)) for way in Order}
        if limits.decide:  # they tell whether a year of two digits can come first
            within = {way for way, read in days.items() if any(map(limits.allows, read))}
            if Order.YEAR not in within:
                days[Order.YEAR] = frozenset()
            elif within == {Order.YEAR}:
                days = {Order.YEAR: days[Order.YEAR]}
        orders = [way for way, read in days.items() if read]
        if len(orders) == 1:
            self.votes[orders[0]] = self.votes.get(orders[0], 0) + n
        elif len({days[way] for way in orders}) > 1:
            self.open += n
        if limits.owed:
            fits = self.fits or dict.fromkeys(Order, True)
            self.fits = {
                way: held and any(limits.allows(day) for day in form.readings(way))
                for way, held in fits.items()
            }

    def __add__(self, other: Ballot) -> Ballot:
        """Both columns together; an order fits where it fits both."""
        votes = {way: self.votes.get(way, 0) + other.votes.get(way, 0) for way in self.votes | other.votes}
        both = [each for each in (self.fits, other.fits) if each is not None]
        fits = {way: all(each[way] for each in both) for way in Order} if both else None
        return Ballot(votes, self.open + other.open, fits)


class Decision(Struct, frozen=True):
    """The order in which a column is read, and why; `order` is None where it has to be asked."""

    order: Order | None
    because: str = ""


ASK = Decision(None)


def decide(columns: Sequence[Ballot | None], usual: Order | None) -> list[Decision]:
    """The order of each date column of one file.

    Args:
        columns: the ballot of each column; None for one in which no order is in question.
        usual: the order that the collection states for files that do not show theirs; None if it states none.

    Returns:
        A decision for each column. A column with at least three votes decides for itself, any other with the file. An order
        needs 95 percent of the votes. Without any vote it is the order in which every date is one that is asked for, if that
        is only one order; else the collection's.
    """
    in_question = [each for each in columns if each is not None]
    if not in_question:
        return [ASK] * len(columns)
    whole = in_question[0]
    for each in in_question[1:]:
        whole = whole + each
    decisions = []
    for own in columns:
        if own is not None and sum(own.votes.values()) >= ENOUGH:
            decisions.append(_by_votes(own.votes, "column"))
        elif whole.votes:
            decisions.append(_by_votes(whole.votes, "file"))
        else:
            decisions.append(_without_votes(whole, usual))
    return decisions


def _by_votes(votes: Mapping[Order, int], where: str) -> Decision:
    order = max(votes, key=lambda way: votes[way])
    total = sum(votes.values())
    if votes[order] < MAJORITY * total:
        return ASK
    shown = (
        count(votes[order], "other date") if total == votes[order] else f"{votes[order]:,} of {total:,} dates"
    )
    return Decision(order, f"like {shown} in this {where}")


def _without_votes(whole: Ballot, usual: Order | None) -> Decision:
    fitting = _only(way for way, fits in (whole.fits or {}).items() if fits)
    if fitting is not None:
        return Decision(fitting, "the only order in which every period is one that is asked for")
    return Decision(usual, "the usual order of this collection") if usual else ASK


def _only(orders: Iterable[Order]) -> Order | None:
    """The only one of some orders; None for none or several."""
    found = list(orders)
    return found[0] if len(found) == 1 else None
