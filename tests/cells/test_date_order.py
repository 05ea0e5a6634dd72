"""Which order the dates of a file show, and how sure of it they must be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelcheck.cells.date_forms import Order
from peelcheck.cells.date_order import Ballot, Limits, decide

YEAR = Limits(earliest=date(2016, 7, 1), latest=date(2017, 6, 30))
PERIODS = Limits(owed={date(2016, 7, 1), date(2017, 6, 30), date(2017, 7, 1)})
ANY_DAY = Limits()


def order(*columns: list[str], limits: Limits = ANY_DAY, usual: Order | None = None) -> list[Order | None]:
    ballots = [Ballot.of({text: cells.count(text) for text in cells}, limits) for cells in columns]
    return [decision.order for decision in decide(ballots, usual)]


OPEN = ["01/07/2017", "03/12/2016"]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ([[*OPEN, "28/06/2017"]], [Order.DAY]),
        ([[*OPEN, "06/28/2017"]], [Order.MONTH]),
        ([[*OPEN, "2017-06-28", "28 June 2017"]], [None]),  # neither says anything about the others
        ([[*OPEN, "28/06/2017", "06/28/2017"]], [None]),
        ([[*OPEN, *["28/06/2017"] * 19, "06/28/2017"]], [Order.DAY]),  # 95 percent
        ([[*OPEN, *["28/06/2017"] * 18, "06/28/2017"]], [None]),
        ([OPEN, ["28/06/2017"]], [Order.DAY, Order.DAY]),  # all columns of a file vote together
        (
            [["28/06/2017"] * 3, [*OPEN, *["06/28/2017"] * 3]],
            [Order.DAY, Order.MONTH],
        ),  # three votes of its own
        ([["28/06/2017"] * 40, [*OPEN, *["06/28/2017"] * 2]], [Order.DAY, Order.DAY]),  # two are not enough
        ([["28/06/2017"] * 2, [*OPEN, *["06/28/2017"] * 2]], [None, None]),
        ([["tbc", ""], OPEN], [None, None]),
        ([["30.06.2017", "30062017"], OPEN], [Order.DAY, Order.DAY]),
    ],
)
def test_votes(columns: list[list[str]], expected: list[Order | None]) -> None:
    assert order(*columns) == expected


def test_limits_do_not_vote_between_day_and_month() -> None:
    """Only one reading of the date lies in the year, and the column says nothing: that is no reason to choose it."""
    assert order(["01/07/2017", "12/03/2016"], limits=YEAR) == [None]


def test_limits_tell_whether_a_year_of_two_digits_comes_first() -> None:
    assert order(["25/11/16", "03/12/16"], limits=YEAR) == [Order.DAY]
    assert order(["16-11-25", "16-12-03"], limits=YEAR) == [Order.YEAR]
    assert order(["11/25/16", "12/03/16"], limits=YEAR) == [Order.MONTH]
    assert order(["25/11/16"]) == [None]  # 25 November 2016, or 16 November 2025


def test_without_votes_it_is_the_order_in_which_all_periods_are_asked_for() -> None:
    assert order(["01/07/2017"], limits=PERIODS) == [Order.DAY]
    assert order(["07/01/2017"], limits=PERIODS) == [Order.MONTH]
    assert order(["01/07/2017", "07/01/2017"], limits=PERIODS) == [None]
    assert order(["01/07/2017", "07/01/2017"], limits=PERIODS, usual=Order.DAY) == [Order.DAY]


def test_without_votes_and_periods_it_is_the_collections_own() -> None:
    assert order(OPEN, limits=YEAR, usual=Order.DAY) == [Order.DAY]
    assert order(OPEN, limits=YEAR, usual=Order.MONTH) == [Order.MONTH]
    assert order([*OPEN, "06/28/2017"], limits=YEAR, usual=Order.DAY) == [Order.MONTH]


@given(
    st.lists(st.dates(date(2016, 7, 1), date(2017, 6, 30)), min_size=1),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]),
)
def test_a_column_in_one_order_is_never_read_in_the_other(days: list[date], form: str) -> None:
    own = Order.DAY if form.startswith("%d") else Order.MONTH
    assert order([day.strftime(form) for day in days], limits=YEAR) in ([own], [None])
