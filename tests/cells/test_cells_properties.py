"""What holds for any column: nothing raises, and a cell means the same beside others as it does alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelcheck.arrays import one_word
from peelcheck.cells.dates import parse_dates
from peelcheck.cells.names import parse_names
from peelcheck.cells.numbers import parse_counts, parse_money, parse_numbers, parse_percent
from peelcheck.cells.parsed import CellState, Parsed
from peelcheck.cells.text import parse_booleans, parse_codes, parse_text
from peelcheck.model import Spellings
from peelcheck.rules.cell_rules import CELL_RULES
from tests.support.one_cell import became, column, noted, ok, read

SPELLINGS = Spellings((name, name) for name in ("Kent", "Surrey", "Dyfed-Powys"))
PARSERS: dict[str, Callable[..., Parsed]] = {
    "counts": parse_counts,
    "numbers": parse_numbers,
    "percent": parse_percent,
    "money": parse_money,
    "dates": partial(parse_dates, owed={date(2017, 7, 1)}),
    "formatted dates": partial(parse_dates, owed=set(), formats=("%d/%m/%Y", "%d %b %y")),
    "names": partial(parse_names, spellings=SPELLINGS),
    "text": parse_text,
    "required text": partial(parse_text, required=True),
    "codes": partial(parse_codes, pattern="[A-Z0-9]+"),
    "a list": partial(parse_codes, allowed=("Theft offences", "Stop – search", "none")),
    "yes or no": partial(parse_codes, allowed=("yes", "no")),
    "booleans": parse_booleans,
}
NUMBERS = (parse_counts, parse_numbers, parse_percent, parse_money)
CODES = {rule.code for rule in CELL_RULES}

like_cells = st.text(
    alphabet=st.sampled_from(
        "0123456789012345678901234567890123456789,,..  --+'£%()[]exprz/:OlJunKetS−–\u00a0１٣²\x00\n"
    ),
    max_size=12,
)
before = st.sampled_from(
    [
        "",
        "£",
        "££",
        "$ ",
        "(",
        "<",
        "≤",
        ">",
        "~",
        "c. ",
        "est ",
        "about ",
        "over ",
        '="',
        "=",
        '"',
        "- ",
        "-",
    ]
)
beside = st.sampled_from(
    [
        "",
        "*",
        "**",
        " [x]",
        " [note 2]",
        " (a)",
        ")",
        "%",
        " per cent",
        "k",
        " m",
        " thousand",
        " cases",
        '"',
        "²",
        "-",
        "+",
    ]
)
written = st.from_regex(r"[0-9]{1,4}([., ][0-9]{1,3}){0,3}([eO][0-9]{1,2})?", fullmatch=True)
numbers_with_marks = st.tuples(before, written, beside).map("".join)
whole = st.integers(-(10**15) + 1, 10**15 - 1)
tidy = (
    whole.map(str)
    | st.dates().map(str)
    | st.sampled_from(["Kent", "yes", "..", "[x]", "", "12 [p]", "1,234"])
)
any_cell = st.text(max_size=30) | like_cells | tidy
each_parser = pytest.mark.parametrize("parse", PARSERS.values(), ids=list(PARSERS))


@each_parser
@given(texts=st.lists(any_cell, max_size=20))
def test_any_column_gets_a_verdict_on_each_cell(parse: Callable[..., Parsed], texts: list[str]) -> None:
    parsed = parse(column(*texts))
    cells = became(parsed)
    assert len(cells) == len(texts)
    assert {issue.code for issue in (*parsed.bad, *parsed.notes)} <= CODES
    for text, cell in zip(texts, cells, strict=True):
        assert (cell.state is CellState.BAD) <= cell.code.startswith("CE0")
        assert (cell.state is CellState.MISSING) <= bool(cell.words)
        assert (cell.state is CellState.BLANK) <= (not re.search(r"[!-~]", text))
        assert len(cell.words) < 200


@each_parser
@given(texts=st.lists(any_cell, min_size=2, max_size=8))
def test_a_cell_means_the_same_alone(parse: Callable[..., Parsed], texts: list[str]) -> None:
    assert became(parse(column(*texts))) == [read(parse, text) for text in texts]


@each_parser
@given(text=any_cell)
def test_spaces_around_never_change_a_value(parse: Callable[..., Parsed], text: str) -> None:
    alone, spaced = read(parse, text), read(parse, f" {text} ")
    assert (alone.state, alone.value) == (spaced.state, spaced.value)


@pytest.mark.parametrize("parse", NUMBERS)
@settings(max_examples=400, deadline=None)
@given(text=numbers_with_marks | like_cells)
def test_what_a_hint_says_to_write_can_be_read(parse: Callable[..., Parsed], text: str) -> None:
    cell = read(parse, text)
    if cell.state is CellState.BAD:
        for proposed in re.findall(r"please write (\S+)\.(?: |$)", cell.words):
            assert read(parse, proposed).state is not CellState.BAD, (cell.words, proposed)


@given(st.lists(whole))
def test_whole_numbers_come_back_without_a_word(numbers: list[int]) -> None:
    assert became(parse_counts(column(*map(str, numbers)))) == [ok(number) for number in numbers]


@given(st.lists(st.floats(-1e15, 1e15, allow_nan=False, exclude_min=True, exclude_max=True)))
def test_numbers_come_back_without_a_word(numbers: list[float]) -> None:
    assert became(parse_numbers(column(*(format(n, ".20f") for n in numbers)))) == [
        ok(float(format(n, ".20f"))) for n in numbers
    ]


@given(whole.filter(lambda number: abs(number) >= 1000))
def test_groups_of_three_come_back_with_a_note(number: int) -> None:
    expected = noted(number, "CE102", str(number))
    assert read(parse_counts, f"{number:,}") == expected
    assert read(parse_counts, f"{number:,}".replace(",", "\u202f")) == expected


@given(st.lists(st.dates()))
def test_dates_come_back_without_a_word(days: list[date]) -> None:
    assert became(parse_dates(column(*map(str, days)), owed=set())) == [ok(day) for day in days]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_date_in_words_is_one_date(day: date) -> None:
    for text in (
        f"{day:%d %B %Y}",
        f"{day:%d-%b-%Y}",
        f"{day:%B %d, %Y}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
    ):
        assert read(parse_dates, text, owed=set())[:3] == (CellState.OK, day, "CE106")


@given(st.dates())
def test_a_date_is_never_read_the_wrong_way_round(day: date) -> None:
    cell = read(parse_dates, f"{day:%d/%m}/{day.year:04}", owed=set())
    assert cell.value == day or cell.code == "CE004"


@settings(max_examples=300, deadline=None)
@given(like_cells)
def test_a_count_is_only_read_where_its_digits_say_so(text: str) -> None:
    """No digit is ever dropped, added or moved; a zero fraction is the only thing that may be left out."""
    cell = read(parse_counts, text)
    if cell.state is CellState.OK:
        digits = re.sub(r"[^0-9.]", "", text.translate(str.maketrans("１", "1")))
        assert abs(cell.value) == float(digits)


@given(st.lists(st.text("a~! '\x7f\t£é", max_size=3)), st.integers(0, 3), st.integers(0, 3))
def test_one_word_is_what_a_pattern_says_it_is(cells: list[str], start: int, cut: int) -> None:
    texts = pa.chunked_array([cells[:cut], cells[cut:]], pa.large_string()).slice(start)
    told = pc.match_substring_regex(texts, "^[!-&(-~]+$")
    assert one_word(texts).tolist() == told.to_pylist()
