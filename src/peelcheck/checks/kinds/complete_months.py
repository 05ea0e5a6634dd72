"""Records of every month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np

from peelcheck.arrays import BoolArray, IntArray, as_date, objects
from peelcheck.checks.items import throughout
from peelcheck.checks.parameters import Amount, Day
from peelcheck.checks.protocol import Judgement, Kind, Scope
from peelcheck.checks.view import View
from peelcheck.model import Reason, ReasonKind
from peelcheck.statistics.months import month_scores
from peelcheck.tables.record_counts import Months
from peelcheck.wording import MONTHS, about, count, listed, sentence


class CompleteMonths(Kind, frozen=True):
    """Each force has records of every month in `date`, and no month has far fewer than its other months.

    The months are those within the `minimum` and `maximum` of the column; without these, from the first month of any record
    to the last. What a month should have is the median number of records a day of the force's other months that have some.
    A month fails if it has at least `floor` fewer records *and* its number lies more than `threshold` standard deviations
    down, in a negative binomial distribution whose spread is that between the other months, but at least 10 percent. It is
    not compared with other forces. A force with too few months to compare, fewer than three others with records, is not run.

    Of forces with correct records, two in a thousand at most are asked; where months rise and fall strongly, one in a
    hundred. A last month that is missing is mostly found if 20 records are expected in it, a quarter of it if 100 are.

    Source: docs/method.md, the months of records.
    """

    date: Day
    threshold: Amount = 4.5
    floor: Amount = 10

    scope: ClassVar[Scope] = Scope.MONTHS

    @property
    def counted_by_month(self) -> tuple[str, ...]:
        """The column of dates."""
        return (self.date,)

    def judge(self, view: View) -> Iterable[Judgement]:
        """One judgement of each force's records as a whole."""
        months = view.months(self.date, self.where)
        required = view.table.known
        said, runs = objects([""] * len(view.table)), np.zeros(len(view.table), dtype=bool)
        if months is not None:
            for row in np.flatnonzero(required).tolist():
                said[row], runs[row] = self._say_force(months, row)
        yield Judgement(
            item=None,
            required=required,
            runs=runs,
            failed=np.asarray(runs & (said != "")),
            needs=(),
            suspects=tuple(view.ref(name) for name in view.counts_of_all),
            facts={"incomplete": said, "date": throughout(view, view.date_title(self.date))},
            lacking=Reason(ReasonKind.TOO_FEW_MONTHS),
        )

    def say(self, fact: Mapping[str, Any]) -> str:
        """The months that are missing or low, and what was expected."""
        return f"By “{fact['date']}”, {fact['incomplete']}"

    def _say_force(self, months: Months, row: int) -> tuple[str, bool]:
        """What is missing in a force's months, "" for nothing; and whether that can be told."""
        records = months.records[row]
        scores = month_scores(records, months.days)
        low = (scores.score < -self.threshold) & (scores.expected - records >= self.floor)
        missing = low & (records == 0)
        parts = []
        if missing.any():
            usual = records[~low & (records > 0)]
            parts.append(f"there are no records of {_named(months, missing)}{_every_other(usual)}.")
        for i in np.flatnonzero(low & ~missing):
            parts.append(
                f"{_named(months, np.arange(len(records)) == i)} has {count(int(records[i]), 'record')}, where about "
                f"{about(float(scores.expected[i]))} would be expected from the other months."
            )
        told = ~np.isnan(scores.score)
        return " ".join([*parts[:1], *map(sentence, parts[1:])]), bool(told.all())


def _every_other(usual: IntArray) -> str:
    """How many records the months have that have some and are not low; "" for none."""
    if not len(usual):
        return ""
    low, high = f"{usual.min():,}", f"{usual.max():,}"
    return f"; every other month has {low if low == high else f'{low} to {high}'}"


def _named(months: Months, which: BoolArray) -> str:
    """Months in words: `November and December 2016`, or `December 2016 and January 2017`."""
    days = [
        day for month in months.months[which] if (day := as_date(month.astype("datetime64[D]"))) is not None
    ]
    if len({day.year for day in days}) == 1:
        return f"{listed([MONTHS[day.month - 1] for day in days])} {days[0].year}"
    return listed([f"{MONTHS[day.month - 1]} {day.year}" for day in days])
