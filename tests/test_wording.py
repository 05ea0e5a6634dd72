"""Numbers, lists and ranks as they are printed."""

from __future__ import annotations

import pytest

from peelcheck.wording import about, against, count, counted, listed, number, ordinal, ranked, small


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (11848, 0, "11,848"),
        (26.45, 1, "26.5"),
        (26.549, 1, "26.5"),
        (1.3049, 1, "1.3"),
        (0.5, 0, "1"),
        (12.5, 0, "13"),
        (-0.04, 1, "0.0"),
        (-70, 0, "-70"),
        (float("nan"), 0, "–"),
        (8_762_400, 0, "8,762,400"),
    ],
)
def test_numbers_are_rounded_half_up_as_in_print(value: float, decimals: int, words: str) -> None:
    assert number(value, decimals) == words


@pytest.mark.parametrize(
    ("above", "below", "of", "words"),
    [
        (0, 42, 43, "highest"),
        (1, 41, 43, "second highest"),
        (41, 0, 42, "lowest"),
        (40, 1, 42, "second lowest"),
        (10, 32, 43, "11th highest"),
        (32, 10, 43, "11th lowest"),
        (21, 21, 43, "22nd highest"),
        (0, 0, 1, "highest"),
        (0, 41, 43, "joint highest"),
        (40, 0, 42, "joint lowest"),
        (39, 1, 42, "joint second lowest"),
        (0, 0, 3, "joint highest"),
    ],
)
def test_ranks_are_told_from_the_nearer_end(above: int, below: int, of: int, words: str) -> None:
    assert ranked(above, below, of) == words


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (0.31, 0, "0.3"),
        (0.0, 0, "0"),
        (0.6, 0, "1"),
        (1.31, 1, "1.3"),
        (-0.04, 1, "-0.04"),
        (1e-9, 0, "0.000000"),
    ],
)
def test_what_is_not_nothing_is_not_called_nothing(value: float, decimals: int, words: str) -> None:
    assert small(value, decimals) == words


@pytest.mark.parametrize(
    ("value", "yardstick", "words"),
    [
        (1.31, 2.08, "37 percent below"),
        (44.8, 41.8, "7 percent above"),
        (100.2, 100, "in line with"),
        (540, 47, "11 times"),
        (0.3, 309, "more than 99 percent below"),
        (0, 309, "100 percent below"),
        (5, 0, ""),
    ],
)
def test_distance_from_england_and_wales(value: float, yardstick: float, words: str) -> None:
    assert against(value, yardstick) == words


def test_counts_and_lists_read_as_english() -> None:
    assert count(1, "query", "queries") == "1 query"
    assert count(2670, "query", "queries") == "2,670 queries"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b"], last="or") == "a or b"
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "13th",
        "21st",
        "112th",
    ]


@pytest.mark.parametrize("value", [1e28, 1.7976931348623157e308, 5e-324, -1e300])
def test_any_number_can_be_written(value: float) -> None:
    assert float(number(value).replace(",", "")) == pytest.approx(value)


@pytest.mark.parametrize(
    ("plural", "one"),
    [("stop searches", "stop search"), ("summonses", "summons"), ("boxes", "box"), ("wishes", "wish")],
)
def test_one_of_several(plural: str, one: str) -> None:
    assert counted(1, plural) == f"1 {one}"


def test_an_estimate_has_a_decimal_only_where_it_matters() -> None:
    assert [about(v) for v in (3.24, 4.0, 1189.6, 0.0)] == ["3.2", "4", "1,190", "0"]
