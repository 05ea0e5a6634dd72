"""What docs/method.md says in numbers, worked out again from the sample round: the page cannot say anything else."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median, quantiles

import numpy as np
import pytest

from peelcheck.engine.assess import compare_all, expected_false_queries
from peelcheck.engine.load import load
from peelcheck.engine.state import RunState
from peelcheck.matching.files import quietly
from peelcheck.rounds.folder import open_round
from peelcheck.statistics import change_scores, tie_chance, visible_factor
from peelcheck.statistics.records import Scores
from tests.support.rounds import ROOT
from tests.support.sample import sample_result

ROUND = ROOT / "sample_returns"
PAGE = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
PROSE = " ".join(PAGE.split())
YEARS = (2016, 2015, 2014)
OUT = {"not_supplied", "not_comparable", "partial"}
NORMAL_QUARTILE = 1.1503493803760079


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


@cache
def arrests() -> dict[int, dict[str, int]]:
    """Usable arrests by year and force: 2017 as sent, earlier years as accepted."""
    out = {
        (row["force"], row["period_end"][:4])
        for row in rows(ROUND / "declarations.csv")
        if row["return"] == "domestic_abuse" and row["item"] in ("", "arrests") and row["status"] in OUT
    }
    sent = [row for path in ROUND.glob("returns/*/domestic_abuse.csv") for row in rows(path)]
    both = [row for row in sent if row["period_end"] == "2017-06-30"]
    both += list(rows(ROUND / "history" / "domestic_abuse.csv"))
    found: dict[int, dict[str, int]] = {year: {} for year in (2017, *YEARS)}
    for row in both:
        force, year = row["force"], row["period_end"][:4]
        if row["arrests"].isdecimal() and not {(force, ""), (force, year)} & out:
            found[int(year)][force] = int(row["arrests"])
    return found


def log(count: float) -> float:
    return math.log(count + 0.5)


class Kent:
    """The example, step by step, as the page tells it."""

    def __init__(self) -> None:
        now = {force: count for force, count in arrests()[2017].items() if force != "Kent"}
        past = {year: arrests()[year] for year in YEARS}
        self.sent = arrests()[2017]["Kent"]
        self.past = {year: past[year]["Kent"] for year in YEARS}
        steps = {y: [log(now[f]) - log(past[y][f]) for f in now if f in past[y]] for y in YEARS}
        self.others = {year: len(steps[year]) for year in YEARS}
        self.change = {year: median(steps[year]) for year in YEARS}
        self.dated = {year: log(self.past[year]) + self.change[year] for year in YEARS}
        distances, counting = [], []
        for force, count in now.items():
            lag, year = next((lag, year) for lag, year in enumerate(YEARS, 1) if force in past[year])
            moved = log(past[year][force]) + self.change[year]
            distances.append(abs(log(count) - moved) / math.sqrt(lag))
            counting.append((1 / (count + 0.5) + 1 / (past[year][force] + 0.5)) / lag)
        self.forces = len(distances)
        self.quartile = quantiles(distances, n=4, method="inclusive")[2]
        self.raw_tau = math.sqrt((self.quartile / NORMAL_QUARTILE) ** 2 - median(counting))
        self.tau = max(self.raw_tau, 0.08)
        self._expect()

    def _expect(self) -> None:
        mean = sum(math.exp(dated) for dated in self.dated.values()) / 3
        seen = {year: math.exp(self.change[year]) / mean for year in YEARS}
        level, variance = self.dated[2014], seen[2014]
        for year in (2015, 2016):
            variance += self.tau**2
            self.weight = variance / (variance + seen[year])
            level += self.weight * (self.dated[year] - level)
            variance *= 1 - self.weight
        self.log_expected, self.expected = level, math.exp(level)
        self.falls = [self.dated[2014] - self.dated[2015], self.dated[2015] - self.dated[2016]]
        errors = [seen[2014] + seen[2015], seen[2015] + seen[2016]]
        self.jumps = [max(fall**2 - error, 0) for fall, error in zip(self.falls, errors, strict=True)]
        self.own_tau2 = max(self.tau**2, (3 * self.tau**2 + sum(self.jumps)) / 5)
        self.counting = variance + 1 / (self.expected + 0.5)
        self.spread = math.sqrt(self.own_tau2 + self.counting)

    def score(self, count: int) -> float:
        return (log(count) - self.log_expected) / self.spread


@pytest.fixture(scope="module")
def kent() -> Kent:
    return Kent()


def test_the_example_is_worked_out_right(kent: Kent) -> None:
    sent = f"{kent.sent:,}"
    share = 100 * kent.weight
    true = kent.sent // 10
    low, high = (math.exp(kent.log_expected + 3 * way * kent.spread) - 0.5 for way in (-1, 1))
    before = sum(count for force, count in arrests()[2016].items())
    beyond = kent.score(kent.sent) / 3 - 1
    by_year = [2014, 2015, 2016]
    expected = [
        *("12", "30"),  # months to 30 June
        *("2014", "2015", "2016", "2017"),
        *(f"{kent.past[year]:,}" for year in by_year),
        sent,
        "2017",
        *(str(kent.others[year]) for year in by_year),
        "2017",
        *(f"{math.exp(kent.change[year]):.3f}" for year in by_year),
        *(f"{math.exp(kent.dated[year]):,.0f}" for year in by_year),
        *("1", "2016", f"{share:.1f}", f"{100 - share:.1f}", f"{kent.expected:,.0f}"),
        *("2", str(kent.forces), f"{kent.quartile:.4f}", f"{100 * math.expm1(kent.quartile):.1f}"),
        *("2016", "2015", "2"),  # three of them lack 2016
        *(f"{kent.quartile:.4f}", f"{NORMAL_QUARTILE:.4f}", f"{kent.quartile / NORMAL_QUARTILE:.4f}"),
        *(f"{kent.raw_tau:.4f}", f"{kent.tau:.2f}"),
        *("3", "2014", "2015", f"{kent.falls[0]:.3f}", "2015", "2016", f"{kent.falls[1]:.3f}"),
        *(f"{jump:.4f}" for jump in kent.jumps),
        *("3", f"{kent.tau**2:.4f}", *(f"{jump:.4f}" for jump in kent.jumps), "5"),
        *(f"{kent.own_tau2:.4f}", f"{math.sqrt(kent.own_tau2):.3f}"),
        *("4", f"{kent.counting:.4f}", f"{kent.own_tau2:.4f}", f"{kent.counting:.4f}", f"{kent.spread:.4f}"),
        *("5", f"{kent.sent + 0.5:,.1f}", f"{log(kent.sent):.4f}", f"{kent.log_expected:.4f}"),
        *(f"{log(kent.sent) - kent.log_expected:.4f}", f"{kent.spread:.4f}", f"{kent.score(kent.sent):.1f}"),
        "4.5",
        *("6", f"{kent.expected:,.0f}", f"{low:,.0f}", f"{high:,.0f}", sent),
        f"{kent.sent / kent.expected:.1f}",
        f"{beyond / (1 + beyond):.2f}",
        *(f"{100 * (kent.sent - kent.expected) / before:.0f}", f"{before:,}"),
        *(f"{true:,}", f"{kent.score(true):.1f}"),
    ]
    assert numbers(section("An example by hand")) == expected
    assert kent.others[2015] - kent.others[2016] == 3


def test_the_program_asks_what_the_example_says(kent: Kent) -> None:
    queries = sample_result().queries
    query = next(query for query in queries if query.force == "Kent")
    assert query.code == "DA201"
    assert query.tier == "severe"
    assert query.score == pytest.approx(kent.score(kent.sent), rel=1e-9)
    assert "about 9,974 arrests were expected, between 7,675 and 12,960." in query.message
    assert "Likely cause: ten times too large." in query.message
    beyond = kent.score(kent.sent) / 3 - 1
    assert query.suspicion == pytest.approx(beyond / (1 + beyond), rel=1e-9)
    assert f"impact {query.impact:.0f} percent" in PROSE
    tie = next(query for query in queries if query.force == "Hampshire" and query.code == "DA104")
    assert "is 7,762, exactly as in the year before" in tie.message
    assert "about once in 1,600 times" in tie.message
    assert 1 / float(tie_chance(7762, 0.08)) == pytest.approx(1600, abs=50)


def test_the_cuts_are_those_of_the_collection() -> None:
    cuts = open_round([ROUND], None, None).collection.thresholds
    table = section("When a query is raised").split("*If that is new*:")
    assert numbers(table[0]) == [
        f"{cut:g}"
        for cut in (
            *(cuts.change_query, cuts.peer_query, cuts.change_severe, cuts.peer_severe),
            *(cuts.alone_query, cuts.alone_severe),
        )
    ]
    assert numbers(table[1])[0] == f"{cuts.alone_query:g}"


def test_the_number_of_correct_figures_asked_about() -> None:
    round_ = open_round([ROUND], None, None)
    compared = compare_all(round_, load(round_, (), RunState(), quietly).figures)
    past = sum(int(np.isfinite(c.changes.score).sum()) for c in compared)
    alone = sum(int(np.isfinite(c.peers.score).sum()) for c in compared) - past
    cuts = round_.collection.thresholds
    rates = [f"{cuts.false_with_history:g}", f"{cuts.false_alone:g}"]
    expected = expected_false_queries(compared, round_.collection, {})
    page = section("How many correct figures are queried")
    told = numbers(page)
    assert told[:2] == rates
    low = f"{past} × {rates[0]}% + {alone} × {rates[1]}% = {expected.low:.1f}"
    high = f"({past} + {alone}) × {cuts.false_high:g}% = {expected.high:.1f}"
    words = " ".join(page.split())
    assert low in words
    assert high in words
    assert f"add {cuts.false_item:g} percent, at most {cuts.false_item_high:g}." in words
    assert expected.low <= expected.middle <= expected.high


def steady(*past: float) -> tuple[np.ndarray, np.ndarray]:
    """Fourteen large forces that stand still, and one with this past, the most recent year first."""
    others = 1e6 + np.arange(14)
    return others, np.array([[*others, count] for count in past])


def scored(count: float, *past: float) -> Scores:
    others, history = steady(*past)
    return change_scores([*others, count], history)


def test_where_a_factor_of_two_is_out_of_sight() -> None:
    assert "fewer than 42 are expected" in PROSE
    assert visible_factor(scored(41, 41), 3)[14] > 2 > visible_factor(scored(42, 42), 3)[14]
    assert "more than τ = 14 percent" in PROSE
    assert math.exp(5 * 0.135) < 2 < math.exp(5 * 0.14)


@pytest.mark.parametrize("level", [0, 10, 30, 100, 1000])
def test_how_far_a_figure_must_move(level: int) -> None:
    low, high = re.findall(rf"^\| {level:,} \| (\S+) \| (\S+) \|$", PAGE, re.MULTILINE)[0]
    past, first = (level, level, level), int(high.replace(",", ""))
    assert scored(first - 1, *past).score[14] <= 3 < scored(first, *past).score[14]
    if low == "never":
        assert scored(0, *past).score[14] >= -3
    else:
        assert scored(int(low), *past).score[14] < -3 <= scored(int(low) + 1, *past).score[14]


def test_small_figures_that_pass() -> None:
    assert "A doubled 20 is not queried." in PROSE
    assert scored(40, 20, 20, 20).score[14] < 3
    assert "After one earlier year of 0, anything up to 90 passes." in PROSE
    assert scored(90, 0).score[14] < 3 < scored(91, 0).score[14]
